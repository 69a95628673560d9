"""Examines the settings files: whether they load, and what in them is doubtful, missing or without effect."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import logging
import os
import shutil
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bylines.doctor.finding import Finding, note, ok, problem
from bylines.problems import BuildError

if TYPE_CHECKING:
    from bylines.settings import Site

_AREA = "settings"
_PUBLICATION = "publishconf.py"
_MOST = 5
_PROGRAMS = {"ssh": ("ssh", "rsync"), "git": ("git",)}
"""The programs that each kind of publishing needs."""


class _Heard(logging.Handler):
    """Collects Pelican's warnings."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Adds a warning."""
        self.said.append(record.getMessage())


def findings(file: str, sites: list[Site]) -> Iterator[Finding]:
    """Yields the findings on a settings file. Adds its site to `sites` if it loads."""
    from bylines import frame
    from bylines.engine import feature
    from bylines.settings.notes import idle, notes

    heard = _Heard()
    with _heard_by(heard), contextlib.redirect_stdout(io.StringIO()):
        try:
            site, settings = frame.load(file)
            feature.load(site.features)
        except BuildError as error:
            yield problem(_AREA, _named(file, str(error)), "what follows from these settings was not looked at")
            return
    sites.append(site)
    yield ok(
        _AREA, f"{file} loads: {settings['SITENAME']}, {settings.get('TIMEZONE') or 'UTC'}, {settings['DEFAULT_LANG']}"
    )
    yield from (note(_AREA, f"{file}: {said}") for said in (*notes(settings), *heard.said))
    yield from _about_plugins(file, settings)
    yield from _about_feeds(file, settings)
    if os.path.basename(file) == _PUBLICATION:
        yield from _about_address(file, settings["SITEURL"])
        yield from _about_place(file, settings.get("BYLINES_PUBLISH_TO") or "")
    if found := idle(settings):
        more = " …" * (len(found) > _MOST)
        yield note(
            _AREA, f"{file} sets {', '.join(found[:_MOST])}{more}, which does nothing here", "pelican.md says why"
        )


@contextlib.contextmanager
def _heard_by(handler: logging.Handler) -> Iterator[None]:
    """Sends Pelican's log messages to a handler only."""
    logger = logging.getLogger("pelican")
    before, goes_on = list(logger.handlers), logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield
    finally:
        logger.handlers, logger.propagate = before, goes_on


def _named(file: str, message: str) -> str:
    return message if file in message else f"{file}: {message}"


def _about_plugins(file: str, settings: Mapping[str, Any]) -> Iterator[Finding]:
    """Yields a problem for each plugin that Pelican cannot find. Pelican would skip it silently."""
    folders = settings.get("PLUGIN_PATHS") or ()
    for name in settings.get("PLUGINS") or ():
        if not isinstance(name, str) or _lies_in(folders, name):
            continue
        if not any(_is_module(place) for place in (name, f"pelican.plugins.{name}")):
            said = f"{file}: PLUGINS names {name!r}, which is not there: builds go on without it"
            yield problem(_AREA, said, "install it, or take it out")


def _lies_in(folders: Sequence[str], name: str) -> bool:
    first = name.partition(".")[0]
    return any(os.path.exists(os.path.join(folder, file)) for folder in folders for file in (first, f"{first}.py"))


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _about_feeds(file: str, settings: Mapping[str, Any]) -> Iterator[Finding]:
    from bylines.settings.declared import TAG

    if settings.get(TAG.name, TAG.default) == TAG.default:
        mend = "set it once, such as 'tag:blogs.corp.example,2026', and never change it"
        yield note(_AREA, f"{file}: BYLINES_TAG is not set, so feed ids begin as those of any other site", mend)


def _about_place(file: str, address: str) -> Iterator[Finding]:
    """Checks the place to publish to, as far as this is possible without connecting to it."""
    from bylines.publishing.targets import parse_address

    if not address:
        yield note(_AREA, f"{file}: BYLINES_PUBLISH_TO is not set", "`publish` has to be told where")
        return
    try:
        kind = parse_address(str(address)).kind
    except BuildError as error:
        yield problem(_AREA, f"{file}: BYLINES_PUBLISH_TO: {error}", "publish.md has them all")
        return
    lost = [program for program in _PROGRAMS.get(kind, ()) if not shutil.which(program)]
    if kind == "s3" and not _is_module("boto3"):
        lost.append("boto3")
    for name in lost:
        yield problem(_AREA, f"{file}: BYLINES_PUBLISH_TO is {address}, and there is no {name} here", "install it")


def _about_address(file: str, url: str) -> Iterator[Finding]:
    host = urllib.parse.urlsplit(url).hostname or ""
    if not url:
        yield problem(_AREA, f"{file}: SITEURL is empty", "set the address at which the site is published")
    elif host.endswith((".example", ".invalid", ".test")):
        yield note(
            _AREA, f"{file}: SITEURL is {url}, an address that cannot be", "set the one at which the site is published"
        )
    elif url.startswith("http://") and host not in ("localhost", "127.0.0.1"):
        yield note(_AREA, f"{file}: SITEURL is {url}", "serve it by https")
