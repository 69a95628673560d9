"""`build`: the whole site, its problems on stderr and one line about what was built on stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from bylines.problems import BuildError, report


def build(
    settings: str = "pelicanconf.py",
    *,
    aside: str = "",
    preview: bool = False,
    verify: bool = False,
    strict: bool = False,
) -> int:
    """Builds the site of a settings file.

    `aside` is a folder beside that file for output and store, in place of the site's own; `preview` shows drafts, with
    addresses of this machine. Gives 0; 1 where the build cannot go on, or where `strict` is asked for and anything is
    wrong in the content.
    """
    from bylines import frame  # Pelican takes a quarter of a second to import: only who builds pays for it

    try:
        result = frame.build(settings, overrides(settings, aside, preview=preview), verify=verify)
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for line in report(result.problems):
        print(line, file=sys.stderr)
    print(result.line(), flush=True)
    return 1 if strict and result.problems else 0


def overrides(settings: str, aside: str, *, preview: bool) -> Mapping[str, Any]:
    """The settings that stand in for the site's own."""
    found: dict[str, Any] = {}
    if aside:
        folder = os.path.join(os.path.dirname(os.path.abspath(settings)), aside)
        found |= {"OUTPUT_PATH": os.path.join(folder, "output"), "CACHE_PATH": os.path.join(folder, "cache")}
    if preview:
        found |= {"BYLINES_DRAFTS": True, "SITEURL": "", "RELATIVE_URLS": False}
    return found
