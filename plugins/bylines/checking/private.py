"""What should not be public in files that changed: each text among them is searched by `secrets`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bylines.checking.changed import Changed
from bylines.checking.files import bytes_of
from bylines.checking.secrets import found_in
from bylines.engine.places import file_of, shown
from bylines.problems import ContentProblem, SettingsError
from bylines.settings import Site

_TEXTS = (".md", ".rst", ".yaml", ".yml", ".csv", ".txt", ".json", ".toml", ".ini", ".cfg", ".env", ".py", ".sh")


def private(
    site: Site, found: Changed, staged: Mapping[str, bytes], personal: Mapping[str, str]
) -> list[ContentProblem]:
    """Secrets and personal data in texts that changed.

    `staged` are the bytes of sources whose files are others; `personal` the settings' patterns (what it is → pattern).
    Raises SettingsError where one of them cannot be read.
    """
    try:
        patterns = {kind: re.compile(pattern) for kind, pattern in personal.items()}
    except re.error as error:
        raise SettingsError(f"BYLINES_PERSONAL has a pattern that cannot be read ({error})") from error
    problems: list[ContentProblem] = []
    for name in found.there:
        if name.endswith(_TEXTS) and (data := staged.get(name) or bytes_of(file_of(site, name))):
            problems += found_in(data.decode(errors="replace"), shown(site, name), patterns)
    return problems
