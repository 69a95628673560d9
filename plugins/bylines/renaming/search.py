"""Finds the texts that name something, and the holders of names: with git, or else by reading the files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from bylines.engine.paths import file_of
from bylines.engine.read.names import forms_of
from bylines.engine.weave.claims import fold
from bylines.git import Git, GitError
from bylines.settings import Site

_TEXTS = (".md", ".rst", ".yaml")
_FOUND, _NONE = 0, 1
_GREP = ("grep", "-l", "-z", "-i", "-F", "--untracked", "--no-exclude-standard", "-e")
_SLUG = re.compile(rb"^:?slug:[ \t]*[\"']?([^\s\"']+)", re.M | re.I)


def sources_naming(site: Site, word: str) -> list[str]:
    """Return the source texts that contain a word, in any case."""
    found: list[str] = []
    for root in ("authors", "content"):
        folder = file_of(site, root)
        names = _by_git(folder, word)
        names = list(_by_reading(folder, word)) if names is None else names
        found += [f"{root}/{name}" for name in names if name.endswith(_TEXTS)]
    return sorted(found)


def _by_git(folder: str, word: str) -> list[str] | None:
    try:
        done = Git(folder).try_run(*_GREP, word, "--", ".")
    except GitError:  # no git, or no folder
        return None
    return os.fsdecode(done.stdout).split("\0")[:-1] if done.returncode in (_FOUND, _NONE) else None


def _by_reading(folder: str, word: str) -> Iterator[str]:
    wanted = word.casefold().encode()
    for path in files_below(folder):
        if path.endswith(_TEXTS) and wanted in (bytes_of(path) or b"").lower():
            yield os.path.relpath(path, folder).replace(os.sep, "/")


def files_below(folder: str) -> Iterator[str]:
    """Yield every file below a folder, sorted, without symbolic links."""
    for at, folders, names in os.walk(folder):
        folders.sort()
        yield from (path for name in sorted(names) if not os.path.islink(path := os.path.join(at, name)))


def texts_below(site: Site, folder: str) -> list[str]:
    """Return the source texts in a folder of sources, whose name ends with a slash."""
    at = file_of(site, folder)
    names = (folder + os.path.relpath(path, at).replace(os.sep, "/") for path in files_below(at))
    return [name for name in names if name.endswith(_TEXTS)]


def bytes_of(path: str) -> bytes | None:
    """Return the bytes of a file; None if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def text_of(path: str) -> str | None:
    """Return the text of a file with its own line ends; None if it is not UTF-8 or cannot be read."""
    data = bytes_of(path)
    try:
        return data.decode() if data is not None else None
    except UnicodeDecodeError:
        return None


def holder_of_handle(site: Site, handle: str, but: str = "") -> str:
    """Return the source that has or had a handle, or one that differs only in case or Unicode form; empty if none does.

    `but` is a handle whose own old addresses do not count.
    """
    for name in _entries(site.authors):
        stem, ending = os.path.splitext(name)
        if ending in (".yaml", ".yml") and fold(stem) == fold(handle):
            return f"authors/{name}"
    for name in _entries(file_of(site, "content/blogs")):
        group = f"content/blogs/{name}/blog.yaml"
        if fold(name) == fold(handle) and (name != handle or os.path.exists(file_of(site, group))):
            return group if name == handle else f"content/blogs/{name}"
    return holder_of_old(site, handle, but)


def holder_of_old(site: Site, handle: str, but: str = "") -> str:
    """Return the profile or group that had a handle before; empty if none had."""
    pattern = re.compile(rf"/blogs/{re.escape(handle)}/?(?=[\s,\]\"']|$)", re.I)
    own = (f"authors/{but}.yaml", f"content/blogs/{but}/blog.yaml")
    for name in sources_naming(site, f"/blogs/{handle}"):
        if name not in own and (name.startswith("authors/") or name.endswith("/blog.yaml")):
            text = text_of(file_of(site, name)) or ""
            if "aliases" in text and pattern.search(text[text.index("aliases") :]):
                return name
    return ""


def holder_of_slug(site: Site, handle: str, slug: str) -> str:
    """Return the source in a blog that has or had a slug, ignoring case and Unicode form; empty if none does."""
    old = f"/blogs/{handle}/{slug}".encode()
    for name in texts_below(site, f"content/blogs/{handle}/"):
        if name.endswith((".md", ".rst")):
            head = (bytes_of(file_of(site, name)) or b"")[:64_000]
            said = _SLUG.search(head)
            own = {said[1].decode(errors="replace")} if said else forms_of(name)
            header = head.partition(b"\n---")[0]
            if fold(slug) in map(fold, own) or re.search(re.escape(old) + rb"/?(?=[\s,\]\"']|$)", header):
                return name
    return ""


def _entries(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
