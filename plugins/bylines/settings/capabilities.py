"""Imports the capabilities that the settings name, and collects the settings that these declare."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, Protocol

from bylines.problems import SettingsError
from bylines.settings.checks import did_you_mean
from bylines.settings.declared import CAPABILITIES, DECLARED, FEATURES
from bylines.settings.setting import Given, Setting

OF_THE_BUILD = frozenset(("BYLINES_SETTINGS_FILE", "BYLINES_OVERRIDES"))
"""Entries that a command adds to the settings: the path of their file, and the values that override it."""


class Capability(Protocol):
    """The part of a capability (`engine.feature.Feature`) that the settings need."""

    @property
    def name(self) -> str:
        """Return its name."""

    @property
    def settings(self) -> tuple[Setting[Any], ...]:
        """Return the settings that it declares."""


def capability(module: str) -> Any:
    """Return the FEATURE of a package, from its module `feature` or from itself. Raises SettingsError if there is none."""
    try:
        package = importlib.import_module(module)
        return _declaring(package).FEATURE
    except (ImportError, AttributeError) as error:
        raise SettingsError(f"BYLINES_FEATURES names {module}, which is not a capability ({error})") from error


def _declaring(package: ModuleType) -> ModuleType:
    """Return the module `feature` of a package; the package or module itself if there is none."""
    name = f"{package.__name__}.feature"
    try:
        return importlib.import_module(name) if hasattr(package, "__path__") else package
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return package


def modules(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the modules of a site's capabilities. Raises SettingsError if one of them does not exist."""
    given = Given(settings)
    found = list(CAPABILITIES.value(given))
    for setting in DECLARED:
        if not setting.switches or setting.value(given) == setting.default:
            continue
        if setting.default:
            found = [module for module in found if module != setting.switches]
        elif setting.switches not in found:
            found.append(setting.switches)
    return tuple(found)


def declared_by(capabilities: Iterable[Capability]) -> tuple[Setting[Any], ...]:
    """Return our own settings and those of some capabilities. Raises SettingsError if two have the same name."""
    owners = {setting.name: "Bylines" for setting in DECLARED}
    found = [*DECLARED]
    for capability in capabilities:
        for setting in capability.settings:
            if not setting.name.isupper():
                raise SettingsError(
                    f"{capability.name} declares the setting {setting.name!r}; write its name in capital letters"
                )
            if setting.name in owners:
                raise SettingsError(
                    f"{owners[setting.name]} and {capability.name} declare one setting, {setting.name}; rename one of them"
                )
            owners[setting.name] = capability.name
            found.append(setting)
    return tuple(found)


def check_names(settings: Mapping[str, Any], capabilities: Sequence[Capability]) -> None:
    """Check that every BYLINES_… name is a setting of ours or of a capability. Raises SettingsError."""
    known = {setting.name for setting in declared_by(capabilities)} | OF_THE_BUILD
    unknown = [name for name in settings if name.startswith("BYLINES_") and name not in known]
    if not unknown:
        return
    aside = {name for name, _ in left_out(capabilities)}
    for name in unknown:
        if name not in aside:
            near = did_you_mean(name, sorted(known - OF_THE_BUILD | aside)).replace("'", "")
            raise SettingsError(f"{name} is not a setting{near}")


def all_settings() -> tuple[Setting[Any], ...]:
    """Return every setting of Bylines and of the capabilities that come with it. Imports all of them."""
    return declared_by(capability(module) for module in _OURS)


def left_out(capabilities: Iterable[Capability]) -> Iterator[tuple[str, Capability]]:
    """Yield the names of settings of the capabilities that come with Bylines but are not among these, each with its capability."""
    there = {capability.name for capability in capabilities}
    for found in map(capability, _OURS):
        if found.name not in there:
            yield from ((setting.name, found) for setting in found.settings)


_OURS = (
    *FEATURES,
    *(setting.switches for setting in DECLARED if setting.switches and setting.switches not in FEATURES),
)
