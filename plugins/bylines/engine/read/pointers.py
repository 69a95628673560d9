"""Pointers in place of files: what a clone holds of a large file whose bytes were not fetched."""

from __future__ import annotations

import re

MOST = 1_100
"""Bytes: a pointer has fewer."""
_LFS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:version https?://(?:git-lfs\.github\.com|hawser\.github\.com|git-media\.io)/|# git-media|# external\b)"
    rb"|(?:[^\n]{0,200}\n){0,6}oid sha256:[0-9a-f]{64}\r?\n(?:[^\n]{0,200}\n){0,3}?size \d+\s*\Z"
)
_ANNEX = re.compile(rb"\s*(?:\.{0,2}/){0,30}(?:\.git/)?annex/objects/\S+\s*(?:\n|\Z)")


def pointer_in(data: bytes) -> tuple[str, str]:
    """Return what left a pointer in place of a file and how to fetch the file; ('', '') if the bytes are no pointer."""
    if len(data) > MOST:
        return "", ""
    if _LFS.match(data):
        return "Git LFS", "git lfs pull; in a workflow, 'lfs: true' below actions/checkout"
    if b"annex/objects/" in data and _ANNEX.match(data):
        return "git-annex", "git annex get"
    return "", ""
