"""Runs one publication: lock, build the delta, upload, delete, and confirm."""

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
from bylines.publishing import deploy_marker, precompressed, upload_order
from bylines.publishing.deploy_marker import DeployMarker
from bylines.publishing.targets import Target, is_kept, parse_address, target_for
from bylines.settings.declared import MOST_LOST, PUBLISH_COPIES, PUBLISH_KEEP, PUBLISH_TO

if TYPE_CHECKING:
    from bylines.engine.result import BuildOptions
    from bylines.settings import Site

FOLDER = "delta"
"""The folder for deltas that are not yet uploaded, beside the settings file."""
_FEW = 20
"""Pages that a publication may always delete, even from a small site."""


class PublishOptions(NamedTuple):
    """The options of `bylines publish`."""

    to: str = ""
    """The address; empty to take BYLINES_PUBLISH_TO."""
    dry_run: bool = False
    """Only say what would be done."""
    allow_loss: bool = False
    """Delete more pages than BYLINES_MOST_LOST allows."""
    older: bool = False
    """Replace a newer commit."""
    local: bool = False
    """Publish to a local folder even in a CI workflow."""


def publish(settings: str, wanted: PublishOptions, options: BuildOptions) -> Published:
    """Build the site and upload what changed. After a BuildError it can simply be run again.

    `settings` is the path of the settings file, `options` how to build.
    """
    from bylines import frame

    site, _ = frame.load(settings, {})
    address = wanted.to or site.of(PUBLISH_TO)
    _refuse_workflow_folder(address, wanted)
    target = target_for(address, site)
    try:
        # Only one publication at a time from this site, to whichever target: all share one folder and one manifest.
        with locked(os.path.join(site.root, FOLDER), options.steps, options.wait):
            return _Publication(site, target, wanted).run(settings, options)
    finally:
        target.close()


def _refuse_workflow_folder(address: str, wanted: PublishOptions) -> None:
    """Raise SettingsError for a local folder in a CI workflow: it disappears with the machine when the workflow ends."""
    if not wanted.local and parse_address(address).kind == "folder" and in_workflow(os.environ):
        raise SettingsError(
            f"{address} is a folder of the machine on which this workflow runs, where nobody would see the site; let "
            "BYLINES_PUBLISH_TO name a place that people can reach, such as deploy@www.example:/srv/www/blogs, "
            "s3://bucket/prefix or git:origin#pages. If that machine serves the folder, say --local"
        )


