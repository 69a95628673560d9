"""Computes the addresses of Hugo's pages from `url`, permalinks or the path of the file.

https://gohugo.io/content-management/urls/; `tests/test_import_addresses.py` compares them with Hugo's own.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import unicodedata
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from bylines.imports.formats.front_matter import FrontMatter

_PLACE = re.compile(r":\w+(?:\[[^\]]+\])?")
_ESCAPED_COLON = "\0"
_SLASH = re.compile(r"[/\\]")
_HEXES = re.compile(r"%[0-9a-fA-F]{2}")
DEEPEST = 50
"""The most folders that a page may be nested in."""
_LONGEST = 300
# Go writes date formats by example, with the reference time Monday, January 2, 15:04:05, 2006.
_GO_DATE = re.compile(r"2006|January|Monday|Jan|Mon|002|01|02|03|04|05|06|15|1|2|3|4|5")
_GO: dict[str, str] = {
    "2006": "%Y", "06": "%y", "January": "%B", "Jan": "%b", "01": "%m", "1": "%-m", "Monday": "%A", "Mon": "%a",
    "02": "%d", "2": "%-d", "002": "%j", "15": "%H", "03": "%I", "3": "%-I", "04": "%M", "4": "%-M", "05": "%S", "5": "%-S",
}  # fmt: skip


class Page(NamedTuple):
    """The parts of a page that its address is made of."""

    folders: tuple[str, ...]
    """The folders below the content folder, as they are spelled."""
    file: str
    """The name of the file, or of the bundle's folder, without extension and language."""
    title: str
    slug: str
    url: str
    date: str
    lang: str
    """Empty for the site's default language."""


class Rules(NamedTuple):
    """The settings of a site that affect its addresses."""

    permalinks: tuple[tuple[str, str], ...]
    """Pairs of (section or path, pattern), the most specific first."""
    ugly: bool | Mapping[str, bool]
    """Whether addresses end with `.html`: for all pages, or by section."""
    keeps_case: bool
    drops_accents: bool


def rules(config: FrontMatter, lang: str = "") -> Rules:
    """Reads the rules of a site; those of a language take precedence."""
    own = _own(config, lang)
    ugly = own.get("uglyurls", config.values.get("uglyurls"))
    return Rules(
        permalinks=_permalinks(own.get("permalinks", config.values.get("permalinks"))),
        ugly={str(name).lower(): _is_yes(value) for name, value in ugly.items()}
        if isinstance(ugly, dict)
        else _is_yes(ugly),
        keeps_case=_is_yes(own.get("disablepathtolower", config.values.get("disablepathtolower"))),
        drops_accents=_is_yes(own.get("removepathaccents", config.values.get("removepathaccents"))),
    )


def _own(config: FrontMatter, lang: str) -> dict[str, Any]:
    """Return the settings of one language, with lower-case keys; empty if it has none."""
    languages = config.values.get("languages")
    found = languages.get(lang) if isinstance(languages, dict) else None
    return {str(key).lower(): value for key, value in found.items()} if isinstance(found, dict) else {}


def _is_yes(value: object) -> bool:
    return str(value).strip().lower() in ("true", "yes", "on", "1")


def _permalinks(found: object) -> tuple[tuple[str, str], ...]:
    """Reads the permalinks of pages, in any of the three forms that Hugo accepts."""
    made: dict[str, str] = {}
    if isinstance(found, list):  # [[permalinks]] with target and pattern: the first that fits counts
        for each in found:
            target = each.get("target") if isinstance(each, dict) else None
            target = target if isinstance(target, dict) else {}
            if isinstance(each, dict) and isinstance(each.get("pattern"), str) and target.get("kind", "page") == "page":
                path = str(target.get("path") or "**").strip("{}/ ").partition(",")[0]
                made.setdefault(path.removesuffix("/**").removesuffix("**").lower().strip("/") or "*", each["pattern"])
        return tuple(made.items())
    for section, pattern in found.items() if isinstance(found, dict) else ():
        if isinstance(pattern, str):
            made[str(section).lower().strip(" /")] = pattern
        elif isinstance(pattern, dict) and str(section).lower() == "page":
            made |= {str(key).lower().strip(" /"): str(value) for key, value in pattern.items()}
    return tuple(sorted(made.items(), key=lambda each: -len(each[0])))


