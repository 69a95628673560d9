"""The finder's files: what leads to whom, how large a shard is, what an edit changes; and folding, here as in the browser."""

from __future__ import annotations

import json

import pytest

from bylines.features.finder import fold, nodes
from tests.building import ROOT, SmallSite

FOLDED = {
    "Zoë": "zoe",
    "Müller": "muller",
    "İstanbul": "istanbul",
    "Straße": "strasse",
    "Łukasz Ørsted": "lukasz orsted",
    "O’Brien-Smith": "obrien smith",
    "サトウ ﾊﾙｶ": "さとう はるか".replace("が", "か"),
    "ΟΔΥΣΣΕΥΣ": "οδυσσευσ",
    "Ё": "е",
    "  a.b_c  ": "a b c",
    "Nguyễn Thị": "nguyen thi",
    "fiﬁ ②": "fifi 2",
    "أحمد": "احمد",
    "\U0001f600": "",
}


def names(site: SmallSite, prefix: str = "-") -> list[str]:
    return [line[0] for line in json.loads(site.page(f"find/{prefix}.json"))[1]]


@pytest.mark.parametrize(("written", "folded"), FOLDED.items())
def test_names_are_folded(written: str, folded: str) -> None:
    assert " ".join(fold.words(written)) == folded


def test_the_browser_knows_the_same_letters() -> None:
    script = (ROOT / "theme/static/js/fold.js").read_text()
    assert all(pair in script for pair in fold.LETTERS.split())


def test_other_spellings_and_readings_lead_to_a_name(site: SmallSite) -> None:
    site.person("m", "Jörg Müller")
    site.person("li", "李文静")
    site.person("haruka", "佐藤 遥", reading="さとう はるか")
    site.build()
    lines = {line[0]: line for line in json.loads(site.page("find/-.json"))[1]}
    assert {"mueller", "joerg"} <= set(lines["m"][4].split())
    assert {"liwenjing", "wenjing"} <= set(lines["li"][4].split())
    assert {"satou", "さとう"} <= set(lines["haruka"][4].split())


def test_five_people_are_one_small_shard(site: SmallSite) -> None:
    for handle in ("bob", "grace", "zoe", "ines"):
        site.person(handle)
    site.build()
    assert names(site) == ["ada", "bob", "grace", "ines", "zoe"]
    assert json.loads(site.page("find/-list.json")) == [""]


def test_alumni_teams_and_groups_are_told(site: SmallSite) -> None:
    site.person("bob", left="2020-01-01", team="Boats")
    site.write("content/blogs/crew/blog.yaml", "title: The Crew\nmembers: [ada]\n")
    site.build()
    assert json.loads(site.page("find/-.json"))[1][1:] == [
        ["bob", "Bob", "Boats", "l"],
        [
            "crew",
            "The Crew",
            "",
            "g",
        ],
    ]


def test_a_post_touches_no_shard_and_a_person_their_own(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "MOST", 300)
    for handle in ("anna", "anne", "bert", "berta", "carl", "carla", "dora", "emil", "fritz", "gerd", "hans", "ida"):
        site.person(handle)
    site.build()
    before = site.built()
    site.post("anna/x.md")
    site.build()
    assert find_files(site) == {path: data for path, data in before.items() if path.startswith("find/")}
    site.person("carl", "Karl")
    site.build()
    after = find_files(site)
    changed = {path for path in after if before.get(path) != after[path]}
    assert changed and "find/a.json" not in changed


def find_files(site: SmallSite) -> dict[str, bytes]:
    return {path: data for path, data in site.built().items() if path.startswith("find/")}


def test_shards_keep_their_size_and_hold_everybody(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "MOST", 400)
    monkeypatch.setattr(nodes, "BEST", 5)
    for number in range(60):
        site.person(f"p{number}", f"{'ABC'[number % 3]}nna Schmidt", team="Turbines")
    site.build()
    found = {path: json.loads(data) for path, data in find_files(site).items() if "-list" not in path}
    assert all(len(data) < 460 for path, data in find_files(site).items() if "-list" not in path)
    whole = {line[0] for split, lines in found.values() if not split for line in lines}
    assert whole == {"ada", *(f"p{number}" for number in range(60))}
