"""Keys that a capability adds to files of another capability's kind.

    class Idea(Keys, of="post", frozen=True):
        jam: Annotated[str | None, Named("the jam of which it is an idea", "jam")] = None

They are read with the file and stored in the record's `more`. `Idea.of(post).jam` returns a value. The capability that declares
the kind does not know these keys. If the other capability is off, they are unknown keys.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, Self

import msgspec

from bylines.records import Record


class _WithKind(msgspec.StructMeta):
    """Accepts the class argument `of`: the tag of the kind to which the keys are added."""

    kind: str

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], of: str = "", **config: Any) -> Any:
        made = super().__new__(cls, name, bases, body, **config)
        made.kind = of
        return made


class Keys(msgspec.Struct, metaclass=_WithKind, frozen=True, kw_only=True, omit_defaults=True):
    """The base of keys for another capability's kind. Each key needs a default, since most files lack it."""

    def __init_subclass__(cls, *, of: str = "", **config: Any) -> None:
        super().__init_subclass__(**config)

    @classmethod
    def label(cls) -> str:
        """Return the name under which a record's `more` stores the values."""
        return f"{cls.__module__}.{cls.__qualname__}"

    @classmethod
    def of(cls, record: Record | None) -> Self:
        """Return a record's values of these keys; the defaults if it has none."""
        kept = record.more.get(cls.label()) if record is not None else None
        return _decoder(cls).decode(kept) if kept is not None else cls()


@functools.cache
def _decoder(keys: type[Keys]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(keys)


def packed(keys: type[Keys], values: Mapping[str, Any]) -> msgspec.Raw | None:
    """Return the values of the keys, encoded for a record's `more`; None if all are the defaults."""
    found = keys(**{name: values[name] for name in keys.__struct_fields__ if name in values})
    return msgspec.Raw(msgspec.json.encode(found)) if found != keys() else None


def kind_of(keys: type[Keys]) -> str:
    """Return the tag of the kind to which keys are added."""
    return keys.kind
