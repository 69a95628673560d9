"""Contributes to the home page the links to the site's own pages."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import Section
from bylines.features.pages.facts import SITE_PAGE
from bylines.features.pages.relations import menu
from bylines.features.pages.views import PageLinks


def _pages(build: BuildContext, key: str) -> PageLinks | None:
    found = menu(build)
    return PageLinks(pages=found) if found else None


def _affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    return ("index",) if dirty[SITE_PAGE] else ()


PAGES = Section(
    host="home",
    place="aside",
    name="about",
    order=60,
    template="pages/home.html",
    view=PageLinks,
    inputs=_pages,
    affected=_affected,
)
