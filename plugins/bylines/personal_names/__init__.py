"""Finds the family name in a person's name, so that directories list people where they would look for themselves.

The result depends only on the name and on what its owner says about it (`sort_name`, `reading`, `languages`), by general rules
and small lists of words. Somebody who is listed in the wrong place sets `sort_name`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import msgspec

from bylines.personal_names import lists, scripts
from bylines.personal_names.name_order import order_of
from bylines.personal_names.organisations import is_one_name, is_organisation
from bylines.personal_names.scripts import fold, is_capital
from bylines.personal_names.titles import AND, is_suffix_part, without_suffixes, without_titles

Policy = Literal["written", "family", "given"]
"""How to treat particles (van, de la): 'written' keeps those with a capital with the family name and others with the given
name; 'family' and 'given' always keep them with the one or the other."""
POLICIES: tuple[Policy, ...] = get_args(Policy)


class Name(msgspec.Struct, frozen=True):
    """A person's name in a directory: what is shown, the family name in it (empty if unknown), and what it is sorted by."""

    title: str
    family: str
    sorted_by: str
    other: str = ""
    """Another `sort_name` that is nearly as likely; empty if there is none."""


class _Split(NamedTuple):
    """The words of a name: the family name, the particles that move behind the given names, and the given names."""

    family: Sequence[str]
    moved: Sequence[str]
    given: Sequence[str]
    other: int = 0
    """The index at which the family name may begin instead; 0 if there is no doubt."""


_ASIDE = re.compile(r"\s*(?:\([^)]*\)|（[^）]*）|\[[^\]]*\]|(?<!\w)[\"“„`‘'][^\"”“'’]+[\"”“'’](?!\w))")
_DEGREE = re.compile(r"\b(Ph|M|D)\.\s+(D|Sc|Phil)\b\.?")
_LINKED = re.compile(r"((?:d|l|dell|dall)['’]|(?:al|el|ad|an|ar|as|ash|at|az|ul)-)(?=\w)", re.I)
_INITIALS = re.compile(r"\b([A-Z]\.)(?=[A-Z]\.)")
_PATRONYMIC = re.compile(r"(?:[oe]vi[cč]h?|ovna|evna|[oe]wicz)$", re.I)
_PEERAGE = lists.STYLES - lists.CHURCH
_LONGEST_STYLE = 4
"""The most words of a style from 'of' on."""
_COMPOUND_HAN = tuple(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 东方 東方 皇甫 尉迟 公孙 公孫 慕容 令狐 夏侯 端木".split()
)
_COMPOUND_HANGUL = tuple("남궁 황보 제갈 사공 선우 서문 독고 동방".split())


def index_name(
    name: str,
    sort_name: str | None = None,
    reading: str | None = None,
    languages: Sequence[str] = (),
    particles: Policy = "written",
) -> Name:
    """Return a name as directories list it: by `sort_name` if it is given ('Lovelace, Ada'), else derived.

    `reading` is the name in a phonetic script, `languages` the codes of its owner's languages, the first the most important.
    """
    if sort_name:
        family = sort_name.partition(",")[0].strip()
        return Name(sort_name, family if "," in sort_name else "", reading or sort_name)
    if any(script.search(name) for script in (scripts.HAN, scripts.KANA, scripts.HANGUL)):
        return _east_asian(name, reading, languages)
    if reading:
        return Name(name, "", reading)
    return _latin(name, languages, particles)


def _east_asian(name: str, reading: str | None, languages: Sequence[str]) -> Name:
    """Return a name that is family-first as written. A comma after the family name sorts short family names before longer ones."""
    if reading and "," in reading:
        return Name(name, "", reading)
    plain = _ASIDE.sub(" ", name).strip() or name
    first, _, rest = (reading or plain).partition(" ")
    if rest and (reading or scripts.is_east_asian(plain)):
        return Name(name, "" if reading else first, f"{first}, {rest}")
    family = "" if reading else _first_characters(plain, languages)
    sorted_by = f"{family}, {plain[len(family) :]}" if family else reading or plain
    return Name(name, family, sorted_by)


