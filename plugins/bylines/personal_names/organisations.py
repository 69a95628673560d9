"""Recognises names that are not one person's: of offices, teams, companies and pairs."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from bylines.personal_names import lists
from bylines.personal_names.scripts import fold, is_capital
from bylines.personal_names.titles import AND, is_title

_ARTICLES = ("le", "la", "les", "the", "l'", "l’", "los", "las", "il", "gli")
_STYLES_AND_TITLES = lists.STYLES | lists.TITLES


def is_one_name(words: Sequence[str]) -> bool:
    """Return whether a name must not be split: 'Gilbert & George', 'Security Team', 'Office of Tides', 'Le Corbusier'."""
    first, last = words[0].lower(), fold(words[-1])
    if is_organisation(words):
        return True
    if len(words) == 3 and words[1].lower() in AND and is_capital(words[0]) and is_capital(words[2]):
        return True
    return len(words) == 2 and first in _ARTICLES and last not in lists.VIETNAMESE


def is_organisation(words: Sequence[str]) -> bool:
    """Return whether words name an office, a team or a company, judged by typical words."""
    if len(words) < 2:
        return False
    plain = [fold(word) for word in words]
    if not lists.ORGANISATIONS.isdisjoint(plain[1:]) or "for" in words:
        return True
    if plain[0] in lists.FIRST_OF_OFFICES or (
        plain[0] == "the" and len(words) > 2 and not is_title(words, 1) and plain[1] not in AND
    ):
        return True
    at = 1 if plain[0] == "the" and len(words) > 2 else 0
    if plain[at] in lists.OFFICES and words[at + 1].lower() in lists.BINDERS and len(words) > at + 2:
        return True
    if words[1] == "of" and len(words) > 2 and plain[0] not in _STYLES_AND_TITLES:  # Joan of Arc
        return True
    of_the = "of" in words and any(
        first == "of" and second.lower() == "the" for first, second in itertools.pairwise(words)
    )
    return (of_the and plain[0] != "of" and plain[0] not in lists.TITLES) or any(word[:1].isdigit() for word in words)
