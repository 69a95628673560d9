"""Every task of the project, by Invoke: `invoke --list`, and `invoke --help <task>`."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from typing import Any

from invoke import task

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "plugins"))

from bylines import utf8  # noqa: E402
from bylines.commands.unheard import instead_of_traceback  # noqa: E402

utf8.ensure_utf8_in("invoke")
sys.excepthook = instead_of_traceback
sys.stdout.reconfigure(line_buffering=True)  # so that it is noticed while there is still somebody to catch it

_CODE = {"PYTHONPATH": os.path.join(HERE, "plugins")}
_SETTINGS = "the settings file (pelicanconf.py; publishconf.py is the one for publication)"
_MANIFEST = "the file that says what is served (beside the store)"
_ALL_MESSAGES = "show each message, also those that the last build told, and however many of a kind there are"
_SAYS = {
    "quiet": "say only what is wrong",
    "json": "say everything as one object of JSON",
    "wait": "how many seconds to wait for another build in the same place (600)",
}


@task(
    help={
        "settings": _SETTINGS,
        "verify": "read every source and every page, whatever its time stamp says",
        "strict": "exit with 1 where there is any message about the content",
        "all_messages": _ALL_MESSAGES,
        "no_wait": "exit with 1 where another build is at work in the same place",
        "explain": "say where a page (its path) comes from, or which pages a source (its file) reaches",
        "delta": "a folder: write only what is to be uploaded and deleted, there and not into output/",
        "manifest": _MANIFEST,
        **_SAYS,
    }
)
def build(
    _: Any,
    settings: str = "pelicanconf.py",
    verify: bool = False,
    strict: bool = False,
    all_messages: bool = False,
    quiet: bool = False,
    json: bool = False,
    wait: int = 600,
    no_wait: bool = False,
    explain: str = "",
    delta: str = "",
    manifest: str = "",
) -> None:
    """Build the site into output/."""
    from bylines.commands.build import Wishes
    from bylines.commands.build import build as run

    wishes = Wishes(quiet, json, 0 if no_wait else wait, explain, delta, manifest, all_messages)
    sys.exit(run(settings, verify=verify, strict=strict, wishes=wishes))


@task(
    help={
        "folder": "the delta",
        "settings": _SETTINGS,
        "ask": "say only whether it is the one to upload, before",
        "manifest": _MANIFEST,
        **_SAYS,
    }
)
def published(
    _: Any,
    folder: str,
    settings: str = "pelicanconf.py",
    ask: bool = False,
    manifest: str = "",
    quiet: bool = False,
    json: bool = False,
    wait: int = 600,
) -> None:
    """Note that a delta was uploaded as a whole, so that the next one is a difference to it."""
    from bylines.commands.build import Wishes
    from bylines.commands.published import published as run

    sys.exit(run(folder, settings, Wishes(quiet, json, wait, manifest=manifest), ask=ask))


@task(
    help={
        "to": "a folder, user@host:/folder, s3://bucket/prefix or git:remote#branch (BYLINES_PUBLISH_TO)",
        "settings": "the settings file (publishconf.py)",
        "dry_run": "say what would be done, and do nothing",
        "allow_loss": "also where more goes than the settings allow, or what is not ours",
        "older": "also where something newer is served",
        "local": "also into a folder of the machine on which a workflow runs",
        **_SAYS,
    }
)
def publish(
    _: Any,
    to: str = "",
    settings: str = "publishconf.py",
    dry_run: bool = False,
    allow_loss: bool = False,
    older: bool = False,
    local: bool = False,
    quiet: bool = False,
    json: bool = False,
    wait: int = 600,
) -> None:
    """Build the site, and bring what differs to where it is served."""
    from bylines.commands.build import Wishes
    from bylines.commands.publish import publish as run
    from bylines.publishing.publish import PublishOptions

    sys.exit(run(PublishOptions(to, dry_run, allow_loss, older, local), settings, Wishes(quiet, json, wait)))


@task(
    help={
        "served": "a folder, or an address such as https://blogs.example",
        "settings": "the settings file (publishconf.py)",
        "sample": "look at so many files, others each time (all)",
        "quiet": _SAYS["quiet"],
        "json": _SAYS["json"],
    }
)
def verify(
    _: Any, served: str, settings: str = "publishconf.py", sample: int = 0, quiet: bool = False, json: bool = False
) -> None:
    """Say whether what is served is what was built, and whether that is in order."""
    from bylines.commands.build import Wishes
    from bylines.commands.verify import verify as run

    sys.exit(run(served, settings, sample, Wishes(quiet, json)))


@task(help={"settings": _SETTINGS, "port": "the port on this machine (8000)"})
def serve(_: Any, settings: str = "pelicanconf.py", port: int = 8000) -> None:
    """Show the site in a browser, drafts too, and build it again at every change."""
    from bylines.commands.serve import serve as run

    sys.exit(run(settings, port))


@task(
    help={
        "settings": _SETTINGS,
        "base": "a commit: check what this branch has that it has not (the upstream branch), and who may write it",
        "account": "with --base: who asks for the change, as the git host knows them",
        "staged": "check what is staged for the next commit, as it is staged",
        "all": "check the whole site, by a build of it in .check/",
        "fix": "mend what has one right answer",
        "strict": "exit with 1 at warnings and notes too",
        "all_messages": _ALL_MESSAGES,
        "format": "for whom it is said: text, github, gitlab, sarif, json",
        **_SAYS,
    }
)
def check(
    _: Any,
    settings: str = "pelicanconf.py",
    base: str = "",
    account: str = "",
    staged: bool = False,
    all: bool = False,  # noqa: A002 (the option's name)
    fix: bool = False,
    strict: bool = False,
    all_messages: bool = False,
    format: str = "text",  # noqa: A002
    quiet: bool = False,
    json: bool = False,
    wait: int = 600,
) -> None:
    """Say what is wrong in what changed, and mend it with --fix; exit with 1 where something is not published."""
    from bylines.commands.build import Wishes
    from bylines.commands.check import FORMATS, What
    from bylines.commands.check import check as run

    if format not in FORMATS:
        sys.exit(f"error: --format is {format}; it is one of {', '.join(FORMATS)}")
    wishes = Wishes(quiet, json, wait, all_messages=all_messages)
    sys.exit(run(settings, wishes, What(base, staged, all, fix, format, account, strict)))


@task(
    help={
        "base": "the tip of the branch that the change goes to",
        "head": "the tip of the change (HEAD)",
        "account": "who asks for it, as the git host knows them; without it the commits' authors count",
        "format": "for whom it is said: text, github, gitlab, sarif, json",
    }
)
def guard(_: Any, base: str, head: str = "HEAD", account: str = "", format: str = "text") -> None:  # noqa: A002
    """Say what of a change its writers may not write; exit with 1 where there is anything."""
    from bylines.commands.guard import FORMATS
    from bylines.commands.guard import guard as run

    if format not in FORMATS:
        sys.exit(f"error: --format is {format}; it is one of {', '.join(FORMATS)}")
    sys.exit(run(base, head, account or None, format))


@task(help={"host": "github or gitlab (github)", "rev": "the commit whose rules and profiles are meant (HEAD)"})
def codeowners(_: Any, host: str = "github", rev: str = "HEAD") -> None:
    """Print CODEOWNERS, by the rules that `guard` goes by."""
    from bylines.commands.guard import HOSTS
    from bylines.commands.guard import codeowners as run

    if host not in HOSTS:
        sys.exit(f"error: --host is {host}; it is one of {', '.join(HOSTS)}")
    sys.exit(run(host, rev))


@task(help={"settings": _SETTINGS, "json": _SAYS["json"]})
def doctor(_: Any, settings: str = "pelicanconf.py", json: bool = False) -> None:
    """Say how the site and its machine are, and what to do; exit with 1 where there is a problem."""
    from bylines.commands.doctor import doctor as run

    sys.exit(run(settings, json=json))


@task(
    help={
        "settings": _SETTINGS,
        "since": "the first day, as 2026-05-04 (a week ago)",
        "months": "without a post in so many a blog is quiet (12)",
        "json": _SAYS["json"],
        "html": "a file to write it to as a page, to mail",
        "markdown": "a file to write it to as Markdown",
    }
)
def report(
    _: Any,
    settings: str = "pelicanconf.py",
    since: str = "",
    months: int = 12,
    json: bool = False,
    html: str = "",
    markdown: str = "",
) -> None:
    """Say how the week was: who is new, quiet, gone, what was written, what wants a hand."""
    from bylines.commands.weekly import Weekly
    from bylines.commands.weekly import report as run

    sys.exit(run(settings, Weekly(since, months, json, html, markdown)))


@task(
    help={
        "name": "the person's name (asked)",
        "handle": "the handle (asked; it follows from the name)",
        "email": "by which git knows who commits (git's user.email)",
        "settings": _SETTINGS,
    }
)
def new_author(_: Any, name: str = "", handle: str = "", email: str = "", settings: str = "pelicanconf.py") -> None:
    """Begin a profile in authors/."""
    from bylines.commands.scaffold import new_author as run

    sys.exit(run(name, handle, settings, email))


@task(
    help={
        "handle": "whose blog: that of the folder you are in, or of git's user.email, unless you say another",
        "title": "the post's title (asked)",
        "settings": _SETTINGS,
    }
)
def new_post(_: Any, handle: str = "", title: str = "", settings: str = "pelicanconf.py") -> None:
    """Begin a post, as a draft with an id of its own."""
    from bylines.commands.scaffold import new_post as run

    sys.exit(run(handle, title, settings))


@task(
    positional=["kind"],
    iterable=["set"],
    help={
        "kind": "post, jam, or what a capability of your own calls its files",
        "set": "KEY=VALUE: the value of a key (asked, where it must be there); may be given again",
        "settings": _SETTINGS,
    },
)
def new(_: Any, kind: str, set: list[str], settings: str = "pelicanconf.py") -> None:  # noqa: A002
    """Begin a file of any kind."""
    from bylines.commands.scaffold import new as run

    sys.exit(run(kind, dict(each.partition("=")[::2] for each in set), settings))


_YES = "make the change without asking"
_EVERYWHERE = "also in what others wrote (for the site's keepers)"


@task(
    positional=["old", "new"],
    iterable=["old_name"],
    help={
        "old": "the handle",
        "new": "the new one",
        "yes": _YES,
        "everywhere": _EVERYWHERE,
        "without-trace": "everywhere, and nothing leads on from the old handle: for whoever must not be found by it",
        "name": "with --without-trace: the person's name from now on",
        "old-name": "with --without-trace: an old name that is to be found nowhere; may be given again",
        "settings": _SETTINGS,
    },
)
def rename_author(
    _: Any,
    old: str,
    new: str,
    yes: bool = False,
    everywhere: bool = False,
    without_trace: bool = False,
    name: str = "",
    old_name: Any = None,
    settings: str = "pelicanconf.py",
) -> None:
    """Give a person or group another handle; old addresses lead on, and feeds know each post again."""
    from bylines.commands.rename import Consent, Forget
    from bylines.commands.rename import rename_author as run

    forget = Forget(without_trace, name, tuple(old_name or ()))
    sys.exit(run(old, new, settings, Consent(yes, everywhere), forget))


@task(
    positional=["name"],
    iterable=["also"],
    help={"name": "a handle or a name", "also": "another one; may be given again", "settings": _SETTINGS},
)
def traces(_: Any, name: str, also: Any = None, settings: str = "pelicanconf.py") -> None:
    """Say where a handle or a name still stands, in what people wrote and in what was built."""
    from bylines.commands.rename import traces as run

    sys.exit(run([name, *(also or ())], settings))


@task(
    positional=["post", "new"],
    help={"post": "handle/slug", "new": "the new slug", "yes": _YES, "everywhere": _EVERYWHERE, "settings": _SETTINGS},
)
def rename_post(
    _: Any, post: str, new: str, yes: bool = False, everywhere: bool = False, settings: str = "pelicanconf.py"
) -> None:
    """Give a post another address; the old one leads on, and feeds know it again."""
    from bylines.commands.rename import Consent
    from bylines.commands.rename import rename_post as run

    sys.exit(run(post, new, settings, Consent(yes, everywhere)))


@task(
    positional=["handle"],
    help={"handle": "who leaves", "on": "the last day, as 2026-05-04 (today)", "yes": _YES, "settings": _SETTINGS},
)
def leave(_: Any, handle: str, on: str = "", yes: bool = False, settings: str = "pelicanconf.py") -> None:
    """Note a person's last day: from then on they are listed as alumni."""
    from bylines.commands.rename import Consent
    from bylines.commands.rename import leave as run

    sys.exit(run(handle, on, settings, Consent(yes)))


