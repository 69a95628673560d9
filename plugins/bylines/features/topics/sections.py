"""Contributes to the home page the topics on which many people write."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import Section
from bylines.engine.weave import listing
from bylines.engine.weave.listing import ROW
from bylines.features.home.settings import HOME_SIZE
from bylines.features.people.facts import BYLINE, EXISTENCE
from bylines.features.topics.facts import TOPIC_LABEL
from bylines.features.topics.relations import link
from bylines.features.topics.views import ActiveTopic, ActiveTopics

_LOOKED_AT, _SHOWN = 5, 10
"""How many posts are considered, as a multiple of those on the home page; and how many topics are shown."""


def _active(build: BuildContext, key: str) -> ActiveTopics | None:
    """Return the topics on which the most people wrote among the newest posts, without those of one person only."""
    rows = build.store.rows(_ACTIVE, ("site", build.site.of(HOME_SIZE) * _LOOKED_AT, _SHOWN))
    found = tuple(ActiveTopic(topic=link(build, topic), people=people) for topic, people in rows)
    return ActiveTopics(topics=found) if found else None


_ACTIVE = f"""
SELECT t.topic, count(DISTINCT a.handle) AS people FROM {listing.NEWEST}
CROSS JOIN post_topic t ON t.post = newest.post CROSS JOIN post_author a ON a.post = newest.post AND a.known
GROUP BY t.topic HAVING people > 1 ORDER BY people DESC, count(*) DESC, t.topic LIMIT ?
"""


def _affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    return ("index",) if dirty.any(ROW, TOPIC_LABEL, BYLINE, EXISTENCE) else ()


ACTIVE = Section(
    host="home",
    place="aside",
    name="topics",
    order=20,
    template="topics/home.html",
    view=ActiveTopics,
    inputs=_active,
    affected=_affected,
)
