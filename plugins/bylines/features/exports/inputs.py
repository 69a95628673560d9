"""The inputs of the files for other programs. All addresses are absolute if the site has a SITEURL."""

from __future__ import annotations

import msgspec


class OpmlInputs(msgspec.Struct, frozen=True):
    """A list of blogs, each with its title and address."""

    title: str
    blogs: tuple[tuple[str, str], ...]


class IndexInputs(msgspec.Struct, frozen=True):
    """The index `blogs.json`: each letter with the address of its file."""

    name: str
    url: str
    letters: tuple[tuple[str, str], ...]


class BlogFacts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A blog as JSON: the facts that its own page shows about its owner. Unknown facts are left out."""

    handle: str
    name: str
    filed_as: str
    """The name as it is sorted: 'Lovelace, Ada'."""
    url: str
    feeds: dict[str, str]
    """The address of the feed in each format."""
    kind: str
    """'person' or 'group'."""
    role: str = ""
    team: str = ""
    location: str = ""
    pronouns: str = ""
    joined: str = ""
    """A day, as 2026-05-04."""
    left: str = ""
    languages: tuple[str, ...] = ()
    """BCP 47 tags."""
    photo: str = ""
    links: dict[str, str] = {}
    """The address for each name."""
    members: tuple[str, ...] = ()
    """The handles of a group's members."""


class LetterInputs(msgspec.Struct, frozen=True):
    """The blogs under a letter."""

    letter: str
    blogs: tuple[BlogFacts, ...]
