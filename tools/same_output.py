"""Compares what two versions of the code make of the same sites: `python tools/same_output.py OLD NEW`.

OLD and NEW are folders of a checkout, or commits. Each site is built clean and again after every edit of `EDITS`, by each
version, and compared: every byte of the output, and every problem. Both versions get the same files, the same moment and
the same settings, those of OLD. The exit code is 1 at any difference.

The versions are run by their command line, since their modules may have other names than those of this checkout.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ROOT.parent / "shared/corpora"
GIVEN = ("18f", "servicemesher")
"""The corpora that lie beside the project, and are passed over where they do not."""
NOT_COMPARED: Mapping[str, str] = {}
"""Paths in the output that are not compared, as patterns, each with its reason. Nothing in it names the code that made it."""
_PROBLEM = ("path", "line", "message", "mend", "level", "code")
_FILES, _LINES, _WIDTH = 4, 3, 200
"""How many files that differ are shown, how many lines of each side, and how many characters of a line."""
_CONF = """SITENAME = "Corpus"
SITEURL = {url!r}
PATH = "content"
THEME = "theme"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
STATIC_PATHS = []
PLUGINS = ["bylines"]
PELICAN_CLASS = "bylines.Frame"
BYLINES_SETTINGS_FILE = __file__
BYLINES_COVERS = False
BYLINES_SEARCH = False
"""


# The two versions


@contextlib.contextmanager
def checkout(version: str) -> Iterator[Path]:
    """The folder of a version: its own, or a worktree of the commit that is removed afterwards."""
    folder = Path(version).resolve()
    if (folder / "plugins/bylines").is_dir():
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="same-output-") as parent:
        folder = Path(parent) / "code"
        git = ["git", "-C", str(ROOT), "worktree"]
        done = subprocess.run(
            [*git, "add", "--detach", str(folder), version], check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(f"{version} is neither a checkout nor a commit: {done.stderr.strip()}")
        try:
            yield folder
        finally:
            subprocess.run([*git, "remove", "--force", str(folder)], check=True)


class Outcome(NamedTuple):
    """What a build answered."""

    said: list[str]
    """Its error, if it ended with one, its problems as JSON, sorted, and its notes."""
    rendered: int
    """How many pages it rendered."""


def build(code: Path, project: Path, now: int) -> Outcome:
    """Builds a project by a version of the code."""
    environment = {**os.environ, "PYTHONPATH": f"{code / 'plugins'}:{code}", "SOURCE_DATE_EPOCH": str(now)}
    command = [sys.executable, "-m", "bylines", "build", "--json"]
    done = subprocess.run(command, cwd=project, env=environment, check=False, capture_output=True, text=True)
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise SystemExit(f"{code} could not build {project}:\n{done.stdout[-1000:]}{done.stderr[-3000:]}") from None
    said = [f"error: {answer['error']}"] if answer["error"] else []
    problems = [{key: problem.get(key) for key in _PROBLEM} for problem in answer.get("problems", ())]
    said += sorted(json.dumps(problem, ensure_ascii=False) for problem in problems)
    return Outcome([*said, *(f"note: {note}" for note in answer.get("notes", ()))], answer.get("rendered", 0))


# The sites


class Versions(NamedTuple):
    """The two checkouts, and whether each shows its own demo."""

    old: Path
    new: Path
    own_content: bool = False


def write_demo(versions: Versions, old: bool, project: Path) -> None:
    """The project's own site, with an address so that sitemaps and canonical addresses are made too."""
    source = versions.old if old or not versions.own_content else versions.new
    for name in ("content", "authors"):
        shutil.copytree(source / name, project / name)
    settings = (source / "pelicanconf.py").read_text()
    (project / "pelicanconf.py").write_text(f'{settings}\nSITEURL = "https://blogs.example"\n')


def write_corpus(name: str) -> Callable[[Versions, bool, Path], None]:
    """One of the blogs of `../shared/corpora`, with links relative to each page."""

    def write(_versions: Versions, _old: bool, project: Path) -> None:
        for folder in ("content", "authors"):
            shutil.copytree(CORPORA / name / folder, project / folder)
        (project / "pelicanconf.py").write_text(_CONF.format(url=""))

    return write


def write_bench(_versions: Versions, _old: bool, project: Path) -> None:
    """The corpus of the benchmarks, 1,000 posts in a git repository, so that git says what changed."""
    sys.path[:0] = [str(ROOT / "plugins"), str(ROOT)]
    from benchmarks.corpus import Corpus, write_ours

    write_ours(project, Corpus(1000, 100))
    (project / "pelicanconf.py").write_text(_CONF.format(url="https://bench.example"))
    (project / ".gitignore").write_text("/output/\n/cache/\n/.output*\n")
    commit(project)


