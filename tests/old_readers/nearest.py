"""The right value that is nearest to a wrong one, as it was. What the declarations did not change is the reader's of today."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Sequence

from bylines.engine.read.keys import LISTS, spelled
from bylines.engine.read.names import is_handle, is_slug
from bylines.engine.read.nearest import (
    Key,
    Pair,
    address_meant,
    alias_meant,
    date_meant,
    days_meant,
    handle_meant,
    is_alias,
    path_of,
    slug_meant,
    unquoted,
)
from tests.old_readers.keys import ELSEWHERE

__all__ = [
    "Key",
    "Pair",
    "address_meant",
    "alias_meant",
    "date_meant",
    "days_meant",
    "handle_meant",
    "is_alias",
    "key_meant",
    "keys_meant",
    "path_of",
    "slug_meant",
    "unquoted",
]
_CLOSE = 0.8


def keys_meant(pairs: Sequence[Pair], known: Collection[str], there: Collection[str]) -> list[Key | None]:
    """The known keys that are meant by others, each once and none that is there already ('far': nearest, and no more)."""
    found: list[Key | None] = []
    taken = set(there)
    for pair in pairs:
        meant = key_meant(pair.key, known)
        if (
            meant
            and meant.how != "far"
            and (meant.name in taken or (meant.how != "spelled" and not _can_stand(meant.name, pair)))
        ):
            meant = meant._replace(how="twice" if meant.how == "spelled" else "far")
        if meant and meant.how not in ("far", "twice"):
            taken.add(meant.name)
        found.append(meant)
    return found


def _can_stand(key: str, pair: Pair) -> bool:
    return pair.texts is not None and fits(key, pair.texts, pair.is_list)


def key_meant(key: str, known: Collection[str]) -> Key | None:
    """The known key that is meant by another; None where none is near."""
    found = spelled(key)
    if found in known:
        return Key(found, "spelled")
    if (other := ELSEWHERE.get(found, "")) in known:
        return Key(other, "elsewhere")
    near = difflib.get_close_matches(found, known, 1, 0.7) if len(found) < 40 else []
    return Key(near[0], "near" if _is_close(found, near[0]) else "far") if near else None


def _is_close(key: str, other: str) -> bool:
    return len(key) > 3 and difflib.SequenceMatcher(None, key, other).ratio() >= _CLOSE


def fits(key: str, values: Collection[str], is_list: bool) -> bool:
    """Whether what stands at another program's key can stand at ours."""
    test: dict[str, Callable[[str], bool]] = {
        "authors": lambda value: is_handle(value.removeprefix("@").lower()),
        "slug": is_slug,
        "date": lambda value: date_meant(value) is not None,
        "modified": lambda value: date_meant(value) is not None,
        "status": lambda value: value.lower() in ("published", "draft", "hidden"),
    }
    allowed = test.get(key, lambda value: True)
    return (not is_list or key in LISTS) and all(map(allowed, values))
