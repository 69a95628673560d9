"""Titles, names and keys that say 'not yet' in other words than the usual ones, and those that only look so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bylines.engine.read import gate
from tests.building import SmallSite

MARKED = """
[CONFIDENTIAL] x|Confidential: x|rascunho: x|[Rascunho] x|(Draft) x|x [privado]|x (confidential)
DRAFT - x|DRAFT – x|x - DRAFT|x – draft
DO NOT PUBLISH: x|🚧 WIP: x|Draft|x (wip)|[draft]: x|DRAFT. x|x (Draft 2)|[Draft 2] x|Draft 2: x|Draft v2: x|[WIP 3/4] x|EMBARGO: x
[Embargoed until Monday] x|x (unlisted)|[Not ready] x|**Draft** x|<draft> x|{draft} x|草稿：x|【草稿】x|Черновик: x|Entwurf – x
Draft—x|{{DRAFT}} x|`WIP` x|x: draft|x #wip|ROUGH DRAFT: x|x (first draft)|Unfinished: x
[in progress] x|_Draft_ x|⚠️ DRAFT ⚠️|draft #3: x
"""
UNMARKED = """
Draft beer is back|Drafting a law|The private life of tides|WIP limits and flow|How we draft|Unfinished business|Embargoes at sea
Craft: sailing|My first draft was bad|The NFL draft 2026|Draft-free windows|In progress we trust|Public/private keys|Overdraft: a tale
Concept: a new buoy|Draft, sketch, publish: how I work|From draft to publication|Draft horses: a history|Protected areas at sea
"""


def _items(text: str) -> list[str]:
    return text.strip().replace("\n", "|").split("|")


def test_a_mark_set_apart_from_the_other_words_of_a_title_counts() -> None:
    assert [title for title in _items(MARKED) if not gate.mark_of(title)] == []
    assert [title for title in _items(UNMARKED) if gate.mark_of(title)] == []


@pytest.mark.parametrize(
    "hostile", ["(" * 60_000, "[draft " * 9_000, "draft until " * 5_000, " - " * 20_000, "wip_" * 9_000]
)
def test_a_hostile_title_is_looked_through_at_once(hostile: str) -> None:
    assert gate.mark_of(hostile) in ("", "draft", "wip")


@pytest.mark.parametrize(
    "path",
    [
        "drafts-2025/x.md",
        "my-drafts/x.md", "00-drafts/x.md", "old drafts/x.md", "Private Notes/x.md", "draft posts/x.md", "2-wip/x.md",
        "to-publish/x.md", "Recycle Bin/x.md", "todo/x.md", "TODO-x.md", "x_LOCAL_123.md", "x-draft.md", "x_draft.md", "draft-x.md",
        "x-wip.md", "x-draft-2.md", "x-draft/index.md", "2026-01-01-x-draft.md", "../drafts/x.md", "../_drafts/x.md",
    ],
)  # fmt: skip
def test_names_of_drafts_keep_in_what_they_name(tmp_path: Path, path: str) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    file = site.post(f"ada/{path}", title="The new hall")
    (file.parent / "plan.pdf").write_bytes(b"%PDF-1.4")
    (problem,) = [
        problem for problem in site.problems() if "says that it is not public" in problem and ".md" in problem
    ]
    assert not [name for name, data in site.built().items() if b"The new hall" in data or "plan" in name], problem


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("draft-beer.md", {"title": "Draft beer"}), ("nfl-draft.md", {"title": "The NFL draft"}),
        ("x-draft.md", {"status": "published"}),
        ("draft-beer/index.md", {"title": "Draft beer"}), ("internals/x.md", {}), ("private-clouds.md", {}), ("overdraft.md", {}),
    ],
)  # fmt: skip
def test_names_that_only_look_so_publish(tmp_path: Path, path: str, header: dict[str, str]) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    site.post(f"ada/{path}", **header)
    assert site.problems() == []
    assert any("/index.html" in name and name.startswith("blogs/ada/") and name.count("/") > 2 for name in site.built())


@pytest.mark.parametrize(
    "line",
    [
        "internal: true", "hold: true", "on_hold: yes", "preview: true", "active: false", "available: false", "onlyMe: true",
        "status: published?", "Date: 2099-01-01", "date: 2099-01-01", "esborrany: true",
    ],
)  # fmt: skip
def test_keys_that_can_mean_not_yet_keep_a_post_in(tmp_path: Path, line: str) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    site.write("content/blogs/ada/x.md", f"---\n{line}\ntitle: The new hall\ndate: 2026-01-02\n---\nx\n")
    site.write("content/blogs/ada/y.md", f"---\ntitle: The new hall\ndate: 2026-01-02\n{line}\n---\nx\n")
    assert site.problems()
    assert not [name for name, data in site.built().items() if b"The new hall" in data]


@pytest.mark.parametrize("name", ["blogs/ada/x.md", "pages/x.md", "jams/x/jam.md"])
@pytest.mark.parametrize("key", ["publishDate", "embargo_until", "scheduled", "pubDate"])
def test_another_programs_date_is_told_with_its_day_and_not_called_ignored(tmp_path: Path, name: str, key: str) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    times = "opens: 2026-01-01\ncloses: 2026-12-01" if "jam" in name else "date: 2026-01-02"
    site.write(f"content/{name}", f"---\ntitle: The new hall\n{times}\n{key}: 2026-10-01\n---\nx\n")
    result = site.build()
    (problem,) = result.problems
    line = 6 if "jam" in name else 4
    assert (problem.code, problem.level) == ("opens", "note")
    assert str(problem).startswith(f"content/{name}:{line - ('jam' in name)}: {key} counts")
    assert "nothing is published before 2026-10-01 00:00" in problem.message
    assert any(
        f"content/{name} will be published by the first build after 2026-10-01 00:00" in note for note in result.notes
    )


CLOSING = {
    "a mark in the name": '{key}: "[DRAFT] Zanzibar"\n',
    "a mark behind it": "{key}: Zanzibar (private)\n",
    "no list of keys": "- {key}: Zanzibar\n- private: true\n",
    "a line that does not fit": "{key}: Zanzibar\nprivate: true\n  : : [x\n",
    "not UTF-8": "{key}: Caf\xe9\npublished: false\n",
    "an unfinished merge": "<<<<<<< HEAD\n{key}: Zanzibar\nstatus: draft\n=======\n{key}: Zanzibar\n>>>>>>> x\n",
}


@pytest.mark.parametrize("case", CLOSING)
@pytest.mark.parametrize(("name", "key"), [("authors/zed.yaml", "name"), ("content/blogs/zed/blog.yaml", "title")])
def test_a_profile_that_is_marked_or_cannot_be_read_closes_its_blog_and_opens_again(
    tmp_path: Path, name: str, key: str, case: str
) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    site.post("ada/x.md")
    site.post("zed/x.md", "Zanzibar.\n", authors="[ada]" if "blogs" in name else None)
    open_ = f"{key}: Zed\n"
    for text, there in ((open_, True), (CLOSING[case].format(key=key), False), (open_, True)):
        site.write(name, text.encode("latin-1"))
        problems = site.build().problems
        found = [path for path, data in site.built().items() if b"Zanzibar" in data or path.startswith("blogs/zed/")]
        assert bool(found) == there
        assert any(problem.code == "held-blog" for problem in problems) != there
    site.build("clean", "cache2")
    assert site.built() == site.built("clean")


@pytest.mark.parametrize("folder", ["ada", "Ada", "Posts", "posts/2026", "articles"])
def test_a_post_in_a_folder_of_the_root_that_is_called_after_somebody_is_said(tmp_path: Path, folder: str) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    site.write(f"{folder}/x.md", "---\ntitle: The new hall\ndate: 2026-01-02\n---\nx\n")
    site.write("tools/readme.md", "---\ntitle: A tool\ndate: 2026-01-02\n---\nx\n")
    (problem,) = site.problems()
    assert problem.startswith(f"{folder}/x.md: this looks like a post, but none is read here")
