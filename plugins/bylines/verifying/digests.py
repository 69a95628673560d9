"""Whether the bytes that are served are those that were built: in a folder, or by asking a server."""

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
from bylines.publishing.copies import ENDINGS
from bylines.publishing.kinds import media_type

_AT_ONCE = 8
_SECONDS = 30
# A server may call these otherwise and be right: a browser is shown a feed as XML.
_ALSO = {
    "application/atom+xml": ("application/xml", "text/xml"),
    "application/rss+xml": ("application/xml", "text/xml"),
    "application/feed+json": ("application/json",),
    "text/javascript": ("application/javascript",),
    "text/x-opml": ("application/xml", "text/xml"),
}


class Fault(NamedTuple):
    """A file that is not served as it was built, and what to do."""

    path: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}; {self.mend}"


_AGAIN = "publish again"


def built(store: str) -> dict[str, str]:
    """What the last build made: digest by path. Raises BuildError where there was none."""
    if not os.path.exists(store):
        raise BuildError(f"nothing was built here yet, so there is nothing to compare with ({store}); publish first")
    try:
        with contextlib.closing(opened_to_read(store)) as opened:
            return dict(opened.execute("SELECT path, output FROM page"))
    except sqlite3.Error as error:
        raise BuildError(f"{store} does not say what was built ({error}); build the site first") from error


def sample(made: Mapping[str, str], count: int) -> dict[str, str]:
    """Some of what was built, others each time; all of it where `count` is 0."""
    paths = sorted(made)
    chosen = random.sample(paths, count) if 0 < count < len(paths) else paths
    return {path: made[path] for path in sorted(chosen)}


def in_folder(folder: str, made: Mapping[str, str]) -> Iterator[Fault]:
    """What is not in a folder as it was built."""
    for path, digest in made.items():
        try:
            with open(os.path.join(folder, path), "rb") as file:
                data = file.read()
        except FileNotFoundError:
            yield Fault(path, "is not there", _AGAIN)
            continue
        except OSError as error:
            yield Fault(path, f"cannot be read ({(error.strerror or str(error)).lower()})", "mend what is in its place")
            continue
        if digest_of(data) != digest:
            yield Fault(path, "is not what was built", _AGAIN)
        yield from _copies(folder, path, data)


def _copies(folder: str, path: str, data: bytes) -> Iterator[Fault]:
    """Packed copies that hold something else."""
    for ending in ENDINGS.values():
        with contextlib.suppress(FileNotFoundError), open(os.path.join(folder, path + ending), "rb") as file:
            if _unpacked(file.read(), ending) != data:
                yield Fault(path + ending, "is not the packed form of its file", _AGAIN)


def _unpacked(data: bytes, ending: str) -> bytes | None:
    try:
        if ending == ".gz":
            return gzip.decompress(data)
        import brotli

        unpacked: bytes = brotli.decompress(data)
    except Exception:  # each of the two has errors of its own
        return None
    return unpacked


def strangers(found: Iterable[str], made: Mapping[str, str], keep: Iterable[str]) -> Iterator[Fault]:
    """What lies in a folder and was not built, nor put there by the keeper."""
    from bylines.publishing.targets import kept_by_others

    for path in found:
        is_copy = any(path.endswith(ending) and path.removesuffix(ending) in made for ending in ENDINGS.values())
        if path not in made and not is_copy and not kept_by_others(path, keep):
            yield Fault(path, "is no part of the site", "delete it, or name it in BYLINES_PUBLISH_KEEP")


def by_http(address: str, made: Mapping[str, str]) -> Iterator[Fault]:
    """What a server does not give as it was built. Raises BuildError where it cannot be asked."""
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
        for faults in pool.map(lambda share: list(_asked(parts, share, made)), shares):
            yield from faults


def _asked(parts: urllib.parse.SplitResult, paths: Iterable[str], made: Mapping[str, str]) -> Iterator[Fault]:
    """Asks for one file after the other, over one connection."""
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(str(parts.hostname), parts.port, timeout=_SECONDS)
    try:
        for path in paths:
            yield from _fault(connection, parts.path.rstrip("/"), path, made[path])
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise BuildError(
            f"{parts.scheme}://{parts.netloc} does not answer ({error or type(error).__name__})"
        ) from error
    finally:
        connection.close()


def _mend(answer: http.client.HTTPResponse, shown: str) -> str:
    """What to do where a server gives something else than a file."""
    leads = (answer.getheader("Location") or "").removesuffix(shown)
    if 300 <= answer.status < 400 and leads:
        return f"it leads to {leads}: verify that"
    if answer.status in (401, 403):
        return "it lets nobody in who is not known to it: verify from where one is, or the folder"
    return _AGAIN if answer.status == 404 else "look at the server's log"


def _fault(connection: http.client.HTTPConnection, prefix: str, path: str, digest: str) -> Iterator[Fault]:
    shown = path.removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else path
    connection.request("GET", f"{prefix}/{urllib.parse.quote(shown)}", headers={"Accept-Encoding": "identity"})
    answer = connection.getresponse()
    data = answer.read()
    if answer.status != 200:
        yield Fault(path, f"the server answers {answer.status}", _mend(answer, shown))
        return
    if digest_of(data) != digest:
        yield Fault(path, "is not what was built", "publish again; if that does not help, empty the caches between")
    wanted, given = (
        kind.partition(";")[0].strip() for kind in (media_type(path), answer.getheader("Content-Type") or "")
    )
    if wanted != "application/octet-stream" and given not in (wanted, *_ALSO.get(wanted, ())):
        yield Fault(path, f"is served as {given or 'nothing'}", f"let the server say {wanted}")
