"""How other pages name a blog."""

from __future__ import annotations

from bylines.engine.views import View


class BlogLink(View, frozen=True, kw_only=True):
    """The blog that a post belongs to."""

    handle: str
    title: str
    url: str
    group: bool = False
