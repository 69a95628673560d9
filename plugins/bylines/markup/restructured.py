"""Turns reStructuredText into HTML with docutils. A text that would take docutils too long, or makes it fail, is refused."""

from __future__ import annotations

import io
import re
from typing import Any

import msgspec

_LARGEST = 200_000
_LONGEST_PARAGRAPH = 20_000
"""Characters without an empty line: docutils searches the rest of a paragraph for the end of each mark."""
_MOST_MARKS = 1_000
_MARK = re.compile(r"^[ \t]*(?:\.\. |([^\w\s])\1{3,}[ \t]*$)", re.M)
"""A directive, or the underline of a title or a transition."""
_BETWEEN = re.compile(r"\n[ \t]*\n")
_SVG_OBJECT = re.compile(r'<object data="([^"]*)" type="image/svg\+xml"[^>]*>([^<]*)</object>')


def to_html(source: str, settings: str) -> str | None:
    """Return the HTML of a text; None if it is too much for docutils. `settings` are docutils' as JSON."""
    if _is_too_much(source):
        return None
    try:
        found = _publish(source, settings)
    except Exception:  # docutils raises many kinds of exceptions on substitutions and nesting
        _publish("", settings)  # this fails, too, if the settings are wrong
        return None
    return _SVG_OBJECT.sub(r'<img src="\1" alt="\2">', found)


def _is_too_much(source: str) -> bool:
    return (
        len(source) > _LARGEST
        or max(map(len, _BETWEEN.split(source))) > _LONGEST_PARAGRAPH
        or sum(1 for _ in _MARK.finditer(source)) > _MOST_MARKS
    )


def _publish(source: str, settings: str) -> str:
    import docutils.core
    from pelican.readers import PelicanHTMLWriter

    own: dict[str, Any] = msgspec.json.decode(settings)
    safe = {"file_insertion_enabled": False, "raw_enabled": False, "_disable_config": True}
    parameters = {
        "initial_header_level": "2",
        "syntax_highlight": "short",
        "input_encoding": "unicode",
        "language_code": "en",
        "halt_level": 5,
        "report_level": 5,
        "warning_stream": io.StringIO(),
        **own,
        **safe,
    }
    return str(docutils.core.publish_parts(source, writer=PelicanHTMLWriter(), settings_overrides=parameters)["body"])
