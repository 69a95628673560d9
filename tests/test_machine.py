"""The machine that builds: whatever its umask and its locale say, and wherever it stands, the site is the same and can be read."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bylines.engine.workflow import in_workflow
from tests.building import ROOT, SmallSite, files_below
from tests.projects import configure
from tests.publications import project_in, publish, published, setting
from tests.test_incremental import git


@contextlib.contextmanager
def umask(mask: int) -> Iterator[None]:
    """A umask for a while."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    """The modes of a folder and all below it, by path, of those that a server could not read."""
    found = {}
    for path in (folder, *folder.rglob("*")):
        wanted = 0o755 if path.is_dir() else 0o644
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & wanted != wanted:
            found[str(path.relative_to(folder))] = oct(mode)
    return found


@pytest.fixture
def project(tmp_path: Path) -> SmallSite:
    """Ada and Bob with a few posts, in a git repository."""
    return project_in(tmp_path / "project")


# umask
@pytest.mark.parametrize("mask", (0o077, 0o027, 0o022, 0o002))
def test_what_is_published_can_be_read_whatever_the_umask(project: SmallSite, tmp_path: Path, mask: int) -> None:
    with umask(mask):
        published(project, str(tmp_path / "parent/www"))
    found = modes(tmp_path / "parent/www")
    assert {path for path in found if not path.startswith(".bylines-stage")} == set()
    assert not mask & 0o055 or stat.S_IMODE((project.folder / "cache").stat().st_mode) & 0o055 & mask == 0


def test_what_was_published_closed_is_opened(project: SmallSite, tmp_path: Path) -> None:
    place = tmp_path / "www"
    published(project, str(place))
    (place / "index.html").chmod(0o600)
    (project.folder / "cache/bylines-pelicanconf.manifest").unlink()
    published(project, str(place))
    assert stat.S_IMODE((place / "index.html").stat().st_mode) == 0o644


def test_a_build_and_its_delta_can_be_read_and_its_store_cannot(site: SmallSite) -> None:
    site.post("ada/tide/index.md", "[Figures](a.csv)\n")
    site.write("content/blogs/ada/tide/a.csv", b"a,b\n")
    os.chmod(site.folder / "content/blogs/ada/tide/a.csv", 0o600)
    with umask(0o077):
        site.build()
        assert modes(site.folder / "output") == {}
        site.post("ada/ebb.md")
        site.build()
        assert modes(site.folder / "output") == {}
        assert os.umask(0o077) == 0o077, "it is put back"
    stores = list((site.folder / "cache").glob("*.sqlite"))
    assert stores and all(stat.S_IMODE(store.stat().st_mode) == 0o600 for store in stores)


# Locale
_NAMES = "content/blogs/ada/Prüfstand-日本/index.md", "content/blogs/ada/übung.md"
_BODY = "---\ntitle: Über die Flut 潮\ndate: 2026-01-02\n---\nSmørrebrød, [data](日本.csv), ‘quotes’ – 潮\n"


@pytest.fixture(scope="module")
def latin(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables of a locale of ISO-8859-1, made for this."""
    program = shutil.which("localedef")
    folder = tmp_path_factory.mktemp("locales")
    made = program and subprocess.run(
        [program, "-i", "de_DE", "-f", "ISO-8859-1", str(folder / "de_DE.ISO-8859-1")], capture_output=True, check=False
    )
    if not made or not (folder / "de_DE.ISO-8859-1").exists():
        pytest.skip("no locale can be made on this machine (localedef, and the sources of locales)")
    return {"LOCPATH": str(folder), "LC_ALL": "de_DE.ISO-8859-1", "LANG": "de_DE.ISO-8859-1"}


_ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
_LOCALES = {
    "C": {"LC_ALL": "C", "LANG": "C"},
    "ascii": _ASCII,
    "posix": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "streams": {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "ascii"},
    "cp1252": {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "cp1252:strict"},
    "none": {"LC_ALL": "xx_XX.nonsense", "PYTHONUTF8": "0"},
}


def _said_in(
    folder: Path, variables: dict[str, str], *command: str, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "PYTHONUTF8", "PYTHONIO", "LANG"))
    }
    own = {**kept, "PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": "1790000000", **variables}
    return subprocess.run(command, cwd=folder, env=own, input=given, capture_output=True, check=False, timeout=120)


