"""What one capability adds to the work of another, declared so that neither has to import the other.

A capability lists its contributions in `Feature.contributes`; whoever uses a kind of contribution asks the build for all
of that type: `build context.contributions(PostList)`. They come in the order of `order`, and of equals in that of the capabilities.

    PostList       lists of posts that have feeds, archives and numbered pages
    SitemapUrls    addresses for the sitemap
    Section        a piece of another capability's page
    FramePiece     an entry of the menu, and whatever else stands around every page
    FeedLinks      where the feeds of a list are
    SharePicture   the picture of a page for those who share it
    OldAddresses   kinds whose old addresses lead on in another way than most
    Synonyms       other addresses of pages, which no record lists
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from bylines.engine.capability import Contribution
from bylines.engine.views import FeedLink, View

if TYPE_CHECKING:
    from bylines.engine.context import BuildContext, Invalidations
    from bylines.records import Record


def _never(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    return ()


class ListHead(NamedTuple):
    """Whose posts a list has. Addresses are relative to the site's root."""

    title: str
    folder: str
    """Below which its feeds stand."""
    url: str
    """Of the page that shows the list."""
    lang: str = ""
    """Empty if the list is in the site's language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostList(Contribution):
    """Lists of posts of one kind: each has feeds, and archives of them where BYLINES_FEED_ARCHIVES names the kind.

    A later contribution of the same `kind` stands in the place of an earlier one.
    """

    kind: str
    """How BYLINES_FEED_ARCHIVES names them: `topics`."""
    prefix: str
    """How the names of the lists begin: `topic:`. What follows it is a list's key."""
    names: Callable[[BuildContext], Iterable[str]]
    """The names of the lists that have feeds."""
    head: Callable[[BuildContext, str], ListHead | None]
    """What the list with a key is called and where it stands; None if there is no such list (any more)."""
    affected: Callable[[BuildContext, Invalidations], Iterable[str]] = _never
    """The keys of the lists whose head may differ. A list whose posts changed need not be among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapUrls(Contribution):
    """Addresses that search engines should know."""

    part: str
    """The part of the sitemap in which they stand: one word. Capabilities may share one."""
    urls: Callable[[BuildContext], Iterable[str]]
    """The addresses, relative to the site's root, in a fixed order."""
    count: Callable[[BuildContext], int]
    """How many addresses there are. Each build asks this, so it should not list them."""
    is_affected: Callable[[Invalidations], bool]
    """Whether an address may have come or gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Contribution):
    """A piece of a page that belongs to another capability.

    The host's page kind names its places (`PageKind.places`), and its template shows the pieces of each:
    `{% for piece in sections.aside %}{{ piece }}{% endfor %}`. Nothing is shown where the host is switched off.
    """

    host: str
    """The name of the page kind: `home`, `post`, `blog`, `topic`, or one of a third party."""
    place: str
    name: str
    """Tells the sections of one host apart."""
    template: str
    view: type[View]
    """The type of the template's variables."""
    inputs: Callable[[BuildContext, str], View | None]
    """What the section shows on the host's page with this key; None if it is not on it."""
    affected: Callable[[BuildContext, Invalidations], Iterable[str]] = _never
    """The keys of the host's pages whose section may differ."""


def _published(build: BuildContext, name: str, record: Any) -> str | None:
    return build.address(name)


def _nowhere(alias: str) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class OldAddresses(Contribution):
    """Says of the records of one type how their old addresses lead on, where that differs from most.

    Redirects follow the aliases of every kind that has a key with the marker `Aliases`. Most need no such contribution.
    """

    record: type[Record]
    target: Callable[[BuildContext, str, Any], str | None] = _published
    """Where a source with its record is published, relative to the root; None if it is not.

    The answer may depend on the record, on its address and on who claims that. Nothing else makes redirects ask again.
    """
    leads_below: Callable[[str], bool] = _nowhere
    """Whether whatever lies below an alias leads to the same place below the new address. Servers alone can do that."""
    occupied: Callable[[BuildContext, Invalidations], Iterable[str]] = _never
    """Addresses at which a page may have come to stand, so that nothing leads on from there."""


class Target(NamedTuple):
    """Where a synonym leads, relative to the root."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonyms(Contribution):
    """Other names of pages in one folder, with an address each that leads to the page."""

    folder: str
    """`topics/`"""
    names: Callable[[BuildContext], Iterable[str]]
    target: Callable[[BuildContext, str], Target | None]
    """The page that a name means; None if there is none (any more)."""
    affected: Callable[[BuildContext, Invalidations], Iterable[str]] = _never
    """The names that may mean something else, or whose page may be called otherwise."""


FramePlace = Literal["name", "share", "menu", "bar", "bar-attributes", "foot"]
"""Of a page: the name of the site, the picture for those who share it, the menu, the bar beside it and its attributes, the foot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FramePiece(Contribution):
    """A piece of what stands around every page, such as an entry of the menu.

    Its template sees the settings and `current`, the page's own address where the menu may name it.
    """

    place: FramePlace
    template: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePicture(Contribution):
    """A picture for pages that have none of their own, for places where people share them."""

    of: Callable[[BuildContext, str, str | None], str]
    """The address of the picture of a post at an address, which may have an image itself; empty if it needs none."""


def share_picture(build: BuildContext, url: str, image: str | None) -> str:
    """Return the picture for those who share a post; empty if that is its own `image`, or if there is none."""
    return next((found for each in build.contributions(SharePicture) if (found := each.of(build, url, image))), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLinks(Contribution):
    """Where the feeds of a list of posts are."""

    of: Callable[[BuildContext, str, str], FeedLink]
    """The link to the feeds of a list with a title, whose feeds stand below an address."""
    formats: Callable[[BuildContext], tuple[str, ...]]
    """The formats of each feed, by which its files end (`atom` first)."""


def feed_links(build: BuildContext, title: str, folder: str) -> tuple[FeedLink, ...]:
    """Return the links to the feeds of a list, for pages that show it; empty if the site has no feeds."""
    return tuple(each.of(build, title, folder) for each in build.contributions(FeedLinks))


def feed_formats(build: BuildContext) -> tuple[str, ...]:
    """Return the formats in which each list has a feed; empty if the site has no feeds."""
    return tuple(form for each in build.contributions(FeedLinks) for form in each.formats(build))


class Piece(msgspec.Struct, frozen=True):
    """A section of one page before it is rendered. `view` is of the section's own type."""

    name: str
    view: msgspec.Raw