class Addresses:
    """Computes the addresses of one site's pages."""

    def __init__(self, config: FrontMatter, sections: Callable[[str, str], FrontMatter | None]) -> None:
        """`sections(path, language)` must return the front matter of a section's own page, or None if it has none."""
        self._config, self._sections = config, sections
        self._rules: dict[str, Rules] = {}

    def paths(self, page: Page) -> tuple[str, ...]:
        """A page's path from its language's root, then the one of older Hugo versions if it differs; empty if unknown."""
        if len(page.folders) > DEEPEST:
            return ()
        own = self._rules.get(page.lang) or self._rules.setdefault(page.lang, rules(self._config, page.lang))
        found = (self._path(page, own, is_old=is_old) for is_old in (False, True))
        return tuple(dict.fromkeys(filter(None, found)))

    def _path(self, page: Page, own: Rules, *, is_old: bool) -> str:
        if page.url:
            return self._of_url(page, own, is_old=is_old)
        section = _normal(page.folders[0], own) if page.folders else ""
        ugly = own.ugly if isinstance(own.ugly, bool) else own.ugly.get(section, False)
        pattern = _pattern(page, own)
        if pattern:
            found = self._expand(pattern, page, own, is_old=is_old)
            if found is None:
                return ""
            parts = [posixpath.normpath("/" + _plus_is_a_space(found))]
        else:
            parts = ["/".join(self._folders(page, own, is_old=is_old)), page.slug or _normal(page.file, own)]
        parts = [part for part in parts if part not in ("", "/")]
        if ugly and parts:
            parts[-1] = parts[-1].rstrip("/") + ".html"
        path = "".join(
            part if part.startswith("/") else f"/{part}" for part in (_sanitize(each, own) for each in parts)
        )
        return path if ugly and path else path.rstrip("/") + "/"

    def _folders(self, page: Page, own: Rules, *, is_old: bool) -> list[str]:
        """Return the folders of a page; a section with a slug is named by it."""
        found = []
        for end in range(1, len(page.folders) + 1):
            header = None if is_old else self._sections("/".join(page.folders[:end]), page.lang)
            found.append((header.text("slug") if header else "") or _normal(page.folders[end - 1], own))
        return found

    def _of_url(self, page: Page, own: Rules, *, is_old: bool) -> str:
        """Return the path of a page with its own `url`; only the slashes are normalized."""
        url = page.url
        if ":" in url:
            found = self._expand(url, page, own, is_old=is_old)
            if found is None:
                return ""
            url = _plus_is_a_space(found)
        names = [each for each in url.split("/") if each]
        if names and "." in names[-1] and not url.endswith("/"):
            return (
                "/" + "/".join(names[:-1] if names[-1] == "index.html" else names) + "/" * (names[-1] == "index.html")
            )
        return "/".join(("", *names, ""))

    def _expand(self, pattern: str, page: Page, own: Rules, *, is_old: bool) -> str | None:
        """Fills in the placeholders of a pattern; None if one of them is unknown."""
        if len(pattern) > _LONGEST:
            return None
        made = pattern.replace("\\:", _ESCAPED_COLON)
        for place in _PLACE.findall(made):
            value = self._value(place[1:], page, own, is_old=is_old)
            if value is None:
                return None
            made = made.replace(place, value, 1)
        return made.replace(_ESCAPED_COLON, ":")

    def _value(self, place: str, page: Page, own: Rules, *, is_old: bool) -> str | None:
        name, _, cut = place.partition("[")
        title = _urlize(page.title if is_old else _SLASH.sub("-", page.title), own)
        slug, file = _urlize(page.slug, own), _urlize(page.file, own)
        folders = [_normal(each, own) for each in page.folders[: self._depth(page)]]
        named = {
            "title": title, "slug": slug if page.slug else title, "filename": file, "contentbasename": file,
            "slugorfilename": slug if page.slug else file, "slugorcontentbasename": slug if page.slug else file,
            "section": folders[0] if folders else "", "sections": "/".join(_cut(folders, cut)),
        }  # fmt: skip
        if name in named:
            return named[name]
        if name in ("sectionslug", "sectionslugs"):
            slugs = self._section_slugs(page, own)
            return None if slugs is None else "/".join(_cut(slugs if name.endswith("s") else slugs[:1], cut))
        return _of_date(name, page.date)

    def _depth(self, page: Page) -> int:
        """Counts the folders of a page that are sections: the first, and all down to the last one with its own page."""
        ends = range(len(page.folders), 1, -1)
        return next((end for end in ends if self._sections("/".join(page.folders[:end]), page.lang) is not None), 1)

    def _section_slugs(self, page: Page, own: Rules) -> list[str] | None:
        """Return the slugs of a page's sections, outermost first; None if one has no page with a slug or title."""
        found = []
        for end in range(1, min(self._depth(page), len(page.folders)) + 1):
            header = self._sections("/".join(page.folders[:end]), page.lang)
            if header is None or not (said := header.text("slug") or header.text("title")):
                return None
            found.append(_urlize(said, own))
        return found


