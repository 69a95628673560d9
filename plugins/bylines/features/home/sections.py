"""The home page's own section. It appears among the sections of other capabilities."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import Section
from bylines.features.home import recent
from bylines.features.home.views import Newcomers


def _newcomers(build: BuildContext, key: str) -> Newcomers | None:
    found = recent.newcomers(build)
    return Newcomers(newcomers=found) if found else None


def _affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    return ("index",) if dirty else ()


NEWCOMERS = Section(
    host="home",
    place="aside",
    name="newcomers",
    order=30,
    template="home/newcomers.html",
    view=Newcomers,
    inputs=_newcomers,
    affected=_affected,
)
