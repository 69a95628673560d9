"""What goes into the files for other programs. All addresses are absolute where the site has a SITEURL."""

from __future__ import annotations

import msgspec


class OpmlInputs(msgspec.Struct, frozen=True):
    """A list of blogs: (title, address) of each."""

    title: str
    blogs: tuple[tuple[str, str], ...]


class IndexInputs(msgspec.Struct, frozen=True):
    """blogs.json: (letter, address of its file) of each."""

    name: str
    url: str
    letters: tuple[tuple[str, str], ...]


class BlogFacts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A blog as JSON: what its own page shows of its owner; what is not known is left out."""

    handle: str
    name: str
    filed_as: str
    """'Lovelace, Ada'."""
    url: str
    feeds: dict[str, str]
    """format → address."""
    kind: str
    """person or group."""
    role: str = ""
    team: str = ""
    location: str = ""
    pronouns: str = ""
    joined: str = ""
    """A day as 2026-05-04."""
    left: str = ""
    languages: tuple[str, ...] = ()
    """BCP 47 tags."""
    photo: str = ""
    links: dict[str, str] = {}
    """name → address."""
    members: tuple[str, ...] = ()
    """A group's, by their handles."""


class LetterInputs(msgspec.Struct, frozen=True):
    """The blogs under a letter."""

    letter: str
    blogs: tuple[BlogFacts, ...]
