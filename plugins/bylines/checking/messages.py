"""The messages that only a check gives, and never a build."""

from __future__ import annotations

from bylines.problems import ERROR, Message

SECRET = Message(
    "secret",
    "this looks like a secret ({kind})",
    "take it out, and make it invalid where it is used, since git keeps it; if it is none, add `pragma: allowlist secret`",
    "A key, token or password that is committed is known to whoever has a copy of the repository.",
    ERROR,
    outcome="keep it out of the commit",
)
PERSONAL = Message(
    "personal",
    "this looks like {kind}",
    "take it out, unless whoever it is about wants it here",
    "The site's keepers named the pattern in BYLINES_PERSONAL.",
    ERROR,
    outcome="keep it out of the commit",
)
