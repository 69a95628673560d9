"""Applies the policy: which HTML a contributor may write, after any engine. What passes can neither run nor load anything.

The finishing pass that follows filters classes and ids further, and adds our own markup.
"""

from __future__ import annotations

import functools
from typing import Any

import nh3

from bylines.control_characters import without_controls
from bylines.markup.elements import KEPT, REMOVED

_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "class", "lang", "dir", "title"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height", "align"},
    **{name: {"align"} for name in ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6")},
    "input": {"checked", "disabled"},
    "ol": {"start", "reversed", "type"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "del": {"datetime"},
    "ins": {"datetime"},
    "details": {"open"},
    "span": {"data-math-style"},
    "code": {"data-math-style"},
    "video": {"src", "width", "height"},
    "audio": {"src"},
    "source": {"src", "type", "srcset", "media"},
}
_SCHEMES = frozenset(("http", "https", "mailto", "tel"))


@functools.cache
def _cleaner() -> Any:
    return nh3.Cleaner(
        tags=set(KEPT),
        clean_content_tags=set(REMOVED),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=set(_SCHEMES),
        strip_comments=True,
        link_rel=None,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
    )


def clean(html: str) -> str:
    """Return HTML without anything that could run, load or send. It is normalised, with all attributes in double quotes."""
    cleaned: str = _cleaner().clean(html)
    # A character reference can bring back a control character. Replace it instead of removing it, since the text on both
    # sides could otherwise join into a scheme that the policy has not seen.
    return without_controls(cleaned, "\ufffd")
