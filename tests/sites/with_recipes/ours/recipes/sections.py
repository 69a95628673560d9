"""What a person's page says of recipes."""

from __future__ import annotations

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import Section
from ours.recipes.facts import COOK
from ours.recipes.pages import link
from ours.recipes.relations import cooked_by
from ours.recipes.views import Dishes


def _dishes(build: BuildContext, handle: str) -> Dishes | None:
    found = cooked_by(build, handle)
    return Dishes(dishes=tuple(link(build, name) for name in found)) if found else None


def _affected(build: BuildContext, dirty: Invalidations) -> set[str]:
    return dirty[COOK]


DISHES = Section(
    host="blog",
    place="foot",
    name="dishes",
    template="recipes/dishes.html",
    view=Dishes,
    inputs=_dishes,
    affected=_affected,
)
