"""Finds the valid value nearest to a wrong one, if there is exactly one. `fields` uses it, and `check --fix` writes it."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from bylines.engine.read import dates
from bylines.engine.read.keys import spelled
from bylines.engine.read.names import is_file_name, is_handle, is_slug

_ALIAS = re.compile(r"/[^\x00-\x1f\x7f-\xa0\u1680\u2000-\u200b\u2028-\u202f\u205f-\u206f\u3000\ufeff?#\\:*\"<>|]*")
_LONGEST_ALIAS = 300
_LONGEST = 300
_QUOTES = "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u300c\u300d"
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_EAST = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_BOTH = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_SECONDS = re.compile(r"\d{9,10}(?:\d{3})?")
_WEB = re.compile(r"https?://[^/\s]+(/[^\s?#]*)[^\s]*", re.I)
_DOMAIN = re.compile(r"(?:www\.)?[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,12}(?:/[^\s<>\"]*)?", re.I)
_MAIL = re.compile(r"[^\s<>\"@:/]+@[a-z0-9.-]+\.[a-z]{2,12}", re.I)
_SLIPPED = re.compile(r"(https?)(?::/(?=[^/])|//|;//|: //|:\\\\)", re.I)
_CLOSE = 0.8


def unquoted(text: str) -> str:
    """Return a text without surrounding quotes of any kind."""
    return text.strip().strip(_QUOTES).strip()


def date_meant(text: str) -> str | None:
    """Return a date in plain form if it has quotes, wide figures or dashes, or can only be one day; None for any other."""
    plain = unicodedata.normalize("NFKC", unquoted(text[:_LONGEST])).translate(_DASHES)
    if east := _EAST.match(plain):
        plain = f"{east[1]}-{int(east[2]):02}-{int(east[3]):02}{plain[east.end() :]}"
    try:
        found = dates.plainly(plain)
        dates.parse_moment(found, "UTC")
    except dates.DateError:
        return None
    return found


def days_meant(text: str) -> tuple[str, ...]:
    """Return the days that an ambiguous date may mean (04/05/2026), or the day of a Unix time; empty for any other text."""
    plain = unquoted(text[:_LONGEST])
    if _SECONDS.fullmatch(plain):
        moment = dt.datetime.fromtimestamp(int(plain[:10] if len(plain) > 10 else plain), dt.UTC)
        return (moment.date().isoformat(),)
    found = _BOTH.match(plain)
    if not found:
        return ()
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    both = {_day(year, second, first), _day(year, first, second)} - {""}
    return tuple(sorted(both, reverse=True))


def _day(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def address_meant(text: str) -> str | None:
    """Return a complete address for one without scheme or with a slip ('www.example.com'); None if the text is not like one."""
    text = unquoted(text[: 2 * _LONGEST])
    if _SLIPPED.match(text):
        return _SLIPPED.sub(lambda found: f"{found[1].lower()}://", text, count=1)
    if text.startswith("//") and _DOMAIN.fullmatch(text[2:]):
        return f"https:{text}"
    if _MAIL.fullmatch(text):
        return f"mailto:{text}"
    return f"https://{text}" if _DOMAIN.fullmatch(text) else None


def is_alias(text: str) -> bool:
    """Return whether a text is an address of this site that begins at its root."""
    parts = text.split("/")
    good = _ALIAS.fullmatch(text) and len(text) <= _LONGEST_ALIAS and "//" not in text and text != "/"
    return bool(good) and all(is_file_name(part) and not part.startswith((".", " ")) for part in parts)


def alias_meant(text: str) -> str | None:
    """Return an old address with the leading slash that it lacks; None if it is not valid with one either."""
    found = "/" + unquoted(text[: 2 * _LONGEST_ALIAS]).lstrip("/")
    return found if is_alias(found) else None


def path_of(text: str) -> str:
    """Return the path of a web address, if it is valid as an old address of this site; else an empty text."""
    found = _WEB.fullmatch(text[: 2 * _LONGEST_ALIAS])
    return found[1] if found and is_alias(found[1]) else ""


def slug_meant(text: str) -> str | None:
    """Return a valid slug for one with spaces or other signs; None if there is none, or if the text has slashes or '..'."""
    text = unquoted(text[:_LONGEST]).strip("/")
    if "/" in text or "\\" in text or ".." in text:
        return None
    kept = "".join(
        char if char.isalnum() or unicodedata.category(char)[0] == "M" or char in "._~-" else "-" for char in text
    )
    found = re.sub(r"-{2,}", "-", unicodedata.normalize("NFC", kept.lower())).strip("-._~")
    return found if found and is_slug(found) else None


def handle_meant(text: str) -> str | None:
    """Return the handle that a person of this name would have; None if the name has no letters a to z or digits."""
    plain = unicodedata.normalize("NFKD", unquoted(text[:_LONGEST]).removeprefix("@").lower())
    found = re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if unicodedata.category(c) != "Mn")).strip("-")
    return found if is_handle(found) else None


class Key(NamedTuple):
    """The known key that an unknown one means."""

    name: str
    how: str
    """'spelled' (another spelling, read), 'twice' (likewise, but the key exists), 'elsewhere' (another program's), 'near', 'far'."""


class Pair(NamedTuple):
    """An unknown key and the texts of its value; `texts` is None if the value holds anything else."""

    key: str
    texts: tuple[str, ...] | None
    is_list: bool


class KnownKeys(Protocol):
    """The part of `keyset.Keyset` that the search for the nearest key needs."""

    names: tuple[str, ...]
    also: Mapping[str, str]
    """Other programs' names for keys, mapped to the keys."""
    off: Mapping[str, str]
    """Keys of capabilities that are switched off, with the capabilities' names."""

    def __contains__(self, key: object) -> bool: ...

    def fits(self, key: str, values: Collection[str], *, is_list: bool) -> bool:
        """Return whether the values of another program's key are valid for this key."""


def keys_meant(pairs: Sequence[Pair], keyset: KnownKeys, there: Collection[str]) -> list[Key | None]:
    """Return the known key that each unknown one means, or None.

    A key that is there already, or that an earlier pair means, is only 'far' or 'twice'; one that the values do not fit is 'far'.
    """
    found: list[Key | None] = []
    taken = set(there)
    for pair in pairs:
        meant = key_meant(pair.key, keyset)
        if (
            meant
            and meant.how != "far"
            and (meant.name in taken or (meant.how != "spelled" and not _can_stand(meant.name, pair, keyset)))
        ):
            meant = meant._replace(how="twice" if meant.how == "spelled" else "far")
        if meant and meant.how not in ("far", "twice"):
            taken.add(meant.name)
        found.append(meant)
    return found


def _can_stand(key: str, pair: Pair, keyset: KnownKeys) -> bool:
    return pair.texts is not None and keyset.fits(key, pair.texts, is_list=pair.is_list)


def key_meant(key: str, keyset: KnownKeys) -> Key | None:
    """Return the known key that another one means; None if none is near."""
    found = spelled(key)
    if found in keyset:
        return Key(found, "spelled")
    if found in keyset.also:
        return Key(keyset.also[found], "elsewhere")
    near = difflib.get_close_matches(found, keyset.names, 1, 0.7) if len(found) < 40 else []
    return Key(near[0], "near" if _is_close(found, near[0]) else "far") if near else None


def _is_close(key: str, other: str) -> bool:
    return len(key) > 3 and difflib.SequenceMatcher(None, key, other).ratio() >= _CLOSE
