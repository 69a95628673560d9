"""Where sources lie: the logical roots of their names, and the file behind each name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bylines.engine.scan import Root

if TYPE_CHECKING:
    from bylines.settings import Site


def roots(site: Site) -> tuple[Root, ...]:
    """Return the folders of sources: content, authors, and the theme's static files."""
    theme = (
        Root(f"theme/{path.strip('/')}", os.path.join(site.theme, path), f"theme/{path.strip('/')}")
        for path in site.theme_static_paths
    )
    return (
        Root("authors", site.authors, site.read.authors_root),
        Root("content", site.content, site.read.root),
        *theme,
    )


def file_of(site: Site, name: str) -> str:
    """Return the file that holds a source."""
    root, _, rest = name.partition("/")
    return os.path.join({"content": site.content, "authors": site.authors, "theme": site.theme}[root], rest)


def shown(site: Site, name: str) -> str:
    """Return a source's name as messages write it: where the file lies, relative to the project."""
    root, _, rest = name.partition("/")
    folder = {"content": site.read.root, "authors": site.read.authors_root}.get(root, root)
    return f"{folder}/{rest}"


def spool_of(site: Site) -> str:
    """Return the folder of a build's spool, beside what it stages."""
    return os.path.join(site.stage, f"texts-{site.build}")


def shown_folder(folder: str) -> str:
    """Return a folder as messages name it."""
    return os.path.relpath(folder) + "/" if folder.startswith(os.getcwd()) else folder


def _kept(site: Site) -> str:
    """Return the path prefix of the site's files in its cache. Each settings file has its own prefix."""
    name = os.path.splitext(os.path.basename(site.settings_file))[0] or "site"
    return os.path.join(site.cache, f"bylines-{name}")


def store_path(site: Site) -> str:
    """Return the path of the site's store. Each settings file has its own store."""
    return f"{_kept(site)}.sqlite"


def manifest_path(site: Site) -> str:
    """Return the default path of the manifest of the served files."""
    return f"{_kept(site)}.manifest"


def static_place(site: Site, name: str) -> str | None:
    """Return where a source that STATIC_PATHS names is published; None for all others."""
    root, _, rest = name.partition("/")
    if root != "content" or not any(rest == path or rest.startswith(f"{path}/") for path in site.static_paths):
        return None
    return dict(site.static_places).get(rest, rest)


def prefix_of(site: Site, url: str) -> str:
    """Return the prefix of site-wide links on the page at `url`: SITEURL, or the relative path to the root."""
    if not site.relative_urls or url == "404.html":
        return site.url
    return "/".join([".."] * url.count("/")) or "."


def unsuited(folder: str, site: Site) -> str:
    """Return the first folder of the site, or of Bylines itself, that overlaps `folder`; empty if none does.

    `folder` is to be overwritten, so it must neither contain such a folder nor lie in one. It may lie in the site's root.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for name in (site.content, site.authors, site.theme, site.output, site.cache, package, f"{site.root}/.git"):
        other = os.path.realpath(name)
        if _is_in(folder, other) or _is_in(other, folder):
            return other
    root = os.path.realpath(site.root)
    return root if _is_in(root, folder) else ""


def _is_in(folder: str, other: str) -> bool:
    return os.path.commonpath([folder, other]) == other
