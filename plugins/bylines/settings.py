"""Every setting that Bylines adds to Pelican's, declared once; and `Site`, what a build needs to know of them all."""

from __future__ import annotations

import os
import types
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from bylines import settings_checks, settings_pelican, settings_table
from bylines.engine.digest import digest_of
from bylines.engine.read import ReadOptions
from bylines.markup import MarkupOptions
from bylines.personal_names import POLICIES, Policy
from bylines.problems import SettingsError
from bylines.settings_checks import COPIES, EXECUTORS, FEED_FORMATS

FEATURES = (
    "bylines.features.people",
    "bylines.features.topics",
    "bylines.features.blogs",
    "bylines.features.posts",
    "bylines.features.jams",
    "bylines.features.pages",
    "bylines.features.directory",
    "bylines.features.facets",
    "bylines.features.finder",
    "bylines.features.home",
    "bylines.features.feeds",
    "bylines.features.exports",
    "bylines.features.sitemap",
    "bylines.features.appearance",
    "bylines.features.covers",
    "bylines.features.files",
    "bylines.features.redirects",
    "bylines.features.pulse",
)
SEARCH = "bylines.features.search"
"""What BYLINES_SEARCH adds."""


class Setting(NamedTuple):
    """One setting: its default (whose type it must have), and what it means (with its unit)."""

    name: str
    default: Any
    meaning: str


_EXECUTORS = ", ".join(f"'{name}'" for name in EXECUTORS)
FEED_LISTS = ("site", "blogs", "topics", "teams", "jams", "languages")

SETTINGS = (
    Setting("BYLINES_AUTHORS", "authors", "the folder of profiles, relative to the settings file"),
    Setting("BYLINES_FEATURES", FEATURES, "the capabilities of the site, by module name; each adds sources and pages"),
    Setting("BYLINES_MARKDOWN", "bylines", "'bylines': GitHub-flavoured, fast; 'pelican': Pelican's own readers"),
    Setting("BYLINES_DRAFTS", False, "whether drafts and posts of the future are shown (`serve` does)"),
    Setting(
        "BYLINES_TAG", "tag:bylines.example,2026", "what feed ids begin with (RFC 4151): set it once, never change it"
    ),
    Setting(
        "BYLINES_ACCENT",
        "#8a3324",
        "the company's accent colour; light and dark follow from it, each with a contrast of at least 7",
    ),
    Setting("BYLINES_LOGO", "", "a picture to stand before the name in the head: a path in the content folder"),
    Setting(
        "BYLINES_SOURCE_URL",
        "",
        "where the git host shows a post's file: an address with {path}, its path in the content folder",
    ),
    Setting(
        "BYLINES_REPLY_URL",
        "",
        "where a reply to a post begins: an address with {path}, {url} (the post's) or {title}; also mailto:",
    ),
    Setting("BYLINES_DISCLAIMER", "", "what stands below each post (Markdown), unless the blog says its own"),
    Setting(
        "BYLINES_VIDEO_HOSTS",
        (),
        "hosts at which PeerTube runs, such as 'video.example.org': links to its videos get posters",
    ),
    Setting(
        "BYLINES_COVERS",
        True,
        "whether a picture is drawn of each post, with its title and byline, for places where people share it",
    ),
    Setting(
        "BYLINES_LANGUAGES",
        ("ar", "bg", "de", "en", "es", "fr", "ja", "ko", "pt", "ru", "zh"),
        "languages in which texts are written here, beside DEFAULT_LANG and those of people's profiles: `x.de.md` is the "
        "German of `x.md` only if one of these declares it",
    ),
    Setting("BYLINES_PAGE_SIZE", 20, "posts on a numbered page of a list"),
    Setting("BYLINES_FEED_SIZE", 20, "newest posts in a feed"),
    Setting(
        "BYLINES_FEED_FORMATS", FEED_FORMATS, "the formats of each feed: 'atom' always, and 'rss' and 'json' if wanted"
    ),
    Setting(
        "BYLINES_FEED_ARCHIVES",
        ("blogs",),
        f"whose older posts stand in archives that feeds lead to: of {', '.join(map(repr, FEED_LISTS))}",
    ),
    Setting("BYLINES_FEED_ARCHIVE_FORMATS", ("atom",), "the formats of these archives, of those of feeds"),
    Setting("BYLINES_HOME_SIZE", 20, "newest posts on the home page"),
    Setting("BYLINES_HOME_EACH", 2, "how many of them may be of one person"),
    Setting(
        "BYLINES_LETTERS_FROM",
        150,
        "entries from which an index is split into pages of letters, and the most on a page",
    ),
    Setting(
        "BYLINES_PARTICLES",
        "written",
        "where 'van' and 'de la' are filed: 'written': De Vries under D, de Vries under V; 'family': both under D; "
        "'given': both under V",
    ),
    Setting(
        "BYLINES_SEARCH",
        False,
        "whether readers can search all posts; `serve` leaves it out",
    ),
    Setting("BYLINES_MAX_BYTES", 1_000_000, "bytes of a text file above which it is left out"),
    Setting("BYLINES_MAX_PICTURE", 12_000_000, "bytes of a picture above which it is left out"),
    Setting(
        "BYLINES_PERSONAL",
        {},
        "personal data that a check looks for: what it is → a pattern (Python's `re`), as {'a phone number': r'\\+\\d[\\d ]{8,}'}",
    ),
    Setting(
        "BYLINES_PUBLISH_TO",
        "",
        "where `publish` brings the site: a folder, `user@host:/folder`, `s3://bucket/prefix` or `git:remote#branch`",
    ),
    Setting("BYLINES_PUBLISH_SSH", "ssh", "ssh with its options, for the second of these: 'ssh -i deploy_key'"),
    Setting(
        "BYLINES_PUBLISH_COPIES",
        (),
        "packed copies beside the files of a folder that is served: 'gzip' (`x.html.gz`), 'brotli' (`x.html.br`)",
    ),
    Setting(
        "BYLINES_PUBLISH_KEEP",
        ("CNAME", ".well-known"),
        "files and folders where the site is served that are not its own, and stay",
    ),
    Setting(
        "BYLINES_MOST_LOST",
        10,
        "per cent of all pages that may go at once; `publish` refuses more, unless it is told that it is meant",
    ),
    Setting("BYLINES_WORKERS", 0, "processes that read and render; 0: one for each processor, 1: none beside this one"),
    Setting("BYLINES_EXECUTOR", "processes", f"what reads and renders: {_EXECUTORS}; 'dask' is a cluster (cluster.md)"),
    Setting("BYLINES_SCHEDULER", "", "the address of the cluster's scheduler, such as 'tcp://10.0.0.7:8786'"),
    Setting("BYLINES_PARALLEL_FROM", 400, "files or pages from which workers are worth their start"),
    Setting("BYLINES_LOOK_AT", 20_000, "pages up to which each build looks whether `output` still holds them"),
)

