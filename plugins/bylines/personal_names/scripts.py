"""Tells the script of a name, and whether a word is spelled as in a certain language."""

from __future__ import annotations

import re
import unicodedata

_HAN = "[\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_KANA = "[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]"
_HANGUL = "[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"
_ALL = re.compile(f"(?:{_HAN}|{_KANA}|{_HANGUL}|[\\s·・])+")
HAN, KANA, HANGUL = re.compile(_HAN), re.compile(_KANA), re.compile(_HANGUL)

_INITIALS = "(?:b|p|m|f|d|t|ts|n|l|g|k|h|hs|j|q|x|zh|ch|sh|r|z|c|s|y|w)?"
_FINALS = "(?:iong|iang|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|ve|a|o|e|i|u|v)"
_PINYIN = re.compile(f"(?:{_INITIALS}{_FINALS}|er){{1,2}}")
_CANTONESE = re.compile(
    "(?:ng|gw|kw|ch|ts|sh|[bpmfdtnlgkhwsyj])?(?:aa|ar|ai|au|ay|ei|eu|ee|oi|ou|or|oo|ui|ue|iu|a|e|i|o|u|y)(?:ng|[mnptk])?"
)
_KOREAN = re.compile(
    "(?:(?:kk|tt|pp|ss|jj|ch|sh|[gknrlmdbptsjhc])?(?:yae|yeo|wae|yoo|woo|eui|ae|ya|eo|ye|wa|oe|yo|wo|we|wi|yu|eu|ui|oo|ee|ou|"
    "a|e|o|u|i)(?:ng|ck|[knlmptr])?){1,2}"
)
# Atomic: an n before a consonant always ends its syllable. Trying it as the start of the next one would take exponential time.
_ROMAJI = re.compile("(?>(?:(?:ky|gy|sh|ch|ny|hy|by|py|my|ry|ts|j|[kgsztdnhbpmyrwf])?(?:a|i|u|e|o)(?:n(?![aeiou]))?)+)")
_VIETNAMESE = re.compile("[ăằắẳẵặầấẩẫậđềếểễệồốổỗộơờớởỡợưừứửữựạảẹẻẽịỉĩọỏụủũỳỵỷỹ]", re.I)
# Strict: the spelling of mainland China, with initials and finals that really occur together, and without a final 'er'.
_STRICT_PINYIN = re.compile(
    "(?:(?:[bpmf]|[dtnl]|[gkh]|[zcs]h?|r)(?:iang|iong|uang|ang|eng|ong|iao|ian|uai|uan|ing|ai|ei|ao|ou|an|en|in|un|ie|iu|ua|uo|ui|a|e|i|o|u)"
    "|[jqx](?:iang|iong|iao|ian|uan|ing|in|ia|ie|iu|ue|un|i|u)|y(?:ang|ong|ing|uan|ao|an|in|ou|ue|un|a|e|i|u)"
    "|w(?:ang|eng|ai|ei|an|en|a|o|u)){1,2}|ai|an|ao|ou|en"
)
_SYLLABLE = re.compile("(?:[bpmfdtnlgkhjqxrzcswy]|ch|sh|zh|ts|kh|th|ng|tj|hs)?[aeiou]{1,3}[wy]?(?:ng|[mnptkh])?|ng")
_OTHER_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(word: str) -> str:
    """Return a word without case, accents and outer punctuation, for looking it up in a list."""
    if word.isascii():
        return word.lower().strip(".,;:")
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(_OTHER_LETTERS)
    return "".join(c for c in plain if not unicodedata.combining(c)).strip(".,;:")


def identity_key(name: str) -> str:
    """Return the key by which two names are the same: without case and extra spaces, in Unicode form NFKC."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def is_east_asian(text: str) -> bool:
    """Return whether a text is entirely in Han, kana or Hangul."""
    return _ALL.fullmatch(text) is not None


def is_capital(word: str) -> bool:
    """Return whether the first letter is not a small one."""
    return next((not c.islower() for c in word if c.isalpha()), False)


def looks_vietnamese(name: str) -> bool:
    """Return whether a name has letters that hardly any language but Vietnamese has."""
    return _VIETNAMESE.search(unicodedata.normalize("NFC", name)) is not None


def looks_chinese(word: str) -> bool:
    """Return whether a word is one or two syllables of pinyin or Wade-Giles, or two with a hyphen as in Hong Kong."""
    return _is_spelled(_PINYIN, word) or ("-" in word and _is_spelled(_CANTONESE, word))


def looks_korean(word: str) -> bool:
    """Return whether a word is one or two syllables of Korean in Latin letters."""
    return _is_spelled(_KOREAN, word)


def looks_japanese(word: str) -> bool:
    """Return whether a word may be Japanese in Latin letters."""
    return _is_spelled(_ROMAJI, word)


def _is_spelled(pattern: re.Pattern[str], word: str) -> bool:
    parts = re.split("[-'’]", fold(word))
    return len(parts) <= 2 and all(pattern.fullmatch(part) for part in parts)


def looks_pinyin(word: str) -> bool:
    """Return whether a word is one or two syllables of today's pinyin."""
    return _is_spelled(_STRICT_PINYIN, word)


def is_syllable(word: str) -> bool:
    """Return whether a word is one syllable, as Chinese given names are spelled in Southeast Asia: Kuan, Yew, Hsien."""
    return _SYLLABLE.fullmatch(fold(word)) is not None
