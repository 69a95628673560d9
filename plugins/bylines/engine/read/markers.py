"""Markers for the annotations of a record. Each says which values a key may have.

A record declares its keys like this:

    class Recipe(Record, tag="recipe", frozen=True, kw_only=True):
        title: Annotated[str, Text("what it is called", required=MISSING)]
        cook: Annotated[tuple[str, ...], Handles("who cooks it", signs=True)] = ()

A marker reads the value (`read`), describes it for editors (`schema`), lists the people and files that it names (`targets`), and
rewrites it after a rename (`renamed`). `example` is a value as people write it, `wrong` one that causes a message.
Field types of records stay msgspec's own: it ignores what is in `Annotated` and not its own.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Protocol

from bylines.engine.read import dates, gate, messages, nearest
from bylines.engine.read.header import Node
from bylines.engine.read.names import is_handle, is_slug
from bylines.markup.messages import REMARKS
from bylines.pictures.endings import PHOTOS
from bylines.problems import Message

if TYPE_CHECKING:
    from bylines.engine.read.fields import Fields
    from bylines.problems import Message
    from bylines.settings.reading import ReadOptions

LONGEST_LINE = 300
"""The most characters in a text of one line."""
_HANDLE = "^@?[a-z0-9]+(-[a-z0-9]+)*$"
_NAME = re.compile(r"[^\W_][^\s/\\]*")
_REFERENCE = re.compile(r"(?!.*\.\.)/?(?:blogs/)?(?:[a-z0-9-]+/)?[^\s/\\]+/?")
_ID = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"]+", re.I)
_IMAGE = re.compile(r"(?:https?://|(?![a-z][a-z0-9+.-]*:)(?!//))[^\s<>\"\\][^<>\"\\]*", re.I)
_PHOTO = re.compile(rf"[^/\\.][^/\\]*(?:{'|'.join(map(re.escape, PHOTOS))})", re.I)
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_WORD = re.compile(r"[^\s,;]+")


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


class Text(Marker):
    """A text of one line."""

    is_prose = True
    wrong = "[a, list]"

    def __init__(self, about: str, most: int = LONGEST_LINE, **more: Any) -> None:
        super().__init__(about, **more)
        self.most = most
        """The most characters."""

    def read(self, fields: Fields, key: str, where: Where) -> str | None:
        """Return the text with white space folded; cut if it is too long."""
        return fields.text(key, self.most)

    def schema(self) -> dict[str, Any]:
        """Return the schema of a text with a maximum length."""
        return {"type": "string", "maxLength": self.most}


class Slug(Text):
    """The end of an address. `document` checks it, together with the slug that the file's name gives."""

    is_prose = False
    example = "winch"
    wrong = "a/b"

    def fits(self, text: str) -> bool:
        """Return whether a text can be the end of an address."""
        return is_slug(text)


class Matching(Text):
    """A text that must match a regular expression."""

    is_prose = False
    form: ClassVar[re.Pattern[str]]
    wanted: ClassVar[str]
    """The expected form, in words."""

    def __init__(self, about: str, **more: Any) -> None:
        super().__init__(about, 1_000, **more)

    def read(self, fields: Fields, key: str, where: Where) -> str | None:
        """Return the text if it matches; else report it and return None."""
        value = super().read(fields, key, where)
        if value is None or self.form.fullmatch(value):
            return value
        fields.say(messages.BAD_VALUE, fields.line(key), key=key, value=value, wanted=self.wanted)
        return None


class FeedId(Matching):
    """The id by which feed readers recognise a text."""

    form, wanted = _ID, "an identifier, such as tag:example.com,2026:post"
    example = "tag:example.com,2026:post"
    wrong = "no id"


class Markdown(Marker):
    """A short text in Markdown. Faults in its links, formulas and HTML are reported."""

    is_prose = True
    is_markdown = True
    example = "Builds *winches*."
    wrong = "[a](../b.md)"

    def __init__(self, about: str, *, only_html: bool = False, **more: Any) -> None:
        super().__init__(about, **more)
        self._only_html = only_html
        """Whether only its HTML is checked."""

    def read(self, fields: Fields, key: str, where: Where) -> str:
        """Return the Markdown source."""
        from bylines.markup import MarkupOptions, read

        source = fields.block(key)
        if not source or (self._only_html and "<" not in source):
            return source
        _, seen = read(source, "md", MarkupOptions())
        for remark in seen.remarks:
            fields.say(REMARKS[remark.code], fields.line(key), value=remark.value, meant=remark.meant)
        if self._only_html:
            return source
        for target in seen.targets:
            if not target.startswith("/"):
                fields.say(messages.RELATIVE, fields.line(key), key=key, target=target)
        for _, reason in seen.faults:
            fields.say(messages.FORMULA, fields.line(key), reason=reason)
        if seen.nested:
            fields.say(messages.NESTED, fields.line(key))
        return source


