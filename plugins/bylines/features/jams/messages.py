"""The messages about jams."""

from __future__ import annotations

from bylines.problems import ERROR, Message

JAM_BACKWARDS = Message(
    "jam-backwards",
    "the jam closes before it opens",
    "let 'closes' be later than 'opens'",
    "A day alone is meant to its end. The jam is left out.",
    ERROR,
)
JAM_OUTSIDE = Message(
    "jam-outside",
    "the jam {jam} is open from {opens} to {closes}, and this is dated {date}",
    "take 'jam' out, or ask those who run it for more time",
    "It is published as any other post, and is not among the ideas of the jam.",
    outcome="published, but not in the jam",
)
UNKNOWN_HOST = Message(
    "unknown-host",
    "the host {handle} has no profile",
    "mend the handle, or add the profile",
    "The jam is published without this host.",
    outcome="published without this name",
)
