"""Tells which file names are safe on every machine, and which names look alike. Pure."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

_LONGEST = 200
"""Bytes of a name; the same limit as in `engine/read/names.py`."""
_DEEPEST = 20
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_WINDOWS = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?: *\..*)?", re.I)
_SIGNS = re.compile(r'[<>:"|?*\\]')
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Characters that HFS+ ignores in names, so that `.g<ZWNJ>it` is `.git` (git's own list, utf8.c: next_hfs_char).
_IGNORED = re.compile(r"[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
_SHORT_GIT = re.compile(r"git~\d+|gi[0-9a-f]{4}~\d+", re.I)  # what Windows calls `.git` in eight letters


def name_fault(path: bytes) -> str:
    """Return why a path is unsafe, as a predicate ('is too long'); empty if it is safe."""
    try:
        text = path.decode()
    except UnicodeDecodeError:
        return "is not UTF-8"
    names = text.split("/")
    if len(names) > _DEEPEST:
        return "lies too deep"
    return next(filter(None, map(_part_fault, names)), "")


def _part_fault(name: str) -> str:
    if _CONTROLS.search(name):
        return "has a control character"
    if _SIGNS.search(name):
        return "has a character that Windows cannot have in names"
    if not name or name != name.strip() or name.endswith("."):
        return "begins or ends with a space, or ends with a dot"
    if _IGNORED.sub("", name).startswith("."):
        return "begins with a dot"
    if _WINDOWS.fullmatch(name) or _SHORT_GIT.fullmatch(name):
        return "is one that Windows keeps for itself"
    return "is too long" if len(name.encode()) > _LONGEST else ""


def is_harmless(path: bytes) -> bool:
    """Return whether git, or a machine that checks a path out, reads the path as it is written.

    The path may still be refused by `name_fault`: for a character that Windows forbids, a space at the end, or a device's name.
    """
    try:
        names = path.decode().split("/")
    except UnicodeDecodeError:
        return False
    return len(names) <= _DEEPEST and all(map(_is_harmless_name, names))


def _is_harmless_name(name: str) -> bool:
    bare = _IGNORED.sub("", name).strip(" .")
    odd = _CONTROLS.search(name) or "\\" in name or _IGNORED.search(name) or len(name.encode()) > _LONGEST
    return bool(bare) and not odd and not name.strip().startswith(".") and not _SHORT_GIT.match(bare)


def comparison_key(name: str) -> str:
    """Return a key that two names share if some machine, or the eye, cannot tell them apart.

    It ignores case, Unicode form and invisible characters: Unicode's NFKC_Casefold (UAX #44), which drops all that HFS+ ignores
    in names, and more.
    """
    return name.lower() if name.isascii() else _nfkc_casefold().normalize(name)


@functools.cache
def _nfkc_casefold():  # type: ignore[no-untyped-def]
    import icu

    return icu.Normalizer2.getNFKCCasefoldInstance()


def lookalike_key(handle: str) -> str:
    """Return a key that two handles share if they look alike (UTS #39), such as 1 and l, 0 and o, rn and m. Hyphens are ignored."""
    return _spoof().getSkeleton(0, handle.replace("-", "")).lower()  # type: ignore[no-any-return]


@functools.cache
def _spoof():  # type: ignore[no-untyped-def]
    import icu

    return icu.SpoofChecker()


def find_lookalike(handle: str, others: Iterable[str]) -> str:
    """Return the first of some other handles that looks like a handle; empty if none does."""
    wanted = lookalike_key(handle)
    length = len(wanted)
    near = (other for other in others if other != handle and abs(len(other.replace("-", "")) - length) <= length)
    return next((other for other in near if lookalike_key(other) == wanted), "")
