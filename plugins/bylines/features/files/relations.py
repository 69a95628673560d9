"""The address of each file: beside its text, or in its own place if a published text links to it.

A file below a folder with an `index.md` (or a `jam.md`) belongs to that text, and goes where the text goes. Any other file is
published only if a published text links to it.
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bylines.engine.context import BuildContext, Cache, Invalidations, nfc
from bylines.engine.facts import ADDRESS, REMOVED
from bylines.engine.feature import Copy, PageInputs
from bylines.engine.folder_texts import is_folder_text
from bylines.engine.paths import static_place
from bylines.engine.read.document import Document
from bylines.engine.weave import links
from bylines.engine.weave.changes import Changes
from bylines.engine.weave.claims import fold
from bylines.engine.weave.opening import is_closed
from bylines.features.appearance.pages import is_style
from bylines.features.files import kinds, messages
from bylines.features.files.facts import ASSET
from bylines.features.files.recordings import is_recording
from bylines.markup.posters import VIDEOS
from bylines.pictures import endings
from bylines.pictures.decode import Picture
from bylines.problems import ContentProblem
from bylines.records import Closed
from bylines.settings.declared import DRAFTS

_OWNERS = Cache[str, list[str]]("the texts in a folder to which files belong")

SCHEMA = """
CREATE TABLE asset (name TEXT PRIMARY KEY, folder TEXT NOT NULL, place TEXT NOT NULL, url TEXT) WITHOUT ROWID;
CREATE INDEX asset_folder ON asset (folder);
CREATE INDEX asset_place ON asset (place);
CREATE INDEX asset_url ON asset (url);
"""
_TEXTS = (".md", ".rst")
_KEPT_FOR_FEATURES = (".yaml", ".yml")


def is_file(name: str) -> bool:
    """Return whether a source is a file to publish as it is."""
    root, _, rest = name.partition("/")
    if root == "theme":
        return not is_style(name)
    if root == "authors":
        return False
    parts = rest.split("/")
    if parts[0] == "blogs":
        in_post_folder = len(parts) > 3
        return (
            not is_comments(name)
            and len(parts) > 2
            and not rest.endswith(_TEXTS)
            and (in_post_folder or not rest.endswith(_KEPT_FOR_FEATURES))
        )
    in_jam_folder = parts[0] == "jams" and len(parts) > 2
    return (parts[0] == "pages" or in_jam_folder) and not rest.endswith(_TEXTS)


def is_comments(name: str) -> bool:
    """Return whether a source has a post's old comments. An import keeps them beside the post; they are never published."""
    return name.startswith("content/blogs/") and name.count("/") > 3 and name.endswith("/comments.yaml")


def is_drawing(name: str) -> bool:
    """Return whether a source is a contributor's SVG drawing."""
    return is_of_people(name) and name.lower().endswith(".svg")


def is_refused(name: str) -> bool:
    """Return whether a source is in a published folder, but of a kind that is not published."""
    return is_of_people(name) and kinds.is_refused(name)


def is_of_people(name: str) -> bool:
    """Return whether a source is a contributor's file beside a post or a page, rather than one of the theme's."""
    return is_file(name) and not name.startswith("theme/")


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Updates files that were added or removed, files of texts that were, and files to which texts began or ceased to link."""
    names = {name for name in changes if is_asset(build, name)}
    if build.store.fresh:
        _put_first(build, sorted(names), dirty)
        return
    for name in tuple(names):
        names.update(_stills_of(build, name))
    for name in {*dirty[ADDRESS], *changes}:
        if is_folder_text(build.kinds, name):
            names.update(build.store.column(_BELOW, (posixpath.dirname(name),)))
    for change in changes.of(Closed):
        blog = next(record.handle for record in (change.old, change.new) if isinstance(record, Closed))
        names.update(build.store.column(_BELOW, (f"content/blogs/{blog}",)))
    names.update(_shown_by(build, changes))
    for name in sorted(names):
        _put(build, name, dirty)


_BELOW = "SELECT name FROM asset WHERE folder = ?1 OR folder > ?1 || '/' AND folder < ?1 || '0'"


def _shown_by(build: BuildContext, changes: Changes) -> Iterator[str]:
    """Yield the files to which changed texts link or linked, including texts published or withdrawn since the last build."""
    for change in changes.of(Document):
        for record in {id(found): found for found in (change.old, change.new)}.values():
            for target in record.targets if isinstance(record, Document) else ():
                for name in links.candidates(change.name, target):
                    yield from _meant(build, name)


def _meant(build: BuildContext, target: str) -> Iterator[str]:
    """Yield the files that a link's target may mean and, for each video among them, its possible still pictures."""
    for name in _at(build, target.removeprefix("/")) if target.startswith("/") else _called(build, target):
        yield from (name, *_stills_of(build, name))


