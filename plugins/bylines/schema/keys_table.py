"""Writes docs/keys.md: for each kind of file its place, its keys, and an example with what a page shows of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bylines.engine.read.document import Document
from bylines.engine.read.markers import Marker
from bylines.schema.example import example_of, ordered, place_of, preview_of, usual_keys

if TYPE_CHECKING:
    from bylines.engine.read.kind import Kind

_HEAD = """# Keys

What may stand at the head of a text, and in the files beside the texts. Keys that begin with `x_` are your own. *Elsewhere* are the
names that other programs have for a key: `check` says so, and `check --fix` writes ours. `python -m bylines.schema` makes this page.

**In VS Code.** The extension *YAML* completes and checks these keys by `schemas/`, and the extension *Front Matter* shows them as a
form by `frontmatter.json`. Where `.vscode/settings.json` does not name the schemas, the first line of a profile can:
`# yaml-language-server: $schema=../schemas/profile.json`.
"""


def page(kinds: Iterable[Kind]) -> str:
    """Return the page about all keys of some kinds."""
    return _HEAD + "".join(f"\n{section(kind)}" for kind in kinds)


def section(kind: Kind) -> str:
    """Return the part of the page about one kind."""
    rows = "".join(_row(key, marker) for key, marker in ordered(kind))
    language = "markdown" if issubclass(kind.record, Document) else "yaml"
    example = f"```{language}\n{example_of(kind, usual_keys(kind))}```\n"
    return (
        f"## {kind.name}\n`{place_of(kind)}`\n\n| key | what it is | for example | elsewhere |\n|---|---|---|---|\n{rows}\n"
        f"{example}\nWhat readers see of it:\n\n{preview_of(kind)}"
    )


def _row(key: str, marker: Marker) -> str:
    needed = "; must be there" if marker.required else ""
    example = f"`{marker.example}`" if marker.example != Marker.example else ""
    cells = [f"`{key}`", f"{marker.about}{needed}", example, " ".join(_quoted(marker.also))]
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |\n"


def _quoted(names: Iterable[str]) -> Iterator[str]:
    yield from (f"`{name}`" for name in names)
