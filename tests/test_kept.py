"""Compiled templates are kept in the user's own folder, where nobody else may write, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bylines.engine import user_cache
from tests.building import NOW, SmallSite
from tests.projects import configure, run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of caches."""
    folder = tmp_path / "home"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


def _build(site: SmallSite) -> None:
    """A build in a process of its own, which has no template in memory."""
    done = run(site.folder, "build", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def project(site: SmallSite) -> SmallSite:
    """A small project with a post."""
    site.post("ada/one.md")
    configure(site)
    return site


def _compiled(home: Path) -> list[Path]:
    return sorted(file for file in home.rglob("*") if file.is_file())


def test_templates_are_compiled_once_for_all_builds(home: Path, project: SmallSite) -> None:
    _build(project)
    before = {file: file.stat().st_mtime_ns for file in _compiled(home)}
    assert len(before) > 10
    pages = project.built()
    project.remove("output")
    project.remove("cache")
    _build(project)
    assert {file: file.stat().st_mtime_ns for file in _compiled(home)} == before
    assert project.built() == pages


@pytest.mark.parametrize("data", [b"", b"nonsense", None])
def test_a_damaged_file_is_as_good_as_none(home: Path, project: SmallSite, data: bytes | None) -> None:
    _build(project)
    pages = project.built()
    for file in _compiled(home):
        file.write_bytes(file.read_bytes()[:-9] if data is None else data)
    project.remove("output")
    project.remove("cache")
    _build(project)
    assert project.built() == pages


def test_what_others_may_write_is_not_believed(home: Path) -> None:
    folder = Path(user_cache.folder("templates", "0" * 40))
    assert folder.is_relative_to(home)
    assert folder.stat().st_mode & 0o777 == 0o700
    for open_to_others in (folder, folder.parent, folder.parent.parent):
        open_to_others.chmod(0o770)
        assert user_cache.folder("templates", "0" * 40) == ""
        open_to_others.chmod(0o700)
    assert user_cache.folder("templates", "0" * 40) == str(folder)


def test_a_link_to_elsewhere_and_a_folder_that_cannot_be_made_are_done_without(
    home: Path, tmp_path: Path, project: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (home / "bylines").symlink_to(tmp_path / "elsewhere")
    assert user_cache.folder("templates", "1" * 40) == ""
    (tmp_path / "file").write_text("")
    for nowhere in (str(tmp_path / "file"), "relative"):
        monkeypatch.setenv("XDG_CACHE_HOME", nowhere)
        assert user_cache.folder("templates", "1" * 40) == ""
    _build(project)
    assert project.page("blogs/ada/one/index.html")


def test_only_the_newest_versions_are_kept(home: Path) -> None:
    folders = [Path(user_cache.folder("templates", f"{number:040}")) for number in range(20)]
    for age, folder in enumerate(folders):
        if folder.exists():
            os.utime(folder, (NOW + age, NOW + age))
    user_cache.folder("templates", "f" * 40)
    assert len(list(folders[0].parent.iterdir())) == 16
    assert not folders[0].exists()
    assert folders[-1].exists()
