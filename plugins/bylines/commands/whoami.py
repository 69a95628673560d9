"""Tells who sits at the keyboard, by git's settings, the profiles and the folder."""

from __future__ import annotations

import os
from typing import NamedTuple

import yaml

from bylines.engine.paths import file_of
from bylines.engine.read.names import is_handle
from bylines.git import Git, GitError
from bylines.renaming.search import sources_naming, text_of
from bylines.settings import Site


class Person(NamedTuple):
    """What is known of a person; empty for what is not known."""

    name: str = ""
    email: str = ""
    handle: str = ""
    """The handle of the profile that has the e-mail address."""


def whoami(site: Site) -> Person:
    """Return what git knows of whoever commits here."""
    name, email = (_setting(site, key) for key in ("user.name", "user.email"))
    return Person(name, email, _handle_of(site, email) if email else "")


def _setting(site: Site, key: str) -> str:
    try:
        return Git(site.root).try_run("config", "--get", key).stdout.decode(errors="replace").strip()
    except GitError:  # there is none
        return ""


def _handle_of(site: Site, email: str) -> str:
    """Return the handle of the profile that names an e-mail address, or '' if none or several do."""
    names = [name for name in sources_naming(site, email) if name.startswith("authors/")]
    found = [name for name in names if email.casefold() in _emails(text_of(file_of(site, name)) or "")]
    return found[0].removeprefix("authors/").removesuffix(".yaml") if len(found) == 1 else ""


def _emails(profile: str) -> list[str]:
    try:
        read = yaml.safe_load(profile)
    except yaml.YAMLError:
        return []
    said = read.get("emails") if isinstance(read, dict) else None
    return [str(one).strip().casefold() for one in (said if isinstance(said, list) else str(said or "").split(","))]


def blog_here(site: Site) -> str:
    """Return the handle in whose folder of posts we are, or '' elsewhere."""
    below = os.path.relpath(os.getcwd(), file_of(site, "content/blogs")).replace(os.sep, "/")
    handle = below.partition("/")[0]
    return handle if is_handle(handle) else ""
