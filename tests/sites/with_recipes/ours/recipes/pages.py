"""The pages of recipes: the index, and each recipe."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import ListHead, PostList, SitemapUrls, feed_links
from bylines.engine.facts import BODY
from bylines.engine.feature import PageInputs, PageKind
from bylines.engine.paths import prefix_of
from bylines.engine.weave import listing
from bylines.features.people.bylines import bylines
from bylines.features.people.facts import BYLINE, EXISTENCE
from bylines.features.posts import cards, lists
from bylines.features.posts.list_pages import list_pages
from bylines.features.posts.relations import is_somebody
from ours.recipes.facts import RECIPE
from ours.recipes.records import RECIPE as KIND
from ours.recipes.records import Recipe
from ours.recipes.relations import ALL, PREFIX, listed, slugs, url_of
from ours.recipes.views import RecipeLink, RecipePage, RecipesPage


def link(build: BuildContext, name: str) -> RecipeLink:
    """Return the link to a recipe."""
    record: Recipe = build.record(name)
    return RecipeLink(title=record.title, url=url_of(record.slug))


def _index_keys(build: BuildContext) -> Iterable[str]:
    return ("all",) if listed(build) else ()


def _index_inputs(build: BuildContext, key: str) -> PageInputs | None:
    found = listed(build)
    if not found:
        return None
    posts = lists.newest_page(build, ALL, "recipes/")
    feeds = feed_links(build, "Posts about recipes", "recipes/") if posts.total else ()
    view = RecipesPage(recipes=tuple(link(build, name) for name in found), listing=posts, feeds=feeds)
    return PageInputs(path="recipes/index.html", view=view)


def _affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    if dirty.any(BYLINE, EXISTENCE):
        return slugs(build)
    names = (name for name in dirty[RECIPE] | dirty[BODY] if KIND.matches(name))
    return {parts["slug"] for name in names if (parts := KIND.at.parse(name))}


def _inputs(build: BuildContext, slug: str) -> PageInputs | None:
    name = KIND.source_of(slug)
    row = build.store.row("SELECT post FROM recipe WHERE name = ?", (name,))
    if row is None:
        return None
    record: Recipe = build.record(name)
    url = url_of(slug)
    view = RecipePage(
        title=record.title,
        serves=record.serves,
        cooks=bylines(build, (handle for handle in record.cook if is_somebody(build, handle))),
        post=build.address(row[0]) or "",
        hidden=record.status == "hidden",
    )
    body = cards.body(build, name, prefix_of(build.site, url))
    return PageInputs(path=f"{url}index.html", view=view, body=body)


def _head(build: BuildContext, key: str) -> ListHead | None:
    return ListHead("Posts about recipes", "recipes/", "recipes/") if listing.count(build, ALL)[0] else None


def _urls(build: BuildContext) -> list[str]:
    found = listed(build)
    return ["recipes/", *(link(build, name).url for name in found)] if found else []


LISTS = PostList(kind="recipes", prefix=PREFIX, order=50, names=lambda build: listing.names(build, PREFIX), head=_head)
SITEMAP = SitemapUrls(
    part="pages",
    order=50,
    urls=_urls,
    count=lambda build: len(_urls(build)),
    is_affected=lambda dirty: bool(dirty[RECIPE]),
)
PAGES = (
    *list_pages(
        LISTS,
        PageKind(
            "recipes",
            _index_keys,
            _index_inputs,
            lambda build, dirty: ("all",) if dirty[RECIPE] else (),
            "recipes/index.html",
            RecipesPage,
        ),
    ),
    PageKind("recipe", slugs, _inputs, _affected, "recipes/recipe.html", RecipePage),
)
