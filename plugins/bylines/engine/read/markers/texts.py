"""Markers of texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from bylines.engine.read import gate, messages
from bylines.engine.read.markers.base import LONGEST_LINE, Marker, Where
from bylines.engine.read.names import is_slug
from bylines.markup.messages import REMARKS

if TYPE_CHECKING:
    from bylines.engine.read.fields import Fields

_ID = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"]+", re.I)


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