def _first_characters(name: str, languages: Sequence[str]) -> str:
    """Return the family name of a name without spaces: one character, or one of the few with two; empty if unknown, as in Japanese."""
    if not 2 <= len(name) <= 4 or "·" in name or scripts.KANA.search(name):
        return ""
    if scripts.HANGUL.match(name):
        return name[:2] if name.startswith(_COMPOUND_HANGUL) and len(name) > 2 else name[:1]
    if languages and languages[0].startswith("zh"):
        return name[:2] if name.startswith(_COMPOUND_HAN) and len(name) > 2 else name[:1]
    return ""


def _latin(name: str, languages: Sequence[str], particles: Policy) -> Name:
    plain = _DEGREE.sub(r"\1\2", " ".join(_ASIDE.sub(" ", name).split())) or name
    parts = [part for part in re.split(r"\s*[,;]\s*", plain) if part]
    if parts and (style := _peerage_name(parts[0].split())) is not None:
        return style
    if parts and is_organisation(parts[0].split()):
        return _as_written(name, plain)
    if not any(part.strip() for part in parts):
        return Name(name, "", name)
    suffixes = [word for part in parts[1:] if is_suffix_part(part) for word in part.split()]
    parts = [parts[0], *(part for part in parts[1:] if not is_suffix_part(part))]
    words, own = without_suffixes(parts[0].split(), at_least=1 if len(parts) > 1 or suffixes else 2)
    suffixes = [*own, *suffixes]
    if len(parts) > 1 and len(words) > 1 and _is_role(parts[1]):
        suffixes, parts = [*suffixes, *parts[1:]], parts[:1]
    if len(parts) > 1:
        return _from_inverted(words, " ".join(parts[1:]), suffixes)
    titles, words = without_titles(words)
    if len(words) < 2:
        whole = " ".join(words)
        return Name(", ".join(filter(None, [whole, " ".join(titles), *suffixes])), whole if titles else "", whole)
    if is_one_name(words):
        return _as_written(name, " ".join(words))
    return _in_order(name, words, titles, suffixes, languages, particles)


def _as_written(name: str, plain: str) -> Name:
    """Return a name that is not a person's: listed as written, but with an article at the end."""
    article, _, rest = plain.partition(" ")
    if article.lower() == "the" and rest:
        return Name(f"{rest}, {article}", "", rest)
    return Name(name, "", plain)


def _in_order(
    name: str, words: list[str], titles: list[str], suffixes: list[str], languages: Sequence[str], particles: Policy
) -> Name:
    """Return a name of given and family names, in the order of its language."""
    if languages and languages[0].partition("-")[0] in lists.AS_THEY_STAND:
        return Name(name, "", " ".join(words))
    shouted = _capitals(words)
    if shouted is None:
        order = order_of(words, languages)
        if order.family_first:
            return _family_first(name, words, suffixes, doubtful=order.doubtful)
        split = _family_last(words, languages, particles)
        other = _inverse(words, 1, first=True) if order.doubtful else ""
        other = other or (_inverse(words, split.other) if split.other else "")
    elif shouted[0] == 0:
        return _family_first(name, words, suffixes, length=shouted[1])
    else:
        split, other = _Split(words[shouted[0] :], (), words[: shouted[0]]), ""
    family = " ".join(split.family)
    moved = [*split.given, *split.moved]
    title = ", ".join(filter(None, [family, " ".join([*titles, *moved]), *suffixes]))
    initials = _INITIALS.sub(r"\1 ", " ".join(moved))  # J.R.R. beside J. R. R.
    return Name(title, family, ", ".join([family, initials, *suffixes]), other)


def _family_first(name: str, words: list[str], suffixes: list[str], *, length: int = 1, doubtful: bool = False) -> Name:
    """Return a family-first name, which is shown as written."""
    family = " ".join(words[:length])
    sorted_by = ", ".join([family, " ".join(words[length:]), *suffixes])
    return Name(name, family if name.startswith(family) else "", sorted_by, _inverse(words, -1) if doubtful else "")


