"""Declares one setting as a row. Its check, its part in the settings' digest and its line in the docs follow from the row.

Imports no capability, so that `features/<name>/settings.py` can declare rows with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from bylines.problems import SettingsError

T_co = TypeVar("T_co", covariant=True)
Reach = Literal["pages", "templates", "run"]
"""The effect of a setting. `pages`: a new value may change any page. `templates`: so it may, and every template sees the setting, by
its name without BYLINES_. `run`: it is about how or where a command runs, and no page depends on it."""

SITE = "What the site is"
LOOK = "How it looks and what it says"
FEEDS = "Feeds"
LISTS = "Lists and search"
LIMITS = "What is let in"
PUBLICATION = "Publication"
BUILDS = "How a build works"
GROUPS = (SITE, LOOK, FEEDS, LISTS, LIMITS, PUBLICATION, BUILDS)
"""The headings of docs/settings.md, in order."""


class Given(NamedTuple):
    """The context of a check: the other settings and the capabilities."""

    settings: Mapping[str, Any]
    """All settings of the site, including Pelican's. Those that are not set may be missing."""
    capabilities: tuple[Any, ...] = ()
    """The `Feature` of each capability of the site; empty until they are known."""


@dataclass(frozen=True, slots=True)
class Setting(Generic[T_co]):
    """A setting: its name, its default (a value must have the same type), and its meaning (with the unit)."""

    name: str
    """In capital letters. Ours begin with BYLINES_; a company's own capability uses another prefix."""
    default: T_co
    meaning: str
    group: str
    check: Callable[[str, T_co, Given], T_co] | None = None
    """Takes the name, the value as written, and `Given`. Returns the value in canonical form, or raises SettingsError."""
    reaches: Reach = "pages"
    switches: str = ""
    """The module of the capability that the setting adds (if its default is False) or removes (if True)."""
    order: int = 50
    """Its place in its group in the docs. Settings with the same number keep the order of their declaration."""

    def value(self, given: Given) -> T_co:
        """Return the value on a site. Raises SettingsError if it is wrong, which says what to set instead."""
        written = given.settings.get(self.name, self.default)
        _check_kind(self.name, written, self.default)
        value: Any = self.check(self.name, written, given) if self.check else written
        return tuple(value) if isinstance(self.default, tuple) else value  # type: ignore[return-value]


def rows_of(names: Mapping[str, Any]) -> tuple[Setting[Any], ...]:
    """Return the settings among a module's names (`vars(module)`), in the order in which they are declared."""
    return tuple(value for value in names.values() if isinstance(value, Setting))


def _check_kind(name: str, value: Any, default: Any) -> None:
    """Check that a value has the type of the default, and a number its range. Raises SettingsError."""
    if isinstance(default, tuple):
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise SettingsError(f"{name} is {value!r}; it is a list of names, such as {list(default)[:2]!r}")
    elif type(value) is not type(default):
        raise SettingsError(f"{name} is {value!r}; it is a value like {default!r}")
    elif isinstance(default, int) and not isinstance(default, bool) and value < (0 if default == 0 else 1):
        raise SettingsError(f"{name} is {value!r}; it is a number above zero, such as {default or 2}")
