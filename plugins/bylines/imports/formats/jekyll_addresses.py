"""Computes the addresses of Jekyll's posts, pages and collections. https://jekyllrb.com/docs/permalinks/"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import unicodedata
import zoneinfo
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bylines.imports.formats.front_matter import FrontMatter

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}
_PLACE = re.compile(r":([a-z_]+)")
_LONGEST = 300
_PRETTY = "._~!$&'()+,;=@"
_DATES = {
    "year": "%Y", "month": "%m", "day": "%d", "hour": "%H", "minute": "%M", "second": "%S", "short_year": "%y", "i_month": "%-m",
    "i_day": "%-d", "y_day": "%j", "week": "%V", "w_year": "%G", "w_day": "%u", "short_day": "%a", "long_day": "%A",
    "short_month": "%b", "long_month": "%B",
}  # fmt: skip


class Page(NamedTuple):
    """The parts of a page that its address is made of."""

    path: str
    """Relative to the site's folder, or to the collection's."""
    slug: str
    own_slug: str
    """The slug in its front matter; empty if it has none."""
    date: str
    categories: Sequence[str]
    collection: str


def slugify(text: str, *, pretty: bool = False, cased: bool = False) -> str:
    """Makes a slug of a text as Jekyll's `slugify` does. `pretty` keeps a few more signs, `cased` keeps capitals."""
    signs = _PRETTY if pretty else ""
    plain = "".join(char if char in signs or _is_word(char) else " " for char in text)
    made = re.sub(" +", "-", plain)
    made = made.removeprefix("-")
    made = made.removesuffix("-")
    return made if cased else made.lower()


def _is_word(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind[0] in "LM" or kind == "Nd"


def path(template: str, page: Page, zone: str) -> str:
    """Fills in the placeholders of a permalink template; empty if one of them is unknown."""
    if len(template) > _LONGEST:
        return ""
    made = _PLACE.sub(lambda place: _longest(place[1], page, zone), STYLES.get(template, template))
    return "" if "\0" in made else re.sub("/+", "/", f"/{made}")


def _longest(name: str, page: Page, zone: str) -> str:
    """Return the value of the longest placeholder that a name begins with: `:title_x` is `:title` followed by `_x`."""
    for end in range(len(name), 0, -1):
        value = _value(name[:end], page, zone)
        if value is not None:
            return value + name[end:]
    return "\0"


def _value(name: str, page: Page, zone: str) -> str | None:
    base = posixpath.splitext(posixpath.basename(page.path))[0]
    named: dict[str, Callable[[], str]] = {
        "title": lambda: slugify(page.own_slug or page.slug, pretty=True, cased=True),
        "slug": lambda: slugify(page.own_slug or page.slug),
        "categories": lambda: "/".join(dict.fromkeys(each.lower() for each in page.categories)),
        "slugified_categories": lambda: "/".join(dict.fromkeys(map(slugify, page.categories))),
        "output_ext": lambda: ".html",
        "collection": lambda: page.collection,
        "path": lambda: posixpath.splitext(page.path)[0] if page.collection else posixpath.dirname(page.path),
        "name": lambda: slugify(base),
        "basename": lambda: base,
    }
    if name in named:
        return named[name]()
    if name not in _DATES or not page.date:
        return None
    moment = _moment(page.date, zone)
    return moment.strftime(_DATES[name]) if moment else None


def _moment(date: str, zone: str) -> dt.datetime | None:
    """Parses a date and converts it to the site's time zone; None if it is no date."""
    text = re.sub(r" (?=[+-]\d{2}:\d{2}$|Z$)", "", date)
    try:
        moment = dt.datetime.fromisoformat(text.removesuffix(f" {zone}") if zone else text)
        return moment.astimezone(zoneinfo.ZoneInfo(zone)) if zone and moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None


def page_template(style: str) -> str:
    """Return the permalink template of pages, which depends on the style of posts."""
    if style in ("date", "ordinal", "none") or style.endswith(":output_ext"):
        return "/:path/:basename:output_ext"
    return "/:path/:basename" + "/" * (style == "pretty" or style.endswith("/"))


def defaults(config: FrontMatter, place: str, kind: str) -> dict[str, object]:
    """Return the default values for a file's front matter, from `defaults` in the settings. The most specific scope wins."""
    found: list[tuple[int, dict[str, object]]] = []
    rules = config.values.get("defaults")
    for rule in rules if isinstance(rules, list) else ():
        scope, values = (rule.get("scope"), rule.get("values")) if isinstance(rule, dict) else (None, None)
        if not isinstance(scope, dict) or not isinstance(values, dict):
            continue
        where = re.sub(r"^\./|/?\*.*$", "", str(scope.get("path") or "")).strip("/")
        if place.startswith(where) and str(scope.get("type") or kind).rstrip("s") == kind.rstrip("s"):
            found.append((len(where) + bool(scope.get("type")), values))
    made: dict[str, object] = {}
    for _, values in sorted(found, key=lambda each: each[0]):
        made |= {str(key).lower(): value for key, value in values.items()}
    return made
