"""What a week is, as a record: everything that `report` says."""

from __future__ import annotations

import datetime as dt

import msgspec


class Person(msgspec.Struct, frozen=True, order=True):
    """Somebody with a blog, or a group."""

    name: str
    handle: str


class Dated(msgspec.Struct, frozen=True):
    """A post, and the day that counts of it."""

    path: str
    title: str
    day: dt.date
    blog: str


class Sized(msgspec.Struct, frozen=True):
    """Something that takes up room: a file by its path, or all files of a handle."""

    name: str
    bytes: int


class Faults(msgspec.Struct, frozen=True):
    """What is wrong in the files of one owner: a handle, or '' for the site's own files."""

    owner: str
    name: str
    count: int
    first: str
    """The first of the messages, with its place."""


class Twins(msgspec.Struct, frozen=True):
    """Two topics that are spelled nearly alike: the one with fewer posts, and the one into which it would go."""

    topic: str
    posts: int
    into: str
    into_posts: int


class Written(msgspec.Struct, frozen=True):
    """How much was written: posts, by how many, on how many blogs; and the posts of as many days before."""

    posts: int
    people: int
    blogs: int
    before: int


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of days of a site, from `since` to `until`; what is long is in the order of its weight."""

    site: str
    since: dt.date
    until: dt.date
    built: dt.datetime
    """When the build was from whose store this is."""
    written: Written
    new_people: tuple[Person, ...]
    """Whose first post is of these days."""
    new_profiles: tuple[Person, ...]
    """Whose profile was added in these days, by git."""
    quiet: tuple[Person, ...]
    """Who became quiet in these days."""
    quiet_in_all: int
    quiet_months: int
    left: tuple[Person, ...]
    """Whose last day was one of these."""
    deleted: tuple[str, ...]
    """Handles whose profile was deleted in these days, by git."""
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
