"""All files that are written from declarations, by their paths in a repository."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bylines.schema import front_matter, issue_forms, json_schema, keys_table

if TYPE_CHECKING:
    from bylines.engine.read.kind import Kind

KEYS = "docs/keys.md"
EDITOR = ".vscode/settings.json"
_HOSTS = (".github", ".gitlab")
"""The folders of git hosts, which have the forms."""


def files(kinds: Sequence[Kind], guide: str = issue_forms.GUIDE) -> dict[str, str]:
    """Return every file with its text. `guide` is the page to which forms send those who would rather write themselves."""
    return {KEYS: keys_table.page(kinds), front_matter.PATH: front_matter.settings(kinds)} | (
        json_schema.schemas(kinds) | issue_forms.forms(kinds, guide)
    )


def write(folder: str, kinds: Sequence[Kind]) -> list[str]:
    """Write the files below a folder, the forms only for the git hosts that it has. Return the paths of those that changed."""
    changed = []
    hosts = [host for host in _HOSTS if os.path.isdir(os.path.join(folder, host))] or _HOSTS
    has_guide = os.path.exists(os.path.join(folder, issue_forms.GUIDE))
    for path, text in files(kinds, issue_forms.GUIDE if has_guide else "README.md").items():
        file = os.path.join(folder, path)
        host = path.partition("/")[0]
        if (host not in _HOSTS or host in hosts) and _text_of(file) != text:
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "w", encoding="utf-8", newline="\n") as opened:
                opened.write(text)
            changed.append(path)
    return changed


def begin_editor(folder: str, kinds: Sequence[Kind]) -> bool:
    """Write VS Code's settings of a repository that has none. Return whether it did."""
    file = os.path.join(folder, EDITOR)
    if os.path.lexists(file):
        return False
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "x", encoding="utf-8", newline="\n") as opened:
        opened.write(json_schema.editor_settings(kinds))
    return True


def _text_of(file: str) -> str | None:
    try:
        with open(file, encoding="utf-8", newline="") as opened:
            return opened.read()
    except FileNotFoundError:
        return None
