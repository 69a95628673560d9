"""Finds odd settings with which a site can still be built, and writes a sentence about each for the keeper."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from pelican.settings import DEFAULT_CONFIG

from bylines.settings import capabilities
from bylines.settings.checks import beside, did_you_mean
from bylines.settings.declared import AUTHORS, LOGO
from bylines.settings.pelican import HONOURED, WITHOUT_DEFAULT

_NEAR = 0.85
"""The similarity (difflib's ratio) from which an unknown name counts as a misspelling of a known one."""
# Settings that a build does not use, but that other programs set.
_HARMLESS = frozenset(
    "PELICAN_CLASS LOCALE LOG_FILTER BIND PORT FEED_DOMAIN DEBUG LOGGING_LEVEL PYGMENTS_RST_OPTIONS".split()
)


def notes(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a sentence about each oddity in completed settings. Raises SettingsError if a capability cannot be imported."""
    found = tuple(map(capabilities.capability, capabilities.modules(settings)))
    own = {setting.name for setting in capabilities.declared_by(found)}
    unknown = sorted(name for name in settings if name.isupper() and name not in own | capabilities.OF_THE_BUILD)
    return (
        *_left_out([name for name in unknown if name.startswith("BYLINES_")], found),
        *_misspelt([name for name in unknown if not name.startswith("BYLINES_")], settings, own),
        *_missing_paths(settings),
        *_language(settings),
    )


def _left_out(names: Sequence[str], found: Sequence[capabilities.Capability]) -> Iterator[str]:
    """Yield notes about settings of capabilities that this site leaves out."""
    owners = dict(capabilities.left_out(found)) if names else {}
    for name in names:
        if name in owners:
            yield f"{name} does nothing here: it is a setting of {owners[name].name}, which BYLINES_FEATURES leaves out"


def _misspelt(names: Sequence[str], settings: Mapping[str, Any], own: Set[str]) -> Iterator[str]:
    """Yield notes about unknown names that are near a known one that is not set.

    Other unknown names are not odd: a company may set them for its own templates.
    """
    known = {*DEFAULT_CONFIG, *WITHOUT_DEFAULT, *own}
    for name in names:
        if name in known:
            continue
        near = difflib.get_close_matches(name, known, 1, _NEAR)
        if near and not _is_set(settings, near[0]):
            yield f"{name} is no setting that is known; did you mean {near[0]}?"


def _is_set(settings: Mapping[str, Any], name: str) -> bool:
    return bool(settings.get(name)) and settings[name] != DEFAULT_CONFIG.get(name)


def _missing_paths(settings: Mapping[str, Any]) -> Iterator[str]:
    """Yield notes about folders and files that settings name but that do not exist."""
    root = os.path.dirname(os.path.abspath(settings.get("BYLINES_SETTINGS_FILE") or "pelicanconf.py"))
    content = settings["PATH"]
    named = [(AUTHORS.name, root, settings.get(AUTHORS.name) or AUTHORS.default)]
    named += [("THEME_TEMPLATES_OVERRIDES", root, path) for path in settings.get("THEME_TEMPLATES_OVERRIDES") or ()]
    if settings.get("STATIC_PATHS") != DEFAULT_CONFIG["STATIC_PATHS"]:
        named += [("STATIC_PATHS", content, path) for path in settings.get("STATIC_PATHS") or ()]
    if settings.get(LOGO.name):
        named.append((LOGO.name, content, settings[LOGO.name]))
    for name, folder, path in named:
        place = os.path.abspath(os.path.join(folder, path))
        if not os.path.exists(place):
            yield f"{name} names {os.fspath(path)!r}, which is not there{did_you_mean(os.path.basename(place), beside(place))}"


def _language(settings: Mapping[str, Any]) -> Iterator[str]:
    import icu

    tag = settings["DEFAULT_LANG"]
    if not icu.Locale(tag.replace("-", "_")).getISO3Language() and not tag.startswith("x-"):
        yield f"DEFAULT_LANG is {tag!r}, a language that nothing is known of here; dates and orders are general ones"


def idle(settings: Mapping[str, Any]) -> list[str]:
    """Return the names of Pelican's settings that are not at their default and do nothing here."""
    honoured = {setting.name for setting in HONOURED} | _HARMLESS
    return sorted(
        name
        for name, default in DEFAULT_CONFIG.items()
        if name not in honoured and name in settings and settings[name] not in (default, None) and not _follows(name)
    )


def _follows(name: str) -> bool:
    """Return whether Pelican itself changes a setting when it completes the settings."""
    return name in ("PAGINATION_PATTERNS", "CSS_FILE", "ARTICLE_EXCLUDES", "PAGE_EXCLUDES")
