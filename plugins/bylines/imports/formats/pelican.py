"""Reads a Pelican site or its content folder: Markdown with `Title:` lines, reStructuredText, and HTML with meta tags.

Reads only literal values from `pelicanconf.py`, and never runs it. https://docs.getpelican.com/en/stable/content.html
"""

from __future__ import annotations

import ast
import posixpath
import re
from collections import Counter
from typing import Any

from pelican.settings import DEFAULT_CONFIG
from pelican.utils import slugify

from bylines.engine.read import header
from bylines.engine.read import text as texts
from bylines.imports import addresses, moments
from bylines.imports.export import Export
from bylines.imports.formats import front_matter
from bylines.imports.formats.front_matter import FrontMatter
from bylines.imports.formats.publication_status import why_not_public
from bylines.imports.markdown import MOST_TAGS
from bylines.imports.model import PAGE, POST, Entry, OldBlog, Status
from bylines.problems import ExportError

_MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
_TEXTS = (*_MARKDOWN, ".rst", ".html", ".htm")
_LANGUAGE = re.compile(r"^( {4,}|\t):::([\w+#-]+)[^\n]*\n", re.M)
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[_-](.+)")
_LARGEST_SETTINGS = 200_000
_PLAIN = re.compile(r"(?:[\w #&@-]|\\[+.#*?-])+")
_KEYS = frozenset(
    "title date modified slug lang status summary tags keywords category author authors url save_as translation template id "
    "image".split()
)
"""Keys that are imported, or that say nothing to a reader. All others are reported."""
_STATUS: dict[str, Status] = {"draft": "draft", "hidden": "hidden", "published": "published"}


def read(export: Export) -> OldBlog:
    """Reads the articles, drafts and pages of the site. Raises ExportError."""
    conf, root = _settings(export)
    site = _Site(export, root, conf)
    entries = [entry for name in export.names if (entry := site.entry(name)) is not None]
    if not entries:
        raise ExportError(
            f"{export.name} holds no articles as Pelican has them (a text with Title: or :date: above it)"
        )
    return OldBlog(
        program="Pelican",
        entries=tuple(entries),
        base=site.base,
        roots=(root, f"{root}extra/", ""),
        losses=(*site.losses, *front_matter.describe_unknown_keys(site.other_keys.items())),
    )


def _settings(export: Export) -> tuple[dict[str, Any], str]:
    """Returns the literal values of the settings, and the content folder with a trailing slash."""
    found: dict[str, Any] = {}
    folder = ""
    for wanted in ("pelicanconf.py", "pelican.conf.py", "publishconf.py"):
        for name in export.names:
            if posixpath.basename(name) == wanted and export.sizes[name] < _LARGEST_SETTINGS:
                folder = posixpath.dirname(name) if wanted != "publishconf.py" else folder
                found |= {key: value for key, value in _values(export.text(name)).items() if value or key not in found}
    path = posixpath.normpath(posixpath.join(folder, str(found.get("PATH") or "content")))
    is_there = any(name.startswith(f"{path}/") for name in export.names)
    return found, f"{path}/" if is_there and path != "." else f"{folder}/" if folder else ""


def _values(source: str) -> dict[str, Any]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: dict[str, Any] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            try:
                found[node.targets[0].id] = ast.literal_eval(node.value)
            except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
                continue
    return found


