"""Splits and joins URLs from old blogs. Malformed ones, which `urllib.parse` rejects, never raise."""

from __future__ import annotations

import urllib.parse


def parts(url: str) -> urllib.parse.SplitResult:
    """Return the parts of a URL; all parts are empty if it is malformed."""
    try:
        return urllib.parse.urlsplit(url)
    except ValueError:
        return urllib.parse.SplitResult("", "", "", "", "")


def join(base: str, url: str) -> str:
    """Resolves a URL against a base URL. Returns it unchanged if one of the two is malformed."""
    try:
        return urllib.parse.urljoin(base, url)
    except ValueError:
        return url