def _pattern(page: Page, own: Rules) -> str:
    path = "/".join(_normal(each, own).lower() for each in (*page.folders, page.file))
    for place, pattern in own.permalinks:
        if place == "*" or (f"{path}/".startswith(f"{place}/") if place else not page.folders):
            return pattern
    return ""


def _cut(parts: Sequence[str], cut: str) -> Sequence[str]:
    """Selects sections by Hugo's slice syntax (`[1:]`, `[:last]`, `[last]`); all of them if `cut` is empty."""
    if not cut:
        return parts
    first, colon, end = cut.rstrip("]").lower().partition(":")

    def place(text: str, empty: int) -> int:
        return empty if not text else len(parts) - 1 if text == "last" else int(text) if text.isdigit() else 0

    start = place(first, 0)
    if start >= len(parts):
        return ()
    return parts[start : place(end, len(parts))] if colon else parts[start : start + 1]


def _of_date(name: str, date: str) -> str | None:
    """Return a part of a date by its placeholder; None if there is no such placeholder, or no date."""
    try:
        day = dt.datetime.fromisoformat(date[:10])
        day = day.replace(hour=int(date[11:13] or 0), minute=int(date[14:16] or 0)) if len(date) > 15 else day
    except ValueError:
        return None
    parts = {
        "year": f"{day.year}", "month": f"{day:%m}", "day": f"{day:%d}", "yearday": f"{day.timetuple().tm_yday}",
        "monthname": f"{day:%B}", "weekday": f"{day.isoweekday() % 7}", "weekdayname": f"{day:%A}",
    }  # fmt: skip
    if name in parts:
        return parts[name]
    made = _GO_DATE.sub(lambda found: day.strftime(_GO[found[0]]), name)
    return made if made != name else None


def _normal(name: str, own: Rules) -> str:
    """Normalizes the name of a file or folder as Hugo does."""
    return name if own.keeps_case else name.lower().replace(" ", "-")


def _urlize(text: str, own: Rules) -> str:
    """Turns a text into a part of an address, as Hugo's `urlize` does. Drops a `#` at its end if it is the only one."""
    made = _sanitize(text, own)
    return made[:-1] if made.find("#") == len(made) - 1 else made


def _plus_is_a_space(path: str) -> str:
    """Decodes `+` and `%XX` in an expanded pattern as in a query string, because Hugo does. Unchanged if an escape is malformed."""
    if any(not _HEXES.match(path, at.start()) for at in re.finditer("%", path)):
        return path
    return urllib.parse.unquote(path.replace("+", " "), errors="replace")


def _sanitize(text: str, own: Rules) -> str:
    """Keeps the characters that Hugo allows in a path, and puts one hyphen for the spaces between them."""
    made: list[str] = []
    hyphen_is_due = was_hyphen = False
    for at, char in enumerate(text):
        if _is_allowed(text, at, char):
            was_hyphen = char == "-"
            if hyphen_is_due and not was_hyphen:
                made.append("-")
            hyphen_is_due = False
            made.append(char)
        elif made and not was_hyphen and char.isspace():
            hyphen_is_due = True
    found = "".join(made)
    if own.drops_accents:
        plain = unicodedata.normalize("NFD", found)
        found = unicodedata.normalize("NFC", "".join(c for c in plain if unicodedata.category(c) != "Mn"))
    return (
        found if own.keeps_case else "".join(char.lower()[:1] for char in found)
    )  # each character by itself, as Go does


def _is_allowed(text: str, at: int, char: str) -> bool:
    if char == "%":
        return _HEXES.match(text, at) is not None
    return char in "./\\_#+~-@" or unicodedata.category(char)[0] in "LM" or unicodedata.category(char) == "Nd"
