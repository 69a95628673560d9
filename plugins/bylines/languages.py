"""Recognises codes of languages (BCP 47), and guesses the intended one from other spellings."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata

import icu

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,6}")
_LONGEST = 60
# Country codes that are also codes of languages with fewer writers: the likely language, and how to write the other.
_DOUBTFUL = {
    "kr": ("ko", "kr-NG"),
    "se": ("sv", "se-NO"),
    "ee": ("et", "ee-GH"),
    "tw": ("zh-TW", "tw-GH"),
    "br": ("pt-BR", "br-FR"),
}
# Further names and codes, which ICU does not know.
_OTHER_NAMES = {
    "brazilian": "pt-BR", "british": "en-GB", "british english": "en-GB", "american": "en-US", "castilian": "es",
    "castellano": "es", "mandarin": "zh", "simplified chinese": "zh-Hans", "chinese simplified": "zh-Hans",
    "traditional chinese": "zh-Hant", "chinese traditional": "zh-Hant", "cantonese": "yue", "flemish": "nl-BE",
    "vlaams": "nl-BE", "farsi": "fa", "tagalog": "fil", "greek": "el", "burmese": "my", "brazilian portuguese": "pt-BR",
    "us": "en-US", "gb": "en-GB", "uk": "uk", "engl": "en", "esp": "es", "mx": "es-MX", "cn": "zh-CN", "hk": "zh-HK",
    "at": "de-AT", "ptbr": "pt-BR", "zhcn": "zh-CN", "zhtw": "zh-TW", "enus": "en-US", "engb": "en-GB",
}  # fmt: skip


def tag_of(text: str) -> str | None:
    """Return a language's tag in its usual spelling ('pt_br': 'pt-BR', 'iw': 'he'); None if it is none."""
    text = text.strip().replace("_", "-")
    if not _TAG.fullmatch(text):
        return None
    return _tag_of(text)


@functools.lru_cache(maxsize=1_000)
def _tag_of(text: str) -> str | None:
    try:
        found = icu.Locale.forLanguageTag(text)
        usual = icu.Locale.createCanonical(text.replace("-", "_"))
    except icu.ICUError:
        return None
    tag: str = found.toLanguageTag()
    language = found.getLanguage()
    is_old = usual.getLanguage() != language
    if is_old and len(language) == 3 and len(usual.getLanguage()) == 2:
        tag, found = usual.toLanguageTag(), usual  # prefer the code of two letters ('en' for 'eng')
    elif found.getCountry() != usual.getCountry() and not is_old:
        tag, found = usual.toLanguageTag(), usual
    if len(language) == 2 and not is_old and language not in _languages():
        return None
    country = found.getCountry()
    if len(country) == 2 and country not in _countries():
        return None
    return tag if found.getLanguage() not in ("", "und") and _is_whole(text, tag) else None


def _is_whole(text: str, tag: str) -> bool:
    """Return whether ICU understood all parts of a tag. It drops those that it does not."""
    return tag.count("-") >= text.count("-")


@functools.cache
def _languages() -> frozenset[str]:
    return frozenset(icu.Locale.getISOLanguages())


@functools.cache
def _countries() -> frozenset[str]:
    return frozenset(icu.Locale.getISOCountries())


def doubtful(text: str) -> tuple[str, str] | None:
    """Return (the likely language, how to write the other) for a code that is also a country's; None for any other."""
    return _DOUBTFUL.get(text.strip().casefold())


def intended_language(text: str) -> str:
    """Return the tag of the language that a text means, by its code, country or name (English or its own); empty if none.

    'jp' means ja, 'Spanish' and 'español' es, 'de_at' de-AT.
    """
    wanted = _fold(text)
    if not wanted or len(wanted) > _LONGEST:
        return ""
    if wanted in _DOUBTFUL:
        return _DOUBTFUL[wanted][0]
    tag = tag_of(text)
    return tag or _OTHER_NAMES.get(wanted) or _by_name(wanted) or _by_country(text) or _by_parts(text)


def _by_name(wanted: str) -> str:
    found = _names().get(wanted)
    if found:
        return found
    near = difflib.get_close_matches(wanted, _names(), 1, 0.85) if len(wanted) > 4 else []
    return _names()[near[0]] if near else ""


def _by_country(text: str) -> str:
    """Return the language that is written most in a country, given its code; empty if it is none."""
    code = text.strip().upper()
    if code not in _countries():
        return ""
    likely = icu.Locale("und", code)
    likely.addLikelySubtags()
    found: str = likely.getLanguage()
    return found if found in _languages() else ""


def _by_parts(text: str) -> str:
    """Return the language that only the first part of a text means ('en-XX', 'jp-JP', 'Spanish (Mexico)'); empty if none."""
    first = re.split(r"[-_ (/,;]", text.strip(), maxsplit=1)[0]
    return intended_language(first) if first and first != text.strip() else ""


@functools.cache
def _names() -> dict[str, str]:
    """Map the names of languages, in English and in the language itself, folded, to their tags."""
    english = icu.Locale("en")
    found: dict[str, str] = {}
    for code in icu.Locale.getISOLanguages():
        language = icu.Locale(code)
        for name in (language.getDisplayLanguage(english), language.getDisplayLanguage(language)):
            if name != code:
                found.setdefault(_fold(name), tag_of(code) or code)
    return found


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not ("\u0300" <= c <= "\u036f")).strip()


def name_of(tag: str) -> str:
    """Return a language's name in English."""
    found: str = icu.Locale.forLanguageTag(tag).getDisplayName(icu.Locale("en"))
    return found
