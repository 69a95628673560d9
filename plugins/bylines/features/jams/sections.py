"""The jams on other pages: open jams and those to come on the home page, and the jam of an idea on its post."""

from __future__ import annotations

from bylines.engine.context import BuildContext
from bylines.engine.contributions import Section
from bylines.features.jams.facts import IDEA, JAM
from bylines.features.jams.records import Idea
from bylines.features.jams.relations import ahead, is_idea, name_of
from bylines.features.jams.views import IdeaOf, JamLinks
from bylines.features.posts import cards

_MOST = 6
"""The largest number of jams on the home page: those that close or open next."""


def _ahead(build: BuildContext, key: str) -> JamLinks | None:
    jams = ahead(build)[:_MOST]
    return JamLinks(jams=jams) if jams else None


def _idea(build: BuildContext, post: str) -> IdeaOf | None:
    """Return the jam of a post; None if the post names none, or is too early or too late for it."""
    slug = Idea.of(cards.post(build, post)).jam
    jam = name_of(build, slug) if slug and is_idea(build, slug, post) else None
    return IdeaOf(jam=jam) if jam else None


OPEN_JAMS = Section(
    host="home",
    place="aside",
    name="jams",
    order=40,
    template="jams/home.html",
    view=JamLinks,
    inputs=_ahead,
    affected=lambda build, dirty: ("index",) if dirty[JAM] else (),
)
JAM_OF_POST = Section(
    host="post",
    place="head",
    name="idea",
    template="jams/idea.html",
    view=IdeaOf,
    inputs=_idea,
    affected=lambda build, dirty: dirty[IDEA],
)
