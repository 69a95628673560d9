"""What a keeper does with deltas: a served tree, builds that write deltas, uploads of them, and the word that they are done."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from bylines.engine.build import build
from bylines.engine.paths import manifest_path
from bylines.engine.publish import delta as engine
from bylines.engine.publish.delta import Contents
from bylines.engine.result import BuildOptions, Result
from tests.building import SmallSite, clock, files_below


class Delivery:
    """The deltas of one site, and the tree that is served."""

    def __init__(self, site: SmallSite) -> None:
        self.site = site
        self.folder = site.folder / "delta"
        self.served = site.folder / "served"
        self.served.mkdir(exist_ok=True)

    @property
    def manifest(self) -> Path:
        return Path(manifest_path(self.site.site()))

    def build(self, *, verify: bool = False, manifest: str = "") -> Result:
        """Builds a delta."""
        with clock(self.site.now):
            return build(
                self.site.site(), verify=verify, options=BuildOptions(delta=str(self.folder), manifest=manifest)
            )

    def confirm(self, folder: Path | None = None) -> Contents:
        """Says that a delta was published."""
        return engine.confirm(self.site.site(), str(folder or self.folder), str(self.manifest))

    def publish(self) -> Result:
        """Builds a delta, uploads it and says so."""
        result = self.build()
        apply(self.folder, self.served)
        self.confirm()
        return result


def contents(delta: Path) -> Contents:
    """What a delta says of itself."""
    return msgspec.json.decode((delta / "delta.json").read_bytes(), type=Contents)


def uploads(delta: Path) -> list[str]:
    """The paths of the files to upload."""
    return sorted(files_below(delta / "files"))


def deletes(delta: Path) -> list[str]:
    """The paths to delete."""
    return (delta / "delete.txt").read_text().split("\n")[:-1]


def apply(delta: Path, tree: Path, goes_on: Callable[[], bool] = lambda: True) -> None:
    """Publishes a delta in a tree, as docs/keeper.md says; it breaks off when `goes_on` says no."""
    found = contents(delta)
    if found.complete:
        kept = uploads(delta)
        _delete(tree, [path for path in files_below(tree) if path not in kept], goes_on)
    if found.delete_first:
        _delete(tree, deletes(delta), goes_on)
    for path in uploads(delta):
        if not goes_on():
            return
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(delta / "files" / path, tree / path)
    if not found.delete_first:
        _delete(tree, deletes(delta), goes_on)


def _delete(tree: Path, paths: list[str], goes_on: Callable[[], bool]) -> None:
    for path in paths:
        if not goes_on():
            return
        file = tree / path
        if file.is_file():
            file.unlink()
        parent = file.parent
        while parent != tree and parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()
            parent = parent.parent
