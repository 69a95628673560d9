"""Defines `Site`, which holds all settings that a build needs, and makes it from Pelican's settings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from bylines.engine.digest import digest_of
from bylines.markup.options import MarkupOptions
from bylines.settings import capabilities, pelican
from bylines.settings.declared import AUTHORS, DRAFTS, MARKDOWN, MAX_BYTES, MAX_PICTURE, VIDEO_HOSTS
from bylines.settings.reading import ReadOptions
from bylines.settings.setting import Given, Setting

T = TypeVar("T")


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of a site: its folders, and all values on which pages depend.

    It is sent to workers, which create from it what cannot be sent (the template environment).
    """

    root: str
    """The folder of the settings file. Paths in messages are relative to it."""
    content: str
    authors: str
    theme: str
    output: str
    cache: str
    settings_file: str
    overrides: str = "{}"
    """The values that override the settings file, as JSON."""
    own_jinja: bool = False
    """Whether the settings add filters, tests, globals or options to the templates."""
    template_overrides: tuple[str, ...] = ()
    variables: str = "{}"
    """The settings that templates see, as JSON."""
    digest: str = ""
    """The digest of all settings on which pages depend."""
    build: str = ""
    """The name of the current build. A long-lived worker sees by a new name that the templates may have changed."""
    stage: str = ""
    """The folder in which the current build collects the files that it will publish."""
    name: str
    url: str
    lang: str
    relative_urls: bool = False
    features: tuple[str, ...]
    """The modules of the capabilities: those of BYLINES_FEATURES, with those that other settings add or remove."""
    values: dict[str, Any]
    """The values of our settings and of the capabilities', by name. `of` returns one."""
    ignore: tuple[str, ...] = ()
    static_paths: tuple[str, ...] = ()
    static_places: tuple[tuple[str, str], ...] = ()
    """Pairs of a path in the content folder and its path in the output, from EXTRA_PATH_METADATA."""
    theme_static: str = "theme"
    theme_static_paths: tuple[str, ...] = ("static",)
    delete_foreign: bool = False
    """DELETE_OUTPUT_DIRECTORY: whether to delete files from the output that no build wrote …"""
    retention: tuple[str, ...] = ()
    """… except those of OUTPUT_RETENTION."""
    read: ReadOptions

    def of(self, setting: Setting[T]) -> T:
        """Return the value of a setting; its default if the site leaves its capability out."""
        value: T = self.values.get(setting.name, setting.default)
        return value

    def __hash__(self) -> int:
        """Return a hash of the fields that identify a site and its build. The values themselves are not hashable."""
        return hash((self.digest, self.output, self.build))


def site_from(settings: Mapping[str, Any], overrides: Mapping[str, Any] | None = None) -> Site:
    """Return the `Site` for Pelican's settings. Raises SettingsError, which says what to set instead."""
    pelican.check(settings)
    features = capabilities.modules(settings)
    found = tuple(map(capabilities.capability, features))
    rows = capabilities.declared_by(found)
    capabilities.check_names(settings, found)
    given = Given(settings, found)
    values = {row.name: row.value(given) for row in rows}
    for each in found:
        each.check_installed()
    file = os.path.abspath(settings.get("BYLINES_SETTINGS_FILE") or "pelicanconf.py")
    root = os.path.dirname(file)
    content = os.path.abspath(settings["PATH"])
    authors = os.path.join(root, values[AUTHORS.name])
    url = settings["SITEURL"].rstrip("/")
    return Site(
        root=root,
        content=content,
        authors=authors,
        theme=theme_of(settings),
        output=os.path.abspath(settings["OUTPUT_PATH"]),
        cache=os.path.abspath(settings["CACHE_PATH"]),
        settings_file=file if os.path.exists(file) else "",
        overrides=_json(overrides or {}),
        own_jinja=pelican.has_own_jinja(settings),
        template_overrides=tuple(os.path.abspath(path) for path in settings.get("THEME_TEMPLATES_OVERRIDES") or ()),
        variables=_json(_variables(settings, rows, values, features)),
        digest=digest_of(
            _json({**_on_pages(settings, rows, values), "jinja": pelican.jinja_sources(settings)}).encode()
        ),
        name=settings["SITENAME"],
        url=url,
        lang=settings["DEFAULT_LANG"],
        relative_urls=bool(settings.get("RELATIVE_URLS")),
        features=features,
        values=values,
        ignore=tuple(settings.get("IGNORE_FILES") or ()),
        static_paths=tuple(path.strip("/") for path in settings.get("STATIC_PATHS") or ()),
        static_places=pelican.static_places(settings),
        theme_static=settings.get("THEME_STATIC_DIR", "theme").strip("/"),
        theme_static_paths=tuple(settings.get("THEME_STATIC_PATHS") or ()),
        delete_foreign=bool(settings.get("DELETE_OUTPUT_DIRECTORY")),
        retention=tuple(settings.get("OUTPUT_RETENTION") or ()),
        read=_read_options(settings, values, shown_path(content, root), shown_path(authors, root)),
    )


