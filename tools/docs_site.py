"""Builds the documentation as a site, with Bylines: `python tools/docs_site.py` (`invoke docs-site` also checks its links).

The texts in `docs/`, README and CHANGELOG stay plain Markdown for the git host. They are copied to `.docs/` as posts of one
blog: the first heading is the title, the day of the last change the date, and links are adapted. Files that they link to are
copied too. The site is built to `docs-output/`, and can be served at any address.
"""

from __future__ import annotations

import datetime as dt
import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plugins"))
BLOG = "content/blogs/docs"
_FENCE = re.compile(r"^ {0,3}(```+|~~~+).*?^ {0,3}\1", re.M | re.S)
_CODE = re.compile(r"`[^`\n]+`")
# The relative address of a link or picture, without its title.
_LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#|/)([^)\s#]+)(#[^)\s]*)?")

_BEGIN, _WRITE, _KEEP, _CODING = (
    "To begin with",
    "For whoever writes",
    "For whoever keeps the site",
    "For whoever works on the code",
)


class Text(NamedTuple):
    """A text: its path in the repository, and the topic that groups it by readers."""

    path: str
    topic: str

    @property
    def slug(self) -> str:
        """The last part of its address."""
        parts = self.path.removesuffix(".md").lower().split("/")
        return parts[0] if parts[-1] == "readme" and len(parts) > 1 else parts[-1]


_TOPICS = {
    "README.md": _BEGIN,
    "docs/employee.md": _WRITE,
    "docs/formatting.md": _WRITE,
    "docs/keys.md": _WRITE,
    "docs/import.md": _WRITE,
    "docs/commands.md": _WRITE,
    "docs/messages.md": _WRITE,
    "docs/names.md": _WRITE,
    "docs/keeper.md": _KEEP,
    "docs/publish.md": _KEEP,
    "docs/settings.md": _KEEP,
    "docs/developer.md": _CODING,
    "docs/adding-a-feature.md": _CODING,
    "docs/theme.md": _CODING,
    "docs/pages.md": _CODING,
    "docs/pieces.md": _CODING,
    "docs/performance.md": _CODING,
    "benchmarks/README.md": _CODING,
}
_SETTINGS = '''"""Made by tools/docs_site.py."""

SITENAME = "Bylines"
SITESUBTITLE = "A blog for everybody in a company: how to write, to keep the site, to work on it"
PATH = "content"
THEME = {theme!r}
OUTPUT_PATH = {output!r}
CACHE_PATH = "cache"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
RELATIVE_URLS = True
STATIC_PATHS = []
THEME_TEMPLATES_OVERRIDES = [{templates!r}]
MENUITEMS = [
    ("Write", "/blogs/docs/employee/"),
    ("Keep a site", "/blogs/docs/keeper/"),
    ("Settings", "/blogs/docs/settings/"),
    ("Work on it", "/blogs/docs/developer/"),
]
BYLINES_TAG = "tag:bylines.example,2026:docs"
BYLINES_COVERS = False
BYLINES_SEARCH = {search!r}
BYLINES_FEED_ARCHIVES = ()
BYLINES_HOME_SIZE = 60
BYLINES_HOME_EACH = 60
BYLINES_PAGE_SIZE = 60
BYLINES_FEATURES = [
    f"bylines.features.{{name}}"
    for name in "people topics blogs posts pages directory home feeds appearance files redirects".split()
]
PLUGINS = ["bylines"]
PELICAN_CLASS = "bylines.Frame"
BYLINES_SETTINGS_FILE = __file__
'''


def texts(root: Path) -> list[Text]:
    """The texts of the site, in reading order."""
    others = sorted(path.relative_to(root).as_posix() for path in (root / "docs").glob("*.md"))
    order = ["README.md", *_TOPICS, *others, "CHANGELOG.md"]
    return [Text(path, _TOPICS.get(path, _KEEP)) for path in dict.fromkeys(order) if (root / path).is_file()]


def laid_down(root: Path) -> dict[str, bytes]:
    """Returns all source files of the site, by their paths in the project."""
    found: dict[str, bytes] = {
        "authors/docs.yaml": b"name: Documentation\nsort_name: Documentation\nbio: All that is written about Bylines.\n"
    }
    found["content/style.css"] = (root / "tools/docs/style.css").read_bytes()
    pages = {text.path: text.slug for text in texts(root)}
    for text in texts(root):
        source = (root / text.path).read_text(encoding="utf-8")
        found[f"{BLOG}/{text.slug}.md"] = _as_post(text, source, pages, _changed(root, text.path)).encode()
        for file in _linked_files(text.path, source, pages):
            if (root / file).is_file():
                found[f"{BLOG}/{_place(file)}"] = (root / file).read_bytes()
    return found


