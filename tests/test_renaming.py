"""Renaming people and posts, merging topics, leaving: old addresses and feed ids stay, and nothing else changes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import feedparser
import pytest

from bylines.commands.rename import Confirmation, leave, merge_topics, rename_author, rename_post
from bylines.renaming import apply as carrying
from tests.building import SmallSite, files_below
from tests.projects import configure
from tests.test_incremental import git

YES = Confirmation(yes=True)


@pytest.fixture(params=["git", "no git"])
def town(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    """Ada, who is to be renamed, and those who name her."""
    site = SmallSite(tmp_path / "site", BYLINES_PAGE_SIZE=2)
    configure(site)
    site.write("authors/ada.yaml", "# who I am\nname: 'Ada Lovelace'\nphoto: ada.png\nfollows: [grace] # a friend")
    site.write("authors/ada.png", (Path(__file__).parent.parent / "authors/sato-haruka.png").read_bytes())
    site.person("grace", "Grace Hopper", follows="[ada]")
    site.write("content/blogs/engines/blog.yaml", "title: Engines\nmembers:\n  - grace\n  - ada  # the first\n")
    site.post("engines/mill.md", "By @ada and [her](../ada/notes.md).\n", authors="[grace, ada]")
    site.post("ada/notes.md", "See [the folder](folder/index.md), [me](/blogs/ada/folder/#x) and `@ada`. I am @ada.\n")
    site.post("ada/2026-01-03-dated.md", "[a](../ada/notes.md) [b](../grace/cobol.md)\n", id="urn:x:1", date=None)
    site.post("ada/folder/index.md", "![The mill](a.png)\n\n## x\n", aliases="\n  - /old/folder/")
    site.write("content/blogs/ada/folder/a.png", (site.folder / "authors/ada.png").read_bytes())
    site.post("ada/notes.de.md", title="Notizen")
    site.post("ada/reply.md", "Well.\n", in_reply_to="ada/notes", lang="fr", translation_of="notes")
    site.post(
        "grace/cobol.md",
        "Ask @Ada, or read [this](../ada/notes.md) and [that](/blogs/ada/notes/).\n",
        authors="grace, ada",
    )
    site.post("grace/other.md", "Nothing of her.\n")
    if request.param == "git":
        monkeypatch.setenv("HOME", str(tmp_path))
        git(site.folder, "init", "-q", "-b", "main")
        site.write(".gitignore", "__pycache__/\n")
        git(site.folder, "add", "-A")
        git(site.folder, "commit", "-q", "-m", "begin")
    monkeypatch.chdir(site.folder)
    return site


def _entry_ids(built: dict[str, bytes]) -> set[str]:
    return {
        entry.id
        for path, data in built.items()
        if path.endswith("feed.atom")
        for entry in feedparser.parse(data).entries
    }


def _lost(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """The addresses that led somewhere and do not any more: there is neither a file nor a redirect for servers."""
    rules = [line.split()[0] for line in after["_redirects"].decode().splitlines()]
    folders = tuple(rule[:-1] for rule in rules if rule.endswith("*"))
    addresses = {path: "/" + path.removesuffix("index.html") for path in before if not path.startswith("covers/")}
    return [a for path, a in addresses.items() if path not in after and a not in rules and not a.startswith(folders)]


def _sources(site: SmallSite) -> dict[str, bytes]:
    return {
        f"{root}/{path}": data
        for root in ("authors", "content")
        for path, data in files_below(site.folder / root).items()
    }


def _targets_are_there(built: dict[str, bytes]) -> bool:
    news = [line.split()[1] for line in built["_redirects"].decode().splitlines()]
    return all(new.lstrip("/") + "index.html" in built for new in news if ":splat" not in new)


def test_a_renamed_author_keeps_every_old_link_and_every_id(
    town: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    town.build()
    before = town.built()
    assert rename_author("ada", "ada-king", confirmation=YES) == 0
    said = capsys.readouterr().out
    problems = town.problems()
    after = town.built()
    assert _lost(before, after) == []
    assert _targets_are_there(after)
    assert _entry_ids(after) == _entry_ids(before)
    assert (town.folder / "authors/ada-king.yaml").read_text() == (
        "# who I am\nname: 'Ada Lovelace'\nphoto: ada-king.png\nfollows: [grace] # a friend\naliases: [/blogs/ada/]\n"
    )
    notes = (town.folder / "content/blogs/ada-king/notes.md").read_text()
    assert notes == (
        "---\ntitle: A title\ndate: 2026-01-02\nid: tag:bylines.example,2026:blogs/ada/notes\n"
        "aliases: [/blogs/ada/notes/]\n---\n"
        "See [the folder](folder/index.md), [me](/blogs/ada-king/folder/#x) and `@ada`. I am @ada-king.\n"
    )
    dated = (town.folder / "content/blogs/ada-king/2026-01-03-dated.md").read_text()
    assert "id: urn:x:1\n" in dated
    assert "[a](notes.md) [b](../grace/cobol.md)" in dated
    folder = (town.folder / "content/blogs/ada-king/folder/index.md").read_text()
    assert "aliases: \n  - /old/folder/\n  - /blogs/ada/folder/\n" in folder
    assert "in_reply_to: ada-king/notes" in (town.folder / "content/blogs/ada-king/reply.md").read_text()
    group = (town.folder / "content/blogs/engines/blog.yaml").read_text()
    assert group == "title: Engines\nmembers:\n  - grace\n  - ada-king  # the first\n"
    assert (
        "By @ada-king and [her](../ada-king/notes.md)." in (town.folder / "content/blogs/engines/mill.md").read_text()
    )
    grace = (town.folder / "content/blogs/grace/cobol.md").read_text()
    assert "authors: grace, ada\n" in grace, "nobody writes in another's files"
    others = said.partition("They may mend:")[2]
    assert re.findall(r"^(\S+):$", others, re.M) == ["authors/grace.yaml", "content/blogs/grace/cobol.md"]
    assert "[this](../ada-king/notes.md) and [that](/blogs/ada/notes/)" in others
    assert {problem.partition(":")[0] for problem in problems} == {"authors/grace.yaml", "content/blogs/grace/cobol.md"}


def test_keepers_rename_somebody_everywhere(town: SmallSite) -> None:
    town.build()
    before = town.built()
    rename_author("ada", "ada-king", confirmation=Confirmation(yes=True, everywhere=True))
    assert town.problems() == []
    assert "authors: grace, ada-king\n" in (town.folder / "content/blogs/grace/cobol.md").read_text()
    assert _lost(before, town.built()) == []
    assert _entry_ids(town.built()) == _entry_ids(before)


def test_to_rename_twice_changes_nothing_and_back_leaves_no_loop(
    town: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    town.build()
    before = town.built()
    rename_author("ada", "king", confirmation=Confirmation(yes=True, everywhere=True))
    first = _sources(town)
    capsys.readouterr()
    assert rename_author("ada", "king", confirmation=YES) == 0
    assert "nothing to change" in capsys.readouterr().out
    assert _sources(town) == first
    rename_author("king", "byron", confirmation=Confirmation(yes=True, everywhere=True))
    rename_author("byron", "ada", confirmation=Confirmation(yes=True, everywhere=True))
    assert town.problems() == []
    assert "aliases: [/blogs/king/, /blogs/byron/]" in (town.folder / "authors/ada.yaml").read_text()
    assert _lost(before, town.built()) == []
    assert _entry_ids(town.built()) == _entry_ids(before)


def test_a_renamed_post_keeps_its_old_link_and_its_id(town: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    town.build()
    before = town.built()
    assert rename_post("ada/notes", "sketch", confirmation=YES) == 0
    said = capsys.readouterr().out
    assert rename_post("ada/folder", "mill", confirmation=YES) == 0
    assert rename_post("ada/dated", "undated", confirmation=YES) == 0
    town.build()
    after = town.built()
    # What leads on from an address that the text never had, but might have had, goes with its name.
    implied = ["/blogs/ada/notes.de/"]
    assert _lost(before, after) == [
        "/blogs/ada/folder/a.png",
        *implied,
        *[a for a in _lost(before, after) if "/pictures/" in a],
    ]
    assert _targets_are_there(after)
    assert _entry_ids(after) == _entry_ids(before)
    blog = town.folder / "content/blogs/ada"
    assert sorted(os.listdir(blog)) == ["2026-01-03-undated.md", "mill", "reply.md", "sketch.de.md", "sketch.md"]
    assert "[the folder](mill/index.md), [me](/blogs/ada/mill/#x)" in (blog / "sketch.md").read_text()
    assert "aliases: [/blogs/ada/notes/de/]" in (blog / "sketch.de.md").read_text()
    reply = (blog / "reply.md").read_text()
    assert "in_reply_to: ada/sketch" in reply
    assert "translation_of: sketch" in reply
    assert "content/blogs/grace/cobol.md:" in said.partition("They may mend:")[2]
    first = _sources(town)
    assert rename_post("ada/notes", "sketch", confirmation=YES) == 0
    assert "nothing to change" in capsys.readouterr().out
    assert _sources(town) == first


def test_a_slug_that_the_header_says_is_changed_there(town: SmallSite) -> None:
    town.post("ada/some file.md", slug="said # so", date="2026-02-02")
    assert rename_post("ada/said", "other", confirmation=YES) == 0
    text = (town.folder / "content/blogs/ada/some file.md").read_text()
    assert "slug: other # so\n" in text
    assert "aliases: [/blogs/ada/said/]" in text


def test_case_makes_no_difference_when_a_post_is_named(town: SmallSite) -> None:
    town.post("ada/Winch.md")
    assert rename_post("ada/winch", "winch", confirmation=YES) == 0
    assert rename_post("ada/WINCH", "gate", confirmation=YES) == 0
    assert "aliases: [/blogs/ada/Winch/]" in (town.folder / "content/blogs/ada/gate.md").read_text()


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (lambda: rename_author("nobody", "x", confirmation=YES), "nobody is called 'nobody'"),
        (lambda: rename_author("ada", "Ada King", confirmation=YES), "'Ada King' is not a handle"),
        (lambda: rename_author("ada", "grace", confirmation=YES), "grace is or was the handle of authors/grace.yaml"),
        (
            lambda: rename_author("ada", "engines", confirmation=YES),
            "engines is or was the handle of content/blogs/engines",
        ),
        (lambda: rename_author("ada", "once", confirmation=YES), "once is or was the handle of authors/grace.yaml"),
        (lambda: rename_post("ada/nothing", "x", confirmation=YES), "there is no post ada/nothing"),
        (
            lambda: rename_post("ada/notes", "Reply", confirmation=YES),
            "Reply is or was the address of content/blogs/ada/reply.md",
        ),
        (lambda: rename_post("ada/notes", "a/b", confirmation=YES), "'a/b' cannot be the end of an address"),
        (lambda: rename_post("notes", "x", confirmation=YES), "'notes' is no post"),
        (lambda: leave("nobody", confirmation=YES), "nobody is called 'nobody'"),
        (lambda: leave("ada", "5/5/26", confirmation=YES), "--on is 5/5/26"),
        (lambda: merge_topics(["x"], confirmation=YES), "name at least two topics"),
    ],
)
def test_what_cannot_be_done_changes_nothing_and_says_why(
    town: SmallSite, capsys: pytest.CaptureFixture[str], command: object, why: str
) -> None:
    town.person("grace", "Grace Hopper", aliases="[/blogs/once/]")
    before = _sources(town)
    assert command() == 1  # type: ignore[operator]
    assert why in capsys.readouterr().err
    assert _sources(town) == before


def test_without_a_terminal_a_change_is_shown_and_not_made(town: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    before = _sources(town)
    assert rename_author("ada", "king") == 1
    said = capsys.readouterr()
    assert "content/blogs/ada/ (6 files) → content/blogs/king" in said.out
    assert "+ aliases: [/blogs/ada/notes/]" in said.out
    assert "add --yes" in said.err
    assert _sources(town) == before


@pytest.mark.parametrize("fails_at", range(1, 16))
def test_what_cannot_be_written_leaves_all_as_it_was(
    town: SmallSite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fails_at: int
) -> None:
    """A disk that is full at the first, second … thing that is moved or written."""
    before = _sources(town)
    status = _status(town)
    count = 0

    def failing(real: object) -> object:
        def try_run(*arguments: str) -> object:
            nonlocal count
            count += 1
            if count == fails_at:
                raise OSError(28, "No space left on device")
            return real(*arguments)  # type: ignore[operator]

        return try_run

    for name in ("_move", "_write"):
        monkeypatch.setattr(carrying, name, failing(getattr(carrying, name)))
    code = rename_author("ada", "king", confirmation=YES)
    if count < fails_at:
        assert code == 0
        return
    assert code == 1
    assert "cannot be changed (No space left on device); nothing was changed" in capsys.readouterr().err
    assert _sources(town) == before
    assert _status(town) == status


def _status(site: SmallSite) -> str:
    return subprocess.run(
        ["git", "status", "--porcelain"], cwd=site.folder, capture_output=True, text=True, check=False
    ).stdout


def test_git_sees_renames(town: SmallSite) -> None:
    if not (town.folder / ".git").exists():
        pytest.skip("there is no git")
    town.write("content/blogs/ada/untracked.md", "---\ntitle: New\ndate: 2026-03-03\n---\nText.\n")
    rename_author("ada", "king", confirmation=YES)
    status = _status(town)
    assert "R  authors/ada.png -> authors/king.png" in status
    assert "A  content/blogs/king/notes.md" in status, "with the lines that the command wrote"
    assert "RM " not in status
    assert "?? content/blogs/king/untracked.md" in status


def test_files_that_are_no_text_or_have_no_header_move_as_they_are(town: SmallSite) -> None:
    town.write("content/blogs/ada/latin.md", b"---\ntitle: caf\xe9\ndate: 2026-01-01\n---\n")
    town.write("content/blogs/ada/bare.md", "No header, @ada.\n")
    town.write("content/blogs/ada/win.md", "\ufeff---\r\ntitle: W\r\ndate: 2026-01-01\r\n---\r\nI am @ada.\r\n")
    rename_author("ada", "king", confirmation=YES)
    blog = town.folder / "content/blogs/king"
    assert (blog / "latin.md").read_bytes() == b"---\ntitle: caf\xe9\ndate: 2026-01-01\n---\n"
    assert (blog / "win.md").read_bytes().decode() == (
        "\ufeff---\r\ntitle: W\r\ndate: 2026-01-01\r\nid: tag:bylines.example,2026:blogs/ada/win\r\n"
        "aliases: [/blogs/ada/win/]\r\n---\r\nI am @king.\r\n"
    )


def test_leaving_is_a_line_in_the_profile(town: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert leave("ada", "2026-09-01", confirmation=YES) == 0
    assert (town.folder / "authors/ada.yaml").read_text().endswith("# a friend\nleft: 2026-09-01\n")
    first = _sources(town)
    assert leave("ada", confirmation=YES) == 0
    assert leave("ada", "2026-09-01", confirmation=YES) == 0
    assert _sources(town) == first
    assert leave("ada", "2026-09-02", confirmation=YES) == 0
    assert "left: 2026-09-02\n" in (town.folder / "authors/ada.yaml").read_text()
    assert "alumn" in _page(town, "blogs/ada/index.html").lower()


def _page(site: SmallSite, path: str) -> str:
    site.build()
    return site.page(path)


@pytest.mark.parametrize(
    ("before", "merged", "after"),
    [
        ("", ["tide", "Tides"], "- name: Tides\n  synonyms: [tide]\n"),
        ("- Tides # here\n- Sea", ["tide", "Tides"], "- name: Tides\n  synonyms: [tide] # here\n- Sea"),
        (
            "# all topics\n- name: Tide\n  synonyms: [ebb, flood]\n  description: Water.\n# the next\n"
            "- name: Tides\n  parents: [Sea]\n- name: Sea\n",
            ["tide", "tides"],
            "# all topics\n# the next\n- name: Tides\n  synonyms: [Tide, ebb, flood]\n  parents: [Sea]\n- name: Sea\n",
        ),
        (
            "- name: Tides\n  synonyms:\n    - ebb\n- name: Moon\n  parents: [tide, Sky]\n- name: tide\n",
            ["Tide", "Tides"],
            "- name: Tides\n  synonyms:\n    - ebb\n    - tide\n- name: Moon\n  parents: [Tides, Sky]\n",
        ),
        ("Tides: Water.\nSea:\n", ["tide", "Tides"], "Tides: \n  description: Water.\n  synonyms: [tide]\nSea:\n"),
        ("- {name: Tides}\n- name: C++\n", ["tide", "Tides"], "- {name: Tides, synonyms: [tide]}\n- name: C++\n"),
        ("- name: A\n", ["x, y", "C#", "a"], '- name: A\n  synonyms: ["x, y", C#]\n'),
    ],
)
def test_merged_topics_are_synonyms_and_the_rest_of_the_file_stays(
    town: SmallSite, before: str, merged: list[str], after: str
) -> None:
    if before:
        town.write("content/topics.yaml", before)
    assert merge_topics(merged, confirmation=YES) == 0
    assert (town.folder / "content/topics.yaml").read_text() == after
    assert merge_topics(merged, confirmation=YES) == 0
    assert (town.folder / "content/topics.yaml").read_text() == after


def test_merged_topics_have_one_page_and_every_old_address(town: SmallSite) -> None:
    town.post("ada/t1.md", topics="[tide]")
    town.post("grace/t2.md", topics="[Tides]")
    town.post("grace/t3.md", topics="[ebb]")
    town.build()
    before = town.built()
    assert merge_topics(["tide", "ebb", "Tides"], confirmation=YES) == 0
    town.build()
    after = town.built()
    assert _lost(before, after) == []
    assert _entry_ids(after) == _entry_ids(before)
    assert all(
        f"/blogs/{post}/" in after["topics/tides/index.html"].decode() for post in ("ada/t1", "grace/t2", "grace/t3")
    )
    assert "This page has moved" in after["topics/ebb/index.html"].decode()


def test_a_synonym_of_another_topic_is_not_taken_from_it(town: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    town.write("content/topics.yaml", "- name: Water\n  synonyms: [tide]\n- name: Tides\n")
    assert merge_topics(["tide", "Tides"], confirmation=YES) == 1
    assert "tide is a synonym of Water in content/topics.yaml" in capsys.readouterr().err
    shutil.rmtree(town.folder / "content/blogs")