def commit(project: Path) -> None:
    """Commits what lies in a project, in a repository of its own."""
    git = ["git", "-c", "user.name=Same", "-c", "user.email=same@example.org", "-c", "gc.auto=0"]
    dates = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2026-01-01T00:00:00Z")
    begun = [] if (project / ".git").exists() else [["init", "-q", "-b", "main"]]
    for arguments in (*begun, ["add", "-A"], ["commit", "-q", "--allow-empty", "-m", "Edit"]):
        subprocess.run([*git, *arguments], cwd=project, env={**os.environ, **dates}, check=True)


SITES: Mapping[str, Callable[[Versions, bool, Path], None]] = {
    "demo": write_demo,
    **{name: write_corpus(name) for name in GIVEN},
    "bench": write_bench,
}


# The edits: each chooses its files by their names, so it makes the same of the same files


def posts_of(project: Path) -> list[Path]:
    """The posts of a project in the order of their paths."""
    return sorted((project / "content/blogs").rglob("*.md"))


def _at(project: Path, share: float) -> Path:
    posts = posts_of(project)
    return posts[int(len(posts) * share)]


def _busiest(project: Path) -> str:
    """The handle of the author with most posts who has a profile."""
    blogs = Counter(post.relative_to(project / "content/blogs").parts[0] for post in posts_of(project))
    return max((n, handle) for handle, n in blogs.items() if (project / f"authors/{handle}.yaml").exists())[1]


def edit_word(project: Path) -> None:
    """A paragraph more at the end of a post."""
    post = _at(project, 0.5)
    post.write_text(f"{post.read_text()}\n\nA word more, *and* [a link](/blogs/nobody/nothing/) that leads nowhere.\n")


def add_old_post(project: Path) -> None:
    """A copy of a post, with another title and a date before most others, which moves later posts to other pages."""
    post = _at(project, 0.4)
    text = re.sub(r"^(title|date|slug|id|aliases|weight):.*\n", "", post.read_text(), flags=re.M)
    text = text.replace("---\n", "---\ntitle: From the attic\ndate: 2014-04-02 09:00\n", 1)
    post.with_name("from-the-attic.md").write_text(text)


def remove_post(project: Path) -> None:
    """A post less."""
    _at(project, 0.7).unlink()


def rename_person(project: Path) -> None:
    """Another name for the author with most posts."""
    profile = project / f"authors/{_busiest(project)}.yaml"
    profile.write_text(re.sub(r"^name:.*", "name: Žofie van Newname", profile.read_text(), count=1, flags=re.M))


def rename_topic(project: Path) -> None:
    """Another name for a topic, with the old one as a synonym."""
    file = project / "content/topics.yaml"
    text = file.read_text() if file.exists() else ""
    if found := re.search(r"^- name: (.+)\n(?!  synonyms)", text, re.M):
        name = found[1]
        text = text.replace(found[0], f"- name: {name} and more\n  synonyms: [{name}]\n", 1)
    else:
        name = Counter(topic for post in posts_of(project) for topic in _topics(post.read_text())).most_common(1)[0][0]
        text += f"- name: {name.title()} and more\n  synonyms: [{name}]\n"
    file.write_text(text)


def _topics(text: str) -> list[str]:
    if listed := re.search(r"^topics: *\[(.*)\]", text, re.M):
        return [topic.strip() for topic in listed[1].split(",")]
    items = re.search(r"^topics: *\n((?:- .*\n)+)", text, re.M)
    return [line[2:].strip() for line in items[1].splitlines()] if items else []


def move_post(project: Path) -> None:
    """Another address for a post."""
    post = _at(project, 0.3)
    post.rename(post.with_name("quite-another-name.md"))


def remove_person(project: Path) -> None:
    """A profile less, so that its posts have no author."""
    (project / f"authors/{_busiest(project)}.yaml").unlink()


def rename_site(project: Path) -> None:
    """Another name for the site, which stands on all pages."""
    with (project / "pelicanconf.py").open("a") as settings:
        settings.write('SITENAME = "Another name"\n')


EDITS: Sequence[Callable[[Path], None]] = (
    edit_word, add_old_post, remove_post, rename_person, rename_topic, move_post, remove_person, rename_site,
)  # fmt: skip


def apply(edit: Callable[[Path], None], project: Path) -> None:
    """Makes an edit, and commits it where the project is a repository."""
    edit(project)
    if (project / ".git").exists():
        commit(project)


# The comparison


