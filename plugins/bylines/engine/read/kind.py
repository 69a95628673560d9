"""Declares a kind of source: the record whose annotations define its keys, where such files lie, and who owns them.

    JAM = Kind(Jam, at="content/jams/{slug}/jam.md", owner=EVERYBODY, url="jams/{slug}/", without=("slug",), check=not_backwards)

The reader, its messages, the known keys, the checks of references and the changes of a rename follow from the declaration. Kinds are
declared in a capability's `records.py`, which imports only what this needs, so that the guard can import it.
"""

from __future__ import annotations

import copy
import functools
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from bylines.engine.read import document, entries, mapping, messages
from bylines.engine.read.added_keys import Keys, packed
from bylines.engine.read.document import Document
from bylines.engine.read.entries import Entries
from bylines.engine.read.fields import Fields
from bylines.engine.read.keyset import Keyset, markers_of
from bylines.engine.read.markers import Marker, Target, Text, Where
from bylines.engine.read.names import is_handle
from bylines.engine.read.path_pattern import PathPattern
from bylines.problems import SettingsError
from bylines.records import Reading, Record, tag_of
from bylines.settings.reading import ReadOptions

Owner = Literal["folder", "profile", "everybody", "keepers"]
FOLDER: Owner = "folder"
"""The owner of the blog in whose folder the file lies."""
PROFILE: Owner = "profile"
"""The person whose handle the file's name gives."""
EVERYBODY: Owner = "everybody"
KEEPERS: Owner = "keepers"

Check: TypeAlias = Callable[[Mapping[str, Any], Fields], bool]
"""Checks the values of the keys together, and reports problems. Returns whether there can be a record."""


class Door(NamedTuple):
    """A form with which people without git write such a file. `ask` are the keys that it asks for, in order."""

    name: str
    ask: tuple[str, ...]