def _as_post(text: Text, source: str, pages: dict[str, str], date: dt.datetime) -> str:
    title, body = _titled(source)
    lines = {
        "title": _quoted(title),
        "date": date.isoformat(),
        "topics": f"[{text.topic}]",
        "id": f"tag:bylines.example,2026:docs/{text.slug}",
    }
    head = "".join(f"{key}: {value}\n" for key, value in lines.items())
    return f"---\n{head}---\n" + _outside_code(
        body, lambda part: _LINK.sub(lambda link: _led(text.path, link, pages), part)
    )


def _titled(source: str) -> tuple[str, str]:
    """Splits a text into its first heading and what follows it."""
    head = re.search(r"^# (.+)$", source, re.M)
    if head is None:
        raise SystemExit("error: a text has no heading of the first level; begin it with '# Title'")
    return head[1].strip(), source[head.end() :].lstrip("\n")


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """Applies `change` to a text, but not to code in it."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\0{len(kept) - 1}\0"

    bare = _CODE.sub(keep, _FENCE.sub(keep, text))
    changed = change(bare)
    while "\0" in changed:
        changed = re.sub(r"\0(\d+)\0", lambda number: kept[int(number[1])], changed)
    return changed


def _led(path: str, link: re.Match[str], pages: dict[str, str]) -> str:
    """The target of a link on the site: another post, or a copied file."""
    target = _target(path, link[1])
    return (f"{pages[target]}.md" if target in pages else _place(target)) + (link[2] or "")


def _target(path: str, written: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), written))


def _linked_files(path: str, source: str, pages: dict[str, str]) -> Iterator[str]:
    """Yields the files of the repository that a text links to, except other pages."""
    found: list[str] = []

    def note(part: str) -> str:
        found.extend(_target(path, link[1]) for link in _LINK.finditer(part))
        return part

    _outside_code(source, note)
    yield from (file for file in found if file not in pages)


def _place(file: str) -> str:
    """The path of a copied file beside the posts, without leading dots in its names."""
    return "files/" + "/".join(part.lstrip(".") for part in file.removeprefix("docs/").split("/"))


def _changed(root: Path, path: str) -> dt.datetime:
    """The time of a text's last change, according to git or else its time stamp."""
    asked = ["git", "log", "-1", "--format=%ct", "--", path]
    try:
        said = subprocess.run(asked, cwd=root, capture_output=True, text=True, timeout=20, check=False).stdout.strip()
    except OSError:
        said = ""
    return dt.datetime.fromtimestamp(int(said or (root / path).stat().st_mtime), dt.UTC)


def _templates(root: Path) -> dict[str, bytes]:
    """The templates that override the theme's. The home page gets the order of the texts."""
    folder = root / "tools/docs/templates"
    found = {file.relative_to(folder).as_posix(): file.read_text() for file in folder.rglob("*") if file.is_file()}
    parts: dict[str, list[str]] = {}
    for text in texts(root):
        parts.setdefault(text.topic, []).append(text.slug)
    order = "[] %}"
    told = found["home/index.html"].replace(order, f"{list(parts.items())!r} %}}", 1)
    return {f"templates/{name}": data.encode() for name, data in {**found, "home/index.html": told}.items()}


def write(project: Path, files: dict[str, bytes]) -> None:
    """Makes the source folders contain exactly these files. Does not touch unchanged ones."""
    for folder in ("content", "authors", "templates"):
        for file in sorted((project / folder).rglob("*")):
            if file.is_file() and file.relative_to(project).as_posix() not in files:
                file.unlink()
    for path, data in files.items():
        file = project / path
        if not file.is_file() or file.read_bytes() != data:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def build(root: Path = ROOT, project: Path | None = None, output: Path | None = None, *, search: bool = True) -> int:
    """Builds the site and returns the number of problems in the texts."""
    project, output = project or root / ".docs", output or root / "docs-output"
    files = laid_down(root)
    settings = _SETTINGS.format(
        theme=str(root / "theme"), templates=str(project / "templates"), output=str(output), search=search
    )
    write(project, {**files, **_templates(root), "pelicanconf.py": settings.encode()})
    from bylines import frame

    result = frame.build(str(project / "pelicanconf.py"))
    for problem in result.problems:
        print(problem, file=sys.stderr)
    print(result.line())
    return len(result.problems)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(1 if build() else 0)
