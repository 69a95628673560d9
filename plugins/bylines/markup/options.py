"""What markup is asked for and what it gives."""

from __future__ import annotations

import msgspec

from bylines.engine.views import TocEntry


class MarkupOptions(msgspec.Struct, frozen=True):
    """Which engine turns text into HTML, with its settings; travels to workers."""

    engine: str = "bylines"
    """'bylines': comrak, GitHub-flavoured; 'pelican': Python-Markdown with its extensions."""
    markdown: str = "{}"
    """JSON of Pelican's MARKDOWN setting."""
    docutils: str = "{}"
    """JSON of Pelican's DOCUTILS_SETTINGS."""
    video_hosts: tuple[str, ...] = ()
    """Hosts at which PeerTube runs."""


class Remark(msgspec.Struct, frozen=True, order=True):
    """Something in a text that its writer should hear of."""

    line: int
    """From 1; 0 if it is not known."""
    code: str
    """The code of its message (`messages.REMARKS`)."""
    value: str = ""
    """What was written there."""
    meant: str = ""
    """What the writer probably meant; empty if nobody can say."""


class Outline(msgspec.Struct, frozen=True):
    """What a record keeps of a text."""

    targets: tuple[str, ...] = ()
    """Every href and src that is neither absolute nor a bare fragment, as written, once each, sorted."""
    anchors: tuple[str, ...] = ()
    """The ids in it to which a link may lead, without those of footnotes; sorted."""
    astray: tuple[tuple[int, str], ...] = ()
    """(line from 1, fragment) for each link to a place in the text itself that is not there."""
    mentions: tuple[str, ...] = ()
    """Handles after an @ in text, not in code or links, once each, sorted."""
    excerpt: str = ""
    """Plain text of the first paragraph, at most 280 characters, cut at a word."""
    words: int = 0
    """Words of the text; a CJK character counts half a word."""
    faults: tuple[tuple[int, str], ...] = ()
    """(line from 1, reason) for each formula that cannot be read."""
    elsewhere: tuple[tuple[int, str], ...] = ()
    """(line from 1, address) for each picture or recording of another host."""
    local: tuple[tuple[int, str], ...] = ()
    """(line from 1, address) for each link or picture that names a place on the writer's machine."""
    remarks: tuple[Remark, ...] = ()
    """What else there is to say of the text: HTML that goes, footnotes, what was probably meant otherwise."""
    nested: bool = False
    """Whether the text is nested too deeply, so that it is shown as it was written."""


class Prose(msgspec.Struct, frozen=True):
    """A text as safe HTML, with its table of contents (empty where there are few headings); slots stand for its links."""

    content: str
    toc: tuple[TocEntry, ...] = ()
    frames: tuple[str, ...] = ()
    """The origins of what its posters load on a click, for the page's policy."""
