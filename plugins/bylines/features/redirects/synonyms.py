"""A topic's other spellings: a page at each that leads to the topic."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.feature import Draft
from bylines.engine.loom import Loom, Touched
from bylines.features.topics import relations as topics
from bylines.features.topics.facts import TOPIC, TOPIC_LABEL, TOPIC_NAME
from bylines.views import RedirectPage


def keys(loom: Loom) -> Iterable[str]:
    """Every synonym, as it is in addresses."""
    return loom.store.column("SELECT spelling FROM topic_name ORDER BY spelling")


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """The synonyms that mean something else now, and those of topics that came, went or are spelled otherwise."""
    found = set(touched[TOPIC_NAME])
    for topic in touched[TOPIC_LABEL] | touched[TOPIC]:
        found.update(loom.store.column("SELECT spelling FROM topic_name WHERE topic = ?", (topic,)))
    return found


def draft(loom: Loom, spelling: str) -> Draft | None:
    """The page at a synonym; None where nobody writes on the topic."""
    row = loom.store.row(_LABEL, (spelling,))
    if row is None:
        return None
    own = topics.link(loom, row[0])
    return Draft(path=f"topics/{spelling}/index.html", view=RedirectPage(title=own.name, url=own.url))


def pairs(loom: Loom) -> list[tuple[str, str]]:
    """(old address, new address) of all synonyms, with slashes before and after."""
    return [(f"/topics/{spelling}/", f"/topics/{topic}/") for spelling, topic in loom.store.rows(_ALL)]


_LABEL = "SELECT topic FROM topic_name JOIN topic_label USING (topic) WHERE spelling = ?"
_ALL = "SELECT spelling, topic FROM topic_name JOIN topic_label USING (topic) ORDER BY spelling"
