"""Search as it is built: which shards there are, what is in them, and that a post changes no more than its own."""

from __future__ import annotations

import functools
import gzip
import json
from collections.abc import Iterable, Iterator

import pytest

from bylines.engine.build import build as built
from bylines.engine.explain import PageOrigin
from bylines.engine.result import BuildOptions
from bylines.features.search import pagefind, shards, text
from bylines.problems import BuildError, SettingsError
from tests.building import NOW, SmallSite, clock, files_below
from tests.delivering import Delivery, deletes, uploads
from tests.test_incremental import Editor, Keeper, compare, play, small_shards

_really = pagefind.files_of


@functools.lru_cache(maxsize=400)
def _once(records: tuple[pagefind.Record, ...], lang: str) -> dict[str, bytes]:
    return _really(records, lang)


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pagefind is asked once for each index, since it gives the same files for the same records (a test says so)."""

    def files_of(records: Iterable[pagefind.Record], lang: str) -> dict[str, bytes]:
        return dict(_once(tuple(records), lang))

    monkeypatch.setattr(pagefind, "files_of", files_of)


@pytest.fixture
def searched(site: SmallSite, remembered: None) -> Iterator[SmallSite]:
    """A site of few posts in three languages, in shards of at most two."""
    site.settings["BYLINES_SEARCH"] = True
    for number in range(1, 6):
        site.post(f"ada/p{number}.md", f"The tide number {number}.\n", title=f"P{number}", date=f"202{number}-05-04")
    site.post("ada/gross.md", "Die Häuser waren größer.\n", title="Größe", lang="de", date="2024-01-02")
    site.post("ada/tokyo.md", "日本語の文章を検索する。\n", title="東京の話", lang="ja", date="2024-01-02")
    site.post("ada/draft.md", "Nobody sees it.\n", status="draft")
    site.post("ada/hidden.md", "Nobody finds it.\n", status="hidden")
    site.post("ada/later.md", "Nobody knows it.\n", date="2030-01-01")
    with small_shards():
        yield site


def listed(site: SmallSite) -> dict[str, list[int]]:
    return {name: years for name, _, years in json.loads(site.page("search/-list.json"))["shards"]}


def found_in(site: SmallSite, shard: str) -> dict[str, str]:
    """Address and words of each post in a shard."""
    folder = site.folder / "output/search/shards" / shard / "fragment"
    fragments = [json.loads(gzip.decompress(file.read_bytes())[12:]) for file in folder.iterdir()]
    return {fragment["url"]: fragment["content"] for fragment in fragments}


def test_only_what_is_listed_is_found_each_in_the_shard_of_its_language_and_time(searched: SmallSite) -> None:
    searched.build()
    assert list(listed(searched)) == ["en-2025", "de", "ja", "en-2024", "en-2023", "en-2022", "en-2021"]
    posts = {url for shard in listed(searched) for url in found_in(searched, shard)}
    assert posts == {f"blogs/ada/{name}/" for name in ("p1", "p2", "p3", "p4", "p5", "gross", "tokyo")}
    assert found_in(searched, "en-2023") == {"blogs/ada/p3/": "The tide number 3."}
    assert "文章" in found_in(searched, "ja")["blogs/ada/tokyo/"].split("\u200b")


def test_facts_name_date_authors_and_topics(searched: SmallSite) -> None:
    searched.post("ada/p3.md", "x\n", date="2023-05-04", topics="[High Tides, C++]", authors="[ada, nobody]")
    searched.build()
    facts = json.loads(searched.page("search/facts/en-2023.json"))
    assert facts["people"] == [["ada", "Ada Lovelace"]]
    assert facts["topics"] == [["c-plus-plus", "C++"], ["high-tides", "High Tides"]]
    assert facts["posts"] == [["blogs/ada/p3/", "2023-05-04", [0], [1, 0]]]


def changed(site: SmallSite) -> set[str]:
    """The parts of search that a build changes: folders of shards, and other files."""
    paths = [path for path in site.build().changed if path.startswith("search/")]
    return {"/".join(path.split("/")[1:3]) for path in paths}


def test_a_change_touches_the_shard_of_its_post_alone(searched: SmallSite) -> None:
    searched.build()
    searched.post("ada/p3.md", "Another text.\n", title="P3", date="2023-05-04")
    assert changed(searched) == {"shards/en-2023"}
    searched.post("ada/new.md", "A new one.\n", title="New", date="2025-01-01")
    assert changed(searched) == {"shards/en-2025", "facts/en-2025.json"}
    searched.post("ada/p3.md", "Another text.\n", title="P3", date="2022-05-04")
    moved = {f"{kind}/en-202{year}" for kind in ("shards", "facts") for year in (2, 3)}
    assert {path.removesuffix(".json") for path in changed(searched)} == {*moved, "-list"}
    searched.person("ada", "Ada King")
    assert all(path.startswith("facts/") for path in changed(searched))
    compare(searched, ["a text, a new post, a date, a name"])


def test_other_topics_cost_no_index_and_another_title_does(searched: SmallSite) -> None:
    searched.build()
    searched.post("ada/p3.md", "The tide number 3.\n", title="P3", date="2023-05-04", topics="[tides]", summary="Other")
    assert changed(searched) == {"facts/en-2023.json"}
    searched.post("ada/p3.md", "The tide number 3.\n", title="P three", date="2023-05-04", topics="[tides]")
    assert changed(searched) == {"shards/en-2023"}
    compare(searched, ["topics, a title"])


def test_shards_split_and_come_together(searched: SmallSite) -> None:
    searched.build()
    for number in range(6):
        searched.post(f"ada/may{number}.md", f"May {number}.\n", title=f"M{number}", date="2023-05-05")
    searched.build()
    parts = [name for name in listed(searched) if name.startswith("en-2023")]
    assert len(parts) > 2
    assert all(name.startswith("en-2023-05-") for name in parts)
    assert all(len(found_in(searched, name)) <= 2 for name in parts)
    compare(searched, ["seven posts in a month"])
    for number in range(6):
        searched.remove(f"content/blogs/ada/may{number}.md")
    searched.remove("content/blogs/ada/gross.md")
    for number in (1, 2, 4):
        searched.remove(f"content/blogs/ada/p{number}.md")
    searched.build()
    assert listed(searched) == {"en": [2025, 2023], "ja": [2024]}
    compare(searched, ["and two are left"])


def test_an_hour_of_publication_is_a_change(searched: SmallSite) -> None:
    searched.build()
    searched.now = NOW + 5 * 365 * 86_400
    searched.build()
    assert "en-2030" in listed(searched)
    compare(searched, ["time went by"])


@pytest.mark.parametrize("seed", [3, 8])
@pytest.mark.parametrize("kind", [Editor, Keeper])
def test_random_edits_give_what_a_clean_build_gives(seed: int, kind: type[Editor], remembered: None) -> None:
    play(seed, 8, kind, BYLINES_SEARCH=True)


def test_two_runs_of_pagefind_give_the_same_bytes() -> None:
    records = [pagefind.Record(url=f"{number}/", content=f"word{number} and others", title="T") for number in range(40)]
    assert pagefind.files_of(records, "en") == pagefind.files_of(records, "en")


def test_a_deleted_file_of_a_shard_is_made_again(searched: SmallSite) -> None:
    searched.build()
    before = searched.built()
    gone = [path for path in before if path.startswith("search/shards/en-2023/") and "entry" not in path]
    for path in gone:
        searched.remove(f"output/{path}")
    assert set(searched.build().changed) == set(gone)
    assert searched.built() == before


def test_a_lost_store_writes_no_file_again(searched: SmallSite) -> None:
    searched.build()
    for file in (searched.folder / "cache").iterdir():
        file.unlink()
    assert searched.build().changed == ()


def test_a_delta_has_what_differs_of_a_shard_and_deletes_the_rest(searched: SmallSite) -> None:
    delivery = Delivery(searched)
    delivery.publish()
    searched.post("ada/p3.md", "Another text.\n", title="P3", date="2023-05-04")
    delivery.publish()
    ours = [path for path in uploads(delivery.folder) if path.startswith("search/")]
    assert len([path for path in ours if "/fragment/" in path]) == 1
    assert len([path for path in deletes(delivery.folder) if "/fragment/" in path]) == 1
    for file in (searched.folder / "cache").glob("*.sqlite*"):
        file.unlink()  # the manifest alone is left, and knows all of it
    delivery.publish()
    assert uploads(delivery.folder) == []
    searched.build("clean", "clean-cache")
    assert files_below(delivery.served) == searched.built("clean")


def test_a_file_of_a_shard_is_explained_by_its_shard(searched: SmallSite) -> None:
    searched.build()
    searched.post("ada/p3.md", "Another text.\n", title="P3", date="2023-05-04")
    with clock(searched.now):
        found = built(searched.site(), options=BuildOptions(explain="search/shards/en-2023/-posts.json")).explained
    assert isinstance(found, PageOrigin)
    assert (found.path, found.kind) == ("search/shards/en-2023/pagefind-entry.json", "search-shard")
    assert (found.rendered, found.changed) == (True, ("content/blogs/ada/p3.md",))


def test_nobody_else_has_a_file_among_the_shards(searched: SmallSite) -> None:
    searched.settings |= {
        "STATIC_PATHS": ["images"],
        "EXTRA_PATH_METADATA": {"images/x.txt": {"path": "search/shards/en-2023/x.txt"}},
    }
    searched.write("content/images/x.txt", "x")
    problems = [str(problem) for problem in searched.build().problems if not problem.path.endswith("/later.md")]
    assert len(problems) == 1
    assert "search/shards/en-2023/x.txt" in problems[0]
    assert "search/shards/en-2023/x.txt" not in searched.built()


def test_without_the_setting_there_is_nothing_of_it(site: SmallSite) -> None:
    site.post("ada/x.md")
    site.build()
    assert not [path for path in site.built() if path.startswith("search")]
    assert "/search/" not in site.page("index.html")


def test_a_package_that_is_not_there_is_said(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.settings["BYLINES_SEARCH"] = True
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(
        SettingsError, match=r"BYLINES_SEARCH is True, which needs a package more; install it: .*pagefind"
    ):
        site.site()
    monkeypatch.undo()
    monkeypatch.setattr("importlib.metadata.version", lambda name: "1.3.0")
    with pytest.raises(SettingsError, match=r"needs version 1\.5\.2 of a package of which 1\.3\.0 is here"):
        site.site()


def test_a_program_that_dies_ends_the_build_and_leaves_the_output(
    searched: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched.build()
    before = searched.built()
    searched.post("ada/p3.md", "Another text.\n", title="P3", date="2023-05-04")
    monkeypatch.setattr(pagefind, "files_of", _really)
    monkeypatch.setattr("pagefind_bin_extended.get_executable", lambda: "/bin/false")
    with pytest.raises(BuildError, match="Pagefind ended before its work was done"):
        searched.build()
    assert searched.built() == before
    monkeypatch.undo()
    searched.build()
    compare(searched, ["after a build that broke off"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<p>A <em>b</em>c</p><p>d<br>e</p>", "A bc d e"),
        ("<ul><li>a</li><li>b</li></ul><td>c</td><td>d</td>", "a b c d"),
        ('<a href="x>y" title=\'a"b\'>AT&amp;T</a> &lt;b&gt;', "AT&T <b>"),
        ("<p>x <math><mi>y</mi></math> z</p>", "x z"),
        ("<pre><code>let a = <span class='k'>if</span>(b)</code></pre>", "let a = if(b)"),
    ],
)
def test_words_are_what_one_reads(content: str, words: str) -> None:
    assert text.words_of(content) == words


def test_a_key_says_language_and_time() -> None:
    assert shards.name_of("en ") == "en"
    assert [shards.name_of(prefix) for prefix in list(shards.beginnings("en 2026205" + "01" * 12))[:6]] == [
        "en", "en-2026", "en-2026-q2", "en-2026-05", "en-2026-05-0", "en-2026-05-01",
    ]  # fmt: skip