@task(
    positional=["topic", "into"],
    iterable=["also"],
    help={
        "topic": "a topic that goes",
        "into": "the topic that stays",
        "also": "another topic that goes",
        "yes": _YES,
        "settings": _SETTINGS,
    },
)
def merge_topics(
    _: Any, topic: str, into: str, also: list[str], yes: bool = False, settings: str = "pelicanconf.py"
) -> None:
    """Make topics one: the names of the others become synonyms."""
    from bylines.commands.rename import Consent
    from bylines.commands.rename import merge_topics as run

    sys.exit(run([topic, *also, into], settings, Consent(yes)))


@task(
    help={
        "source": "the export: a folder, a zip or a file",
        "handle": "whose blog it becomes: a person's or a group's handle",
        "kind": "what wrote it: wordpress, jekyll, hugo, medium, ghost, blogger, pelican, feed (guessed from the files)",
        "author": "'Old Name=handle', where the old blog has several authors; may be given again",
        "dry_run": "say what would be done, and write nothing",
        "quiet": "say only which files were left alone",
        "settings": _SETTINGS,
    },
    iterable=["author"],
)
def import_blog(
    _: Any,
    source: str,
    handle: str,
    kind: str = "",
    author: Any = None,
    dry_run: bool = False,
    quiet: bool = False,
    settings: str = "pelicanconf.py",
) -> None:
    """Bring an old blog over from its export: posts, drafts, pictures, comments, old addresses."""
    from bylines.commands.build import Wishes
    from bylines.commands.import_blog import KINDS, Import
    from bylines.commands.import_blog import import_blog as run

    if kind and kind not in KINDS:
        sys.exit(f"error: --kind is {kind}; it is one of {', '.join(KINDS)}")
    sys.exit(run(Import(source, handle, kind, tuple(author or ()), dry_run), settings, Wishes(quiet=quiet)))


