"""`import` turns the export of an old blog into files of this site. It fetches nothing and overwrites nothing."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bylines.commands.build import OutputOptions, answered
from bylines.problems import ExportError, visible

if TYPE_CHECKING:
    from bylines.imports.convert import ConvertedEntry, ImportTarget
    from bylines.imports.export import Export
    from bylines.imports.model import OldBlog
    from bylines.settings import Site

KINDS = ("wordpress", "jekyll", "hugo", "medium", "ghost", "blogger", "pelican", "feed")


class Import(NamedTuple):
    """What to import, and how."""

    source: str
    """The export: a folder, a zip or a file."""
    handle: str
    """The handle whose blog it becomes."""
    kind: str = ""
    """One of KINDS; empty to guess it from the files."""
    authors: tuple[str, ...] = ()
    """`OLD NAME=handle` for each author of the old blog who is another person here."""
    dry_run: bool = False
    """Print what would be done, and write nothing."""


class Done(NamedTuple):
    """The files of one import by their fate, as paths that people see."""

    new: list[str]
    same: list[str]
    left: list[str]
    """Files that exist with other content, and stay as they are."""
    seen: set[str]
    """All of the files above."""


def import_blog(what: Import, settings: str = "pelicanconf.py", output: OutputOptions | None = None) -> int:
    """Import an old blog, and report what came over and what did not. Return the exit code."""
    output = output or OutputOptions()
    return answered(output, lambda: _import(what, settings, quiet=output.quiet))


def _import(what: Import, settings: str, *, quiet: bool) -> int:
    from bylines import frame
    from bylines.imports import convert, export, formats, target_paths

    site = frame.load(settings)[0]
    wanted = convert.ImportTarget(what.handle, _authors(site, what))
    opened = export.open_export(what.source)
    blog = formats.read(opened, what.kind or formats.guess_kind(opened))
    if not blog.entries:
        raise ExportError(
            f"{what.source} holds no post that {blog.program} would have written; give its kind by --from"
        )
    wanted = convert.resolve_logins(blog, wanted)
    entries = convert.convert_blog(blog, opened, site, wanted, target_paths.read_present(site, what.handle))
    done = _put(site, what, opened, entries)
    for line in _left(done) if quiet else report(site, what, wanted, blog, opened, entries, done):
        print(visible(line), flush=True)
    return 0


def _left(done: Done) -> list[str]:
    return [f"{path} was edited since, or the export says otherwise now: left alone" for path in done.left]


def _authors(site: Site, what: Import) -> dict[str, str]:
    """Return the handles by old names. Raises ExportError if nobody has one of them."""
    from bylines.engine.read.names import is_handle

    found: dict[str, str] = {}
    for each in what.authors:
        name, sign, handle = each.rpartition("=")
        if not sign or not name:
            raise ExportError(f"--author {each} is no pair; write 'Old Name=handle'")
        found[name.strip()] = handle.strip()
    for handle in (what.handle, *found.values()):
        if not is_handle(handle) or not _is_known(site, handle):
            raise ExportError(f"nobody is called {handle!r}; `invoke new-author` makes a profile")
    if os.path.islink(os.path.join(site.content, "blogs", what.handle)):
        raise ExportError(f"the folder of {what.handle} is a symbolic link; put a folder there")
    return found


def _is_known(site: Site, handle: str) -> bool:
    group = os.path.join(site.content, "blogs", handle, "blog.yaml")
    return os.path.exists(os.path.join(site.authors, f"{handle}.yaml")) or os.path.exists(group)


def _put(site: Site, what: Import, export: Export, entries: Sequence[ConvertedEntry]) -> Done:
    from bylines.imports.convert import folder_of
    from bylines.settings import shown_path

    done = Done([], [], [], set())
    folder = folder_of(site, what.handle)
    for entry in entries:
        path = os.path.join(folder, entry.path)
        if entry.there and _bytes(path) != entry.text:
            done.left.append(shown_path(path, site.root))
            continue
        # The post comes last: where it is there, all that it shows is, too.
        for name, place in (*entry.files, *((("", _beside(entry)),) if entry.comments else ())):
            data = export.read(name) if name else entry.comments
            _write(site, os.path.join(folder, place), data, done, dry_run=what.dry_run)
        _write(site, path, entry.text, done, dry_run=what.dry_run)
    return done


def _beside(entry: ConvertedEntry) -> str:
    from bylines.imports.convert import COMMENTS

    return os.path.join(os.path.dirname(entry.path), COMMENTS)


def _write(site: Site, path: str, data: bytes, done: Done, *, dry_run: bool) -> None:
    """Write a file that is not there yet, as a whole or not at all."""
    from bylines.settings import shown_path

    shown = shown_path(path, site.root)
    if shown in done.seen and _bytes(path) in (data, None):
        return  # translations share a folder, and what lies in it
    done.seen.add(shown)
    if os.path.lexists(path):
        (done.same if _bytes(path) == data else done.left).append(shown)
        return
    done.new.append(shown)
    if dry_run:
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    stage = f"{path}.importing"
    try:
        with open(stage, "wb") as file:
            file.write(data)
        os.rename(stage, path)
    except OSError as error:
        raise ExportError(
            f"{shown} cannot be written ({error.strerror}); mend that and run the import again"
        ) from error


def _bytes(path: str) -> bytes | None:
    if os.path.islink(path) or not os.path.isfile(path):
        return None
    with open(path, "rb") as file:
        return file.read()


def report(
    site: Site,
    what: Import,
    wanted: ImportTarget,
    blog: OldBlog,
    export: Export,
    entries: Sequence[ConvertedEntry],
    done: Done,
) -> Iterable[str]:
    """Yield the lines of the report: counts in and out, then each thing that was lost or changed."""
    from bylines.imports import convert
    from bylines.settings import shown_path

    losses = [*export.losses, *blog.losses, *(f'"{each.title}": {loss}' for each in entries for loss in each.losses)]
    losses += _of_authors(blog, wanted)
    losses += _left(done)
    unused = convert.count_unused_files(export, blog, list(entries))
    if unused:
        losses.append(
            f"{_count(unused, 'file')} of the export that no post shows {'are' if unused > 1 else 'is'} not taken"
        )
    yield f"{blog.program}: {export.name}"
    yield f"in the export: {_counts(blog, entries)}"
    verb = "would come" if what.dry_run else "came"
    yield f"{verb} over: {len(done.new)} new, {len(done.same)} as they were, {len(done.left)} left alone (files)"
    if losses:
        yield f"not as it was ({len(losses)}):"
        yield from (f"  {loss}" for loss in losses)
    else:
        yield "nothing was lost"
    folder = shown_path(convert.folder_of(site, what.handle), site.root)
    if done.new:
        yield f"in {folder}; see them by `make serve`" if not what.dry_run else "nothing was written"


def _of_authors(blog: OldBlog, wanted: ImportTarget) -> list[str]:
    from bylines.imports.convert import count_unmapped_authors

    whose = "{} of {} now {}'s; say whose by --author '{}=HANDLE'"
    return [
        whose.format(_count(number, "post"), f"{name} {'are' if number > 1 else 'is'}", wanted.handle, name)
        for name, number in count_unmapped_authors(blog, wanted).items()
    ]


def _counts(blog: OldBlog, entries: Sequence[ConvertedEntry]) -> str:
    kinds = Counter("draft" if each.status == "draft" else each.kind for each in blog.entries)
    pictures = sum(each.pictures for each in entries)
    files = sum(len(each.files) for each in entries)
    comments = sum(len(each.comments) for each in blog.entries)
    parts = [_count(kinds[kind], kind) for kind in ("post", "draft", "page")]
    return ", ".join(
        (*parts, _count(pictures, "picture"), f"{_count(files, 'file')} at hand", _count(comments, "comment"))
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
