"""Group blogs as they are read."""

from __future__ import annotations

from typing import Annotated

from bylines.engine.read.kind import FOLDER, Kind
from bylines.engine.read.markers import Aliases, Handles, Markdown, Text
from bylines.engine.read.messages import MISSING
from bylines.records import Record


class Group(Record, tag="group", frozen=True, kw_only=True):
    """`content/blogs/<handle>/blog.yaml`: a group blog."""

    handle: str
    title: Annotated[str, Text("what the blog is called", required=MISSING, example="Engine room")]
    description: Annotated[
        str, Markdown("what it is about, in Markdown", example="What the engines say, by those who listen.")
    ] = ""
    members: Annotated[tuple[str, ...], Handles("the handles of those who write in it", example="[ada, grace]")] = ()
    disclaimer: Annotated[str, Markdown("what stands below each of its posts, in Markdown")] = ""
    aliases: Annotated[tuple[str, ...], Aliases("old addresses of the blog", most=200)] = ()
    """Site paths that begin with `/`."""


GROUP = Kind(
    Group,
    at="content/blogs/{handle}/blog.yaml",
    owner=FOLDER,
    ref="@{handle}",
    url="blogs/{handle}/",
    closable=True,
)
