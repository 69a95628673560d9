"""What should not be public in files that changed: each text among them is searched by `secrets`."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from bylines.checking.changed import Changed
from bylines.checking.files import MOST, bytes_of
from bylines.checking.secrets import found_in
from bylines.engine.paths import file_of, shown
from bylines.pictures.endings import ENDINGS
from bylines.problems import ContentProblem, SettingsError
from bylines.settings import Site

_NO_TEXTS = (*ENDINGS, ".pdf", ".mp4", ".zip")
_BEGINNING = 8_000
"""Bytes in which a file that is no text has a zero byte, as git has it."""


def private(
    site: Site,
    found: Changed,
    staged: Mapping[str, bytes],
    personal: Mapping[str, str],
    others: Mapping[str, bytes] | None = None,
) -> list[ContentProblem]:
    """Return secrets and personal data in texts that changed, whatever they are called.

    `staged` are the bytes of sources whose files are others; `personal` the settings' patterns (what it is → pattern); `others`
    what a commit takes up beside sources, in which secrets alone are looked for. Raises SettingsError where a pattern cannot be read.
    """
    try:
        patterns = {kind: re.compile(pattern) for kind, pattern in personal.items()}
    except re.error as error:
        raise SettingsError(f"BYLINES_PERSONAL has a pattern that cannot be read ({error})") from error
    problems: list[ContentProblem] = []
    for name in found.there:
        if not name.lower().endswith(_NO_TEXTS):
            data = staged[name][:MOST] if name in staged else bytes_of(file_of(site, name))
            problems += found_in(_text(data), shown(site, name), patterns)
    for path, data in (others or {}).items():
        problems += found_in(_text(data), path, {})
    return problems


def _text(data: bytes) -> str:
    """Return the text in a file, '' if it is none. Some programs write a text in two bytes a letter, with a mark before it."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    return "" if b"\0" in data[:_BEGINNING] else data.decode(errors="replace")
