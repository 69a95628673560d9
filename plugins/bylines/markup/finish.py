"""Our own markup over HTML that the policy let pass: links, mentions, headings, code, maths, tables, pictures, ids.

Works on the policy's normalised output (attributes in double quotes, `<` and `>` escaped in them), tag by tag.
"""

from __future__ import annotations

import html
import re
import unicodedata
import urllib.parse
from collections.abc import Callable, Mapping
from typing import NamedTuple

from bylines.markup import elsewhere, slots
from bylines.markup.code import highlighted
from bylines.markup.maths import FormulaError, to_mathml
from bylines.views import TocEntry

_SPACE = re.compile(r"\s")
_NOT_IN_IDS = re.compile(r"[^\w\s-]")
# The tags that need a look: these names, and whatever has attributes. All others stay as they are.
_LOOKED_AT = re.compile(
    r"<(/?)(a|pre|code|kbd|samp|table|div|h[1-6]|img|input|video|audio)((?:\s[^>]*)?)>|<()([a-z][a-z0-9]*)(\s[^>]*)>"
)
# An address of another site in which nothing has to be encoded.
_PLAIN_ADDRESS = r'https?://[^"#\s\\^`{|}]*(?:#[^"#\s\\^`{|}]*)?'
# In a text without mentions it is nothing to us where links and code end, nor where a link to another site leads.
_LOOKED_AT_WITHOUT_MENTIONS = re.compile(
    r"<(/?)(pre|table|div|h[1-6]|img|input|video|audio)((?:\s[^>]*)?)>"
    rf'|<()(?!a href="{_PLAIN_ADDRESS}">)([a-z][a-z0-9]*)(\s[^>]*)>'
)
_PLAIN_LINK = re.compile(rf' href="{_PLAIN_ADDRESS}"')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_CODE = re.compile(r"<pre[^>]*>\s*<code([^>]*)>([^<]*)</code>\s*</pre>")
_MATHS = re.compile(r'<(span|code)((?=[^>]*data-math-style="(?:inline|display)")[^>]*)>([^<]*)</\1>')
_PARAGRAPH_OF_MATHS = re.compile(r'<p>(\s*<math display="block">(?:(?!</math>).)*</math>\s*)</p>', re.S)
_FIGURE = re.compile(r'<p>(<img)([^>]*?) title="([^"]*)"([^>]*>)</p>')
_CAPTION = re.compile(r"(</?fig(?:ure|caption)(?:\s[^>]*)?>)")
# What a heading cannot hold, though a parser of HTML lets it.
_BLOCK = re.compile(r"</?(?:p|div|section|article|blockquote|figure)(?:\s[^>]*)?>")
_HEADING = re.compile(r"h[1-6]")
_INNER = re.compile(r"<[^>]*>")
MENTION = re.compile(r"(?<![\w@/.&;-])@([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?![\w@])")
"""A mention in a plain text."""
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufffd\u00ad\u180e]+")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ID = re.compile(r"[\w.:-]{1,100}")
# Names by which scripts ask for something of the page: no element that somebody writes may answer to them.
_CLOBBERING = frozenset(
    "createElement getElementById querySelector querySelectorAll cookie body head title forms location document window "
    "implementation currentScript documentElement addEventListener".split()
)
_ALERT = re.compile(r"markdown-alert-(note|tip|important|warning|caution)")
# Classes that the engines give, and Pygments' short ones; a contributor's other classes could dress as the site's own.
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
_QUIET = frozenset(("a", "code", "pre", "kbd", "samp", "math"))
_TOC_FROM = 3


class Finished(NamedTuple):
    """HTML with our markup, and its headings."""

    content: str
    toc: tuple[TocEntry, ...]


