"""The inputs to start from: the demo's texts, the tests' exports, and the vectors in `../shared` if they are there."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from bylines.engine.kinds import kinds_of
from bylines.engine.read.document import Document
from bylines.engine.read.kind import Kind
from bylines.schema.seeds import seeds_of
from bylines.settings import FEATURES

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
_RST = b":title: A title\n:date: 2026-01-02\n\nA text\n======\n\n.. note:: with *this*\n\n.. image:: x.png\n   :alt: words\n"
_NAMES = (
    "Ada Lovelace|Anna de la Cruz|Omar al-Sayed|王小明|山田 太郎|김철수|"
    "Dr. Martin King, Jr.|O’Brien, Conan|Björk|Nagy Béla|J.R.R. Tolkien|"
    "van der Berg|Ḥasan ibn ʿAlī|สมชาย|Мария Петрова|אברהם|ﷺ|i̇|ß|Ǆ|and & sons|X Æ A-12|Þórr"
)
_DOUBTFUL = (
    "A [link] (x.md), [another](my file.md), [[wiki|words]], {{< figure src='a' >}} {% include x %} [gallery ids=1]\n",
    "> [!INFO]\n> So.\n\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> b\n\nhttp://localhost:8000/a ![](a.png) <img alt='' src=b>\n",
    "std::vector<std::string> of <T>, a <path> and <b>one</b> </p>, <!-- open\n\n<iframe src='https://x.example'>\n\n<?php x ?>\n",
    "One[^a] two[^a] three[^ä b][^none].\n\n[^a]: First\n[^a]: Twice\n[^ä b]: x\n[^unused]: `$x$`\n",
    "It costs $5, or $a/$(date), `$x$`, $E = mc^2$, \\$6 $$\n\\frac{1}{2} \\tag{1}\n$$ and $`a`$ US$3–$4 [x](a$b$c)\n",
    "# One {#own}\n\n# One\n\n[a](#ONE) [b](#own) [c](#none) <a name='x y'></a> [d](#x%20y) ```math\n\\alpha\n```\n",
)
"""Markdown that causes remarks."""
_DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><style>a{fill:red}</style>'
)
_DRAWING += (
    b'<a href="https://x.example"><use xlink:href="#b"/></a><animate attributeName="x" values="1;2" to="3"/></svg>'
)


@functools.cache
def texts() -> tuple[bytes, ...]:
    """Posts with their front matter."""
    found = [_bytes(file) for file in sorted((ROOT / "content").rglob("*.md"))]
    found += [_bytes(file) for file in sorted((SHARED / "vectors/frontmatter").glob("*.md"))]
    head = b"---\ntitle: A title\ndate: 2026-01-02\ntopics: [a, b]\n---\n"
    found += [seed for kind in _kinds() if issubclass(kind.record, Document) for seed in seeds_of(kind)]
    return (*found, *(head + body for body in bodies()))


@functools.cache
def bodies() -> tuple[bytes, ...]:
    """Bodies in Markdown and HTML, both ordinary and hostile."""
    found = [b"# A heading\n\nSome *words* of [a link](x.md), `code`, $x^2$ and a note[^1].\n\n[^1]: It.\n"]
    found += [text.encode() for text in _DOUBTFUL]
    for name in ("commonmark", "gfm"):
        file = SHARED / f"vectors/markdown/{name}.json"
        found += [each["markdown"].encode() for each in json.loads(_bytes(file))] if file.exists() else []
    for file in sorted((SHARED / "vectors/xss").rglob("*")):
        if file.suffix in (".html", ".md") and ".expected" not in file.name:
            found.append(_bytes(file))
    return tuple(found)


@functools.cache
def restructured() -> tuple[bytes, ...]:
    """Posts in reStructuredText."""
    files = (ROOT / "tests/exports/pelican").rglob("*.rst")
    return (
        _RST,
        *map(_bytes, sorted(files)),
        _RST + b".. raw:: html\n\n   <script>x</script>\n\n.. include:: /etc/passwd\n",
    )


@functools.cache
def profiles() -> tuple[bytes, ...]:
    """Profiles, groups, topics and rules: YAML files."""
    files = [*(ROOT / "authors").glob("*.yaml"), *(ROOT / "content").rglob("*.yaml"), ROOT / "writers.yaml"]
    found = [_bytes(file) for file in sorted(files) if file.exists()]
    return (*found, *(seed for kind in _kinds() if not issubclass(kind.record, Document) for seed in seeds_of(kind)))


def _kinds() -> tuple[Kind, ...]:
    return kinds_of(FEATURES).kinds


@functools.cache
def names() -> tuple[bytes, ...]:
    """Names of people in many scripts."""
    return tuple(name.encode() for name in _NAMES.split("|"))


@functools.cache
def addresses() -> tuple[bytes, ...]:
    """Link targets as people write them."""
    written = (
        "x.md ../bea/y.md {static}/../x.png /blogs/ada/ https://x.example/a?b=c#d mailto:a@b.example # ?q //x.example/y"
    )
    return tuple(
        map(str.encode, [*written.split(), "{filename}/a b.md", "https://youtu.be/abcdefghijk?t=1m", "a\\..\\b"])
    )


@functools.cache
def drawings() -> tuple[bytes, ...]:
    """SVG files."""
    found = [body for body in bodies() if b"<svg" in body]
    return (_DRAWING, *found)


@functools.cache
def pictures() -> tuple[bytes, ...]:
    """Small pictures of each format."""
    import io

    from PIL import Image

    found = []
    for form in ("JPEG", "PNG", "WEBP", "GIF", "AVIF"):
        file = io.BytesIO()
        several = {"save_all": True, "append_images": [Image.new("RGB", (9, 7), "red")]} if form != "JPEG" else {}
        Image.new("RGB", (9, 7), "blue").save(file, form, **several)
        found.append(file.getvalue())
    return tuple(found)


@functools.cache
def recordings() -> tuple[bytes, ...]:
    """Small video files."""
    from tests.filming import film, webm

    return (film(), film(brand=b"qt  ", handler=b"tmcd"), film(tail=b"more"), webm(), webm(unknown=True))


def export_files(kind: str) -> dict[str, bytes]:
    """The files of an export, by name; `kind` is the program that wrote it."""
    folder = ROOT / "tests/exports" / kind
    return {str(file.relative_to(folder)): _bytes(file) for file in sorted(folder.rglob("*")) if file.is_file()}


@functools.cache
def trees() -> tuple[bytes, ...]:
    """Tree objects of git."""
    return tuple(b"".join(_entries(names)) for names in (["a.md"], ["a", "a.b", "b/"], ["ada/", "bea/"], []))


def _entries(names: Iterable[str]) -> Iterator[bytes]:
    for number, name in enumerate(names):
        mode = b"40000" if name.endswith("/") else b"100644"
        yield mode + b" " + name.strip("/").encode() + b"\0" + bytes([number]) * 20


@functools.cache
def commits() -> tuple[bytes, ...]:
    """Commit objects of git."""
    head = b"tree " + b"a" * 40 + b"\n"
    who = b"author Ada <ada@x.example> 1790000000 +0100\ncommitter Bea <bea@x.example> 1790000000 -0330\n"
    return (head + who + b"\nwords\n", head + b"parent " + b"b" * 40 + b"\n" + who + b"gpgsig -----\n x\n\nauthor me\n")


def _bytes(file: Path) -> bytes:
    return file.read_bytes()