OWN_THEME = os.path.realpath(os.path.join(os.path.dirname(os.path.dirname(__file__)), "theme"))
"""The folder of the theme that comes with Bylines. In the repository, the package's `theme` is a link; this is its target."""


def theme_of(settings: Mapping[str, Any]) -> str:
    """Return the folder of the theme: THEME, or the theme that comes with Bylines if the settings name none."""
    from pelican.settings import DEFAULT_THEME

    theme: str = settings["THEME"]
    return OWN_THEME if theme == DEFAULT_THEME else os.path.abspath(theme)


def _read_options(settings: Mapping[str, Any], values: Mapping[str, Any], root: str, authors_root: str) -> ReadOptions:
    engine = values[MARKDOWN.name]
    return ReadOptions(
        timezone=settings.get("TIMEZONE") or "UTC",
        default_lang=settings["DEFAULT_LANG"],
        drafts=values[DRAFTS.name],
        max_bytes=values[MAX_BYTES.name],
        max_picture=values[MAX_PICTURE.name],
        root=root,
        authors_root=authors_root,
        markup=MarkupOptions(
            engine=engine,
            markdown=_json(settings.get("MARKDOWN") or {}) if engine == "pelican" else "{}",
            docutils=_json(settings.get("DOCUTILS_SETTINGS") or {}) if engine == "pelican" else "{}",
            video_hosts=values[VIDEO_HOSTS.name],
        ),
    )


def shown_path(path: str, root: str) -> str:
    """Return a path for messages: with slashes, and relative to `root` if it lies there."""
    relative = os.path.relpath(path, root)
    return (path if relative.startswith("..") else relative).replace(os.sep, "/")


def _on_pages(
    settings: Mapping[str, Any], rows: Iterable[Setting[Any]], values: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return the settings on which pages depend: Pelican's, ours, and a company's own for its templates."""
    aside = pelican.NOT_ON_PAGES | {row.name for row in rows if row.reaches == "run"}
    others = {name: value for name, value in settings.items() if name.isupper() and not name.startswith("BYLINES_")}
    return {name: value for name, value in {**others, **values}.items() if name not in aside}


def _variables(
    settings: Mapping[str, Any], rows: Iterable[Setting[Any]], values: Mapping[str, Any], features: Iterable[str]
) -> Mapping[str, Any]:
    """Return the settings that every template sees."""
    return {
        **{name: settings.get(name) for name in pelican.FOR_TEMPLATES},
        **{row.name.removeprefix("BYLINES_"): values[row.name] for row in rows if row.reaches == "templates"},
        "FEATURES": [name.rpartition(".")[2] for name in features],
        "site_url": settings["SITEURL"].rstrip("/"),
    }


def _json(value: Any) -> str:
    return msgspec.json.encode(value, order="deterministic", enc_hook=repr).decode()
