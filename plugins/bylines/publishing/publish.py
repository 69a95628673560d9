"""One publication, from the lock to the word that all has arrived."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from bylines.engine.lock import locked
from bylines.engine.paths import manifest_path, store_path
from bylines.engine.publish import delta, manifest
from bylines.engine.publish.contents import Contents
from bylines.engine.publish.output_tree import parents
from bylines.engine.result import Published
from bylines.engine.store import opened_to_read
from bylines.engine.workflow import in_workflow
from bylines.problems import BuildError, PublishError, SettingsError
from bylines.publishing import copies, order, slip
from bylines.publishing.slip import Slip
from bylines.publishing.targets import Target, address_of, kept_by_others, target_of
from bylines.settings.declared import MOST_LOST, PUBLISH_COPIES, PUBLISH_KEEP, PUBLISH_TO

if TYPE_CHECKING:
    from bylines.engine.result import BuildOptions
    from bylines.settings import Site

FOLDER = "delta"
"""Where deltas lie until they have arrived, beside the settings file."""
_FEW = 20
"""Pages that may go at once from any site, however small it is."""


class Wanted(NamedTuple):
    """How somebody wants it to be published."""

    to: str = ""
    """The address; '' for that of the settings."""
    dry_run: bool = False
    """Say what would be done, and do nothing."""
    allow_loss: bool = False
    """Also where more goes at once than the settings allow."""
    older: bool = False
    """Also where something newer is served."""
    local: bool = False
    """Also into a folder of the machine on which a workflow runs."""


def publish(settings: str, wanted: Wanted, options: BuildOptions) -> Published:
    """Builds, and brings what differs to where the site is served. Raises BuildError; then it can be run again."""
    from bylines import frame

    site, _ = frame.load(settings, {})
    address = wanted.to or site.of(PUBLISH_TO)
    _must_be_seen(address, wanted)
    target = target_of(address, site)
    try:
        # One at a time from here, wherever it goes: all of them use one folder and one manifest.
        with locked(os.path.join(site.root, FOLDER), options.steps, options.wait):
            return _Publication(site, target, wanted).run(settings, options)
    finally:
        target.close()


def _must_be_seen(address: str, wanted: Wanted) -> None:
    """Refuses a folder of a machine that is gone in a moment, and the site with it."""
    if not wanted.local and address_of(address).kind == "folder" and in_workflow(os.environ):
        raise SettingsError(
            f"{address} is a folder of the machine on which this workflow runs, where nobody would see the site; let "
            "BYLINES_PUBLISH_TO name a place that people can reach, such as deploy@www.example:/srv/www/blogs, "
            "s3://bucket/prefix or git:origin#pages. If that machine serves the folder, say --local"
        )


class _Publication:
    """One site on its way to one place."""

    def __init__(self, site: Site, target: Target, wanted: Wanted) -> None:
        self._site, self._target, self._wanted = site, target, wanted
        self._manifest = manifest_path(site)
        self._folder = os.path.join(site.root, FOLDER)
        self._files = os.path.join(self._folder, "files")
        self._copies = site.of(PUBLISH_COPIES) if target.takes_copies else ()
        self._keep = site.of(PUBLISH_KEEP)
        self._most_lost = site.of(MOST_LOST)
        self._commit = slip.checked_out(site.content)

    def run(self, settings: str, options: BuildOptions) -> Published:
        from bylines import frame

        there = self._target.open()
        self._must_be_newer(there)
        if not self._fits(there):
            manifest.put_aside(self._manifest)
        built = frame.build(settings, {}, options=options._replace(delta=self._folder, manifest=self._manifest))
        contents = built.delta
        assert contents is not None, "a delta was asked for"
        files, gone = self._listed()
        if contents.complete:
            gone = self._strangers(files)
        pages = self._pages()
        if there is None:
            self._must_be_ours(gone)
        self._must_keep_enough(gone, pages, there)
        # What the delta's own note asks for is done here.
        built = built._replace(notes=tuple(note for note in built.notes if self._manifest not in note))
        found = Published(self._target.name, tuple(files), tuple(gone), contents.complete, built)
        if not self._wanted.dry_run:
            self._bring(files, gone, contents, self._slip(there, contents, pages))
        return found

    def _must_be_newer(self, there: Slip | None) -> None:
        if there and not self._wanted.older and slip.is_older(self._site.content, self._commit, there):
            raise PublishError(
                f"{self._target.name} has a newer state ({there.commit[:10]}) than this one ({self._commit.name[:10]}); "
                "pull first, or say --older to put this one in its place"
            )

    def _fits(self, there: Slip | None) -> bool:
        """Whether the manifest is right about the place; a delta that arrived without being confirmed is confirmed now."""
        mark = slip.tail(self._manifest)
        if there and mark and mark.planned and not there.begun and there.served == mark.planned:
            with contextlib.suppress(BuildError):
                delta.confirm(self._site, self._folder, self._manifest)
                mark = slip.tail(self._manifest)
        return slip.fits(there, mark, self._manifest) and there is not None and there.copies == self._copies

    def _listed(self) -> tuple[list[str], list[str]]:
        """The delta's files, and what it deletes."""
        with open(os.path.join(self._folder, "manifest.txt"), encoding="utf-8") as file:
            files = [line.rstrip("\n")[41:] for line in file]
        with open(os.path.join(self._folder, "delete.txt"), encoding="utf-8") as file:
            return files, file.read().split("\n")[:-1]

    def _strangers(self, files: list[str]) -> list[str]:
        """What lies there and is no part of the site, but for what the keeper has put there."""
        kept = {*files, *copies.of(files, self._copies)}
        return sorted(path for path in self._target.others(kept) if not kept_by_others(path, self._keep))

    def _pages(self) -> int:
        """How many pages the site has."""
        with contextlib.closing(opened_to_read(store_path(self._site))) as store:
            row = store.execute("SELECT count(*) FROM page WHERE path LIKE '%.html'").fetchone()
        return int(row[0])

    def _must_be_ours(self, gone: list[str]) -> None:
        """Where nobody has published yet, nothing is deleted that lies there: the address may be wrong."""
        if gone and not self._wanted.allow_loss:
            count = f"{len(gone):,} file{'s' * (len(gone) != 1)}"
            raise PublishError(
                f"no publication to {self._target.name} is known, but {count} of something else lie there and would be deleted "
                f"({', '.join(gone[:3])}{' …' * (len(gone) > 3)}); nothing was changed. Name another place, or those files "
                "in BYLINES_PUBLISH_KEEP; if they are to go, say --allow-loss"
            )

    def _must_keep_enough(self, gone: list[str], pages: int, there: Slip | None) -> None:
        lost = [path for path in gone if order.is_page(path)]
        before = max(there.pages if there else 0, pages)
        if self._wanted.allow_loss or len(lost) <= max(_FEW, before * self._most_lost / 100):
            return
        raise PublishError(
            f"{len(lost):,} of {before:,} pages would go from {self._target.name} ({', '.join(order.gone(lost)[:3])} …), "
            f"which is more than {self._most_lost} %; nothing was changed. If that is meant, say --allow-loss"
        )

    def _slip(self, there: Slip | None, contents: Contents, pages: int) -> Slip:
        return Slip(
            site=contents.site,
            served=there.served if there else "",
            begun=contents.to,
            commit=self._commit.name,
            moment=self._commit.moment,
            pages=pages,
            copies=self._copies,
        )

    def _bring(self, files: list[str], gone: list[str], contents: Contents, begun: Slip) -> None:
        """Brings all of it: what is new, what changed, what goes. What was not finished is in the next delta again."""
        target = self._target
        whole = msgspec.structs.replace(begun, served=contents.to, begun="")
        if files or gone or begun.served != contents.to:
            target.begin(begun)
            if contents.delete_first:
                target.delete(self._with_copies(_in_the_way(files, gone)))
            made = self._packed(files)
            target.put_new(self._files, order.new_first(files))
            target.put(self._files, order.changed([*files, *made]))
            target.delete(order.gone(self._with_copies(gone) if not contents.complete else gone))
            delta.confirm(self._site, self._folder, self._manifest)
            target.end(whole)

    def _packed(self, files: list[str]) -> list[str]:
        """The copies of files, which are made where the delta lies."""
        try:
            return copies.make(self._files, files, self._copies)
        except OSError as error:
            raise PublishError(
                f"{error.filename or self._files} cannot be written ({error.strerror}); run it again when it can"
            ) from error

    def _with_copies(self, paths: list[str]) -> list[str]:
        return [*copies.of(paths, self._copies), *paths]


def _in_the_way(files: list[str], gone: list[str]) -> list[str]:
    """What has to go before something can come: a file where a folder is due, or the other way round."""
    coming = {above for path in files for above in (path, *parents(path))}
    new = set(files)
    return [path for path in gone if path in coming or not new.isdisjoint(parents(path))]
