"""Assembles a redirecting page for each synonym that a capability contributes, such as a topic's other spellings."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import Synonyms
from bylines.engine.feature import PageInputs
from bylines.features.redirects.views import RedirectPage

KIND = "redirect-synonym"


def keys(build: BuildContext) -> Iterable[str]:
    """Return the address of each synonym, without a closing slash: `topics/rule-as-code`."""
    return [f"{each.folder}{name}" for each in build.contributions(Synonyms) for name in each.names(build)]


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the synonyms that have another meaning now, or whose page has another title."""
    return {f"{each.folder}{name}" for each in build.contributions(Synonyms) for name in each.affected(build, dirty)}


def inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of the page at a synonym; None if it has no target."""
    for each in build.contributions(Synonyms):
        target = each.target(build, key.removeprefix(each.folder)) if key.startswith(each.folder) else None
        if target:
            return PageInputs(path=f"{key}/index.html", view=RedirectPage(title=target.title, url=target.url))
    return None


def pairs(build: BuildContext) -> list[tuple[str, str]]:
    """Return (key, address of the target) for each synonym that has a target."""
    found = (
        (each, name, each.target(build, name)) for each in build.contributions(Synonyms) for name in each.names(build)
    )
    return [(f"{each.folder}{name}", target.url) for each, name, target in found if target]
