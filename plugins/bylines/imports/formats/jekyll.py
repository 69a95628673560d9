"""Reads the folder of a Jekyll site (`_config.yml`, `_posts/`, `_drafts/`). https://jekyllrb.com/docs/posts/"""

from __future__ import annotations

import posixpath
import re
from collections import Counter

from bylines.imports import moments
from bylines.imports.export import Export
from bylines.imports.formats import front_matter, jekyll_addresses
from bylines.imports.formats.front_matter import FrontMatter
from bylines.imports.formats.liquid import liquid
from bylines.imports.formats.publication_status import why_not_public
from bylines.imports.model import PAGE, POST, Entry, OldBlog
from bylines.problems import ExportError

_TEXTS = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".html", ".htm")
_DATED = re.compile(r"(\d{2,4}-\d{1,2}-\d{1,2})-(.+)")
_KEYS = frozenset(
    "title date last_modified_at modified updated published draft permalink slug categories category tags tag excerpt summary "
    "description author authors layout lang language redirect_from redirect_to image cover thumbnail image_alt guid id comments "
    "toc status sitemap nav_order".split()
)
"""Keys that are imported, or that say nothing to a reader. All others are reported."""


def read(export: Export) -> OldBlog:
    """Reads the posts, drafts and pages of the site. Raises ExportError."""
    root = _root(export)
    config = (
        front_matter.settings(export.text(f"{root}_config.yml"), "_config.yml")
        if f"{root}_config.yml" in export.sizes
        else FrontMatter({}, "")
    )
    base = config.text("url").rstrip("/") + "/" + config.text("baseurl").strip("/")
    site = _Site(export, root, config)
    entries = [entry for name in export.names if (entry := site.entry(name)) is not None]
    if not entries:
        raise ExportError(f"{export.name} holds no posts as Jekyll has them (_posts/YYYY-MM-DD-title.md)")
    losses = [config.fault] if config.fault else []
    losses += front_matter.describe_unknown_keys(site.other_keys.items())
    if site.left:
        losses.append(f"{', '.join(site.left)}: lists, or pages made of Liquid, not taken")
    if site.written_otherwise:
        losses.append(f"{', '.join(site.written_otherwise)} are no Markdown or HTML: not taken")
    return OldBlog(
        program="Jekyll",
        entries=tuple(entries),
        base=base.strip("/") if config.text("url") else "",
        roots=(root, ""),
        losses=tuple(losses),
    )


def _root(export: Export) -> str:
    """Return the folder of the site, with a trailing slash; empty for the root of the export."""
    for name in sorted(export.names, key=lambda each: each.count("/")):
        if posixpath.basename(name) == "_config.yml":
            return name[: -len("_config.yml")]
        if "_posts/" in name:
            return name.partition("_posts/")[0]
    return ""


