"""Builds a delta: the files to upload and delete, found from the store and a manifest, without an output tree.

The folder has

    files/         the files to upload, in a tree of their own
    delete.txt     the paths to delete afterwards, one a line
    manifest.txt   digest (git's blob name) and path of each file, one a line
    delta.json     `Contents`: which builds it lies between, and how many files it has

A delta is compared with what is *served*, never with the last build. Building one marks its paths in the manifest as
uncertain, because an upload may have changed them. Only a confirmed publication makes them certain again. So if an upload
fails half-way, the next delta contains everything that it may have missed or changed.
"""

from __future__ import annotations

import functools
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from bylines.engine.digest import digest_of
from bylines.engine.paths import unsuited
from bylines.engine.publish import manifest
from bylines.engine.publish.contents import Contents
from bylines.engine.publish.manifest import Manifest, Mark, UnfitError
from bylines.engine.publish.output_tree import ByteDigest, Output, OutputFile, in_the_way
from bylines.problems import OutputError
from bylines.settings.declared import TAG

if TYPE_CHECKING:
    from bylines.settings import Site

_SLIP = "delta.json"
# The prefix of the tokens of deltas. It shows whether a store was last written by one.
_PREFIX = "delta-"


class Delta(Output):
    """Writes what differs from what is served to a folder. Raises OutputError if the folder is unsuitable or not writable."""

    def __init__(self, site: Site, folder: str, manifest_file: str, *, verify: bool) -> None:
        super().__init__(os.path.realpath(folder))
        self._site = site
        self._file = os.path.abspath(manifest_file)
        self._verify = verify
        self._built = ""
        self._fits = False
        self._tree = os.path.join(self._beside, "delta")

    def open(self) -> str:
        """Creates the stage and returns it. An existing delta stays in place until `publish`."""
        _must_suit(self.folder, self._site)
        self._staged = os.path.join(self._tree, "files")
        try:
            shutil.rmtree(self._beside, ignore_errors=True)
            os.makedirs(self._staged)
            self._hold(self._staged)
        except OSError as error:
            raise OutputError(f"{self.folder} cannot be written ({error.strerror})") from error
        return self._stage

    def fits(self, built: str) -> bool:
        """Whether the store's last build, with token `built`, is certainly served; then the whole manifest need not be read."""
        self._built = built
        tail = manifest.tail(self._file)
        served = tail is not None and tail.mark == _certain(tail.mark, identity(self._site), built)
        self._fits = bool(built) and served and not self._verify
        return self._fits

    @functools.cached_property
    def _served(self) -> Manifest:
        """The manifest of what is served; an empty one, and a note for the keeper, if it is missing or damaged."""
        try:
            found = manifest.read(self._file, identity(self._site), self._built if _is_delta(self._built) else "")
            if found.mark.served:
                return found
            why = "waits for a complete delta to be published"
        except FileNotFoundError:
            why = "is not there"
        except UnfitError as error:
            why = str(error)
        except OSError as error:
            raise OutputError(f"{self._file} cannot be read ({error.strerror})") from error
        self.notes.append(
            f"the manifest of what is served ({self._file}) {why}: this delta has every file; replace all that is served by it"
        )
        return Manifest({}, set(), Mark(site=identity(self._site), served="", certain=False), -1)

    def damaged(self, pages: Iterable[OutputFile], *, verify: bool) -> Iterator[str]:
        """Return the paths of pages that are not served with the bytes that the store knows."""
        return iter(()) if self._fits else (page.path for page in pages if self._digest(page.path) != page.output)

    def standing(self, path: str) -> tuple[str, str]:
        """Return the digest of what is served at a path (empty if unknown), and '' instead of a file."""
        return "" if self._fits else self._digest(path), ""

    def _digest(self, path: str) -> str:
        return "" if path in self._served.uncertain else self._served.digests.get(path, "")

    def holds(self, path: str) -> bool:
        """Return whether a file is or may be served at a path."""
        if self._fits or not self._served.mark.served:
            return True  # the store is up to date, or nothing is known
        return path in self._served.digests or path in self._served.uncertain

    def written(self) -> set[str]:
        """Return all paths that are or may be served; empty if the store is up to date."""
        return set() if self._fits else {*self._served.digests, *self._served.uncertain}

    def delete_foreign(self, kept: set[str], retention: Sequence[str]) -> list[str]:
        """Deletes nothing: the manifest does not know the files of others."""
        return []

    def publish(
        self,
        staged: Sequence[str],
        removed: Iterable[str],
        kept: set[str] | None = None,
        bytes_of: Callable[[str], ByteDigest] | None = None,
    ) -> str:
        """Replaces the previous delta by the new one. Returns the build's token. Raises OutputError."""
        assert bytes_of is not None
        gone = sorted(path for path in set(removed) if self.file(path) and self.holds(path))
        same = self._fits and not staged and not gone
        token = self._built if same else _PREFIX + secrets.token_hex(16)
        self._must_stand()
        try:
            self.contents = self._listed(sorted(staged), gone, bytes_of, token)
            if not same:
                self._plan([*staged, *gone], token)
            self._swap()
        except OSError as error:
            raise OutputError(f"{error.filename or self.folder} cannot be written ({error.strerror})") from error
        return token

    def _must_stand(self) -> None:
        try:
            stands = self._stands()
        except OSError:
            stands = False
        if not stands:
            raise OutputError(f"{self._beside} was removed while the site was built; build again")

    def _listed(
        self, staged: Sequence[str], gone: Sequence[str], bytes_of: Callable[[str], ByteDigest], token: str
    ) -> Contents:
        """Writes the two lists and `delta.json`; returns the content of the latter."""
        found = [bytes_of(path) for path in staged]
        files = "".join(f"{one.digest} {path}\n" for one, path in zip(found, staged, strict=True)).encode()
        goers = "".join(f"{path}\n" for path in gone).encode()
        base = self._built if self._fits else self._served.mark.served
        contents = Contents(
            site=identity(self._site),
            base=base,
            to=token,
            complete=not base,
            delete_first=in_the_way(staged, gone),
            files=len(staged),
            bytes=sum(one.size for one in found),
            deleted=len(gone),
            digest=digest_of(files + goers),
        )
        slip = msgspec.json.format(msgspec.json.encode(contents), indent=2) + b"\n"
        for name, data in (("manifest.txt", files), ("delete.txt", goers), (_SLIP, slip)):
            with open(os.path.join(self._tree, name), "wb") as file:
                file.write(data)
        return contents

    def _plan(self, paths: Sequence[str], token: str) -> None:
        """Marks paths in the manifest as uncertain, because an upload may change them from now on."""
        tail = manifest.tail(self._file) if self._fits else None
        mark, end = tail or (self._served.mark, self._served.end)
        planned = msgspec.structs.replace(mark, planned=token, certain=False)
        if end >= 0:
            manifest.add(self._file, end, (f"?{path}" for path in paths), planned)
            return
        manifest.put_aside(self._file)
        manifest.begin(self._file, (), planned)

    def _swap(self) -> None:
        old = os.path.join(self._beside, "old")
        if os.path.lexists(self.folder):
            os.rename(self.folder, old)
        os.rename(self._tree, self.folder)


