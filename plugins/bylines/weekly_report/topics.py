"""Topics that are spelled nearly alike, and so are perhaps one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from bylines.engine.context import BuildContext
from bylines.weekly_report.week import Twins

_LONG = 6
"""Letters from which one that is missing is a slip of the pen rather than another word …"""
_LONGER = 8
"""… and from which one that is another is."""
_LONGEST = 60
"""Letters of a slug in which a slip is looked for."""
_NEAR = 30
"""With how many that follow it on a shelf a slug is compared: thousands of spellings of one topic are no pairs to look through."""


def twins(build: BuildContext) -> tuple[Twins, ...]:
    """Pairs of topics that want merging, perhaps; those with the most posts first."""
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
    """Pairs of slugs that differ in hyphens, accents, a plural's ending, or one letter of a long word.

    Each is filed under what is left of it without one letter, so that not each is compared with each.
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
    """A slug without hyphens and accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", slug) if not unicodedata.combining(c))
    return plain.replace("-", "")


def _shortened(text: str) -> Iterator[str]:
    if len(text) <= _LONGEST:
        yield from _without_one(text)
    if text.endswith("es"):
        yield text[:-2]


def are_alike(one: str, other: str) -> bool:
    """Whether two slugs are perhaps one topic; words with figures or signs are not, unless these are the same."""
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
    """Whether one letter is another, or two that stand side by side are the other way round."""
    differ = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differ) == 1:
        return True
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and one[differ[0]] == other[differ[1]]
        and one[differ[1]] == other[differ[0]]
    )
