"""`Site`: what a build needs to know of all settings, and of the folders that they name."""

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
    """What a build needs to know: folders, and everything of the settings that pages follow from.

    Travels to workers as it is; they build from it what cannot travel (the template environment).
    """

    root: str
    """The folder of the settings file; messages name paths relative to it."""
    content: str
    authors: str
    theme: str
    output: str
    cache: str
    settings_file: str
    overrides: str = "{}"
    """JSON of what was set on top of the file."""
    own_jinja: bool = False
    """Whether the settings bring filters, tests, globals or options for templates."""
    template_overrides: tuple[str, ...] = ()
    variables: str = "{}"
    """JSON of the settings that templates see."""
    digest: str = ""
    """Of all settings that pages follow from."""
    build: str = ""
    """The name of the build that is under way: a worker that lives on sees by it that there may be other templates."""
    stage: str = ""
    """Where that build lays down what it is going to publish."""
    name: str
    url: str
    lang: str
    relative_urls: bool = False
    features: tuple[str, ...]
    """The capabilities, by module name: what BYLINES_FEATURES says, and the settings that add one or take one away."""
    values: dict[str, Any]
    """The values of all settings of ours and of the capabilities, by name; `of` asks for one."""
    ignore: tuple[str, ...] = ()
    static_paths: tuple[str, ...] = ()
    static_places: tuple[tuple[str, str], ...] = ()
    """(path in the content folder, where it is published), from EXTRA_PATH_METADATA."""
    theme_static: str = "theme"
    theme_static_paths: tuple[str, ...] = ("static",)
    delete_foreign: bool = False
    """DELETE_OUTPUT_DIRECTORY: the output holds nothing but what the build wrote …"""
    retention: tuple[str, ...] = ()
    """… and OUTPUT_RETENTION."""
    read: ReadOptions

    def of(self, setting: Setting[T]) -> T:
        """Return the value of a setting; its default where the capability that declares it is left out."""
        value: T = self.values.get(setting.name, setting.default)
        return value

    def __hash__(self) -> int:
        """Return a hash of what tells sites and their builds apart. (The values can have no hash.)"""
        return hash((self.digest, self.output, self.build))


def site_from(settings: Mapping[str, Any], overrides: Mapping[str, Any] | None = None) -> Site:
    """Return the `Site` that Pelican's settings describe. Raises SettingsError with what to set instead."""
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
"""The theme that comes with Bylines: the package's own folder, or that of the repository (a link leads there)."""


def theme_of(settings: Mapping[str, Any]) -> str:
    """Return the folder of the theme: that of THEME, or the one that comes with Bylines if the settings name none."""
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
    """Return a path as messages name it: relative to the project if it lies in it, with slashes."""
    relative = os.path.relpath(path, root)
    return (path if relative.startswith("..") else relative).replace(os.sep, "/")


def _on_pages(
    settings: Mapping[str, Any], rows: Iterable[Setting[Any]], values: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return the settings on which pages depend: Pelican's, ours, and those that only the company's templates know."""
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
