"""What a setting has to be: each check raises SettingsError, which says what to set instead."""

from __future__ import annotations

import difflib
import importlib.util
import os
import re
import urllib.parse
import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bylines.languages import intended_language, tag_of
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
    check_choice("BYLINES_EXECUTOR", executor, EXECUTORS)
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


def check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    """A setting is one of some choices."""
    if value not in choices:
        raise SettingsError(
            f"{name} is {value!r}; it is one of {', '.join(map(repr, choices))}{did_you_mean(value, choices)}"
        )


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """The end of a message that names what is nearest to what was written; '' where nothing is near."""
    near = difflib.get_close_matches(written, list(known), 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def check_features(own: Mapping[str, Any], known: Sequence[str]) -> None:
    """Each capability is a module that there is."""
    for name in filter(lambda name: name not in known, own["BYLINES_FEATURES"]):
        try:
            there = importlib.util.find_spec(name) is not None
        except (ImportError, ValueError):
            there = False
        if not there:
            ends = {each.rpartition(".")[2]: each for each in known}
            near = difflib.get_close_matches(name.rpartition(".")[2], ends, 1)
            hint = (
                f"; did you mean {ends[near[0]]!r}?" if near else "; is it where Python looks (PYTHONPATH, sys.path)?"
            )
            raise SettingsError(f"BYLINES_FEATURES names {name!r}, which is not a module{hint}")


def check_time_zone(name: str | None) -> None:
    """The time zone is one that there is."""
    try:
        zoneinfo.ZoneInfo(name or "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        known = zoneinfo.available_timezones()
        cities = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(known)}
        city = cities.get(str(name).rpartition("/")[2].replace(" ", "_").casefold())
        hint = f"; did you mean {city!r}?" if city else did_you_mean(str(name), known)
        raise SettingsError(f"TIMEZONE is {name!r}, which is no time zone, such as 'Europe/Lisbon'{hint}") from error


def check_site_url(url: str) -> None:
    """The site's address is a whole one, or none."""
    try:
        parts = urllib.parse.urlsplit(url)
    except ValueError:
        parts = urllib.parse.urlsplit("")
    whole = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
    if url and (not whole or re.search(r"\s", url)):
        bare = re.sub(r"^\w*:?/+", "", re.sub(r"[?#].*", "", url.strip())) or "blogs.example.org"
        raise SettingsError(
            f"SITEURL is {url!r}; it is the whole address of the site, such as 'https://{bare.rstrip('/')}'"
        )


def check_language(tag: str) -> None:
    """The site's language is a tag (BCP 47), not a language's name."""
    if not _PRIVATE.fullmatch(tag) and tag_of(tag) is None:
        near = intended_language(tag)
        hint = f"; did you mean {near!r}?" if near else ""
        raise SettingsError(f"DEFAULT_LANG is {tag!r}; it is a language's tag, such as 'en' or 'pt-BR'{hint}")


_PRIVATE = re.compile(r"x(?:[-_][a-z0-9]{1,8})+", re.IGNORECASE)


def languages(own: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages in which texts are written."""
    found: tuple[str, ...] = tuple(own["BYLINES_LANGUAGES"])
    for tag in found:
        if tag_of(tag) is None:
            near = intended_language(tag)
            hint = f"; did you mean {near!r}?" if near else ""
            raise SettingsError(f"BYLINES_LANGUAGES has {tag!r}; it is a list of tags, such as 'en' or 'pt-BR'{hint}")
    return found


def check_folder(name: str, path: str | None, root: str) -> None:
    """A folder that a setting names is there."""
    if path is not None and not os.path.isdir(path):
        shown = path if os.path.relpath(path, root).startswith("..") else os.path.relpath(path, root)
        raise SettingsError(
            f"{name} is {shown!r}, where no folder is{did_you_mean(os.path.basename(path), beside(path))}"
        )


def beside(path: str) -> list[str]:
    """The folders that lie where a path would."""
    try:
        with os.scandir(os.path.dirname(path)) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir() and not entry.name.startswith("."))
    except OSError:
        return []


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