class Moment(Marker):
    """A date with or without time and zone.

    With `decides`, an unreadable date keeps the text unpublished. The text is published from then on ('opens'), until then
    ('closes'), or cannot do without the date ('dates'). `end`: a date without a time means the end of the day.
    """

    example = "2026-05-04 09:30"
    wrong = "04/05/2026"

    def __init__(
        self,
        about: str,
        *,
        end: bool = False,
        decides: Literal["", "opens", "closes", "dates"] = "",
        from_name: Callable[[str], str | None] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(about, **more)
        self.decides = decides
        self.from_name = from_name
        self.is_end = end
        """Whether the value is the end of a period, which is the first moment outside it."""
        self._parse = dates.parse_end if end else dates.parse_moment

    def read(self, fields: Fields, key: str, where: Where) -> dt.datetime | None:
        """Return the moment, in the site's time zone if the text names none."""
        moment = fields.moment(key, where.options.timezone, self._parse)
        if moment is None and self.decides and fields.node(key) is not None:
            fields.keep_in()
        return moment

    def derive(self, fields: Fields, key: str, where: Where) -> dt.datetime | None:
        """Return the date with which the file's name begins; None if there is none."""
        said = self.from_name(where.path) if self.from_name else None
        return fields.dated(key, Node(said, 0), where.options.timezone) if said is not None else None

    def fits(self, text: str) -> bool:
        """Return whether a text is a date. A date that ends something always fits, so that an unreadable one is reported."""
        return self.is_end or self.decides == "closes" or nearest.date_meant(text) is not None


class Day(Marker):
    """A day."""

    example = "2026-05-04"
    wrong = "04/05/2026"

    def read(self, fields: Fields, key: str, where: Where) -> dt.date | None:
        """Return the day."""
        return fields.day(key)

    def schema(self) -> dict[str, Any]:
        """Return the schema of a date."""
        return {"type": "string", "format": "date"}


class Number(Marker):
    """A whole number within bounds."""

    def __init__(self, about: str, least: int, most: int, **more: Any) -> None:
        super().__init__(about, **more)
        self.least, self.most = least, most
        if not self.has_example:
            self.example = str(most)  # type: ignore[misc]
        self.wrong = str(most + 1)  # type: ignore[misc]

    def read(self, fields: Fields, key: str, where: Where) -> int | None:
        """Return the number if it is within the bounds; else report it and return None."""
        value = fields.text(key)
        if value is None:
            return None
        if value.isascii() and value.isdigit() and len(value) < 10 and self.least <= int(value) <= self.most:
            return int(value)
        wanted = f"a number from {self.least} to {self.most}"
        fields.say(messages.BAD_VALUE, fields.line(key), key=key, value=value, wanted=wanted)
        return None

    def schema(self) -> dict[str, Any]:
        """Return the schema of a number with its bounds."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Choice(Marker):
    """One of a few words; the first is the default."""

    wrong = "nothing-like-it"

    def __init__(self, about: str, *choices: str, **more: Any) -> None:
        super().__init__(about, **more)
        self.choices = choices
        if not self.has_example:
            self.example = choices[-1]  # type: ignore[misc]

    def read(self, fields: Fields, key: str, where: Where) -> str | None:
        """Return the word, in lower case, if it is one of them; else report it and return None."""
        value = fields.text(key)
        if value is None or value.lower() in self.choices:
            return value.lower() if value else None
        fields.say(messages.BAD_VALUE, fields.line(key), key=key, value=value, wanted=" or ".join(self.choices))
        return None

    def fits(self, text: str) -> bool:
        """Return whether a text is one of the words."""
        return text.lower() in self.choices

    def schema(self) -> dict[str, Any]:
        """Return the schema of the words."""
        return {"enum": list(self.choices)}


class Publicity(Choice):
    """Whether a text is public. A value that does not plainly say so keeps it unpublished."""

    def read(self, fields: Fields, key: str, where: Where) -> str:
        """Return one of the words. For any other value, return 'published' if it is a word for that, else 'draft', and report it."""
        text = fields.text(key) or ""
        if text.lower() in self.choices:
            return text.lower()
        if gate.is_public(text):
            wanted = " or ".join(self.choices)
            fields.say(messages.BAD_VALUE, fields.line(key), key=key, value=text, wanted=wanted)
            return "published"
        fields.say(messages.HELD_STATUS, fields.line(key), value=gate.short(text) or "empty")
        return "draft"


class Language(Marker):
    """A language, as a BCP 47 tag or by its name."""

    example = "pt-BR"
    wrong = "xx-nowhere"

    def read(self, fields: Fields, key: str, where: Where) -> str | None:
        """Return the tag."""
        return fields.language(key)


class Listed(Marker):
    """A list of texts, or one text with commas. `most` is the maximum number."""

    is_list = True

    def __init__(self, about: str, *, most: int = 2_000, **more: Any) -> None:
        super().__init__(about, **more)
        self.most = most

    def item(self) -> dict[str, Any]:
        """Return the JSON Schema of one of the texts."""
        return {"type": "string"}

    def schema(self) -> dict[str, Any]:
        """Return the schema of a list, or of one text."""
        return {"type": ["array", "string"], "items": self.item(), "maxItems": self.most}


class Languages(Listed):
    """Languages."""

    example = "[pt, en]"
    wrong = "[xx-nowhere]"

    def read(self, fields: Fields, key: str, where: Where) -> tuple[str, ...]:
        """Return their tags, each once."""
        return fields.languages(key, self.most)


class Words(Listed):
    """Words of the writer's own, such as topics. `keeps_in`: a word for 'not yet' keeps the text unpublished."""

    is_prose = True
    example = "[boats, tides]"
    wrong = "{a: mapping}"

    def __init__(self, about: str, *, keeps_in: bool = False, once: bool = True, **more: Any) -> None:
        super().__init__(about, **more)
        self.keeps_in = keeps_in
        self._once = once

    def read(self, fields: Fields, key: str, where: Where) -> tuple[str, ...]:
        """Return the words with white space folded; each once, unless declared with `once=False`."""
        found = tuple(node.value for node in fields.texts(key, self.most))
        return tuple(dict.fromkeys(found)) if self._once else found


class Handles(Listed):
    """People or groups, by their handles. `signs`: the text speaks in their name, so the guard asks who they are."""

    example = "[ada, grace]"
    wrong = "[Ada Lovelace]"

    def __init__(self, about: str, *, signs: bool = False, **more: Any) -> None:
        super().__init__(about, **more)
        self.signs = signs

    def read(self, fields: Fields, key: str, where: Where) -> tuple[str, ...]:
        """Return the handles, each once."""
        return fields.handles(key, self.most)

    def fits(self, text: str) -> bool:
        """Return whether a text is a handle. Any text fits if the key does not name authors (`signs`)."""
        return not self.signs or is_handle(text.removeprefix("@").lower())

    def item(self) -> dict[str, Any]:
        """Return the schema of a handle."""
        return {"type": "string", "pattern": _HANDLE}

    def targets(self, value: Any, record: Any) -> Iterator[Target]:
        """Yield the people."""
        yield from (Target("person", handle) for handle in value)

    def renamed(self, written: str, renames: Renames, source: str) -> str:
        """Return the new handles."""
        return _WORD.sub(lambda found: renames.handle(found[0]), written)


class Reference(Matching):
    """A reference to another text, by `handle/slug` or its address; in a blog, also by the slug of a text of that blog.

    `kinds` are the tags of the kinds that it may name. `link`: it waits for its target, as a link in the text does.
    """

    form = _REFERENCE
    example = "grace/nanoseconds"
    wrong = "a\\b c"

    def __init__(self, about: str, *kinds: str, wanted: str = "handle/slug", link: bool = False, **more: Any) -> None:
        super().__init__(about, **more)
        self.kinds = kinds
        self.wanted = wanted  # type: ignore[misc]
        self._is_link = link

    def targets(self, value: Any, record: Any) -> Iterator[Target]:
        """Yield the address."""
        if value:
            path = value.strip("/").removeprefix("blogs/")
            blog = getattr(record, "blog", "")
            yield Target("address", f"blogs/{path if '/' in path or not blog else f'{blog}/{path}'}")

    def waits(self, value: Any, record: Any) -> bool:
        """Return whether the reference waits for its target."""
        return self._is_link

    def renamed(self, written: str, renames: Renames, source: str) -> str:
        """Return the reference with the new handle and slug."""
        return renames.reference(written, source.split("/")[2] if source.startswith("content/blogs/") else "")


class Named(Matching):
    """A thing of one kind, such as a jam, by the name of its file or folder.

    `follows` declares that a change of the thing affects the records that name it.
    """

    form = _NAME
    example = "quiet-harbour"
    wrong = "a/b"

    def __init__(self, about: str, kind: str, *, follows: bool = False, **more: Any) -> None:
        super().__init__(about, **more)
        self.kind = kind
        """The tag of the kind."""
        self.follows = follows
        self.wanted = f"the name of a {kind}'s folder"  # type: ignore[misc]

    def targets(self, value: Any, record: Any) -> Iterator[Target]:
        """Yield the thing."""
        if value:
            yield Target(self.kind, value)

    def waits(self, value: Any, record: Any) -> bool:
        """Return True: it always waits for its target, as a link does."""
        return True


class Aliases(Listed):
    """Old addresses that lead to the page of this file."""

    example = "[/old/address/]"
    wrong = "[not an address]"

    def read(self, fields: Fields, key: str, where: Where) -> tuple[str, ...]:
        """Return the addresses without scheme and host, each once."""
        return fields.old_addresses(key, self.most)

    def targets(self, value: Any, record: Any) -> Iterator[Target]:
        """Yield the addresses."""
        yield from (Target("address", alias.strip("/")) for alias in value)


class Picture(Matching):
    """A picture, by a path as in a link, or by a web address."""

    form, wanted = _IMAGE, "a file's path or https://…"
    example = "winch.jpg"
    wrong = "file:///winch.jpg"

    def read(self, fields: Fields, key: str, where: Where) -> str | None:
        """Return the path as a link writes it, with # and ? encoded; a web address unchanged."""
        image = super().read(fields, key, where)
        return image.replace("#", "%23").replace("?", "%3F") if image and "://" not in image else image

    def targets(self, value: Any, record: Any) -> Iterator[Target]:
        """Yield the file, if it is one of the site's."""
        if value and "://" not in value:
            yield Target("file", value)

    def renamed(self, written: str, renames: Renames, source: str) -> str:
        """Return the path of the picture as seen from the source after the rename."""
        return renames.link(written, source)


class PhotoBeside(Marker):
    """The name of a picture in the same folder."""

    example = "ada.jpg"
    wrong = "../ada.jpg"

    def read(self, fields: Fields, key: str, where: Where) -> str | None:
        """Return the name if it is that of a picture, without folders; else report it and return None."""
        value = fields.text(key)
        if value is None or _PHOTO.fullmatch(value):
            return value
        name = value.replace("\\", "/").rpartition("/")[2]
        near = f", such as {name}" if name != value and _PHOTO.fullmatch(name) else ""
        fields.say(messages.BAD_FILE, fields.line(key), key=key, value=value, near=near)
        return None

    def targets(self, value: Any, record: Any) -> Iterator[Target]:
        """Yield the file."""
        if value:
            yield Target("beside", value)

    def renamed(self, written: str, renames: Renames, source: str) -> str:
        """Return the new name."""
        folder = posixpath.dirname(source)
        return renames.source(f"{folder}/{written}").removeprefix(f"{folder}/")


class Links(Marker):
    """A mapping of names to addresses."""

    example = "{Home: 'https://example.com/'}"
    wrong = "https://example.com/"

    def read(self, fields: Fields, key: str, where: Where) -> tuple[tuple[str, str], ...]:
        """Return pairs of a name and an address."""
        return fields.links(key)

    def schema(self) -> dict[str, Any]:
        """Return the schema of a mapping to addresses."""
        return {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}


class Addresses(Listed):
    """Web addresses."""

    example = "['https://example.com/']"
    wrong = "[example]"

    def read(self, fields: Fields, key: str, where: Where) -> tuple[str, ...]:
        """Return the addresses, each once."""
        return fields.addresses(key, self.most)

    def item(self) -> dict[str, Any]:
        """Return the schema of an address."""
        return {"type": "string", "format": "uri"}


class Emails(Listed):
    """E-mail addresses, for a key that is checked but never stored (`Kind.dropped`)."""

    example = "[ada@example.com]"
    wrong = "[ada]"

    def read(self, fields: Fields, key: str, where: Where) -> tuple[str, ...]:
        """Return the texts that look like an e-mail address, and report the others."""
        found = []
        for node in fields.texts(key, self.most):
            if _EMAIL.fullmatch(node.value):
                found.append(node.value)
            else:
                fields.say(messages.BAD_VALUE, node.line, key=key, value=node.value, wanted="an e-mail address")
        return tuple(found)
