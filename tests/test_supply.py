"""What the audit says, of answers as pip-audit gives them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tools.supply import NOBODY, judged

_FAULT = {"name": "x", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
_SOUND = {"name": "y", "version": "1", "vulns": []}
_UNASKED = {"name": "z", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([_SOUND], 0, "a.txt: 1 packages, no fault is known"),
        ([_SOUND, _FAULT], 1, "a.txt: x 1 has PYSEC-1; take 2"),
        ([_SOUND, _UNASKED], NOBODY, "a.txt: 1 of 2 packages could not be asked about: z"),
        ([_FAULT, _UNASKED], 1, "a.txt: x 1 has PYSEC-1; take 2"),
    ],
)
def test_an_audit_is_sound_only_if_everything_was_asked_about(packages: list[Any], code: int, said: str) -> None:
    found, lines = judged("a.txt", json.dumps({"dependencies": packages}), "")
    assert (found, lines[0]) == (code, said)


def test_where_nobody_could_be_asked_it_says_so() -> None:
    found, lines = judged("a.txt", "", "noise\nConnectionError: no route")
    assert (found, lines) == (
        NOBODY,
        ["a.txt: nobody could be asked (ConnectionError: no route); try again where there is a network"],
    )
