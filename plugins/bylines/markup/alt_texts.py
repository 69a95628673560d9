"""Finds pictures without a description for readers who cannot see them."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator

from bylines.markup import fences
from bylines.markup.external_media import is_external
from bylines.markup.options import Remark

_PICTURE = re.compile(r"<img(?:\s[^>]*)?>")
_ALT, _SRC = re.compile(r'\salt="([^"]*)"'), re.compile(r'\ssrc="([^"]*)"')
_WRITTEN = re.compile(
    r"!\[([^][\n]{0,110})\](?=[(\[])|<img\b(?:(?=[^<>]{0,2000}?\balt=[\"']([^\"'<>]{0,110}))|(?![^<>]{0,2000}\balt\b))",
    re.I,
)
_WRITTEN_SRC = re.compile(r"""\(\s{0,99}<?([^\s()<>]{0,2000})|[^<>]{0,2000}?\bsrc=["']?([^"'<>]{0,2000})""", re.I)
_MEANT_EMPTY = re.compile(r"""<img\b(?=[^<>]{0,2000}\balt=(?:""|''))""", re.I)
# What programs and people in a hurry write as a description.
_NO_WORDS = re.compile(
    r"(?:an? |the )?(?:image|img|picture|pic|photo|foto|bild|imagen|imagem|immagine|screenshot|screen ?shot|figure|alt|alt text"
    r"|image alt text|image description|description|caption|untitled|placeholder|todo|tbd)(?:[ _-]?\d{1,6})?"
    r"|(?:img|dsc[nf]?|pxl|mvimg|screenshot|screen shot|bildschirmfoto|captura de pantalla)[ _-][\d _.:atumpAPM-]{3,40}"
    r"|[\w .()-]{1,100}\.(?:png|jpe?g|gif|webp|avif|hei[cf]|svg|tiff?)",
    re.I,
)


def find_missing(source: str, cleaned: str) -> Iterator[Remark]:
    """Yield one remark for all pictures of a text without a description, at the line of the first.

    `cleaned` is the text as HTML. An empty alt in the writer's own HTML is meant: the picture only decorates.
    """
    count = sum(map(_is_undescribed, _PICTURE.findall(cleaned)))
    if not count:
        return
    without_code = fences.replace_code(source, lambda code: "\n" * code.count("\n"))
    count -= sum(not _is_elsewhere(without_code, found.end()) for found in _MEANT_EMPTY.finditer(without_code))
    if count > 0:
        written = (found for found in _WRITTEN.finditer(without_code) if _is_meaningless(_words(found)))
        first = next((each.start() for each in written if not _is_elsewhere(without_code, each.end())), -1)
        others = f", and {count - 1:,} more {'has' if count == 2 else 'have'} none" if count > 1 else ""
        yield Remark(without_code.count("\n", 0, first) + 1 if first >= 0 else 0, "undescribed", others)


def _words(found: re.Match[str]) -> str:
    return (found[1] or found[2] or "").strip()


def _is_undescribed(picture: str) -> bool:
    """Return whether a picture has no description. One of another host never counts: it is shown as a link, which has words."""
    alt, src = _ALT.search(picture), _SRC.search(picture)
    words = html.unescape(alt[1]).strip() if alt else ""
    address = src[1] if src else ""
    if is_external(address):
        return False
    address = html.unescape(address)
    return _is_meaningless(words) or words in (address, posixpath.basename(address))


def _is_meaningless(words: str) -> bool:
    """Return whether a description says nothing: it is empty, generated, the name of the file, or a word for any picture."""
    return not words or _NO_WORDS.fullmatch(words) is not None


def _is_elsewhere(source: str, place: int) -> bool:
    """Return whether the address at this offset in the source leads to another host."""
    found = _WRITTEN_SRC.match(source, place)
    return found is not None and is_external(found[1] or found[2] or "")
