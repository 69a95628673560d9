"""Somebody who must not be found by an old handle or name, and somebody who is erased: nothing of either is in what is published."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from bylines.commands.rename import Confirmation, Forget, rename_author, traces
from bylines.renaming.forgetting import Forgotten, forget
from bylines.renaming.rewrite import Text
from bylines.renaming.traces import Names, in_output
from tests.building import ROOT, SmallSite
from tests.projects import configure
from tests.test_incremental import git

YES = Confirmation(yes=True)
OLD = ("quilla", "Quilla Zorvané")
PICTURE = (ROOT / "authors/sato-haruka.png").read_bytes()


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    """Quilla, who is named wherever somebody can be."""
    monkeypatch.setenv("HOME", str(tmp_path))
    site = SmallSite(tmp_path / "site", BYLINES_FEED_FORMATS=("atom", "rss", "json"), BYLINES_SEARCH=True)
    configure(site)
    site.write(
        "authors/quilla.yaml",
        "name: Quilla Zorvané\nsort_name: Zorvané, Quilla\nteam: Boats\nlanguages: [de, en]\nphoto: quilla.png\n"
        "emails: [q@corp.example]\naliases: [/blogs/quilla-old/, /blogs/boats-person/]\n",
    )
    site.write("authors/quilla.png", PICTURE)
    site.person("grace", "Grace Hopper", follows="[quilla]", team="Boats")
    site.person("bob", "Bob Stone", bio="With @quilla, [Q](/blogs/quilla/one/).")
    site.write("content/blogs/crew/blog.yaml", "title: Crew\nmembers:\n  - quilla\n  - grace\n")
    site.write("content/blogs/solo/blog.yaml", "title: Solo\nmembers: [quilla]\n")
    links = "By @quilla, [her](../quilla/one.md), [x](/blogs/quilla/one/), [feed](/blogs/quilla/feed.atom).\n"
    site.post("crew/joint.md", links, authors="[grace, quilla]")
    site.post("solo/alone.md", authors="[quilla]", id="tag:test.example,2026:blogs/quilla/alone")
    site.post("grace/with.md", "We.\n", authors="grace, quilla", topics="[tide]")
    site.post("grace/tr.md", "Trans.\n", lang="de", translation_of="quilla/one")
    site.post("grace/reply.md", "Well.\n", in_reply_to="quilla/one")
    site.post("quilla/one.md", "Mine, by @quilla.\n", topics="[tide]", aliases="[/old/quilla-one/, /2019/one/]")
    site.post("quilla/two/index.md", "![p](pic.png) [one](/blogs/quilla/one/)\n", id="tag:x,2019:blogs/quilla/2")
    site.post("quilla/three.md", id="urn:uuid:7", aliases="\n  - /blogs/quilla/drei/\n  - /2019/drei/")
    site.write("content/blogs/quilla/two/pic.png", PICTURE)
    site.post("quilla/later.md", date="2027-06-01")
    site.write(
        "content/jams/harbour/jam.md",
        "---\ntitle: Harbour\nopens: 2026-01-01\ncloses: 2026-12-31\nhosts: [quilla, grace]\n---\nAsk @quilla.\n",
    )
    site.post("bob/idea.md", "Idea.\n", jam="harbour")
    site.write(
        "content/topics.yaml", "tide:\n  name: Tide\n  description: As [she](/blogs/quilla/one/) says, @quilla.\n"
    )
    site.write("content/pages/about.md", "---\ntitle: About\n---\nAsk @quilla or [her](/blogs/quilla/).\n")
    monkeypatch.chdir(site.folder)
    return site


def _still(site: SmallSite, *names: str) -> list[str]:
    return [str(trace) for trace in in_output(str(site.folder / "output"), Names(names or OLD))]


def _forget(site: SmallSite, new: str = "zora", name: str = "Zora Zahn") -> int:
    return rename_author("quilla", new, confirmation=YES, forget=Forget(wanted=True, name=name))


@pytest.mark.parametrize("built_before", [True, False])
def test_nothing_of_an_old_handle_or_name_is_published(
    town: SmallSite, capsys: pytest.CaptureFixture[str], built_before: bool
) -> None:
    if built_before:
        town.build()
        assert len(_still(town)) > 40, "the search looks where it should"
    assert _forget(town) == 0
    said = capsys.readouterr().out
    assert "Nothing that is kept here names it any more, but the history of git." in said
    assert "Feed readers will show the posts of zora once more" in said
    assert town.problems() == []
    assert _still(town) == []
    assert not [path for path, data in town.built().items() if b"quilla" in data.lower() or "quilla" in path]
    profile = (town.folder / "authors/zora.yaml").read_text()
    assert profile == (
        "name: Zora Zahn\nteam: Boats\nlanguages: [de, en]\nphoto: zora.png\nemails: [q@corp.example]\n"
        "aliases: [/blogs/boats-person/]\n"
    )
    blog = town.folder / "content/blogs/zora"
    assert "aliases: [/2019/one/]" in (blog / "one.md").read_text()
    assert "id:" not in (blog / "two/index.md").read_text()
    assert "id: urn:uuid:7" in (blog / "three.md").read_text(), "an id that says nothing stays"
    assert "aliases: \n  - /2019/drei/\n" in (blog / "three.md").read_text()
    assert "/blogs/zora/" in town.page("_redirects"), "other old addresses lead on"


def test_a_clean_build_is_the_same_afterwards(town: SmallSite) -> None:
    town.build()
    _forget(town)
    town.build()
    town.build("clean", "clean-cache")
    assert town.built() == town.built("clean")


def test_somebody_who_was_renamed_before_can_still_be_forgotten(
    town: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rename_author("quilla", "zora", confirmation=Confirmation(yes=True, everywhere=True)) == 0
    town.build()
    assert len(_still(town, "quilla")) > 10
    assert (
        rename_author(
            "quilla", "zora", confirmation=YES, forget=Forget(wanted=True, name="Zora Zahn", old_names=(OLD[1],))
        )
        == 0
    )
    capsys.readouterr()
    assert town.problems() == []
    assert _still(town) == []
    assert rename_author("quilla", "zora", confirmation=YES, forget=Forget(wanted=True, old_names=(OLD[1],))) == 0
    assert "nothing to change" in capsys.readouterr().out


def test_links_that_others_did_not_mend_after_a_usual_rename_are_changed(town: SmallSite) -> None:
    file = town.post("bob/far.md", "By [her](../quilla/one.md), [x](/blogs/quilla/one/).\n")
    assert rename_author("quilla", "zora", confirmation=YES) == 0
    assert "../quilla/one.md" in file.read_text()
    forget = Forget(wanted=True, name="Zora Zahn", old_names=(OLD[1],))
    assert rename_author("quilla", "zora", confirmation=YES, forget=forget) == 0
    assert file.read_text().endswith("By [her](../zora/one.md), [x](/blogs/zora/one/).\n")
    town.build()
    assert _still(town) == []


def test_words_about_the_old_name_are_listed_with_their_lines(
    town: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    town.post(
        "grace/says.md", "I met QUILLA ZORVANE.\n\nSee [x](https://x.example/quilla%20zorvan%C3%A9).\n\n`quilla`\n"
    )
    town.post("zed/quilla-speaks.md")
    town.write("content/blogs/grace/talk/quilla.pdf", b"%PDF-1.4\n\0\0")
    town.write("writers.yaml", "keepers: [grace]\naccounts:\n  qz: quilla\n")
    assert _forget(town) == 0
    said = capsys.readouterr().out.partition("These lines still name what is to be forgotten.")[2]
    assert [line.strip() for line in said.splitlines()[1:]] == [
        "content/blogs/grace/says.md:5: I met QUILLA ZORVANE.",
        "content/blogs/grace/says.md:7: See [x](https://x.example/quilla%20zorvan%C3%A9).",
        "content/blogs/grace/says.md:9: `quilla`",
        "content/blogs/grace/talk/quilla.pdf: its name",
        "content/blogs/zed/quilla-speaks.md: its name",
        "writers.yaml:3: qz: quilla",
    ]


def test_without_consent_nothing_is_forgotten(town: SmallSite) -> None:
    assert rename_author("quilla", "zora", forget=Forget(wanted=True)) == 1
    assert (town.folder / "authors/quilla.yaml").exists()


def test_what_is_forgotten_is_staged_and_its_commit_names_nobody(
    town: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    town.write(".gitignore", "output/\ncache/\n__pycache__/\n")
    git(town.folder, "init", "-q", "-b", "main")
    git(town.folder, "add", "-A")
    git(town.folder, "commit", "-q", "-m", "begin")
    _forget(town)
    assert "git commit -m 'Rename to zora'" in capsys.readouterr().out
    git(town.folder, "commit", "-q", "-m", "Rename to zora")
    assert git(town.folder, "status", "--porcelain") == ""
    assert git(town.folder, "grep", "-i", "quilla", "HEAD") == ""


def test_a_group_can_be_forgotten_too(town: SmallSite) -> None:
    town.post("bob/on.md", "[They](/blogs/crew/joint/) and @crew\n")
    assert rename_author("crew", "hands", confirmation=YES, forget=Forget(wanted=True, name="All hands")) == 0
    town.build()
    assert _still(town, "crew") == []
    assert "title: All hands\n" in (town.folder / "content/blogs/hands/blog.yaml").read_text()


@pytest.mark.parametrize(
    "form",
    ["Quilla Zorvané", "quilla zorvane", "QUILLA-ZORVANE", "Zorvané, Quilla", "quilla_zorvane", "quillazorvane",
     "quilla+zorvan%C3%A9", "Quilla&nbsp;Zorvan&eacute;", "Quilla\\u0020Zorvan\\u00e9", "/blogs/quilla/", "@quilla",
     "tag:x,2026:blogs/quilla/a", "Quilla\u00a0Zorvane\u0301", "quilla.png", "%71uilla"],
)  # fmt: skip
def test_a_name_is_found_in_every_form(form: str) -> None:
    assert Names(OLD).occur_in(f"x {form} y")


def test_other_words_are_not_taken_for_a_name() -> None:
    names = Names(["ada", "Ada King"])
    assert [word for word in ("canada", "adam", "nevada", "ada2", "king", "data") if names.occur_in(word)] == []
    assert Names(["李娜"]).occur_in("我是李娜。") and Names(["Иван Петров"]).occur_in("ivan-petrov")
    assert not Names([""]).occur_in("anything")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "Title: A\nAliases: /blogs/quilla/a/, /2019/a/\nId: tag:x:blogs/quilla/a\n\nText.\n",
            "Title: A\nAliases: /2019/a/\n\nText.\n",
        ),
        ("Title: A\nAliases: /blogs/quilla/a/\n\nText.\n", "Title: A\n\nText.\n"),
        ("---\ntitle: A\naliases: /blogs/quilla/a/, /b/\n---\nText.\n", "---\ntitle: A\naliases: /b/\n---\nText.\n"),
        ("---\ntitle: A\naliases: /blogs/quilla/a/\nid: 'tag:x:blogs/quilla/a'\n---\n", "---\ntitle: A\n---\n"),
        (
            "---\r\ntitle: A\r\naliases: [/blogs/quilla/a/, /b/]\r\n---\r\n",
            "---\r\ntitle: A\r\naliases: [/b/]\r\n---\r\n",
        ),
        (
            "---\ntitle: A\naliases:\n- /blogs/quilla/a/\n- /blogs/quilla/b/\ndate: x\n---\n",
            "---\ntitle: A\ndate: x\n---\n",
        ),
        ("---\ntitle: A\n---\n/blogs/quilla/\n", "---\ntitle: A\n---\n/blogs/quilla/\n"),
        ("No header.\n", "No header.\n"),
    ],
)
def test_ids_and_old_addresses_are_taken_out_however_they_are_written(text: str, kept: str) -> None:
    forgotten = Forgotten(Names(OLD))
    assert forget("content/blogs/zora/a.md", Text(text), forgotten, is_profile=False) == Text(kept)


def test_a_bio_of_several_lines_is_changed_too(town: SmallSite) -> None:
    bio = "bio: |\n  With @quilla,\n  [her](/blogs/quilla/one/).\n\n  And `@quilla`.\ndisclaimer: >-\n  Not\n  @quilla.\nteam: Ink\n"
    town.write("authors/bob.yaml", f"name: Bob\n{bio}")
    rename_author("quilla", "zora", confirmation=Confirmation(yes=True, everywhere=True))
    wanted = bio.replace("@quilla", "@zora").replace("/quilla/", "/quilla/").replace("`@zora`", "`@quilla`")
    assert (town.folder / "authors/bob.yaml").read_text() == f"name: Bob\n{wanted}", "addresses lead on"


# Erased
GUIDE = (ROOT / "docs/keeper.md").read_text().partition("\n## Erase a person\n")[2].partition("\n## ")[0]


def test_a_person_is_erased_as_the_docs_say_word_for_word(town: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    town.write(".gitignore", "output/\ncache/\n__pycache__/\n")
    town.write("writers.yaml", "keepers: [grace]\n")
    git(town.folder, "init", "-q", "-b", "main")
    git(town.folder, "add", "-A")
    git(town.folder, "commit", "-q", "-m", "begin")
    town.build()
    assert len(_still(town)) > 40
    commands = [
        line for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.S) for line in map(str.strip, block.splitlines())
    ]
    assert commands[0].startswith("git rm ")
    done = subprocess.run(
        commands[0].replace("HANDLE", "quilla"),
        shell=True,
        cwd=town.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert traces(OLD) == 1
    listed = {
        line.strip().partition(":")[0] for line in capsys.readouterr().out.partition("What was built")[0].splitlines()
    }
    assert {
        "authors/grace.yaml",
        "content/blogs/crew/blog.yaml",
        "content/jams/harbour/jam.md",
        "content/pages/about.md",
    } <= listed
    town.build()
    assert {path.partition(":")[0] for path in _still(town)} <= {
        path
        for path, data in town.built().items()
        if b"@quilla" in data or b"/quilla/" in data or path.startswith("search/")
    }, "words and links of others, and nothing of ours"
    for path in (
        "blogs.json",
        "directory/c/blogs.json",
        "blogs.opml",
        "_redirects",
        "sitemap.xml",
        "blogs/crew/members.opml",
    ):
        assert "quilla" not in (town.folder / "output" / path).read_text().lower(), path
    for file in (*(town.folder / "content").rglob("*.*"), *(town.folder / "authors").rglob("*.yaml")):
        if file.suffix in (".md", ".yaml"):  # as the owners of the lines do it
            keys = r"^(?:follows|members|authors|in_reply_to|translation_of|id): .*quilla.*\n"
            text = re.sub(rf"^\s*- quilla\n|, quilla\b|quilla, |{keys}", "", file.read_text(), flags=re.M)
            file.write_text(re.sub(r"\[(\w+)\]\([^)]*quilla[^)]*\)|@quilla", r"\1", text))
    town.build()
    assert _still(town) == []
    assert traces(OLD) == 0


def test_a_group_does_not_name_a_member_who_is_gone(town: SmallSite) -> None:
    town.build()
    town.remove("authors/quilla.yaml")
    town.remove("content/blogs/quilla")
    town.build()
    assert "quilla" not in town.page("directory/c/blogs.json")
    town.build("clean", "clean-cache")
    assert town.built() == town.built("clean")
