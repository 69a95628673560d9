"""The variables with which templates name a person."""

from __future__ import annotations

from bylines.engine.views import View


class Byline(View, frozen=True, kw_only=True):
    """A person, or a group, as every page names them."""

    handle: str
    name: str
    url: str
    role: str = ""
    team: str = ""
    photo: str | None = None
    """The photo's url."""
    initials: str = ""
    hue: int = 0
    """0, 15 … 345: the colour behind the initials (class `hue-…`), which depends only on the handle."""
    left: bool = False
    """Whether the person has left."""
    apart: str = ""
    """The team, place or handle, which tells the person apart from others of the same name; empty if there are none."""
