"""What an export holds, whichever program wrote it: frozen, typed, as it was there. Dates are texts that front matter takes."""

from __future__ import annotations

from typing import Literal

import msgspec

Form = Literal["html", "md", "rst"]
Status = Literal["published", "draft", "hidden"]
POST, PAGE = "post", "page"


class Comment(msgspec.Struct, frozen=True, kw_only=True):
    """A comment: who, when, and what as HTML or plain text. E-mail and network addresses are never kept."""

    id: str
    author: str = ""
    url: str = ""
    date: str = ""
    parent: str = ""
    text: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One post or page."""

    key: str
    """What it is in its export, for ever: an id of its own, its address or its file."""
    title: str
    body: str
    form: Form
    kind: str = POST
    status: Status = "published"
    date: str = ""
    modified: str = ""
    expires: str = ""
    """When it is no longer to be published."""
    topics: tuple[str, ...] = ()
    summary: str = ""
    authors: tuple[str, ...] = ()
    """As the old blog calls them."""
    lang: str = ""
    slug: str = ""
    """The end of its old address."""
    url: str = ""
    """Its old address: absolute, or from the root of the old site."""
    others: tuple[str, ...] = ()
    """Older addresses still."""
    id: str = ""
    """By which feed readers know it."""
    image: str = ""
    image_alt: str = ""
    folder: str = ""
    """Of the export, from which its relative links go."""
    source: str = ""
    """Its file in the export, where it has one of its own."""
    comments: tuple[Comment, ...] = ()
    losses: tuple[str, ...] = ()
    """What the format's reader could not bring over, for people."""


class OldBlog(msgspec.Struct, frozen=True, kw_only=True):
    """All of an export."""

    program: str
    """What wrote it, for people."""
    entries: tuple[Entry, ...]
    base: str = ""
    """The old site's address, without a closing slash."""
    roots: tuple[str, ...] = ("",)
    """The folders of the export in which a path from the root of the old site is looked for; each ends with a slash."""
    losses: tuple[str, ...] = ()
    logins: tuple[tuple[str, str], ...] = ()
    """Other names of its authors (logins), each with the name that entries have."""
