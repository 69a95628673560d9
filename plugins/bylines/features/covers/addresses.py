"""Where the covers of posts are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bylines.engine.contributions import SharePicture

if TYPE_CHECKING:
    from bylines.settings import Site

SITE = "covers/site.png"
"""The cover of all pages that are no posts."""


def are_drawn(site: Site) -> bool:
    """Whether there are covers: a site without an address of its own is shared nowhere."""
    return bool(site.url)


def cover_of(site: Site, url: str, image: str | None) -> str:
    """The address of the cover of the post at `blogs/ada/x/`; '' for none.

    A post with an `image` of its own needs none, unless that is a drawing (SVG), which other places do not show.
    """
    if not are_drawn(site) or (image and not image.lower().endswith(".svg")):
        return ""
    return f"covers/{url.removeprefix('blogs/').rstrip('/')}.png"


PICTURE = SharePicture(of=lambda build, url, image: cover_of(build.site, url, image))
