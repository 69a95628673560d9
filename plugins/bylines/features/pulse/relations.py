"""Decides whether a change affects a figure of the pulse."""

from __future__ import annotations

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.weave.changes import Changes
from bylines.engine.weave.listing import ROW
from bylines.features.blogs.facts import GROUP
from bylines.features.people.facts import EXISTENCE
from bylines.features.posts.facts import TEAM_SAID
from bylines.features.posts.records import Post
from bylines.features.pulse.facts import PULSE
from bylines.features.topics.facts import TOPIC_LABEL

INDEXES = """
CREATE INDEX pulse_post ON post (lang, date, state) WHERE state >= 2;
"""


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Invalidate PULSE if a figure up to yesterday may have changed since the last build.

    People, groups and topics affect no figure while all posts in their lists are of today.
    """
    if build.store.fresh:
        return
    cut = build.midnight(build.day)
    before = build.store.meta("now")
    if before is None or build.moment(int(before)).date() != build.day:
        dirty.add(PULSE, "day")
    if any(row.date < cut for row in dirty[ROW]) or _is_in_another_language(changes):
        dirty.add(PULSE, "posts")
    for handle in dirty[GROUP] | dirty[EXISTENCE] | dirty[TEAM_SAID]:
        if _wrote(build, f"blog:{handle}"):
            dirty.add(PULSE, handle)
    for topic in dirty[TOPIC_LABEL]:
        if _wrote(build, f"topic:{topic}"):
            dirty.add(PULSE, topic)


def _wrote(build: BuildContext, name: str) -> bool:
    """Return whether a list has a post from before today."""
    sql = "SELECT 1 FROM listing WHERE list = ? AND date < ? LIMIT 1"
    return build.store.row(sql, (name, build.midnight(build.day))) is not None


def _is_in_another_language(changes: Changes) -> bool:
    """Return whether the language of a post changed."""
    return any(
        isinstance(change.old, Post) and isinstance(change.new, Post) and change.old.lang != change.new.lang
        for change in changes.of(Post)
    )
