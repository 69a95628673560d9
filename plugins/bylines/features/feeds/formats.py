"""The formats of feeds. Each list has a feed in every format that BYLINES_FEED_FORMATS names."""

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
    """Return the bytes of a feed in its format. The inputs have no control characters: these are removed when sources are read."""
    return _RENDERERS[inputs.format](site, inputs, bodies)
