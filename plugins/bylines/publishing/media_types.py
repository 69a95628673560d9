"""Tells with which media type and Cache-Control header a file is served."""

from __future__ import annotations

import mimetypes
import re

_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "map": "text/plain; charset=utf-8",
    "json": "application/json",
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "opml": "text/x-opml; charset=utf-8",
    "xml": "application/xml",
    "xsl": "application/xslt+xml",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "avif": "image/avif",
    "wasm": "application/wasm",
    "woff2": "font/woff2",
}
_TEXTS = re.compile(r"text/|application/(?:json|.*\+xml|.*\+json|xml|wasm)|image/svg")
_FEED_JSON = re.compile(r"(?:^|/)feed(?:/\d+)?\.json$")
# Files whose names change with their bytes: names with a digest, or with Pagefind's version and digests.
_FIXED = re.compile(
    r"pictures/[0-9a-f]{2}/[0-9a-f]{20}-\d+\.webp$|search/(?:pagefind-[^/]+/|.*\.pf_(?:fragment|index|meta)$)"
)
_YEAR = 31_536_000


def media_type(path: str) -> str:
    """Return the media type of a file, judged by its name."""
    if _FEED_JSON.search(path):
        return "application/feed+json"
    ending = path.rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""
    return _TYPES.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def is_text(path: str) -> bool:
    """Return whether a file has a media type that compresses well."""
    return bool(_TEXTS.match(media_type(path)))


def cache_control(path: str) -> str:
    """Return the Cache-Control header: a year for a file whose name changes with its bytes, else "ask before each use"."""
    return f"public, max-age={_YEAR}, immutable" if _FIXED.search(path) else "no-cache"
