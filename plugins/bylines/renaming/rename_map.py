"""Maps old names to new ones, and applies that to handles, references to posts, addresses and paths."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple

from bylines.engine.weave.links import marker

_TAIL = re.compile(r"([^#?]*)(.*)", re.S)
_ENDINGS = ("", ".md", ".rst", "/index.md", "/index.rst")


class RenameMap(NamedTuple):
    """What is renamed to what. Sources have their usual names: `content/blogs/ada/x.md`."""

    handles: Mapping[str, str] = {}
    """Old handle → new handle."""
    posts: Mapping[tuple[str, str], str] = {}
    """(old handle, old slug) → new slug."""
    files: Mapping[str, str] = {}
    """Old name of a source, or of a folder of sources → new name."""

    def handle(self, handle: str) -> str:
        """Return the new handle, or the same one if it was not renamed. An `@` before it stays."""
        sign = "@" * handle.startswith("@")
        new = self.handles.get(handle[len(sign) :].lower())
        return sign + new if new else handle

    def source(self, name: str) -> str:
        """Return the new name of a source, or the same one if it was not moved."""
        at, below = name, ""
        while at:
            if at in self.files:
                return self.files[at] + below
            at = posixpath.dirname(at)
            below = name[len(at) :]
        return name

    def reference(self, written: str, blog: str) -> str:
        """Return the new form of a reference (`slug`, `handle/slug` or `/blogs/handle/slug/`), as it is written in a blog."""
        core = written.strip("/")
        path = core.removeprefix("blogs/")
        handle, slash, slug = path.rpartition("/")
        if "/" in handle:
            return written
        new_slug = self.posts.get((handle or blog, slug), slug)
        new = f"{self.handle(handle)}{slash}{new_slug}"
        return written if new == path else written.replace(path, new)

    def address(self, written: str) -> str:
        """Return the new form of an address of the site, `/blogs/handle/slug/…`."""
        path, tail = _split(written)
        parts = path.split("/")
        if parts[:2] != ["", "blogs"] or len(parts) < 3:
            return written
        if len(parts) > 3:
            parts[3] = self.posts.get((parts[2], parts[3]), parts[3])
        parts[2] = self.handle(parts[2])
        return "/".join(parts) + tail

    def link(self, written: str, source: str) -> str:
        """Return the new form of a link in a source; `source` is the source's old name."""
        path, tail = _split(written)
        marked, bare = marker(path)
        if not bare or (bare.startswith("/") and not marked):
            return self.address(written)
        if bare.startswith("/"):
            name = f"content{bare}"
            return (
                written
                if self._linked_source(name) == name
                else path[: -len(bare)] + self._linked_source(name)[len("content") :] + tail
            )
        was = posixpath.normpath(posixpath.join(posixpath.dirname(source), bare))
        now = posixpath.normpath(posixpath.join(posixpath.dirname(self.source(source)), bare))
        wanted = self._linked_source(was)
        if not was.startswith("content/") or now == wanted:
            return written
        new = posixpath.relpath(wanted, posixpath.dirname(self.source(source))) + "/" * bare.endswith("/")
        return path[: len(path) - len(bare)] + new + tail

    def _linked_source(self, name: str) -> str:
        """Return the new name of what a link names, which may lack the file's ending."""
        for ending in _ENDINGS:
            moved = self.source(name + ending)
            if moved != name + ending:
                return moved.removesuffix(ending)
        return name


def _split(written: str) -> tuple[str, str]:
    found = _TAIL.fullmatch(written)
    return (found[1], found[2]) if found else (written, "")
