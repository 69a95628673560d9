"""Converts the HTML of an old blog to GitHub-flavoured Markdown with markdownify. Keeps safe HTML where Markdown has no syntax.

`dom.prepare` first removes scripts, rewrites links and extracts footnotes; `_Converter` then converts each element.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from markdownify import MarkdownConverter

from bylines.imports import dom
from bylines.imports.dom import Link
from bylines.markup.policy import clean

_LANGUAGE = re.compile(r"(?:^|\s)(?:language-|lang-|brush:\s*|highlight-source-)([\w#+.-]+)", re.I)
_MEANS_SOMETHING = re.compile(r"([\\`*\[\]<$])")
_TILDE = re.compile(r"~(?=\S)|(?<=\S)~")
"""Two of them strike out what stands between."""
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_AT_START = re.compile(
    r"(^|\n)([ \t]*)(#{1,6}(?=\s|$)|[-+>:](?=\s|$)|={2,}(?=\s|$)|-{2,}(?=\s|$)|\d{1,9}(?=[.)](?:\s|$)))"
)
_WEB = re.compile(r"(https?://[^\s<>]+)")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_MANY = re.compile(r"\n{3,}")
_LINE_END = re.compile(r"(?<!\s)\s*\n\s*")
MOST_TAGS = 30_000
"""The most tags in one text. Its tree takes a kilobyte for each, and the time grows with the square of their number."""
_LONGEST_LINE = 20_000
"""The most characters that `plain_text` reads. Callers keep about a thousand."""
_BLOCKS = frozenset(
    "p ul ol li pre table td th blockquote h1 h2 h3 h4 h5 h6 dl dd dt figure figcaption div section article body br hr".split()
)
_ONLY_INLINE = (
    "p",
    "ul",
    "ol",
    "pre",
    "table",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dl",
    "figure",
    "div",
)


def from_html(source: str, link: Link, losses: list[str]) -> str:
    """Converts HTML to Markdown. `link` maps old addresses to new ones; messages about lost content are added to `losses`."""
    if source.count("<") > MOST_TAGS:
        losses.append(f"its HTML has more than {MOST_TAGS:,} tags: its words alone are here")
        return _words(source)
    soup = BeautifulSoup(source, "lxml")
    if dom.is_too_deep(soup):
        losses.append("its HTML is nested too deeply: its words alone are here")
        return _words(source)
    text = _convert(soup, link, losses)
    return _MANY.sub("\n\n", text).strip() + "\n" if text.strip() else ""


def _words(source: str) -> str:
    return _MANY.sub("\n\n", _escape(re.sub(r"<[^<>]*>", " ", source), begins=True)).strip() + "\n"


def _convert(soup: BeautifulSoup, link: Link, losses: list[str]) -> str:
    notes = dom.prepare(soup, link, losses)
    converter = _Converter()
    text = str(converter.convert_soup(soup)).strip()
    for name, element in notes:
        lines = converter.convert_soup(element).strip().split("\n")
        body = "\n".join((lines[0], *(f"    {line}".rstrip() for line in lines[1:])))
        text += f"\n\n[^{name}]: {body}"
    return text


def plain_text(source: str) -> str:
    """Return the text of a piece of HTML on one line, without tags. Reads only the first 20,000 characters."""
    source = source[:_LONGEST_LINE]
    return " ".join(BeautifulSoup(source, "lxml").get_text(" ").split()) if "<" in source or "&" in source else source


def to_safe_html(element: Tag) -> str:
    """Return an element as HTML that the site's policy allows, without blank lines, so that Markdown takes it as one block."""
    for each in element.find_all("pre"):
        each.string = each.get_text()
    for each in element.find_all("img", attrs={"data-link": True}):
        each.replace_with(_as_link(each))
    for each in element.find_all("bylines-raw"):
        each.replace_with(str(each["data-text"]))
    html = clean(_without_attributes(element))
    html = re.sub(r"<pre>.*?</pre>", lambda found: found[0].replace("\n", "&#10;"), html, flags=re.S)
    return _BLANK_LINES.sub("\n", html.strip())


def _as_link(image: Tag) -> Tag:
    made = BeautifulSoup("", "lxml").new_tag("a", href=str(image["src"]))
    made.string = str(image.get("alt") or "") or str(image["src"]).rpartition("/")[2]
    return made


def _without_attributes(element: Tag) -> str:
    for each in [element, *element.find_all(True)]:
        for name in ("class", "style", "id"):
            each.attrs.pop(name, None)
    return str(element)


