"""Profiles as they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from bylines.engine.read.fields import Fields
from bylines.engine.read.kind import PROFILE as OWN_PROFILE
from bylines.engine.read.kind import Door, Kind
from bylines.engine.read.markers import (
    Addresses,
    Aliases,
    Day,
    Emails,
    Handles,
    Languages,
    Links,
    Markdown,
    PhotoBeside,
    Text,
)
from bylines.engine.read.messages import MISSING
from bylines.features.people import messages
from bylines.records import Record


class Profile(Record, tag="profile", frozen=True, kw_only=True):
    """`authors/<handle>.yaml`. `emails` is validated and then dropped: it is never kept or published."""

    handle: str
    name: Annotated[str, Text("as everybody sees it", required=MISSING, example="Ada Lovelace")]
    sort_name: Annotated[
        str | None,
        Text(
            "as you are filed: `Lovelace, Ada`. Without it the directory goes by [general rules](employee.md#who-you-are)"
        ),
    ] = None
    reading: Annotated[
        str | None,
        Text("how a name in another script is read, in its own order, for sorting: `Li Wenjing`, `さとう はるか`"),
    ] = None
    role: Annotated[str, Text("what you do; shown at the head of your blog", example="Analyst")] = ""
    team: Annotated[str, Text("whom you do it with; shown at the head of your blog", example="Engines")] = ""
    location: Annotated[str, Text("where you are; shown at the head of your blog", example="London")] = ""
    joined: Annotated[dt.date | None, Day("your first day")] = None
    left: Annotated[dt.date | None, Day("your last day; from then on you are marked as alumni")] = None
    languages: Annotated[tuple[str, ...], Languages("those in which you write")] = ()
    bio: Annotated[
        str,
        Markdown(
            "about you, in Markdown; shown at the head of your blog",
            example="I write about numbers that are *not* quantities.",
        ),
    ] = ""
    pronouns: Annotated[str, Text("shown at the head of your blog")] = ""
    photo: Annotated[str | None, PhotoBeside("the name of a file beside the profile, if it is not your handle")] = None
    """None: `<handle>.jpg` (png, webp, heic …) if there is one."""
    links: Annotated[
        tuple[tuple[str, str], ...], Links("where else you are", example="{Home page: 'https://ada.example/'}")
    ] = ()
    feeds: Annotated[tuple[str, ...], Addresses("your blogs elsewhere")] = ()
    follows: Annotated[tuple[str, ...], Handles("the handles whom you read")] = ()
    disclaimer: Annotated[
        str,
        Markdown(
            "what stands below each of your posts, in Markdown, in place of the site's: `These are my own views.`"
        ),
    ] = ""
    aliases: Annotated[
        tuple[str, ...],
        Aliases(
            "old addresses of your blog; what lay below leads on too, where the server does it",
            most=200,
        ),
    ] = ()
    """Old addresses of the blog: site paths that begin with `/`."""


def _is_filed(values: Mapping[str, Any], fields: Fields) -> bool:
    """Reports a name of which it is doubtful under which of its words it is filed; it is filed all the same."""
    name = values.get("name")
    if name and fields.node("sort_name") is None and fields.node("reading") is None:
        from bylines.personal_names import index_name

        filed = index_name(name, languages=values.get("languages", ()))
        if filed.other:
            fields.say(
                messages.FILED, fields.line("name"), family=filed.family, ours=filed.sorted_by, other=filed.other
            )
    return True


PROFILE = Kind(
    Profile,
    at="authors/{handle}.yaml",
    mistaken="authors/{handle}.yml",
    owner=OWN_PROFILE,
    ref="@{handle}",
    url="blogs/{handle}/",
    dropped={"emails": Emails("who may commit as you; never published")},
    check=_is_filed,
    closable=True,
    door=Door("profile", ("name", "role", "team", "location", "languages", "bio", "links")),
)
