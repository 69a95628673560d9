"""The settings of Pelican's own that Bylines honours: what each has to be, and what it means here."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bylines.engine.digest import digest_of
from bylines.problems import SettingsError


class Kind(NamedTuple):
    """What a value has to be: a test of it, and how that is said."""

    fits: Callable[[Any], bool]
    said: str


class PelicanSetting(NamedTuple):
    """A setting of Pelican's: what it has to be, and what it means here."""

    name: str
    kind: Kind
    meaning: str


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

HONOURED = (
    PelicanSetting("SITENAME", _TEXT, "the site's name: in the head, in titles, in feeds"),
    PelicanSetting("SITESUBTITLE", _TEXT, "a sentence below it on the home page"),
    PelicanSetting(
        "SITEURL",
        _TEXT,
        "where the site is published, such as 'https://blogs.example.org'; '' while you look at it here",
    ),
    PelicanSetting("AUTHOR", _TEXT, "whom a theme of your own may name; Bylines takes nothing from it"),
    PelicanSetting(
        "TIMEZONE", _TEXT, "the zone of dates that name none, by its name in the IANA list: 'Europe/Lisbon'"
    ),
    PelicanSetting("DEFAULT_LANG", _TEXT, "the language of the interface, and of posts that name none: 'en', 'pt-BR'"),
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
"""Whatever else Pelican knows does nothing here; docs/pelican.md says why."""

# Settings that Pelican knows without a default, and names that its themes go by.
WITHOUT_DEFAULT = frozenset(
    "SITESUBTITLE AUTHOR TIMEZONE MENUITEMS LINKS SOCIAL LINKS_WIDGET_NAME SOCIAL_WIDGET_NAME GITHUB_URL "
    "TWITTER_USERNAME DISQUS_SITENAME GOOGLE_ANALYTICS FEED_DOMAIN FEED_ATOM FEED_RSS FEED_ALL_RSS CATEGORY_FEED_RSS "
    "TAG_FEED_ATOM TAG_FEED_RSS TRANSLATION_FEED_RSS DEFAULT_DATE STATIC_EXCLUDES LOGGING_LEVEL DEBUG".split()
)


def check_kinds(settings: Mapping[str, Any]) -> None:
    """Each of these settings is of its kind. Raises SettingsError."""
    for setting in HONOURED:
        if setting.name in settings and not setting.kind.fits(settings[setting.name]):
            raise SettingsError(f"{setting.name} is {settings[setting.name]!r}; it is {setting.kind.said}")


def jinja_sources(settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Filters and the like by name, with the bytes of the code that they stand in."""
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
