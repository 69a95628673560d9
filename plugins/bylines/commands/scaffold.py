"""`new-author` and `new-post`: the first lines of a file, so that nobody begins with an empty one."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
import uuid
import zoneinfo

from bylines.engine.read.names import is_handle, is_slug
from bylines.problems import SettingsError
from bylines.settings import Site, shown_path


def new_author(name: str, handle: str = "", settings: str = "pelicanconf.py") -> int:
    """Writes a profile; the handle follows from the name unless one is given. Gives the exit code."""
    handle = handle or plain(name)
    if not is_handle(handle):
        return _refuse(f"{handle!r} is not a handle; give one with --handle, of lower-case letters, digits and hyphens")
    site = _site(settings)
    if site is None:
        return 1
    return _write(site, os.path.join(site.authors, f"{handle}.yaml"), _PROFILE.format(name=_quoted(name)))


def new_post(handle: str, title: str, settings: str = "pelicanconf.py") -> int:
    """Writes the beginning of a post, with an id that it keeps for ever in feeds. Gives the exit code."""
    site = _site(settings)
    if site is None:
        return 1
    folder = os.path.join(site.content, "blogs", handle)
    known = os.path.exists(os.path.join(site.authors, f"{handle}.yaml")) or os.path.exists(
        os.path.join(folder, "blog.yaml")
    )
    if not is_handle(handle) or not known:
        return _refuse(f"nobody is called {handle!r}; `invoke new-author` makes a profile")
    slug = plain(title)[:80].strip("-") or f"post-{uuid.uuid4().hex[:8]}"
    if not is_slug(slug):
        return _refuse(f"the title {title!r} gives no file name; write the file yourself")
    now = dt.datetime.now(zoneinfo.ZoneInfo(site.read.timezone)).strftime("%Y-%m-%d %H:%M")
    text = _POST.format(title=_quoted(title), date=now, id=uuid.uuid4().urn)
    return _write(site, os.path.join(folder, f"{slug}.md"), text)


_PROFILE = """name: {name}
# role: What you do
# team: Whom you do it with
# location: Where you are
# languages: [en]
# bio: A sentence or two about what you write, in Markdown.
# links:
#   Home page: https://…
"""

_POST = """---
title: {title}
date: {date}
topics: []
id: {id}
status: draft
---

Write here. When you are done, delete the line `status: draft` and commit.
"""


def plain(text: str) -> str:
    """A text as a handle or slug: Latin letters without marks, digits, hyphens."""
    import icu

    latin: str = icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower").transliterate(text)
    return re.sub(r"[^a-z0-9]+", "-", latin.replace("'", "")).strip("-")


def _quoted(text: str) -> str:
    """A text as a YAML value."""
    simple = re.fullmatch(r"[^\W\d_][^:#\[\]{}&*!|>'\"%@`\n]*", text) and not text.endswith(" ")
    return text if simple else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _site(settings: str) -> Site | None:
    from bylines import frame

    try:
        return frame.load(settings)[0]
    except SettingsError as error:
        _refuse(str(error))
        return None


def _write(site: Site, path: str, text: str) -> int:
    shown = shown_path(path, site.root)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return _refuse(f"{shown} is there already; nothing was changed")
    print(shown)
    return 0


def _refuse(why: str) -> int:
    print(f"error: {why}", file=sys.stderr)
    return 1