def _stills_of(build: BuildContext, name: str) -> Iterator[str]:
    for still in _stills(nfc(name)):
        yield from _called(build, still)


def _called(build: BuildContext, target: str) -> list[str]:
    """Return the files with a name, in whichever Unicode form the disk has it."""
    return [name for name in _at(build, fold(_place(target))) if nfc(name) == target]


def _at(build: BuildContext, place: str) -> list[str]:
    return build.store.column("SELECT name FROM asset WHERE place = ?", (place,))


def is_asset(build: BuildContext, name: str) -> bool:
    """Return whether a source may be published as a file: beside a post, in the theme, or in a folder of STATIC_PATHS."""
    return (is_file(name) and not is_refused(name)) or static_place(build.site, name) is not None


def _put_first(build: BuildContext, names: list[str], dirty: Invalidations) -> None:
    """Adds the files of a first build. All links are queried at once, to find the files that texts show."""
    meant: dict[str, list[str]] = {}
    for name in names:
        if name.startswith("content/") and _owned(build, name) is None and _is_sound(build, name):
            for target in _targets(name):
                meant.setdefault(target, []).append(nfc(name))
    linked: dict[str, _Linked] = {}
    for target, published in build.store.rows(_TARGETS) if meant else ():
        for name in meant.get(target, ()):
            for shown in (name, *_stills(name)):
                linked[shown] = _Linked(published=published or linked.get(shown, _UNLINKED).published, anywhere=True)
    for name in names:
        _put(build, name, dirty, linked.get(nfc(name), _UNLINKED))


_TARGETS = "SELECT link.target, address.name IS NOT NULL FROM link LEFT JOIN address ON address.name = link.source"


class _Linked(NamedTuple):
    """Whether a published text, and whether any text, links to a file or to the video whose still picture it is."""

    published: bool
    anywhere: bool


_UNLINKED = _Linked(published=False, anywhere=False)


def _stills(name: str) -> list[str]:
    """Return the names that a video's still picture may have."""
    stem = posixpath.splitext(name)[0]
    return [stem + ending for ending in endings.ENDINGS] if name.endswith(VIDEOS) else []


def _put(build: BuildContext, name: str, dirty: Invalidations, linked: _Linked | None = None) -> None:
    there = _is_sound(build, name)
    url, problems = _published_at(build, name, linked) if there else (None, [])
    before = None if build.store.fresh else build.store.row("SELECT url FROM asset WHERE name = ?", (name,))
    build.store.run("DELETE FROM asset WHERE name = ?", (name,))
    if there:
        place = fold(_place(name))
        build.store.run("INSERT INTO asset VALUES (?, ?, ?, ?)", (name, posixpath.dirname(name), place, url))
    build.report(name, "files", problems)
    build.place(name, url, dirty)
    for address in filter(None, {before[0] if before else None, url}):
        still = build.store.row("SELECT 1 FROM asset WHERE url = ?", (address,))
        for written in (address, *_also_written(name, address)):
            build.place(f"/{fold(written)}", address if still else None, dirty)
    dirty.add(ASSET, name)


def _is_sound(build: BuildContext, name: str) -> bool:
    return build.store.row(_SOUND, (name,)) is not None


def _place(name: str) -> str:
    return name.partition("/")[2]


# A file with a problem found in reading, such as a drawing that runs scripts, is not published, unless it has a
# record nevertheless, such as a picture with a wrong ending.
_SOUND = """
SELECT 1 FROM source WHERE name = ?1 AND (record IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM problem WHERE source = ?1 AND origin = 'read'
))
"""


def _published_at(
    build: BuildContext, name: str, linked: _Linked | None = None
) -> tuple[str | None, list[ContentProblem]]:
    """Return the address of a file as it is served, and the problems to report. A picture has the ending of its format."""
    url, problems = _url(build, name, linked)
    record = build.record(name) if url and endings.is_picture(name) and not name.startswith("theme/") else None
    if url and isinstance(record, Picture):
        url = endings.address_of(url, record.format)
    return nfc(url) if url else None, problems


def _also_written(name: str, url: str) -> Iterator[str]:
    """Yield another address that people write for a file: its name without the ending that was added to it."""
    own, added = posixpath.splitext(name)[1], posixpath.splitext(url)
    if own and added[1] != own and added[0].endswith(own):
        yield added[0]


