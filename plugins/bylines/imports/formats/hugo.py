"""Hugo: the folder of a site (`hugo.toml`, `content/`, `static/`), or a zip of it. https://gohugo.io/content-management/"""

from __future__ import annotations

import posixpath
import re

from bylines.engine.read.names import is_index, language_of
from bylines.imports import moments
from bylines.imports.export import Export
from bylines.imports.formats import front
from bylines.imports.formats.front import Front
from bylines.imports.formats.hugo_shortcodes import shortcodes
from bylines.imports.old import PAGE, POST, Entry, OldBlog
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
_PLACE = re.compile(
    r":(year|month|day|title|slug|filename|contentbasename|slugorfilename|slugorcontentbasename|section|sections)"
)


def read(export: Export) -> OldBlog:
    """Posts, drafts and pages of the site. Raises ExportError."""
    root = _root(export)
    site = _Site(export, root, _config(export, root))
    entries = [entry for name in export.names if (entry := site.entry(name)) is not None]
    if not entries:
        raise ExportError(f"{export.name} holds no content as Hugo has it (content/…/title.md)")
    losses = (
        [f"{', '.join(site.written_otherwise)} are no Markdown or HTML: not taken"] if site.written_otherwise else []
    )
    roots = (f"{root}static/", f"{root}assets/", root, f"{root}content/")
    return OldBlog(program="Hugo", entries=tuple(entries), base=site.base, roots=roots, losses=tuple(losses))


def _root(export: Export) -> str:
    """The folder in the export that holds `content`."""
    for name in sorted(export.names, key=lambda each: each.count("/")):
        found = re.match(r"((?:[^/]+/)*?)content/", name)
        if found:
            return found[1]
    return ""


def _config(export: Export, root: str) -> Front:
    for folder in (root, f"{root}config/_default/"):
        for name in _SETTINGS:
            if folder + name in export.sizes:
                return front.settings(export.text(folder + name), name)
    return Front({}, "")


