"""Slots: placeholders in finished HTML for addresses and words that are not yet known when a text is read.

A text becomes HTML once, when it is read. The targets of its links and mentions are known only after weaving, and differ
between a page and a feed. So each of them is a slot: a kind and what was written, between two control characters, which the
policy lets no text contain. Each page then only fills the slots. The few words that we add to a text are slots, too: they
are translated when a page is rendered, since reading has no catalogues.
"""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from bylines.engine.views import Sizes

_MARK = "\x01"
_BETWEEN = "\x02"
_HREF, _SRC, _MENTION, _ANCHOR, _PICTURE, _POSTER, _WORD = "hs@#pfw"
FRAME, DOCUMENT, VIDEO, SOUND = "frame", "document", "video", "sound"
"""The kinds of posters: a frame of another site, a PDF, or a recording of the site."""
# As wide as the screen on a phone, else as the column of text.
SIZES = "(min-width: 48rem) 43rem, 100vw"
"""The `sizes` attribute of a picture in a text: its width, by which browsers choose a file."""
_TO_A_PLACE = f"{_MARK}{_HREF}#"
_FRAGMENT = re.compile(f"{_MARK}{_HREF}#([^{_MARK}]+){_MARK}")
_ONLY_DARK = re.compile(rf'<img(?: id="[^"]*")? class="[^"]*\bonly-dark"(?:{_MARK}[^{_MARK}]*{_MARK}|[^>{_MARK}])*>')
_NONE: Mapping[str, Sizes] = MappingProxyType({})
_MARKED = re.compile(r"[{|](?:static|filename|attach|author|category|tag|index)[}|]")


class Poster(NamedTuple):
    """The parts of a poster, as texts that are not escaped."""

    kind: str
    address: str
    """Where the link leads, as it was written."""
    title: str
    caption: str = ""
    place: str = ""
    """The name of the other site."""
    frame: str = ""
    """The address of its frame."""
    asks: str = ""
    """Not empty if the other site needs a referrer."""
    picture: str = ""
    """The writer's own picture, in the form of its slot; empty if there is none."""


def href(address: str) -> str:
    """Return the slot of a link's attribute. `address` is as written, not escaped."""
    return f"{_MARK}{_HREF}{address}{_MARK}"


def src(address: str) -> str:
    """Return the slot of the `src` attribute of a recording."""
    return f"{_MARK}{_SRC}{address}{_MARK}"


def picture(address: str, width: str, height: str) -> str:
    """Return the slot of a picture's attributes. `width` and `height` are the writer's, in pixels; empty if not given."""
    return f"{_MARK}{_PICTURE}{width}x{height} {address}{_MARK}"


def mention(written: str) -> str:
    """Return the slot of a mention, `@Ada`."""
    return f"{_MARK}{_MENTION}{written}{_MARK}"


def anchor(name: str) -> str:
    """Return the slot of a heading's link to itself."""
    return f"{_MARK}{_ANCHOR}{name}{_MARK}"


def poster(found: Poster) -> str:
    """Return the slot of a poster."""
    return f"{_MARK}{_POSTER}{_BETWEEN.join(found)}{_MARK}"


def word(text: str) -> str:
    """Return the slot of words of the interface, given in English."""
    return f"{_MARK}{_WORD}{text}{_MARK}"


def as_written(text: str) -> str:
    """Return words of the interface untranslated, in English."""
    return text


_LINK = as_written("Link to this section")
"""The label of an anchor."""


def without_slots(content: str) -> str:
    """Return a text with each slot reduced to a mark."""
    return _MARK.join(content.split(_MARK)[::2])


def with_fragments(content: str, spelled: Callable[[str], str]) -> str:
    """Return the HTML with the fragment of each link within the text replaced by `spelled`. An empty one removes the link."""
    if _TO_A_PLACE not in content:
        return content
    return _FRAGMENT.sub(lambda match: href(f"#{found}") if (found := spelled(match[1])) else "", content)


def is_slot(text: str) -> bool:
    """Return whether a text is the slot of a whole attribute."""
    return text.startswith(_MARK) and text[1:2] != _WORD


def fill(
    content: str,
    links: Mapping[str, str],
    mentions: Mapping[str, str],
    pictures: Mapping[str, Sizes] = _NONE,
    say: Callable[[str], str] = as_written,
) -> str:
    """Return the HTML for a page, with all slots filled.

    `links` maps addresses as written, and `mentions` handles, to their targets. `pictures` maps addresses as written to the
    sizes of pictures that have several. `say` translates words into the language of the text.
    """
    return _fill(content, links, mentions, None, pictures, say)


def fill_absolute(
    content: str,
    links: Mapping[str, str],
    mentions: Mapping[str, str],
    page_url: str,
    say: Callable[[str], str] = as_written,
) -> str:
    """Return the HTML for a feed: addresses are absolute, resolved from `page_url`, and headings have no anchors."""
    return _fill(content, links, mentions, page_url, _NONE, say)


def _fill(
    content: str,
    links: Mapping[str, str],
    mentions: Mapping[str, str],
    page_url: str | None,
    pictures: Mapping[str, Sizes],
    say: Callable[[str], str],
) -> str:
    if page_url is not None and "only-dark" in content:  # feed readers do not have our style sheet
        content = _ONLY_DARK.sub("", content)
    pieces = content.split(_MARK)
    for place in range(1, len(pieces), 2):
        kind, written = pieces[place][0], pieces[place][1:]
        if kind == _ANCHOR:
            pieces[place] = _anchor(written, say(_LINK)) if page_url is None else ""
        elif kind == _MENTION:
            pieces[place] = _mention(written, mentions)
        elif kind == _WORD:
            pieces[place] = say(written)
        elif kind == _PICTURE:
            pieces[place] = _sized_picture(written, links, page_url, pictures)
        elif kind == _POSTER:
            found = Poster(*written.split(_BETWEEN))
            address = _final(found.address, links, page_url)
            still = _sized_picture(found.picture, links, page_url, pictures) if found.picture else ""
            beside = pictures.get(readable(found.address))
            pieces[place] = _plain(found, address) if page_url else _poster(found, address, still, beside)
        else:
            pieces[place] = _attribute(kind, _final(written, links, page_url))
    return "".join(pieces)


