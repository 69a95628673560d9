"""Uses Pelican as the frame: its settings, plugins, signals and command line. Our engine builds the pages."""

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
# We write our own feeds. While these settings have a value, Pelican warns about them.
_PELICANS_FEEDS = (
    "FEED_ALL_ATOM",
    "CATEGORY_FEED_ATOM",
    "AUTHOR_FEED_ATOM",
    "AUTHOR_FEED_RSS",
    "TRANSLATION_FEED_ATOM",
)


class Frame(Pelican):  # type: ignore[misc]
    """Pelican with our build in place of its generators and writer (the setting PELICAN_CLASS names it).

    Generators of other plugins (signal `get_generators`) run after the build, each with Pelican's context.
    """

    verify = False
    """Whether all sources and output pages are read, whatever their time stamps."""
    options: BuildOptions | None = None
    """The options of the build; by default it shows its progress, as our command does."""
    result: Result | None = None
    """The result of the last run."""

    def run(self) -> None:
        """Build the site; print the problems, and a line about what was built. Raises BuildError."""
        self.options = self.options or BuildOptions(display())
        result = self.build()
        for line in lines(result):
            print(line, file=sys.stderr)
        print(result.line())

    def build(self) -> Result:
        """Build the site, and send the signals that plugins expect. Raises BuildError."""
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
    """Check, when Pelican starts, that it uses our class: without it, Pelican would build a site of its own. Raises
    SettingsError.
    """
    if not isinstance(pelican, Frame):
        raise SettingsError(f"the settings lack PELICAN_CLASS = {_CLASS!r}, which goes with the plugin 'bylines'")


def load(settings_file: str, overrides: Mapping[str, Any] | None = None) -> tuple[Site, dict[str, Any]]:
    """Return the site that a settings file describes, and its settings as Pelican reads them; `overrides` replace some of them."""
    settings = _settings(settings_file, overrides or {})
    return site_from(settings, overrides), settings


def build(
    settings_file: str,
    overrides: Mapping[str, Any] | None = None,
    *,
    verify: bool = False,
    options: BuildOptions | None = None,
) -> Result:
    """Build a site through Pelican, with its settings, plugins and signals. Raises BuildError."""
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
