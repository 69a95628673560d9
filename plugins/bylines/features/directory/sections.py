"""The directory's letters on the home page."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import Section
from bylines.engine.weave import filing
from bylines.features.directory.pages import letters
from bylines.features.directory.views import Letters
from bylines.features.people.relations import CATALOGUE


def _affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    return ("index",) if filing.moved(dirty, CATALOGUE) else ()


LETTERS = Section(
    host="home",
    place="aside",
    name="people",
    order=10,
    template="directory/home.html",
    view=Letters,
    inputs=lambda build, key: Letters(letters=letters(build)),
    affected=_affected,
)
