"""Finds what is probably a mistake in a text: markup that the page shows as plain text though its writer meant something else.

Each pattern is searched in the source, and counts only if the page shows it as text outside code.
"""

from __future__ import annotations

import bisect
import functools
import html
import re
from collections.abc import Callable, Iterator

from bylines.markup import fences
from bylines.markup.alt_texts import find_missing
from bylines.markup.elements import ALERTS
from bylines.markup.options import Remark

_MOST = 20
"""Remarks of one kind for one text."""
_SPACED_LINK = re.compile(r"!?\[[^][\n]{0,200}\][ \t]+\((?:https?://|www\.|[./\w-]+\.\w{2,5}\))[^()\n]{0,200}")
_SPACE_IN_LINK = re.compile(
    r"\]\(([^()<>\n\"']{1,200} [^()<>\n\"']{0,200}\.\w{2,5}|https?://[^()<>\n\"']{1,200} [^()<>\n\"']{1,200})\)"
)
_ALERT = re.compile(r"^[ \t]{0,3}>[ \t]*\[!(\w{2,20})\]", re.M)
# MkDocs and others, Docusaurus, VitePress, Pandoc, Material.
_OTHER_ALERT = re.compile(r"^[ \t]{0,3}(?:!!!|\?\?\?\+?|:{3,8}|/{3})[ \t]*\{?\.?([A-Za-z]{3,12})\b[^\n]{0,200}$", re.M)
_TURNED_LINK = re.compile(r"\(([^()\n]{1,200})\)\[(https?://[^][\s]{1,300})\]")
_WIKI = re.compile(r"\[\[(?! |_?TOC_?\]\])[^][\n]{1,100}\]\]")
_ADDRESS_AFTER = re.compile(r" ?\((https?://[^()\s]{1,200})\)")
_HAS_ENDING = re.compile(r"\.\w{2,5}$")
_SHORTCODE = re.compile(r"\{(?:\{[<%][^\n]{0,300}?[>%]\}\}|%[^\n]{0,300}?%\}|\{[^{}\n]{1,200}\}\})")
_SHORTCODE_IN_SQUARES = re.compile(r"\[(?:/?caption|gallery|embed|playlist)(?: [^]\n]{0,300})?\]")
# Kramdown's attributes, tables of contents, tabs, and containers that are no alerts.
_SHORTCODE_LINE = re.compile(
    r"^(?:\[\[?_?TOC_?\]?\]|\{:[^{}\n]{1,200}\}|:::+ ?\w[^\n]{0,200}|(?:!!!|\?\?\?\+?) \w[^\n]{0,200}|=== \"[^\n]{0,200})$",
    re.M,
)
_ENDS = re.compile(r"\{\{[<%]\s*/|\{%-?\s*end|\[/")
_CONFLICT = re.compile(r"^<{7}(?: [^\n]{0,200})?$", re.M)
_LOOPBACK = r"https?://(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])"
_BARE_LOOPBACK = re.compile(_LOOPBACK + r"(?=[:/?#\s.,;)]|$)[^\s\"'<>()]{0,300}", re.I)
_OWN_MACHINE = re.compile(rf'href="({_LOOPBACK}(?=[:/?#"])[^"]{{0,300}})', re.I)
_LOOPBACK_HINT = re.compile(r"://(?:[lL][oO][cC][aA][lL]|127\.|0\.0|\[::1)")
_MEANT_ALERTS = {
    **dict.fromkeys(
        ("info", "information", "abstract", "summary", "todo", "question", "faq", "quote", "example"), "NOTE"
    ),
    **dict.fromkeys(("hint", "success", "check", "done"), "TIP"),
    **dict.fromkeys(("attention", "warn"), "WARNING"),
    **dict.fromkeys(("danger", "error", "bug", "failure", "fail"), "CAUTION"),
}


SPACED_LINK, SPACE_IN_LINK, ALERT, WIKI = "spaced-link", "space-in-link", "unknown-alert", "wiki-link"
OTHER_ALERT, TURNED_LINK = "other-alert", "turned-link"
SHORTCODE, CONFLICT, OWN_MACHINE = "shortcode", "merge", "own-machine"
"""The codes of the messages."""


def find_likely_mistakes(source: str, cleaned: str, prose: Callable[[], str]) -> list[Remark]:
    """Return remarks about likely mistakes in a text.

    `cleaned` is its HTML; `prose` returns the plain text of that, without code and links.
    """
    found = list(_find_patterns(source, functools.cache(lambda: " ".join(prose().split()))))
    if _LOOPBACK_HINT.search(source):
        found += _find_loopback_links(source, cleaned, prose())
    if "<img" in cleaned:
        found += find_missing(source, cleaned)
    return found


def _find_patterns(source: str, prose: Callable[[], str]) -> Iterator[Remark]:
    kinds = [(kind, pattern) for kind, signs, pattern in _PATTERNS if signs.search(source)]
    code = functools.cache(lambda: list(fences.code_in(source)))
    for kind, pattern in kinds:
        seen: set[str] = set()
        for match in pattern.finditer(source):
            written = match[0].strip()
            if _is_in_address(source, match) or written in seen or len(seen) >= _MOST:
                continue
            if kind == SHORTCODE and seen and _ENDS.match(written):
                continue  # its opening was reported
            if (doubt := _judge_match(kind, match, source, prose())) and not _is_within(match.start(), code()):
                seen.add(written)
                yield doubt


