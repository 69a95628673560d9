"""Turns a link to a video, slides or a recording that is a paragraph of its own into a poster, a figure to click on.

Nothing is loaded from another site before the reader clicks: the page has only a link and our own words. With scripts, a click
replaces the poster by the frame; without, the link is followed.
"""

from __future__ import annotations

import html
import posixpath
import re
import urllib.parse
from typing import NamedTuple

from bylines.markup import external_media, slots

VIDEOS = (".mp4", ".m4v", ".webm", ".ogv")
SOUNDS = (".mp3", ".m4a", ".ogg", ".oga", ".opus", ".flac", ".wav")
_ALONE = re.compile(
    r'<p><a(?: title="(?P<caption>[^"]*)")?(?: href="(?P<href>https?://[^"]*)"|\x01h(?P<own>[^\x01]*)\x01)>'
    r"(?P<inner>(?:[^<]|<(?!/?a\b|/?p\b))*)</a></p>"
)
_PICTURE = re.compile(r'<img[^>\x01]*\x01p(?P<address>[^\x01]*)\x01[^>]* ?alt="(?P<alt>[^"]*)"[^>]*>')
_TAG = re.compile(r"<[^>]*>")
_SECONDS = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?")
_YOUTUBE = frozenset(("youtube.com", "m.youtube.com", "youtube-nocookie.com"))
_YOUTUBE_ID = re.compile(r"[\w-]{11}", re.A)
_YOUTUBE_LIST = re.compile(r"[\w-]{12,64}", re.A)
_VIMEO_ID = re.compile(r"(?:/(?:video|channels/[\w-]+|groups/[\w-]+/videos))?/(\d{5,12})(?:/([0-9a-f]{6,16}))?/?", re.A)
_PEERTUBE_ID = re.compile(r"/(?:w|videos/watch|videos/embed)/([\w-]{8,64})/?", re.A)
_SLIDES = re.compile(r"/slideshow/(?:embed_code/(key/\w{8,32}|\d{4,12})|[\w%.-]+/(\d{4,12}))/?", re.A)


class Place(NamedTuple):
    """A video or slides on another site: the name that readers know it by, and the address of the frame."""

    name: str
    frame: str
    asks: bool = False
    """Whether it plays only if it receives a referrer."""

    @property
    def origin(self) -> str:
        """The origin of the frame, which the page's Content-Security-Policy has to allow."""
        parts = urllib.parse.urlsplit(self.frame)
        return f"{parts.scheme}://{parts.netloc}"


def add_posters(content: str, video_hosts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the HTML with slots for posters, and the origins of the frames that they load (`'self'` for the site's own files)."""
    if "<p><a" not in content:
        return content, ()
    origins: set[str] = set()

    def poster(match: re.Match[str]) -> str:
        found = _poster(match, video_hosts)
        if found is None:
            return match[0]
        if found.frame or found.kind == slots.DOCUMENT:
            origins.add(Place("", found.frame).origin if found.frame else "'self'")
        return slots.poster(found)

    return _ALONE.sub(poster, content), tuple(sorted(origins))


def _poster(match: re.Match[str], video_hosts: tuple[str, ...]) -> slots.Poster | None:
    own = match["own"]
    place = None if own is not None else embed_place(html.unescape(match["href"]), video_hosts)
    kind = slots.FRAME if place else _kind_of_file(own or "")
    if not kind:
        return None
    address = own if own is not None else html.unescape(match["href"])
    picture = _PICTURE.search(match["inner"])
    title = html.unescape(picture["alt"] if picture else _TAG.sub("", match["inner"])).strip()
    return slots.Poster(
        kind=kind,
        address=address,
        title=title if title and title != address else _short(address),
        caption=html.unescape(match["caption"] or ""),
        place=place.name if place else "",
        frame=place.frame if place else "",
        asks="asks" if place and place.asks else "",
        picture=picture["address"] if picture else "",
    )


def _short(address: str) -> str:
    """Return an address without scheme and "www."; for a file of the site, its name."""
    if "://" not in address:
        return posixpath.basename(urllib.parse.unquote(address.partition("#")[0].partition("?")[0]))
    return address.partition("://")[2].removeprefix("www.")


def _kind_of_file(address: str) -> str:
    """Return the kind of poster for a file of the site; empty for a plain link."""
    if external_media.is_external(html.escape(address)):
        return ""  # `//host/talk.mp4` has no scheme, but leads to another site
    ending = posixpath.splitext(address.partition("#")[0].partition("?")[0])[1].lower()
    if ending in VIDEOS:
        return slots.VIDEO
    if ending in SOUNDS:
        return slots.SOUND
    return slots.DOCUMENT if ending == ".pdf" else ""


def embed_place(address: str, video_hosts: tuple[str, ...]) -> Place | None:
    """Return the video or slides at an address; None for any other. `video_hosts` are the hosts that run PeerTube."""
    try:
        parts = urllib.parse.urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
        if parts.port or parts.username:
            return None
    except ValueError:
        return None
    query = dict(urllib.parse.parse_qsl(parts.query))
    if host in _YOUTUBE or host == "youtu.be":
        return _youtube(host, parts.path, query)
    if host in ("vimeo.com", "player.vimeo.com"):
        return _vimeo(parts.path, query)
    if host == "slideshare.net":
        found = _SLIDES.fullmatch(parts.path)
        return found and Place(host, f"https://www.slideshare.net/slideshow/embed_code/{found[1] or found[2]}")
    if parts.hostname in video_hosts and (found := _PEERTUBE_ID.fullmatch(parts.path)):
        start = f"&start={seconds}" if (seconds := _seconds(query.get("start", ""))) else ""
        # With peer-to-peer, other viewers could see who is watching.
        return Place(host, f"https://{parts.hostname}/videos/embed/{found[1]}?autoplay=1&p2p=0{start}")
    return None


def _youtube(host: str, path: str, query: dict[str, str]) -> Place | None:
    frame = "https://www.youtube-nocookie.com/embed/"
    _, first, *rest = [*path.split("/"), ""]
    if host == "youtu.be":
        video = first
    elif first == "watch":
        video = query.get("v", "")
    else:
        video = rest[0] if rest and first in ("shorts", "live", "embed") else ""
    if first == "playlist" and _YOUTUBE_LIST.fullmatch(query.get("list", "")):
        return Place("youtube.com", f"{frame}videoseries?list={query['list']}&autoplay=1", asks=True)
    if not _YOUTUBE_ID.fullmatch(video):
        return None
    seconds = _seconds(query.get("t", "") or query.get("start", ""))
    return Place("youtube.com", f"{frame}{video}?autoplay=1" + (f"&start={seconds}" if seconds else ""), asks=True)


def _vimeo(path: str, query: dict[str, str]) -> Place | None:
    found = _VIMEO_ID.fullmatch(path)
    if not found:
        return None
    key = found[2] or query.get("h", "")  # the key of an unlisted video
    shown = f"&h={key}" if re.fullmatch("[0-9a-f]{6,16}", key) else ""
    return Place("vimeo.com", f"https://player.vimeo.com/video/{found[1]}?autoplay=1&dnt=1{shown}", asks=True)


def _seconds(written: str) -> int:
    """Return the start in seconds, from '90', '90s' or '1m30s'; 0 if it cannot be read."""
    found = _SECONDS.fullmatch(written)
    if not found:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return 3600 * hours + 60 * minutes + seconds
