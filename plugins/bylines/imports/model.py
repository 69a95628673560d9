"""The common model of an export, for all programs. Dates are strings in the form of front matter."""

from __future__ import annotations

from typing import Literal

import msgspec

Form = Literal["html", "md", "rst"]
Status = Literal["published", "draft", "hidden"]
POST, PAGE = "post", "page"


class Comment(msgspec.Struct, frozen=True, kw_only=True):
    """A comment; its text is HTML or plain. E-mail and IP addresses are never kept."""

    id: str
    author: str = ""
    url: str = ""
    date: str = ""
    parent: str = ""
    text: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One post or page."""

    key: str
    """Identifies the entry in every export of the blog: its id, its address or its file."""
    title: str
    body: str
    form: Form
    kind: str = POST
    status: Status = "published"
    date: str = ""
    modified: str = ""
    expires: str = ""
    """The date after which it is no longer published."""
    topics: tuple[str, ...] = ()
    summary: str = ""
    authors: tuple[str, ...] = ()
    """Their names in the old blog."""
    lang: str = ""
    slug: str = ""
    """The last part of its old address."""
    url: str = ""
    """Its old address: absolute, or a path from the root of the old site."""
    others: tuple[str, ...] = ()
    """Other old addresses that should redirect to it."""
    id: str = ""
    """Its id in the old blog's feed."""
    image: str = ""
    image_alt: str = ""
    folder: str = ""
    """The folder of the export that its relative links start from."""
    source: str = ""
    """Its file in the export; empty if one file holds several entries."""
    comments: tuple[Comment, ...] = ()
    losses: tuple[str, ...] = ()
    """Messages about content that the reader of the format could not keep."""


class OldBlog(msgspec.Struct, frozen=True, kw_only=True):
    """All posts and pages of an export."""

    program: str
    """The program that wrote it, for messages."""
    entries: tuple[Entry, ...]
    base: str = ""
    """The old site's address, without a trailing slash."""
    roots: tuple[str, ...] = ("",)
    """The folders in which a path from the old site's root is looked up. Each ends with a slash, or is empty."""
    losses: tuple[str, ...] = ()
    logins: tuple[tuple[str, str], ...] = ()
    """Pairs of (login, name) for its authors; the entries use the name."""