def _inverse(words: Sequence[str], start: int, *, first: bool = False) -> str:
    """Return a `sort_name` whose family name is the words from `start` on, or with `first` those before it."""
    family, given = (words[:start], words[start:]) if first else (words[start:], words[:start])
    return f"{' '.join(family)}, {' '.join(given)}"


def _from_inverted(family: list[str], given: str, suffixes: list[str]) -> Name:
    """Return a name that was written 'Family, Given' or 'Given, Lord Family'."""
    words = given.split()
    plain = [word.lower() for word in words]
    of = plain.index("of", 1) if "of" in plain[1:-1] else 0
    if of and fold(words[of - 1]) in _PEERAGE and of < 3:  # Countess of Loudoun, 5th Earl of Marne
        return _filed_under(words[of + 1 :], [*family, *words[: of + 1]])
    if len(words) > 1 and plain[-1] == "of":  # Loudoun, Countess of
        return _filed_under(family, words)
    titles, words = without_titles(words)
    if titles and fold(titles[-1]) in lists.PEERS and len(words) == 1:
        return _filed_under(words, [*titles, *family])
    words, more = without_suffixes(words, at_least=1)
    suffixes = [*suffixes, *more]
    name = " ".join(family)
    sorted_by = ", ".join([name, " ".join(words), *suffixes])
    return Name(sorted_by if not titles else ", ".join([name, " ".join([*titles, *words]), *suffixes]), name, sorted_by)


def _is_role(part: str) -> bool:
    """Return whether the text after a name and a comma is a role: Head of Design, Bishop of Durham."""
    words = part.split()
    of = next((at for at, word in enumerate(words) if at and word.lower() in ("of", "for", "at", "in")), 0)
    return bool(of) and fold(words[of - 1]) not in _PEERAGE


def _filed_under(family: list[str], given: list[str]) -> Name:
    title = f"{' '.join(family)}, {' '.join(given)}"
    return Name(title, " ".join(family), title)


def _peerage_name(words: list[str]) -> Name | None:
    """Return a style, listed under what follows 'of' (Earl of Marne, the 5th Duke of Tide); None for any other name."""
    if "of" not in words and "Of" not in words:
        return None
    plain = [word.lower() for word in words]
    if "of" not in plain[1:-1]:
        return None
    at = plain.index("of", 1)
    if fold(words[at - 1]) not in lists.STYLES or at > 3 or len(words) - at > _LONGEST_STYLE:
        return None
    family = words[at + 1 :]
    if family and family[0].lower() == "the" and len(family) > 1:
        return _filed_under(family[1:], [*words[: at + 1], family[0]])
    return _filed_under(family, words[: at + 1])


def _capitals(words: Sequence[str]) -> tuple[int, int] | None:
    """Return (start, length) of a family name in capitals ('MOLNÁR Gábor', 'Jean-Luc DE LA TOUR'); None if there is none."""
    loud = [word.isupper() and sum(c.isalpha() for c in word) > 2 and "." not in word for word in words]
    if all(loud) or not any(loud):
        return None
    if loud[0] and not any(loud[loud.index(False) :]):
        return 0, loud.index(False)
    start = len(words) - 1
    if not loud[-1] or loud[0]:
        return None
    while start > 1 and words[start - 1].isupper() and "." not in words[start - 1] and len(words[start - 1]) > 1:
        start -= 1
    return start, len(words) - start


def _family_last(words: list[str], languages: Sequence[str], particles: Policy) -> _Split:
    """Split a name whose family name comes last."""
    start, end = _particle_group(words)
    if start:
        other = start - 1 if start > 1 and _may_be_family(words[start - 1], languages) else 0
        return _with_particles(words, start, end, particles, other)
    last, other = len(words) - 1, 0
    if last > 2 and words[last - 1] in lists.JOINERS:
        last -= 2
    elif len(words) > 2:
        double, other = _is_double(words, languages)
        last -= double
    return _with_linked_particle(words, last, particles, other)


