"""What templates see: the inputs of a page, as frozen and typed as records. Names follow Pelican's templates.

`url` is always relative to the site's root, without a leading slash (`blogs/ada/`), as in Pelican: a template writes
`{{ SITEURL }}/{{ article.url }}`. Texts are plain (the template escapes them), but for `Html` fields, which were sanitised.
Words for dates are ready to show (`locale_date`); `date` is there for `<time datetime>`.

Beside its own inputs every template sees the settings (SITENAME, SITEURL, SITESUBTITLE, DEFAULT_LANG, THEME_STATIC_DIR,
MENUITEMS, LINKS, SOCIAL …), FEATURES (the names of the capabilities that are on), FEED_FORMATS ('atom' first), `lang` and
`dir` of the page, `page_url` (its own address, relative to the root).
"""

from __future__ import annotations

from typing import Literal

import msgspec

Direction = Literal["ltr", "rtl"]


class Html(str):
    """Sanitised HTML: templates show it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """The text itself (the protocol of MarkupSafe)."""
        return str(self)


class View(msgspec.Struct, frozen=True, kw_only=True):
    """The base of all views."""


class Sizes(View, frozen=True, kw_only=True):
    """A picture in the sizes that were made of it. Width and height are the original's, in pixels."""

    width: int
    height: int
    src: str
    """The address of one size, as it stands in an attribute."""
    srcset: str = ""
    """All sizes, as the attribute has them; '' for a picture that is shown as it is."""


class Translation(View, frozen=True, kw_only=True):
    """The same post in another language; `language` is that language's own name for itself."""

    lang: str
    language: str
    title: str
    url: str


class FeedLink(View, frozen=True, kw_only=True):
    """A feed that a page offers."""

    title: str
    url: str
    """In Atom; in another format it ends with that format's name instead."""


class TocEntry(View, frozen=True, kw_only=True):
    """A heading in a table of contents; `level` 2–4 as it stands in the page."""

    level: int
    id: str
    title: str
