"""What other pages show of people."""

from __future__ import annotations

from bylines.engine.views import View


class Byline(View, frozen=True, kw_only=True):
    """A person wherever they are named: the site's one ornament."""

    handle: str
    name: str
    url: str
    role: str = ""
    team: str = ""
    photo: str | None = None
    """The photo's url."""
    initials: str = ""
    hue: int = 0
    """0, 15 … 345, follows from the handle: the colour of the seal with the initials (class `hue-…`)."""
    left: bool = False
    """An alumna or alumnus."""
    apart: str = ""
    """What tells the person from others of the name: team, place or handle; empty if nobody else has it."""
