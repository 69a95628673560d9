"""What all markers have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

if TYPE_CHECKING:
    from bylines.engine.read.fields import Fields
    from bylines.problems import Message
    from bylines.settings.reading import ReadOptions

LONGEST_LINE = 300
"""The most characters in a text of one line."""


class Where(NamedTuple):
    """A source that is being read: its name, its path below the root, its path for messages, and the options."""

    name: str
    """`content/blogs/ada/winch.md`"""
    path: str
    """`blogs/ada/winch.md`"""
    shown: str
    options: ReadOptions


class Target(NamedTuple):
    """The target of a value: somebody or something that it names.

    `kind` is 'person' (or group), 'address' (without slashes at its ends), 'file' (as a link writes it), 'beside' (a file in
    the source's own folder), or the tag of a kind whose `at` has one name in it.
    """

    kind: str
    name: str


class Renames(Protocol):
    """The new names after a rename; implemented in `renaming/rename_map.py`."""

    def handle(self, handle: str) -> str:
        """Return the new handle, or the same one if it was not renamed."""

    def reference(self, written: str, blog: str) -> str:
        """Return a reference as it must be written in a blog after the rename."""

    def link(self, written: str, source: str) -> str:
        """Return a link as it must be written in a source after the rename."""

    def source(self, name: str) -> str:
        """Return the new name of a source, or the same one if it did not move."""


class Marker:
    """Says which values one key may have. `about` is a line for people, in Markdown; `also` are other programs' names for the key.

    A record may give its own `example` of a value, as people write it.
    """

    is_list: ClassVar[bool] = False
    """Whether the value is a list of texts."""
    is_prose: ClassVar[bool] = False
    """Whether the value is in the writer's own words; the store does not keep it while the text is a draft."""
    is_markdown: ClassVar[bool] = False
    """Whether the value is in Markdown, and may contain links and mentions."""
    example: ClassVar[str] = "words"
    wrong: ClassVar[str] = "[[words]]"
    signs: bool = False
    """Whether the text speaks in the name of those whom the value names."""
    from_name: Callable[[str], str | None] | None = None
    """Returns the value, as text, that a file's path gives if the key is missing; None if the path gives none."""

    def __init__(
        self, about: str, *, required: Message | None = None, also: tuple[str, ...] = (), example: str = ""
    ) -> None:
        self.about = about
        self.has_example = bool(example)
        """Whether the record gives its own example."""
        if example:
            self.example = example  # type: ignore[misc]
        self.required = required
        """The message if the key is missing; None if it is optional."""
        self.also = also

    def read(self, fields: Fields, key: str, where: Where) -> Any:
        """Return the value of a key in the header; None for the record's default. Report a wrong value."""
        raise NotImplementedError

    def fits(self, text: str) -> bool:
        """Return whether a text from another program's key is valid here."""
        return True

    def is_in_name(self, where: Where) -> bool:
        """Return whether the file's name gives the value."""
        return self.from_name is not None and self.from_name(where.path) is not None

    def derive(self, fields: Fields, key: str, where: Where) -> Any:
        """Return the value that the file's name gives; None if it gives none."""
        return None

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value."""
        return {"type": "string"}

    def targets(self, value: Any, record: Any) -> Iterator[Target]:
        """Yield the targets that a record's value names."""
        yield from ()

    def waits(self, value: Any, record: Any) -> bool:
        """Return whether the value is a link: it waits for its target, and a target that is not there is a broken link."""
        return False

    def renamed(self, written: str, renames: Renames, source: str) -> str:
        """Return one scalar of the value as it must be written after a rename. `source` is the file in which it stands."""
        return written