def check(site: Site, folder: str, manifest_file: str) -> Contents:
    """Returns the summary of a delta. Raises OutputError if it is neither the next to publish nor the last published."""
    contents, _ = _read(folder)
    found = _tail(site, folder, contents, manifest_file)
    if not (_is_done(found.mark, contents) or _is_due(found.mark, contents)):
        raise OutputError(f"{folder} is not the delta that was built last for what is served; build again")
    return contents


def confirm(site: Site, folder: str, manifest_file: str) -> Contents:
    """Records that a delta was published completely, and returns its summary. Confirming twice does no harm.

    Raises OutputError if another delta was built or published meanwhile. The next delta then includes this one's paths.
    """
    contents, lines = _read(folder)
    if manifest.is_torn(manifest_file):
        manifest.put_aside(manifest_file)  # nothing can be added to it, so what is served is unknown
    found = _tail(site, folder, contents, manifest_file)
    if _is_done(found.mark, contents):
        return contents
    try:
        if not _is_due(found.mark, contents):
            _doubt(manifest_file, found, contents, lines)
            raise OutputError(
                f"{folder} is not the delta that was built last for what is served; build again and publish that: "
                "it has all that this one may have changed"
            )
        done = _certain(found.mark, contents.site, contents.to)
        if contents.complete:
            manifest.begin(manifest_file, lines, done)
        else:
            manifest.add(manifest_file, found.end, lines, done)
            manifest.tidy(manifest_file)
    except OSError as error:
        raise OutputError(f"{error.filename or manifest_file} cannot be written ({error.strerror})") from error
    return contents


