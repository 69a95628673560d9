"""Recognises pointers: a clone holds one in place of a large file that was not fetched (Git LFS, git-annex)."""

from __future__ import annotations

import re

MOST = 1_100
"""The most bytes of a pointer."""
_LFS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:version https?://(?:git-lfs\.github\.com|hawser\.github\.com|git-media\.io)/|# git-media|# external\b)"
    rb"|(?:[^\n]{0,200}\n){0,6}oid sha256:[0-9a-f]{64}\r?\n(?:[^\n]{0,200}\n){0,3}?size \d+\s*\Z"
)
_ANNEX = re.compile(rb"\s*(?:\.{0,2}/){0,30}(?:\.git/)?annex/objects/\S+\s*(?:\n|\Z)")


def pointer_in(data: bytes) -> tuple[str, str]:
    """Return the program that left a pointer, and how to fetch the file; ('', '') if the bytes are not a pointer."""
    if len(data) > MOST:
        return "", ""
    if _LFS.match(data):
        return "Git LFS", "git lfs pull; in a workflow, 'lfs: true' below actions/checkout"
    if b"annex/objects/" in data and _ANNEX.match(data):
        return "git-annex", "git annex get"
    return "", ""
