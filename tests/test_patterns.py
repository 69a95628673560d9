"""Patterns mean the same on every Python that we say we run on."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import bylines

_ONE_CHARACTER = {_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY, _constants.CATEGORY}


def _patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    for found in pkgutil.walk_packages(bylines.__path__, "bylines."):
        if "__main__" in found.name or ".quickstart." in found.name:
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{found.name}.{name}", value


def _repeats(parsed: Any) -> Iterator[Any]:
    """The bodies of everything in a pattern that is repeated possessively."""
    for operator, argument in parsed:
        if operator is _constants.POSSESSIVE_REPEAT:
            yield argument[2]
        for part in argument if isinstance(argument, (tuple, list)) else (argument,):
            for each in part if isinstance(part, list) else (part,):
                if isinstance(each, _parser.SubPattern):
                    yield from _repeats(each)


def test_nothing_but_a_character_is_repeated_possessively() -> None:
    """Python before 3.11.5 matches `(?:…)*+` wrongly where the group can go back (gh-106052); `(?>(?:…)*)` says the same."""
    patterns = list(_patterns())
    assert len(patterns) > 300
    wrong = {
        name
        for name, pattern in patterns
        for body in _repeats(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
        if len(body) != 1 or body[0][0] not in _ONE_CHARACTER
    }
    assert wrong == set()
    assert list(_repeats(_parser.parse(r"a(?:bc?)*+"))), "what is looked for is found"
