"""The formats of feeds: each list has a feed in every one that BYLINES_FEED_FORMATS names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bylines.engine.feature import Body
from bylines.features.feeds import atom, json_feed, rss
from bylines.features.feeds.inputs import FeedInputs

if TYPE_CHECKING:
    from bylines.settings import Site

_RENDERERS = {"atom": atom.render, "rss": rss.render, "json": json_feed.render}


def render(site: Site, inputs: FeedInputs, bodies: Callable[[Body], str]) -> bytes:
    """The bytes of a feed in its format. Control characters are not in it: reading leaves them out."""
    return _RENDERERS[inputs.format](site, inputs, bodies)
