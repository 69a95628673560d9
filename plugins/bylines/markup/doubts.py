"""What looks unfinished or mistaken in a text: it stands on its page as text, and its writer meant something else by it.

Each pattern is looked for in the source, and counts only if the page shows it as text: code shows what it likes.
"""

from __future__ import annotations

import bisect
import functools
import html
import posixpath
import re
from collections.abc import Callable, Iterator

from bylines.markup import fences
from bylines.markup.options import Remark

_MOST = 20
"""Of a kind, in one text."""
_SPACED_LINK = re.compile(r"!?\[[^][\n]{0,200}\][ \t]+\((?:https?://|www\.|[./\w-]+\.\w{2,5}\))[^()\n]{0,200}")
_SPACE_IN_LINK = re.compile(
    r"\]\(([^()<>\n\"']{1,200} [^()<>\n\"']{0,200}\.\w{2,5}|https?://[^()<>\n\"']{1,200} [^()<>\n\"']{1,200})\)"
)
_ALERT = re.compile(r"^[ \t]{0,3}>[ \t]*\[!(\w{2,20})\]", re.M)
_WIKI = re.compile(r"\[\[(?! |_?TOC_?\]\])[^][\n]{1,100}\]\]")
_ADDRESS_AFTER = re.compile(r" ?\((https?://[^()\s]{1,200})\)")
_HAS_ENDING = re.compile(r"\.\w{2,5}$")
_SHORTCODE = re.compile(
    r"\{\{[<%][^\n]{0,300}?[>%]\}\}|\{%[^\n]{0,300}?%\}|\{\{[^{}\n]{1,200}\}\}"
    r"|\[(?:/?caption|gallery|embed|playlist)(?: [^]\n]{0,300})?\]|^\[\[?_?TOC_?\]?\]$"
    r"|^\{:[^{}\n]{1,200}\}$|^:::+ ?\w[^\n]{0,200}$|^(?:!!!|\?\?\?\+?) \w[^\n]{0,200}$|^=== \"[^\n]{0,200}$",
    re.M,
)
_ENDS = re.compile(r"\{\{[<%]\s*/|\{%-?\s*end|\[/")
_CONFLICT = re.compile(r"^<{7}(?: [^\n]{0,200})?$", re.M)
_LOOPBACK = r"https?://(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])"
_BARE_LOOPBACK = re.compile(_LOOPBACK + r"(?=[:/?#\s.,;)]|$)[^\s\"'<>()]{0,300}", re.I)
_OWN_MACHINE = re.compile(rf'href="({_LOOPBACK}(?=[:/?#"])[^"]{{0,300}})', re.I)
_LOOPBACK_HINT = re.compile(r"://(?:[lL][oO][cC][aA][lL]|127\.|0\.0|\[::1)")
_PICTURE = re.compile(r"<img(?:\s[^>]*)?>")
_ALT, _SRC = re.compile(r'\salt="([^"]*)"'), re.compile(r'\ssrc="([^"]*)"')
_UNDESCRIBED = re.compile(
    r"!\[[ \t]*\](?=[(\[])|<img(?![^>]{0,2000}\balt\b)|!\[[\w .-]{1,100}\.\w{3,4}\](?=[(\[])", re.I
)
_MEANT_EMPTY = re.compile(r"""<img[^>]{0,2000}\balt=(?:""|'')""", re.I)
_MEANT_ALERTS = {
    **dict.fromkeys(
        ("info", "information", "abstract", "summary", "todo", "question", "faq", "quote", "example"), "NOTE"
    ),
    **dict.fromkeys(("hint", "success", "check", "done"), "TIP"),
    **dict.fromkeys(("attention", "warn"), "WARNING"),
    **dict.fromkeys(("danger", "error", "bug", "failure", "fail"), "CAUTION"),
}
_ALERTS = frozenset(("note", "tip", "important", "warning", "caution"))


SPACED_LINK, SPACE_IN_LINK, ALERT, WIKI = "spaced-link", "space-in-link", "unknown-alert", "wiki-link"
SHORTCODE, CONFLICT, OWN_MACHINE, UNDESCRIBED = "shortcode", "merge", "own-machine", "undescribed"
"""Codes of messages."""


def doubts_in(source: str, cleaned: str, prose_of: Callable[[str], str]) -> list[Remark]:
    """Return what is doubtful in a text.

    `cleaned` is its HTML; `prose_of` gives the plain text of that, without code and links.
    """
    found = list(_in_text(source, functools.cache(lambda: " ".join(prose_of(cleaned).split()))))
    if _LOOPBACK_HINT.search(source):
        found += _to_own_machine(source, cleaned, prose_of(cleaned))
    if "<img" in cleaned:
        found += _undescribed(source, cleaned)
    return found