def compare_site(name: str, versions: Versions, folder: Path, edits: int, now: int) -> bool:
    """Builds a site by both versions, clean and after each edit, and prints how they differ. Returns whether they do not."""
    codes, projects = (versions.old, versions.new), (folder / name / "old", folder / name / "new")
    for code, project in zip(codes, projects, strict=True):
        project.mkdir(parents=True)
        SITES[name](versions, code is versions.old, project)
        (project / "theme").symlink_to(code / "theme")
    same, before = True, list[str]()
    for edit in (None, *EDITS[:edits]):
        if edit:
            for project in projects:
                apply(edit, project)
        with ThreadPoolExecutor(2) as pool:
            old, new = pool.map(build, codes, projects, (now, now))
        found = [*differences_said(old.said, new.said), *differences_of(projects[0] / "output", projects[1] / "output")]
        step = edit.__name__.replace("_", " ") if edit else "clean"
        rendered = f"{old.rendered:,}" if old.rendered == new.rendered else f"{old.rendered:,} → {new.rendered:,}"
        count = (
            f"{len(files_of(projects[0] / 'output')):,} files, {rendered} pages rendered, {len(old.said):,} messages"
        )
        shown = ["as in the step before"] if found and found == before else found
        print(f"{name}, {step}: {'differs' if found else 'same'} ({count})", *shown, sep="\n  ", flush=True)
        same, before = same and not found, found
    return same


def differences_said(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The lines of a diff of what two builds said; empty if nothing differs."""
    return [] if old == new else ["what the build says:", *_diff(old, new, lines=2 * _LINES)]


def differences_of(old: Path, new: Path) -> list[str]:
    """How many files differ in two folders, and the first of them with a short diff; empty if none does."""
    olds, news = files_of(old), files_of(new)
    paths = [path for path in sorted(olds | news) if not _equal(old / path, new / path)]
    if not paths:
        return []
    lines = [f"{len(paths):,} of {len(olds | news):,} files differ:"]
    for path in paths[:_FILES]:
        if path in olds and path in news:
            lines += [path, *_diff(_lines_of(old / path), _lines_of(new / path))]
        else:
            lines.append(f"{path}: only in the {'old' if path in olds else 'new'} output")
    return [*lines, "…"] if len(paths) > _FILES else lines


def files_of(folder: Path) -> set[str]:
    """The files below a folder that are compared, by their paths in it."""
    found = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir()}
    return {path for path in found if not any(re.fullmatch(pattern, path) for pattern in NOT_COMPARED)}


def _equal(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.read_bytes() == other.read_bytes()


def _lines_of(file: Path) -> list[str]:
    return file.read_bytes().decode(errors="replace").splitlines()


def _diff(old: Sequence[str], new: Sequence[str], lines: int = _LINES) -> list[str]:
    """The first lines of each side of a diff, each cut to where it differs."""
    if old == new:
        return ["  (line ends or bytes that are no text)"]
    diff = [line for line in difflib.unified_diff(old, new, n=0, lineterm="") if line[:3] not in ("---", "+++", "@@ ")]
    gone = [line[1:] for line in diff if line[0] == "-"][:lines]
    come = [line[1:] for line in diff if line[0] == "+"][:lines]
    start = max(0, _alike(gone[0], come[0]) - _WIDTH // 2) if gone and come else 0
    shown = [("-", line) for line in gone] + [("+", line) for line in come]
    cut = [f"  {sign} {line[start : start + _WIDTH] or line[:_WIDTH]}" for sign, line in shown]
    left = len(diff) - len(gone) - len(come)
    return [*cut, f"  … and {left:,} more lines"] if left else cut


def _alike(one: str, other: str) -> int:
    """How many characters two lines begin with that are the same in both."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def main() -> int:
    """Runs the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="same_output.py", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("old", help="a checkout or a commit")
    parser.add_argument("new", help="a checkout or a commit")
    parser.add_argument("--sites", default=",".join(SITES), help=f"which ({','.join(SITES)})")
    parser.add_argument("--edits", type=int, default=5, help=f"how many edits follow (5, at most {len(EDITS)})")
    parser.add_argument("--own-content", action="store_true", help="build each version's own demo, not the old one's")
    parser.add_argument("--keep", metavar="FOLDER", help="leave projects and output there, in a new folder")
    options = parser.parse_args()
    names = options.sites.split(",")
    if unknown := set(names) - set(SITES):
        parser.error(f"no such site: {', '.join(sorted(unknown))}")
    now = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    same = True
    with contextlib.ExitStack() as stack:
        old, new = (stack.enter_context(checkout(version)) for version in (options.old, options.new))
        versions = Versions(old, new, options.own_content)
        folder = Path(options.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="same-output-"))).resolve()
        for name in names:
            if name in GIVEN and not (CORPORA / name).is_dir():
                print(f"{name}: left out, since {CORPORA / name} is not here")
                continue
            same = compare_site(name, versions, folder, options.edits, now) and same
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
