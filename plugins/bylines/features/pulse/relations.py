"""Whether a change reaches a figure of the pulse."""

from __future__ import annotations

from bylines.engine.changes import Changes
from bylines.engine.listing import ROW
from bylines.engine.loom import Loom, Touched
from bylines.features.blogs.facts import GROUP
from bylines.features.people.facts import EXISTENCE
from bylines.features.posts.facts import TEAM_SAID
from bylines.features.pulse.facts import PULSE
from bylines.features.topics.facts import TOPIC_LABEL
from bylines.records import Post

INDEXES = """
CREATE INDEX pulse_post ON post (lang, date, state) WHERE state >= 2;
"""


def weave(loom: Loom, changes: Changes, touched: Touched) -> None:
    """Touches PULSE where a figure up to yesterday may be another than in the last build.

    What a person or a group does to it is nothing while nothing of theirs is older than today.
    """
    if loom.store.fresh:
        return
    cut = loom.midnight(loom.day)
    before = loom.store.meta("now")
    if before is None or loom.moment(int(before)).date() != loom.day:
        touched.add(PULSE, "day")
    if any(row.date < cut for row in touched[ROW]) or _is_in_another_language(changes):
        touched.add(PULSE, "posts")
    for handle in touched[GROUP] | touched[EXISTENCE] | touched[TEAM_SAID]:
        if _wrote(loom, f"blog:{handle}"):
            touched.add(PULSE, handle)
    for topic in touched[TOPIC_LABEL]:
        if _wrote(loom, f"topic:{topic}"):
            touched.add(PULSE, topic)


def _wrote(loom: Loom, name: str) -> bool:
    """Whether a list has a post that is older than today."""
    sql = "SELECT 1 FROM listing WHERE list = ? AND date < ? LIMIT 1"
    return loom.store.row(sql, (name, loom.midnight(loom.day))) is not None


def _is_in_another_language(changes: Changes) -> bool:
    return any(
        isinstance(change.old, Post) and isinstance(change.new, Post) and change.old.lang != change.new.lang
        for change in changes.of(Post)
    )