def _url(build: BuildContext, name: str, linked: _Linked | None = None) -> tuple[str | None, list[ContentProblem]]:
    """Return the address of a file, None if it is not published, and the problems to report."""
    root, _, rest = name.partition("/")
    if root == "theme":
        return f"{build.site.theme_static}/{_below_static(build, rest)}", []
    static = static_place(build.site, name)
    if static is not None:
        return static, []
    owned = _owned(build, name)
    if owned is not None:
        return owned[0], []
    parts = name.split("/")
    if parts[1] == "blogs" and is_closed(build, parts[2]) and not build.site.of(DRAFTS):
        return None, []
    linked = linked or _linked(build, name)
    problems = [] if linked.anywhere else [_unshown(build, name)]
    return (rest if linked.published or build.site.of(DRAFTS) else None), problems


def _unshown(build: BuildContext, name: str) -> ContentProblem:
    message = messages.DOCUMENT if name.lower().endswith(_DOCUMENTS) else messages.UNSHOWN
    return message.problem(build.shown(name))


_DOCUMENTS = (".doc", ".docx", ".odt", ".rtf", ".pages", ".gdoc", ".wpd")


def _owned(build: BuildContext, name: str) -> tuple[str | None] | None:
    """Return the address of a file that belongs to a text, in a tuple; None if it belongs to none.

    The address in the tuple is None if the text is not published.
    """
    folder = posixpath.dirname(name)
    while folder.count("/") > 1:
        owners = _owners(build, folder)
        if owners:
            return (_beside(build, name, folder, owners),)
        folder = posixpath.dirname(folder)
    return None


def _owners(build: BuildContext, folder: str) -> list[str]:
    if folder.count("/") == 2 and folder.startswith("content/blogs/"):
        return []  # in a blog's own folder, an index is an ordinary post with that name
    memo = build.cache(_OWNERS)
    if folder not in memo:
        names = build.store.column("SELECT name FROM source WHERE name > ? AND name < ?", (f"{folder}/", f"{folder}0"))
        beside = [name for name in names if posixpath.dirname(name) == folder]
        memo[folder] = [name for name in beside if is_folder_text(build.kinds, name)]
    found: list[str] = memo[folder]
    return found


def _beside(build: BuildContext, name: str, folder: str, owners: list[str]) -> str | None:
    post = build.store.row(_POST_OF_FOLDER, (f"{folder}/index.", f"{folder}/index/"))
    if post:
        return str(post[0]) + name[len(folder) + 1 :] if post[1] else None
    published = any(build.address(owner) is not None for owner in owners)
    return _place(name) if published else None


_POST_OF_FOLDER = "SELECT url, state FROM post WHERE name > ? AND name < ? ORDER BY state = 0, rank, name LIMIT 1"


def _targets(name: str) -> tuple[str, str]:
    """Return the targets of links that mean this file in its own place: by its name, and by its address."""
    return nfc(name), f"/{fold(_place(name))}"


def _linked(build: BuildContext, name: str) -> _Linked:
    stem = posixpath.splitext(name)[0]
    stems = {unicodedata.normalize(form, stem) for form in ("NFC", "NFD")} if endings.is_picture(name) else ()
    videos = (each + ending for each in stems for ending in VIDEOS)
    targets = {
        target for one in (name, *(video for video in videos if _is_sound(build, video))) for target in _targets(one)
    }
    rows = [row for target in sorted(targets) for row in build.store.rows(_LINKING, (target,))]
    return _Linked(published=any(published for _, published in rows), anywhere=bool(rows))


_LINKING = """
SELECT link.source, address.name IS NOT NULL FROM link LEFT JOIN address ON address.name = link.source WHERE link.target = ?
"""


def _below_static(build: BuildContext, rest: str) -> str:
    for path in build.site.theme_static_paths:
        if rest.startswith(f"{path.strip('/')}/"):
            return rest[len(path.strip("/")) + 1 :]
    return rest


def keys(build: BuildContext) -> Iterable[str]:
    """Return the names of all files that are published as they are. Pictures have a kind of page of their own."""
    return build.store.column(
        "SELECT name FROM asset LEFT JOIN picture USING (name) WHERE url IS NOT NULL AND digest IS NULL ORDER BY name"
    )


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the files that changed or moved."""
    return dirty[ASSET] | dirty[REMOVED]


def inputs(build: BuildContext, name: str) -> PageInputs | None:
    """Return the inputs of a file; None if it is not published."""
    row = build.store.row(_FILE, (name,))
    if row is None or row[0] is None:
        return None
    hear(build, name)
    return PageInputs(path=row[0], view=Copy(name, row[1], _PATCHES if is_recording(name) else ""), source=name)


_PATCHES = "bylines.features.files.recordings:patches"


def hear(build: BuildContext, name: str) -> None:
    """Looks up again to which text a file belongs, so that `explain` records the dependency."""
    if not build.store.fresh:
        _url(build, name)


_FILE = """
SELECT url, digest FROM asset JOIN source USING (name)
WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM picture WHERE picture.name = ?1)
"""
