"""After a command that changes files, a commit as it is told takes up all that the command wrote, and nothing else."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from bylines.commands.rename import Confirmation, leave, merge_topics, rename_author, rename_post
from bylines.commands.scaffold import new_author, new_post
from tests.building import SmallSite
from tests.projects import configure
from tests.test_incremental import git

YES = Confirmation(yes=True)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    monkeypatch.setenv("HOME", str(tmp_path))
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ada")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ada@test.example")
    site = SmallSite(tmp_path / "site")
    configure(site)
    site.person("ada", joined="2020-01-01")
    site.person("grace", follows="[ada]")
    site.post("ada/notes.md", "".join(f"Line {number} of @ada.\n\n" for number in range(20)), topics="[tide]")
    site.post("ada/other.md", "[notes](notes.md)\n")
    site.write(".gitignore", "__pycache__/\noutput/\ncache/\n")
    git(site.folder, "init", "-q", "-b", "main")
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-q", "-m", "begin")
    monkeypatch.chdir(site.folder)
    return site


def _told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The commands that are told for a commit."""
    return [line.strip() for line in capsys.readouterr().out.splitlines() if re.match(r"  git .*commit -m", line)]


def _run(commands: list[str], folder: Path) -> None:
    for command in commands:
        command = command.removesuffix(" && git push")
        done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (command, done.stdout, done.stderr)


def _status(folder: Path) -> list[str]:
    return git(folder, "status", "--porcelain").splitlines()


