"""Parses untrusted XML with lxml: no network access, no entities, no external DTDs.

libxml2's own bounds (10 MB a text, 256 levels) stay in force (`huge_tree` off).
"""

from __future__ import annotations

from typing import Any

from bylines.problems import ExportError

MOST_TAGS = 5_000_000
"""The most tags in a file. Each takes about two hundred bytes in its tree."""


def parse(data: bytes, shown: str, losses: list[str], most: int = 0) -> Any:
    """Parses XML and returns its root element. Recovers what it can of damaged XML and says so in `losses`.

    `shown` is the file's name for messages; `most` the number of tags allowed, MOST_TAGS if 0. Raises ExportError.
    """
    from lxml import etree

    most = most or MOST_TAGS
    if max(data.count(b"<"), data.count(b'="'), data.count(b"='")) > most:
        raise ExportError(f"{shown} has more than {most:,} tags; let the old program export it in parts")
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False}
    parser = etree.XMLParser(**safe, huge_tree=False, recover=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ExportError(f"{shown} is no XML ({error})") from error
    if root is None:
        raise ExportError(f"{shown} is no XML")
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise ExportError(f"{shown} declares entities of its own, which are not read; export it again")
    faults = [fault for fault in parser.error_log if fault.domain_name != "NAMESPACE"]
    if faults:
        reason = faults[0].message.strip()
        losses.append(f"{shown}:{faults[0].line} is damaged XML ({reason}): what follows there may be cut off")
    return root


def text(element: Any, path: str, names: dict[str, str] | None = None) -> str:
    """Return the stripped text of the first element at a path below another; empty if there is none."""
    found = element.find(path, names)
    return "".join(found.itertext()).strip() if found is not None else ""
