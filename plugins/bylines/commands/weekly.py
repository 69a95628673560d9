"""`report` sums up a week of the site, from the store of the last build."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from bylines.commands.build import OutputOptions, answered
from bylines.problems import BuildError, BusyError, SettingsError

if TYPE_CHECKING:
    from bylines.engine.context import BuildContext
    from bylines.settings import Site

_ASIDE = ".check"
"""Where to build if no store can be trusted. `check --all` builds there too, and the output stays as it is."""
_PUBLICATION = "publishconf.py"
_OLD_DAYS = 2
_FIRST, _MOST_MONTHS = dt.date(1970, 1, 1), 600


class Weekly(NamedTuple):
    """What to report, and how."""

    since: str = ""
    """The first day, as 2026-05-04; empty for a week ago."""
    months: int = 12
    """A blog without a post for this many months is quiet."""
    json: bool = False
    html: str = ""
    """A file to write the report to as HTML."""
    markdown: str = ""
    """A file to write the report to as Markdown."""


def report(settings: str = "pelicanconf.py", what: Weekly | None = None) -> int:
    """Report how the week was. Return 1 if that is impossible; faults in the content do not matter."""
    what = what or Weekly()
    return answered(OutputOptions(json=what.json), lambda: _report(settings, what))


def _report(settings: str, what: Weekly) -> int:
    import msgspec

    from bylines.weekly_report import render
    from bylines.weekly_report.collect import collect_week

    since = _day(what.since)
    if not 1 <= what.months <= _MOST_MONTHS:
        raise BuildError(f"--months is {what.months}; it is a number from 1 to {_MOST_MONTHS}")
    try:
        with _build(settings) as build:
            week = collect_week(build, since, what.months)
    except sqlite3.OperationalError as error:
        raise BusyError(f"the store cannot be read ({error}); is a build at work? Ask again when it is done") from error
    for file, form in ((what.html, render.as_html), (what.markdown, render.as_markdown)):
        if file:
            _write(file, form(week))
    if what.json:
        print(msgspec.json.format(msgspec.json.encode(week), indent=2).decode(), flush=True)
    elif not (what.html or what.markdown):
        print(render.as_text(week), flush=True)
    return 0


def _day(written: str) -> dt.date | None:
    from bylines.engine.build import now

    try:
        day = dt.date.fromisoformat(written) if written else None
    except ValueError as error:
        raise BuildError(f"--since is {written!r}; it is a day, such as 2026-05-04") from error
    if day and not _FIRST <= day <= dt.datetime.fromtimestamp(now(), dt.UTC).date() + dt.timedelta(days=1):
        raise BuildError(f"--since is {written}; it is a day that has been, such as 2026-05-04")
    return day


def _write(file: str, text: str) -> None:
    try:
        with open(file, "w", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as error:
        raise BuildError(f"{file} cannot be written ({error.strerror}); name another file") from error


@contextlib.contextmanager
def _build(settings: str) -> Iterator[BuildContext]:
    """The build context of a store that can be believed: of these settings, or of those for publication beside them."""
    from bylines.engine.build import now
    from bylines.engine.context import BuildContext
    from bylines.engine.paths import store_path
    from bylines.engine.store import Store, opened_to_read

    site = _site(settings)
    _check_needs(site)
    with contextlib.closing(opened_to_read(store_path(site))) as db:
        build = BuildContext(Store(store_path(site), db, "", fresh=False), site, now())
        _say_how_old(build)
        yield build


def _check_needs(site: Site) -> None:
    from bylines.engine import feature
    from bylines.weekly_report import NEEDS

    there = {found.name for found in feature.load(site.features)}
    if missing := [name for name in NEEDS if name not in there]:
        raise SettingsError(f"a report is made of {', '.join(missing)}, which BYLINES_FEATURES leaves out")


def _say_how_old(build: BuildContext) -> None:
    built = build.moment(int(build.store.meta("now") or 0))
    if build.moment(build.now) - built > dt.timedelta(days=_OLD_DAYS):
        print(f"note: the last build is of {built:%Y-%m-%d}; build, for what came since", file=sys.stderr)


def _site(settings: str) -> Site:
    from bylines import frame
    from bylines.engine.lock import holder
    from bylines.engine.paths import shown_folder

    beside = os.path.join(os.path.dirname(settings), _PUBLICATION)
    files = (
        [settings, beside] if os.path.isfile(beside) and os.path.basename(settings) == "pelicanconf.py" else [settings]
    )
    found = [frame.load(file)[0] for file in files]
    for site in found:
        if (who := holder(site.output)) is not None:
            raise BusyError(f"a build is at work in {shown_folder(site.output)}{who}; ask again when it is done")
    built = [site for site in found if _is_whole(site)]
    return max(built, key=_built_at) if built else _built_aside(settings)


def _is_whole(site: Site) -> bool:
    from bylines.engine import feature
    from bylines.engine.build import identity
    from bylines.engine.paths import store_path
    from bylines.engine.store import Fit, fit_of

    return fit_of(store_path(site), identity(site, feature.load(site.features))) is Fit.WHOLE


def _built_at(site: Site) -> float:
    from bylines.engine.paths import store_path

    return os.path.getmtime(store_path(site))


def _built_aside(settings: str) -> Site:
    from bylines import frame
    from bylines.commands.build import overrides
    from bylines.display import display
    from bylines.engine.result import BuildOptions

    print(f"note: no store can be believed, so the site is built in {_ASIDE}/ first", file=sys.stderr, flush=True)
    aside = overrides(settings, _ASIDE, preview=False)
    frame.build(settings, aside, options=BuildOptions(display()))
    return frame.load(settings, aside)[0]