class _Site:
    """Reads single files of a site, by its settings."""

    def __init__(self, export: Export, root: str, conf: dict[str, Any]) -> None:
        self._export, self._root, self._conf = export, root, conf
        self.base = self._setting("SITEURL").rstrip("/")
        self._zone = moments.zone_of(self._setting("TIMEZONE"))
        self._pages = tuple(f"{root}{each}/" for each in conf.get("PAGE_PATHS") or ("pages",))

        self.losses: list[str] = []
        """Messages about files that are not imported."""
        self.other_keys = Counter[str]()
        given = conf.get("DEFAULT_METADATA")
        self._status = str(given.get("status") or "published").lower() if isinstance(given, dict) else "published"

    def _setting(self, name: str, default: str = "") -> str:
        value = self._conf.get(name, default)
        return value if isinstance(value, str) else default

    def entry(self, name: str) -> Entry | None:
        """Reads the article or page in a file; None if it holds none."""
        if not name.startswith(self._root) or not name.lower().endswith(_TEXTS):
            return None
        inner = name[len(self._root) :]
        if inner.startswith(("theme", "output/", "extra/", "plugins/")) or "/templates/" in f"/{inner}":
            return None
        found, form, losses = self._read(name)
        if found is None or not found.values:
            return None
        if found.text("status").lower() == "skip":
            self.losses.append(f"{name} has the status skip: not taken")
            return None
        return self._entry(name, found, form, losses)

    def _read(self, name: str) -> tuple[FrontMatter | None, str, list[str]]:
        text = self._export.text(name)
        if name.lower().endswith((".html", ".htm")):
            if text.count("<") > MOST_TAGS:
                self.losses.append(f"{name} has more than {MOST_TAGS:,} tags: not taken")
                return None, "html", []
            return _html(text), "html", []
        kind = "rst" if name.endswith(".rst") else "md"
        if text.lstrip().startswith("---"):
            found = front_matter.split(text)
            return found, kind, [found.fault] if found.fault else []
        parts = texts.split(text, kind)
        if parts.form not in ("fields", "rst"):
            return None, kind, []
        try:
            pairs = header.parse_fields(parts.header, 1).value
        except header.HeaderError:
            self.losses.append(f"{name} has more header lines than any post: not taken")
            return None, kind, []
        values = {str(key.value): value.value or "" for key, value in pairs}
        if parts.title:
            values["title"] = parts.title
        losses: list[str] = []
        body = parts.body if kind == "rst" else _markdown(parts.body, losses)
        return FrontMatter(values, body), kind, _restructured(body) if kind == "rst" else losses

    def _entry(self, name: str, found: FrontMatter, form: str, losses: list[str]) -> Entry:
        stem = posixpath.splitext(posixpath.basename(name))[0]
        dated = _DATED.fullmatch(stem)
        folder = posixpath.dirname(name[len(self._root) :])
        title = found.text("title")
        date = found.moment("date", zone=self._zone) or (dated[1] if dated else "")
        kind = PAGE if name.startswith(self._pages) else POST
        is_by_file = self._setting("SLUGIFY_SOURCE", "title") == "basename"
        slug = found.text("slug") or self._slug(stem if is_by_file else title)
        lang = found.text("lang") or self._setting("DEFAULT_LANG", "en")
        category = found.text("category") or posixpath.basename(folder)
        authors = tuple(_authors(found) or filter(None, (self._setting("AUTHOR"),)))
        url = self._url(found, kind, (slug, lang, category, authors[0] if authors else ""), date)
        status: Status = _STATUS.get(found.text("status").strip().lower() or self._status, "draft")
        why = why_not_public(found) if status == "published" else ""
        if why:
            losses.append(f"{why}: it is a draft")
            status = "draft"
        self.other_keys.update(key for key in found.values if key not in _KEYS)
        return Entry(
            key=name[len(self._root) :],
            title=title,
            body=found.body,
            form="rst" if form == "rst" else "html" if form == "html" else "md",
            kind=kind,
            status=status,
            date=date,
            modified=found.moment("modified", zone=self._zone),
            topics=(*((category,) if category and kind == POST else ()), *_list(found, "tags", "keywords")),
            summary=found.text("summary"),
            authors=authors,
            lang=lang,
            slug=slug,
            url=url if status != "draft" else "",
            id=self._id(url, date) if kind == POST and status != "draft" else "",
            folder=posixpath.dirname(name),
            source=name,
            losses=tuple(losses),
        )

    def _slug(self, text: str) -> str:
        """Makes a slug of a text with Pelican's own function and the site's settings."""
        made: str = slugify(
            text,
            regex_subs=_substitutions(self._conf.get("SLUG_REGEX_SUBSTITUTIONS")),
            preserve_case=self._conf.get("SLUGIFY_PRESERVE_CASE") is True,
            use_unicode=self._conf.get("SLUGIFY_USE_UNICODE") is True,
        )
        return made

    def _url(self, found: FrontMatter, kind: str, named: tuple[str, str, str, str], date: str) -> str:
        """The old path, from the post's `url` or the settings. `named` is (slug, language, category, author). Empty if unknown."""
        slug, lang, category, author = named
        is_default = lang == self._setting("DEFAULT_LANG", "en")
        begin = "PAGE" if kind == PAGE else "ARTICLE"
        default = "pages/{slug}" if kind == PAGE else "{slug}"
        setting = f"{begin}_URL" if is_default else f"{begin}_LANG_URL"
        pattern = found.text("url") or self._setting(
            setting, f"{default}.html" if is_default else f"{default}-{{lang}}.html"
        )
        pattern = re.sub(r"\{date:([^{}]+)\}", lambda each: _strftime(date, each[1]), pattern)
        values = {"slug": slug, "lang": lang, "category": self._slug(category), "author": self._slug(author)}
        path = re.sub(r"\{(\w+)\}", lambda each: values.get(each[1], each[0]), pattern)
        under = addresses.parts(self.base).path
        return "" if "{" in path else f"{under}/{path.lstrip('/')}"

    def _id(self, url: str, date: str) -> str:
        """The id in Pelican's feeds (feedgenerator's `get_tag_uri`); empty if the site's address or the date is unknown."""
        host = addresses.parts(self.base).hostname
        return f"tag:{host},{date[:10]}:{url}" if host and url and date else ""