@task(
    help={
        "folder": "where the new repository goes (../blogs)",
        "name": "the site's name (asked, as all that follows)",
        "lang": "its language: one of those that the interface speaks",
        "timezone": "its time zone, such as Europe/Berlin",
        "accent": "the company's colour, such as #8a3324",
        "url": "the address at which people will read it",
        "publish_to": "where its files go",
        "host": "the git host: github or gitlab",
        "repository": "the repository's address there",
        "keeper": "your handle",
        "keeper_name": "your name (git's user.name)",
        "email": "by which git knows you (git's user.email)",
        "account": "your account at the git host (your handle)",
        "bylines": "a requirement for pip, in place of the version that runs",
        "git": "begin a git repository there, with a first commit",
    },
)
def quickstart(
    _: Any,
    folder: str = "",
    name: str = "",
    lang: str = "",
    timezone: str = "",
    accent: str = "",
    url: str = "",
    publish_to: str = "",
    host: str = "",
    repository: str = "",
    keeper: str = "",
    keeper_name: str = "",
    email: str = "",
    account: str = "",
    bylines: str = "",
    git: bool = False,
) -> None:
    """Begin a content repository for a new company, in a folder of its own."""
    options = {
        "name": name,
        "lang": lang,
        "timezone": timezone,
        "accent": accent,
        "url": url,
        "publish_to": publish_to,
        "host": host,
        "repository": repository,
        "keeper": keeper,
        "keeper_name": keeper_name,
        "email": email,
        "account": account,
    }
    from bylines.commands.quickstart import quickstart as run

    sys.exit(run(folder, options, bylines=bylines, git=git))


