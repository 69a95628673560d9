"""Messages about posts, their dates and their authors."""

from __future__ import annotations

from bylines.problems import ERROR, Message

RESERVED = Message(
    "reserved",
    "{slug} is an address of the site itself",
    "choose another name",
    "Some addresses belong to the site. The file is left out.",
    ERROR,
)
FAR_AHEAD = Message(
    "far-ahead",
    "date is {date}, more than a year ahead",
    "mend 'date' unless you mean that day",
    "The post will be published by the first build after its date. A year that is mistyped keeps it back for ever.",
    ERROR,
    outcome="not published before that day",
    withholds=True,
)
NEVER_SHOWN = Message(
    "never-shown",
    "expires is {expires}, and date is {date}",
    "let 'expires' be later than 'date', or take it out",
    "The post would be gone before it is there, so it is never published.",
    ERROR,
)
UNKNOWN_AUTHOR = Message(
    "unknown-author",
    "the author {handle} has no profile",
    "mend the handle, or add the profile",
    "The post is published without this author.",
    outcome="published without this name",
)
NO_ORIGINAL = Message(
    "no-original",
    "there is no post {original} that this could translate",
    "mend translation_of: a post's slug, or handle/slug",
    "The post is published by itself.",
    outcome="published by itself",
)