def _named(folder: Path) -> SmallSite:
    site = SmallSite(folder)
    configure(site)
    setting(site, "BYLINES_COVERS", False)
    setting(site, "BYLINES_SEARCH", False)
    site.person("ada", "Ada Løvelace")
    for name in _NAMES:
        site.write(name, _BODY)
    site.write("content/blogs/ada/Prüfstand-日本/日本.csv", b"a,b\n")
    site.write("content/blogs/ada/wröng.md", "---\ntitel: 潮\n---\nx\n")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Über 潮")
    site.write("content/blogs/ada/ändern.md", _BODY)
    return site


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What comes out in a locale of UTF-8."""
    site = _named(tmp_path_factory.mktemp("utf8"))
    done = _said_in(site.folder, {"LC_ALL": "C.UTF-8"}, sys.executable, "-m", "bylines", "build")
    assert "wröng.md" in done.stderr.decode()
    found = site.built()
    assert any("潮".encode() in text for path, text in found.items() if path.endswith(".html"))
    assert len([path for path in found if "prüfstand" in path.lower()]) > 1
    return found


@pytest.mark.parametrize("name", [*_LOCALES, "latin"])
def test_a_site_is_the_same_in_every_locale(
    name: str, tmp_path: Path, wanted: dict[str, bytes], request: pytest.FixtureRequest
) -> None:
    variables = request.getfixturevalue("latin") if name == "latin" else _LOCALES[name]
    site = _named(tmp_path)
    for command in {"ascii": _COMMANDS[::2], "latin": _COMMANDS[:2]}.get(name, _COMMANDS[:1]):
        for folder in ("output", "cache"):
            shutil.rmtree(tmp_path / folder, ignore_errors=True)
        done = _said_in(tmp_path, variables, *command)
        said = (done.stderr + done.stdout).decode(errors="replace")
        assert done.returncode == 0 and "Traceback" not in said, said
        assert b"wr" in done.stderr, "what is wrong is said"
        assert site.built() == wanted, command


_COMMANDS = (
    [sys.executable, "-m", "bylines", "build"],
    [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py"],
    [str(Path(sys.executable).with_name("pelican")), "content", "-s", "pelicanconf.py"],
)


def test_what_was_built_is_checked_and_published_in_every_locale(tmp_path: Path, wanted: dict[str, bytes]) -> None:
    _named(tmp_path)
    done = _said_in(tmp_path, _ASCII, sys.executable, "-m", "bylines", "check")
    assert b"Traceback" not in done.stderr + done.stdout and "ändern.md:5".encode() in done.stderr
    publication = ("publish", "--settings", "pelicanconf.py", "www-潮")
    done = _said_in(tmp_path, _ASCII, sys.executable, "-m", "bylines", *publication)
    assert done.returncode == 0, done.stderr
    assert {path for path in files_below(tmp_path / "www-潮") if not path.startswith(".")} == set(wanted)


def test_workers_speak_utf_8_too(tmp_path: Path, wanted: dict[str, bytes]) -> None:
    site = _named(tmp_path)
    setting(site, "BYLINES_WORKERS", 2)
    for number in range(60):
        site.write(f"content/blogs/ada/tide-ü{number}.md", _BODY)
    done = _said_in(tmp_path, _ASCII, sys.executable, "-m", "bylines", "build")
    assert done.returncode == 0, done.stderr
    assert "Über die Flut 潮" in site.page("blogs/ada/tide-ü59/index.html")


def test_make_and_invoke_speak_utf_8() -> None:
    assert "export PYTHONUTF8 := 1" in (ROOT / "Makefile").read_text()
    invoke = Path(sys.executable).with_name("invoke")
    done = _said_in(ROOT, _ASCII, sys.executable, str(invoke), "--list")
    assert done.returncode == 0 and b"Traceback" not in done.stderr, done.stderr


# A workflow's machine
@pytest.mark.parametrize(
    ("variables", "is_one"),
    [
        ({"CI": "true"}, True),
        ({"CI": "1"}, True),
        ({"CI": "True"}, True),
        ({"CI": "woodpecker"}, True),
        ({"JENKINS_URL": "https://ci.example/"}, True),
        ({"TF_BUILD": "True"}, True),
        ({"TEAMCITY_VERSION": "2026.1"}, True),
        ({"GITEA_ACTIONS": "true"}, True),
        ({}, False),
        ({"CI": ""}, False),
        ({"CI": "false"}, False),
        ({"CI": "0"}, False),
        ({"CI": "false", "GITHUB_ACTIONS": "true"}, False),
    ],
)
def test_a_workflow_is_known_by_what_its_host_sets(variables: dict[str, str], is_one: bool) -> None:
    assert in_workflow(variables) is is_one


def test_a_folder_of_a_workflows_machine_is_refused_unless_it_is_meant(
    project: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    www = str(tmp_path / "www")
    for options in ((www,), (www, "--dry-run"), ("www",), ("~/www",)):
        done = publish(project, *options)
        assert done.returncode == 1 and "where nobody would see the site" in done.stderr, done.stderr
        assert "--local" in done.stderr and "BYLINES_PUBLISH_TO" in done.stderr
    assert not (tmp_path / "www").exists() and not (project.folder / "output").exists()
    assert publish(project, www, "--local").returncode == 0
    assert (tmp_path / "www/index.html").exists()