class _Converter(MarkdownConverter):
    """Extends markdownify with the site's figures, code, tables and footnotes. Escapes only where Markdown needs it."""

    class Options:
        """markdownify's own options."""

        heading_style = "atx"
        bullets = "-"
        newline_style = "backslash"

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        """Converts a text node. Escapes the start of a line only if the node can begin a block."""
        before = el.previous_sibling
        name = before.name if isinstance(before, Tag) else "br" if before is None else ""
        self._begins = name in _BLOCKS or (before is None and (el.parent is None or el.parent.name in _BLOCKS))
        found: str = super().process_text(el, parent_tags=parent_tags)  # type: ignore[misc]
        return found

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Escapes a text for Markdown, except for web addresses in it."""
        pieces = _WEB.split(text)
        made = [
            piece if number % 2 else _escape(piece, begins=self._begins and not number)
            for number, piece in enumerate(pieces)
        ]
        return "".join(made)

    def convert_bylines_raw(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Writes the raw Markdown that `dom.raw` put in place of an element."""
        raw = str(el["data-text"])
        return f"\n\n{raw}\n\n" if el.get("data-block") and "_inline" not in parent_tags else raw

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a fenced code block. Its fence is longer than any run of backticks in the code."""
        code = el.get_text().replace("\xa0", " ").expandtabs(4) if el.find("code") is None else el.get_text()
        code = code.strip("\n").rstrip()
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
        return f"\n\n{fence}{language_of(el)}\n{code}\n{fence}\n\n" if code else ""

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a picture; also in headings and cells, where markdownify would write only its alt text."""
        return dom.picture(el)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a link. Returns only the text if the link has no text or no usable address."""
        href = dom.address(str(el.get("href") or ""))
        inner = text.strip()
        if not href or not inner:
            return text
        if "_noformat" in parent_tags:
            return text
        if inner == href and href.startswith(("http://", "https://")):
            return f"<{href}>"
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        title = str(el.get("title") or "").replace('"', "'")
        inner = _LINE_END.sub(" ", inner)
        shown = f' "{title}"' if title and title != inner else ""
        return f"{before}[{inner}]({href}{shown}){after}"

    def convert_figure(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a picture with its caption as title, or other content with the caption below it."""
        pictures = el.find_all("img")
        caption = el.find("figcaption")
        if len(pictures) == 1 and el.find(("pre", "table", "blockquote", "bylines-raw")) is None:
            if caption is None or caption.find(("a", "code", "img")) is None:
                said = " ".join(caption.get_text().split()) if caption is not None else ""
                return f"\n\n{dom.picture(pictures[0], said)}\n\n"
            return f"\n\n{to_safe_html(el)}\n\n"
        return f"\n\n{text.strip()}\n\n"

    def convert_figcaption(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a caption in italics, for a figure that is not a single picture."""
        return f"\n\n*{text.strip()}*\n\n" if text.strip() and "*" not in text else f"\n\n{text.strip()}\n\n"

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a Markdown table; HTML if it has merged cells or cells with block elements."""
        cells = el.find_all(("td", "th"))
        across = any(cell.get("colspan", "1") != "1" or cell.get("rowspan", "1") != "1" for cell in cells)
        blocks = any(len(cell.find_all(_ONLY_INLINE)) > 1 or cell.find(_ONLY_INLINE[1:]) for cell in cells)
        if not cells or el.find_parent("table") is not None:
            return text
        if across or blocks or "td" in parent_tags or "li" in parent_tags:
            return f"\n\n{to_safe_html(el)}\n\n"
        return f"\n\n{text.strip()}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a cell."""
        return " " + re.sub(r"(?<!\\)\|", r"\\|", text.strip().replace("\n", " ")) + " |"

    convert_th = convert_td

    def convert_dl(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a definition list, which stays HTML."""
        return f"\n\n{to_safe_html(el)}\n\n"

    def convert_details(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a collapsible section, which stays HTML."""
        return f"\n\n{to_safe_html(el)}\n\n"

    def _tagged(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"<{el.name}>{text}</{el.name}>" if text.strip() and "_noformat" not in parent_tags else text

    convert_sup = convert_sub = convert_kbd = convert_mark = convert_u = convert_ins = convert_small = _tagged
    convert_cite = convert_samp = _tagged

    def convert_abbr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return an abbreviation; stays HTML if it has a title."""
        return to_safe_html(el) if el.get("title") and "_noformat" not in parent_tags else text

    def convert_q(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return an inline quotation, in quotation marks."""
        return f"“{text}”"


def _escape(text: str, *, begins: bool) -> str:
    text = _MEANS_SOMETHING.sub(r"\\\1", text)
    text = _ENTITY.sub("&amp;", _UNDERSCORE.sub(r"\\_", text))
    if text.count("~") > 1:
        text = _TILDE.sub(r"\~", text)
    return _AT_START.sub(lambda found: _at_start(found) if begins or found[1] else found[0], text)


def _at_start(found: re.Match[str]) -> str:
    before, space, sign = found.groups()
    return f"{before}{space}{sign}\\" if sign.isdigit() else f"{before}{space}\\{sign}"


def language_of(pre: Tag) -> str:
    """Return the language of a code block, from its attributes or classes; empty if none is given."""
    chain = [pre, *pre.find_all("code"), *list(pre.parents)[:2]]
    for element in chain:
        for name in ("data-lang", "lang", "data-code-block-lang", "data-language"):
            if element.get(name) and (element.name in ("pre", "code") or name != "lang"):
                return _name(str(element[name]))
    for element in chain:
        found = _LANGUAGE.search(" ".join(element.get("class") or ()))
        if found:
            return _name(found[1])
    return ""


def _name(written: str) -> str:
    written = re.sub(r"[^\w#+.-]", "", written).lower()
    return "" if written in ("plain", "text", "none", "plaintext", "undefined", "auto") else written
