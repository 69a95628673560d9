"""Converts WordPress' shortcodes to HTML. Those without an equivalent stay as text and are reported."""

from __future__ import annotations

import html
import re

from bylines.control_characters import without_controls
from bylines.imports.pieces import Piece, replace

_ATTRIBUTE = re.compile(r"(?<![\w-])([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\]]+))")
_LANGUAGES = "code|sourcecode|python|php|bash|css|js|javascript|java|ruby|sql|xml|html"
_CODE = re.compile(rf"\[({_LANGUAGES})\b([^][]*)\]", re.I)
_CODE_END = re.compile(rf"\[/({_LANGUAGES})\]", re.I)
_CAPTION = re.compile(r"\[(?:wp_)?caption\b([^][]*)\]", re.I)
_CAPTION_END = re.compile(r"\[/(?:wp_)?caption\]", re.I)
_PICTURE = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)\s*(.*)", re.S | re.I)
_EMBED = re.compile(r"\[embed\b[^][]*\]\s*([^][\s]+)\s*\[/embed\]", re.I)
_YOUTUBE = re.compile(r"\[(?:youtube|vimeo)[= ]+\"?(https?://[^][\"\s]+)\"?\s*\]", re.I)
_MEDIUM = re.compile(r"\[(video|audio)\b([^][]*)\](?:\s*\[/\1\])?", re.I)
_LATEX = re.compile(r"\[latex[^][]*\]")
_LATEX_END = re.compile(r"\[/latex\]")
_LATEX_IN_WORDS = re.compile(r"\$latex\s++([^$]+)\$")
_MORE = re.compile(r"<!--\s*+(?:more[^<>]*|nextpage\s*)-->")
# Possessive quantifiers, and no character that two parts could match: brackets that are no shortcode fail at once.
_ANY = re.compile(
    r"(?<!\[)\[(/?)([a-z][a-z0-9_-]{2,40})"
    r"((?>(?:\s++[\w-]+\s*+=\s*+(?:\"[^\"]*\"|'[^']*'|[^][\s\"'][^][\s]*)|\s++[^][\s=\"'<>]+)*))\s*/?\](?!\(|\])"
)
_ENDS = re.compile(r"\[/([a-z][a-z0-9_-]{2,40})\]")
_SHOWN = re.compile(r"<(pre|code)\b")
_SHOWN_END = re.compile(r"</(pre|code)>")
_SAYS_SO = re.compile(r"=|\[/")
_KNOWN_ALONE = frozenset(
    "gallery playlist contact-form contact-form-7 recent-posts archives polldaddy slideshow toc audio video".split()
)


def shortcodes(text: str, losses: list[str]) -> str:
    """Converts the known shortcodes in a text to HTML; adds the others to `losses`."""
    codes: list[str] = []

    def code(found: Piece) -> str:
        name, given = found.opening[1].lower(), _attributes(found.opening[2])
        language = given.get("language") or given.get("lang") or ("" if name in ("code", "sourcecode") else name)
        inner = html.escape(html.unescape(found.inner.strip("\n")))
        codes.append(f'<pre><code class="language-{html.escape(language)}">{inner}</code></pre>')
        return f"\n\n<pre>\x01{len(codes) - 1}\x01</pre>\n\n"

    text = replace(without_controls(text), _CODE, _CODE_END, code)
    text = replace(text, _CAPTION, _CAPTION_END, _figure)
    text = _EMBED.sub(lambda found: f"\n\n{_link(found[1])}\n\n", text)
    text = _YOUTUBE.sub(lambda found: f"\n\n{_link(found[1])}\n\n", text)
    text = _MEDIUM.sub(_recording, text)
    text = replace(text, _LATEX, _LATEX_END, lambda found: _formula(found.inner))
    text = _LATEX_IN_WORDS.sub(lambda found: _formula(found[1]), text)
    text = _MORE.sub("", text)
    _name_others(text, losses)
    return re.sub(r"<pre>\x01(\d+)\x01</pre>", lambda found: codes[int(found[1])], text)


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): first or second or third for name, first, second, third in _ATTRIBUTE.findall(text)}


def _link(target: str) -> str:
    address = html.escape(html.unescape(target))
    return f'<p><a href="{address}">{address}</a></p>'


def _formula(latex: str) -> str:
    return f'<bylines-raw data-text="${html.escape(latex.strip())}$"></bylines-raw>'


def _figure(found: Piece) -> str:
    given = _attributes(found.opening[1])
    inner = _PICTURE.match(found.inner)
    if inner is None:
        return found.inner
    caption = given.get("caption") or inner[2].strip()
    return f"\n\n<figure>{inner[1]}<figcaption>{caption}</figcaption></figure>\n\n"


def _recording(found: re.Match[str]) -> str:
    given = _attributes(found[2])
    source = next(
        (given[name] for name in ("src", "mp4", "m4v", "webm", "mp3", "m4a", "ogg", "wav") if given.get(name)), ""
    )
    return f'\n\n<{found[1]} src="{html.escape(source)}"></{found[1]}>\n\n' if source else found[0]


def _name_others(text: str, losses: list[str]) -> None:
    """Reports the shortcodes that stay as text. Bracketed words without arguments or an end tag do not count."""
    named: dict[str, int] = {}
    ended = set(_ENDS.findall(text))
    for found in _ANY.finditer(replace(text, _SHOWN, _SHOWN_END, lambda _: "")):
        name = found[2]
        if found[1] or not (_SAYS_SO.search(found[3]) or name in _KNOWN_ALONE or name in ended):
            continue
        named[name] = named.get(name, 0) + 1
    losses += [
        f"shortcode [{name}] stays as text" + (f" ({number} ×)" if number > 1 else "")
        for name, number in sorted(named.items())
    ]
