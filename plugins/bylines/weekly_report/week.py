"""The records of the weekly report; `bylines report --json` writes them all."""

from __future__ import annotations

import datetime as dt

import msgspec


class Person(msgspec.Struct, frozen=True, order=True):
    """Somebody with a blog, or a group."""

    name: str
    handle: str


class Dated(msgspec.Struct, frozen=True):
    """A post with its date, or the one on which it expires."""

    path: str
    title: str
    day: dt.date
    blog: str


class Sized(msgspec.Struct, frozen=True):
    """The bytes of a file (`name` is its path), or of all files of a person (`name` is the handle)."""

    name: str
    bytes: int


class Faults(msgspec.Struct, frozen=True):
    """The problems in the files of one owner. `owner` is a handle; empty for the site's own files."""

    owner: str
    name: str
    count: int
    first: str
    """The first message, with file and line."""


class Twins(msgspec.Struct, frozen=True):
    """Two topics with nearly the same spelling: `topic`, with fewer posts, could be merged into `into`."""

    topic: str
    posts: int
    into: str
    into_posts: int


class Written(msgspec.Struct, frozen=True):
    """The numbers of posts, authors and blogs; `before` is the number of posts in the period before, of the same length."""

    posts: int
    people: int
    blogs: int
    before: int


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a site from `since` to `until`. Long lists begin with the most important items."""

    site: str
    since: dt.date
    until: dt.date
    built: dt.datetime
    """When the store was built."""
    written: Written
    new_people: tuple[Person, ...]
    """People whose first post is from these days."""
    new_profiles: tuple[Person, ...]
    """People whose profile was added in these days, according to git."""
    quiet: tuple[Person, ...]
    """People whose blog became quiet in these days."""
    quiet_in_all: int
    quiet_months: int
    left: tuple[Person, ...]
    """People whose last day was one of these."""
    deleted: tuple[str, ...]
    """Handles whose profile was deleted in these days, according to git."""
    faults: tuple[Faults, ...]
    broken_links: tuple[str, ...]
    output_bytes: int
    store_bytes: int
    largest_files: tuple[Sized, ...]
    largest_people: tuple[Sized, ...]
    twins: tuple[Twins, ...]
    old_drafts: tuple[Dated, ...]
    expiring: tuple[Dated, ...]
    coming: tuple[Dated, ...]