class _Site:
    """What is needed to read one of its files."""

    def __init__(self, export: Export, root: str, config: Front) -> None:
        self._export, self._config = export, config
        self._content = f"{root}content/" if any(name.startswith(f"{root}content/") for name in export.names) else root
        self._lang = config.text("defaultcontentlanguage", "languagecode", "locale")
        self._folders = _languages_by_folder(config, root)
        self._zone = moments.zone_of(config.text("timezone"))
        base = config.text("baseurl").rstrip("/")
        self.base = base if base.startswith("http") and "example.org" not in base else ""
        permalinks = config.values.get("permalinks")
        self._permalinks = _permalinks(permalinks) if isinstance(permalinks, dict) else {}
        self._sections = self._posts_in()
        self.written_otherwise: list[str] = []
        """Texts in other markups."""

    def _posts_in(self) -> frozenset[str]:
        """The sections that hold posts: those whose name says so, and those that the settings call main."""
        params = self._config.values.get("params")
        named = params.get("mainSections") or params.get("mainsections") if isinstance(params, dict) else None
        return frozenset((*_SECTIONS, *(map(str, named) if isinstance(named, list) else ())))

    def entry(self, name: str) -> Entry | None:
        """The post or page in a file; None where it is none: a list, a resource, a text in another markup."""
        folder, lang = self._place(name)
        if not name.startswith(folder):
            return None
        path = name[len(folder) :]
        stem = posixpath.basename(posixpath.splitext(path)[0])
        if path.lower().endswith(_OTHER_TEXTS):
            self.written_otherwise.append(name)
        named = self._named_language(name)
        bare = stem.removesuffix(f".{named}") if named else stem
        if not path.lower().endswith(_TEXTS) or bare == "_index":
            return None
        if bare != "index" and self._is_resource(name):
            return None
        found = front.split(self._export.text(name))
        return self._entry(name, path, bare, lang or named, found) if found.values or found.fault else None

    def _named_language(self, name: str) -> str:
        """The language that a file's name ends with: one of the settings', or one beside whose text the original lies."""
        ending = language_of(name)
        if not ending:
            return ""
        languages = self._config.values.get("languages")
        if isinstance(languages, dict):
            return ending if ending.lower() in {str(each).lower() for each in languages} else ""
        stem, suffix = posixpath.splitext(name)
        beside = f"{stem.removesuffix(f'.{ending}')}{suffix}" in self._export.sizes
        return ending if ending == self._lang or beside or is_index(name) else ""

    def _place(self, name: str) -> tuple[str, str]:
        """The folder of content that a file lies in, and the language that has it for its own ('' for none)."""
        own = [(folder, lang) for folder, lang in self._folders.items() if name.startswith(folder)]
        return max(own, key=lambda each: len(each[0]), default=(self._content, ""))

    def _is_resource(self, name: str) -> bool:
        folder = posixpath.dirname(name)
        while folder.startswith(self._content) and folder != self._content.rstrip("/"):
            if any(f"{folder}/index{ending}" in self._export.sizes for ending in (".md", ".html", ".markdown")):
                return True
            folder = posixpath.dirname(folder)
        return False

    def _entry(self, name: str, path: str, bare: str, own_lang: str, found: Front) -> Entry:
        folders = posixpath.dirname(path).split("/") if posixpath.dirname(path) else []
        file = folders.pop() if bare == "index" and folders else bare
        section = folders[0] if folders else ""
        dated = _DATED.fullmatch(file)
        date = found.moment("date", "publishdate", "pubdate", "published", zone=self._zone) or (
            dated[1] if dated else ""
        )
        lang = own_lang or found.text("lang", "language") or self._lang
        losses = [found.fault] if found.fault else []
        is_post = section in self._sections or (bool(date) and section != "" and found.text("type") != "page")
        own = found.text("url")
        slug = found.text("slug") or (dated[2] if dated else file)
        return Entry(
            key=name.removeprefix(self._content),
            title=found.text("title") or file.replace("-", " ").capitalize(),
            body=shortcodes(found.body, name, self._content, self._export, losses),
            form="html" if path.lower().endswith((".html", ".htm")) else "md",
            kind=POST if is_post else PAGE,
            status="draft" if found.is_true("draft") else "published",
            date=date,
            modified=found.moment("lastmod", "modified", zone=self._zone),
            topics=(*found.texts("categories", "category"), *found.texts("tags", "topics", "series")),
            summary=found.text("summary", "description"),
            authors=tuple(found.texts("author", "authors")),
            lang=lang,
            slug=slug,
            url=self._address(own or self._path(section, folders, found, file, slug, date), own_lang),
            others=tuple(self._address(each, "") for each in found.texts("aliases")),
            id=found.text("guid", "id"),
            image=self._image(found),
            folder=posixpath.dirname(name),
            source=name,
            losses=tuple(losses),
        )

    def _address(self, path: str, lang: str) -> str:
        """A path from the root of the old site's host."""
        if not path or path.startswith("http"):
            return path
        in_folder = f"/{lang}" if lang and lang != self._lang else ""
        under = re.sub(r"^https?://[^/]+", "", self.base)
        return f"{under}{in_folder}/{path.lstrip('/')}"

    def _path(self, section: str, folders: list[str], found: Front, file: str, slug: str, date: str) -> str:
        """The path by the permalinks of its section, or by its file."""
        pattern = self._permalinks.get(section, "")
        if not pattern or not date:
            return "/".join((*folders, found.text("slug") or file, ""))
        year, month, day = date[:10].split("-")
        title = re.sub(r"[^\w]+", "-", found.text("title").lower()).strip("-")
        named = {
            "year": year, "month": month, "day": day, "title": title, "slug": found.text("slug") or title, "section": section,
            "sections": "/".join(folders),
        }  # fmt: skip
        return _PLACE.sub(
            lambda place: named.get(
                place[1], found.text("slug") if "slugor" in place[1] and found.text("slug") else file
            ),
            pattern,
        )

    def _image(self, found: Front) -> str:
        cover = found.values.get("cover")
        if isinstance(cover, dict):
            return str(cover.get("image") or "")
        images = found.texts("images")
        return found.text("image", "featured_image", "featuredimage", "cover", "thumbnail") or (
            images[0] if images else ""
        )


def _languages_by_folder(config: Front, root: str) -> dict[str, str]:
    """Which folders hold the content of one language (`languages.de.contentDir`)."""
    languages = config.values.get("languages")
    found: dict[str, str] = {}
    for lang, settings in languages.items() if isinstance(languages, dict) else ():
        named = {str(key).lower(): value for key, value in settings.items()} if isinstance(settings, dict) else {}
        if isinstance(folder := named.get("contentdir"), str) and folder.strip("/"):
            found[f"{root}{folder.strip('/')}/"] = str(lang)
    return found


def _permalinks(found: dict[str, object]) -> dict[str, str]:
    pages = found.get("page")
    return {
        str(key): str(value)
        for key, value in (pages if isinstance(pages, dict) else found).items()
        if isinstance(value, str)
    }
