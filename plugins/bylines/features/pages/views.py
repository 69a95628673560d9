"""What the template of the site's own pages sees."""

from __future__ import annotations

import datetime as dt

from bylines.engine.views import Direction, Sizes, Translation, View


class SitePageView(View, frozen=True, kw_only=True):
    """pages/page.html. `content` and `toc` are added when it is rendered."""

    title: str
    url: str
    page_lang: str
    """The text's language, which need not be that of what stands around it; and its direction."""
    page_dir: Direction
    summary: str = ""
    locale_modified: str = ""
    modified: dt.datetime | None = None
    translations: tuple[Translation, ...] = ()
    image: str | None = None
    image_alt: str = ""
    image_sizes: Sizes | None = None


class PageLinks(View, frozen=True, kw_only=True):
    """pages/home.html: the (title, url) of the site's own pages."""

    pages: tuple[tuple[str, str], ...]
