"""The addresses of covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bylines.engine.contributions import SharePicture

if TYPE_CHECKING:
    from bylines.settings import Site

SITE = "covers/site.png"
"""The cover of every page that is not a post."""


def are_drawn(site: Site) -> bool:
    """Return whether covers are drawn. A site without an address of its own needs none, since nobody can share links to it."""
    return bool(site.url)


def cover_of(site: Site, url: str, image: str | None) -> str:
    """Return the address of the cover of the post at `blogs/ada/x/`; empty if it needs none.

    A post with an `image` of its own needs no cover, unless the image is an SVG drawing, which other sites do not show.
    """
    if not are_drawn(site) or (image and not image.lower().endswith(".svg")):
        return ""
    return f"covers/{url.removeprefix('blogs/').rstrip('/')}.png"


PICTURE = SharePicture(of=lambda build, url, image: cover_of(build.site, url, image))
