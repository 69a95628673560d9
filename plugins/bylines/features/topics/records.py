"""The topics file as it is read."""

from __future__ import annotations

from typing import Annotated

import msgspec

from bylines.engine.read.entries import Entries
from bylines.engine.read.kind import EVERYBODY, Kind
from bylines.engine.read.markers import Markdown, Text, Words
from bylines.engine.read.messages import MISSING
from bylines.records import Record

_LARGEST = 1_000_000


class TopicEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One topic of `content/topics.yaml`."""

    name: Annotated[str, Text("how the topic is written", required=MISSING, example="Tides")]
    synonyms: Annotated[tuple[str, ...], Words("other words for it", once=False, example="[tide, sea level]")] = ()
    parents: Annotated[tuple[str, ...], Words("topics of which it is a part", once=False)] = ()
    description: Annotated[
        str, Markdown("what it is, in Markdown", only_html=True, example="What the moon does to the *sea*.")
    ] = ""


class Topics(Record, tag="topics", frozen=True, kw_only=True):
    """`content/topics.yaml`."""

    entries: Annotated[tuple[TopicEntry, ...], Entries("the topics", TopicEntry, name="name", text="description")] = ()


TOPICS = Kind(Topics, at="content/topics.yaml", owner=EVERYBODY, largest=_LARGEST)
