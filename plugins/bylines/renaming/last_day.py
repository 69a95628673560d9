"""Plans the last day of a person who leaves."""

from __future__ import annotations

import datetime as dt

from bylines.engine.kinds import kinds_of
from bylines.engine.paths import file_of, shown
from bylines.engine.read.names import is_handle
from bylines.problems import BuildError
from bylines.renaming import edit_front_matter, search
from bylines.renaming.edit_front_matter import FormError, Header
from bylines.renaming.plan import Edit, Plan
from bylines.settings import Site


def plan_last_day(site: Site, handle: str, day: dt.date | None, today: dt.date) -> Plan:
    """Return the plan for a person who leaves. Without `day`, it is the profile's, or else today. Raises BuildError."""
    name = f"authors/{handle}.yaml"
    text = search.text_of(file_of(site, name)) if is_handle(handle) else None
    if text is None:
        raise BuildError(f"nobody is called {handle!r}: there is no {shown(site, name)}")
    last = getattr(kinds_of(site.features).read(name, text.encode(), site.read), "left", None)
    if last and day in (None, last):
        return Plan()
    try:
        made = edit_front_matter.with_key(text, Header(0, len(text), "yaml"), "left", str(day or today))
    except FormError as problem:
        raise BuildError(f"{shown(site, name)}: left cannot be added ({problem}); nothing was changed") from problem
    return Plan(edits=(Edit(name, text, made),))
