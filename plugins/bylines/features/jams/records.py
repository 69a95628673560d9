"""Jams as they are read, and the key by which a post is an idea of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from bylines.engine.read.added_keys import Keys
from bylines.engine.read.document import Document
from bylines.engine.read.fields import Fields
from bylines.engine.read.kind import EVERYBODY, Kind
from bylines.engine.read.markers import Handles, Moment, Named
from bylines.engine.read.messages import MISSING
from bylines.features.jams import messages


class Jam(Document, tag="jam", frozen=True, kw_only=True):
    """`content/jams/<slug>/jam.md`: a call for ideas that is open for a while."""

    opens: Annotated[dt.datetime, Moment("when it opens", required=MISSING, example="2026-11-16 08:00")]
    closes: Annotated[
        dt.datetime,
        Moment("until when it is open; a day is meant to its end", end=True, required=MISSING, example="2027-02-26"),
    ]
    """The first moment at which it is open no more."""
    hosts: Annotated[tuple[str, ...], Handles("the handles of those who run it", example="[ada, grace]")] = ()


class Idea(Keys, of="post", frozen=True):
    """What makes a post an idea."""

    jam: Annotated[str | None, Named("the jam to which it is an idea", "jam", follows=True)] = None


def _is_not_backwards(values: Mapping[str, Any], fields: Fields) -> bool:
    opens, closes = values.get("opens"), values.get("closes")
    if not opens or not closes or closes > opens:
        return True
    fields.say(messages.JAM_BACKWARDS, fields.line("closes"))
    return False


JAM = Kind(
    Jam,
    at="content/jams/{slug}/jam.md",
    owner=EVERYBODY,
    ref="jams/{slug}",
    url="jams/{slug}/",
    folder=True,
    without=("slug", "translation_of"),
    check=_is_not_backwards,
)
