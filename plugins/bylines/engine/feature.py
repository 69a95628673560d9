"""What a capability says of itself: the sources that it reads, the relations that it weaves, the pages that it makes.

A capability is a package with a module `feature`, in which the constant `FEATURE` declares it; the setting BYLINES_FEATURES
names the package. Its `__init__` imports nothing, so that other capabilities, and the guard, can import one of its modules
without all the rest. Each hook is a function of the build context (store, site and time) and of what changed; none keeps anything of
its own.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from bylines.engine.capability import Contribution, SourceKind, in_order
from bylines.engine.digest import digest_of, digest_of_file
from bylines.engine.read.markers import Aliases
from bylines.engine.views import Sizes, View
from bylines.problems import SettingsError
from bylines.settings import capabilities
from bylines.settings.setting import Setting

if TYPE_CHECKING:
    from bylines.engine.context import BuildContext, Invalidations
    from bylines.engine.read.added_keys import Keys
    from bylines.engine.read.kind import Kind
    from bylines.engine.read.markers import Marker
    from bylines.engine.weave.changes import Changes
    from bylines.engine.weave.claims import Claim
    from bylines.engine.weave.naming import Named
    from bylines.records import Record


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """A text to turn into HTML for a page: the source that it stands in, and where its links lead."""

    source: str
    digest: str
    """Of the source; where only its text counts and not its header, of that alone (`only_text`)."""
    only_text: bool = False
    links: dict[str, str] = {}
    """What was written → final href."""
    mentions: dict[str, str] = {}
    pictures: dict[str, Sizes] = {}
    """What was written → the sizes of the picture that it names, for pages."""
    page_url: str = ""
    """For feeds: the page's absolute address."""
    lang: str = ""
    """The text's language, where it is not the site's."""


class Copy(msgspec.Struct, frozen=True):
    """The inputs of a file that is published as it is: the source and its digest."""

    source: str
    digest: str
    patches: str = ""
    """The name of a function ('module:name') from (name, open file) to what is overwritten in the copy; '' for nothing."""


_BESIDE = "-file"


def beside(kind: str) -> str:
    """Return the kind of the files that stand beside pages of a kind."""
    return kind + _BESIDE


def owner(kind: str, key: str) -> tuple[str, str]:
    """Kind and key of the page that a file stands beside; of any other page, its own."""
    return (kind.removesuffix(_BESIDE), key.partition("/")[0]) if kind.endswith(_BESIDE) else (kind, key)


COPY = "copy"
"""In place of a render function's name: the source is copied."""


class PageInputs(msgspec.Struct, frozen=True, kw_only=True):
    """A page before it is rendered: where it goes, and everything that goes into it."""

    path: str
    """Of the output file, relative to the output folder."""
    view: msgspec.Struct
    """The template's variables, or the render function's inputs."""
    body: Body | None = None
    texts: tuple[str, ...] = ()
    """The sources, beside `body`, whose texts it shows."""
    source: str = ""
    """The source to name in the message if another page already has this path. Earlier page kinds win."""