def _in_text(source: str, prose: Callable[[], str]) -> Iterator[Remark]:
    kinds = [kind for kind, (signs, _) in _PATTERNS.items() if any(sign in source for sign in signs)]
    code = functools.cache(lambda: list(fences.code_in(source)))
    for kind in kinds:
        pattern = _PATTERNS[kind][1]
        seen: set[str] = set()
        for match in pattern.finditer(source):
            written = match[0].strip()
            if _is_in_address(source, match) or written in seen or len(seen) >= _MOST:
                continue
            if kind == SHORTCODE and seen and _ENDS.match(written):
                continue  # what begins it was told of
            if (doubt := _doubt(kind, match, source, prose())) and not _is_within(match.start(), code()):
                seen.add(written)
                yield doubt


def _is_within(place: int, pieces: list[tuple[int, int]]) -> bool:
    at = bisect.bisect_left(pieces, (place + 1,)) - 1
    return at >= 0 and pieces[at][0] <= place < pieces[at][1]


def _is_in_address(source: str, match: re.Match[str]) -> bool:
    """Whether a command of another program begins an address, which nobody reads."""
    return match[0].startswith("{") and source[match.start() - 1 : match.start()] in ("(", '"', "'")


_PATTERNS: dict[str, tuple[tuple[str, ...], re.Pattern[str]]] = {
    SPACED_LINK: (("] (", "]\t("), _SPACED_LINK),
    SPACE_IN_LINK: (("](",), _SPACE_IN_LINK),
    ALERT: (("[!",), _ALERT),
    WIKI: (("[[",), _WIKI),
    SHORTCODE: (
        (
            "{{",
            "{%",
            "[caption",
            "[/caption",
            "[gallery",
            "[embed",
            "[playlist",
            "{:",
            ":::",
            "TOC",
            "!!! ",
            "??? ",
            "??+ ",
            '=== "',
        ),
        _SHORTCODE,
    ),
    CONFLICT: (("<<<<<<<",), _CONFLICT),
}
"""For each kind the signs without which there is none, and its pattern."""


def _doubt(kind: str, match: re.Match[str], source: str, prose: str) -> Remark | None:
    """What a match is doubted for; None where the page does not show it as text."""
    written, shown, meant = match[0].strip(), " ".join(match[0].split()), ""
    if written == "[[_TOC_]]":  # which is shown in italics
        shown = "[[TOC]]"
    if kind == SPACED_LINK:
        words, _, address = written.partition("(")
        shown, meant = " ".join(words.split()) + " (", f"{words.rstrip()}({address.rstrip(')')})"
    elif kind == SPACE_IN_LINK:
        written = match[1]
        meant = f"<{written}>" if "://" not in written else written.replace(" ", "%20")
    elif kind == ALERT:
        kind_of_alert = match[1].lower()
        if kind_of_alert in _ALERTS:
            return None
        written = shown = f"[!{match[1]}]"
        meant = f"[!{_MEANT_ALERTS.get(kind_of_alert, 'NOTE')}]"
    elif kind == WIKI:
        meant = _link_meant(match[0][2:-2], source[match.end() : match.end() + 300])
    return Remark(source.count("\n", 0, match.start()) + 1, kind, written, meant) if shown in prose else None


def _link_meant(within: str, after: str) -> str:
    """What a wiki's link is in Markdown."""
    name, _, words = within.rpartition("|")
    name = name or words
    if address := _ADDRESS_AFTER.match(after):
        return f"[{words}]({address[1]})"
    if _HAS_ENDING.search(name):
        return f"[{words}]({name.strip().replace(' ', '%20')})"
    file, sign, place = name.strip().lower().replace(" ", "-").partition("#")
    return f"[{words}]({file + '.md' if file else ''}{sign}{place})"


def _to_own_machine(source: str, cleaned: str, prose: str) -> Iterator[Remark]:
    addresses = {html.unescape(found) for found in _OWN_MACHINE.findall(cleaned)}
    addresses |= {found.rstrip(".,;:!?") for found in _BARE_LOOPBACK.findall(prose)}
    for address in sorted(addresses)[:_MOST]:
        at = source.find(address)
        yield Remark(source.count("\n", 0, at) + 1 if at >= 0 else 0, OWN_MACHINE, address)


def _undescribed(source: str, cleaned: str) -> Iterator[Remark]:
    """Pictures without words for those who cannot see them; one doubt for all of a text."""
    count = sum(map(_is_undescribed, _PICTURE.findall(cleaned))) - len(_MEANT_EMPTY.findall(source))
    if count > 0:
        first = _UNDESCRIBED.search(source)
        others = f", and {count - 1:,} more {'has' if count == 2 else 'have'} none" if count > 1 else ""
        yield Remark(source.count("\n", 0, first.start()) + 1 if first else 0, UNDESCRIBED, others)


def _is_undescribed(picture: str) -> bool:
    alt, src = _ALT.search(picture), _SRC.search(picture)
    words = html.unescape(alt[1]).strip() if alt else ""
    return not words or (
        src is not None and words in (html.unescape(src[1]), posixpath.basename(html.unescape(src[1])))
    )
