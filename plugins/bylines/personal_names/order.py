"""Which end of a name the family name is at, where it is written in Latin letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bylines.personal_names import lists, scripts
from bylines.personal_names.scripts import fold


class Order(NamedTuple):
    """Whether the family name comes first, and whether that is a guess."""

    family_first: bool
    doubtful: bool = False


class _Tongue(NamedTuple):
    """What is known of a language's names: family names (the commonest first), and how given names are spelled."""

    families: Sequence[str]
    spelled: Callable[[str], bool]


_TONGUES = {
    "zh": _Tongue(lists.CHINESE, scripts.looks_chinese),
    "ko": _Tongue(lists.KOREAN, scripts.looks_korean),
    "ja": _Tongue(sorted(lists.JAPANESE), scripts.looks_japanese),
    "vi": _Tongue(lists.VIETNAMESE, lambda word: True),
}
# Names that are given ones in English far more often than Chinese or Korean family names.
_ENGLISH_GIVEN = frozenset("lee kim dean jean long may ray jay young song ban gil so cho jo an han su min jun".split())
_WESTERN = Order(False)
_EASTERN = Order(True)


def order_of(words: Sequence[str], languages: Sequence[str]) -> Order:
    """The order of a name of at least two words."""
    spoken = [language.partition("-")[0] for language in languages]
    first, last = fold(words[0]), fold(words[-1])
    if spoken and spoken[0] == "hu":
        return _hungarian(first, last)
    for language in spoken[:1]:
        if language in _TONGUES:
            return _told(_TONGUES[language].families, first, last, unknown=Order(language == "vi"))
    if scripts.looks_vietnamese(" ".join(words)) or first in lists.DISTINCTLY_VIETNAMESE:
        return _told(lists.VIETNAMESE, first, last, unknown=_WESTERN)
    return _guessed(words)


def _hungarian(first: str, last: str) -> Order:
    if first in lists.HUNGARIAN_GIVEN and last not in lists.HUNGARIAN_GIVEN:
        return _WESTERN
    return _EASTERN


def _told(families: Sequence[str], first: str, last: str, unknown: Order) -> Order:
    """The order where the language is known: the family name is the one that is known as such, the commoner of two."""
    if first in families and last in families:
        return Order(families.index(first) <= families.index(last), doubtful=first != last)
    if first in families or last in families:
        return Order(first in families)
    return unknown


def _guessed(words: Sequence[str]) -> Order:
    """The order where nothing is known but the words: family-first only where all of them are spelled so."""
    if len(words) > 3 or any("." in word or len(word) == 1 for word in words):
        return _WESTERN
    first, last = fold(words[0]), fold(words[-1])
    for tongue in (_TONGUES["zh"], _TONGUES["ko"], _TONGUES["ja"]):
        if first not in tongue.families or not all(tongue.spelled(word) for word in words[1:]):
            continue
        joined = any("-" in word for word in words[1:])
        if len(words) == 3 and not joined and last not in tongue.families and not _has_given(words[1:]):
            return Order(True, doubtful=first in _ENGLISH_GIVEN)
        if first in _ENGLISH_GIVEN and not joined:
            return Order(False, doubtful=len(words) == 3 and not _has_given(words[1:]))
        if last in tongue.families and not joined:
            return Order(tongue.families.index(first) < tongue.families.index(last), doubtful=True)
        if len(words) == 2 or joined:
            return _EASTERN
    return _of_rarer(words, first, last)


def _of_rarer(words: Sequence[str], first: str, last: str) -> Order:
    """The order of names whose family name is a rarer Chinese one (Xi Jinping), or spelled as in Singapore (Ng Eng Hen)."""
    if (
        first in lists.SOUTHERN
        and len(words) == 3
        and all(map(scripts.is_syllable, words[1:]))
        and not _has_given(words[1:])
    ):
        return Order(True, doubtful=first in _ENGLISH_GIVEN or last in lists.CHINESE)
    is_known = last in lists.CHINESE or last in lists.KOREAN or last in lists.JAPANESE or last in lists.VIETNAMESE
    if first not in lists.RARER_CHINESE or is_known or len(words) > 2 or _has_given(words[1:]):
        return _WESTERN
    if scripts.looks_pinyin(words[1]):
        return Order(True, doubtful=scripts.is_syllable(words[1]))
    return _WESTERN


def _has_given(words: Sequence[str]) -> bool:
    """Whether one of some words is a given name of Europe or America."""
    from bylines.personal_names.given import GIVEN

    return any(fold(word) in GIVEN for word in words)
