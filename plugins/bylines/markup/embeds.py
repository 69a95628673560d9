"""Turns frames and scripts of other sites into links to what they show."""

from __future__ import annotations

import html
import re
import urllib.parse

_YOUTUBE = re.compile(r"/embed/([\w-]{6,64})/?", re.A)
_VIMEO = re.compile(r"/video/(\d{5,12})/?", re.A)
_SPOTIFY = re.compile(r"/embed(?:-podcast)?(/[a-z]+/\w+)", re.A)
_CODEPEN = re.compile(r"/([\w-]+)/embed(?:/preview)?/(\w+)/?", re.A)
_PEERTUBE = re.compile(r"/videos/embed/([\w-]{8,64})/?", re.A)
_GIST = re.compile(r"https?://gist\.github\.com/[\w./-]+?\.js", re.A)
_USEFUL = re.compile(r"(?:https?:)?//[^\s/]+|(?![a-z][a-z0-9+.-]*:)[^\s#?]", re.I)


def is_useful(address: str) -> bool:
    """Return whether a frame has an address to which a link can lead: one on the web, or a file."""
    return _USEFUL.match(address) is not None


def is_gist(address: str) -> bool:
    """Return whether the address of a script embeds a gist."""
    return _GIST.match(address) is not None


def page_of(address: str) -> str:
    """Return the address at which people see what a frame (or a gist's script) shows."""
    if address.startswith("//"):
        address = f"https:{address}"
    try:
        parts = urllib.parse.urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return address
    query = dict(urllib.parse.parse_qsl(parts.query))
    if host in ("youtube.com", "youtube-nocookie.com") and (found := _YOUTUBE.fullmatch(parts.path)):
        return _youtube(found[1], query)
    if host == "player.vimeo.com" and (found := _VIMEO.fullmatch(parts.path)):
        key = query.get("h", "")
        return f"https://vimeo.com/{found[1]}" + (f"/{key}" if key.isalnum() and key.isascii() else "")
    if host == "open.spotify.com" and (found := _SPOTIFY.match(parts.path)):
        return f"https://open.spotify.com{found[1]}"
    if host == "codepen.io" and (found := _CODEPEN.fullmatch(parts.path)):
        return f"https://codepen.io/{found[1]}/pen/{found[2]}"
    if host == "gist.github.com":
        return address.partition(".js")[0]
    if found := _PEERTUBE.fullmatch(parts.path):
        return f"https://{parts.netloc}/w/{found[1]}" + (f"?{parts.query}" if parts.query else "")
    return address


def _youtube(video: str, query: dict[str, str]) -> str:
    if video == "videoseries":
        return f"https://www.youtube.com/playlist?list={urllib.parse.quote(query.get('list', ''))}"
    start = query.get("start", "") or query.get("t", "")
    return f"https://www.youtube.com/watch?v={video}" + (f"&t={urllib.parse.quote(start)}" if start else "")


def link(address: str, words: str) -> str:
    """Return a link as HTML. If there are no words, it shows the address without scheme and "www."."""
    shown = words.strip() or address.partition("://")[2].removeprefix("www.") or address
    return f'<a href="{html.escape(address)}">{html.escape(shown, quote=False)}</a>'
