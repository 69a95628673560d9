"""The finder at 100,000 names: count and bytes of its shards, what a new person changes, and milliseconds in a real Chromium.

Only the finder's own steps are timed: its tables are filled with generated people, its files are written to a folder, and
a browser asks them by theme/static/js/people.js, once with empty memory and then with each shard at hand.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from benchmarks.timed import ROOT
from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.store import Store
from bylines.engine.weave import filing
from bylines.engine.weave.changes import Changes
from bylines.features.blogs import relations as blogs
from bylines.features.finder import pages, relations
from bylines.features.finder.feature import FEATURE
from bylines.features.people import relations as people
from bylines.features.people.facts import PERSON
from bylines.features.people.records import Profile
from tests.browsing import opened_browser, served
from tests.building import NOW, SmallSite

_GIVEN = (
    "Anna Maria José Zoë Łukasz Olga Иван Мария 李 王 佐藤 Fatima Mohamed Nguyễn Søren Jürgen Chloé Seán Inês Kofi Priya Wei "
    "John James Mary Linda David Susan Sarah Thomas Karen Peter Laura Paul Emma Jan Eva Ali Omar Yael Noa Min Ji"
).split()
_FAMILY = (
    "Smith Müller García Nguyen Schmidt Kowalski O’Brien van-der-Berg Kim Lee Singh Patel Ivanov Petrova Rossi Silva Santos "
    "Ødegård Çelik Andersson Novák Horvat Cohen Khan Ahmed Sato Tanaka Wang Chen Okafor Mensah Dubois Lefèvre Jones Brown"
).split()
_SYLLABLES = "ba be da do fa ga ha hi ka ko la li lo ma mi na no pa pe ra ri ro sa se ta to va vi za".split()
_QUERIES = "a an anna zoe muller mueller team schm smith anna schm obrien ivanov maria s 李 kim lee 4711 xqz".split()


class Figures(NamedTuple):
    """The measured figures: numbers of shards and bytes, and seconds of the steps."""

    shards: int
    bytes: int
    largest: int
    listed: int
    filled: float
    written: float
    added: float
    changed: int


def everybody(count: int, seed: int = 5) -> Iterator[Profile]:
    """Generates people: a few names are shared by many, many by few; teams have 5 to 2,000 members."""
    choose = random.Random(seed)
    for number in range(count):
        made = "".join(choose.choices(_SYLLABLES, k=choose.randint(2, 4))).title()
        family = choose.choice(_FAMILY) if choose.random() < 0.4 else made
        team = f"Team {_SYLLABLES[int(choose.paretovariate(0.6)) % len(_SYLLABLES)].title()} {int(choose.paretovariate(0.8)) % 500}"
        yield Profile(handle=f"p{number}", name=f"{choose.choice(_GIVEN)} {family}", team=team)


def _store(folder: str, many: list[Profile]) -> tuple[BuildContext, float]:
    schemas = (people.SCHEMA, blogs.SCHEMA, FEATURE.schema)
    store = Store.open(f"{folder}/store.sqlite", "benchmark", schemas, (FEATURE.indexes,))
    build = BuildContext(store, SmallSite(Path(folder)).site(), NOW)
    for person in many:
        _put(build, person)
    before = time.perf_counter()
    relations.weave(build, Changes({}), Invalidations(everything=True))  # type: ignore[arg-type]
    store.index()
    return build, time.perf_counter() - before


def _put(build: BuildContext, person: Profile) -> None:

    build.store.run(
        "INSERT INTO source VALUES (?, 0, 0, 0, 0, '', ?)",
        (f"authors/{person.handle}.yaml", msgspec.json.encode(person)),
    )
    build.store.run("INSERT INTO person VALUES (?, 1, ?, ?, '', '', NULL)", (person.handle, person.name, person.name))
    filing.put(build, people.CATALOGUE, person.handle, person.name, Invalidations(everything=True))


def measured(count: int, site: Path) -> Figures:
    """Writes the finder's files for `count` people below `site`, and measures it."""
    *many, last = everybody(count)
    with tempfile.TemporaryDirectory() as folder:
        build, filled = _store(folder, many)
        before = time.perf_counter()
        sizes = [_write(build, site, prefix) for prefix in pages.keys(build)]
        listed = pages.listed(build.site, pages.list_draft(build, "list").view, str)  # type: ignore[arg-type]
        (site / "find/-list.json").write_bytes(listed)
        written = time.perf_counter() - before
        build.store.fresh = False
        _put(build, last)
        dirty = Invalidations(everything=False)
        dirty.add(PERSON, last.handle)
        before = time.perf_counter()
        relations.weave(build, Changes({}), dirty)  # type: ignore[arg-type]
        drafts = [pages.draft(build, prefix) for prefix in pages.affected(build, dirty)]
        added = time.perf_counter() - before
        changed = sum(_differs(build, site, draft) for draft in drafts if draft)
        build.store.close(keep=False)
    return Figures(len(sizes), sum(sizes), max(sizes), len(listed), filled, written, added, changed)


def _write(build: BuildContext, site: Path, prefix: str) -> int:
    draft = pages.draft(build, prefix)
    assert draft
    data = pages.shard(build.site, draft.view, str)  # type: ignore[arg-type]
    file = site / draft.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return len(data)


def _differs(build: BuildContext, site: Path, draft: Any) -> bool:
    file = site / draft.path
    return not file.exists() or file.read_bytes() != pages.shard(build.site, draft.view, str)  # type: ignore[arg-type]


_ASK = """async (queries) => {
  const { open } = await import("/people.js");
  const finder = open(new URL("/find/", location));
  const times = [];
  for (const round of [0, 1]) for (const query of queries) {
    const before = performance.now();
    await finder.search(query, 10);
    times.push(performance.now() - before);
  }
  return times;
}"""


def asked(site: Path) -> list[float]:
    """The milliseconds of each query in a browser: first with an empty cache, then with the shards loaded."""
    for name in ("people.js", "files.js", "fold.js"):
        (site / name).write_bytes((ROOT / "theme/static/js" / name).read_bytes())
    (site / "index.html").write_text("<!DOCTYPE html><title>Names</title>")
    with served(site) as address, opened_browser() as browser:
        page = browser.new_page()
        page.goto(address)
        found: list[float] = page.evaluate(_ASK, list(_QUERIES))
    return found


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.typeahead", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    count = parser.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        figures = measured(count, Path(folder))
        print(figures)
        times = asked(Path(folder))
    half = len(times) // 2
    for what, some in (("first", times[:half]), ("at hand", times[half:])):
        print(f"{what}: median {statistics.median(some):.1f} ms, most {max(some):.1f} ms")


if __name__ == "__main__":
    main()
