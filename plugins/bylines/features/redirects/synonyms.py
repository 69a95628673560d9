"""A topic's other spellings: a page at each that leads to the topic."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.feature import PageInputs
from bylines.features.topics import relations as topics
from bylines.features.topics.facts import TOPIC, TOPIC_LABEL, TOPIC_NAME
from bylines.views import RedirectPage


def keys(build: BuildContext) -> Iterable[str]:
    """Every synonym, as it is in addresses."""
    return build.store.column("SELECT spelling FROM topic_name ORDER BY spelling")


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """The synonyms that mean something else now, and those of topics that came, went or are spelled otherwise."""
    found = set(dirty[TOPIC_NAME])
    for topic in dirty[TOPIC_LABEL] | dirty[TOPIC]:
        found.update(build.store.column("SELECT spelling FROM topic_name WHERE topic = ?", (topic,)))
    return found


def inputs(build: BuildContext, spelling: str) -> PageInputs | None:
    """The page at a synonym; None where nobody writes on the topic."""
    row = build.store.row(_LABEL, (spelling,))
    if row is None:
        return None
    own = topics.link(build, row[0])
    return PageInputs(path=f"topics/{spelling}/index.html", view=RedirectPage(title=own.name, url=own.url))


def pairs(build: BuildContext) -> list[tuple[str, str]]:
    """(old address, new address) of all synonyms, with slashes before and after."""
    return [(f"/topics/{spelling}/", f"/topics/{topic}/") for spelling, topic in build.store.rows(_ALL)]


_LABEL = "SELECT topic FROM topic_name JOIN topic_label USING (topic) WHERE spelling = ?"
_ALL = "SELECT spelling, topic FROM topic_name JOIN topic_label USING (topic) ORDER BY spelling"
