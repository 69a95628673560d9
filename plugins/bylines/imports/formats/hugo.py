"""Reads the folder of a Hugo site (`hugo.toml`, `content/`, `static/`). https://gohugo.io/content-management/"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections import Counter

from bylines.engine.read.names import language_of
from bylines.imports import moments
from bylines.imports.export import Export
from bylines.imports.formats import front_matter
from bylines.imports.formats.front_matter import FrontMatter
from bylines.imports.formats.hugo_addresses import DEEPEST, Addresses, Page
from bylines.imports.formats.hugo_shortcodes import shortcodes
from bylines.imports.formats.publication_status import why_not_public
from bylines.imports.model import PAGE, POST, Entry, OldBlog, Status
from bylines.problems import ExportError

_TEXTS = (".md", ".markdown", ".mdown", ".html", ".htm")
_OTHER_TEXTS = (".org", ".adoc", ".asciidoc", ".rst", ".pandoc")
_SETTINGS = (
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
)
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[-_](.+)")
_SECTIONS = ("post", "posts", "blog", "blogs", "article", "articles", "news", "entry", "entries")
_KEYS = frozenset(
    "title date publishdate pubdate published lastmod modified expirydate unpublishdate draft url slug aliases type layout "
    "lang language categories category tags topics series summary description author authors guid id build _build headless "
    "image featured_image featuredimage cover thumbnail images image_alt featured_image_alt featured_alt alt imagealt "
    "weight linktitle markup outputs translationkey toc status iscjklanguage".split()
)
"""Keys that are imported, or that say nothing to a reader. All others are reported."""


def read(export: Export) -> OldBlog:
    """Reads the posts, drafts and pages of the site. Raises ExportError."""
    root = _root(export)
    site = _Site(export, root, _config(export, root))
    entries = [entry for name in export.names if (entry := site.entry(name)) is not None]
    if not entries:
        raise ExportError(f"{export.name} holds no content as Hugo has it (content/…/title.md)")
    losses = front_matter.describe_unknown_keys(site.other_keys.items())
    if site.written_otherwise:
        losses.append(f"{', '.join(site.written_otherwise)} are no Markdown or HTML: not taken")
    if site.lists:
        losses.append(f"the words of {', '.join(site.lists)}, which are pages of lists: not taken")
    roots = (f"{root}static/", f"{root}assets/", root, f"{root}content/")
    return OldBlog(program="Hugo", entries=tuple(entries), base=site.base, roots=roots, losses=tuple(losses))


def _root(export: Export) -> str:
    """Return the folder that holds `content`, with a trailing slash; empty for the root of the export."""
    for name in sorted(export.names, key=lambda each: each.count("/")):
        found = re.match(r"((?:[^/]+/)*?)content/", name)
        if found:
            return found[1]
    return ""


def _config(export: Export, root: str) -> FrontMatter:
    """Reads the settings: one file, or the files of `config/_default/` and `config/production/`, one per part."""
    for name in _SETTINGS:
        if root + name in export.sizes:
            return front_matter.settings(export.text(root + name), name)
    values: dict[str, object] = {}
    fault = ""
    for folder in (f"{root}config/_default/", f"{root}config/production/"):
        for name in export.names:
            base, ending = posixpath.splitext(posixpath.basename(name))
            if posixpath.dirname(name) + "/" != folder or ending not in (".toml", ".yaml", ".yml", ".json"):
                continue
            found = front_matter.settings(export.text(name), name)
            fault = fault or found.fault
            values |= found.values if base in ("hugo", "config") else {base.lower(): found.values}
    return FrontMatter(values, "", fault)


class _Site:
    """Reads single files of a site, by its settings and languages."""

    def __init__(self, export: Export, root: str, config: FrontMatter) -> None:
        self._export, self._config = export, config
        self._content = f"{root}content/" if any(name.startswith(f"{root}content/") for name in export.names) else root
        self._lang = config.text("defaultcontentlanguage", "languagecode", "locale")
        self._folders = _languages_by_folder(config, root)
        languages = config.values.get("languages")
        self._languages = frozenset(map(str, languages)) if isinstance(languages, dict) else frozenset()
        self._zone = moments.zone_of(config.text("timezone"))
        base = config.text("baseurl").rstrip("/")
        self.base = base if base.startswith("http") and "example.org" not in base else ""
        self._by_rules = Addresses(config, self._section)
        self._heads: dict[str, FrontMatter | None] = {}
        self._sections = self._posts_in()
        self.written_otherwise: list[str] = []
        """Files in other markup languages, which are not imported."""
        self.lists: list[str] = []
        """Section pages that have a text, which is not imported."""
        self.other_keys = Counter[str]()

    def _posts_in(self) -> frozenset[str]:
        """Return the sections that hold posts: those with usual names, and those in `params.mainSections`."""
        params = self._config.values.get("params")
        named = params.get("mainSections") or params.get("mainsections") if isinstance(params, dict) else None
        return frozenset((*_SECTIONS, *(map(str, named) if isinstance(named, list) else ())))

    def entry(self, name: str) -> Entry | None:
        """Reads the post or page in a file; None for a section page, a resource or a text in another markup language."""
        folder, lang = self._place(name)
        if not name.startswith(folder):
            return None
        path = name[len(folder) :]
        stem = posixpath.basename(posixpath.splitext(path)[0])
        if path.lower().endswith(_OTHER_TEXTS):
            self.written_otherwise.append(name)
        in_name = self._language_of(name)
        bare = stem.removesuffix(f".{in_name}") if in_name else stem
        if not path.lower().endswith(_TEXTS):
            return None
        if bare == "_index":
            self._note_list(name)
            return None
        if bare != "index" and self._is_resource(name):
            return None
        found = front_matter.split(self._export.text(name))
        return self._entry(name, path, bare, lang or in_name, found) if found.values or found.fault else None

    def _note_list(self, name: str) -> None:
        if front_matter.split(self._export.text(name)).body.strip():
            self.lists.append(name)

    def _language_of(self, name: str) -> str:
        """Return the language in a file's name; empty if it has none.

        If the site declares no languages, a code counts only if the same file without it exists.
        """
        stem, ending = posixpath.splitext(name)
        if self._languages:
            last = stem.rpartition(".")[2]
            return next((each for each in self._languages if each.lower() == last.lower()), "")
        found = language_of(name)
        return found if found and f"{stem.removesuffix(f'.{found}')}{ending}" in self._export.sizes else ""

    def _section(self, path: str, lang: str) -> FrontMatter | None:
        """Return the front matter of a section's own page (`_index`); None if it has none."""
        for ending in (f".{lang}.md", ".md", ".html") if lang else (".md", ".html"):
            for folder in (*(folder for folder, own in self._folders.items() if own == lang), self._content):
                name = f"{folder}{path}/_index{ending}" if path else f"{folder}_index{ending}"
                if name in self._export.sizes:
                    if name not in self._heads:
                        self._heads[name] = front_matter.split(self._export.text(name))
                    return self._heads[name]
        return None

    def _place(self, name: str) -> tuple[str, str]:
        """Return the content folder that a file is in, and the language it belongs to (empty if it is shared)."""
        own = [(folder, lang) for folder, lang in self._folders.items() if name.startswith(folder)]
        return max(own, key=lambda each: len(each[0]), default=(self._content, ""))

    def _is_resource(self, name: str) -> bool:
        folder = posixpath.dirname(name)
        while folder.startswith(self._content) and folder != self._content.rstrip("/"):
            if any(f"{folder}/index{ending}" in self._export.sizes for ending in (".md", ".html", ".markdown")):
                return True
            folder = posixpath.dirname(folder)
        return False

    def _entry(self, name: str, path: str, bare: str, own_lang: str, found: FrontMatter) -> Entry:
        folders = posixpath.dirname(path).split("/") if posixpath.dirname(path) else []
        file = folders.pop() if bare == "index" and folders else bare
        section = folders[0] if folders else ""
        dated = _DATED.fullmatch(file)
        date = found.moment("date", "publishdate", "pubdate", "published", zone=self._zone) or (
            dated[1] if dated else ""
        )
        losses = [found.fault] if found.fault else []
        is_post = section in self._sections or (bool(date) and section != "" and found.text("type") != "page")
        title, slug = found.text("title"), found.text("slug").strip("-")
        lang = "" if own_lang == self._lang else own_lang
        page = Page(tuple(folders), file, title, slug, found.text("url"), date, lang)
        paths = (page.url,) if "://" in page.url else self._by_rules.paths(page)
        urls = [self._address(path, "" if page.url.startswith("/") else lang) for path in paths]
        url = urls[0] if urls else ""
        status = self._status(found, folders, losses)
        if not url and status != "draft":
            losses.append("its old address cannot be told from its permalink: nothing leads on from there")
        self.other_keys.update(key for key in found.values if key not in _KEYS)
        return Entry(
            key=name.removeprefix(self._content),
            title=title or file.replace("-", " ").capitalize(),
            body=shortcodes(found.body, name, self._content, self._export, losses),
            form="html" if path.lower().endswith((".html", ".htm")) else "md",
            kind=POST if is_post else PAGE,
            status=status,
            date=self._day_of_publication(found, date, losses),
            modified=found.moment("lastmod", "modified", zone=self._zone),
            expires=found.moment("expirydate", "unpublishdate", zone=self._zone),
            topics=(*found.texts("categories", "category"), *found.texts("tags", "topics", "series")),
            summary=found.text("summary", "description"),
            authors=self._authors(found),
            lang=own_lang or found.text("lang", "language") or self._lang,
            slug=slug or (dated[2] if dated else file),
            url=url,
            others=(*urls[1:], *(each for alias in found.texts("aliases") for each in self._alias(alias, url, lang))),
            id=found.text("guid", "id"),
            image=self._image(found),
            image_alt=_alt(found),
            folder=posixpath.dirname(name),
            source=name,
            losses=tuple(losses),
        )

    def _status(self, found: FrontMatter, folders: list[str], losses: list[str]) -> Status:
        """Return the status of a page, by its own front matter and the `cascade` of its sections. In doubt it is a draft."""
        passed = [self._section("/".join(folders[:end]), "") for end in range(len(folders[:DEEPEST]) + 1)]
        if found.is_true("draft"):
            return "draft"
        for header in (found, *(FrontMatter(each, "") for head in passed for each in _cascades(head))):
            why = why_not_public(header) or _unbuilt(header)
            if why:
                losses.append(f"{why}: it is a draft")
                return "draft"
        if found.fault:
            losses.append("nobody knows whether it was published: it is a draft")
            return "draft"
        return "hidden" if _option(found, "list") in ("never", "local", "false") else "published"

    def _day_of_publication(self, found: FrontMatter, date: str, losses: list[str]) -> str:
        """Return the date of a page, or its publication date if that is in the future."""
        due = found.moment("publishdate", zone=self._zone)
        if due[:10] <= max(date[:10], dt.datetime.now(dt.UTC).date().isoformat()):
            return date
        losses.append(f"its date {date} was before the day on which it is published, {due}: that stands for it")
        return due

    def _authors(self, found: FrontMatter) -> tuple[str, ...]:
        params = found.values.get("params")
        return found.people("author", "authors") or (
            FrontMatter(params, "").people("author", "authors") if isinstance(params, dict) else ()
        )

    def _address(self, path: str, lang: str) -> str:
        """Puts the folders of the site and of a language before a path, so that it starts at the host's root."""
        if not path or path.startswith("http"):
            return path
        under = re.sub(r"^https?://[^/]+", "", self.base)
        return f"{under}{self._in_folder(lang)}/{path.lstrip('/')}"

    def _in_folder(self, lang: str) -> str:
        """Return the folder of a language on the old site (`/de`); empty if it has none."""
        if self._config.is_true("defaultcontentlanguageinsubdir"):
            return f"/{lang or self._lang or 'en'}"
        return f"/{lang}" if lang else ""

    def _alias(self, alias: str, url: str, lang: str) -> tuple[str, ...]:
        """The old addresses that an alias may mean. Relative ones start beside the page; newer Hugo adds the language's folder."""
        if alias.startswith("http"):
            return (alias,)
        under = re.sub(r"^https?://[^/]+", "", self.base)
        if not alias.startswith("/"):
            return (posixpath.join(posixpath.dirname(url.rstrip("/")) or "/", alias),)
        return tuple(dict.fromkeys((f"{under}{alias}", f"{under}{self._in_folder(lang)}{alias}")))

    def _image(self, found: FrontMatter) -> str:
        for key in ("cover", "image", "featured_image"):
            value = found.values.get(key)
            if isinstance(value, dict):
                return str(value.get("image") or value.get("src") or value.get("path") or "")
        images = found.texts("images")
        return found.text("image", "featured_image", "featuredimage", "cover", "thumbnail") or (
            images[0] if images else ""
        )


