"""The check before each commit: what this commit takes up is judged, whichever way git comes by it, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import ROOT, SmallSite
from tests.projects import configure

KEY = "ghp_" + "a1B2c3D4e5F6" * 3
SECRET = "this looks like a secret (GitHub Token)"
GUIDE = (ROOT / "docs/employee.md").read_text()


class Repository(SmallSite):
    """A small site in a git repository whose hook is the one of the docs."""

    def git(self, *arguments: str, at: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        """What git says."""
        own = {**os.environ, **_WHO, "HOME": str(self.folder), "PYTHONPATH": str(ROOT / "plugins"), **variables}
        where = at or self.folder
        return subprocess.run(["git", *arguments], cwd=where, env=own, capture_output=True, text=True, check=False)

    def commit(self, *arguments: str, at: Path | None = None, **variables: str) -> str:
        """What a commit says; it begins with 'refused' where the hook refused it."""
        done = self.git("commit", "-q", "-m", "an edit", *arguments, at=at, **variables)
        return "refused: " * bool(done.returncode) + done.stdout + done.stderr

    def hook(self, folder: Path | None = None) -> None:
        """Puts the hook of the docs into a folder of hooks, with a program that it finds."""
        place = (folder or self.folder / ".git/hooks") / "pre-commit"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(GUIDE.partition("```sh\n#!/bin/sh\n")[2].partition("```")[0].join(("#!/bin/sh\n", "")))
        place.chmod(0o755)
        program = self.folder / ".venv/bin/bylines"
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bylines "$@"\n')
        program.chmod(0o755)


_WHO = {f"GIT_{who}_{what}": "ada@test.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
_WHO["GIT_CONFIG_NOSYSTEM"] = "1"


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    """Ada's blog, committed, with the hook."""
    repo = Repository(tmp_path / "site")
    configure(repo)
    repo.person("ada")
    for name in ("one", "two"):
        repo.post(f"ada/{name}.md")
    repo.write(".gitignore", "__pycache__/\n.venv/\n")
    repo.git("init", "-q", "-b", "main")
    repo.git("add", "-A")
    assert repo.commit() == ""
    repo.hook()
    return repo