@task
def clean(_: Any) -> None:
    """Delete the output and every cache; the sources are all that is needed to build again."""
    for name in ("output", "cache", ".serve", ".check", ".output.stage", ".docs", "docs-output"):
        shutil.rmtree(os.path.join(HERE, name), ignore_errors=True)
    for name in (".output.lock", ".output.written", ".docs-output.lock", ".docs-output.written"):
        if os.path.exists(os.path.join(HERE, name)):
            os.remove(os.path.join(HERE, name))


@task
def docs(context: Any) -> None:
    """Write the pages of docs/ that follow from the code: messages and settings."""
    for module, page in (("bylines.messages", "messages"), ("bylines.settings", "settings")):
        context.run(f"{sys.executable} -m {module} > docs/{page}.md", env={"PYTHONPATH": os.path.join(HERE, "plugins")})


@task
def docs_site(context: Any) -> None:
    """Build docs/, README and CHANGELOG as a site of their own into docs-output/."""
    with context.cd(HERE):
        context.run(f"{sys.executable} tools/docs_site.py")
        context.run(f"{sys.executable} -m bylines verify docs-output --settings .docs/pelicanconf.py")


@task(
    help={
        "lang": "a language to begin a catalogue for, such as fr",
        "templates": "the folder of templates (theme/templates)",
    }
)
def messages(_: Any, lang: str = "", templates: str = "theme/templates") -> None:
    """Bring the catalogues of words up to date, and say what they lack."""
    from bylines.commands.messages import messages as run

    sys.exit(run(templates, lang))