class Kind:
    """A kind of source. The record's annotations are compiled when they are first needed.

    record    the type of record; its tag is the kind's name
    at        where such files lie; a name in braces gives its value to the record's field of that name, unless that is a key
    but       folders that the first `**` excludes, since other kinds' files lie in them
    mistaken  the pattern of names that people give such a file by mistake
    owner     who owns such a file
    ref       the form of references to it: `{blog}/{slug}`
    url       its address, if that follows from the record; empty if it depends on other files
    folder    whether files beside it are published with it
    without   keys of the record's base that this kind does not have
    dropped   keys that are checked but never stored
    check     checks the values of the keys together
    closable  whether such a file can say that a blog is not public (see `Closed`)
    largest   the most bytes that it may have, if more than BYLINES_MAX_BYTES
    door      the form with which people without git write it
    """

    look = None
    static = False

    def __init__(
        self,
        record: type[Record],
        *,
        at: str,
        but: Iterable[str] = (),
        mistaken: str = "",
        owner: Owner = KEEPERS,
        ref: str = "",
        url: str = "",
        folder: bool = False,
        without: tuple[str, ...] = (),
        dropped: Mapping[str, Marker] | None = None,
        check: Check | None = None,
        closable: bool = False,
        largest: int = 0,
        door: Door | None = None,
    ) -> None:
        self.record = record
        self.at = PathPattern(at, but)
        self.owner, self.ref, self.url, self.folder, self.door = owner, ref, url, folder, door
        self.dropped = dict(dropped or {})
        self.added: tuple[type[Keys], ...] = ()
        """Keys that other capabilities add."""
        self._off: Mapping[str, str] = {}
        self.check, self.closable = check, closable
        self._mistaken = PathPattern(mistaken) if mistaken else None
        self._without = without
        self._largest = largest

    def __repr__(self) -> str:
        return f"Kind({self.name!r}, at={self.at.pattern!r})"

    @property
    def name(self) -> str:
        """Return the record's tag."""
        return tag_of(self.record)

    def with_added(self, added: Iterable[type[Keys]], off: Mapping[str, str] | None = None) -> Kind:
        """Return a copy of this kind with keys of other capabilities. Raises SettingsError for a key that exists already.

        `off` are keys of capabilities that are switched off, with the capabilities' names.
        """
        made = copy.copy(self)
        for name, each in vars(Kind).items():
            if isinstance(each, functools.cached_property):
                made.__dict__.pop(name, None)
        made.added = tuple(added)
        made._off = off or {}
        taken = dict.fromkeys(self.keyset.names, self.record.__module__)
        for keys in made.added:
            for key in markers_of(keys):
                if key in taken:
                    raise SettingsError(f"{keys.label()} adds the key {key} to {self.name}, which {taken[key]} has")
                taken[key] = keys.label()
        return made

    @functools.cached_property
    def keyset(self) -> Keyset:
        """Return every key that such a file may have, with its marker."""
        found = {key: marker for key, marker in markers_of(self.record).items() if key not in self._without}
        for keys in self.added:
            found |= markers_of(keys)
        return Keyset(found | self.dropped, self._off)

    def matches(self, name: str) -> bool:
        """Return whether a source is of this kind."""
        return self.at.matches(name) or (self._mistaken is not None and self._mistaken.matches(name))

    def limit(self, options: ReadOptions) -> int:
        """Return the most bytes that such a file may have."""
        return max(options.max_bytes, self._largest)

    def read(self, name: str, data: bytes, options: ReadOptions) -> Reading:
        """Read a source of this kind."""
        root, _, path = name.partition("/")
        where = Where(name, path, f"{options.authors_root if root == 'authors' else options.root}/{path}", options)
        given, odd = self._parse_name(name)
        if odd:
            return Reading(None, (messages.BAD_HANDLE.problem(where.shown, handle=odd, near=""),))
        return self._reader(self, where, given, data)

    def _parse_name(self, name: str) -> tuple[dict[str, str], str]:
        """Return the values that a source's name gives, and the part of it that should be a handle but is not one (or empty)."""
        parts = self.at.parse(name)
        if parts is None:
            return {}, name.rpartition("/")[2]
        given = {field: parts[field] for field in self._in_name}
        odd = next((given[key] for key in ("blog", "handle") if key in given and not is_handle(given[key])), "")
        return given, odd

    @functools.cached_property
    def _in_name(self) -> tuple[str, ...]:
        """Return the fields of the record whose values come from the source's name."""
        fields = self.record.__struct_fields__
        return tuple(name for name in self.at.names if name in fields and name not in self.keyset)

    @functools.cached_property
    def _reader(self) -> Callable[[Kind, Where, dict[str, Any], bytes], Reading]:
        if issubclass(self.record, Document):
            return document.read_document
        return entries.read_entries if self.keyset.of(Entries) else mapping.read_mapping

    def made(self, values: dict[str, Any], fields: Fields, where: Where) -> Record | None:
        """Return the record with these values. If a required key is missing or the check fails, report it and return None."""
        lacks = self.keyset.say_missing(fields, values, where)
        is_sound = self.check(values, fields) if self.check else True
        if lacks or not is_sound:
            return None
        more = {}
        for label, keys, names in self._added_keys:
            if any(key in values for key in names) and (kept := packed(keys, values)) is not None:
                more[label] = kept
        for key in self._foreign:
            values.pop(key, None)
        return self.record(**values, more=more)

    @functools.cached_property
    def _added_keys(self) -> tuple[tuple[str, type[Keys], tuple[str, ...]], ...]:
        return tuple((keys.label(), keys, keys.__struct_fields__) for keys in self.added)

    @functools.cached_property
    def _foreign(self) -> tuple[str, ...]:
        """Return the keys that are not fields of the record."""
        return (*self.dropped, *(key for _, _, names in self._added_keys for key in names))

    # Below: references between records, and addresses.

    @functools.cached_property
    def _referring(self) -> tuple[tuple[str, Marker, type[Keys] | None], ...]:
        """Return the keys whose values name something else, with their markers, and with the class of added keys (or None)."""
        whose = {key: keys for keys in self.added for key in markers_of(keys)}
        return tuple(
            (key, marker, whose.get(key))
            for key, marker in self.keyset.markers.items()
            if type(marker).targets is not Marker.targets and key not in self.dropped
        )

    def values(self, record: Record) -> Iterator[tuple[str, Marker, Any]]:
        """Yield the keys of a record whose values name something else, with their markers and values."""
        for key, marker, keys in self._referring:
            if keys is None:
                yield key, marker, getattr(record, key)
            elif record.more:
                yield key, marker, getattr(keys.of(record), key)

    def targets(self, record: Record) -> Iterator[tuple[str, Target]]:
        """Yield the targets that a record names, each with its key."""
        for key, marker, value in self.values(record):
            for target in marker.targets(value, record):
                yield key, target

    def called(self, record: Record) -> str:
        """Return the title or name of a record: its first required text. Empty if it has none."""
        key = next((key for key, marker in self.keyset.of(Text) if marker.required), "")
        return str(getattr(record, key, ""))

    @functools.cached_property
    def is_author(self) -> bool:
        """Return whether such a file describes somebody who has a blog, and whom texts mention by `@handle`."""
        return self.ref.startswith("@")

    def url_of(self, record: Record) -> str:
        """Return the address of a record. The kind must have a `url`."""
        return self.url.format_map({name: getattr(record, name) for name in self._in_url})

    @functools.cached_property
    def _in_url(self) -> tuple[str, ...]:
        return tuple(name for _, name, _, _ in string.Formatter().parse(self.url) if name)

    def names_at(self, address: str) -> tuple[str, ...] | None:
        """Return the values of the names in `at` for the source with this address, or with one above it; None if there is none."""
        if self._address is None:
            return None
        parts = address.strip("/").split("/")[: self._address.pattern.count("/") + 1]
        found = self._address.parse("/".join(parts))
        return tuple(found[name] for name in self.at.names) if found else None

    @functools.cached_property
    def _address(self) -> PathPattern | None:
        """Return the pattern of the kind's addresses; None if an address does not determine the source."""
        return PathPattern(self.url.strip("/")) if self.url and set(self.at.names) <= set(self._in_url) else None

    def source_of(self, *names: str) -> str:
        """Return the name of the source in which the names in `at` have these values."""
        return self.at.path(*names)
