"""The options of markup, and the records that it returns."""

from __future__ import annotations

import msgspec

from bylines.engine.views import TocEntry


class MarkupOptions(msgspec.Struct, frozen=True):
    """Which engine turns text into HTML, with its settings. It is sent to workers, so it is serialisable."""

    engine: str = "bylines"
    """'bylines': comrak, GitHub-flavoured; 'pelican': Python-Markdown with its extensions."""
    markdown: str = "{}"
    """JSON of Pelican's MARKDOWN setting."""
    docutils: str = "{}"
    """JSON of Pelican's DOCUTILS_SETTINGS."""
    video_hosts: tuple[str, ...] = ()
    """Hosts that run PeerTube (BYLINES_VIDEO_HOSTS)."""


class Remark(msgspec.Struct, frozen=True, order=True):
    """Something in a text that its writer should know."""

    line: int
    """From 1; 0 if it is not known."""
    code: str
    """The code of its message (`messages.REMARKS`)."""
    value: str = ""
    """What was written there."""
    meant: str = ""
    """What the writer probably meant; empty if nobody can say."""


class Outline(msgspec.Struct, frozen=True):
    """The facts about a text that its record stores."""

    targets: tuple[str, ...] = ()
    """Every href and src that is neither absolute nor a bare fragment, as written, once each, sorted."""
    anchors: tuple[str, ...] = ()
    """The ids in the text to which a link may lead, sorted, without those of footnotes."""
    astray: tuple[tuple[int, str], ...] = ()
    """(line from 1, fragment) for each link within the text that leads nowhere."""
    mentions: tuple[str, ...] = ()
    """Handles after an @ in text, not in code or links, once each, sorted."""
    excerpt: str = ""
    """Plain text of the first sentences, at most 280 characters (`excerpts.excerpt`)."""
    words: int = 0
    """Words of the text; a CJK character counts half a word."""
    faults: tuple[tuple[int, str], ...] = ()
    """(line from 1, reason) for each formula that cannot be read."""
    elsewhere: tuple[tuple[int, str], ...] = ()
    """(line from 1, address) for each picture or recording of another host."""
    local: tuple[tuple[int, str], ...] = ()
    """(line from 1, address) for each link or picture that names a file on the writer's machine."""
    remarks: tuple[Remark, ...] = ()
    """Other remarks about the text: removed HTML, footnotes, likely mistakes."""
    nested: bool = False
    """Whether the text is nested too deeply, so that it is shown as it was written."""


class Prose(msgspec.Struct, frozen=True):
    """A text as safe HTML with slots for its links, and its table of contents (empty if there are fewer than three headings)."""

    content: str
    toc: tuple[TocEntry, ...] = ()
    frames: tuple[str, ...] = ()
    """The origins from which its posters load something on a click, for the page's Content-Security-Policy."""