class Finisher:
    """One pass over one text. Where links and mentions lead is not known yet: slots stand for them."""

    def __init__(self) -> None:
        self.targets: set[str] = set()
        """Every href and src that is neither absolute nor a bare fragment, as it was written."""
        self.fragments: set[str] = set()
        """What stands after the # of links to places in the text itself, decoded."""
        self.elsewhere: set[str] = set()
        """The addresses of pictures and recordings of other hosts."""
        self._ids: dict[str, int] = {}
        """Every id so far, and the number with which to go on for the next that wants it."""
        self._players: list[str] = []
        self._toc: list[TocEntry] = []
        self._above: list[int] = []
        """The levels, as they were written, of the headings under which the text stands."""
        self._quiet = 0
        self._closing: list[str] = []

    def finish(self, source: str) -> Finished:
        """The whole text."""
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
            text = _captions(text)
        if self.elsewhere:
            text = elsewhere.put(text)
        if "alert-title" in text:
            text = _TITLE.sub(lambda match: match[1] + _TITLES[match[2].lower()], text)
        if "<math" in text:
            text = _PARAGRAPH_OF_MATHS.sub(r"\1", text)
        return Finished(text, tuple(self._toc) if len(self._toc) >= _TOC_FROM else ())

    @property
    def anchors(self) -> tuple[str, ...]:
        """The ids to which a link may lead, without those of footnotes."""
        return tuple(sorted(name for name in self._ids if not name.startswith(("fn-", "fnref-"))))

    def astray(self) -> list[str]:
        """The fragments of links to places in the text that are not there, sorted."""
        if not self.fragments:
            return []
        there = {name.casefold() for name in self._ids}
        return sorted(part for part in self.fragments if is_place(part) and part.casefold() not in there)

    def _text(self, text: str) -> str:
        if "@" not in text or self._quiet:
            return text
        return MENTION.sub(lambda match: slots.mention(match[0]), text)

    def _element(self, source: str, match: re.Match[str]) -> tuple[str, int]:
        """What stands for the tag at `match` (or for the whole element that begins there), and where to go on."""
        closing, name, attributes = match.groups()[:3] if match[2] else match.groups()[3:]
        if name == "a" and not closing and _PLAIN_LINK.fullmatch(attributes):
            self._quiet += 1
            return match[0], match.end()
        if name in ("pre", "span", "code") and not closing:
            whole = self._whole(source, match.start())
            if whole:
                return whole
        if closing:
            return self._end(name), match.end()
        if name[0] == "h" and _HEADING.fullmatch(name):
            return self._heading(source, match)
        given = dict(_ATTRIBUTE.findall(attributes))
        if "src" in given and elsewhere.is_elsewhere(given["src"]):
            return self._of_another_host(name, given), match.end()
        return self._begin(name, given), match.end()

    def _whole(self, source: str, start: int) -> tuple[str, int] | None:
        maths = _MATHS.match(source, start)
        if maths:
            display = 'data-math-style="display"' in maths[2]
            return formula(html.unescape(maths[3]), display=display), maths.end()
        code = _CODE.match(source, start)
        if not code:
            return None
        attributes = dict(_ATTRIBUTE.findall(code[1]))
        text = html.unescape(code[2])
        if attributes.get("data-math-style") == "display":
            return formula(text, display=True), code.end()
        language = next((c[9:] for c in attributes.get("class", "").split() if c.startswith("language-")), "")
        return highlighted(text, html.unescape(language)), code.end()

    def _heading(self, source: str, match: re.Match[str]) -> tuple[str, int]:
        tag, start = match[2], match.end()
        end = source.find(f"</{tag}>", start)
        if end < 0:
            return "", start
        level = self._level(int(tag[1]))
        inner = _BLOCK.sub("", source[start:end])
        text = _INNER.sub("", inner) if "<" in inner else inner
        title = (html.unescape(text) if "&" in text else text).replace("¶", "").strip()
        given = dict(_ATTRIBUTE.findall(match[3])).get("id", "") if match[3] else ""
        name = (given and self._id(given)) or self._id(_slug(title) or "section")
        if level <= 4 and title:
            self._toc.append(TocEntry(level=level, id=name, title=title))
        made = self._within(inner) if "<" in inner or "@" in inner else inner
        return f'<h{level} id="{name}">{made}{slots.anchor(name)}</h{level}>', end + len(f"</{tag}>")

    def _level(self, written: int) -> int:
        """The level of a heading below the page's own: none is skipped (HTML, 4.3.11), and equal ones stay equal."""
        while self._above and self._above[-1] >= written:
            self._above.pop()
        self._above.append(written)
        return min(6, len(self._above) + 1)

    def _within(self, inner: str) -> str:
        rest = Finisher()
        rest._ids, rest.targets, rest.elsewhere = self._ids, self.targets, self.elsewhere
        rest.fragments = self.fragments
        return rest.finish(inner).content

    def _begin(self, name: str, given: dict[str, str]) -> str:
        attributes = self._common(name, given)
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
                key: value for key, value in given.items() if key not in ("id", "class", "title", "data-math-style")
            }
        if name in _QUIET:
            self._quiet += 1
        if name == "div":
            self._closing.append("</div>")
        return before + _tag(name, attributes) + after

    def _end(self, name: str) -> str:
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
        if given.get("id") and given["id"] not in _CLOBBERING and (own := self._id(given["id"])):
            found["id"] = own
        classes = [
            c for c in given.get("class", "").split() if c in _CLASSES or (name == "span" and _PYGMENTS.fullmatch(c))
        ]
        if classes:
            found["class"] = " ".join(classes)
        found |= {key: given[key] for key in ("title", "lang", "dir") if key in given}
        return found

    def _id(self, wanted: str) -> str:
        """An id that stands once on the page and cannot be one of the site's own; '' for none."""
        name = html.unescape(wanted)
        if not _ID.fullmatch(name) or name.startswith("site-"):
            return ""
        found, number = name, self._ids.get(name, 1)
        while found in self._ids:
            found = f"{name}-{number}"
            number += 1
        self._ids[name] = number
        self._ids.setdefault(found, 1)
        return found

    def _href(self, given: Mapping[str, str]) -> dict[str, str]:
        if "href" not in given:
            return {}
        href = self._leads_to(given["href"], slots.href)
        return {"href": href} if href else {}

    def _leads_to(self, escaped: str, slot: Callable[[str], str]) -> str:
        """An absolute address as it stands in HTML, else its slot; '' where it cannot be an address."""
        address = html.unescape(escaped)
        if _SCHEME.match(address):
            return slots.valid(address) if slots.is_odd(address) else escaped
        if _SCHEME.match(_UNSEEN.sub("", address)):
            return ""  # a scheme behind characters that nobody sees, with which the policy found none
        address = slots.plain(address)
        if address.startswith("//") and not _is_address(address):
            return ""
        if address.startswith("#"):
            self.fragments.add(urllib.parse.unquote(address[1:]))
        elif address and not address.startswith(("?", "//")):
            self.targets.add(slots.readable(address))
        return slot(address)

    def _picture(self, given: Mapping[str, str]) -> dict[str, str]:
        sides = [
            side if (side := given.get(key, "")).isdecimal() and side.isascii() else "" for key in ("width", "height")
        ]
        src = self._leads_to(given.get("src", ""), lambda address: slots.picture(address, *sides))
        found = {"src": src, "alt": given.get("alt", "")}
        if not slots.is_slot(src):
            found |= {key: side for key, side in zip(("width", "height"), sides, strict=True) if side}
        return found | {"loading": "lazy", "decoding": "async"}

    def _of_another_host(self, name: str, given: Mapping[str, str]) -> str:
        self.elsewhere.add(html.unescape(given["src"]))
        if name == "source":
            return ""  # one of several files of one recording
        if name != "img":
            self._players.append("")
        return elsewhere.mark(given["src"], given.get("alt", ""), given.get("title", ""))

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


