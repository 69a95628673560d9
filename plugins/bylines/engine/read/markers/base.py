"""What all markers have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

if TYPE_CHECKING:
    from bylines.engine.read.fields import Fields
    from bylines.problems import Message
    from bylines.settings.reading import ReadOptions

LONGEST_LINE = 300
"""Characters of a text of one line."""


class Where(NamedTuple):
    """A source that is read: its name, what follows the root in it, how messages call it, and the options."""

    name: str
    """`content/blogs/ada/winch.md`"""
    path: str
    """`blogs/ada/winch.md`"""
    shown: str
    options: ReadOptions


class Target(NamedTuple):
    """What a value names.

    `kind` is 'person' (or group), 'address' (without slashes at its ends), 'file' (as a link writes it), 'beside' (a file in
    the source's own folder), or the tag of a kind whose `at` has one name in it.
    """

    kind: str
    name: str


class Renames(Protocol):
    """What is called otherwise after a rename: `renaming/rename_map.py`."""

    def handle(self, handle: str) -> str:
        """Return the new handle, or the same one if it was not renamed."""

    def reference(self, written: str, blog: str) -> str:
        """Return a reference as it has to stand in a blog."""

    def link(self, written: str, source: str) -> str:
        """Return a link as it has to stand in a source."""

    def source(self, name: str) -> str:
        """Return where a source lies."""


class Marker:
    """What stands at one key. `about` is a line for people, in Markdown; `also` are other programs' names for the key.

    A record may give an `example` of its own, as people write it.
    """

    is_list: ClassVar[bool] = False
    """Whether the value is a list of texts."""
    is_prose: ClassVar[bool] = False
    """Whether the value is in the writer's own words, so that the store keeps none of it while the text is a draft."""
    is_markdown: ClassVar[bool] = False
    """Whether the value is a text in Markdown, with links and mentions of its own."""
    example: ClassVar[str] = "words"
    wrong: ClassVar[str] = "[[words]]"
    signs: bool = False
    """Whether the text speaks in the name of those whom the value names."""
    from_name: Callable[[str], str | None] | None = None
    """What a file's path says of the value, where the key is missing."""

    def __init__(
        self, about: str, *, required: Message | None = None, also: tuple[str, ...] = (), example: str = ""
    ) -> None:
        self.about = about
        self.has_example = bool(example)
        """Whether the record gives an example of its own."""
        if example:
            self.example = example  # type: ignore[misc]
        self.required = required
        """What to say where the key is missing that must be there."""
        self.also = also

    def read(self, fields: Fields, key: str, where: Where) -> Any:
        """Return the value of a key that is there; None for the record's default. What is wrong becomes a message."""
        raise NotImplementedError

    def fits(self, text: str) -> bool:
        """Return whether one text under another program's key can stand here."""
        return True

    def is_in_name(self, where: Where) -> bool:
        """Return whether the file's name says the value."""
        return self.from_name is not None and self.from_name(where.path) is not None

    def derive(self, fields: Fields, key: str, where: Where) -> Any:
        """Return the value that the file's name says; None if it says none."""
        return None

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of what may stand here."""
        return {"type": "string"}

    def targets(self, value: Any, record: Any) -> Iterator[Target]:
        """Yield what else a record's value names."""
        yield from ()

    def waits(self, value: Any, record: Any) -> bool:
        """Return whether the value is a link: it waits for its target, and a target that is not there is a broken link."""
        return False

    def renamed(self, written: str, renames: Renames, source: str) -> str:
        """Return one scalar of the value as it has to be written after a rename. `source` is where it stands."""
        return written
