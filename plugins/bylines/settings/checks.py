"""Checks of settings. A check returns the value in canonical form, or raises SettingsError, which says what to set instead.

A check is a function of the setting's name, the value as written, and `Given`. `one_of('a', 'b')` makes one.
"""

from __future__ import annotations

import difflib
import importlib.util
import os
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias, TypeVar

from bylines.languages import intended_language, tag_of
from bylines.problems import SettingsError
from bylines.settings.setting import Given

_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")
_FIELD = re.compile(r"\{[^}]*\}?")
_SCHEMES = ("https://", "http://", "mailto:")
T = TypeVar("T")
Check: TypeAlias = Callable[[str, T, Given], T]


def one_of(*choices: T) -> Check[T]:
    """Return the check that a value is one of some choices."""

    def check(name: str, value: T, given: Given) -> T:
        if value not in choices:
            raise SettingsError(
                f"{name} is {value!r}; it is one of {', '.join(map(repr, choices))}{did_you_mean(str(value), map(str, choices))}"
            )
        return value

    return check


def some_of(*choices: str) -> Check[tuple[str, ...]]:
    """Return the check that all items of a value are among some choices. It sorts them in the order of the choices."""

    def check(name: str, value: tuple[str, ...], given: Given) -> tuple[str, ...]:
        if not set(value) <= set(choices):
            raise SettingsError(f"{name} is {value!r}; it is whichever you want of {', '.join(map(repr, choices))}")
        return tuple(choice for choice in choices if choice in value)

    return check


def address_with(*fields: str) -> Check[str]:
    """Return the check that a value is empty, or an address with no other fields than these, such as '{path}'."""

    def check(name: str, value: str, given: Given) -> str:
        if value and (set(_FIELD.findall(value)) - set(fields) or not value.startswith(_SCHEMES)):
            example = "https://git.example.org/blogs/blob/main/content/{path}"
            raise SettingsError(
                f"{name} is {value!r}; it is an address with {' or '.join(sorted(fields))}, such as '{example}'"
            )
        return value

    return check


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Return the end of a message, with the known name that is nearest; empty if none is near."""
    near = difflib.get_close_matches(written, list(known), 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def modules(*known: str, renamed: Mapping[str, str] | None = None) -> Check[tuple[str, ...]]:
    """Return the check that each name is an existing module. The known ones are not looked up.

    `renamed` has the new names of modules that had others.
    """

    def check(name: str, value: tuple[str, ...], given: Given) -> tuple[str, ...]:
        for module in value:
            if module not in known and not _is_there(module):
                now = (renamed or {}).get(module)
                near = f"; it is called {now!r} now" if now else _nearest_module(module, known)
                raise SettingsError(f"{name} names {module!r}, which is not a module{near}")
        return value

    return check


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _nearest_module(name: str, known: Iterable[str]) -> str:
    ends = {each.rpartition(".")[2]: each for each in known}
    near = difflib.get_close_matches(name.rpartition(".")[2], ends, 1)
    return f"; did you mean {ends[near[0]]!r}?" if near else "; is it where Python looks (PYTHONPATH, sys.path)?"


def languages(name: str, value: tuple[str, ...], given: Given) -> tuple[str, ...]:
    """Check that each value is the tag of a language (BCP 47)."""
    for tag in value:
        if tag_of(tag) is None:
            near = intended_language(tag)
            hint = f"; did you mean {near!r}?" if near else ""
            raise SettingsError(f"{name} has {tag!r}; it is a list of tags, such as 'en' or 'pt-BR'{hint}")
    return value


def hosts(name: str, value: tuple[str, ...], given: Given) -> tuple[str, ...]:
    """Check that each value is the name of a host."""
    for host in value:
        if not _HOST.fullmatch(host):
            raise SettingsError(
                f"{name} has {host!r}; it is a list of hosts in lower case, such as 'video.example.org'"
            )
    return value


def check_folder(name: str, path: str | None, root: str) -> None:
    """Check that the folder of a setting exists. Raises SettingsError."""
    if path is not None and not os.path.isdir(path):
        shown = path if os.path.relpath(path, root).startswith("..") else os.path.relpath(path, root)
        raise SettingsError(
            f"{name} is {shown!r}, where no folder is{did_you_mean(os.path.basename(path), beside(path))}"
        )


def beside(path: str) -> list[str]:
    """Return the names of the folders beside a path, which itself need not exist; without hidden ones, sorted."""
    try:
        with os.scandir(os.path.dirname(path)) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir() and not entry.name.startswith("."))
    except OSError:
        return []
