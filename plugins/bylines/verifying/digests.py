"""Compares the files in a folder or on a server with those that were built."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import os
import random
import sqlite3
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from bylines.engine.digest import digest_of
from bylines.engine.store import opened_to_read
from bylines.problems import BuildError
from bylines.publishing.media_types import media_type
from bylines.publishing.precompressed import ENDINGS

_AT_ONCE = 8
_SECONDS = 30
# Other media types under which servers may rightly serve these, such as a feed as XML.
_EQUIVALENT_TYPES = {
    "application/atom+xml": ("application/xml", "text/xml"),
    "application/rss+xml": ("application/xml", "text/xml"),
    "application/feed+json": ("application/json",),
    "text/javascript": ("application/javascript",),
    "text/x-opml": ("application/xml", "text/xml"),
}


class Fault(NamedTuple):
    """A file that is not served as it was built, with the fault and what to do about it."""

    path: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}; {self.mend}"


_PUBLISH_AGAIN = "publish again"


def read_built_digests(store: str) -> dict[str, str]:
    """Return the digest of each file of the last build, by path. Raises BuildError if there was no build."""
    if not os.path.exists(store):
        raise BuildError(f"nothing was built here yet, so there is nothing to compare with ({store}); publish first")
    try:
        with contextlib.closing(opened_to_read(store)) as opened:
            return dict(opened.execute("SELECT path, output FROM page"))
    except sqlite3.Error as error:
        raise BuildError(f"{store} does not say what was built ({error}); build the site first") from error


def sample(made: Mapping[str, str], count: int) -> dict[str, str]:
    """Return a random sample of `count` files; all if `count` is 0."""
    paths = sorted(made)
    chosen = random.sample(paths, count) if 0 < count < len(paths) else paths
    return {path: made[path] for path in sorted(chosen)}


def compare_folder(folder: str, made: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the files that are not in a folder as they were built."""
    for path, digest in made.items():
        try:
            with open(os.path.join(folder, path), "rb") as file:
                data = file.read()
        except FileNotFoundError:
            yield Fault(path, "is not there", _PUBLISH_AGAIN)
            continue
        except OSError as error:
            yield Fault(path, f"cannot be read ({(error.strerror or str(error)).lower()})", "mend what is in its place")
            continue
        if digest_of(data) != digest:
            yield Fault(path, "is not what was built", _PUBLISH_AGAIN)
        yield from _compare_copies(folder, path, data)


def _compare_copies(folder: str, path: str, data: bytes) -> Iterator[Fault]:
    """Yield the compressed copies of a file that hold something else."""
    for ending in ENDINGS.values():
        with contextlib.suppress(FileNotFoundError), open(os.path.join(folder, path + ending), "rb") as file:
            if _decompress(file.read(), ending) != data:
                yield Fault(path + ending, "is not the packed form of its file", _PUBLISH_AGAIN)


def _decompress(data: bytes, ending: str) -> bytes | None:
    try:
        if ending == ".gz":
            return gzip.decompress(data)
        import brotli

        unpacked: bytes = brotli.decompress(data)
    except Exception:  # gzip and Brotli raise different errors
        return None
    return unpacked


def unexpected_files(found: Iterable[str], made: Mapping[str, str], keep: Iterable[str]) -> Iterator[Fault]:
    """Yield the files among `found` that were neither built nor named in BYLINES_PUBLISH_KEEP."""
    from bylines.publishing.targets import is_kept

    for path in found:
        is_copy = any(path.endswith(ending) and path.removesuffix(ending) in made for ending in ENDINGS.values())
        if path not in made and not is_copy and not is_kept(path, keep):
            yield Fault(path, "is no part of the site", "delete it, or name it in BYLINES_PUBLISH_KEEP")


def compare_over_http(address: str, made: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the files that a server does not serve as they were built. Raises BuildError if it cannot be reached."""
    try:
        parts = urllib.parse.urlsplit(address)
        right = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        right = False
    if not right:
        raise BuildError(f"{address!r} is neither a folder nor an address; name one such as https://blogs.example")
    paths = list(made)
    shares = [paths[number::_AT_ONCE] for number in range(_AT_ONCE)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for faults in pool.map(lambda share: list(_compare_share(parts, share, made)), shares):
            yield from faults


def _compare_share(parts: urllib.parse.SplitResult, paths: Iterable[str], made: Mapping[str, str]) -> Iterator[Fault]:
    """Request one file after the other over one connection, and yield the faults."""
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(str(parts.hostname), parts.port, timeout=_SECONDS)
    try:
        for path in paths:
            yield from _compare_response(connection, parts.path.rstrip("/"), path, made[path])
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise BuildError(
            f"{parts.scheme}://{parts.netloc} does not answer ({error or type(error).__name__})"
        ) from error
    finally:
        connection.close()


def _advice(answer: http.client.HTTPResponse, shown: str) -> str:
    """Return what to do if a server does not answer with the file."""
    leads = (answer.getheader("Location") or "").removesuffix(shown)
    if 300 <= answer.status < 400 and leads:
        return f"it leads to {leads}: verify that"
    if answer.status in (401, 403):
        return "it lets nobody in who is not known to it: verify from where one is, or the folder"
    return _PUBLISH_AGAIN if answer.status == 404 else "look at the server's log"


def _compare_response(connection: http.client.HTTPConnection, prefix: str, path: str, digest: str) -> Iterator[Fault]:
    shown = path.removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else path
    connection.request("GET", f"{prefix}/{urllib.parse.quote(shown)}", headers={"Accept-Encoding": "identity"})
    answer = connection.getresponse()
    data = answer.read()
    if answer.status != 200:
        yield Fault(path, f"the server answers {answer.status}", _advice(answer, shown))
        return
    if digest_of(data) != digest:
        yield Fault(path, "is not what was built", "publish again; if that does not help, empty the caches between")
    wanted, given = (
        kind.partition(";")[0].strip() for kind in (media_type(path), answer.getheader("Content-Type") or "")
    )
    if wanted != "application/octet-stream" and given not in (wanted, *_EQUIVALENT_TYPES.get(wanted, ())):
        yield Fault(path, f"is served as {given or 'nothing'}", f"let the server say {wanted}")