_DEFAULTS: Mapping[str, Any] = types.MappingProxyType({setting.name: setting.default for setting in SETTINGS})

_OF_THE_BUILD = ("BYLINES_SETTINGS_FILE", "BYLINES_OVERRIDES")
# Pelican's settings that say how or where a build runs, not what is on a page.
_NOT_ON_PAGES = frozenset(
    "PATH OUTPUT_PATH CACHE_PATH THEME PLUGINS PLUGIN_PATHS PYGMENTS_RST_OPTIONS BIND PORT DEBUG LOG_FILTER "
    "DELETE_OUTPUT_DIRECTORY OUTPUT_RETENTION LOAD_CONTENT_CACHE CACHE_CONTENT CHECK_MODIFIED_METHOD "
    "WRITE_SELECTED JINJA_ENVIRONMENT JINJA_FILTERS JINJA_GLOBALS JINJA_TESTS LOGGING_LEVEL "
    "THEME_TEMPLATES_OVERRIDES BYLINES_AUTHORS BYLINES_WORKERS BYLINES_EXECUTOR BYLINES_SCHEDULER "
    "BYLINES_PARALLEL_FROM BYLINES_LOOK_AT BYLINES_PERSONAL BYLINES_PUBLISH_TO BYLINES_PUBLISH_SSH "
    "BYLINES_PUBLISH_COPIES BYLINES_PUBLISH_KEEP BYLINES_MOST_LOST".split()
)
# Those that every template sees, as Pelican's themes expect.
_FOR_TEMPLATES = (
    "SITENAME SITESUBTITLE AUTHOR DEFAULT_LANG THEME_STATIC_DIR MENUITEMS LINKS SOCIAL "
    "LINKS_WIDGET_NAME SOCIAL_WIDGET_NAME DISPLAY_PAGES_ON_MENU GITHUB_URL TWITTER_USERNAME DISQUS_SITENAME "
    "GOOGLE_ANALYTICS"
).split()
# Those that `Site` holds as they are.
_AS_THEY_ARE = (
    "DRAFTS PAGE_SIZE FEED_SIZE HOME_SIZE HOME_EACH LETTERS_FROM PARTICLES DISCLAIMER WORKERS EXECUTOR SCHEDULER "
    "PARALLEL_FROM LOOK_AT PUBLISH_SSH"
).split()
_COVERS = "bylines.features.covers"
_OWN_FOR_TEMPLATES = ("BYLINES_ACCENT", "BYLINES_LOGO")


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
    name: str = "A Bylines site"
    url: str = ""
    lang: str = "en"
    languages: tuple[str, ...] = ()
    relative_urls: bool = False
    drafts: bool = False
    features: tuple[str, ...] = FEATURES
    tag: str = "tag:bylines.example,2026"
    page_size: int = 20
    feed_size: int = 20
    feed_formats: tuple[str, ...] = FEED_FORMATS
    feed_archives: tuple[str, ...] = ()
    archive_formats: tuple[str, ...] = ()
    home_size: int = 20
    home_each: int = 2
    letters_from: int = 150
    particles: Policy = "written"
    source_url: str = ""
    reply_url: str = ""
    disclaimer: str = ""
    workers: int = 0
    executor: str = "processes"
    scheduler: str = ""
    publish_ssh: str = "ssh"
    parallel_from: int = 400
    look_at: int = 20_000
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


