"""WordPress' shortcodes: those that the site has other words for become HTML; all others stay as text, and are named."""

from __future__ import annotations

import html
import re

from bylines.controls import without_controls

_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\]]+))")
_CODE = re.compile(
    r"\[(code|sourcecode|python|php|bash|css|js|javascript|java|ruby|sql|xml|html)\b([^\]]*)\](.*?)\[/\1\]", re.S | re.I
)
_CAPTION = re.compile(r"\[(?:wp_)?caption\b([^\]]*)\](.*?)\[/(?:wp_)?caption\]", re.S | re.I)
_PICTURE = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)\s*(.*)", re.S | re.I)
_EMBED = re.compile(r"\[embed\b[^\]]*\]\s*(\S+?)\s*\[/embed\]", re.I)
_YOUTUBE = re.compile(r"\[(?:youtube|vimeo)[= ]+\"?(https?://[^\]\"\s]+)\"?\s*\]", re.I)
_MEDIUM = re.compile(r"\[(video|audio)\b([^\]]*)\](?:\s*\[/\1\])?", re.I)
_LATEX = re.compile(r"\[latex[^\]]*\](.*?)\[/latex\]|\$latex\s+(.+?)\$", re.S)
_MORE = re.compile(r"<!--\s*(?:more.*?|nextpage)\s*-->")
_ANY = re.compile(
    r"(?<!\[)\[(/?)([a-z][a-z0-9_-]{2,40})((?:\s+[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\]]+)|\s+[^\]\s=\"'<>]+)*)\s*/?\](?!\(|\])"
)
_SAYS_SO = re.compile(r"=|\[/")
_KNOWN_ALONE = frozenset(
    "gallery playlist contact-form contact-form-7 recent-posts archives polldaddy slideshow toc audio video".split()
)


def shortcodes(text: str, losses: list[str]) -> str:
    """A text with its shortcodes as HTML, as far as they are known."""
    codes: list[str] = []

    def code(found: re.Match[str]) -> str:
        name, given = found[1].lower(), _attributes(found[2])
        language = given.get("language") or given.get("lang") or ("" if name in ("code", "sourcecode") else name)
        inner = html.escape(html.unescape(found[3].strip("\n")))
        codes.append(f'<pre><code class="language-{html.escape(language)}">{inner}</code></pre>')
        return f"\n\n<pre>\x01{len(codes) - 1}\x01</pre>\n\n"

    text = _CODE.sub(code, without_controls(text))
    text = _CAPTION.sub(_figure, text)
    text = _EMBED.sub(lambda found: f"\n\n{_link(found[1])}\n\n", text)
    text = _YOUTUBE.sub(lambda found: f"\n\n{_link(found[1])}\n\n", text)
    text = _MEDIUM.sub(_recording, text)
    text = _LATEX.sub(
        lambda found: f'<bylines-raw data-text="${html.escape((found[1] or found[2]).strip())}$"></bylines-raw>', text
    )
    text = _MORE.sub("", text)
    _name_others(text, losses)
    return re.sub(r"<pre>\x01(\d+)\x01</pre>", lambda found: codes[int(found[1])], text)


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): first or second or third for name, first, second, third in _ATTRIBUTE.findall(text)}


def _link(target: str) -> str:
    address = html.escape(html.unescape(target))
    return f'<p><a href="{address}">{address}</a></p>'


def _figure(found: re.Match[str]) -> str:
    given = _attributes(found[1])
    inner = _PICTURE.match(found[2])
    if inner is None:
        return found[2]
    caption = given.get("caption") or inner[2].strip()
    return f"\n\n<figure>{inner[1]}<figcaption>{caption}</figcaption></figure>\n\n"


def _recording(found: re.Match[str]) -> str:
    given = _attributes(found[2])
    source = next(
        (given[name] for name in ("src", "mp4", "m4v", "webm", "mp3", "m4a", "ogg", "wav") if given.get(name)), ""
    )
    return f'\n\n<{found[1]} src="{html.escape(source)}"></{found[1]}>\n\n' if source else found[0]


def _name_others(text: str, losses: list[str]) -> None:
    """Says which shortcodes stay as text; words in brackets that look like none are no shortcodes."""
    named: dict[str, int] = {}
    for found in _ANY.finditer(re.sub(r"<pre\b.*?</pre>|<code\b.*?</code>", "", text, flags=re.S)):
        name = found[2]
        if found[1] or not (_SAYS_SO.search(found[3]) or name in _KNOWN_ALONE or f"[/{name}]" in text):
            continue
        named[name] = named.get(name, 0) + 1
    losses += [
        f"shortcode [{name}] stays as text" + (f" ({number} ×)" if number > 1 else "")
        for name, number in sorted(named.items())
    ]
