"""Searches the texts among the changed files for secrets and personal data, with `secrets`."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from bylines.checking.changed import Changed
from bylines.checking.files import MOST, bytes_of
from bylines.checking.secrets import find_secrets
from bylines.engine.paths import file_of, shown
from bylines.pictures.endings import ENDINGS
from bylines.problems import ContentProblem, SettingsError
from bylines.settings import Site

_NO_TEXTS = (*ENDINGS, ".pdf", ".mp4", ".zip")
_BEGINNING = 8_000
"""A file with a zero byte among its first 8,000 is binary, as in git."""


def find_sensitive(
    site: Site,
    found: Changed,
    staged: Mapping[str, bytes],
    personal: Mapping[str, str],
    others: Mapping[str, bytes] | None = None,
) -> list[ContentProblem]:
    """Return the secrets and personal data in changed texts, whatever the files' endings.

    `staged` has the bytes of sources whose staged version differs from the file. `personal` has the settings' patterns
    (description → pattern). `others` are staged files that are no sources; they are searched for secrets only. Raises
    SettingsError if a pattern cannot be read.
    """
    try:
        patterns = {kind: re.compile(pattern) for kind, pattern in personal.items()}
    except re.error as error:
        raise SettingsError(f"BYLINES_PERSONAL has a pattern that cannot be read ({error})") from error
    problems: list[ContentProblem] = []
    for name in found.there:
        if not name.lower().endswith(_NO_TEXTS):
            data = staged[name][:MOST] if name in staged else bytes_of(file_of(site, name))
            problems += find_secrets(_text(data), shown(site, name), patterns)
    for path, data in (others or {}).items():
        problems += find_secrets(_text(data), path, {})
    return problems


def _text(data: bytes) -> str:
    """Return the text of a file; empty if it is binary. UTF-16 with a byte order mark is a text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    return "" if b"\0" in data[:_BEGINNING] else data.decode(errors="replace")
