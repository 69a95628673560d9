"""What the templates of recipes see."""

from __future__ import annotations

from bylines.engine.views import FeedLink, View
from bylines.features.people.views import Byline
from bylines.features.posts.views import Listing


class RecipeLink(View, frozen=True, kw_only=True):
    """A recipe in a list."""

    title: str
    url: str


class Dishes(View, frozen=True, kw_only=True):
    """recipes/dishes.html: what somebody cooks."""

    dishes: tuple[RecipeLink, ...]


class RecipesPage(View, frozen=True, kw_only=True):
    """recipes/index.html: all recipes, and the posts of which they speak."""

    recipes: tuple[RecipeLink, ...]
    listing: Listing
    feeds: tuple[FeedLink, ...] = ()


class RecipePage(View, frozen=True, kw_only=True):
    """recipes/recipe.html: a recipe. `content` is added when it is rendered."""

    title: str
    serves: int
    cooks: tuple[Byline, ...] = ()
    post: str = ""
    """The address of the post that it means."""
    hidden: bool = False