def _strftime(date: str, form: str) -> str:
    import datetime as dt

    try:
        return dt.date.fromisoformat(date[:10]).strftime(form)
    except ValueError:
        return "{}"


def _substitutions(found: object) -> tuple[tuple[str, str], ...]:
    """Pelican's own substitutions, after those of the site that are plain texts. Other patterns of a site are never run."""
    own = [
        (str(each[0]), str(each[1]))
        for each in (found if isinstance(found, list | tuple) else ())
        if isinstance(each, list | tuple)
        and len(each) > 1
        and _PLAIN.fullmatch(str(each[0]))
        and "\\" not in str(each[1])
    ]
    return (*own, *((pattern, by) for pattern, by, *_ in DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"]))


def _list(found: FrontMatter, *keys: str) -> list[str]:
    return [part.strip() for each in found.texts(*keys) for part in each.split(";") if part.strip()]


def _authors(found: FrontMatter) -> list[str]:
    """Splits authors at ';' if there is one, so that 'Lovelace, Ada' stays one name, and otherwise at ','."""
    is_one = ";" in found.text("authors", "author") or not found.text("authors")
    return found.texts("authors", "author", by=";" if is_one else ",")


def _markdown(body: str, losses: list[str]) -> str:
    """Converts Python-Markdown's syntax to GitHub's: code that begins with `:::python` gets a fence; `[TOC]` goes."""
    if re.search(r"^\[TOC\]\s*$", body, re.M):
        losses.append("its table of contents is gone: the site makes one itself")
        body = re.sub(r"^\[TOC\]\s*$\n?", "", body, flags=re.M)
    if re.search(r"^!!! ", body, re.M):
        losses.append("an admonition (!!!) stays as text")
    lines = body.split("\n")
    made: list[str] = []
    position = 0
    while position < len(lines):
        found = re.match(r"(?: {4,}|\t)(?:::|#!)(:?)([\w+#-]+)", lines[position])
        if not found or (not found[1] and "#!" not in lines[position]) or (made and made[-1].strip()):
            made.append(lines[position])
            position += 1
            continue
        end = position + 1
        while end < len(lines) and (not lines[end].strip() or lines[end].startswith(("    ", "\t"))):
            end += 1
        code = [re.sub(r"^(?: {4}|\t)", "", each) for each in lines[position + 1 : end]]
        while code and not code[-1].strip():
            code.pop()
        made += [f"```{found[2]}", *code, "```", ""]
        position = end
    return "\n".join(made)


def _restructured(body: str) -> list[str]:
    names = re.findall(r"^[ \t]*\.\.[ \t]+(raw|include|csv-table|literalinclude|youtube|gist)::", body, re.M)
    return [f"directive {name} does nothing here" for name in dict.fromkeys(names) if name != "csv-table"]


def _html(text: str) -> FrontMatter:
    """Reads an HTML page: title and meta tags become its front matter."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(text, "lxml")
    values: dict[str, Any] = {}
    for meta in soup.find_all("meta", attrs={"name": True}):
        values[str(meta["name"]).lower()] = str(meta.get("content") or meta.get("contents") or "")
    if soup.title is not None:
        values["title"] = soup.title.get_text().strip()
    body = soup.body
    return FrontMatter(
        values if soup.title is not None else {}, "".join(map(str, body.children)) if body is not None else ""
    )