def site_from(settings: Mapping[str, Any], overrides: Mapping[str, Any] | None = None) -> Site:
    """The `Site` that Pelican's settings describe. Raises SettingsError with what to set instead."""
    settings_pelican.check_kinds(settings)
    own = own_settings(settings)
    variables = _variables(settings, own)
    file = os.path.abspath(settings.get("BYLINES_SETTINGS_FILE") or "pelicanconf.py")
    root = os.path.dirname(file)
    _check(settings, own)
    content = os.path.abspath(settings["PATH"])
    authors = os.path.join(root, own["BYLINES_AUTHORS"])
    return Site(
        root=root,
        content=content,
        authors=authors,
        theme=theme_of(settings),
        output=os.path.abspath(settings["OUTPUT_PATH"]),
        cache=os.path.abspath(settings["CACHE_PATH"]),
        settings_file=file if os.path.exists(file) else "",
        overrides=_json(overrides or {}),
        own_jinja=settings_checks.has_own_jinja(settings),
        template_overrides=tuple(os.path.abspath(path) for path in settings.get("THEME_TEMPLATES_OVERRIDES") or ()),
        variables=_json(variables),
        digest=digest_of(
            _json({**_on_pages(settings, own), "jinja": settings_pelican.jinja_sources(settings)}).encode()
        ),
        name=settings["SITENAME"],
        url=settings["SITEURL"].rstrip("/"),
        lang=settings["DEFAULT_LANG"],
        languages=settings_checks.languages(own),
        relative_urls=bool(settings.get("RELATIVE_URLS")),
        features=_features(own),
        tag=own["BYLINES_TAG"].rstrip(":"),
        source_url=settings_checks.address(own, "BYLINES_SOURCE_URL"),
        reply_url=settings_checks.address(own, "BYLINES_REPLY_URL"),
        feed_formats=settings_checks.feed_formats(own),
        feed_archives=settings_checks.some_of(own, "BYLINES_FEED_ARCHIVES", FEED_LISTS),
        archive_formats=settings_checks.some_of(own, "BYLINES_FEED_ARCHIVE_FORMATS", settings_checks.feed_formats(own)),
        ignore=tuple(settings.get("IGNORE_FILES") or ()),
        static_paths=tuple(path.strip("/") for path in settings.get("STATIC_PATHS") or ()),
        static_places=settings_checks.static_places(settings),
        theme_static=settings.get("THEME_STATIC_DIR", "theme").strip("/"),
        theme_static_paths=tuple(settings.get("THEME_STATIC_PATHS") or ()),
        delete_foreign=bool(settings.get("DELETE_OUTPUT_DIRECTORY")),
        retention=tuple(settings.get("OUTPUT_RETENTION") or ()),
        read=_read_options(settings, own, content, authors, root),
        **{name.lower(): own[f"BYLINES_{name}"] for name in _AS_THEY_ARE},
    )


