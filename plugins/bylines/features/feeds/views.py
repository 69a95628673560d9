"""What the page about feeds shows."""

from __future__ import annotations

from bylines.engine.views import FeedLink, View


class SubscribePage(View, frozen=True, kw_only=True):
    """feeds/subscribe.html: what a feed is, and where they are."""

    languages: tuple[tuple[str, FeedLink], ...] = ()
    """(language, its feed, by its own name for itself), where the site has several."""
