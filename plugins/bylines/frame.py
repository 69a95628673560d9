"""Pelican as the frame: its settings, plugins, signals and command line; the pages are made by our own five steps."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pelican import Pelican, signals

from bylines.build_report import lines
from bylines.display import display
from bylines.engine import build as engine
from bylines.engine.result import BuildOptions, Result
from bylines.problems import BuildError, SettingsError
from bylines.settings import Site, site_from
from bylines.settings.file import complete
from bylines.settings.notes import notes

_CLASS = "bylines.Frame"
# Pelican's own feeds are not made; while these are set it warns of them.
_PELICANS_FEEDS = (
    "FEED_ALL_ATOM",
    "CATEGORY_FEED_ATOM",
    "AUTHOR_FEED_ATOM",
    "AUTHOR_FEED_RSS",
    "TRANSLATION_FEED_ATOM",
)


class Frame(Pelican):  # type: ignore[misc]
    """Pelican's run, with our build in place of its generators and writer (the setting PELICAN_CLASS names it).

    Generators that other plugins bring (signal `get_generators`) run after the build, each with Pelican's context.
    """

    verify = False
    """Whether each source and each page of the output is read, whatever its time stamp says."""
    options: BuildOptions | None = None
    """How the build goes about it; by default with progress, as the command of ours."""
    result: Result | None = None
    """What the last run did."""

    def run(self) -> None:
        """Builds the site; prints the problems and one line about what was built. Raises BuildError."""
        self.options = self.options or BuildOptions(display())
        result = self.build()
        for line in lines(result):
            print(line, file=sys.stderr)
        print(result.line())

    def build(self) -> Result:
        """Builds the site and sends the signals that plugins expect. Raises BuildError."""
        site = site_from(self.settings, _overrides(self.settings))
        others = [cls for _, found in signals.get_generators.send(self) for cls in _each(found)]
        delta = self.options.delta if self.options else ""
        if delta and others:
            raise BuildError(
                f"a plugin brings a generator ({others[0].__name__}), whose files a delta does not know; build without --delta"
            )
        result = engine.build(site, verify=self.verify, options=self.options)
        self.result = result._replace(notes=(*notes(self.settings), *result.notes))
        _tell_written(self.result, self.settings, os.path.join(delta, "files") if delta else site.output)
        self._run_others(others)
        signals.finalized.send(self)
        return self.result

    def _run_others(self, classes: Sequence[Any]) -> None:
        if not classes:
            return
        context = {**self.settings, "generated_content": {}, "static_links": set(), "static_content": {}}
        context["localsiteurl"] = self.settings["SITEURL"]
        places = {"path": self.path, "theme": self.theme, "output_path": self.output_path}
        generators = [cls(context=context, settings=self.settings, **places) for cls in classes]
        for generator in generators:
            if hasattr(generator, "generate_context"):
                generator.generate_context()
        signals.all_generators_finalized.send(generators)
        writer = self._get_writer()
        for generator in generators:
            if hasattr(generator, "generate_output"):
                generator.generate_output(writer)


def _each(found: Any) -> Iterable[Any]:
    return found if isinstance(found, Iterable) else () if found is None else (found,)


def _tell_written(result: Result, settings: Mapping[str, Any], folder: str) -> None:
    if signals.content_written.receivers:
        for path in result.changed:
            signals.content_written.send(os.path.join(folder, path), context=dict(settings))


def _overrides(settings: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = settings.get("BYLINES_OVERRIDES") or {}
    return found


def check_frame(pelican: Pelican) -> None:
    """The plugin's part at Pelican's start: without our class Pelican would build a site of its own. Raises SettingsError."""
    if not isinstance(pelican, Frame):
        raise SettingsError(f"the settings lack PELICAN_CLASS = {_CLASS!r}, which goes with the plugin 'bylines'")


def load(settings_file: str, overrides: Mapping[str, Any] | None = None) -> tuple[Site, dict[str, Any]]:
    """The settings of a file, with others put over them, as Pelican reads them; and the site that they describe.

    Raises SettingsError.
    """
    settings = _settings(settings_file, overrides or {})
    return site_from(settings, overrides), settings


def build(
    settings_file: str,
    overrides: Mapping[str, Any] | None = None,
    *,
    verify: bool = False,
    options: BuildOptions | None = None,
) -> Result:
    """A whole build through Pelican: settings, plugins, signals and pages. Raises BuildError."""
    settings = _settings(settings_file, overrides or {})
    frame = Frame(settings)
    frame.verify = verify
    frame.options = options
    return frame.build()


def _settings(settings_file: str, overrides: Mapping[str, Any]) -> dict[str, Any]:
    own = {**dict.fromkeys(_PELICANS_FEEDS), **overrides, "BYLINES_OVERRIDES": dict(overrides)}
    settings = complete(settings_file, own)
    settings["BYLINES_SETTINGS_FILE"] = os.path.abspath(settings_file)
    return settings