def _languages_by_folder(config: FrontMatter, root: str) -> dict[str, str]:
    """Return the content folders that belong to one language (`languages.de.contentDir`), mapped to it."""
    languages = config.values.get("languages")
    found: dict[str, str] = {}
    for lang, settings in languages.items() if isinstance(languages, dict) else ():
        named = {str(key).lower(): value for key, value in settings.items()} if isinstance(settings, dict) else {}
        if isinstance(folder := named.get("contentdir"), str) and folder.strip("/"):
            found[f"{root}{folder.strip('/')}/"] = str(lang)
    return found


def _cascades(head: FrontMatter | None) -> list[dict[str, object]]:
    """Return the values that a section passes down by `cascade`. Ignores `target`, so they count for all of its pages."""
    found = head.values.get("cascade") if head is not None else None
    maps = [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict)]
    return [{key: value for key, value in each.items() if key not in ("target", "_target", "params")} for each in maps]


def _unbuilt(found: FrontMatter) -> str:
    """Why Hugo built no page for a text; empty if it did."""
    if found.is_true("headless"):
        return "it was headless"
    return "it was not rendered" if _option(found, "render") in ("never", "link", "false") else ""


def _option(found: FrontMatter, name: str) -> str:
    """Return an option in a page's `build` or `_build`, in lower case; empty if it is not set."""
    for key in ("build", "_build"):
        options = found.values.get(key)
        value = options.get(name) if isinstance(options, dict) else None
        if value is not None:
            return str(value).strip().lower()
    return ""


def _alt(found: FrontMatter) -> str:
    """Return the alt text of the picture above a text; empty if it has none."""
    for key in ("cover", "image", "featured_image"):
        value = found.values.get(key)
        if isinstance(value, dict) and value.get("alt"):
            return str(value["alt"])
    return found.text("image_alt", "featured_image_alt", "featured_alt", "alt", "imagealt", "covermeta")
