"""Addresses as old blogs have them: taken apart and joined without a complaint, whatever somebody typed there."""

from __future__ import annotations

import urllib.parse


def parts(url: str) -> urllib.parse.SplitResult:
    """The parts of an address; of one that is none, all empty."""
    try:
        return urllib.parse.urlsplit(url)
    except ValueError:
        return urllib.parse.SplitResult("", "", "", "", "")


def join(base: str, url: str) -> str:
    """Where an address leads from another; as it is where one of the two is none."""
    try:
        return urllib.parse.urljoin(base, url)
    except ValueError:
        return url
