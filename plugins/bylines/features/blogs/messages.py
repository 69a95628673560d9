"""The messages about blogs."""

from __future__ import annotations

from bylines.problems import Message

UNKNOWN_MEMBER = Message(
    "unknown-member",
    "the member {handle} has no profile",
    "mend the handle, or add the profile",
    "They are left out.",
    outcome="published without this name",
)
