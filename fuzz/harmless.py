"""Checks user-written HTML with html5lib, which parses as browsers do. Independent of the code of the site's policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# Repeated here, so that a mistake in the policy is noticed.
_ELEMENTS = frozenset(
    "a abbr article aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub "
    "summary sup table tbody td tfoot th thead time tr u ul var video audio source wbr".split()
)
_MATHS = frozenset(
    "math semantics mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom msub msup msubsup munder "
    "mover munderover mmultiscripts mprescripts none mtable mtr mtd menclose".split()
)
_ATTRIBUTES = frozenset(
    "id class lang dir title href src alt width height loading decoding srcset sizes checked disabled type start reversed "
    "colspan rowspan scope span datetime open controls preload poster tabindex role aria-label aria-hidden data-lang "
    "data-frame data-place data-referrer".split()
)
_ADDRESSES = frozenset("href src srcset poster data-frame".split())
_LOADS = frozenset("src srcset poster".split())
# Characters that browsers remove before they look for a scheme: C0 controls and white space (URL Standard, 4.4).
_LEFT_OUT = re.compile(r"[\x00-\x20]|[\t\n\r]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I | re.A)
_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_HTML = "{http://www.w3.org/1999/xhtml}"


def faults_in_text(html: str, own: str = "") -> list[str]:
    """The faults in a piece of user-written HTML: everything that could run code, load, send data or imitate the site.

    `own` is the site's own address, from which it may load.
    """
    return [fault for element in list(parsed(html).iter())[1:] for fault in faults_of(element, own)]


def parsed(html: str) -> Any:
    """Parses a piece of HTML."""
    import html5lib

    return html5lib.parseFragment(html)


def faults_of(element: Any, own: str = "") -> Iterator[str]:
    """Yields the faults of one element in user-written HTML."""
    if not isinstance(element.tag, str):
        yield "a comment"
        return
    name = element.tag.removeprefix(_HTML)
    if name.startswith(_MATHML):
        yield from _faults_of_maths(name.removeprefix(_MATHML), element)
        return
    if name not in _ELEMENTS:
        yield f"<{name}>"
    for key, value in element.items():
        if key not in _ATTRIBUTES:
            yield f"<{name} {key}>"
        elif key in _ADDRESSES and not is_harmless(value):
            yield f"<{name} {key}={value[:60]!r}>"
        elif key in _LOADS and is_foreign(value) and not (own and value.startswith(f"{own}/")):
            yield f"<{name} {key}={value[:60]!r}> loads from elsewhere"
    if name == "input" and (element.get("type") != "checkbox" or element.get("disabled") is None):
        yield "<input> that can be used"


def _faults_of_maths(name: str, element: Any) -> Iterator[str]:
    if name not in _MATHS:
        yield f"<{name}> in a formula"
    for key in element.keys():  # noqa: SIM118 (an element, not a dict)
        if key.startswith("on") or "href" in key or key in ("src", "style", "action", "actiontype"):
            yield f"<{name} {key}> in a formula"


def is_harmless(address: str) -> bool:
    """Whether following an address cannot run code."""
    found = _SCHEME.match(_LEFT_OUT.sub("", address))
    return found is None or found[1].lower() in _SCHEMES


def is_foreign(address: str) -> bool:
    """Whether an address leads to another host."""
    plain = _LEFT_OUT.sub("", address).replace("\\", "/")
    return plain.lower().startswith(("//", "http:", "https:", "ftp:"))