def is_place(fragment: str) -> bool:
    """Whether a fragment names a place of a text: not the top of the page, a piece of text, or a place of the page around it."""
    return fragment.casefold() not in ("", "top") and not fragment.startswith((":~:", "site-", "!"))


def _is_address(text: str) -> bool:
    try:
        urllib.parse.urlsplit(text)
    except ValueError:  # a bracket in a host, or a letter that would be a slash there
        return False
    return True


def _captions(text: str) -> str:
    """Captions that stand in no figure become plain blocks."""
    pieces = _CAPTION.split(text)
    open_ = 0
    for place in range(1, len(pieces), 2):
        tag = pieces[place]
        if tag.startswith(("<figure", "</figure")):
            open_ += 1 if tag[1] != "/" else -1
        elif open_ <= 0:
            pieces[place] = tag.replace("figcaption", "div")
    return "".join(pieces)


def formula(latex: str, *, display: bool) -> str:
    """A formula as MathML; as it was written where it cannot be read."""
    try:
        return to_mathml(latex, display=display)
    except FormulaError:
        return f'<code class="maths-error">{html.escape(latex, quote=False)}</code>'


def mentioned(text: str) -> set[str]:
    """The handles after an @ in a plain text."""
    return {handle.lower() for handle in MENTION.findall(text)} if "@" in text else set()


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    return f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"


def _attribute(key: str, value: str) -> str:
    if slots.is_slot(value):
        return value
    return f' {key}="{value}"' if value or key in ("alt", "src") else f" {key}"


def _checkbox(given: Mapping[str, str]) -> str:
    if given.get("type") != "checkbox" or "disabled" not in given:
        return ""  # no task's, but somebody's own
    state, label = (" checked", slots.word("Done")) if "checked" in given else ("", slots.word("To do"))
    return f'<input type="checkbox" disabled{state} aria-label="{label}">'


def _cell(given: Mapping[str, str]) -> dict[str, str]:
    found = {key: given[key] for key in ("colspan", "rowspan", "scope") if key in given}
    side = given.get("align", "")
    return {**found, "class": f"align-{side}"} if side in ("left", "right", "center") else found


def _figure(match: re.Match[str]) -> str:
    return f"<figure>{match[1]}{match[2]}{match[4]}<figcaption>{match[3]}</figcaption></figure>"


def _slug(title: str) -> str:
    """A heading's id, as GitHub makes it: lower case, without punctuation, spaces as hyphens."""
    text = unicodedata.normalize("NFC", title).lower().strip()
    if text.isascii() and text.replace(" ", "").isalnum():
        return text.replace(" ", "-")[:80]
    return _SPACE.sub("-", _NOT_IN_IDS.sub("", text))[:80]
