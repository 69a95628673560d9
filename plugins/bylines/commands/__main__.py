"""`python -m bylines.commands` prints docs/commands.md."""

from __future__ import annotations

from bylines.commands.docs import text

print(text(), end="")
