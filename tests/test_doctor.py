"""`doctor` with each thing broken for real: it names it, says what to do, changes nothing, and never ends by itself."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bylines.commands.doctor import doctor
from bylines.doctor import disk, examined, repository, versions
from bylines.doctor.finding import Finding
from bylines.engine.lock import holder
from tests.building import SmallSite, files_below
from tests.projects import configure, run, started


@pytest.fixture
def project(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    """A site with a settings file that was built, in which we are."""
    configure(site)
    site.write("pelicanconf.py", (site.folder / "pelicanconf.py").read_text() + "BYLINES_TAG = 'tag:x.example,2026'\n")
    site.post("ada/x.md")
    monkeypatch.chdir(site.folder)
    monkeypatch.delenv("CI", raising=False)
    return site


@pytest.fixture
def built(project: SmallSite) -> SmallSite:
    """It was built by the command."""
    from bylines import frame

    frame.build("pelicanconf.py")
    return project


def _found(area: str, state: str = "") -> list[str]:
    return [
        f"{found.message}; {found.mend}" if found.mend else found.message
        for found in examined("pelicanconf.py")
        if found.area == area and state in ("", found.state)
    ]


def _problems() -> list[Finding]:
    return [found for found in examined("pelicanconf.py") if found.state == "problem"]


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@x.example", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
    )


def test_a_sound_site_has_no_problem_and_nothing_is_changed(built: SmallSite) -> None:
    before = files_below(built.folder)
    assert _problems() == []
    assert len(_found("store", "ok")) == 1 and " a post, built " in _found("store", "ok")[0]
    assert _found("output") == ["output is what the last build of pelicanconf.py left"]
    assert files_below(built.folder) == before


def test_the_command_says_each_finding_in_a_line_and_ends_with_1_where_there_is_a_problem(
    built: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    built.write("publishconf.py", "from pelicanconf import *\nSITEURL = ''\nBYLINES_SETTINGS_FILE = __file__\n")
    said = run(built.folder, "doctor")
    assert said.returncode == 1, said.stderr
    assert (
        "problem  settings  publishconf.py: SITEURL is empty; set the address at which the site is published"
        in said.stdout
    )
    assert said.stdout.splitlines()[-1].startswith("1 problem, ")
    assert doctor("pelicanconf.py", json=True) == 1
    as_json = json.loads(capsys.readouterr().out)
    assert as_json["problem"] == 1
    assert {"area", "state", "message", "mend"} == set(as_json["findings"][0])


def test_a_store_of_which_bytes_changed_is_damaged(built: SmallSite) -> None:
    store = built.folder / "cache/bylines-pelicanconf.sqlite"
    data = bytearray(store.read_bytes())
    data[5000] ^= 0xFF
    store.write_bytes(data)
    assert _found("store", "problem") == [
        "cache/bylines-pelicanconf.sqlite is not what was sealed: the next build is a clean one; "
        "see to the disk if you did not change it"
    ]
    store.write_bytes(b"not a store")
    assert len(_found("store", "problem")) == 1
    shutil.rmtree(built.folder / "cache")
    assert _found("store") == ["cache/bylines-pelicanconf.sqlite is not there: the next build is a clean one"]
    built.write("cache", "a file")
    assert _found("store", "problem") == ["cache is not a folder, where the store is due; move it away"]


def test_a_store_that_cannot_be_read_behind_a_fitting_seal_is_said(built: SmallSite) -> None:
    from bylines.engine.store import Seal, _seal

    store = str(built.folder / "cache/bylines-pelicanconf.sqlite")
    seal = json.loads(Path(f"{store}.seal").read_bytes())
    Path(store).write_bytes(b"\0" * 10_000)
    _seal(store, Seal(**seal).identity)
    assert _found("store", "problem")[0].startswith("cache/bylines-pelicanconf.sqlite cannot be read (")


def test_a_store_of_another_version_without_seal_or_of_a_build_that_broke_off_is_noted(built: SmallSite) -> None:
    store = built.folder / "cache/bylines-pelicanconf.sqlite"
    built.write("pelicanconf.py", (built.folder / "pelicanconf.py").read_text() + "SITESUBTITLE = 'other'\n")
    assert "was written by another version or for other settings" in _found("store", "note")[0]
    store.with_name(store.name + "-journal").write_bytes(b"")
    assert "was broken off" in _found("store", "note")[0]
    store.with_name(store.name + ".seal").write_text("{")
    assert "has no seal that can be read" in _found("store", "note")[1]


def test_a_build_that_is_at_work_is_named(built: SmallSite) -> None:
    lock = built.folder / ".output.lock"
    with lock.open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert _found("store")[0].startswith(f"a build is at work in output (process {os.getpid()}, since ")
    assert holder(str(built.folder / "output")) is None


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("SITENAME = 'x", "pelicanconf.py:16: this is not Python"),
        ("TIMEZONE = 'Mars'", "pelicanconf.py: TIMEZONE is 'Mars', which is no time zone"),
        (
            "BYLINES_FEATURES = ['bylines.markup']",
            "pelicanconf.py: BYLINES_FEATURES names bylines.markup, which is not a cap",
        ),
        ("PATH = 'gone'", "pelicanconf.py: PATH is 'gone', where no folder is"),
    ],
)
def test_settings_that_do_not_load_are_a_problem_and_the_rest_is_told(built: SmallSite, lines: str, said: str) -> None:
    built.write("pelicanconf.py", (built.folder / "pelicanconf.py").read_text() + lines + "\n")
    (problem,) = _problems()
    assert problem.area == "settings" and problem.message.startswith(said), problem
    assert {found.area for found in examined("pelicanconf.py")} == {"versions", "clock", "settings", "git"}
    (problem,) = [found for found in examined("nothing.py") if found.state == "problem"]
    assert problem.message == "there is no settings file nothing.py; name one with --settings"


def test_a_settings_file_that_is_no_text_is_said_without_a_trace_of_python(built: SmallSite) -> None:
    for data, said in (
        (b"x = 1\0", "pelicanconf.py: this is not Python"),
        (b"x = 1\n\xff = 2\n", "pelicanconf.py:2: this is not Python ("),
    ):
        built.write("pelicanconf.py", data)
        (problem,) = _problems()
        assert said in problem.message and "<frozen" not in problem.message


def test_a_plugin_that_is_not_there_is_a_problem(built: SmallSite) -> None:
    text = (built.folder / "pelicanconf.py").read_text()
    built.write("more/mine.py", "")
    built.write("pelicanconf.py", f"{text}PLUGINS = ['bylines', 'mine', 'nope']\nPLUGIN_PATHS = ['more']\n")
    assert _found("settings", "problem") == [
        "pelicanconf.py: PLUGINS names 'nope', which is not there: builds go on without it; install it, or take it out"
    ]


def test_what_pelican_warns_of_is_noted(built: SmallSite) -> None:
    built.write("pelicanconf.py", (built.folder / "pelicanconf.py").read_text() + "ARTICLE_DIR = 'x'\n")
    assert "pelicanconf.py: Deprecated setting ARTICLE_DIR, moving it to ARTICLE_PATHS list" in _found(
        "settings", "note"
    )


def test_what_is_odd_in_the_settings_is_noted(built: SmallSite) -> None:
    text = (built.folder / "pelicanconf.py").read_text().replace("BYLINES_TAG", "X_TAG")
    built.write(
        "pelicanconf.py", text + "DEFAULT_PAGINATION = 5\nIGNORE_FILES = []\nTIMEZNE = 'UTC'\nSLUGIFY_SOURCE = 'x'\n"
    )
    noted = _found("settings", "note")
    assert any("BYLINES_TAG is not set" in line for line in noted), noted
    assert any("sets DEFAULT_PAGINATION, SLUGIFY_SOURCE, which does nothing here" in line for line in noted), noted


def test_no_git_and_a_program_of_that_name_that_fails_are_told(
    built: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = built.folder / "bin"
    empty.mkdir()
    with monkeypatch.context() as patched:
        patched.setenv("PATH", str(empty))
        patched.setitem(repository._ENV, "PATH", str(empty))
        (said,) = _found("git")
    assert said.startswith("git cannot be run (No such file or directory)") and said.endswith("install git")
    assert any("is in no git repository" in line for line in _found("git", "note"))


def test_kinds_of_clones_and_settings_of_git_that_matter_are_told(project: SmallSite, tmp_path: Path) -> None:
    origin = project.folder
    _git(origin, "init", "-q")
    assert any("has no commit yet" in line for line in _found("git", "note"))
    _git(origin, "add", "authors", "content", "pelicanconf.py")
    _git(origin, "commit", "-qm", "x")
    _git(origin, "commit", "-qm", "y", "--allow-empty")
    clone = tmp_path / "clone"
    _git(tmp_path, "clone", "-q", "--depth", "1", "--filter=blob:none", f"file://{origin}", str(clone))
    _git(clone, "sparse-checkout", "set", "authors")
    (clone / ".gitattributes").write_text("* text=auto\n")
    said = {found.state: found.message for found in repository.findings(str(clone)) if "version" not in found.message}
    all_said = " ".join(f"{found.state}: {found.message}" for found in repository.findings(str(clone)))
    for expected in ("note: the clone is shallow", "note: the clone is partial", "problem: the checkout is sparse",
                     "3 files, not watched", "note: git may change bytes"):  # fmt: skip
        assert expected in all_said, (expected, said)


def test_a_clone_of_somebody_elses_is_told_with_its_mend(project: SmallSite) -> None:
    if os.geteuid():
        pytest.skip("only root can give a folder to somebody else")
    _git(project.folder, "init", "-q")
    for path in (project.folder, project.folder / ".git"):
        os.chown(path, 12_345, 12_345)
    (said,) = _found("git", "problem")
    assert "belongs to another user" in said and "safe.directory" in said


def test_files_of_others_and_pages_that_are_missing_are_counted(built: SmallSite) -> None:
    built.write("output/CNAME", "x")
    built.write("output/old/index.html", "x")
    (built.folder / "output/index.html").unlink()
    (built.folder / ".output.stage").mkdir()
    said = _found("output")
    assert said[0].startswith(".output.stage is left of a build that was broken off")
    assert said[2:] == [
        "1 pages are missing (index.html); the next build makes them",
        "2 files that no build wrote stay (CNAME, old/index.html)",
    ]
    built.write("pelicanconf.py", (built.folder / "pelicanconf.py").read_text() + "BYLINES_LOOK_AT = 1\n")
    assert _found("output")[2:] == ["2 files that no build wrote stay (CNAME, old)"]
    (built.folder / ".output.written").write_text("=another\n")
    assert "is not what a store remembers" in _found("output")[1]
    shutil.rmtree(built.folder / "output")
    built.write("output", "a file")
    assert _found("output", "problem") == ["output is not a folder; move it away"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Any]:
    """A way to mount a small disk, which only root has."""
    mounted: list[Path] = []

    def mount(place: Path, *options: str) -> None:
        place.mkdir(exist_ok=True)
        if shutil.which("mount") is None:
            pytest.skip("there is no mount on this machine, by which a small disk is made")
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(place)], capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip("a small disk can be mounted by root alone")
        mounted.append(place)

    yield mount
    for place in mounted:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_and_one_without_room_for_files_are_problems(project: SmallSite, small_disk: Any) -> None:
    small_disk(project.folder / "output", "size=1m", "nr_inodes=50")
    (project.folder / "output/fill").write_bytes(b"x" * 1_000_000)
    said = _found("disk", "problem")
    assert any("free at output, too little to build; make room" in line for line in said), said
    assert any("more files can be made at output" in line for line in said), said
    assert any("output is a mount of its own" in line for line in _found("disk", "note"))


def test_a_folder_that_cannot_be_written_is_a_problem(built: SmallSite, small_disk: Any) -> None:
    small_disk(built.folder / "output", "ro")
    assert (
        _found("disk", "problem")[0]
        == "output cannot be written, where the output is due; see to its permissions, or its mount"
    )


@pytest.mark.parametrize(
    ("address", "path", "says"),
    [
        ("", "", "BYLINES_PUBLISH_TO is not set; `publish` has to be told where"),
        ("deploy@www", "", "BYLINES_PUBLISH_TO: 'deploy@www' is no place to publish to"),
        ("deploy@www:/srv", "/nothing", "BYLINES_PUBLISH_TO is deploy@www:/srv, and there is no ssh here; install it"),
        ("/srv/www", "/nothing", ""),
    ],
)
def test_a_place_where_nobody_can_publish_from_here_is_told(
    project: SmallSite, monkeypatch: pytest.MonkeyPatch, address: str, path: str, says: str
) -> None:
    project.write(
        "publishconf.py",
        f"from pelicanconf import *\nBYLINES_SETTINGS_FILE = __file__\nBYLINES_PUBLISH_TO = {address!r}\n",
    )
    if path:
        monkeypatch.setenv("PATH", path)
    found = [line for line in _found("settings") if "BYLINES_PUBLISH_TO" in line]
    assert found[0].startswith(f"publishconf.py: {says}") if says else not found


def test_settings_that_are_half_read_are_not_believed(project: SmallSite) -> None:
    project.write("publishconf.py", "from pelicanconf import *\nBYLINES_SETTINGS_FILE = __file__\n")
    project.write("pelicanconf.py", (project.folder / "pelicanconf.py").read_text() + "X = 1 / 0\n")
    line = "ZeroDivisionError: division by zero; mend the line; what follows from these settings was not looked at"
    first, second = _found("settings")
    assert first.endswith(line)
    assert second.startswith("publishconf.py: pelicanconf.py:")
    assert second.endswith(line)


def test_versions_that_are_not_the_locked_ones_are_named(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text(
        "pelican==9.9 \\\n    --hash=sha256:0\nnothing-of-that-name==1\nold-python==1 ; python_full_version < '3.0'\nicu==1 # x\n"
    )
    (wrong,) = [found for found in versions.findings(str(tmp_path)) if found.state == "problem"]
    assert "nothing-of-that-name is missing (locked: 1), pelican 4.12.0 (locked: 9.9)" in wrong.message
    assert "old-python" not in wrong.message
    assert "make setup" in wrong.mend
    lock.write_text(f"# A comment\nbylines @ git+https://git.example/bylines@{'0123456789' * 4}\n")
    said = [str(found) for found in versions.findings(str(tmp_path))]
    assert any("Bylines runs from" in line and "requirements.txt says 0123456789" in line for line in said)
    assert not any("all 0 packages" in line for line in said), "but those that this Bylines brings"
    lock.unlink()
    assert any("no lock file" in found.message for found in versions.findings(str(tmp_path)))


def test_a_library_that_is_missing_hides_nothing_else(built: SmallSite) -> None:
    program = "import sys; sys.modules['icu'] = None; from bylines.commands.doctor import doctor; sys.exit(doctor())"
    process = started(built.folder, program=program)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (1, "")
    assert (
        "problem  versions  ICU cannot be had (import of icu halted; None in sys.modules); `make setup` installs it"
        in out
    )
    assert "problem  settings  this could not be looked at (ModuleNotFoundError" in out
    assert "ok       git       git version" in out


def test_a_clock_that_cannot_be_right_is_a_problem(monkeypatch: pytest.MonkeyPatch, built: SmallSite) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert _found("clock", "problem")[0].startswith("SOURCE_DATE_EPOCH is 'soon'")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert "1970-01-01" in _found("clock", "note")[0]
    monkeypatch.setattr("bylines.doctor.clock.time.time", lambda: 86_400.0)
    assert "before this program was installed" in _found("clock", "problem")[0]


def test_the_file_system_of_a_place_is_known_by_the_longest_mount(tmp_path: Path, small_disk: Any) -> None:
    small_disk(tmp_path / "a disk", "size=1m")
    if not Path("/proc/self/mounts").exists():
        pytest.skip("this machine does not say what is mounted where: there is no /proc")
    assert disk.kind_of(str(tmp_path / "a disk/below")) == "tmpfs"
    assert disk.kind_of(str(tmp_path / "a disks")) == disk.kind_of(str(tmp_path))
    assert disk.kind_of("/proc/self") == "proc" != disk.kind_of("/")
    assert not disk.ignores_case(str(tmp_path / "a disk"))


def test_the_exit_code_of_a_sound_site_is_0(built: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor("pelicanconf.py") == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("no problems, ")
