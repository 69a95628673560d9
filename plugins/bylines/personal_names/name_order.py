"""Tells whether the family name comes first or last in a name in Latin letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bylines.personal_names import lists, scripts
from bylines.personal_names.scripts import fold


class Order(NamedTuple):
    """Whether the family name comes first, and whether that is a guess."""

    family_first: bool
    doubtful: bool = False


class _LanguageNames(NamedTuple):
    """Names of a language: its family names, the commonest first, and a test for the spelling of given names."""

    families: Sequence[str]
    spelled: Callable[[str], bool]


_LANGUAGES = {
    "zh": _LanguageNames(lists.CHINESE, scripts.looks_chinese),
    "ko": _LanguageNames(lists.KOREAN, scripts.looks_korean),
    "ja": _LanguageNames(sorted(lists.JAPANESE), scripts.looks_japanese),
    "vi": _LanguageNames(lists.VIETNAMESE, lambda word: True),
}
# Words that are English given names far more often than Chinese or Korean family names.
_ENGLISH_GIVEN = frozenset("lee kim dean jean long may ray jay young song ban gil so cho jo an han su min jun".split())
_WESTERN = Order(False)
_EASTERN = Order(True)


def order_of(words: Sequence[str], languages: Sequence[str]) -> Order:
    """Return the order of a name of at least two words. `languages` are its owner's, the most important first."""
    spoken = [language.partition("-")[0] for language in languages]
    first, last = fold(words[0]), fold(words[-1])
    if spoken and spoken[0] == "hu":
        return _hungarian(first, last)
    for language in spoken[:1]:
        if language in _LANGUAGES:
            return _known_order(_LANGUAGES[language].families, first, last, unknown=Order(language == "vi"))
    if scripts.looks_vietnamese(" ".join(words)) or first in lists.DISTINCTLY_VIETNAMESE:
        return _known_order(lists.VIETNAMESE, first, last, unknown=_WESTERN)
    return _guess_order(words)


def _hungarian(first: str, last: str) -> Order:
    if first in lists.HUNGARIAN_GIVEN and last not in lists.HUNGARIAN_GIVEN:
        return _WESTERN
    return _EASTERN


def _known_order(families: Sequence[str], first: str, last: str, unknown: Order) -> Order:
    """Return the order for a known language: the known family name decides; of two, the commoner one."""
    if first in families and last in families:
        return Order(families.index(first) <= families.index(last), doubtful=first != last)
    if first in families or last in families:
        return Order(first in families)
    return unknown


def _guess_order(words: Sequence[str]) -> Order:
    """Return the order by the words alone: family-first only if all of them are spelled as in such a language."""
    if len(words) > 3 or any("." in word or len(word) == 1 for word in words):
        return _WESTERN
    first, last = fold(words[0]), fold(words[-1])
    for tongue in (_LANGUAGES["zh"], _LANGUAGES["ko"], _LANGUAGES["ja"]):
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
    return _order_of_rarer(words, first, last)


def _order_of_rarer(words: Sequence[str], first: str, last: str) -> Order:
    """Return the order for rarer Chinese family names (Xi Jinping), and for the spelling of Singapore (Ng Eng Hen)."""
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
    """Return whether any of the words is a European or American given name."""
    from bylines.personal_names.given import GIVEN

    return any(fold(word) in GIVEN for word in words)
