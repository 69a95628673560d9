"""What a setting has to be: each check raises SettingsError, which says what to set instead."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from bylines.names import POLICIES
from bylines.problems import SettingsError

EXECUTORS = ("processes", "serial", "dask")
FEED_FORMATS = ("atom", "rss", "json")
COPIES = ("gzip", "brotli")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")
_FIELD = re.compile(r"\{[^}]*\}?")


def check_kind(name: str, value: Any, default: Any) -> None:
    """A setting is of the kind of its default."""
    if isinstance(default, tuple):
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise SettingsError(f"{name} is {value!r}; it is a list of names, such as {list(default)[:2]!r}")
    elif type(value) is not type(default):
        raise SettingsError(f"{name} is {value!r}; it is a value like {default!r}")
    elif isinstance(default, int) and not isinstance(default, bool) and value < (0 if default == 0 else 1):
        raise SettingsError(f"{name} is {value!r}; it is a number above zero, such as {default or 2}")


def check_executor(own: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
    """The executor is one that there is, and has what it needs."""
    executor = own["BYLINES_EXECUTOR"]
    if executor not in EXECUTORS:
        raise SettingsError(f"BYLINES_EXECUTOR is {executor!r}; it is one of {', '.join(map(repr, EXECUTORS))}")
    if executor != "dask":
        return
    if not own["BYLINES_SCHEDULER"]:
        raise SettingsError(
            "BYLINES_EXECUTOR is 'dask'; set BYLINES_SCHEDULER to its scheduler, such as 'tcp://10.0.0.7:8786'"
        )
    if has_own_jinja(settings):
        raise SettingsError(
            "BYLINES_EXECUTOR is 'dask', but the settings bring code for templates (JINJA_FILTERS, JINJA_GLOBALS, "
            "JINJA_TESTS or JINJA_ENVIRONMENT), which a cluster does not have; use 'processes', or make it a capability"
        )


def check_search(own: Mapping[str, Any]) -> None:
    """What search needs is installed."""
    if own["BYLINES_SEARCH"]:
        from bylines.features.search.pagefind import must_be_there

        must_be_there()


def check_particles(own: Mapping[str, Any]) -> None:
    """The policy for particles is one that there is."""
    if own["BYLINES_PARTICLES"] not in POLICIES:
        choices = ", ".join(map(repr, POLICIES))
        raise SettingsError(f"BYLINES_PARTICLES is {own['BYLINES_PARTICLES']!r}; it is one of {choices}")


def address(own: Mapping[str, Any], name: str) -> str:
    """A setting that is an address with fields to fill."""
    value: str = own[name]
    fields = {"{path}", "{url}", "{title}"} if name == "BYLINES_REPLY_URL" else {"{path}"}
    unknown = sorted(set(_FIELD.findall(value)) - fields)
    if value and (unknown or not value.startswith(("https://", "http://", "mailto:"))):
        example = "https://git.example.org/blogs/blob/main/content/{path}"
        raise SettingsError(
            f"{name} is {value!r}; it is an address with {' or '.join(sorted(fields))}, such as '{example}'"
        )
    return value


def feed_formats(own: Mapping[str, Any]) -> tuple[str, ...]:
    """The formats of feeds."""
    wanted = own["BYLINES_FEED_FORMATS"]
    if "atom" not in wanted or not set(wanted) <= set(FEED_FORMATS):
        raise SettingsError(
            f"BYLINES_FEED_FORMATS is {wanted!r}; it is 'atom' and whichever you want of 'rss' and 'json'"
        )
    return tuple(form for form in FEED_FORMATS if form in wanted)


def some_of(own: Mapping[str, Any], name: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    """A setting that is any of some choices."""
    if not set(own[name]) <= set(choices):
        raise SettingsError(f"{name} is {own[name]!r}; it is whichever you want of {', '.join(map(repr, choices))}")
    return tuple(choice for choice in choices if choice in own[name])


def hosts(own: Mapping[str, Any]) -> tuple[str, ...]:
    """The hosts at which PeerTube runs."""
    found: tuple[str, ...] = tuple(own["BYLINES_VIDEO_HOSTS"])
    for host in found:
        if not _HOST.fullmatch(host):
            raise SettingsError(
                f"BYLINES_VIDEO_HOSTS has {host!r}; it is a list of hosts in lower case, such as 'video.example.org'"
            )
    return found


def static_places(settings: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Where EXTRA_PATH_METADATA puts files: (path, place) of each."""
    extra = settings.get("EXTRA_PATH_METADATA") or {}
    found = {path.replace(os.sep, "/").strip("/"): meta["path"] for path, meta in extra.items() if "path" in meta}
    for path, place in found.items():
        if not isinstance(place, str) or any(part in ("", ".", "..") for part in place.strip("/").split("/")):
            raise SettingsError(
                f"EXTRA_PATH_METADATA puts {path} at {place!r}; give it a path in the output, such as 'x.txt'"
            )
    return tuple(sorted((path, place.strip("/")) for path, place in found.items()))


def has_own_jinja(settings: Mapping[str, Any]) -> bool:
    """Whether the settings bring code for templates."""
    environment = settings.get("JINJA_ENVIRONMENT") or {}
    plain = {"trim_blocks": True, "lstrip_blocks": True, "extensions": []}
    return environment != plain or any(settings.get(f"JINJA_{part}") for part in ("FILTERS", "GLOBALS", "TESTS"))