def _check(settings: Mapping[str, Any], own: Mapping[str, Any]) -> None:
    settings_checks.check_executor(own, settings)
    settings_checks.check_search(own)
    settings_checks.check_choice("BYLINES_PARTICLES", own["BYLINES_PARTICLES"], POLICIES)
    settings_checks.check_choice("BYLINES_MARKDOWN", own["BYLINES_MARKDOWN"], ("bylines", "pelican"))
    settings_checks.some_of(own, "BYLINES_PUBLISH_COPIES", COPIES)
    settings_checks.check_features(own, (*FEATURES, SEARCH))
    settings_checks.check_time_zone(settings.get("TIMEZONE"))
    settings_checks.check_site_url(settings["SITEURL"])
    settings_checks.check_language(settings["DEFAULT_LANG"])


OWN_THEME = os.path.realpath(os.path.join(os.path.dirname(__file__), "theme"))
"""The theme that comes with Bylines: the package's own folder, or that of the repository (a link leads there)."""


def theme_of(settings: Mapping[str, Any]) -> str:
    """The folder of the theme: that of THEME; where the settings name none, the one that comes with Bylines."""
    from pelican.settings import DEFAULT_THEME

    theme: str = settings["THEME"]
    return OWN_THEME if theme == DEFAULT_THEME else os.path.abspath(theme)


def _read_options(
    settings: Mapping[str, Any], own: Mapping[str, Any], content: str, authors: str, root: str
) -> ReadOptions:
    engine = own["BYLINES_MARKDOWN"]
    return ReadOptions(
        timezone=settings.get("TIMEZONE") or "UTC",
        default_lang=settings["DEFAULT_LANG"],
        drafts=own["BYLINES_DRAFTS"],
        max_bytes=own["BYLINES_MAX_BYTES"],
        max_picture=own["BYLINES_MAX_PICTURE"],
        root=shown_path(content, root),
        authors_root=shown_path(authors, root),
        markup=MarkupOptions(
            engine=engine,
            markdown=_json(settings.get("MARKDOWN") or {}) if engine == "pelican" else "{}",
            docutils=_json(settings.get("DOCUTILS_SETTINGS") or {}) if engine == "pelican" else "{}",
            video_hosts=settings_checks.hosts(own),
        ),
    )


def shown_path(path: str, root: str) -> str:
    """A path as messages name it: relative to the project where it lies in it, with slashes."""
    relative = os.path.relpath(path, root)
    return (path if relative.startswith("..") else relative).replace(os.sep, "/")


def own_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    """All of our settings, those that are not set with their defaults. Raises SettingsError."""
    unknown = [name for name in settings if name.startswith("BYLINES_") and name not in _DEFAULTS]
    for name in unknown:
        if name not in _OF_THE_BUILD:
            near = settings_checks.did_you_mean(name, _DEFAULTS).replace("'", "")
            raise SettingsError(f"{name} is not a setting{near}")
    own = {name: settings.get(name, default) for name, default in _DEFAULTS.items()}
    for name, value in own.items():
        settings_checks.check_kind(name, value, _DEFAULTS[name])
    return own


def _on_pages(settings: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The settings from which pages follow; `own` are ours, defaults and all."""
    pelicans = {name: value for name, value in settings.items() if name.isupper() and not name.startswith("BYLINES_")}
    return {name: value for name, value in {**pelicans, **own}.items() if name not in _NOT_ON_PAGES}


def _variables(settings: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: settings.get(name) for name in _FOR_TEMPLATES}
    features = [name.rpartition(".")[2] for name in _features(own)]
    own_names = {name.removeprefix("BYLINES_"): own[name] for name in _OWN_FOR_TEMPLATES}
    return {
        **shown,
        **own_names,
        "FEATURES": features,
        "FEED_FORMATS": settings_checks.feed_formats(own),
        "site_url": settings["SITEURL"].rstrip("/"),
    }


def _features(own: Mapping[str, Any]) -> tuple[str, ...]:
    wanted = [name for name in own["BYLINES_FEATURES"] if own["BYLINES_COVERS"] or name != _COVERS]
    return (*wanted, *([SEARCH] if own["BYLINES_SEARCH"] else []))


def _json(value: Any) -> str:
    return msgspec.json.encode(value, order="deterministic", enc_hook=repr).decode()


def table() -> str:
    """docs/settings.md: every setting with its default and its meaning, ours and Pelican's."""
    return settings_table.table(SETTINGS)


if __name__ == "__main__":
    print(table(), end="")
