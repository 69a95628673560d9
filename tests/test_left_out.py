"""Capabilities that are left out: a sentence says who stands on them, or the site is sound without them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest

from bylines import frame
from bylines.engine import feature
from bylines.engine.feature import Feature
from bylines.problems import SettingsError
from bylines.settings import FEATURES
from bylines.settings.declared import SEARCH
from bylines.verifying.pages import check
from tests.building import ROOT, SmallSite, clock

ALL = (*FEATURES, SEARCH.switches)
_AFTER = 1_795_500_000


def _without(*names: str) -> list[str]:
    return [module for module in ALL if module.rpartition(".")[2] not in names]


@pytest.fixture
def ours(monkeypatch: pytest.MonkeyPatch) -> str:
    """A company's own capability, by module name."""
    module = ModuleType("ours_lunch")
    module.FEATURE = Feature(name="lunch", needs=("jams", "people"))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ours_lunch", module)
    return "ours_lunch"


def _said(modules: Iterable[str]) -> str:
    with pytest.raises(SettingsError) as caught:
        feature.load(list(modules))
    return str(caught.value)


def test_one_that_is_left_out_is_missed_by_those_that_stand_on_it(ours: str) -> None:
    assert _said(_without("appearance")) == (
        "BYLINES_FEATURES leaves out appearance, on which covers and files stand; name it too, or leave out those as well"
    )
    assert _said([*_without("jams"), ours]) == (
        "BYLINES_FEATURES leaves out jams, on which lunch stands; name it too, or leave out that one as well"
    )
    feature.load([*ALL, ours])


def test_each_stands_on_capabilities_that_there_are() -> None:
    names = {module.rpartition(".")[2] for module in ALL}
    for found in feature.load(ALL):
        assert {*found.needs, *(found.after or ())} <= names - {found.name}, found.name


def test_one_weaves_after_those_on_which_it_stands_however_they_are_named(ours: str) -> None:
    names = [found.name for found in feature.load(ALL)]
    assert names == [module.rpartition(".")[2] for module in ALL]
    turned = [found.name for found in feature.load([ours, *reversed(ALL)])]
    assert sorted(turned) == sorted([*names, "lunch"])
    for before, after in (
        ("people", "blogs"), ("blogs", "posts"), ("topics", "posts"), ("posts", "files"), ("posts", "jams"),
        ("blogs", "facets"), ("posts", "pulse"), ("posts", "search"), ("files", "redirects"), ("jams", "lunch"),
    ):  # fmt: skip
        assert turned.index(before) < turned.index(after), (before, after)


def test_two_that_wait_for_each_other_are_refused(monkeypatch: pytest.MonkeyPatch, ours: str) -> None:
    module = ModuleType("ours_dinner")
    module.FEATURE = Feature(name="dinner", after=("supper",))  # type: ignore[attr-defined]
    other = ModuleType("ours_supper")
    other.FEATURE = Feature(name="supper", after=("dinner",))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ours_dinner", module)
    monkeypatch.setitem(sys.modules, "ours_supper", other)
    assert "each wait for another to weave: dinner, supper" in _said([*ALL, "ours_dinner", "ours_supper"])


def test_two_with_one_name_are_refused(monkeypatch: pytest.MonkeyPatch, ours: str) -> None:
    module = ModuleType("ours_jams")
    module.FEATURE = Feature(name="jams")  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ours_jams", module)
    assert "names two capabilities that are called jams; rename one" in _said([*ALL, "ours_jams"])


def test_a_site_without_feeds_speaks_of_none(site: SmallSite) -> None:
    site.settings["BYLINES_FEATURES"] = [name for name in FEATURES if not name.endswith(".feeds")]
    site.settings["BYLINES_LETTERS_FROM"] = 1
    site.person("ada", "Ada Lovelace", team="Engines")
    site.person("grace", "Grace Hopper", team="Engines")
    site.person("idle", "Ida Idle")
    site.write("content/blogs/team/blog.yaml", "title: Team\nmembers: [ada]\n")
    site.write("content/jams/harbour/jam.md", "---\ntitle: J\nopens: 2026-09-14\ncloses: 2026-09-27\n---\nIdeas?\n")
    for path in ("ada/x.md", "grace/y.md", "team/z.md"):
        site.post(path, topics="[tides]", date="2026-09-15", jam="harbour")
    assert site.problems() == []
    for path, data in site.built().items():
        if path.endswith((".html", ".json", ".opml", "_redirects", ".map", ".xml")):
            assert not re.search(rb"/feed\.|feed\.atom|subscribe|\.opml|<dd></dd>|Follow by feed|feed above", data), (
                path
            )
    assert b'"feeds":{}' in site.built()["blogs.json"] + site.built()["directory/l/blogs.json"]


def test_an_idea_is_a_post_like_others_where_the_site_has_no_jams(site: SmallSite) -> None:
    site.settings["BYLINES_FEATURES"] = [name for name in FEATURES if not name.endswith(".jams")]
    site.person("ada", "Ada Lovelace")
    site.post("ada/x.md", jam="harbour")
    (problem,) = site.problems()
    assert problem.startswith(
        "content/blogs/ada/x.md:4: jam is a key of jams, which this site does not have; take it out, "
    )
    assert "jams/" not in site.page("blogs/ada/x/index.html")


_NEEDED = {"people", "topics", "blogs", "posts", "directory", "home", "appearance", "files"}


@pytest.mark.parametrize("module", ALL, ids=lambda module: module.rpartition(".")[2])
def test_the_demo_without_one_is_sound_or_says_who_needs_it(module: str, tmp_path: Path) -> None:
    name = module.rpartition(".")[2]
    overrides = {
        "OUTPUT_PATH": str(tmp_path / "output"), "CACHE_PATH": str(tmp_path / "cache"), "SITEURL": "https://blogs.example",
        "BYLINES_FEATURES": [other for other in FEATURES if other != module],
        "BYLINES_FEED_FORMATS": ("atom",),
        **({"MENUITEMS": []} if name == "pages" else {}),
        "BYLINES_COVERS": name == "search", "BYLINES_SEARCH": name == "covers",  # they take long, so once each
    }  # fmt: skip
    with clock(_AFTER):
        if name in _NEEDED:
            with pytest.raises(SettingsError, match=rf"^BYLINES_FEATURES leaves out {name}, on which .* stands?; "):
                frame.build(str(ROOT / "pelicanconf.py"), overrides)
            return
        result = frame.build(str(ROOT / "pelicanconf.py"), overrides)
    assert {problem.code for problem in result.problems} <= {
        "misplaced",
        "key-off",
    }  # its own files and keys, which nobody reads now
    assert check(tmp_path / "output") == []