def _is_within(place: int, pieces: list[tuple[int, int]]) -> bool:
    at = bisect.bisect_left(pieces, (place + 1,)) - 1
    return at >= 0 and pieces[at][0] <= place < pieces[at][1]


def _is_in_address(source: str, match: re.Match[str]) -> bool:
    """Return whether a match is a template command at the start of an address, which readers never see."""
    return match[0].startswith("{") and source[match.start() - 1 : match.start()] in ("(", '"', "'")


_PATTERNS = tuple(
    (kind, re.compile(signs, re.M), pattern)
    for kind, signs, pattern in (
        (SPACED_LINK, r"\][ \t]+\(", _SPACED_LINK),
        (SPACE_IN_LINK, r"\]\(", _SPACE_IN_LINK),
        (ALERT, r"\[!", _ALERT),
        (OTHER_ALERT, r"!!!|\?\?\?|:::|///", _OTHER_ALERT),
        (TURNED_LINK, r"\)\[http", _TURNED_LINK),
        (WIKI, r"\[\[", _WIKI),
        (SHORTCODE, r"\{[{%]", _SHORTCODE),
        (SHORTCODE, r"\[(?:/?caption|gallery|embed|playlist)", _SHORTCODE_IN_SQUARES),
        (SHORTCODE, r'TOC|\{:|:::|!!! |\?\?\?|=== "', _SHORTCODE_LINE),
        (CONFLICT, "<<<<<<<", _CONFLICT),
    )
)
"""For each kind: a quick pattern without which there can be no match, and the pattern itself."""


def _judge_match(kind: str, match: re.Match[str], source: str, prose: str) -> Remark | None:
    """Return the remark about a match; None if it is fine, or if the page does not show it as text."""
    written, shown, meant = match[0].strip(), " ".join(match[0].split()), ""
    if written == "[[_TOC_]]":  # its underscores become italics
        shown = "[[TOC]]"
    if kind == SPACED_LINK:
        words, _, address = written.partition("(")
        shown, meant = " ".join(words.split()) + " (", f"{words.rstrip()}({address.rstrip(')')})"
    elif kind == SPACE_IN_LINK:
        written = match[1]
        meant = f"<{written}>" if "://" not in written else written.replace(" ", "%20")
    elif kind == ALERT:
        written = shown = f"[!{match[1]}]"
        meant = "" if match[1].lower() in ALERTS else f"[!{_intended_alert(match[1]) or 'NOTE'}]"
    elif kind == OTHER_ALERT:
        meant = _intended_alert(match[1])
    elif kind == TURNED_LINK:
        shown, meant = f"({' '.join(match[1].split())})[", f"[{match[1]}]({match[2]})"
    elif kind == WIKI and source[match.start() - 1 : match.start()] == "!":
        written, meant = f"!{written}", _intended_picture(match[0][2:-2])
    elif kind == WIKI:
        meant = _intended_link(match[0][2:-2], source[match.end() : match.end() + 300])
    elif kind == SHORTCODE and (alert := _OTHER_ALERT.match(match[0])) and _intended_alert(alert[1]):
        return None  # it is reported as an alert of another program
    if shown not in prose or (kind in (ALERT, OTHER_ALERT) and not meant):
        return None
    return Remark(source.count("\n", 0, match.start()) + 1, kind, written, meant)


def _intended_alert(word: str) -> str:
    """Return the kind of alert that another program's word means; empty if it means none."""
    return word.upper() if word.lower() in ALERTS else _MEANT_ALERTS.get(word.lower(), "")


def _intended_picture(within: str) -> str:
    """Return the Markdown for a picture in wiki syntax, given the text between the brackets."""
    name = within.partition("|")[0]
    return f"![…](<{name}>)" if " " in name else f"![…]({name})"


def _intended_link(within: str, after: str) -> str:
    """Return the Markdown for a link in wiki syntax, given the text between the brackets and after them."""
    name, _, words = within.rpartition("|")
    name = name or words
    if address := _ADDRESS_AFTER.match(after):
        return f"[{words}]({address[1]})"
    if _HAS_ENDING.search(name):
        return f"[{words}]({name.strip().replace(' ', '%20')})"
    file, sign, place = name.strip().lower().replace(" ", "-").partition("#")
    return f"[{words}]({file + '.md' if file else ''}{sign}{place})"


def _find_loopback_links(source: str, cleaned: str, prose: str) -> Iterator[Remark]:
    addresses = {html.unescape(found) for found in _OWN_MACHINE.findall(cleaned)}
    addresses |= {found.rstrip(".,;:!?") for found in _BARE_LOOPBACK.findall(prose)}
    for address in sorted(addresses)[:_MOST]:
        at = source.find(address)
        yield Remark(source.count("\n", 0, at) + 1 if at >= 0 else 0, OWN_MACHINE, address)
