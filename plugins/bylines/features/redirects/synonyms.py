"""Synonyms that capabilities contribute, such as a topic's other spellings: a page at each that leads on."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import Synonyms
from bylines.engine.feature import PageInputs
from bylines.features.redirects.views import RedirectPage

KIND = "redirect-synonym"


def keys(build: BuildContext) -> Iterable[str]:
    """The address of each synonym, without a closing slash: `topics/rule-as-code`."""
    return [f"{each.folder}{name}" for each in build.contributions(Synonyms) for name in each.names(build)]


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """The synonyms that mean something else now, and those whose page is called otherwise."""
    return {f"{each.folder}{name}" for each in build.contributions(Synonyms) for name in each.affected(build, dirty)}


def inputs(build: BuildContext, key: str) -> PageInputs | None:
    """The page at a synonym; None where it leads nowhere."""
    for each in build.contributions(Synonyms):
        target = each.target(build, key.removeprefix(each.folder)) if key.startswith(each.folder) else None
        if target:
            return PageInputs(path=f"{key}/index.html", view=RedirectPage(title=target.title, url=target.url))
    return None


def pairs(build: BuildContext) -> list[tuple[str, str]]:
    """The key of each synonym that leads somewhere, and the address to which it does."""
    found = (
        (each, name, each.target(build, name)) for each in build.contributions(Synonyms) for name in each.names(build)
    )
    return [(f"{each.folder}{name}", target.url) for each, name, target in found if target]
