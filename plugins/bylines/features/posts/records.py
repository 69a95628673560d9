"""Posts as they are read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Any

from bylines.engine.read import names
from bylines.engine.read.added_keys import Keys
from bylines.engine.read.document import Document
from bylines.engine.read.fields import Fields
from bylines.engine.read.kind import FOLDER, Door, Kind
from bylines.engine.read.markers import FeedId, Handles, Moment, Reference, Words
from bylines.engine.read.messages import NO_DATE
from bylines.features.posts import messages

_RESERVED = re.compile(r"page|index(?:\..*)?|feed(?:\..*)?|photo\..*", re.I)


class Post(Document, tag="post", frozen=True, kw_only=True):
    """`content/blogs/<blog>/…/<slug>.md`. All datetimes are aware and keep the writer's offset."""

    date: Annotated[
        dt.datetime,
        Moment(
            "when it is published; the file's name can say it: `2026-11-12-winch.md`",
            required=NO_DATE,
            from_name=names.date_of,
            decides="dates",
            example="2026-11-12 07:40",
            also=(*"publishdate pubdate publish_date pub_date published_at publish_at published".split(),),
        ),
    ]
    topics: Annotated[
        tuple[str, ...],
        Words(
            "what it is about; case and spacing make no difference",
            most=50,
            keeps_in=True,
            also=("tag", "tags", "category", "categories", "keywords"),
            example="[boats, maintenance]",
        ),
    ] = ()
    """As written, white space folded."""
    authors: Annotated[
        tuple[str, ...],
        Handles("the handles of all who wrote it, in order; without it, you", most=50, signs=True, also=("author",)),
    ] = ()
    """Handles as given, empty where the key is missing."""
    id: Annotated[str | None, FeedId("for feeds; leave it as it is")] = None

    def begins(self) -> dt.datetime | None:
        """Return the later of its date and what else its header says."""
        return max(self.date, self.not_before) if self.not_before else self.date

    def moments(self) -> tuple[dt.datetime | None, ...]:
        """Return what only some posts have; the date and the end of each stand in the table of posts."""
        return (self.not_before,)


class Answer(Keys, of="post", frozen=True):
    """What makes a post an answer to another text."""

    in_reply_to: Annotated[str | None, Reference("the text that it answers: `handle/slug`", "post", link=True)] = None


def _is_not_reserved(values: Mapping[str, Any], fields: Fields) -> bool:
    if not _RESERVED.fullmatch(values["slug"]):
        return True
    fields.say(messages.RESERVED, fields.line("slug"), slug=values["slug"])
    return False


POST = Kind(
    Post,
    at="content/blogs/{blog}/**/{slug}.{md,rst}",
    but=("replies", "notes", "files"),
    owner=FOLDER,
    ref="{blog}/{slug}",
    check=_is_not_reserved,
    door=Door("post", ("title", "topics", "summary")),
)