def test_a_renamed_post_is_committed_with_its_alias_and_id(town: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert rename_post("ada/notes", "sketch", confirmation=YES) == 0
    commands = _told(capsys)
    assert commands == ["git commit -m 'Rename ada/notes to sketch'"]
    _run(commands, town.folder)
    assert _status(town.folder) == []
    kept = git(town.folder, "show", "HEAD:content/blogs/ada/sketch.md")
    assert "aliases: [/blogs/ada/notes/]" in kept and "id: tag:" in kept
    assert "(sketch.md)" in git(town.folder, "show", "HEAD:content/blogs/ada/other.md")


def test_all_commands_leave_a_commit_that_is_whole(town: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    commands = (
        lambda: rename_author("ada", "king", confirmation=Confirmation(yes=True, everywhere=True)),
        lambda: leave("king", "2026-09-01", confirmation=YES),
        lambda: merge_topics(["tide", "Tides"], confirmation=YES),
        lambda: merge_topics(["ebb", "Tides"], confirmation=YES),
        lambda: new_author("Nina Berg", "nina"),
        lambda: new_post("king", "On mills"),
    )
    for command in commands:
        assert command() == 0
        told = _told(capsys)
        assert len(told) == 1
        _run(told, town.folder)
        assert _status(town.folder) == []


def test_edits_that_are_not_staged_stay_so(town: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    file = town.folder / "content/blogs/ada/notes.md"
    file.write_text(file.read_text() + "My words, not to be committed yet.\n")
    town.post("ada/mine.md", "New, and not in git.\n")
    (town.folder / "pelicanconf.py").write_text((town.folder / "pelicanconf.py").read_text() + "# mine\n")
    assert rename_author("ada", "king", confirmation=YES) == 0
    commands = _told(capsys)
    assert commands == ["git add -- content/blogs/king/mine.md && git commit -m 'Rename ada to king'"]
    _run(["git commit -m x"], town.folder)
    kept = git(town.folder, "show", "HEAD:content/blogs/king/notes.md")
    assert "aliases: [/blogs/ada/notes/]" in kept and "Line 3 of @king" in kept and "id: tag:" in kept
    assert "My words" not in kept
    assert _status(town.folder) == [
        " M content/blogs/king/notes.md",
        " M pelicanconf.py",
        "?? content/blogs/king/mine.md",
    ]
    assert "+My words" in git(town.folder, "diff")
    assert "aliases" not in re.sub(r"^ .*", "", git(town.folder, "diff"), flags=re.M), "that is committed"


def test_an_edit_that_cannot_be_told_apart_is_named_with_the_command(
    town: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    file = town.folder / "authors/ada.yaml"
    file.write_text(file.read_text().replace("joined: 2020-01-01\n", "joined: 2021-01-01"))
    assert leave("ada", "2026-09-01", confirmation=YES) == 0
    commands = _told(capsys)
    assert commands == ["git add -- authors/ada.yaml && git commit -m 'Note the last day of ada'"]
    _run(commands, town.folder)
    assert "left: 2026-09-01" in git(town.folder, "show", "HEAD:authors/ada.yaml")


def test_what_was_staged_before_stays_staged(town: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    file = town.folder / "content/blogs/ada/notes.md"
    file.write_text(file.read_text() + "Staged words.\n")
    git(town.folder, "add", "-A")
    file.write_text(file.read_text() + "\nUnstaged words.\n")
    assert rename_post("ada/notes", "sketch", confirmation=YES) == 0
    _run(_told(capsys), town.folder)
    kept = git(town.folder, "show", "HEAD:content/blogs/ada/sketch.md")
    assert "Staged words" in kept and "Unstaged" not in kept and "aliases" in kept


def test_content_in_a_repository_of_its_own_is_committed_there(
    town: SmallSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = tmp_path / "the words"
    words.mkdir()
    for name in ("authors", "content"):
        shutil.move(town.folder / name, words / name)
    git(words, "init", "-q", "-b", "main")
    git(words, "add", "-A")
    git(words, "commit", "-q", "-m", "begin")
    conf = town.folder / "pelicanconf.py"
    conf.write_text(
        conf.read_text().replace(
            'PATH = "content"', 'PATH = "../the words/content"\nBYLINES_AUTHORS = "../the words/authors"'
        )
    )
    assert rename_author("ada", "king", confirmation=YES) == 0
    told = _told(capsys)
    assert told == ["git -C '../the words' commit -m 'Rename ada to king'"]
    _run(told, town.folder)
    assert _status(words) == []
    assert new_post("king", "On mills") == 0
    (told_,) = _told(capsys)
    assert shlex.split(told_)[:4] == ["git", "-C", "../the words", "add"]
    _run([told_.partition(" && git -C '../the words' push")[0]], town.folder)
    assert _status(words) == []


def test_without_git_nothing_of_git_is_told(town: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(town.folder / ".git")
    assert rename_author("ada", "king", confirmation=YES) == 0
    assert new_post("king", "On mills") == 0
    assert "git" not in capsys.readouterr().out


def test_what_is_in_no_commit_yet_is_told_to_be_added(town: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    new_author("Nina Berg", "nina")
    new_post("nina", "First")
    capsys.readouterr()
    assert rename_author("nina", "nina-berg", confirmation=YES) == 0
    told = _told(capsys)
    _run(told, town.folder)
    assert _status(town.folder) == []


def test_from_a_subfolder_the_commands_hold(
    town: SmallSite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(town.folder / "content/blogs")
    settings = str(town.folder / "pelicanconf.py")
    town.post("ada/mine.md", "New.\n")
    assert rename_author("ada", "king", settings, confirmation=YES) == 0
    _run(_told(capsys), Path.cwd())
    assert _status(town.folder) == []


def test_a_lock_of_git_changes_nothing_or_is_told(town: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    lock = town.folder / ".git/index.lock"
    lock.touch()
    assert rename_author("ada", "king", confirmation=YES) == 1
    assert "another git command is at work here" in capsys.readouterr().err
    assert leave("ada", "2026-09-01", confirmation=YES) == 0
    told = _told(capsys)
    assert told == ["git add -- authors/ada.yaml && git commit -m 'Note the last day of ada'"]
    lock.unlink()
    _run(told, town.folder)
    assert _status(town.folder) == []
