"""Jekyll: the folder of a site (`_config.yml`, `_posts/`, `_drafts/`), or a zip of it. https://jekyllrb.com/docs/posts/"""

from __future__ import annotations

import posixpath
import re

from bylines.imports import moments
from bylines.imports.export import Export
from bylines.imports.formats import front
from bylines.imports.formats.front import Front
from bylines.imports.formats.liquid import liquid
from bylines.imports.old import PAGE, POST, Entry, OldBlog
from bylines.problems import ExportError

_TEXTS = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".html", ".htm")
_DATED = re.compile(r"(\d{2,4}-\d{1,2}-\d{1,2})-(.+)")
# https://jekyllrb.com/docs/permalinks/#built-in-formats
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}
_PLACE = re.compile(r":(?:categories|year|short_year|month|i_month|day|i_day|title|slug|output_ext|hour|minute|second)")


def read(export: Export) -> OldBlog:
    """Posts, drafts and pages of the site. Raises ExportError."""
    root = _root(export)
    config = (
        front.settings(export.text(f"{root}_config.yml"), "_config.yml")
        if f"{root}_config.yml" in export.sizes
        else Front({}, "")
    )
    base = config.text("url").rstrip("/") + "/" + config.text("baseurl").strip("/")
    site = _Site(export, root, config)
    entries = [entry for name in export.names if (entry := site.entry(name)) is not None]
    if not entries:
        raise ExportError(f"{export.name} holds no posts as Jekyll has them (_posts/YYYY-MM-DD-title.md)")
    losses = [config.fault] if config.fault else []
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
    """The folder of the site in the export."""
    for name in sorted(export.names, key=lambda each: each.count("/")):
        if posixpath.basename(name) == "_config.yml":
            return name[: -len("_config.yml")]
        if "_posts/" in name:
            return name.partition("_posts/")[0]
    return ""


