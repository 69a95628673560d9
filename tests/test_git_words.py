"""What git complains of reaches people in plain words, with what to do, wherever git is asked."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bylines.git import Git, GitError, reason
from tests.building import SmallSite, environment
from tests.projects import configure, run, run_cold
from tests.test_incremental import git

_COMPLAINTS = {
    "fatal: detected dubious ownership in repository at '/srv/blogs'\nTo add an exception for this directory, call:\n\n"
    "\tgit config --global --add safe.directory /srv/blogs": ("another user", "`git config --global --add safe.directory /srv/blogs`"),
    "fatal: unsafe repository ('/srv/blogs' is owned by someone else)": ("another user", "safe.directory"),
    "fatal: not a git repository (or any of the parent directories): .git": ("is in no git repository", "git init"),
    "fatal: not a git repository: /srv/main/.git/worktrees/x": ("was moved away from its git repository", "git worktree repair"),
    "fatal: this operation must be run in a work tree": ("no folder with checked-out files", "GIT_DIR"),
    "fatal: Unable to create '/srv/blogs/.git/index.lock': File exists.\n\nAnother git process seems to be running in this "
    "repository": ("another git command is at work", "/srv/blogs/.git/index.lock"),
    "fatal: Unable to create '/srv/blogs/.git/index.lock': Permission denied": ("may not read or write", "permissions"),
    "error: open(\".git/index\"): Permission denied\nfatal: index file open failed: Permission denied": ("may not read", "owner"),
    "error: bad signature 0x00000000\nfatal: index file corrupt": ("(the index) is damaged", "git reset"),
    "error: bad index file sha1 signature\nfatal: index file corrupt": ("(the index) is damaged", "git reset"),
    "fatal: .git/index: index file smaller than expected": ("(the index) is damaged", "git reset"),
    "fatal: bad revision 'HEAD'": ("nothing is committed yet", "commit something first"),
    "fatal: ambiguous argument 'HEAD': unknown revision or path not in the working tree.": ("nothing is committed", "commit"),
    "fatal: your current branch 'main' does not have any commits yet": ("nothing is committed yet", "commit"),
    "fatal: bad object 1111111111111111111111111111111111111111": ("no such commit", "fetch-depth: 0"),
    "fatal: Needed a single revision": ("no such commit", "fetch-depth: 0"),
    "fatal: could not fetch 1111111111111111111111111111111111111111 from promisor remote": ("a partial one", "without --filter"),
    "fatal: lazy fetching disabled; some objects may not be available": ("a partial one", "without --filter"),
    "fatal: loose object 1111 (stored in .git/objects/11/11) is corrupt": ("is damaged", "git fsck"),
    "error: object file .git/objects/11/11 is empty": ("is damaged", "git fsck"),
    "fatal: unknown repository extension found:\n\tobjectformat": ("a newer git", "newer git"),
    "error: unknown option `no-textconv'\nusage: git diff": ("too old", "2.20"),
    "fatal: bad config line 3 in file /home/ada/.gitconfig": ("cannot be read", "--show-origin"),
    "error: No space left on device": ("disk is full", "make room"),
    "git@git.example: Permission denied (publickey).\nfatal: Could not read from remote repository.": ("by ssh", "your key"),
    "fatal: unable to access 'https://git.example/': Could not resolve host: git.example": ("cannot be reached", "network"),
    "fatal: could not read Username for 'https://git.example': terminal prompts disabled": ("does not let you in", "token"),
    " ! [rejected] main -> pages (stale info)": ("somebody else has changed", "again"),
    " ! [remote rejected] main -> pages (protected branch hook declined)": ("refuses", "protection"),
    "fatal: empty ident name (for <ada@x>) not allowed": ("who you are", "user.email"),
    "fatal: something that nobody has heard of": ("could not do its part (diff)", "git fsck"),
}  # fmt: skip


@pytest.mark.parametrize("complaint", _COMPLAINTS, ids=lambda text: text.partition("\n")[0][:60])
def test_a_complaint_is_said_in_plain_words_with_a_mend(complaint: str) -> None:
    said = reason("/srv/blogs", complaint.encode(), ("diff", "--raw"))
    assert all(part in said for part in _COMPLAINTS[complaint]), said
    assert "fatal" not in said and "error:" not in said and "\n" not in said
    assert "; " in said


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    monkeypatch.setenv("HOME", str(tmp_path))
    site = SmallSite(tmp_path / "site")
    configure(site)
    site.person("ada")
    site.post("ada/one.md")
    git(site.folder, "init", "-q", "-b", "main")
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-q", "-m", "begin")
    return site


_COMMANDS = (
    ("check",), ("check", "--staged"), ("check", "--base", "main"), ("check", "--fix"), ("check", "--format", "github"),
    ("guard", "--base", "main"), ("codeowners",), ("doctor",), ("report",), ("build",), ("build", "--delta", "delta"),
    ("new-post", "--handle", "ada", "--title", "Two"), ("rename-post", "ada/one", "other", "--yes"), ("leave", "ada", "--yes"),
    ("publish", "git:origin#pages", "--settings", "pelicanconf.py"),
)  # fmt: skip


def _clean(said: str) -> None:
    for words in ("Traceback", "fatal:", "error: error", "usage: git", "errno", "Another git process seems"):
        assert words not in said, said


@pytest.mark.parametrize("command", _COMMANDS, ids=" ".join)
def test_a_git_that_refuses_is_told_plainly_by_every_command(
    site: SmallSite, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """A git that opens nothing, as one does where the clone belongs to somebody else."""
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    program = bin_ / "git"
    program.write_text(
        '#!/bin/sh\ncase "$*" in *--version*) echo git version 2.39.5; exit 0;; *"config --get user"*) exit 1;; esac\n'
        f"echo \"fatal: detected dubious ownership in repository at '{site.folder}'\" >&2\nexit 128\n"
    )
    program.chmod(0o755)
    with environment({"PATH": f"{bin_}:{os.environ['PATH']}"}):
        done = run_cold(site.folder, *command)
    said = done.stdout + done.stderr
    _clean(said)
    if command[0] in ("check", "guard", "codeowners", "doctor", "publish", "build"):
        assert f"git config --global --add safe.directory {site.folder}" in said


@pytest.mark.parametrize("command", _COMMANDS, ids=" ".join)
def test_a_machine_without_git_is_told_so(site: SmallSite, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "none").mkdir()
    with environment({"PATH": str(tmp_path / "none")}):
        done = run(site.folder, *command)
    _clean(done.stdout + done.stderr)
    if command[0] in ("guard", "codeowners") or command[1:2] == ("--staged",):
        assert "git is not installed" in done.stderr


@pytest.mark.parametrize("trouble", ["index", "lock", "head", "object", "config"])
@pytest.mark.parametrize("command", _COMMANDS, ids=" ".join)
def test_a_repository_in_disorder_is_told_plainly(site: SmallSite, command: tuple[str, ...], trouble: str) -> None:
    kept = site.folder / ".git"
    if trouble == "index":
        (kept / "index").write_bytes(b"nothing of an index")
    elif trouble == "lock":
        (kept / "index.lock").touch()
    elif trouble == "head":
        (kept / "refs/heads/main").unlink()
    elif trouble == "object":
        for file in (kept / "objects").glob("??/*"):
            file.chmod(0o644)
            file.write_bytes(b"")
    else:
        (kept / "config").write_text("[core\n")
    done = run(site.folder, *command)
    _clean(done.stdout + done.stderr)


@pytest.mark.skipif(bool(os.geteuid()), reason="only root can give a folder to somebody else")
@pytest.mark.parametrize(
    "command", [("check",), ("check", "--staged"), ("check", "--base", "main"), ("doctor",)], ids=" ".join
)
def test_a_clone_of_another_owner_is_told_with_the_setting(site: SmallSite, command: tuple[str, ...]) -> None:
    for path in (site.folder, site.folder / ".git"):
        os.chown(path, 12_345, 12_345)
    done = run(site.folder, *command)
    assert f"safe.directory {site.folder}" in done.stdout + done.stderr
    assert "no commit" not in done.stdout + done.stderr
    _clean(done.stdout + done.stderr)


@pytest.mark.skipif(bool(os.geteuid()), reason="only root can give a folder to somebody else")
@pytest.mark.parametrize("how", ["file", "variables"])
def test_a_setting_that_makes_a_clone_safe_is_heeded(site: SmallSite, tmp_path: Path, how: str) -> None:
    os.chown(site.folder, 12_345, 12_345)
    (tmp_path / "settings").write_text("[safe]\n\tdirectory = *\n")
    count = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
    with environment({"GIT_CONFIG_GLOBAL": str(tmp_path / "settings")} if how == "file" else count):
        assert "nothing is wrong in 0 changed files" in run(site.folder, "check").stdout


def test_a_shallow_clone_without_the_base_is_told_how_to_have_it(site: SmallSite, tmp_path: Path) -> None:
    base = git(site.folder, "rev-parse", "HEAD").strip()
    git(site.folder, "commit", "-q", "--allow-empty", "-m", "more")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{site.folder}", "clone")
    shutil.copy(site.folder / "pelicanconf.py", tmp_path / "clone/pelicanconf.py")
    for command in (("check", "--base", base), ("guard", "--base", base)):
        said = run(tmp_path / "clone", *command).stderr
        assert "fetch-depth: 0" in said and "GIT_DEPTH: 0" in said, said


def test_a_folder_that_is_not_there_is_no_missing_git(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="there is no folder"):
        Git(str(tmp_path / "gone")).run("status")
    done = Git(str(tmp_path)).try_run("--version")
    assert isinstance(done, subprocess.CompletedProcess)
