"""The variable with which templates link to a topic."""

from __future__ import annotations

from bylines.engine.views import View


class TopicLink(View, frozen=True, kw_only=True):
    """A link to a topic (a tag, in Pelican's terms)."""

    name: str
    slug: str
    url: str
