"""Recipes as they are read."""

from __future__ import annotations

from typing import Annotated

from bylines.engine.read.document import Document
from bylines.engine.read.kind import EVERYBODY, Door, Kind
from bylines.engine.read.markers import Handles, Number, Reference


class Recipe(Document, tag="recipe", frozen=True, kw_only=True):
    """`content/recipes/<slug>.md`: how a dish is cooked."""

    cook: Annotated[tuple[str, ...], Handles("the handles of those who cook it", signs=True, example="[ada]")] = ()
    serves: Annotated[int, Number("how many it feeds", 1, 99, example="4", also=("servings",))] = 1
    see: Annotated[str | None, Reference("a post about it: `handle/slug`", "post", link=True)] = None


RECIPE = Kind(
    Recipe,
    at="content/recipes/{slug}.md",
    owner=EVERYBODY,
    ref="recipes/{slug}",
    url="recipes/{slug}/",
    without=("slug", "translation_of"),
    door=Door("recipe", ("title", "cook", "serves")),
)
