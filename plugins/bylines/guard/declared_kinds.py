"""Tells the guard of the kinds of files: who owns them, and which of their keys claim an identity.

Bylines' own kinds are always known. A company's lie in the modules that `kinds` in `writers.yaml` names. These are imported from
the installation only: no module is imported that lies in the repository that is judged, and none of a site's settings is read.
A company's kind makes the guard stricter. It opens no place: `shared` in `writers.yaml` does that.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import NamedTuple

from bylines import features
from bylines.engine.read.added_keys import Keys, kind_of
from bylines.engine.read.entries import Entries
from bylines.engine.read.keyset import Keyset, markers_of
from bylines.engine.read.kind import EVERYBODY, FOLDER, KEEPERS, PROFILE, Kind
from bylines.engine.read.markers import Aliases, Emails, FeedId, Marker
from bylines.problems import SettingsError

_RECORDS = "records"
"""The module of a capability that declares its kinds."""


class ClaimKeys:
    """Keys with those among them that claim an identity: names of writers, old addresses and feed ids."""

    def __init__(self, several: Iterable[Mapping[str, Marker]]) -> None:
        pairs = [pair for markers in several for pair in markers.items()]
        self.keyset = Keyset(dict(reversed(pairs)))
        distinct = {(key, type(marker), getattr(marker, "most", 0), marker.signs): marker for key, marker in pairs}
        found = [(key, marker) for (key, *_), marker in distinct.items()]
        self.signing = tuple((key, marker) for key, marker in found if marker.signs)
        self.aliases = tuple((key, marker) for key, marker in found if isinstance(marker, Aliases))
        self.ids = tuple((key, marker) for key, marker in found if isinstance(marker, FeedId))


class DeclaredKinds:
    """Kinds of files, and the keys that capabilities add to others' kinds. `company` are the kinds that are not Bylines' own."""

    def __init__(self, own: Iterable[Kind], keys: Iterable[type[Keys]], company: Iterable[Kind] = ()) -> None:
        self.own = tuple(dict.fromkeys(own))
        self.keys = tuple(dict.fromkeys(keys))
        others = [kind for kind in dict.fromkeys(company) if kind not in self.own]
        self.company = tuple(_with_keys(kind, self.keys) for kind in others)
        # A site's settings decide of which kind a file is, so a text is read with the keys of all kinds.
        added = [markers_of(keys) for keys in self.keys]
        all_kinds = (*self.own, *self.company)
        self.all_keys = ClaimKeys([*(each for kind in all_kinds for each in _markers(kind)), *added])
        self.folders = tuple(sorted({kind.at.beginning for kind in self.own if kind.owner == FOLDER}))
        """The sources below which each folder belongs to the handle that it is called by."""
        self.identities = tuple(kind for kind in self.own if kind.ref == "@{handle}")
        """The kinds that define who somebody is: profiles and groups."""
        self.profile = next(kind for kind in self.identities if kind.owner == PROFILE)
        self.group = next(kind for kind in self.identities if kind.owner == FOLDER)
        self.emails = next(key for key, marker in self.profile.dropped.items() if isinstance(marker, Emails))
        """The key of a profile that holds the addresses of a person's commits."""

    def shared(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the places of Bylines' own kinds that no single person owns, with who writes there."""
        kinds = (kind for kind in self.own if kind.owner in (EVERYBODY, KEEPERS))
        return tuple((kind.at.beginning.rstrip("/"), (str(kind.owner),)) for kind in kinds)

    def company_kinds(self, sources: Iterable[str]) -> list[Kind]:
        """Return the company's kinds of a file, by the sources that it may be."""
        return [kind for kind in self.company if any(map(kind.matches, sources))] if self.company else []


def claim_keys(kind: Kind) -> list[ClaimKeys]:
    """Return the keys of a kind, and those of its entries if it is a list."""
    return [ClaimKeys([markers]) for markers in _markers(kind)]


def _markers(kind: Kind) -> Iterator[Mapping[str, Marker]]:
    yield kind.keyset.markers
    for _, entries in kind.keyset.of(Entries):
        yield entries.keyset.markers


def _with_keys(kind: Kind, keys: Iterable[type[Keys]]) -> Kind:
    return kind.with_added([each for each in keys if kind_of(each) == kind.name])


class _Found(NamedTuple):
    """What a module declares."""

    kinds: list[Kind]
    keys: list[type[Keys]]


def _found_in(module: ModuleType) -> _Found:
    values = list(vars(module).values())
    keys = [each for each in values if isinstance(each, type) and issubclass(each, Keys) and each is not Keys]
    return _Found([each for each in values if isinstance(each, Kind)], keys)


@functools.cache
def own_kinds() -> DeclaredKinds:
    """Return Bylines' own kinds: those of all its capabilities, whichever of them a site uses."""
    found = []
    for feature in pkgutil.iter_modules(features.__path__, f"{features.__name__}."):
        name = f"{feature.name}.{_RECORDS}"
        if feature.ispkg and importlib.util.find_spec(name) is not None:
            found.append(_found_in(importlib.import_module(name)))
    return DeclaredKinds(
        (kind for each in found for kind in each.kinds), (keys for each in found for keys in each.keys)
    )


def with_company_kinds(names: Iterable[str], checkouts: Sequence[str]) -> DeclaredKinds:
    """Return Bylines' own kinds and those in the modules `names`. Raises SettingsError if one cannot be used.

    `checkouts` are the folders into which the repository that is judged is checked out.
    """
    own, names = own_kinds(), tuple(names)
    require_installed(names, checkouts)
    found = [_imported(name) for name in names]
    kinds = [kind for each in found for kind in each.kinds]
    keys = [each for one in found for each in one.keys]
    return DeclaredKinds(own.own, (*own.keys, *keys), kinds) if names else own


def require_installed(names: Iterable[str], checkouts: Sequence[str]) -> None:
    """Raise SettingsError unless each module is installed outside of the repository. Nothing is imported to find out."""
    names = tuple(names)
    for entry in sys.path if names else ():
        if _is_in(entry or os.getcwd(), checkouts):
            raise SettingsError(
                f"writers.yaml: kinds are imported from an installation outside of the repository, and Python looks for modules "
                f"in {entry or 'the current folder'}, which lies in it; install Bylines and {names[0].partition('.')[0]} in a "
                "virtual environment elsewhere, and call its `python -P -m bylines guard`"
            )
    for name in names:
        _locate(name, checkouts)


def _is_in(path: str, folders: Iterable[str]) -> bool:
    real = f"{os.path.realpath(path)}{os.sep}"
    return any(real.startswith(os.path.realpath(folder).rstrip(os.sep) + os.sep) for folder in folders)


def _locate(name: str, checkouts: Sequence[str]) -> ModuleSpec:
    """Find a module and the packages above it without importing any of them."""
    path: list[str] | None = None
    spec: ModuleSpec | None = None
    parts = name.split(".")
    for depth in range(1, len(parts) + 1):
        # By its last part, since a package's whole name would be looked up among the modules that are imported.
        spec = PathFinder.find_spec(parts[depth - 1], path)
        if spec is None or (depth < len(parts) and not spec.submodule_search_locations):
            raise SettingsError(
                f"writers.yaml: kinds names {name}, which is not installed; install it, or mend the name"
            )
        path = list(spec.submodule_search_locations or ())
        for place in (*path, *([spec.origin] if spec.origin else [])):
            if _is_in(place, checkouts):
                raise SettingsError(
                    f"writers.yaml: kinds names {name}, which lies in the repository itself ({place}); install it elsewhere"
                )
    assert spec is not None
    return spec


def _imported(name: str) -> _Found:
    try:
        found = _found_in(importlib.import_module(name))
    except Exception as error:
        raise SettingsError(f"writers.yaml: kinds names {name}, which cannot be imported: {error}") from error
    if not found.kinds and not found.keys:
        raise SettingsError(
            f"writers.yaml: kinds names {name}, which declares no kind of file; name its `records` module"
        )
    return found