def _no_keys(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page. A page of it is named by a key (a handle, a topic with a number …)."""

    name: str
    keys: Callable[[BuildContext], Iterable[str]]
    """Every key there is."""
    inputs: Callable[[BuildContext, str], PageInputs | None]
    """The page of a key; None where there is no such page (any more)."""
    affected: Callable[[BuildContext, Invalidations], Iterable[str]] = _no_keys
    """The keys of pages that dirty facts may affect; too many cost time, too few would be a fault."""
    template: str = ""
    """A template of the theme …"""
    view: type[View] = View
    """… and the type of its variables."""
    render: str = ""
    """… or the name of a function ('module:name') from (site, view, bodies) to bytes, or COPY."""
    render_inputs: type[msgspec.Struct] = View
    """The type of the render function's inputs."""
    from_files: bool = False
    """Whether the render function reads a source's file, so that it must run on a machine that has the files."""
    folder: str = ""
    """For pages that are several files: where their folders lie, which is theirs alone. The render function gives bytes by
    name; one is the page's own, and the others stand beside it, as pages of the kind `beside(name)`. No key has a slash."""
    places: tuple[str, ...] = ()
    """Where the template shows sections of other capabilities: `sections.<place>`."""


def _nothing_needed() -> None:
    return None


def _nothing(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    return None


def _none_renamed(build: BuildContext, changes: Changes) -> Iterable[str]:
    return ()


def _none_due(build: BuildContext, since: int) -> Iterable[str]:
    return ()


def _no_notes(build: BuildContext) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Feature:
    """A capability of the site."""

    name: str
    settings: tuple[Setting[Any], ...] = ()
    """The settings that it brings, which `site.of` gives."""
    check_installed: Callable[[], None] = _nothing_needed
    """Raises SettingsError where a program or package that it needs is not installed."""
    needs: tuple[str, ...] = ()
    """The names of the capabilities on which it stands: whose tables or functions it uses, or to whose pages its own lead."""
    after: tuple[str, ...] | None = None
    """The capabilities that weave before it where they are on; None for those that it needs."""
    after_keys: tuple[type[Marker], ...] = ()
    """Markers of keys. Each capability that declares a kind with such a key weaves before it, a company's own too."""
    kinds: tuple[Kind, ...] = ()
    """The kinds of sources that it reads and that are declared by their records (`engine/read/kind.py`)."""
    keys: tuple[type[Keys], ...] = ()
    """Keys that it adds to other capabilities' kinds."""
    sources: tuple[SourceKind, ...] = ()
    """Other kinds of sources, such as pictures. Those in `kinds` come first."""
    schema: str = ""
    """SQL: its tables, and the indexes that weaving a first build needs."""
    indexes: str = ""
    """SQL: the other indexes."""
    addresses: tuple[str, ...] = ()
    """URLs that are the capability's own, so that no post or page can take them."""
    folders: tuple[str, ...] = ()
    """Folders in which nothing but capabilities' own pages lies, as `topics/`: a link there to no page leads nowhere."""
    claims: Callable[[BuildContext, str, Record], Sequence[Claim]] | None = None
    """The addresses that a source asks for, where its kind does not say them (`Kind.url`)."""
    named: Callable[[BuildContext, str, Record | None], Named | None] | None = None
    """What a source's file says of its name, for texts whose address depends on others."""
    renamed: Callable[[BuildContext, Changes], Iterable[str]] = _none_renamed
    """The sources of whose names something else holds because of changes elsewhere."""
    due: Callable[[BuildContext, int], Iterable[str]] = _none_due
    """The sources that changed only because time has passed since the last build's now (in seconds)."""
    weave: Callable[[BuildContext, Changes, Invalidations], None] = _nothing
    """Brings its relations up to date and says what is dirty."""
    pages: tuple[PageKind, ...] = ()
    contributes: tuple[Contribution, ...] = ()
    """What it adds to the work of other capabilities."""
    notes: Callable[[BuildContext], Iterable[str]] = _no_notes
    """Notes that a build prints at its end although nothing is wrong, a sentence each."""


def load(names: Sequence[str]) -> tuple[Feature, ...]:
    """Return the capabilities with these module names, in the order in which they weave.

    Raises SettingsError where one cannot be imported, or where one is left out that another needs.
    """
    found: list[Feature] = [capabilities.capability(name) for name in names]
    for each in found:
        _check_addresses(each)
    return in_order(found)


def _check_addresses(feature: Feature) -> None:
    """Raises SettingsError for a kind with old addresses that has no address of its own: they would lead nowhere."""
    for kind in feature.kinds if feature.claims is None else ():
        for key, _ in kind.keyset.of(Aliases):
            if not kind.url:
                raise SettingsError(
                    f"the capability {feature.name} declares {kind.name} with old addresses ({key}), but without an address; "
                    "give the kind url=, or leave the key out"
                )


def own_code(names: Sequence[str]) -> str:
    """Return the digest of the code of capabilities that are not ours: '' where all are.

    An edit of it has to be noticed as one of our own is; which of their modules it reaches is not known, so all of a
    capability's package counts.
    """
    parts = [
        f"{name} {digest_of_file(path)}"
        for name in names
        if not name.startswith("bylines.")
        for path in _files_of(name)
    ]
    return digest_of("\n".join(parts).encode()) if parts else ""


def _files_of(name: str) -> list[str]:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.origin:
        return []
    if not spec.submodule_search_locations:
        return [spec.origin]
    below = (os.walk(folder) for folder in spec.submodule_search_locations)
    return sorted(
        os.path.join(parent, file)
        for walk in below
        for parent, _, files in walk
        for file in files
        if file.endswith(".py")
    )
