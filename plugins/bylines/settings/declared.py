"""Declares the settings that belong to no single capability. The others are declared in `features/<name>/settings.py`.

Only rows that choose the capabilities of a site name any: BYLINES_FEATURES, BYLINES_COVERS, BYLINES_SEARCH.
"""

from __future__ import annotations

from collections.abc import Mapping

from bylines.problems import SettingsError
from bylines.settings import checks
from bylines.settings.pelican import has_own_jinja
from bylines.settings.setting import BUILDS, FEEDS, LIMITS, LISTS, LOOK, PUBLICATION, SITE, Given, Setting, rows_of

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
"""The default capabilities."""
_SEARCH = "bylines.features.search"
_EXECUTORS = ("processes", "serial", "dask")


def _check_executor(name: str, value: str, given: Given) -> str:
    """Check that the executor exists, and that the settings that it needs are there."""
    checks.one_of(*_EXECUTORS)(name, value, given)
    if value != "dask":
        return value
    if not SCHEDULER.value(given):
        raise SettingsError(
            "BYLINES_EXECUTOR is 'dask'; set BYLINES_SCHEDULER to its scheduler, such as 'tcp://10.0.0.7:8786'"
        )
    if has_own_jinja(given.settings):
        raise SettingsError(
            "BYLINES_EXECUTOR is 'dask', but the settings bring code for templates (JINJA_FILTERS, JINJA_GLOBALS, "
            "JINJA_TESTS or JINJA_ENVIRONMENT), which a cluster does not have; use 'processes', or make it a capability"
        )
    return value


def _check_tag(name: str, value: str, given: Given) -> str:
    """Return the tag without colons at its end, since feed ids add one."""
    return value.rstrip(":")


AUTHORS = Setting(
    "BYLINES_AUTHORS", "authors", "the folder of profiles, relative to the settings file", SITE, reaches="run"
)
CAPABILITIES: Setting[tuple[str, ...]] = Setting(
    "BYLINES_FEATURES",
    FEATURES,
    "the capabilities of the site, by module name; each adds sources and pages",
    SITE,
    check=checks.modules(*FEATURES, _SEARCH, renamed={"bylines.features.look": "bylines.features.appearance"}),
)
MARKDOWN = Setting(
    "BYLINES_MARKDOWN",
    "bylines",
    "'bylines': GitHub-flavoured, fast; 'pelican': Pelican's own readers",
    SITE,
    check=checks.one_of("bylines", "pelican"),
)
DRAFTS = Setting("BYLINES_DRAFTS", False, "whether drafts and posts of the future are shown (`serve` does)", SITE)
LANGUAGES: Setting[tuple[str, ...]] = Setting(
    "BYLINES_LANGUAGES",
    ("ar", "bg", "de", "en", "es", "fr", "ja", "ko", "pt", "ru", "zh"),
    "languages in which texts are written here, beside DEFAULT_LANG and those of people's profiles: `x.de.md` is the "
    "German of `x.md` only if one of these declares it",
    SITE,
    check=checks.languages,
)
LOGO = Setting(
    "BYLINES_LOGO",
    "",
    "a picture to stand before the name in the head: a path in the content folder",
    LOOK,
    reaches="templates",
    order=20,
)
VIDEO_HOSTS: Setting[tuple[str, ...]] = Setting(
    "BYLINES_VIDEO_HOSTS",
    (),
    "hosts at which PeerTube runs, such as 'video.example.org': links to its videos get posters",
    LOOK,
    check=checks.hosts,
)
COVERS = Setting(
    "BYLINES_COVERS",
    True,
    "whether a picture is drawn of each post, with its title and byline, for places where people share it",
    LOOK,
    switches="bylines.features.covers",
)
TAG = Setting(
    "BYLINES_TAG",
    "tag:bylines.example,2026",
    "what feed ids begin with (RFC 4151): set it once, never change it",
    FEEDS,
    check=_check_tag,
)
PAGE_SIZE = Setting("BYLINES_PAGE_SIZE", 20, "posts on a numbered page of a list", LISTS, order=10)
LETTERS_FROM = Setting(
    "BYLINES_LETTERS_FROM",
    150,
    "entries from which an index is split into pages of letters, and the most on a page",
    LISTS,
)
SEARCH = Setting(
    "BYLINES_SEARCH",
    False,
    "whether readers can search all posts; `serve` leaves it out",
    LISTS,
    switches=_SEARCH,
)
MAX_BYTES = Setting("BYLINES_MAX_BYTES", 1_000_000, "bytes of a text file above which it is left out", LIMITS)
MAX_PICTURE = Setting("BYLINES_MAX_PICTURE", 12_000_000, "bytes of a picture above which it is left out", LIMITS)
PERSONAL: Setting[Mapping[str, str]] = Setting(
    "BYLINES_PERSONAL",
    {},
    "personal data that a check looks for: what it is → a pattern (Python's `re`), as {'a phone number': r'\\+\\d[\\d ]{8,}'}",
    LIMITS,
    reaches="run",
)
PUBLISH_TO = Setting(
    "BYLINES_PUBLISH_TO",
    "",
    "where `publish` brings the site: a folder, `user@host:/folder`, `s3://bucket/prefix` or `git:remote#branch`",
    PUBLICATION,
    reaches="run",
)
PUBLISH_SSH = Setting(
    "BYLINES_PUBLISH_SSH",
    "ssh",
    "ssh with its options, for the second of these: 'ssh -i deploy_key'",
    PUBLICATION,
    reaches="run",
)
PUBLISH_COPIES: Setting[tuple[str, ...]] = Setting(
    "BYLINES_PUBLISH_COPIES",
    (),
    "packed copies beside the files of a folder that is served: 'gzip' (`x.html.gz`), 'brotli' (`x.html.br`)",
    PUBLICATION,
    check=checks.some_of("gzip", "brotli"),
    reaches="run",
)
PUBLISH_KEEP: Setting[tuple[str, ...]] = Setting(
    "BYLINES_PUBLISH_KEEP",
    ("CNAME", ".well-known"),
    "files and folders where the site is served that are not its own, and stay",
    PUBLICATION,
    reaches="run",
)
MOST_LOST = Setting(
    "BYLINES_MOST_LOST",
    10,
    "per cent of all pages that may go at once; `publish` refuses more, unless it is told that it is meant",
    PUBLICATION,
    reaches="run",
)
WORKERS = Setting(
    "BYLINES_WORKERS",
    0,
    "processes that read and render; 0: one for each processor, 1: none beside this one",
    BUILDS,
    reaches="run",
)
EXECUTOR = Setting(
    "BYLINES_EXECUTOR",
    "processes",
    f"what reads and renders: {', '.join(map(repr, _EXECUTORS))}; 'dask' is a cluster (cluster.md)",
    BUILDS,
    check=_check_executor,
    reaches="run",
)
SCHEDULER = Setting(
    "BYLINES_SCHEDULER",
    "",
    "the address of the cluster's scheduler, such as 'tcp://10.0.0.7:8786'",
    BUILDS,
    reaches="run",
)
PARALLEL_FROM = Setting(
    "BYLINES_PARALLEL_FROM", 400, "files or pages from which workers are worth their start", BUILDS, reaches="run"
)
LOOK_AT = Setting(
    "BYLINES_LOOK_AT",
    20_000,
    "pages up to which each build looks whether `output` still holds them",
    BUILDS,
    reaches="run",
)

DECLARED = rows_of(globals())