class _Site:
    """What is needed to read one of its files."""

    def __init__(self, export: Export, root: str, config: Front) -> None:
        self._export, self._root, self._config = export, root, config
        self._zone = moments.zone_of(config.text("timezone"))
        self._base = "/" + config.text("baseurl").strip("/") if config.text("baseurl").strip("/") else ""
        style = _of_posts(config) or config.text("permalink") or "date"
        self._style = _STYLES.get(style, style)
        self._has_posts = any("_posts/" in name for name in export.names)
        """Else it is a bare folder of posts: those whose names begin with a date."""
        self._collections = _collections(config)
        self.written_otherwise: list[str] = []
        """Posts in other markups."""

    def entry(self, name: str) -> Entry | None:
        """The post, draft or page in a file; None where it is none."""
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
        found = front.split(self._export.text(name))
        if is_post or is_draft:
            return self._entry(name, found, POST, "draft" if is_draft else "published")
        if self._collection(parts):
            is_written = found.text("date") and found.values
            return self._entry(name, found, POST if is_written else PAGE, "published")
        is_page = (
            bool(found.values)
            and found.text("title")
            and posixpath.basename(name) not in ("404.html", "index.html", "index.md", "404.md")
        )
        if not is_page or (name.lower().endswith(".html") and "{%" in found.body):
            return None
        return self._entry(name, found, PAGE, "published")

    def _entry(self, name: str, found: Front, kind: str, status: str) -> Entry:
        stem = posixpath.splitext(posixpath.basename(name))[0]
        dated = _DATED.fullmatch(stem) if kind == POST else None
        day = _day(dated[1]) if dated else ""
        slug = found.text("slug") or (dated[2] if dated else stem)
        date = found.moment("date", zone=self._zone) or day
        folders = [
            part
            for part in name[len(self._root) :].split("/_posts/", maxsplit=1)[0].split("/")
            if "/_posts/" in name[len(self._root) :]
        ]
        categories = [*folders, *found.texts("category"), *found.texts("categories", by=" ")]
        losses = [found.fault] if found.fault else []
        body = liquid(found.body, self._export, self._root, self._config, losses)
        is_html = name.lower().endswith((".html", ".htm"))
        url = self._url(found, kind, name, date or day, categories, slug)
        absolute = bool(self._config.text("url")) and status != "draft"
        return Entry(
            key=name[len(self._root) :],
            title=found.text("title") or slug.replace("-", " ").capitalize(),
            body=body,
            form="html" if is_html else "md",
            kind=kind,
            status="draft" if status == "draft" or found.is_false("published") else "published",
            date=date,
            modified=found.moment("last_modified_at", "modified", "updated", zone=self._zone),
            topics=(
                *categories,
                *found.texts("tag"),
                *found.texts("tags", by="," if "," in found.text("tags") else " "),
            ),
            summary=found.text("excerpt", "description", "summary"),
            authors=tuple(found.texts("author", "authors")) or tuple(self._config.texts("author")),
            lang=found.text("lang", "language"),
            slug=slug,
            url=url if status != "draft" else "",
            others=tuple(found.texts("redirect_from")),
            id=found.text("id")
            or (f"{self._config.text('url').rstrip('/')}{url.removesuffix('.html')}" if absolute else ""),
            image=self._image(found),
            folder=posixpath.dirname(name),
            source=name,
            losses=tuple(losses),
        )

    def _of_collection(self, permalink: str, collection: str, path: str, slug: str) -> str:
        """The old address of what lies in a collection; by itself `/recipes/bread.html`."""
        named = {"collection": collection, "path": path, "name": posixpath.basename(path), "title": slug, "slug": slug}
        values = {**named, "output_ext": ".html"}
        made = _IN_COLLECTION.sub(lambda place: values[place[1]], permalink or "/:collection/:path:output_ext")
        return "" if ":" in made else self._base + re.sub("/+", "/", f"/{made}")

    def _collection(self, parts: list[str]) -> str:
        """The collection of ours that a file lies in; '' for none."""
        return next((part for part in parts[:-1] if part in self._collections), "")

    def _image(self, found: Front) -> str:
        value = found.values.get("image")
        if isinstance(value, dict):
            return str(value.get("path") or value.get("feature") or "")
        return found.text("image", "cover", "thumbnail")

    def _url(self, found: Front, kind: str, name: str, date: str, categories: list[str], slug: str) -> str:
        """The old address, by the permalink of the post or the site."""
        own = found.text("permalink")
        collection = self._collection(name[len(self._root) :].split("/"))
        if collection and not own:
            path = name.partition(f"{collection}/")[2]
            return self._of_collection(self._collections[collection], collection[1:], posixpath.splitext(path)[0], slug)
        if kind == PAGE:
            path = name[len(self._root) :].removeprefix("_pages/")
            return self._base + (own or "/" + posixpath.splitext(path)[0] + ".html")
        if not date:
            return ""
        year, month, day = date[:10].split("-")
        values = {
            ":categories": "/".join(re.sub(r"\s+", "-", each.lower()) for each in categories),
            ":year": year, ":short_year": year[2:], ":month": month, ":i_month": month.lstrip("0"),
            ":day": day, ":i_day": day.lstrip("0"), ":title": slug, ":slug": slug, ":output_ext": ".html",
            ":hour": date[11:13], ":minute": date[14:16], ":second": date[17:19],
        }  # fmt: skip
        style = _STYLES.get(own, own) or self._style
        path = _PLACE.sub(lambda place: values[place[0]], style)
        return "" if ":" in path else self._base + re.sub("/+", "/", f"/{path}")


_IN_COLLECTION = re.compile(r":(collection|path|name|title|slug|output_ext)")


def _collections(config: Front) -> dict[str, str]:
    """The folders of the site's own collections that have pages (`_recipes`), with the permalink of each ('' for none)."""
    named = config.values.get("collections")
    found = named.items() if isinstance(named, dict) else ()
    return {
        f"_{name}": str(settings.get("permalink") or "")
        for name, settings in found
        if name not in ("posts", "drafts") and isinstance(settings, dict) and Front(settings, "").is_true("output")
    }


def _of_posts(config: Front) -> str:
    """The permalink that the settings give posts as a collection."""
    collections = config.values.get("collections")
    posts = collections.get("posts") if isinstance(collections, dict) else None
    return str(posts.get("permalink") or "") if isinstance(posts, dict) else ""


def _day(text: str) -> str:
    year, month, day = (part.zfill(2) for part in text.split("-"))
    return moments.read(f"{'20' * (len(year) == 2)}{year}-{month}-{day}")
