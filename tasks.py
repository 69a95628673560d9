"""The tasks of Invoke: the commands of `bylines`, and what work on the code needs. `invoke --list` shows them all."""

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
from bylines.commands import invoke_tasks  # noqa: E402
from bylines.commands.broken_pipe import instead_of_traceback  # noqa: E402

utf8.ensure_utf8_in("invoke")
sys.excepthook = instead_of_traceback
sys.stdout.reconfigure(line_buffering=True)  # so that it is noticed while there is still somebody to catch it
invoke_tasks.run_at_once(sys.argv)
globals().update(invoke_tasks.tasks())

_CODE = {"PYTHONPATH": os.path.join(HERE, "plugins")}


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
    """Write what follows from the code: the pages about messages, settings, commands and keys, schemas and forms."""
    for module, page in (
        ("bylines.messages", "messages"),
        ("bylines.settings", "settings"),
        ("bylines.commands", "commands"),
    ):
        context.run(f"{sys.executable} -m {module} > docs/{page}.md", env=_CODE)
    context.run(f"{sys.executable} -m bylines.schema", env=_CODE)


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