def _is_double(words: Sequence[str], languages: Sequence[str]) -> tuple[bool, int]:
    """Return whether the last two words are family names, as in Spanish, and where else the family name may begin (0: nowhere)."""
    before, last = fold(words[-2]), fold(words[-1])
    if len(before) < 2 or before in lists.HISPANIC_GIVEN or any(word.lower() in AND for word in words):
        return False, 0
    if languages and languages[0].partition("-")[0] in lists.DOUBLE_SURNAMES:
        return True, 0
    both = last in lists.HISPANIC and (
        before in lists.HISPANIC or (len(words) > 3 and all(fold(word) in lists.HISPANIC_GIVEN for word in words[:-2]))
    )
    if both:
        return True, 0
    return False, len(words) - 2 if _may_be_family(words[-2], languages) else 0


def _may_be_family(word: str, languages: Sequence[str]) -> bool:
    """Return whether a middle word may belong to the family name: it is neither an initial nor a known given name."""
    if languages and languages[0].partition("-")[0] in lists.OTHER_MIDDLE_NAMES:
        return False
    if not is_capital(word) or "." in word or (len(word) < 4 and word.isupper()) or _PATRONYMIC.search(word):
        return False
    if fold(word) in lists.HISPANIC:
        return True
    from bylines.personal_names.given import GIVEN

    return not all(
        part in GIVEN or part in lists.SECOND_GIVEN or len(part) < 2 for part in re.split(r"[-'’]", fold(word))
    )


def _particle_group(words: Sequence[str]) -> tuple[int, int]:
    """Return (start, end) of the particles: the last small ones after a given name, else capital ones before the last word."""
    for end in range(len(words) - 1, 1, -1):
        start = end
        while start > 1 and _is_particle(words, start - 1):
            start -= 1
        small = not is_capital(words[start]) or any(
            not is_capital(words[at]) and not _belongs(words, at) for at in range(start, end)
        )
        if start < end < len(words) - 1 and fold(words[end]) in lists.HISPANIC_GIVEN:
            continue  # María del Carmen
        if start < end and (small or end == len(words) - 1):
            return start, end
    return 0, 0


def _is_particle(words: Sequence[str], at: int) -> bool:
    word = words[at].lower()
    if _belongs(words, at) or (word in lists.BEFORE_ARTICLES and at + 2 < len(words) and _belongs(words, at + 1)):
        return True
    if word not in lists.PARTICLES:
        return False
    if not is_capital(words[at]):
        return True
    # 'Thi Van Nguyen': a middle name
    return word not in lists.ONLY_SMALL and not (at == len(words) - 2 and fold(words[-1]) in lists.VIETNAMESE)


def _belongs(words: Sequence[str], at: int) -> bool:
    """Return whether a word is an article that belongs to the particle before it: Van Der, op den, in 't."""
    return at > 1 and words[at].lower() in lists.ARTICLES and words[at - 1].lower() in lists.BEFORE_ARTICLES


def _with_particles(words: list[str], start: int, end: int, particles: Policy, other: int) -> _Split:
    if particles == "family":
        return _Split(words[start:], (), words[:start], other)
    if particles == "written":
        first = next((at for at in range(start, end) if _stays(words[at]) and not _belongs(words, at)), end)
    else:
        first = next((at for at in range(start, end) if words[at].lower() in lists.OF_THE_FAMILY), end)
    return _Split(words[first:], words[start:first], words[:start], other)


def _stays(word: str) -> bool:
    return is_capital(word) or word in lists.WITH_THE_FAMILY


def _with_linked_particle(words: list[str], last: int, particles: Policy, other: int) -> _Split:
    """Split a name whose family name has a small particle attached: al-Ani, d’Arcy."""
    link = _LINKED.match(words[last])
    if link is None or particles == "family" or (particles == "written" and is_capital(words[last])):
        return _Split(words[last:], (), words[:last], other)
    family = [words[last][link.end() :], *words[last + 1 :]]
    return _Split(family, [link[0]], words[:last])
