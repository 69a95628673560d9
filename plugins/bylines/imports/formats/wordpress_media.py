"""Reads the media of WordPress posts: featured images and captions, galleries, and recordings of podcasts."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from bylines.imports import addresses, safe_xml
from bylines.imports.formats.wordpress_people import metas
from bylines.pictures.endings import ENDINGS

_WP = "{*}"
_GALLERY = re.compile(r"\[(gallery|playlist)\b([^][]*)\]")
_IDS = re.compile(r"""\b(?:ids|include)\s*=\s*["']?([\d,\s]+)""")
_SIZED = re.compile(r"(?:-\d+x\d+|-scaled|-rotated)(?=\.\w+$)")
_RECORDING = re.compile(
    r"https?://[^\s\"'<>;]{1,500}?\.(?:mp3|m4a|m4b|mp4|m4v|ogg|oga|opus|wav|aac|flac|webm|mov|pdf|epub)\b[^\s\"'<>;]{0,500}",
    re.I,
)
_ENCLOSURES = re.compile(
    r"(?:\w*:)?enclosure|_?audio_file|_?podcast_file|_?episode_(?:file|audio|url)|_podPressMedia|_?podcast_url", re.I
)
_FILE = re.compile(
    r"(?<![\w%.~-])[\w%.~-]+\.(?:jpe?g|png|gif|webp|avif|svg|heic|pdf|mp[34]|m4[av]|ogg|wav|webm|mov|zip|docx?|xlsx?|pptx?)\b",
    re.I,
)
_LONGEST = 10_000
_PICTURES = (*ENDINGS, ".svg")


class Attachment(NamedTuple):
    """A file of the media library and its texts."""

    address: str
    title: str
    alt: str
    caption: str
    description: str
    parent: str
    """The id of the post to which it was uploaded."""


class Library:
    """The media library of an export."""

    def __init__(self) -> None:
        self._by_id: dict[str, Attachment] = {}

    def read(self, channel: Any) -> None:
        """Adds the files of one channel."""
        for item in channel.findall("item"):
            if _text(item, "post_type") == "attachment":
                self._by_id[_text(item, "post_id")] = _attachment(item)

    def get(self, number: str) -> Attachment | None:
        """Return the file with an id; None if there is none."""
        return self._by_id.get(number)

    def count_unused(self, bodies: Iterable[str], used: set[str]) -> int:
        """Counts the files that no text mentions and that are not in `used`."""
        names = {_name(found[0]) for body in bodies for found in _FILE.finditer(body)}
        return sum(
            1
            for number, each in self._by_id.items()
            if number not in used and _name(posixpath.basename(each.address)) not in names
        )

    def with_galleries(self, text: str, post: str, used: set[str], losses: list[str]) -> str:
        """Replaces the galleries and playlists in a text by figures and links; adds their ids to `used`."""
        return _GALLERY.sub(lambda found: self._gallery(found, post, used, losses), text)

    def _gallery(self, found: re.Match[str], post: str, used: set[str], losses: list[str]) -> str:
        ids = _IDS.search(found[2])
        numbers = [each.strip() for each in ids[1].split(",")] if ids else []
        is_picture = found[1] == "gallery"
        if not numbers:
            numbers = [
                number
                for number, each in self._by_id.items()
                if each.parent == post and each.address.lower().endswith(_PICTURES) == is_picture
            ]
        made = []
        for number in filter(None, numbers):
            one = self._by_id.get(number)
            if one is None or not one.address:
                losses.append(f"file {number} of a [{found[1]}] is not in the export")
                continue
            used.add(number)
            made.append(figure(one) if is_picture else link(one.address, one.title))
        return "\n\n" + "\n\n".join(made) + "\n\n" if made else found[0]


def _attachment(item: Any) -> Attachment:
    meta = dict(metas(item))
    texts = {
        ("excerpt" if "excerpt" in str(each.tag) else "content"): str(each.text or "").strip()
        for each in item.findall("{*}encoded")
    }
    return Attachment(
        address=_text(item, "attachment_url") or safe_xml.text(item, "guid"),
        title=html.unescape(safe_xml.text(item, "title")),
        alt=html.unescape(meta.get("_wp_attachment_image_alt", "")).strip(),
        caption=" ".join((texts.get("excerpt", ""), *_credit(meta))).strip(),
        description=texts.get("content", ""),
        parent=_text(item, "post_parent"),
    )


def _credit(meta: dict[str, str]) -> Iterable[str]:
    """Yield the credits of a picture, from the meta keys of credit plugins, in parentheses."""
    for key in (
        "_media_credit",
        "_wp_attachment_credit",
        "media_credit",
        "credit",
        "_credit",
        "_photo_credit",
        "photo_credit",
        "isc_image_source",
    ):
        if meta.get(key):
            yield f"({meta[key]})"


def figure(one: Attachment) -> str:
    """Return a picture as HTML, with its caption if it has one."""
    picture = f'<img src="{html.escape(one.address)}" alt="{html.escape(one.alt)}">'
    return f"<figure>{picture}<figcaption>{one.caption}</figcaption></figure>" if one.caption else f"<p>{picture}</p>"


def link(address: str, words: str = "") -> str:
    """Return a link in a paragraph of its own; its text is the file's name if `words` is empty."""
    shown = words or posixpath.basename(addresses.parts(address).path) or address
    return f'<p><a href="{html.escape(address)}">{html.escape(shown)}</a></p>'


def recordings(item: Any) -> list[str]:
    """Return the addresses of a post's recordings, from the meta keys of podcast plugins; each once."""
    found: list[str] = []
    for key, value in metas(item):
        if _ENCLOSURES.fullmatch(key):
            first = value.split("\n", 1)[0].strip()
            found += (
                [first]
                if first.startswith(("http://", "https://", "/"))
                else [each[0] for each in _RECORDING.finditer(value[:_LONGEST])]
            )
    return list(dict.fromkeys(found))


def is_recording(key: str) -> bool:
    """Return whether a meta key holds a recording."""
    return _ENCLOSURES.fullmatch(key) is not None


def _name(file: str) -> str:
    return _SIZED.sub("", file).lower()


def _text(element: Any, name: str) -> str:
    return safe_xml.text(element, _WP + name)
