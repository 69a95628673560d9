"""The variables of the templates of the site's own pages."""

from __future__ import annotations

import datetime as dt

from bylines.engine.views import Direction, Sizes, Translation, View


class SitePageView(View, frozen=True, kw_only=True):
    """Variables of pages/page.html. Rendering adds `content` and `toc`."""

    title: str
    url: str
    page_lang: str
    """The language of the text, which may differ from that of the rest of the page; and its direction."""
    page_dir: Direction
    summary: str = ""
    locale_modified: str = ""
    modified: dt.datetime | None = None
    translations: tuple[Translation, ...] = ()
    image: str | None = None
    image_alt: str = ""
    image_sizes: Sizes | None = None


class PageLinks(View, frozen=True, kw_only=True):
    """Variables of pages/home.html: the (title, url) of the site's own pages."""

    pages: tuple[tuple[str, str], ...]
