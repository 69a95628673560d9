"""Scanning by git: as fast as git, and the same sources as without it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bylines.engine.scan import walk
from tests.building import SmallSite
from tests.test_incremental import compare, git


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    monkeypatch.setenv("HOME", str(tmp_path))
    site = SmallSite(tmp_path / "site")
    site.person("ada", "Ada")
    for name in ("a", "b", "c"):
        site.post(f"ada/{name}.md", f"Text of {name}.\n")
    site.post("grace/ünï-côde.md")
    git(site.folder, "init", "-q", "-b", "main")
    _commit(site)
    _age(site)
    site.build()
    return site


def _commit(site: SmallSite) -> None:
    git(site.folder, "add", "-A", "authors", "content")
    git(site.folder, "commit", "-q", "-m", "an edit")


def _age(site: SmallSite) -> None:
    """Makes the files older than the clock's grain, so that nothing is in doubt."""
    for file in site.folder.rglob("*"):
        if file.is_file() and ".git" not in file.parts:
            os.utime(file, (1_700_000_000, 1_700_000_000))
    git(site.folder, "status")


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The roots whose files were all looked at."""
    seen: list[str] = []
    whole = walk.walk

    def noted(root: walk.Root, *arguments: object, **options: object) -> object:
        seen.append(root.name)
        return whole(root, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(walk, "walk", noted)
    return seen


def _edit(site: SmallSite) -> None:
    site.post("ada/a.md", "Other words.\n")


def _edit_and_commit(site: SmallSite) -> None:
    _edit(site)
    _commit(site)


def _move(site: SmallSite) -> None:
    git(site.folder, "mv", "content/blogs/ada/a.md", "content/blogs/ada/z.md")


def _delete(site: SmallSite) -> None:
    site.remove("content/blogs/ada/b.md")


def _untracked(site: SmallSite) -> None:
    site.post("ada/new one.md")


def _ignored(site: SmallSite) -> None:
    site.write(".gitignore", "*.md\n")
    site.post("ada/secret.md")


def _older_commit(site: SmallSite) -> None:
    _edit_and_commit(site)
    site.build()
    git(site.folder, "checkout", "-q", "HEAD~1")


def _same_size_and_time(site: SmallSite) -> None:
    file = site.folder / "content/blogs/ada/a.md"
    stamp = file.stat()
    file.write_bytes(file.read_bytes().replace(b"Text", b"Test"))
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


PLAIN = (_edit, _edit_and_commit, _move, _delete, _untracked, _ignored, _older_commit, _same_size_and_time)


@pytest.mark.parametrize("edit", PLAIN, ids=lambda edit: edit.__name__.strip("_"))
def test_git_says_what_changed(repository: SmallSite, walked: list[str], edit: Callable[[SmallSite], None]) -> None:
    edit(repository)
    walked.clear()
    repository.build()
    assert walked == ["theme/static"], "no folder that git knows is walked"
    compare(repository, [edit.__name__])


def _converted(site: SmallSite) -> None:
    site.write("content/.gitattributes", "* text=auto\n")
    _commit(site)
    site.write("content/blogs/ada/a.md", (site.folder / "content/blogs/ada/a.md").read_bytes().replace(b"\n", b"\r\n"))


def _converted_by_setting(site: SmallSite) -> None:
    git(site.folder, "config", "core.autocrlf", "input")
    site.write("content/blogs/ada/a.md", (site.folder / "content/blogs/ada/a.md").read_bytes().replace(b"\n", b"\r\n"))


def _not_looked_at(site: SmallSite) -> None:
    git(site.folder, "update-index", "--assume-unchanged", "content/blogs/ada/a.md")
    _edit(site)


def _sparse(site: SmallSite) -> None:
    git(site.folder, "update-index", "--skip-worktree", "content/blogs/ada/a.md")
    site.remove("content/blogs/ada/a.md")


def _symbolic_link(site: SmallSite) -> None:
    (site.folder / "content/blogs/ada/link.md").symlink_to("a.md")
    _commit(site)


def _folder_behind_a_link(site: SmallSite) -> None:
    (site.folder / "content/blogs/ada").rename(site.folder / "elsewhere")
    (site.folder / "content/blogs/ada").symlink_to("../../elsewhere")


def _nested_repository(site: SmallSite) -> None:
    git(site.folder, "init", "-q", "content/blogs/nested")
    site.post("nested/x.md")


def _submodule(site: SmallSite) -> None:
    _nested_repository(site)
    git(site.folder / "content/blogs/nested", "add", "-A")
    git(site.folder / "content/blogs/nested", "commit", "-q", "-m", "nested")
    _commit(site)
    site.post("nested/y.md")


def _odd_name(site: SmallSite) -> None:
    site.write("content/blogs/ada/a\tb.md", "x")
    _commit(site)


def _folder_named_as_a_post(site: SmallSite) -> None:
    site.write("content/blogs/ada/folder.md/pic.svg", "<svg/>")
    _commit(site)


def _no_commits(site: SmallSite) -> None:
    shutil.rmtree(site.folder / ".git")
    git(site.folder, "init", "-q")
    _edit(site)


def _no_repository(site: SmallSite) -> None:
    shutil.rmtree(site.folder / ".git")
    _edit(site)


def _long_path(site: SmallSite) -> None:
    site.post(f"ada/{'/'.join(['d' * 200] * 6)}/x.md")
    _commit(site)


ODD = (
    _long_path,
    _converted, _converted_by_setting, _not_looked_at, _sparse, _symbolic_link, _folder_behind_a_link,
    _nested_repository, _submodule, _odd_name, _folder_named_as_a_post, _no_commits, _no_repository,
)  # fmt: skip


@pytest.mark.parametrize("edit", ODD, ids=lambda edit: edit.__name__.strip("_"))
def test_where_git_cannot_be_trusted_every_file_is_looked_at(
    repository: SmallSite, edit: Callable[[SmallSite], None]
) -> None:
    edit(repository)
    compare(repository, [edit.__name__])
    repository.post("ada/later.md")
    compare(repository, [edit.__name__, "another post"])


def test_a_fresh_clone_with_the_store_restored_reads_what_changed(
    repository: SmallSite, walked: list[str], tmp_path: Path
) -> None:
    _edit_and_commit(repository)
    folder = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(repository.folder), str(folder))
    clone = SmallSite(folder)
    shutil.copytree(repository.folder / "cache", folder / "cache")
    walked.clear()
    result = clone.build()
    assert walked == ["theme/static"]
    assert result.posts == 4
    compare(clone, ["clone"])


def test_a_shallow_clone_builds_what_is_there(repository: SmallSite, tmp_path: Path) -> None:
    _edit_and_commit(repository)
    folder = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository.folder}", str(folder))
    clone = SmallSite(folder)
    shutil.copytree(repository.folder / "cache", folder / "cache")
    compare(clone, ["shallow clone"])
    clone.post("ada/d.md")
    compare(clone, ["shallow clone", "a post"])


def test_a_linked_work_tree_is_as_good_as_a_clone(repository: SmallSite, walked: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "linked"
    git(repository.folder, "worktree", "add", "-q", "--detach", str(folder))
    linked = SmallSite(folder)
    linked.build()
    linked.post("ada/a.md", "Words in the linked tree.\n")
    walked.clear()
    linked.build()
    assert walked == ["theme/static"]
    compare(linked, ["linked work tree"])


def test_a_hook_builds_its_own_repository(
    repository: SmallSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    git(tmp_path, "init", "-q", "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "other/.git/index"))
    _edit(repository)
    compare(repository, ["in a hook"])


def test_what_was_committed_and_what_was_not_are_told_apart_at_every_turn(repository: SmallSite) -> None:
    repository.post("ada/a.md", "Not committed.\n")
    compare(repository, ["an edit"])
    _commit(repository)
    compare(repository, ["the edit is committed"])
    repository.post("ada/b.md", "Other.\n")
    compare(repository, ["the edit is committed", "another edit"])
    git(repository.folder, "checkout", "-q", "--", "content/blogs/ada/b.md")
    compare(repository, ["the edit is committed", "another edit", "is taken back"])
    git(repository.folder, "checkout", "-q", "HEAD~1")
    compare(repository, ["the edit is committed", "another edit", "is taken back", "the commit too"])
    _delete(repository)
    compare(repository, ["the edit is committed", "another edit", "is taken back", "the commit too", "one removed"])


def test_a_repository_of_longer_digests_is_asked_too(
    tmp_path: Path, walked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    site = SmallSite(tmp_path / "site")
    site.person("ada", "Ada")
    site.post("ada/a.md")
    git(site.folder, "init", "-q", "-b", "main", "--object-format=sha256")
    _commit(site)
    _age(site)
    site.build()
    walked.clear()
    site.post("ada/a.md", "Other words.\n")
    _commit(site)
    assert "blogs/ada/a/index.html" in site.build().changed
    assert walked == ["theme/static"]
    compare(site, ["another text"])
