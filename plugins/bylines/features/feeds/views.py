"""The view that the template of the page about feeds gets."""

from __future__ import annotations

from bylines.engine.views import FeedLink, View


class SubscribePage(View, frozen=True, kw_only=True):
    """feeds/subscribe.html: an explanation of feeds, with links to them."""

    languages: tuple[tuple[str, FeedLink], ...] = ()
    """Each language with its feed, whose title is the language's own name; for sites with several languages."""