@pytest.mark.parametrize(
    "arguments",
    [
        ["-a"], ["content/blogs/ada/one.md"], ["--only", "content/blogs/ada/one.md"], ["--include", "content/blogs/ada/one.md"],
        ["-a", "--amend"], ["--amend", "content/blogs/ada/one.md"], ["--all", "--allow-empty-message"], ["-o", "content"],
        ["--pathspec-from-file=paths.txt"], ["-a", "--dry-run"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_key_does_not_get_by_however_the_commit_is_made(repo: Repository, arguments: list[str]) -> None:
    repo.write("paths.txt", "content/blogs/ada/one.md\n")
    repo.post("ada/one.md", f"{KEY}\n")
    said = repo.commit(*arguments)
    assert "--dry-run" in arguments or ("refused" in said and SECRET in said)
    assert KEY not in repo.git("log", "-p").stdout
    assert repo.git("status", "--porcelain", "-uno").stdout == " M content/blogs/ada/one.md\n", "nothing else was done"


def test_a_commit_that_is_in_order_is_made(repo: Repository) -> None:
    repo.post("ada/one.md", "Other words.\n")
    assert repo.commit("-a") == "nothing is wrong in 1 changed file (compared with what is committed), 2 read\n"
    repo.post("ada/two.md", "Other words.\n")
    assert "nothing is wrong in 1 changed file" in repo.commit("content/blogs/ada/two.md")


def test_what_is_not_taken_up_is_not_judged(repo: Repository) -> None:
    repo.post("ada/one.md", "Fine.\n")
    repo.git("add", "-A")
    repo.post("ada/two.md", f"{KEY} [x](nowhere.md)\n")
    repo.post("ada/new.md", f"{KEY}\n")
    assert "nothing is wrong in 1 changed file" in repo.commit()
    repo.git("add", "content/blogs/ada/two.md")
    repo.post("ada/one.md", "Fine still.\n")
    assert "nothing is wrong in 1 changed file" in repo.commit("--only", "content/blogs/ada/one.md"), "two.md waits"


def test_a_file_that_is_staged_in_part_is_judged_as_it_is_staged(repo: Repository) -> None:
    repo.post("ada/one.md", f"{KEY}\n")
    repo.git("add", "-A")
    repo.post("ada/one.md", "Fine.\n")
    assert SECRET in repo.commit()
    repo.git("add", "-A")
    repo.post("ada/one.md", f"{KEY}\n")
    assert "nothing is wrong" in repo.commit()


def test_a_hunk_that_is_picked_is_judged_alone(repo: Repository) -> None:
    lines = [f"Line {number}.\n\n" for number in range(30)]
    repo.post("ada/one.md", "".join(lines))
    repo.git("add", "-A")
    repo.commit()
    repo.post("ada/one.md", "".join([f"{KEY}\n\n", *lines, "The end.\n"]))
    own = {**os.environ, **_WHO, "HOME": str(repo.folder), "PYTHONPATH": str(ROOT / "plugins")}

    def picked(answers: str) -> str:
        command = ["git", "commit", "-q", "-p", "-m", "x"]
        done = subprocess.run(
            command, cwd=repo.folder, env=own, input=answers, capture_output=True, text=True, check=False
        )
        return done.stderr + done.stdout

    assert "nothing is wrong in 1 changed file" in picked("n\ny\n")
    assert SECRET in picked("y\n")


def test_a_link_is_judged_by_what_the_commit_has(repo: Repository) -> None:
    repo.post("ada/one.md", "[new](new.md) and ![p](pic.png)\n")
    repo.post("ada/new.md")
    assert "new.md leads nowhere" in repo.commit("-a"), "new.md is here, and not in the commit"
    repo.post("ada/one.md", "[two](two.md)\n")
    repo.remove("content/blogs/ada/two.md")
    assert "nothing is wrong" in repo.commit("content/blogs/ada/one.md"), "two.md is gone here, and not in the commit"
    assert "two.md leads nowhere" in repo.commit("-a")


def test_a_file_that_is_only_announced_is_not_taken_up(repo: Repository) -> None:
    repo.post("ada/new.md", f"{KEY}\n")
    repo.git("add", "-N", "content/blogs/ada/new.md")
    repo.post("ada/one.md", "[new](new.md)\n")
    repo.git("add", "content/blogs/ada/one.md")
    assert "new.md leads nowhere" in repo.commit()
    repo.post("ada/one.md", "Fine.\n")
    assert SECRET in repo.commit("-a")


@pytest.mark.parametrize("path", ["server.pem", "id_rsa", "notes", "data.xml", "settings.local", "UTF16.txt"])
def test_a_key_is_found_whatever_its_file_is_called(repo: Repository, path: str) -> None:
    data = f"{KEY}\n".encode("utf-16") if path.startswith("UTF16") else f"{KEY}\n".encode()
    repo.write(f"content/blogs/ada/{path}", data)
    repo.git("add", "-A")
    assert f"content/blogs/ada/{path}:1: {SECRET}" in repo.commit()


@pytest.mark.parametrize("path", ["publishconf.py", ".env", ".github/workflows/x.yml", "content/.hidden/key.txt"])
def test_a_key_outside_of_posts_does_not_get_by(repo: Repository, path: str) -> None:
    repo.write(path, f'TOKEN = "{KEY}"\n')
    repo.git("add", "-A", "-f", path)
    assert f"{path}:1: {SECRET}" in repo.commit()


def test_the_first_commit_of_a_repository_is_judged(repo: Repository) -> None:
    shutil.rmtree(repo.folder / ".git")
    repo.git("init", "-q", "-b", "main")
    repo.hook()
    repo.git("add", "-A")
    repo.post("ada/two.md", f"{KEY}\n")
    assert "nothing is wrong in 3 changed files" in repo.commit()
    assert SECRET in repo.commit("-a", "--amend")


def test_a_commit_from_a_subfolder_and_by_a_folder_of_hooks(repo: Repository) -> None:
    shutil.rmtree(repo.folder / ".git/hooks")
    repo.hook(repo.folder / "hooks")
    repo.git("config", "core.hooksPath", "hooks")
    repo.post("ada/one.md", f"{KEY}\n")
    at = repo.folder / "content/blogs/ada"
    assert SECRET in repo.commit("-a", at=at)
    assert SECRET in repo.commit("one.md", at=at)


def test_a_commit_in_a_linked_worktree_is_judged_by_its_own_index(repo: Repository, tmp_path: Path) -> None:
    repo.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = tmp_path / "side"
    file = side / "content/blogs/ada/one.md"
    file.write_text(f"---\ntitle: A\ndate: 2026-01-02\n---\n{KEY}\n")
    assert SECRET in repo.commit("-a", at=side)
    assert SECRET in repo.commit("content/blogs/ada/one.md", at=side)
    assert SECRET in repo.commit("one.md", at=file.parent)
    repo.post("ada/two.md", "Fine.\n")
    assert "nothing is wrong in 1 changed file" in repo.commit("-a")


def test_a_commit_in_a_submodule_is_judged(repo: Repository, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    repo.git("init", "-q", "-b", "main", at=outer)
    allow = ("-c", "protocol.file.allow=always")
    repo.git(*allow, "submodule", "add", "-q", str(repo.folder), "site", at=outer)
    repo.git("commit", "-q", "-m", "begin", at=outer)
    inner = outer / "site"
    shutil.copytree(repo.folder / ".venv", inner / ".venv")
    shutil.copy(repo.folder / ".git/hooks/pre-commit", outer / ".git/modules/site/hooks/pre-commit")
    (inner / "content/blogs/ada/one.md").write_text(f"---\ntitle: A\ndate: 2026-01-02\n---\n{KEY}\n")
    for arguments in (("-a",), ("content/blogs/ada/one.md",)):
        assert SECRET in repo.commit(*arguments, at=inner)


@pytest.mark.parametrize("relative", [True, False])
def test_a_repository_that_variables_name_is_judged(repo: Repository, tmp_path: Path, relative: bool) -> None:
    """As people keep their settings: git's folder elsewhere, and the files where they are."""
    shutil.move(repo.folder / ".git", tmp_path / "kept.git")
    repo.git("--git-dir", str(tmp_path / "kept.git"), "config", "--unset", "core.bare")
    names = {"GIT_DIR": tmp_path / "kept.git", "GIT_WORK_TREE": repo.folder}
    own = {name: os.path.relpath(path, repo.folder) if relative else str(path) for name, path in names.items()}
    repo.post("ada/one.md", f"{KEY}\n")
    for arguments in (("-a",), ("content/blogs/ada/one.md",)):
        assert SECRET in repo.commit(*arguments, **own)
    index = os.path.join("..", "kept.git", "other-index") if relative else str(tmp_path / "kept.git/other-index")
    repo.git("read-tree", "HEAD", GIT_INDEX_FILE=index, **own)
    repo.git("add", "content/blogs/ada/one.md", GIT_INDEX_FILE=index, **own)
    assert SECRET in repo.commit(GIT_INDEX_FILE=index, **own)
    assert KEY not in repo.git("log", "-p", **own).stdout


def test_content_in_a_repository_of_its_own_is_judged_with_its_index(tmp_path: Path) -> None:
    code = Repository(tmp_path / "code")
    configure(code)
    conf = code.folder / "pelicanconf.py"
    conf.write_text(
        conf.read_text().replace('PATH = "content"', 'PATH = "../words/content"\nBYLINES_AUTHORS = "../words/authors"')
    )
    words = Repository(tmp_path / "words")
    words.person("ada")
    words.post("ada/one.md")
    for each in (code, words):
        each.git("init", "-q", "-b", "main")
        each.git("add", "-A")
        each.commit()
    code.hook()
    hook = words.folder / ".git/hooks/pre-commit"
    hook.write_text(f"#!/bin/sh\ncd '{code.folder}' && .venv/bin/bylines check --staged\n")
    hook.chmod(0o755)
    words.post("ada/one.md", f"{KEY}\n")
    for arguments in (("-a",), ("content/blogs/ada/one.md",), ("--amend", "-a")):
        assert SECRET in words.commit(*arguments), arguments
    words.git("add", "-A")
    assert SECRET in words.commit()


def test_a_merge_is_judged_by_what_it_decides(repo: Repository) -> None:
    repo.git("switch", "-q", "-c", "side")
    repo.post("ada/theirs.md", "[x](nowhere.md)\n")
    repo.post("ada/one.md", "Theirs.\n")
    repo.git("add", "-A")
    repo.commit("--no-verify")
    repo.git("switch", "-q", "main")
    repo.post("ada/one.md", "Ours.\n")
    repo.commit("-a")
    repo.git("merge", "-q", "side")
    repo.post("ada/one.md", f"{KEY}\n")
    repo.git("add", "-A")
    said = repo.commit()
    assert SECRET in said
    assert "theirs.md" not in said, "that is for whoever wrote it"
    repo.post("ada/one.md", "Both.\n")
    repo.git("add", "-A")
    assert "nothing is wrong in 1 changed file" in repo.commit()


def test_a_rebase_and_a_pick_go_on(repo: Repository) -> None:
    repo.git("switch", "-q", "-c", "side")
    repo.post("ada/one.md", "Theirs.\n")
    repo.commit("-a")
    repo.git("switch", "-q", "main")
    repo.post("ada/one.md", "Ours.\n")
    repo.commit("-a")
    for verb, where in (("cherry-pick", "side"), ("rebase", "side")):
        repo.git(verb, where)
        repo.post("ada/one.md", f"{KEY}\n")
        repo.git("add", "-A")
        assert SECRET in repo.commit()
        repo.git(verb, "--abort")


def test_files_that_go_are_judged(repo: Repository) -> None:
    repo.post("ada/one.md", "[two](two.md)\n")
    repo.commit("-a")
    repo.git("rm", "-q", "content/blogs/ada/two.md")
    assert "two.md leads nowhere" in repo.commit()


def test_a_hook_without_the_program_lets_nothing_by(repo: Repository) -> None:
    shutil.rmtree(repo.folder / ".venv")
    repo.post("ada/one.md", "Fine.\n")
    said = repo.commit("-a", PATH="/usr/bin:/bin")
    assert said.startswith("refused: ")
    assert "make setup" in said


def test_a_branch_that_pre_commit_runs_over_is_judged(repo: Repository) -> None:
    base = repo.git("rev-parse", "HEAD").stdout.strip()
    repo.post("ada/one.md", f"{KEY}\n")
    repo.commit("-a", "--no-verify")
    own = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "PRE_COMMIT_FROM_REF": base, "PRE_COMMIT_TO_REF": "HEAD"}
    command = [sys.executable, "-m", "bylines", "check", "--staged"]
    done = subprocess.run(command, cwd=repo.folder, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert SECRET in done.stderr
