"""What the letters of a name tell: its script, and whether a word is written like those of a language."""

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
# Possessive: an n before a consonant ends its syllable, and to try it as the next one's beginning would double the time each time.
_ROMAJI = re.compile("(?>(?:(?:ky|gy|sh|ch|ny|hy|by|py|my|ry|ts|j|[kgsztdnhbpmyrwf])?(?:a|i|u|e|o)(?:n(?![aeiou]))?)+)")
_VIETNAMESE = re.compile("[ăằắẳẵặầấẩẫậđềếểễệồốổỗộơờớởỡợưừứửữựạảẹẻẽịỉĩọỏụủũỳỵỷỹ]", re.I)
# Strict: as mainland China spells, with the initials and finals that go together more often than not, and no 'er' at the end of all.
_STRICT_PINYIN = re.compile(
    "(?:(?:[bpmf]|[dtnl]|[gkh]|[zcs]h?|r)(?:iang|iong|uang|ang|eng|ong|iao|ian|uai|uan|ing|ai|ei|ao|ou|an|en|in|un|ie|iu|ua|uo|ui|a|e|i|o|u)"
    "|[jqx](?:iang|iong|iao|ian|uan|ing|in|ia|ie|iu|ue|un|i|u)|y(?:ang|ong|ing|uan|ao|an|in|ou|ue|un|a|e|i|u)"
    "|w(?:ang|eng|ai|ei|an|en|a|o|u)){1,2}|ai|an|ao|ou|en"
)
_SYLLABLE = re.compile("(?:[bpmfdtnlgkhjqxrzcswy]|ch|sh|zh|ts|kh|th|ng|tj|hs)?[aeiou]{1,3}[wy]?(?:ng|[mnptkh])?|ng")
_OTHER_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(word: str) -> str:
    """A word without case, accents and dots at its ends, to look it up in a list."""
    if word.isascii():
        return word.lower().strip(".,;:")
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(_OTHER_LETTERS)
    return "".join(c for c in plain if not unicodedata.combining(c)).strip(".,;:")


def folded(name: str) -> str:
    """Return the form under which two whole names are one: without case and odd spaces, however their signs are put together."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def is_east_asian(text: str) -> bool:
    """Whether all of a text is in Han, kana or Hangul."""
    return _ALL.fullmatch(text) is not None


def is_capital(word: str) -> bool:
    """Whether the first letter is not a small one."""
    return next((not c.islower() for c in word if c.isalpha()), False)


def looks_vietnamese(name: str) -> bool:
    """Whether a name has letters that Vietnamese alone has, or nearly."""
    return _VIETNAMESE.search(unicodedata.normalize("NFC", name)) is not None


def looks_chinese(word: str) -> bool:
    """Whether a word is one or two syllables of pinyin or Wade-Giles, or two with a hyphen as in Hong Kong."""
    return _spelled(_PINYIN, word) or ("-" in word and _spelled(_CANTONESE, word))


def looks_korean(word: str) -> bool:
    """Whether a word is one or two syllables of Korean in Latin letters."""
    return _spelled(_KOREAN, word)


def looks_japanese(word: str) -> bool:
    """Whether a word is Japanese in Latin letters."""
    return _spelled(_ROMAJI, word)


def _spelled(pattern: re.Pattern[str], word: str) -> bool:
    parts = re.split("[-'’]", fold(word))
    return len(parts) <= 2 and all(pattern.fullmatch(part) for part in parts)


def looks_pinyin(word: str) -> bool:
    """Whether a word is one or two syllables of pinyin as it is written today."""
    return _spelled(_STRICT_PINYIN, word)


def is_syllable(word: str) -> bool:
    """Whether a word is one syllable, as Chinese given names are spelled in the south: Kuan, Yew, Hsien."""
    return _SYLLABLE.fullmatch(fold(word)) is not None
