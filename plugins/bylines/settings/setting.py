"""One setting as it is declared: a row, from which its check, its part in the settings' digest and its line in the docs follow.

Imports no capability, so that `features/<name>/settings.py` can declare rows with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from bylines.problems import SettingsError

T_co = TypeVar("T_co", covariant=True)
Reach = Literal["pages", "templates", "run"]
"""Where a setting counts. `pages`: another value may change any page. `templates`: each template sees it, too, by its name
without BYLINES_. `run`: it says how or where a command runs, and no page depends on it."""

SITE = "What the site is"
LOOK = "How it looks and what it says"
FEEDS = "Feeds"
LISTS = "Lists and search"
LIMITS = "What is let in"
PUBLICATION = "Publication"
BUILDS = "How a build works"
GROUPS = (SITE, LOOK, FEEDS, LISTS, LIMITS, PUBLICATION, BUILDS)
"""The headings of docs/settings.md, in their order."""


class Given(NamedTuple):
    """What a check can look at beside the value."""

    settings: Mapping[str, Any]
    """All settings of the site, Pelican's too; those that are not set may be missing."""
    capabilities: tuple[Any, ...] = ()
    """The `Feature` of each capability of the site; none while it is not known yet which these are."""


@dataclass(frozen=True, slots=True)
class Setting(Generic[T_co]):
    """A setting: its name, its default (whose type it must have), and its meaning (with its unit)."""

    name: str
    """In capital letters; ours begin with BYLINES_. A company's own capability uses a word of its own."""
    default: T_co
    meaning: str
    group: str
    check: Callable[[str, T_co, Given], T_co] | None = None
    """Returns the value of (name, what is written, all that is given), in good order. Raises SettingsError."""
    reaches: Reach = "pages"
    switches: str = ""
    """The module of the capability that the setting adds (default: False) or takes away (default: True)."""
    order: int = 50
    """Its place in its group in the docs; those of one number stand as they are declared."""

    def value(self, given: Given) -> T_co:
        """Return the value on a site. Raises SettingsError for a wrong one, with what to set instead."""
        written = given.settings.get(self.name, self.default)
        _check_kind(self.name, written, self.default)
        value: Any = self.check(self.name, written, given) if self.check else written
        return tuple(value) if isinstance(self.default, tuple) else value  # type: ignore[return-value]


def rows_of(names: Mapping[str, Any]) -> tuple[Setting[Any], ...]:
    """Return the settings among a module's names (`vars(module)`), in the order in which they are declared."""
    return tuple(value for value in names.values() if isinstance(value, Setting))


def _check_kind(name: str, value: Any, default: Any) -> None:
    """Checks that a value is of the kind of the default. Raises SettingsError."""
    if isinstance(default, tuple):
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise SettingsError(f"{name} is {value!r}; it is a list of names, such as {list(default)[:2]!r}")
    elif type(value) is not type(default):
        raise SettingsError(f"{name} is {value!r}; it is a value like {default!r}")
    elif isinstance(default, int) and not isinstance(default, bool) and value < (0 if default == 0 else 1):
        raise SettingsError(f"{name} is {value!r}; it is a number above zero, such as {default or 2}")
