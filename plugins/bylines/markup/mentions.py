"""Finds mentions of people, `@ada`, in plain text."""

from __future__ import annotations

import re

MENTION = re.compile(r"(?<![\w@/.&;-])@([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?![\w@])")
"""A mention; its only group is the handle."""


def handles_in(text: str) -> set[str]:
    """Return the handles after an @ in a plain text, in lower case."""
    return {handle.lower() for handle in MENTION.findall(text)} if "@" in text else set()
