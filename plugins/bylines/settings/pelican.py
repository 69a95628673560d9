"""Lists the settings of Pelican that Bylines honours, with their types and their meaning here, and checks them."""

from __future__ import annotations

import os
import re
import urllib.parse
import zoneinfo
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bylines.engine.digest import digest_of
from bylines.languages import intended_language, tag_of
from bylines.problems import SettingsError
from bylines.settings.checks import did_you_mean


class Kind(NamedTuple):
    """The type of a setting: a test of a value, and the words for it."""

    fits: Callable[[Any], bool]
    said: str


class PelicanSetting(NamedTuple):
    """A setting of Pelican, with its type and its meaning here."""

    name: str
    kind: Kind
    meaning: str
    check: Callable[[Any], None] | None = None
    """Checks the value further, after Pelican has completed the settings. Raises SettingsError."""


def _is_list(value: Any) -> bool:
    return value is None or (isinstance(value, list | tuple) and not any(isinstance(item, bytes) for item in value))


def _is_list_of_texts(value: Any) -> bool:
    return value is None or (_is_list(value) and all(isinstance(item, str | os.PathLike) for item in value))


def _is_list_of_pairs(value: Any) -> bool:
    return value is None or (
        _is_list(value)
        and all(isinstance(pair, list | tuple) and len(pair) > 1 and isinstance(pair[0], str) for pair in value)
    )


_TEXT = Kind(lambda value: isinstance(value, str), "a text")
_PLACE = Kind(lambda value: isinstance(value, str | os.PathLike), "a path, as a text")
_SWITCH = Kind(lambda value: isinstance(value, bool | int), "True or False")
_LIST = Kind(_is_list, "a list")
_TEXTS = Kind(_is_list_of_texts, "a list of texts, such as ['images']")
_PAIRS = Kind(_is_list_of_pairs, "a list of names with addresses, such as [('About', '/about/')]")
_TABLE = Kind(lambda value: value is None or isinstance(value, Mapping), "a dictionary")


def _check_time_zone(name: str | None) -> None:
    """Check that the time zone exists."""
    try:
        zoneinfo.ZoneInfo(name or "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        known = zoneinfo.available_timezones()
        cities = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(known)}
        city = cities.get(str(name).rpartition("/")[2].replace(" ", "_").casefold())
        hint = f"; did you mean {city!r}?" if city else did_you_mean(str(name), known)
        raise SettingsError(f"TIMEZONE is {name!r}, which is no time zone, such as 'Europe/Lisbon'{hint}") from error


def _check_site_url(url: str) -> None:
    """Check that the site's address is complete, or empty."""
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


def _check_language(tag: str) -> None:
    """Check that the site's language is a tag (BCP 47) and not the name of a language."""
    if not _PRIVATE.fullmatch(tag) and tag_of(tag) is None:
        near = intended_language(tag)
        hint = f"; did you mean {near!r}?" if near else ""
        raise SettingsError(f"DEFAULT_LANG is {tag!r}; it is a language's tag, such as 'en' or 'pt-BR'{hint}")


_PRIVATE = re.compile(r"x(?:[-_][a-z0-9]{1,8})+", re.IGNORECASE)

HONOURED = (
    PelicanSetting("SITENAME", _TEXT, "the site's name: in the head, in titles, in feeds"),
    PelicanSetting("SITESUBTITLE", _TEXT, "a sentence below it on the home page"),
    PelicanSetting(
        "SITEURL",
        _TEXT,
        "where the site is published, such as 'https://blogs.example.org'; '' while you look at it here",
        _check_site_url,
    ),
    PelicanSetting("AUTHOR", _TEXT, "whom a theme of your own may name; Bylines takes nothing from it"),
    PelicanSetting(
        "TIMEZONE",
        _TEXT,
        "the zone of dates that name none, by its name in the IANA list: 'Europe/Lisbon'",
        _check_time_zone,
    ),
    PelicanSetting(
        "DEFAULT_LANG",
        _TEXT,
        "the language of the interface, and of posts that name none: 'en', 'pt-BR'",
        _check_language,
    ),
    PelicanSetting("PATH", _PLACE, "the folder of content, relative to the settings file"),
    PelicanSetting("OUTPUT_PATH", _PLACE, "the folder that the site is built into"),
    PelicanSetting("CACHE_PATH", _PLACE, "the folder of the store, which can be deleted at any time"),
    PelicanSetting("THEME", _PLACE, "the folder of templates, styles and scripts"),
    PelicanSetting("THEME_STATIC_DIR", _TEXT, "where the theme's files are published"),
    PelicanSetting("THEME_STATIC_PATHS", _TEXTS, "the folders of the theme that are published"),
    PelicanSetting(
        "THEME_TEMPLATES_OVERRIDES", _TEXTS, "folders whose templates and catalogues come before the theme's"
    ),
    PelicanSetting("STATIC_PATHS", _TEXTS, "folders of the content folder that are published as they are"),
    PelicanSetting("EXTRA_PATH_METADATA", _TABLE, "`path`: where a file of these folders is published instead"),
    PelicanSetting("IGNORE_FILES", _TEXTS, "patterns of names that are no sources"),
    PelicanSetting("RELATIVE_URLS", _SWITCH, "whether links are relative, so that the output can be opened as files"),
    PelicanSetting("DELETE_OUTPUT_DIRECTORY", _SWITCH, "whether files that no build wrote are deleted from the output"),
    PelicanSetting("OUTPUT_RETENTION", _TEXTS, "what stays there all the same"),
    PelicanSetting("MENUITEMS", _PAIRS, "links in the head: names with addresses"),
    PelicanSetting("LINKS", _PAIRS, "links at the foot"),
    PelicanSetting("SOCIAL", _PAIRS, "where else the company is, at the foot"),
    PelicanSetting("JINJA_ENVIRONMENT", _TABLE, "options for templates; `autoescape` is always on"),
    PelicanSetting("JINJA_FILTERS", _TABLE, "filters for templates: functions at a module's top level"),
    PelicanSetting("JINJA_GLOBALS", _TABLE, "names for templates"),
    PelicanSetting("JINJA_TESTS", _TABLE, "tests for templates"),
    PelicanSetting("PLUGINS", _LIST, "Pelican's plugins; 'bylines' is one of them"),
    PelicanSetting("PLUGIN_PATHS", _TEXTS, "folders in which they are looked for"),
    PelicanSetting("MARKDOWN", _TABLE, "options of Python-Markdown, with `BYLINES_MARKDOWN = 'pelican'`"),
    PelicanSetting("DOCUTILS_SETTINGS", _TABLE, "options of docutils, with the same"),
)
"""The settings that Bylines honours. Pelican's others do nothing here; docs/pelican.md says why."""

