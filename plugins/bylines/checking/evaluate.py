"""Finds the problems of a few sources: reads and weaves them as a build does, but only with those that they depend on.

So each message is the same as the build's. A problem that depends on the whole site (an alias that an unrelated post has, too) is
left to the build.
"""

from __future__ import annotations

import os
import stat
import tempfile
import time
from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

import msgspec

from bylines.checking import dependencies
from bylines.checking.changed import Changed
from bylines.checking.staged import Index
from bylines.engine import feature, source_table
from bylines.engine.context import BuildContext, problems_of
from bylines.engine.kinds import kinds_of
from bylines.engine.paths import file_of, roots, shown
from bylines.engine.read.batch import Done, read_batch, read_bytes
from bylines.engine.scan import Found, Stamp, walk
from bylines.engine.scan.messages import SYMLINK
from bylines.engine.store import Store
from bylines.engine.weave import hints
from bylines.engine.weave.changes import Changes
from bylines.engine.weave.messages import BROKEN_LINK
from bylines.engine.weave.weave import weave
from bylines.problems import ContentProblem
from bylines.records import Record
from bylines.settings import Site

_NO_STAMP = Stamp(0, 0, 0, 0)


class Evaluation(NamedTuple):
    """The problems, and the number of files that were read."""

    problems: tuple[ContentProblem, ...]
    read: int


def judge(site: Site, changed: Changed, index: Mapping[str, bytes] | None = None, *, git: bool) -> Evaluation:
    """Return the problems in sources that changed, and those that they cause in others.

    `git` says whether git can be asked. `index` replaces the files when a commit is checked: a source that it lacks does not
    exist.
    """
    index = index if isinstance(index, Index) else Index()
    table = _Table(site, index)
    ignored = walk.matcher(site.ignore)
    meant = [name for name in changed.there if not (ignored and any(map(ignored.match, name.split("/"))))]
    faults = {name: found for name in meant if (found := _faults(site, name, index))}
    wanted = [name for name in meant if name not in faults]
    linking = _sources_mentioning(site, _names_of(site, changed.gone) + _words_of(site, meant), index) if git else []
    linking += dependencies.texts_linking_to(site, wanted, git=git)
    table.put([*wanted, *linking, *(name for name in index if name.endswith(_READ) and not _is_file(site, name))])
    table.put(dependencies.namesakes(site, [table.record(name) for name in wanted]) if git else ())
    for name in (*wanted, *linking):
        table.put(dependencies.dependencies_of(site, name, table.record(name)))
    problems = table.problems_of_all()
    lost = {problem for problem in problems if problem.code == BROKEN_LINK.code}
    if git and (addresses := _addresses(lost)):
        table.put(_sources_mentioning(site, sorted(addresses), index))
        problems = table.problems_of_all()
    own = {shown(site, name): name for name in wanted}
    without = set(table.problems_of_all(without=frozenset(wanted)))
    gone = [dependencies.last_part(site, name) for name in changed.gone]
    said = {p for p in problems if p.path in own or _leads_to(p, gone) or p not in without}
    said |= {problem for each in faults.values() for problem in each}
    placed = (_with_staged_line(problem, index.get(own.get(problem.path, ""))) for problem in said)
    return Evaluation(tuple(sorted(hints.hinted(hints.Folders(site), placed))), table.read)


def _sources_mentioning(site: Site, texts: list[str], index: Index) -> list[str]:
    """Return the sources that contain one of some texts; in their staged version, if it differs from the file."""
    found = [name for name in dependencies.files_mentioning(site, texts) if name not in index]
    wanted = [text.lower().encode() for text in texts]
    differing = (name for name in index if wanted and name.startswith("content/") and name.endswith(_READ))
    return [*found, *(name for name in differing if any(text in index[name].lower() for text in wanted))]


_READ = (".md", ".rst", ".yaml")


def _with_staged_line(problem: ContentProblem, data: bytes | None) -> ContentProblem:
    """Return the problem; a broken link gets the line at which the staged version has it."""
    if data is None or problem.code != BROKEN_LINK.code:
        return problem
    at = data.find(problem.target.encode())
    return msgspec.structs.replace(problem, line=data.count(b"\n", 0, at) + 1 if at >= 0 else 0)


def _addresses(lost: Iterable[ContentProblem]) -> set[str]:
    """Return the last parts of broken links from the root, which are what an alias or a slug would contain."""
    targets = (problem.target.partition("#")[0] for problem in lost)
    return {target.rstrip("/").rpartition("/")[2] for target in targets if target.startswith("/")} - {""}


def _names_of(site: Site, gone: Iterable[str]) -> list[str]:
    """Return the words that every link to a deleted source contains."""
    return sorted({dependencies.last_part(site, name) for name in gone if name.endswith((".md", ".rst"))} - {""})


def _words_of(site: Site, names: Iterable[str]) -> list[str]:
    """Return the words that stand in each text that has to be checked again because it names one of some sources."""
    return [word for name in names for word in dependencies.words_of(site, name)]


def _leads_to(problem: ContentProblem, gone: Iterable[str]) -> bool:
    return problem.code == BROKEN_LINK.code and any(last in problem.target for last in gone)


class _Table:
    """The sources that were read for one check; weaves them together."""

    def __init__(self, site: Site, index: Index) -> None:
        self._site = site
        self._index = index
        self._done: dict[str, Done] = {}
        self.read = 0

    def put(self, names: Iterable[str]) -> None:
        """Read those sources that exist and were not read yet."""
        for name in dict.fromkeys(names):
            if name not in self._done and _is_there(self._site, name, self._index):
                found = Found(name, _NO_STAMP)
                data = self._index.get(name)
                done = read_bytes(self._site, found, data) if data is not None else read_batch(self._site, [found])[0]
                self._done[name] = done
                self.read += 1

    def record(self, name: str) -> Record | None:
        """Return the record of a source; None if it has none."""
        done = self._done.get(name)
        found: Record | None = kinds_of(self._site.features).decode(done.record) if done and done.record else None
        return found

    def problems_of_all(self, without: Container[str] = ()) -> list[ContentProblem]:
        """Return the problems of all sources except `without`, as a first build of only these would report them."""
        features = feature.load(self._site.features)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "check.sqlite")
            opened = Store.open(path, "", [each.schema for each in features], [each.indexes for each in features])
            try:
                build = BuildContext(opened, self._site, int(time.time()))
                changes = Changes(build.stored)
                ordered = [self._done[name] for name in sorted(self._done) if name not in without]
                source_table.keep(build, [done for done in ordered if done.digest], changes)
                weave(build, features, changes, ())
                told = list(problems_of(opened))
            finally:
                opened.close(keep=False)
        unread = [problem for done in ordered if not done.digest for problem in done.problems]
        return [*told, *unread]


def _is_file(site: Site, name: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(file_of(site, name)).st_mode)
    except (OSError, ValueError):
        return False


def _is_there(site: Site, name: str, index: Index) -> bool:
    return name in index or (not index.lacks(name) and _is_file(site, name))


def _faults(site: Site, name: str, index: Index) -> list[ContentProblem]:
    if name in index.links:
        return [SYMLINK.problem(shown(site, name))]
    if name in index:
        return []
    root = next(root for root in roots(site) if name.startswith(f"{root.name}/"))
    return walk.faults_of(root, name[len(root.name) + 1 :])
