"""Adds our own markup to HTML that passed the policy: links, mentions, headings, code, maths, tables, pictures, ids.

It works on the policy's normalised output (attributes in double quotes, `<` and `>` escaped in them), tag by tag.
"""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Callable, Mapping
from typing import NamedTuple

from bylines.engine.views import TocEntry
from bylines.markup import emoji, external_media, layout, slots
from bylines.markup.code import highlight
from bylines.markup.elements import ALERTS
from bylines.markup.formulas import Formulas
from bylines.markup.ids import Ids
from bylines.markup.mentions import MENTION

# The tags that may need a change: those with these names, and all with attributes.
_LOOKED_AT = re.compile(
    r"<(/?)(a|pre|code|kbd|samp|table|div|h[1-6]|img|input|video|audio|picture)((?:\s[^>]*)?)>|<()([a-z][a-z0-9]*)(\s[^>]*)>"
)
# An address of another site in which nothing needs encoding.
_PLAIN_ADDRESS = r'https?://[^"#\s\\^`{|}]*(?:#[^"#\s\\^`{|}]*)?'
# In a text without mentions, the ends of links and code, and plain links to other sites, need no change.
_LOOKED_AT_WITHOUT_MENTIONS = re.compile(
    r"<(/?)(pre|table|div|h[1-6]|img|input|video|audio|picture)((?:\s[^>]*)?)>"
    rf'|<()(?!a href="{_PLAIN_ADDRESS}">)([a-z][a-z0-9]*)(\s[^>]*)>'
)
_PLAIN_LINK = re.compile(rf' href="{_PLAIN_ADDRESS}"')
_CODE = re.compile(r"<pre[^>]*>\s*<code([^>]*)>([^<]*)</code>\s*</pre>")
_MATHS = re.compile(r'<(span|code)((?=[^>]*data-math-style="(?:inline|display)")[^>]*)>([^<]*)</\1>')
_PARAGRAPH_OF_MATHS = re.compile(r'<p>(\s*<math display="block">(?:(?!</math>).)*</math>\s*)</p>', re.S)
_FIGURE = re.compile(r'<p>(<img)([^>]*?) title="([^"]*)"([^>]*>)</p>')
_CAPTION = re.compile(r"(</?fig(?:ure|caption)(?:\s[^>]*)?>)")
# Elements that a heading must not contain, though HTML parsers accept them there.
_BLOCK = re.compile(r"</?(?:p|div|section|article|blockquote|figure)(?:\s[^>]*)?>")
_HEADING = re.compile(r"h[1-6]")
# An id in the syntax of Hugo and kramdown.
_OWN_ANCHOR = re.compile(r"\s\{#([\w:.-]{1,100})\}\s*$")
_CALL = re.compile(r'<sup class="footnote-ref">.*?</sup>')
_INNER = re.compile(r"<[^>]*>")
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufffd\u00ad\u180e]+")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ALERT = re.compile(rf"markdown-alert-({'|'.join(ALERTS)})")
# Classes that the engines give. Others are dropped, since a contributor could imitate the site's own parts with them.
_CLASSES = frozenset(
    "footnotes footnote footnote-ref footnote-backref footnote-reference contains-task-list task-list-item highlight "
    "codehilite linenos hll admonition admonition-title note tip important warning caution attention danger error hint "
    "toc abbr align-left align-right align-center align-start literal-block docutils simple first last".split()
)
_PYGMENTS = re.compile(r"[a-z]{1,2}[a-z0-9]?")
_TITLES = {
    "note": slots.word("Note"),
    "tip": slots.word("Tip"),
    "important": slots.word("Important"),
    "warning": slots.word("Warning"),
    "caution": slots.word("Caution"),
}
_TITLE = re.compile(rf'(<p class="alert-title">)({"|".join(map(str.capitalize, _TITLES))})(?=</p>)')
# Languages whose code blocks git hosts draw as pictures, with scripts.
_DRAWN = frozenset(("mermaid", "geojson", "topojson", "stl"))
_QUIET = frozenset(("a", "code", "pre", "kbd", "samp", "math"))
_TOC_FROM = 3


class FinishedHtml(NamedTuple):
    """HTML with our own markup, and its table of contents (empty if there are fewer than three headings)."""

    content: str
    toc: tuple[TocEntry, ...]


