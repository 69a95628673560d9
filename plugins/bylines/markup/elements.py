"""Lists the HTML elements that a text may use, and how all others are treated."""

from __future__ import annotations

OLD = {"strike": "s", "tt": "code", "center": "div", "font": "span", "big": "span"}
"""Obsolete elements, and their replacements."""

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
"""Elements whose tags are removed if they are closed. Their content stays."""

SAID = frozenset("button dialog form select canvas".split())
"""Those of them that a writer would miss, so that a message is due."""

ALERTS = ("note", "tip", "important", "warning", "caution")
"""The kinds of alerts, as the engine and the git host know them."""

REMOVED = frozenset(("script", "style"))
"""Elements that are removed with their content, which is not text for readers."""

FRAMES = {"iframe": "src", "frame": "src", "embed": "src", "object": "data"}
"""Elements that load something into a page, and the attribute that names it."""

FOREIGN = frozenset(("svg", "math"))
"""Elements of other languages. Their tags are removed, and so are all tags within them."""

BREAKS = frozenset("br hr wbr".split())
"""Void elements that mean something by themselves."""

VOID = frozenset(
    "img input source col area base basefont bgsound embed frame keygen link meta param spacer track".split()
)
"""Void elements that mean nothing without attributes."""

MAY_STAY_OPEN = frozenset("p li dt dd td th tr tbody thead tfoot caption colgroup rp rt".split())
"""Elements whose end tag may be omitted (HTML, 13.1.2.4)."""

CELLS = frozenset(("td", "th"))
OF_TABLES = frozenset("tr tbody thead tfoot caption colgroup col td th".split())
"""Elements whose tags a parser drops outside a table."""

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
"""Elements that have a meaning only within one of the listed parents."""

LEAVES = frozenset("p h1 h2 h3 h4 h5 h6 td th li dt dd a em strong del".split())
"""Elements in the output of an engine that contain words and no blocks."""
