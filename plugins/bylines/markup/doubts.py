"""What looks unfinished or mistaken in a text: it stands on its page as text, and its writer meant something else by it.

Each pattern is looked for in the source, and counts only if the page shows it as text: code shows what it likes.
"""

from __future__ import annotations

import functools
import html
import posixpath
import re
from collections.abc import Callable, Iterator

from bylines.markup.options import Remark

_MOST = 20
"""Of a kind, in one text."""
_SPACED_LINK = re.compile(r"!?\[[^][\n]{0,200}\][ \t]+\((?:https?://|www\.|[./\w-]+\.\w{2,5}\))[^()\n]{0,200}")
_SPACE_IN_LINK = re.compile(
    r"\]\(([^()<>\n\"']{1,200} [^()<>\n\"']{0,200}\.\w{2,5}|https?://[^()<>\n\"']{1,200} [^()<>\n\"']{1,200})\)"
)
_ALERT = re.compile(r"^[ \t]{0,3}>[ \t]*\[!(\w{2,20})\]", re.M)
# MkDocs and others, Docusaurus, VitePress, Pandoc, Material.
_OTHER_ALERT = re.compile(r"^[ \t]{0,3}(?:!!!|\?\?\?\+?|:{3,8}|/{3})[ \t]*\{?\.?([A-Za-z]{3,12})\b[^\n]{0,200}$", re.M)
_TURNED_LINK = re.compile(r"\(([^()\n]{1,200})\)\[(https?://[^][\s]{1,300})\]")
_WIKI = re.compile(r"\[\[(?! )[^][\n]{1,100}\]\]")
_SHORTCODE = re.compile(
    r"\{\{[<%][^\n]{0,300}?[>%]\}\}|\{%[^\n]{0,300}?%\}|\{\{[^{}\n]{1,200}\}\}"
    r"|\[(?:/?caption|gallery|embed|playlist)(?: [^]\n]{0,300})?\]"
)
_CONFLICT = re.compile(r"^<{7}(?: [^\n]{0,200})?$", re.M)
_LOOPBACK = r"https?://(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])"
_BARE_LOOPBACK = re.compile(_LOOPBACK + r"(?=[:/?#\s.,;)]|$)[^\s\"'<>()]{0,300}", re.I)
_OWN_MACHINE = re.compile(rf'href="({_LOOPBACK}(?=[:/?#"])[^"]{{0,300}})', re.I)
_LOOPBACK_HINT = re.compile(r"://(?:[lL][oO][cC][aA][lL]|127\.|0\.0|\[::1)")
_PICTURE = re.compile(r"<img(?:\s[^>]*)?>")
_ALT, _SRC = re.compile(r'\salt="([^"]*)"'), re.compile(r'\ssrc="([^"]*)"')
_DESCRIBED = re.compile(r"!\[([^][\n]{0,110})\](?=[(\[])|<img[^>]{0,2000}\balt=[\"']([^\"'>]{0,110})", re.I)
_UNDESCRIBED = re.compile(
    r"!\[[ \t]*\](?=[(\[])|<img(?![^>]{0,2000}\balt\b)|!\[[\w .-]{1,100}\.\w{3,4}\](?=[(\[])", re.I
)
_NO_WORDS = re.compile(
    r"(?:an? |the )?(?:image|img|picture|pic|photo|foto|bild|imagen|imagem|immagine|screenshot|screen ?shot|figure|alt|alt text"
    r"|image alt text|image description|description|caption|untitled|placeholder|todo|tbd)(?:[ _-]?\d{1,6})?"
    r"|(?:img|dsc[nf]?|pxl|mvimg|screenshot|screen shot|bildschirmfoto|captura de pantalla)[ _-][\d _.:atumpAPM-]{3,40}"
    r"|[\w .()-]{1,100}\.(?:png|jpe?g|gif|webp|avif|hei[cf]|svg|tiff?)",
    re.I,
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
OTHER_ALERT, TURNED_LINK = "other-alert", "turned-link"
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
    for kind, (signs, pattern) in _PATTERNS.items():
        if not any(sign in source for sign in signs):
            continue
        seen: set[str] = set()
        for match in pattern.finditer(source):
            written = match[0].strip()
            if _is_in_address(source, match) or written in seen or len(seen) >= _MOST:
                continue
            if doubt := _doubt(kind, match, source, prose()):
                seen.add(written)
                yield doubt


def _is_in_address(source: str, match: re.Match[str]) -> bool:
    """Whether a command of another program begins an address, which nobody reads."""
    return match[0].startswith("{") and source[match.start() - 1 : match.start()] in ("(", '"', "'")


_PATTERNS: dict[str, tuple[tuple[str, ...], re.Pattern[str]]] = {
    SPACED_LINK: (("] (", "]\t("), _SPACED_LINK),
    SPACE_IN_LINK: (("](",), _SPACE_IN_LINK),
    ALERT: (("[!",), _ALERT),
    OTHER_ALERT: (("!!!", "???", ":::", "///"), _OTHER_ALERT),
    TURNED_LINK: ((")[http",), _TURNED_LINK),
    WIKI: (("[[",), _WIKI),
    SHORTCODE: (("{{", "{%", "[caption", "[/caption", "[gallery", "[embed", "[playlist"), _SHORTCODE),
    CONFLICT: (("<<<<<<<",), _CONFLICT),
}
"""For each kind the signs without which there is none, and its pattern."""


def _doubt(kind: str, match: re.Match[str], source: str, prose: str) -> Remark | None:
    """What a match is doubted for; None where the page does not show it as text."""
    written, shown, meant = match[0].strip(), " ".join(match[0].split()), ""
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
    elif kind == OTHER_ALERT:
        kind_of_alert = match[1].lower()
        if kind_of_alert not in _ALERTS and kind_of_alert not in _MEANT_ALERTS:
            return None
        meant = kind_of_alert.upper() if kind_of_alert in _ALERTS else _MEANT_ALERTS[kind_of_alert]
    elif kind == TURNED_LINK:
        shown, meant = f"({' '.join(match[1].split())})[", f"[{match[1]}]({match[2]})"
    elif kind == WIKI and source[match.start() - 1 : match.start()] == "!":
        written, meant = (
            f"!{written}",
            f"![…]({name if ' ' not in (name := match[0][2:-2].partition('|')[0]) else f'<{name}>'})",
        )
    elif kind == WIKI:
        name = match[0][2:-2].rpartition("|")[0] or match[0][2:-2]
        words = match[0][2:-2].rpartition("|")[2]
        meant = f"[{words}]({name.strip().lower().replace(' ', '-')}.md)"
    return Remark(source.count("\n", 0, match.start()) + 1, kind, written, meant) if shown in prose else None


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
        first = _UNDESCRIBED.search(source) or next(
            (found for found in _DESCRIBED.finditer(source) if _says_nothing((found[1] or found[2] or "").strip())),
            None,
        )
        others = f", and {count - 1:,} more {'has' if count == 2 else 'have'} none" if count > 1 else ""
        yield Remark(source.count("\n", 0, first.start()) + 1 if first else 0, UNDESCRIBED, others)


def _is_undescribed(picture: str) -> bool:
    alt, src = _ALT.search(picture), _SRC.search(picture)
    words = html.unescape(alt[1]).strip() if alt else ""
    return _says_nothing(words) or (
        src is not None and words in (html.unescape(src[1]), posixpath.basename(html.unescape(src[1])))
    )


def _says_nothing(words: str) -> bool:
    """Whether a description is none: what a program put there, the name of the file, or a word for any picture."""
    return not words or _NO_WORDS.fullmatch(words) is not None
