"""The package that pip makes of this repository: it carries all that a content repository needs, and upgrades leave that as it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.building import ROOT, files_below
from tests.test_incremental import git
from tests.test_quickstart import BYLINES

_QUICKSTART = (
    "quickstart blogs --git --name Tideworks --url https://blogs.corp.example --keeper ada --publish-to ../served"
).split()


class Machine:
    """An environment that holds no Bylines, and no repository of it; what Bylines needs is there already."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home, self.python = folder, folder / "home", folder / "env/bin/python"
        self.blogs = folder / "blogs"
        self.home.mkdir(parents=True)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "env"], check=True)
        packages = next((folder / "env/lib").glob("python*/site-packages"))
        (packages / "needed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")

    def install(self, wheel: Path) -> None:
        pip = [
            sys.executable,
            "-m",
            "pip",
            "--python",
            self.python,
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, "--no-deps", "--no-index", "--force-reinstall", wheel], check=True)

    def bylines(self, *command: str, at: Path | None = None) -> str:
        """What a command says, in an environment of a path and an empty home."""
        done = subprocess.run(
            [self.python, "-m", "bylines", *command],
            cwd=at or self.blogs,
            env={"PATH": os.environ["PATH"], "HOME": str(self.home), "SOURCE_DATE_EPOCH": "1790000000"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def wheel_of(source: Path, folder: Path) -> Path:
    """The wheel that pip builds of a repository, without the network."""
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(source)], check=True)
    return next(folder.glob("*.whl"))


def _copy(folder: Path) -> Path:
    """This repository as it stands here, without what is built of it."""
    named = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, named.split("\0")):
        if not name.startswith(("tests/", "benchmarks/", "content/", "authors/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name, follow_symlinks=False)
    return folder


@pytest.mark.long
def test_a_wheel_holds_every_file_that_the_package_names(tmp_path: Path) -> None:
    names = set(zipfile.ZipFile(wheel_of(_copy(tmp_path / "bylines"), tmp_path)).namelist())
    package = ROOT / "plugins/bylines"
    held = {
        f"bylines/{file.relative_to(package)}"
        for folder, _, files in os.walk(package, followlinks=True)
        for file in (Path(folder) / name for name in files)
        if "__pycache__" not in folder
    }
    assert held - names == set()
    assert {name for name in names if ".dist-info/" not in name} - held == set()


@pytest.mark.long
def test_a_site_is_begun_and_built_where_only_the_wheel_is(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "machine")
    machine.install(wheel_of(_copy(tmp_path / "bylines"), tmp_path))
    shutil.rmtree(tmp_path / "bylines")
    machine.bylines(*_QUICKSTART, "--bylines", BYLINES, at=machine.folder)
    said = machine.bylines("build", "--settings", "publishconf.py", "--strict")
    assert said.startswith("1 posts of 1 blogs on ")
    built = files_below(machine.blogs / "output")
    assert {"index.html", "blogs/ada/index.html", "theme/css/site.css", "search/index.html"} <= built.keys()
    found = subprocess.run(
        [machine.python, "-c", "import bylines.settings; print(bylines.settings.OWN_THEME)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=machine.folder,
        env={},
    )
    assert found.stdout.startswith(str(machine.folder)), "nothing comes from this repository"


@pytest.mark.long
def test_an_upgrade_changes_one_line_and_keeps_the_rest(tmp_path: Path) -> None:
    """From an older Bylines, with other words in a template and another store, to this one."""
    older = _copy(tmp_path / "older")
    for file, there, then in (
        ("theme/templates/base.html", "<body", "<!-- the older Bylines -->\n<body"),
        ("theme/static/css/print.css", "", "/* older */\n"),
        (
            "plugins/bylines/engine/store.py",
            "CREATE TABLE address (",
            "CREATE TABLE older (name TEXT);\nCREATE TABLE address (",
        ),
    ):
        text = (older / file).read_text()
        assert there in text
        (older / file).write_text(text.replace(there, then, 1))
    old, new = wheel_of(older, tmp_path / "old"), wheel_of(_copy(tmp_path / "newer"), tmp_path / "new")
    machine = Machine(tmp_path / "machine")
    machine.install(old)
    machine.bylines(*_QUICKSTART, "--bylines", BYLINES, at=machine.folder)
    conf = machine.blogs / "publishconf.py"
    conf.write_text(conf.read_text() + "BYLINES_SEARCH = False\n")
    git(machine.blogs, "commit", "-qam", "Leave search out")
    publish = ["build", "--settings", "publishconf.py", "--delta", "delta"]
    machine.bylines(*publish)
    machine.bylines("published", "delta", "--settings", "publishconf.py")
    first = files_below(machine.blogs / "delta/files")
    assert b"<!-- the older Bylines -->" in first["index.html"]

    machine.install(new)
    pin = machine.blogs / "requirements.txt"
    pin.write_text(pin.read_text().replace("@0123", "@9876"))
    assert "all there is" not in machine.bylines(*publish)
    changed = files_below(machine.blogs / "delta/files")
    said = b"".join(changed.values())
    assert b"the older Bylines" not in said
    assert b"/* older */" not in said
    machine.bylines("published", "delta", "--settings", "publishconf.py")
    assert git(machine.blogs, "status", "--porcelain") == " M requirements.txt\n"
    assert git(machine.blogs, "diff", "--numstat") == "1\t1\trequirements.txt\n"
    shutil.rmtree(machine.blogs / "cache")
    machine.bylines("build", "--settings", "publishconf.py")
    clean = files_below(machine.blogs / "output")
    assert {**first, **changed} == clean, "what is served is what a clean build of the new version makes"
    assert changed.keys() < clean.keys(), "and only what differs was uploaded"
