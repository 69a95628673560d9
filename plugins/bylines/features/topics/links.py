"""How other pages name a topic."""

from __future__ import annotations

from bylines.engine.views import View


class TopicLink(View, frozen=True, kw_only=True):
    """A topic where it is named (Pelican's tag)."""

    name: str
    slug: str
    url: str
