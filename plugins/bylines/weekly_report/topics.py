"""Finds topics with nearly the same spelling, which may be one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from bylines.engine.context import BuildContext
from bylines.weekly_report.week import Twins

_LONG = 6
"""The least letters of a word in which a missing letter is taken for a typing error …"""
_LONGER = 8
"""… and those of a word in which a wrong letter is."""
_LONGEST = 60
"""The most letters of a slug that is searched for typing errors."""
_NEAR = 30
"""The most slugs with the same key that a slug is compared with, so that thousands of similar ones stay affordable."""


def twins(build: BuildContext) -> tuple[Twins, ...]:
    """Pairs of topics that could be merged, those with the most posts first."""
    labels = dict(build.store.rows(LABELS))
    posts = {name.removeprefix("topic:"): count for name, count in build.store.rows(COUNTS)}
    found = []
    for pair in sorted(pairs(labels)):
        fewer, more = sorted(pair, key=lambda slug: (posts.get(slug, 0), slug))
        found.append(Twins(labels[fewer], posts.get(fewer, 0), labels[more], posts.get(more, 0)))
    return tuple(sorted(found, key=lambda twin: (-twin.into_posts, twin.topic)))


LABELS = "SELECT topic, label FROM topic_label"
COUNTS = "SELECT list, posts FROM list_count WHERE list >= 'topic:' AND list < 'topic;'"


def pairs(slugs: Iterable[str]) -> set[tuple[str, str]]:
    """Pairs of slugs that differ only in hyphens, accents, a plural ending, or one letter of a long word.

    Groups the slugs by what remains of them without one letter, to avoid comparing each slug with every other.
    """
    shelves: dict[str, list[str]] = {}
    for slug in sorted(slugs):
        for key in {_bare(slug), *_shortened(_bare(slug))}:
            shelves.setdefault(key, []).append(slug)
    near = {
        (one, other)
        for shelf in shelves.values()
        for number, one in enumerate(shelf)
        for other in shelf[number + 1 : number + 1 + _NEAR]
    }
    return {pair for pair in near if are_alike(*pair)}


def _bare(slug: str) -> str:
    """Return a slug without hyphens and accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", slug) if not unicodedata.combining(c))
    return plain.replace("-", "")


def _shortened(text: str) -> Iterator[str]:
    if len(text) <= _LONGEST:
        yield from _without_one(text)
    if text.endswith("es"):
        yield text[:-2]


def are_alike(one: str, other: str) -> bool:
    """Return whether two slugs may be one topic. Their digits, and words for signs (plus, sharp), must be equal."""
    if re.findall(r"\d+|plus|sharp", one) != re.findall(r"\d+|plus|sharp", other):
        return False
    short, long = sorted((_bare(one), _bare(other)), key=len)
    if short == long or (len(short) > 2 and long in (f"{short}s", f"{short}es")):
        return True
    if len(long) == len(short):
        return len(long) >= _LONGER and short[0] == long[0] and _is_one_slip(short, long)
    return len(short) >= _LONG and any(short == left for left in _without_one(long))


def _without_one(text: str) -> Iterator[str]:
    return (text[:place] + text[place + 1 :] for place in range(len(text)))


def _is_one_slip(one: str, other: str) -> bool:
    """Return whether two words of one length differ in one letter, or in two adjacent letters that are swapped."""
    differ = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differ) == 1:
        return True
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and one[differ[0]] == other[differ[1]]
        and one[differ[1]] == other[differ[0]]
    )