class _Publication:
    """One publication of one site to one target."""

    def __init__(self, site: Site, target: Target, wanted: PublishOptions) -> None:
        self._site, self._target, self._wanted = site, target, wanted
        self._manifest = manifest_path(site)
        self._folder = os.path.join(site.root, FOLDER)
        self._files = os.path.join(self._folder, "files")
        self._copies = site.of(PUBLISH_COPIES) if target.takes_copies else ()
        self._keep = site.of(PUBLISH_KEEP)
        self._most_lost = site.of(MOST_LOST)
        self._commit = deploy_marker.checked_out(site.content)

    def run(self, settings: str, options: BuildOptions) -> Published:
        from bylines import frame

        there = self._target.open()
        self._refuse_older(there)
        if not self._can_use_manifest(there):
            manifest.put_aside(self._manifest)
        built = frame.build(settings, {}, options=options._replace(delta=self._folder, manifest=self._manifest))
        contents = built.delta
        assert contents is not None, "a delta was asked for"
        files, gone = self._delta_lists()
        if contents.complete:
            gone = self._foreign_files(files)
        pages = self._pages()
        if there is None:
            self._refuse_foreign(gone)
        self._refuse_loss(gone, pages, there)
        # A build with a delta notes that the manifest has to be confirmed. This publication does that itself.
        built = built._replace(notes=tuple(note for note in built.notes if self._manifest not in note))
        found = Published(self._target.name, tuple(files), tuple(gone), contents.complete, built)
        if not self._wanted.dry_run:
            self._upload(files, gone, contents, self._marker(there, contents, pages))
        return found

    def _refuse_older(self, there: DeployMarker | None) -> None:
        if there and not self._wanted.older and deploy_marker.is_older(self._site.content, self._commit, there):
            raise PublishError(
                f"{self._target.name} has a newer state ({there.commit[:10]}) than this one ({self._commit.name[:10]}); "
                "pull first, or say --older to put this one in its place"
            )

    def _can_use_manifest(self, there: DeployMarker | None) -> bool:
        """Return whether the manifest describes what is served.

        If a delta was uploaded and not confirmed, since the process ended in between, confirm it first.
        """
        mark = deploy_marker.manifest_mark(self._manifest)
        if there and mark and mark.planned and not there.begun and there.served == mark.planned:
            with contextlib.suppress(BuildError):
                delta.confirm(self._site, self._folder, self._manifest)
                mark = deploy_marker.manifest_mark(self._manifest)
        return (
            deploy_marker.matches_manifest(there, mark, self._manifest)
            and there is not None
            and there.copies == self._copies
        )

    def _delta_lists(self) -> tuple[list[str], list[str]]:
        """Return the paths of the files in the delta, and of those that it deletes."""
        with open(os.path.join(self._folder, "manifest.txt"), encoding="utf-8") as file:
            files = [line.rstrip("\n")[41:] for line in file]
        with open(os.path.join(self._folder, "delete.txt"), encoding="utf-8") as file:
            return files, file.read().split("\n")[:-1]

    def _foreign_files(self, files: list[str]) -> list[str]:
        """Return the target's files that are neither part of the site nor named in BYLINES_PUBLISH_KEEP."""
        kept = {*files, *precompressed.copy_paths(files, self._copies)}
        return sorted(path for path in self._target.others(kept) if not is_kept(path, self._keep))

    def _pages(self) -> int:
        """Return the number of pages of the site."""
        with contextlib.closing(opened_to_read(store_path(self._site))) as store:
            row = store.execute("SELECT count(*) FROM page WHERE path LIKE '%.html'").fetchone()
        return int(row[0])

    def _refuse_foreign(self, gone: list[str]) -> None:
        """Raise PublishError if a first publication would delete files: the address may be wrong."""
        if gone and not self._wanted.allow_loss:
            count = f"{len(gone):,} file{'s' * (len(gone) != 1)}"
            raise PublishError(
                f"no publication to {self._target.name} is known, but {count} of something else lie there and would be deleted "
                f"({', '.join(gone[:3])}{' …' * (len(gone) > 3)}); nothing was changed. Name another place, or those files "
                "in BYLINES_PUBLISH_KEEP; if they are to go, say --allow-loss"
            )

    def _refuse_loss(self, gone: list[str], pages: int, there: DeployMarker | None) -> None:
        lost = [path for path in gone if upload_order.is_page(path)]
        before = max(there.pages if there else 0, pages)
        if self._wanted.allow_loss or len(lost) <= max(_FEW, before * self._most_lost / 100):
            return
        first = ", ".join(upload_order.order_deletions(lost)[:3])
        raise PublishError(
            f"{len(lost):,} of {before:,} pages would go from {self._target.name} ({first} …), "
            f"which is more than {self._most_lost} %; nothing was changed. If that is meant, say --allow-loss"
        )

    def _marker(self, there: DeployMarker | None, contents: Contents, pages: int) -> DeployMarker:
        return DeployMarker(
            site=contents.site,
            served=there.served if there else "",
            begun=contents.to,
            commit=self._commit.name,
            moment=self._commit.moment,
            pages=pages,
            copies=self._copies,
        )

    def _upload(self, files: list[str], gone: list[str], contents: Contents, begun: DeployMarker) -> None:
        """Upload new and changed files, then delete. If this is interrupted, the next delta contains the rest."""
        target = self._target
        whole = msgspec.structs.replace(begun, served=contents.to, begun="")
        if files or gone or begun.served != contents.to:
            target.begin(begun)
            if contents.delete_first:
                target.delete(self._with_copies(_blocking_paths(files, gone)))
            made = self._write_copies(files)
            target.put_new(self._files, upload_order.order_new(files))
            target.put(self._files, upload_order.order_changed([*files, *made]))
            target.delete(upload_order.order_deletions(self._with_copies(gone) if not contents.complete else gone))
            delta.confirm(self._site, self._folder, self._manifest)
            target.end(whole)

    def _write_copies(self, files: list[str]) -> list[str]:
        """Write compressed copies of files into the delta, and return their paths. Raises PublishError."""
        try:
            return precompressed.write_copies(self._files, files, self._copies)
        except OSError as error:
            raise PublishError(
                f"{error.filename or self._files} cannot be written ({error.strerror}); run it again when it can"
            ) from error

    def _with_copies(self, paths: list[str]) -> list[str]:
        return [*precompressed.copy_paths(paths, self._copies), *paths]


def _blocking_paths(files: list[str], gone: list[str]) -> list[str]:
    """Return the paths to delete first: a file in the place of a new folder, or the files of a folder in the place of a new file."""
    coming = {above for path in files for above in (path, *parents(path))}
    new = set(files)
    return [path for path in gone if path in coming or not new.isdisjoint(parents(path))]