class Finisher:
    """One pass over one text. The targets of links and mentions are not known yet, so slots are put in their place."""

    def __init__(self, ids: Ids | None = None, formulas: Formulas | None = None, *, has_emoji: bool = False) -> None:
        self.ids = ids or Ids()
        self.formulas = formulas or Formulas()
        self._has_emoji = has_emoji
        self.targets: set[str] = set()
        """Every href and src that is neither absolute nor a bare fragment, as it was written."""
        self.elsewhere: set[str] = set()
        """The addresses of pictures and recordings of other hosts."""
        self.remarks: list[tuple[str, str]] = []
        """Remarks about the text: pairs of a message code and what was written."""
        self._players: list[str] = []
        self._toc: list[TocEntry] = []
        self._above: list[int] = []
        """The levels, as written, of the headings above the current place, from the outermost on."""
        self._quiet = 0
        self._closing: list[str] = []

    def finish(self, source: str) -> FinishedHtml:
        """Return the finished text and its table of contents."""
        if 'class="footnotes"' in source:
            self.ids.reserve_notes(source)
        text = self.ids.fix_fragments(self._transform(source))
        return FinishedHtml(text, tuple(self._toc) if len(self._toc) >= _TOC_FROM else ())

    def _transform(self, source: str) -> str:
        source = layout.modernise(source)
        looked_at = _LOOKED_AT if "@" in source else _LOOKED_AT_WITHOUT_MENTIONS
        done: list[str] = []
        position = 0
        while match := looked_at.search(source, position):
            done.append(self._text(source[position : match.start()]))
            made, position = self._element(source, match)
            done.append(made)
        done.append(self._text(source[position:]))
        text = "".join(done)
        if "<img" in text:
            text = _FIGURE.sub(_figure, text)
        if "<figcaption" in text:
            text = _unwrap_captions(text)
        if self.elsewhere:
            text = external_media.fill_marks(text)
        if "alert-title" in text:
            text = _TITLE.sub(lambda match: match[1] + _TITLES[match[2].lower()], text)
        if "<math" in text:
            text = _PARAGRAPH_OF_MATHS.sub(r"\1", text)
        return text

    def _text(self, text: str) -> str:
        if "@" not in text or self._quiet:
            return text
        return MENTION.sub(lambda match: slots.mention(match[0]), text)

    def _element(self, source: str, match: re.Match[str]) -> tuple[str, int]:
        """Return the replacement for the tag at `match`, or for the whole element that begins there, and the offset after it."""
        closing, name, attributes = match.groups()[:3] if match[2] else match.groups()[3:]
        if name == "a" and not closing and _PLAIN_LINK.fullmatch(attributes):
            self._quiet += 1
            return match[0], match.end()
        if name in ("pre", "span", "code") and not closing:
            whole = self._whole(source, match.start())
            if whole:
                return whole
        if name == "picture":
            return ("", match.end()) if closing else self._of_schemes(source, match.end())
        if closing:
            return self._end_tag(name), match.end()
        if name[0] == "h" and _HEADING.fullmatch(name):
            return self._heading(source, match)
        given = dict(layout.ATTRIBUTE.findall(attributes))
        if name == "img" and "-mode-only" in attributes:
            given["src"], given["scheme"] = layout.scheme_fragment(given.get("src", ""))
        if "src" in given and external_media.is_external(given["src"]):
            return self._of_another_host(name, given), match.end()
        return self._start_tag(name, given), match.end()

    def _of_schemes(self, source: str, start: int) -> tuple[str, int]:
        """Return two images for a `picture` with files for light and dark, of which pages show one; and the offset after it."""
        end = source.find("</picture>", start)
        found = layout.colour_schemes(source[start : end if end >= 0 else len(source)])
        end = end + len("</picture>") if end >= 0 else start
        if found is None:
            return "", max(start, end)
        light = found.given | ({"src": found.light} if found.light else {})
        if not found.dark or external_media.is_external(found.dark) or external_media.is_external(light.get("src", "")):
            return self._image(light), end
        dark = {key: value for key, value in found.given.items() if key != "id"} | {"src": found.dark}
        light, dark = light | {"scheme": "only-light"}, dark | {"scheme": "only-dark"}
        return self._image(light) + self._image(dark), end

    def _image(self, given: dict[str, str]) -> str:
        if external_media.is_external(given.get("src", "")):
            return self._of_another_host("img", given)
        return self._start_tag("img", given)

    def _whole(self, source: str, start: int) -> tuple[str, int] | None:
        maths = _MATHS.match(source, start)
        if maths:
            display = 'data-math-style="display"' in maths[2]
            return self.formulas.html(html.unescape(maths[3]), display=display), maths.end()
        code = _CODE.match(source, start)
        if not code:
            return None
        attributes = dict(layout.ATTRIBUTE.findall(code[1]))
        text = html.unescape(code[2])
        if attributes.get("data-math-style") == "display":
            return self.formulas.html(text, display=True), code.end()
        language = next((c[9:] for c in attributes.get("class", "").split() if c.startswith("language-")), "")
        if language in _DRAWN:
            self.remarks.append(("drawn-as-code", language))
        return highlight(text, html.unescape(language)), code.end()

    def _heading(self, source: str, match: re.Match[str]) -> tuple[str, int]:
        tag, start = match[2], match.end()
        end = source.find(f"</{tag}>", start)
        if end < 0:
            return "", start
        level = self._level(int(tag[1]))
        inner = _BLOCK.sub("", source[start:end])
        title = _title(inner)
        given = dict(layout.ATTRIBUTE.findall(match[3])) if match[3] else {}
        if own := _OWN_ANCHOR.search(inner):
            given, inner, title = {**given, "id": own[1]}, inner[: own.start()], title[: title.rfind("{#")].strip()
            self.remarks.append(("own-anchor", f"{{#{own[1]}}}"))
        name = (self.ids.take(given["id"]) if "id" in given else "") or self.ids.of_heading(title)
        if self._has_emoji and ":" in inner:
            inner = emoji.expand(inner)
            title = _title(inner)
        if level <= 4 and title:
            self._toc.append(TocEntry(level=level, id=name, title=title))
        made = self._within(inner) if "<" in inner or "@" in inner else inner
        side = layout.side("h", given) if given else ""
        placed = f' class="{side}"' if side else ""
        return f'<h{level} id="{html.escape(name)}"{placed}>{made}{slots.anchor(name)}</h{level}>', end + len(
            f"</{tag}>"
        )

    def _level(self, written: int) -> int:
        """Return the level of a heading, below the page's own. No level is skipped (HTML, 4.3.11), and equal levels stay equal."""
        while self._above and self._above[-1] >= written:
            self._above.pop()
        self._above.append(written)
        return min(6, len(self._above) + 1)

    def _within(self, inner: str) -> str:
        rest = Finisher(self.ids, self.formulas)
        rest.targets, rest.elsewhere, rest.remarks = self.targets, self.elsewhere, self.remarks
        return rest._transform(inner)

    def _start_tag(self, name: str, given: dict[str, str]) -> str:
        if name == "img" and given.get("src") == "":
            self.remarks.append(("no-address", "]()"))
            return given.get("alt", "")
        return self._build(name, given, self._common(name, given))

    def _build(self, name: str, given: dict[str, str], attributes: dict[str, str]) -> str:
        before = after = ""
        if name == "a":
            attributes |= self._href(given)
            if "footnote-backref" in given.get("class", ""):
                attributes["aria-label"] = slots.word("Back to the text")
        elif name == "img":
            attributes |= self._picture(given)
        elif name in ("video", "audio", "source"):
            attributes |= self._medium(name, given)
        elif name == "input":
            return _checkbox(given)
        elif name == "table":
            before = '<div class="table" tabindex="0" role="region" aria-label="' + slots.word("Table") + '">'
        elif name in ("div", "p"):
            alert = self._alert(name, given)
            if alert:
                return alert
        elif name in ("td", "th"):
            attributes |= _cell(given)
        else:
            attributes |= {
                key: value
                for key, value in given.items()
                if key not in ("id", "class", "title", "data-math-style", "align")
            }
        if name in _QUIET:
            self._quiet += 1
        if name == "div":
            self._closing.append("</div>")
        return before + _tag(name, attributes) + after

    def _end_tag(self, name: str) -> str:
        if name in _QUIET and self._quiet:
            self._quiet -= 1
        if name == "table":
            return "</table></div>"
        if name in ("video", "audio"):
            return self._players.pop() if self._players else ""
        if name == "div":
            return self._closing.pop() if self._closing else ""
        return f"</{name}>"

    def _common(self, name: str, given: Mapping[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        wanted = given.get("id") or (given.get("name") if name == "a" else "")
        if wanted and (own := self.ids.take(wanted)):
            found["id"] = html.escape(own)
        classes = [
            c for c in given.get("class", "").split() if c in _CLASSES or (name == "span" and _PYGMENTS.fullmatch(c))
        ]
        if "align" in given and name not in ("td", "th") and (side := layout.side(name, given)):
            classes.append(side)
        if name == "img":
            classes += [each for each in (layout.share(given), given.get("scheme", "")) if each]
        if classes:
            found["class"] = " ".join(classes)
        found |= {key: given[key] for key in ("title", "lang", "dir") if key in given}
        return found

    def _href(self, given: Mapping[str, str]) -> dict[str, str]:
        if not given.get("href"):
            if "href" in given:
                self.remarks.append(("no-address", "]()"))
            return {}
        href = self._leads_to(given["href"], slots.href)
        return {"href": href} if href else {}

    def _leads_to(self, escaped: str, slot: Callable[[str], str]) -> str:
        """Return an absolute address, escaped, or else its slot; empty if it is not a valid address."""
        address = html.unescape(escaped)
        if _SCHEME.match(address):
            return slots.valid(address) if slots.is_odd(address) else escaped
        if _SCHEME.match(_UNSEEN.sub("", address)):
            return ""  # invisible characters hide a scheme from the policy
        address = slots.plain(address)
        if address.startswith("//") and not _is_address(address):
            return ""
        if address and not address.startswith(("#", "?", "//")):
            self.targets.add(slots.readable(address))
        return slot(address)

    def _picture(self, given: Mapping[str, str]) -> dict[str, str]:
        sides = [layout.pixels(given.get(key, "")) for key in ("width", "height")]
        src = self._leads_to(given.get("src", ""), lambda address: slots.picture(address, *sides))
        found = {"src": src, "alt": given.get("alt", "")}
        if not slots.is_slot(src):
            found |= {key: side for key, side in zip(("width", "height"), sides, strict=True) if side}
        return found | {"loading": "lazy", "decoding": "async"}

    def _of_another_host(self, name: str, given: Mapping[str, str]) -> str:
        self.elsewhere.add(html.unescape(given["src"]))
        if name == "source":
            return ""  # an alternative file of a recording
        if name != "img":
            self._players.append("")
        return external_media.mark(given["src"], given.get("alt", ""), given.get("title", ""))

    def _medium(self, name: str, given: Mapping[str, str]) -> dict[str, str]:
        found = {key: given[key] for key in ("type", "width", "height") if key in given}
        if given.get("src"):
            found["src"] = self._leads_to(given["src"], slots.src)
        if name == "source":
            return found
        self._players.append(f"</{name}>")
        return {**found, "controls": "", "preload": "none"}

    def _alert(self, name: str, given: Mapping[str, str]) -> str:
        classes = given.get("class", "")
        if name == "p":
            return '<p class="alert-title">' if classes == "markdown-alert-title" else ""
        kind = _ALERT.search(classes)
        if not kind:
            return ""
        self._closing.append("</aside>")
        return f'<aside class="alert alert-{kind[1]}" aria-label="{_TITLES[kind[1]]}">'


def _title(inner: str) -> str:
    """Return the words of a heading, without markup and footnote marks."""
    text = _INNER.sub("", _CALL.sub("", inner)) if "<" in inner else inner
    return (html.unescape(text) if "&" in text else text).replace("¶", "").strip()


def _is_address(text: str) -> bool:
    try:
        urllib.parse.urlsplit(text)
    except ValueError:  # a bracket in the host, or a letter that normalises to a slash
        return False
    return True


def _unwrap_captions(text: str) -> str:
    """Turn captions outside a figure into plain blocks."""
    pieces = _CAPTION.split(text)
    open_ = 0
    for place in range(1, len(pieces), 2):
        tag = pieces[place]
        if tag.startswith(("<figure", "</figure")):
            open_ += 1 if tag[1] != "/" else -1
        elif open_ <= 0:
            pieces[place] = tag.replace("figcaption", "div")
    return "".join(pieces)


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    return f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"


def _attribute(key: str, value: str) -> str:
    if slots.is_slot(value):
        return value
    return f' {key}="{value}"' if value or key in ("alt", "src") else f" {key}"


def _checkbox(given: Mapping[str, str]) -> str:
    if given.get("type") != "checkbox" or "disabled" not in given:
        return ""  # not the checkbox of a task list
    state, label = (" checked", slots.word("Done")) if "checked" in given else ("", slots.word("To do"))
    return f'<input type="checkbox" disabled{state} aria-label="{label}">'


def _cell(given: Mapping[str, str]) -> dict[str, str]:
    found = {key: given[key] for key in ("colspan", "rowspan", "scope") if key in given}
    side = given.get("align", "")
    return {**found, "class": f"align-{side}"} if side in ("left", "right", "center") else found


def _figure(match: re.Match[str]) -> str:
    return f"<figure>{match[1]}{match[2]}{match[4]}<figcaption>{match[3]}</figcaption></figure>"