def _final(address: str, links: Mapping[str, str], page_url: str | None) -> str:
    """Return the target of a link; empty for a link in Pelican's syntax (`{filename}`) that leads nowhere."""
    written = readable(address)
    found = links.get(written, "" if _MARKED.match(written) else address)
    return urllib.parse.urljoin(page_url, found) if page_url and found else found


def _attribute(kind: str, address: str) -> str:
    if kind == _SRC:
        return f' src="{valid(address)}"'
    return f' href="{valid(address)}"' if address else ""


def _sized_picture(written: str, links: Mapping[str, str], page_url: str | None, pictures: Mapping[str, Sizes]) -> str:
    given, _, address = written.partition(" ")
    return _picture(given, _final(address, links, page_url), pictures.get(readable(address)))


def _picture(given: str, address: str, sizes: Sizes | None) -> str:
    width, _, height = given.partition("x")
    if sizes is None:
        return f' src="{valid(address)}"{_side("width", width)}{_side("height", height)}'
    if width and not height:
        height = str(max(1, round(int(width) * sizes.height / sizes.width)))
    elif height and not width:
        width = str(max(1, round(int(height) * sizes.width / sizes.height)))
    shown = f"{width}px" if width else SIZES
    width, height = width or str(sizes.width), height or str(sizes.height)
    several = f' srcset="{html.escape(sizes.srcset)}" sizes="{shown}"' if sizes.srcset else ""
    return f' src="{valid(sizes.src)}"{several}{_side("width", width)}{_side("height", height)}'


def _side(name: str, value: str) -> str:
    return f' {name}="{value}"' if value else ""


def _anchor(name: str, label: str) -> str:
    return f'<a class="anchor" href="#{html.escape(name)}" aria-label="{label}"></a>'


def _mention(written: str, mentions: Mapping[str, str]) -> str:
    address = mentions.get(written[1:].lower())
    return f'<a class="mention" href="{valid(address)}">{written}</a>' if address else written


def _plain(found: Poster, address: str) -> str:
    """Return a poster as a feed has it: a plain link."""
    title = html.escape(found.title, quote=False)
    return f"<p><a{_attribute(_HREF, address)}>{title}</a></p>"


def _poster(found: Poster, address: str, still: str, beside: Sizes | None) -> str:
    """Return a poster as HTML.

    `still` has the attributes of the writer's own picture; `beside` is the picture with the same name as a recording.
    """
    title, caption = html.escape(found.title), html.escape(found.caption, quote=False)
    link = f"<a{_attribute(_HREF, address)}>"
    if found.kind in (VIDEO, SOUND):
        name = "video" if found.kind == VIDEO else "audio"
        sides = f' width="{beside.width}" height="{beside.height}"' if beside else ""
        shown = f' poster="{html.escape(beside.src)}"{sides}' if beside and name == "video" else ""
        player = f'<{name} controls preload="none"{_attribute(_SRC, address)}{shown} aria-label="{title}"></{name}>'
        return f"<figure>{player}<figcaption>{link}{title}</a>{' ' + caption if caption else ''}</figcaption></figure>"
    frame, place = (found.frame, found.place) if found.kind == FRAME else (address, "")
    picture = f'<img{still} alt="" loading="lazy" decoding="async">' if still else ""
    words = f'<span class="poster-title">{title}</span> <span class="poster-place">{html.escape(place) or "PDF"}</span>'
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    data = f' data-frame="{valid(frame)}" data-place="{html.escape(place)}"'
    data += " data-referrer" if found.asks else ""
    return f'<figure class="poster"{data}>{link}{picture}{words}</a>{below}</figure>'


def readable(address: str) -> str:
    """Return an address without percent-encoding, except where a sign would get another meaning: `a%23b.png` is a file a#b.png."""
    if "%" not in address:
        return address
    kept = _KEPT_ENCODED.sub(lambda sign: f"%25{sign[1].upper()}", address)
    return urllib.parse.unquote(kept)


_KEPT_ENCODED = re.compile(r"%(2[356BFbf]|3[DFdf])")


def plain(address: str) -> str:
    """Return an address without the characters that browsers strip before they parse it (URL Standard, 4.4)."""
    return address.translate(_LEFT_OUT).strip(" ")


def is_odd(address: str) -> bool:
    """Return whether an address has characters that no valid address contains."""
    return _ODD.search(address) is not None


def valid(written: str) -> str:
    """Return an address for an attribute: escaped, and encoded as browsers would do (URL Standard, 4.3)."""
    if is_odd(written):
        before, sign, fragment = written.partition("#")
        written = f"{before}{sign}{fragment.replace('#', '%23')}".translate(_ENCODED)
    return html.escape(written)


_ODD = re.compile(r"""[\s"<>\\^`{|}]|#.*#""", re.S)
_LEFT_OUT = {9: "", 10: "", 13: ""}
_ENCODED = {**_LEFT_OUT, **{ord(sign): urllib.parse.quote(sign, safe="") for sign in ' "<>\\^`{|}'}}
