"""Recognises names of files and folders that are not meant to be public: drafts, copies, leftovers of editors and browsers.

A folder `_posts` is an exception: Jekyll publishes its texts, so they are read.
"""

from __future__ import annotations

import functools
import re

from bylines.engine.read import gate_words as words
from bylines.engine.read.gate_words import plain

_READ = frozenset(("_posts",))
_FOLDERS = (
    words.DRAFT
    | words.CLOSED
    | frozenset(
        "backup backups archetypes scaffolds recycle recyclebin papierkorb corbeille papelera todo onhold inreview toreview forreview "
        "topublish tobepublished internal internalonly staffonly".split()
    )
)
# `drafts-2025`, `my drafts`, `00-wip`, `private notes`; not `draft-beer`, which may be a post's own folder.
_MANY = frozenset(
    "drafts brouillons entwürfe entwuerfe borradores bozze rascunhos esborranys concepten luonnokset utkasten kladder черновики "
    "чернетки taslaklar".split()
)
_FEW = words.DRAFT | words.CLOSED
_THINGS = frozenset("posts post notes articles texts pages stuff files ideas writing folder".split())
_WORDS = re.compile(r"[^\W\d_]+")
# A name with such a first character was put aside. But cameras write `_DSC1234.jpg` and `_MG_1234.JPG`, and Python `__init__.py`.
_BEFORE = re.compile(r"[_.~#]")
_NAMED_SO = re.compile(r"_[A-Z0-9]{2,4}_?\d{3,}[^/]*\.[A-Za-z]{3,4}|__\w+__\.\w+")
_LEFT = re.compile(
    r".*(?:~|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+\.\w+|\.(?:bak|backup|orig|original|old|sw[l-p]|tmp|temp|rej|save|autosave|part|partial|crdownload|download|icloud|mine"
    r"|(?:md|rst|ya?ml|txt|pdf)\.(?:r?\d{1,6})))",
    re.I | re.S,
)
# Nearly all names match this. None of them says 'not public', so the other patterns are skipped.
_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]*\.(?:md|rst|ya?ml|png|jpe?g|svg|webp|gif|avif|pdf|mp4|csv|txt)")
_LEFTOVERS = frozenset(("thumbs.db", "desktop.ini", "icon\r"))
_COPY = re.compile(
    r"(?:copy (?:\(\d+\) )?of|kopie von|copie de|copia de|copia di|cópia de|kopia|kopie van|kopi af)\b.*"
    r"|.*[ _(](?:copy|kopie|copie|copia|cópia|kopia|kopi|副本|コピー|拷贝)(?: ?\(?\d{1,3}\)?)?\)?(?:\.[^./]{1,10})*"
    r"|.*(?:conflicted copy|conflict[ _-]?copy|sync-conflict|_conflict-|\(conflict|in konflikt stehende kopie).*",
    re.I | re.S,
)
_TEXT = re.compile(r".*\.(?:md|rst|markdown)", re.I | re.S)
_NUMBERED = re.compile(r".* ?\(\d{1,3}\)\.[^.]+", re.S)
# `[WIP] plan.md`, `DRAFT-plan.md`, `plan.draft.md`, `plan (draft).md`; not `draft-beer.md`.
_MARKED = re.compile(
    rf"[\[(](?i:{words.BEFORE_A_TITLE})[\])].*|(?:DRAFTS?|WIP|TODO|ENTWURF|BROUILLON|BORRADOR|PRIVATE)[-_ ].*"
    rf"|.*\.(?i:draft|wip|private|unpublished|hidden|entwurf)(?:\.[^.]+)|.*[\[(](?i:{words.BEFORE_A_TITLE})[\])](?:\.[^.]+)?",
    re.S,
)


def set_aside(name: str) -> str:
    """Return the part of a source's name that says that it is not public; empty if none does."""
    folder, _, file = name.rpartition("/")
    return _of_folder(folder) or (file if _is_set_aside(file) else "")


@functools.lru_cache(maxsize=1_000)
def _of_folder(folder: str) -> str:
    parts = folder.split("/")[1:]
    return next((part for number, part in enumerate(parts) if _is_folder_aside(part, number, parts)), "")


def _is_folder_aside(part: str, number: int, parts: list[str]) -> bool:
    if part in _READ:
        return False
    if number == 1 and parts[0] == "blogs":  # somebody may be called Privat
        return plain(part) in words.DRAFT or _is_set_aside(part)
    return plain(part) in _FOLDERS or _is_of_drafts(part) or _is_set_aside(part)


def _is_of_drafts(part: str) -> bool:
    found = _WORDS.findall(part.lower())
    if not _MANY.isdisjoint(found) or (len(found) == 1 and found[0] in _FEW):
        return True
    return len(found) == 2 and found[0] in _FEW and found[1] in _THINGS


def _is_set_aside(part: str) -> bool:
    if _PLAIN.fullmatch(part):
        return False
    if _BEFORE.match(part) and not _NAMED_SO.fullmatch(part):
        return True
    if _LEFT.fullmatch(part) or _COPY.fullmatch(part) or _MARKED.fullmatch(part) or part.lower() in _LEFTOVERS:
        return True
    return _TEXT.fullmatch(part) is not None and _NUMBERED.fullmatch(part) is not None