class _Site:
    """Reads single files of a site, by its settings."""

    def __init__(self, export: Export, root: str, config: FrontMatter) -> None:
        self._export, self._root, self._config = export, root, config
        self._zone = moments.zone_of(config.text("timezone"))
        self._base = "/" + config.text("baseurl").strip("/") if config.text("baseurl").strip("/") else ""
        self._style = config.text("permalink") or "date"
        self._has_posts = any("_posts/" in name for name in export.names)
        """If false, files whose names begin with a date are taken for posts."""
        self._collections = _collections(config)
        self.written_otherwise: list[str] = []
        """Posts in other markup languages, which are not imported."""
        self.left: list[str] = []
        """List pages, and pages built with Liquid, which are not imported."""
        self.other_keys = Counter[str]()

    def entry(self, name: str) -> Entry | None:
        """Reads the post, draft or page in a file; None if it holds none."""
        if not name.startswith(self._root):
            return None
        parts = name[len(self._root) :].split("/")
        is_dated = not self._has_posts and _DATED.fullmatch(posixpath.splitext(parts[-1])[0]) is not None
        is_post, is_draft = "_posts" in parts or is_dated, "_drafts" in parts
        if (
            is_post
            and not name.lower().endswith(_TEXTS)
            and name.lower().endswith((".textile", ".org", ".adoc", ".asciidoc"))
        ):
            self.written_otherwise.append(name)
        known = ("_posts", "_drafts", "_pages", *self._collections)
        is_hidden = any(part.startswith(("_", ".")) for part in parts if part not in known)
        if is_hidden or not name.lower().endswith(_TEXTS):
            return None
        found = self._with_defaults(
            front_matter.split(self._export.text(name)), name, parts, is_post=is_post or is_draft
        )
        if is_post or is_draft:
            return self._entry(name, found, POST, "draft" if is_draft else "published")
        if self._collection(parts):
            is_written = found.text("date") and found.values
            return self._entry(name, found, POST if is_written else PAGE, "published")
        if not found.values or not found.text("title"):
            return None
        is_list = posixpath.basename(name) in ("404.html", "index.html", "index.md", "404.md")
        if is_list or (name.lower().endswith(".html") and "{%" in found.body):
            self.left.append(name)
            return None
        return self._entry(name, found, PAGE, "published")

    def _with_defaults(self, found: FrontMatter, name: str, parts: list[str], *, is_post: bool) -> FrontMatter:
        """Adds the defaults of the settings to front matter."""
        kind = "posts" if is_post else self._collection(parts)[1:] or "pages"
        given = jekyll_addresses.defaults(self._config, name[len(self._root) :], kind)
        return FrontMatter({**given, **found.values}, found.body, found.fault) if given and found.values else found

    def _entry(self, name: str, found: FrontMatter, kind: str, status: str) -> Entry:
        stem = posixpath.splitext(posixpath.basename(name))[0]
        dated = _DATED.fullmatch(stem) if kind == POST else None
        day = _day(dated[1]) if dated else ""
        slug = found.text("slug") or (dated[2] if dated else stem)
        date = found.moment("date", zone=self._zone) or day
        categories = self._categories(name, found)
        losses = [found.fault] if found.fault else []
        body = liquid(found.body, self._export, self._root, self._config, losses)
        is_html = name.lower().endswith((".html", ".htm"))
        url = self._url(found, kind, name, date or day, categories, slug)
        why = why_not_public(found)
        is_published = status == "published" and not found.is_false("published") and not found.fault
        if is_published and why:
            losses.append(f"{why}: it is a draft")
        if found.fault:
            losses.append("nobody knows whether it was published: it is a draft")
        self.other_keys.update(key for key in found.values if key not in _KEYS)
        absolute = bool(self._config.text("url")) and status != "draft"
        return Entry(
            key=name[len(self._root) :],
            title=found.text("title") or slug.replace("-", " ").capitalize(),
            body=body,
            form="html" if is_html else "md",
            kind=kind,
            status="published" if is_published and not why else "draft",
            date=date,
            modified=found.moment("last_modified_at", "modified", "updated", zone=self._zone),
            topics=(
                *categories,
                *found.texts("tag"),
                *found.texts("tags", by="," if "," in found.text("tags") else " "),
            ),
            summary=found.text("excerpt", "description", "summary"),
            authors=found.people("author", "authors") or self._config.people("author"),
            lang=found.text("lang", "language"),
            slug=slug,
            url=url if status != "draft" else "",
            others=self._redirects(found),
            id=found.text("id")
            or (f"{self._config.text('url').rstrip('/')}{url.removesuffix('.html')}" if absolute else ""),
            image=self._image(found),
            image_alt=_alt(found),
            folder=posixpath.dirname(name),
            source=name,
            losses=tuple(losses),
        )

    def _categories(self, name: str, found: FrontMatter) -> list[str]:
        """Return the categories of a file: the folders above `_posts`, and those in its front matter."""
        above, posts, _ = name[len(self._root) :].partition("/_posts/")
        folders = above.split("/") if posts else []
        return [*folders, *found.texts("categories", by=" "), *found.texts("category", by="\0")]

    def _redirects(self, found: FrontMatter) -> tuple[str, ...]:
        """Return the addresses in `redirect_from`, each below the site's `baseurl` and as written."""
        texts = found.texts("redirect_from")
        return tuple(
            dict.fromkeys((*(f"{self._base}/{each.lstrip('/')}" for each in texts if "://" not in each), *texts))
        )

    def _collection(self, parts: list[str]) -> str:
        """Return the site's own collection that a file is in; empty if none."""
        return next((part for part in parts[:-1] if part in self._collections), "")

    def _image(self, found: FrontMatter) -> str:
        value = found.values.get("image")
        if isinstance(value, dict):
            return str(value.get("path") or value.get("feature") or value.get("src") or "")
        return found.text("image", "cover", "thumbnail")

    def _url(self, found: FrontMatter, kind: str, name: str, date: str, categories: list[str], slug: str) -> str:
        """Return the old address, from the permalink of the post, its collection or the site; empty if it cannot be told."""
        below = name[len(self._root) :]
        collection = self._collection(below.split("/"))
        template = found.text("permalink")
        if collection:
            below = name.partition(f"{collection}/")[2]
            template = template or self._collections[collection] or "/:collection/:path:output_ext"
        elif kind == PAGE:
            below = below.removeprefix("_pages/")
            template = template or jekyll_addresses.page_template(self._style)
        else:
            template = template or _of_posts(self._config) or self._style
        page = jekyll_addresses.Page(below, slug, found.text("slug"), date, categories, collection[1:])
        made = jekyll_addresses.path(template, page, self._zone)
        return self._base + made if made else ""


def _alt(found: FrontMatter) -> str:
    value = found.values.get("image")
    return str(value.get("alt") or "") if isinstance(value, dict) else found.text("image_alt")


def _collections(config: FrontMatter) -> dict[str, str]:
    """Return the folders of the site's own collections with output (`_recipes`), with their permalinks (empty if not set)."""
    named = config.values.get("collections")
    found = named.items() if isinstance(named, dict) else ()
    return {
        f"_{name}": str(settings.get("permalink") or "")
        for name, settings in found
        if name not in ("posts", "drafts")
        and isinstance(settings, dict)
        and FrontMatter(settings, "").is_true("output")
    }


def _of_posts(config: FrontMatter) -> str:
    """Return the permalink of `collections.posts` in the settings; empty if not set."""
    collections = config.values.get("collections")
    posts = collections.get("posts") if isinstance(collections, dict) else None
    return str(posts.get("permalink") or "") if isinstance(posts, dict) else ""


def _day(text: str) -> str:
    year, month, day = (part.zfill(2) for part in text.split("-"))
    return moments.read(f"{'20' * (len(year) == 2)}{year}-{month}-{day}")