@task
def screenshots(context: Any) -> None:
    """Take the pictures of docs/ again: each kind of page, each piece of the theme (needs Chromium)."""
    with context.cd(HERE):
        context.run(f"{sys.executable} -m bylines build --quiet", pty=False)
        context.run(f"{sys.executable} tools/screenshots.py output", pty=False)


@task
def lock(context: Any) -> None:
    """Pin every package with its hashes, for Python 3.11 and later on Linux and macOS (needs uv)."""
    compile_ = "uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml"
    context.run(f"{compile_} -o requirements.txt")
    context.run(f"{compile_} --extra test --extra lint --extra cluster -o requirements-dev.txt")
    context.run(f"{compile_} --extra audit -o requirements-audit.txt")


@task(help={"output": "where it is written (sbom.json)"})
def sbom(context: Any, output: str = "sbom.json") -> None:
    """Write what the site is built with, from the lock file: every package, its version and licence (CycloneDX)."""
    with context.cd(HERE):
        context.run(f"{sys.executable} tools/supply.py sbom {shlex.quote(output)}", pty=False)


@task
def audit(context: Any) -> None:
    """Ask whether a fault is known of any locked package; exit with 1 where one is, with 2 where nobody could be asked."""
    with context.cd(HERE):
        context.run(f"{sys.executable} tools/supply.py audit", pty=False)


@task
def test_long(context: Any) -> None:
    """Run the tests that take minutes: a thousand sequences of random edits."""
    context.run(f"{sys.executable} -m pytest -m long tests", pty=False)


@task(
    iterable=["target"],
    help={
        "minutes": "how long (10)",
        "target": "one target alone (all, in turn); may be given again",
        "seed": "to play a run again",
        "input": "a file of fuzz/found/ to try again, with --target",
    },
)
def fuzz(context: Any, minutes: float = 10.0, target: Any = None, seed: int = 0, input: str = "") -> None:  # noqa: A002
    """Try mutated inputs on all that reads what people write; keep what breaks in fuzz/found/."""
    chosen = [f"--minutes {minutes}", f"--seed {seed}" * bool(seed), *(f"--target {name}" for name in target or ())]
    chosen += [f"--input {shlex.quote(input)}" * bool(input)]
    with context.cd(HERE):
        context.run(f"{sys.executable} -m fuzz {' '.join(filter(None, chosen))}", env=_CODE, pty=False)


@task(
    help={
        "posts": "how many posts: 1000, 10000, 170000 or 1000000 (10000)",
        "against": "also time Hugo with the same corpus",
        "pelican": "also time stock Pelican, up to 10,000 posts",
        "runs": "how often each is timed (3, and 1 above 10,000 posts)",
        "keep": "take the corpus of an earlier run, if it is there",
        "work": "where the sites are made (benchmarks/.work); a million posts need 40 GB",
    }
)
def bench(
    context: Any,
    posts: int = 10_000,
    against: bool = True,
    pelican: bool = False,
    runs: int = 0,
    keep: bool = False,
    work: str = "",
) -> None:
    """Measure a row of the table: a clean build and edits, on a corpus that is made for it."""
    chosen = [f"--posts {posts}", "--hugo" * against, "--pelican" * pelican, "--keep" * keep]
    chosen += [f"--runs {runs}" * bool(runs), f"--work {shlex.quote(work)}" * bool(work)]
    with context.cd(HERE):
        context.run(f"{sys.executable} -m benchmarks.measure {' '.join(filter(None, chosen))}", pty=False)


@task
def figures(context: Any) -> None:
    """Draw docs/growth.svg and write the tables of docs/performance.md, from benchmarks/results.tsv."""
    with context.cd(HERE):
        context.run(f"{sys.executable} -m benchmarks.draw")
        context.run(f"{sys.executable} -m benchmarks.table --insert")


@task(help={"accept": "allow what is counted now, in benchmarks/budget.tsv"})
def budget(context: Any, accept: bool = False) -> None:
    """Count what each edit renders and writes; exit with 1 where it is more than benchmarks/budget.tsv allows."""
    with context.cd(HERE):
        context.run(f"{sys.executable} -m benchmarks.budget {'--accept' if accept else ''}", pty=False)