# Settings about how or where a build runs. No page depends on them.
NOT_ON_PAGES = frozenset(
    "PATH OUTPUT_PATH CACHE_PATH THEME PLUGINS PLUGIN_PATHS PYGMENTS_RST_OPTIONS BIND PORT DEBUG LOG_FILTER "
    "DELETE_OUTPUT_DIRECTORY OUTPUT_RETENTION LOAD_CONTENT_CACHE CACHE_CONTENT CHECK_MODIFIED_METHOD "
    "WRITE_SELECTED JINJA_ENVIRONMENT JINJA_FILTERS JINJA_GLOBALS JINJA_TESTS LOGGING_LEVEL "
    "THEME_TEMPLATES_OVERRIDES".split()
)
# Settings that every template sees, as Pelican's themes expect.
FOR_TEMPLATES = (
    "SITENAME SITESUBTITLE AUTHOR DEFAULT_LANG THEME_STATIC_DIR MENUITEMS LINKS SOCIAL "
    "LINKS_WIDGET_NAME SOCIAL_WIDGET_NAME DISPLAY_PAGES_ON_MENU GITHUB_URL TWITTER_USERNAME DISQUS_SITENAME "
    "GOOGLE_ANALYTICS"
).split()
# Settings of Pelican that have no default, and names that its themes use.
WITHOUT_DEFAULT = frozenset(
    "SITESUBTITLE AUTHOR TIMEZONE MENUITEMS LINKS SOCIAL LINKS_WIDGET_NAME SOCIAL_WIDGET_NAME GITHUB_URL "
    "TWITTER_USERNAME DISQUS_SITENAME GOOGLE_ANALYTICS FEED_DOMAIN FEED_ATOM FEED_RSS FEED_ALL_RSS CATEGORY_FEED_RSS "
    "TAG_FEED_ATOM TAG_FEED_RSS TRANSLATION_FEED_RSS DEFAULT_DATE STATIC_EXCLUDES LOGGING_LEVEL DEBUG".split()
)


def check_kinds(settings: Mapping[str, Any]) -> None:
    """Check the type of each of these settings. Raises SettingsError."""
    for setting in HONOURED:
        if setting.name in settings and not setting.kind.fits(settings[setting.name]):
            raise SettingsError(f"{setting.name} is {settings[setting.name]!r}; it is {setting.kind.said}")


def check(settings: Mapping[str, Any]) -> None:
    """Check settings that Pelican has completed. Raises SettingsError."""
    check_kinds(settings)
    for setting in HONOURED:
        if setting.check:
            setting.check(settings.get(setting.name))


def jinja_sources(settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the names of the site's own filters, tests, globals and options for templates, each with a digest or value.

    The digest is that of the file with the code, so that a change in it changes the settings' digest.
    """
    environment = settings.get("JINJA_ENVIRONMENT") or {}
    found = [(f"option {name}", repr(value)) for name, value in environment.items()]
    for part in ("FILTERS", "GLOBALS", "TESTS"):
        for name, value in (settings.get(f"JINJA_{part}") or {}).items():
            code = getattr(value, "__code__", None)
            try:
                with open(code.co_filename, "rb") as file:  # type: ignore[union-attr]
                    source = digest_of(file.read())
            except (AttributeError, OSError):
                source = getattr(value, "__qualname__", "") or repr(value)
            found.append((f"{part} {name}", source))
    return sorted(found)


def static_places(settings: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of EXTRA_PATH_METADATA: (path of a file, path in the output). Raises SettingsError."""
    extra = settings.get("EXTRA_PATH_METADATA") or {}
    found = {path.replace(os.sep, "/").strip("/"): meta["path"] for path, meta in extra.items() if "path" in meta}
    for path, place in found.items():
        if not isinstance(place, str) or any(part in ("", ".", "..") for part in place.strip("/").split("/")):
            raise SettingsError(
                f"EXTRA_PATH_METADATA puts {path} at {place!r}; give it a path in the output, such as 'x.txt'"
            )
    return tuple(sorted((path, place.strip("/")) for path, place in found.items()))


def has_own_jinja(settings: Mapping[str, Any]) -> bool:
    """Return whether the settings add filters, tests, globals or options to the templates."""
    environment = settings.get("JINJA_ENVIRONMENT") or {}
    plain = {"trim_blocks": True, "lstrip_blocks": True, "extensions": []}
    return environment != plain or any(settings.get(f"JINJA_{part}") for part in ("FILTERS", "GLOBALS", "TESTS"))
