"""Which HTML elements a text may use, and what becomes of all others."""

from __future__ import annotations

OLD = {"strike": "s", "tt": "code", "center": "div", "font": "span", "big": "span"}
"""Elements of HTML as it was, and what they are today."""

KEPT = frozenset(
    "a abbr article aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby s samp section small span "
    "strong sub summary sup table tbody td tfoot th thead time tr ul var video audio source wbr u picture".split()
) | frozenset(OLD)
"""The elements that the policy lets pass."""

UNWRAPPED = frozenset(
    "acronym address applet blink body button canvas data datalist dialog dir fieldset footer form "
    "frameset head header hgroup html label legend main map marquee menu meter nav nobr noscript object optgroup option "
    "output progress search select slot template".split()
)
"""Elements whose tags go if they are closed. What stands in them stays."""

SAID = frozenset("button dialog form select canvas".split())
"""Those of them that somebody would miss."""

ALERTS = ("note", "tip", "important", "warning", "caution")
"""The kinds of alerts, as the engine and the git host know them."""

REMOVED = frozenset(("script", "style"))
"""Elements that are removed with what stands in them: it is no text to read."""

FRAMES = {"iframe": "src", "frame": "src", "embed": "src", "object": "data"}
"""Elements that load something into a page, and the attribute that names it."""

FOREIGN = frozenset(("svg", "math"))
"""Elements of other languages. Their tags go, with those of all that stands in them."""

BREAKS = frozenset("br hr wbr".split())
"""Void elements that mean something by themselves."""

VOID = frozenset(
    "img input source col area base basefont bgsound embed frame keygen link meta param spacer track".split()
)
"""Void elements that mean nothing without attributes."""

MAY_STAY_OPEN = frozenset("p li dt dd td th tr tbody thead tfoot caption colgroup rp rt".split())
"""Elements whose end may be left out (HTML, 13.1.2.4)."""

CELLS = frozenset(("td", "th"))
OF_TABLES = frozenset("tr tbody thead tfoot caption colgroup col td th".split())
"""Elements that a parser drops outside a table."""

WITHIN = {
    "li": ("ul", "ol", "menu", "dir"),
    "dt": ("dl",),
    "dd": ("dl",),
    "rp": ("ruby",),
    "rt": ("ruby",),
    "summary": ("details",),
    "source": ("video", "audio", "picture"),
    "option": ("select", "datalist"),
}
"""Elements that mean something only in one of these."""

LEAVES = frozenset("p h1 h2 h3 h4 h5 h6 td th li dt dd a em strong del".split())
"""Elements of an engine in which words stand, and no blocks."""
