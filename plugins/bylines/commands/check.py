"""`check`: everything that is wrong in what changed (or in all), without touching the output; and, with `--fix`, its mend."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from bylines.commands.build import Wishes, answered, build

if TYPE_CHECKING:
    from bylines.checking.changed import Changed
    from bylines.checking.formats import Findings
    from bylines.problems import ContentProblem
    from bylines.settings import Site

FORMATS = ("text", "github", "gitlab", "sarif", "json")


class What(NamedTuple):
    """What is checked, and how it is said."""

    base: str = ""
    """A commit: what this branch has that it has not. '': the upstream branch."""
    staged: bool = False
    """What is staged for the next commit, as it is staged."""
    all: bool = False
    """The whole site, by a build of it in `.check/`."""
    fix: bool = False
    """Mend what has one right answer."""
    format: str = "text"


def check(settings: str = "pelicanconf.py", wishes: Wishes | None = None, what: What | None = None) -> int:
    """Says what is wrong; gives 1 where anything is. Without git the whole site is checked."""
    wishes, what = wishes or Wishes(), what or What()
    if wishes.json:
        what = what._replace(format="json")
    wishes = wishes._replace(json=what.format == "json")
    return answered(wishes, lambda: _check(settings, wishes, what))


def _check(settings: str, wishes: Wishes, what: What) -> int:
    from bylines import frame
    from bylines.checking import changed, formats

    site, own = frame.load(settings, {"BYLINES_SEARCH": False, "BYLINES_DRAFTS": True})
    if what.all or not (what.base or what.staged or changed.has_git(site)):
        if what.format in ("text", "json"):
            return build(settings, aside=".check", strict=True, wishes=wishes)
        found = _in_all(settings)
    else:
        found = _in_changed(site, own.get("BYLINES_PERSONAL") or {}, what)
    said = formats.FORMATS[what.format](found)
    if said and not (wishes.quiet and not found.problems):
        print(said, file=sys.stderr if what.format == "text" and found.problems else sys.stdout, flush=True)
    return 1 if found.problems else 0


def _in_all(settings: str) -> Findings:
    from bylines import frame
    from bylines.checking.formats import Findings
    from bylines.commands.build import overrides
    from bylines.engine.result import Manner

    result = frame.build(settings, overrides(settings, ".check", preview=False), manner=Manner())
    return Findings(result.problems, result.posts, result.posts, "nothing, outside git")


def _in_changed(site: Site, personal: Mapping[str, str], what: What) -> Findings:
    from bylines.checking import changed
    from bylines.checking.formats import Findings
    from bylines.checking.judge import judge

    found = changed.changed(site, base=what.base, staged=what.staged)
    mended = _mended(site, found) if what.fix and not what.staged else []
    staged = changed.staged_bytes(site, found.there) if what.staged else {}
    judged = judge(site, found, staged, git=True)
    private = _secrets(site, found, staged, personal)
    problems = sorted({*judged.problems, *private})
    return Findings(problems, len(found.there) + len(found.gone), judged.read, found.since, mended)


def _secrets(
    site: Site, found: Changed, staged: Mapping[str, bytes], personal: Mapping[str, str]
) -> list[ContentProblem]:
    import re

    from bylines.checking.secrets import found_in
    from bylines.engine.places import file_of, shown
    from bylines.problems import SettingsError

    try:
        patterns = {kind: re.compile(pattern) for kind, pattern in personal.items()}
    except re.error as error:
        raise SettingsError(f"BYLINES_PERSONAL has a pattern that cannot be read ({error})") from error
    problems: list[ContentProblem] = []
    for name in found.there:
        if name.endswith(_TEXTS) and (data := staged.get(name) or _bytes(file_of(site, name))):
            problems += found_in(data.decode(errors="replace"), shown(site, name), patterns)
    return problems


def _mended(site: Site, found: Changed) -> list[str]:
    """Mends the files that changed; says what was done."""
    import functools

    from bylines.checking import mend
    from bylines.checking.changed import renames
    from bylines.checking.moved import moved_to
    from bylines.engine.places import file_of, shown
    from bylines.engine.read import read_topics
    from bylines.features.feeds.entries import id_of
    from bylines.features.posts.relations import is_post
    from bylines.pictures.look import is_picture

    topics = read_topics("content/topics.yaml", _bytes(file_of(site, "content/topics.yaml")), site.read).record
    spellings = mend.spellings(getattr(topics, "entries", ()))
    said: list[str] = []
    before = renames(site, found)
    for name in found.there:
        data = _bytes(file := file_of(site, name), _LARGEST if is_picture(name) else _MOST)
        if not data:
            continue
        if is_picture(name):
            made = mend.mend_picture(data, site.read.max_picture) if len(data) > site.read.max_picture else None
        elif name.endswith((".md", ".rst", ".yaml")):
            path = before.get(name, name).removeprefix("content/")  # feeds know a renamed post by its old path
            own = id_of(site.tag, path) if is_post(name) else ""
            facts = mend.Facts(spellings, own, functools.partial(moved_to, site, name), site.read.markup)
            made = mend.mend_text(name, data, facts)
        else:
            made = None
        if made is not None and made.data != data:
            _put(file, made.data)
            said += [f"{shown(site, name)}: {done}" for done in made.done]
    return said


def _put(file: str, data: bytes) -> None:
    """Writes a file as a whole, with its mode."""
    stage = f"{file}.mended"
    with open(stage, "xb") as made:
        made.write(data)
    os.chmod(stage, os.stat(file).st_mode & 0o777)
    os.replace(stage, file)


_TEXTS = (".md", ".rst", ".yaml", ".yml", ".csv", ".txt", ".json", ".toml", ".ini", ".cfg", ".env", ".py", ".sh")
_MOST, _LARGEST = 2_000_000, 100_000_000
"""Bytes of a text, and of a picture, that are looked at."""


def _bytes(file: str, most: int = _MOST) -> bytes:
    """The bytes of a plain file of at most `most` bytes; none of any other."""
    if os.path.islink(file) or not os.path.isfile(file) or os.path.getsize(file) > most:
        return b""
    with open(file, "rb") as opened:
        return opened.read()