def _tail(site: Site, folder: str, contents: Contents, manifest_file: str) -> manifest.Tail:
    if contents.site != identity(site):
        raise OutputError(f"{folder} was built with other settings; name their file with --settings")
    found = manifest.tail(manifest_file)
    if found is None or found.mark.site != contents.site:
        raise OutputError(f"{manifest_file} is not the manifest that {folder} was built with; build the delta again")
    return found


def _is_done(mark: Mark, contents: Contents) -> bool:
    return mark == _certain(mark, contents.site, contents.to)


def _is_due(mark: Mark, contents: Contents) -> bool:
    return (mark.planned, mark.served) == (contents.to, contents.base)


def _doubt(file: str, found: manifest.Tail, contents: Contents, lines: Sequence[str]) -> None:
    """Marks the paths of a delta as uncertain that was published out of turn."""
    served = "" if contents.complete else found.mark.served
    mark = msgspec.structs.replace(found.mark, served=served, planned="", certain=False)
    manifest.add(file, found.end, (f"?{line[42:] if line[0] == '+' else line[1:]}" for line in lines), mark)


def _certain(mark: Mark, site: str, served: str) -> Mark:
    return msgspec.structs.replace(mark, site=site, served=served, planned="", certain=True)


def _contents(folder: str) -> Contents:
    try:
        with open(os.path.join(folder, _SLIP), "rb") as file:
            found: Contents = msgspec.json.decode(file.read(), type=Contents)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise OutputError(f"{folder} is no delta; name the folder that `build --delta` has made") from error
    return found


def _read(folder: str) -> tuple[Contents, list[str]]:
    """Reads a delta's summary, and its lists as lines of a manifest. Raises OutputError if they are damaged."""
    contents = _contents(folder)
    try:
        files, goers = (_bytes(os.path.join(folder, name)) for name in ("manifest.txt", "delete.txt"))
    except OSError as error:
        raise OutputError(f"{error.filename} cannot be read ({error.strerror}); build the delta again") from error
    if digest_of(files + goers) != contents.digest:
        raise OutputError(f"the lists in {folder} are damaged; build the delta again")
    lines = [f"+{line}" for line in files.decode().split("\n")[:-1]]
    return contents, lines + [f"-{line}" for line in goers.decode().split("\n")[:-1]]


def _bytes(file: str) -> bytes:
    with open(file, "rb") as opened:
        return opened.read()


def identity(site: Site) -> str:
    """Identifies the place that a manifest belongs to: a digest of settings file name, SITEURL and BYLINES_TAG."""
    return digest_of("\0".join((os.path.basename(site.settings_file), site.url, site.of(TAG))).encode())


def _is_delta(token: str) -> bool:
    return token.startswith(_PREFIX)


def _must_suit(folder: str, site: Site) -> None:
    """Raises OutputError if a folder has other content: each build replaces the whole folder."""
    if other := unsuited(folder, site):
        raise OutputError(f"{folder} is no place for a delta, because of {other}; name a folder of its own")
    if os.path.lexists(folder) and not _is_free(folder):
        raise OutputError(f"{folder} has other files in it than a delta; name a folder that is not there yet")


def _is_free(folder: str) -> bool:
    try:
        if not os.listdir(folder):
            return True
        _contents(folder)
    except (OSError, OutputError):
        return False
    return True
