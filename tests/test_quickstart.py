"""`quickstart`: what is asked, what is refused with what to give instead, and that what it writes is a site that works."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bylines.commands.declare import commands
from bylines.commands.quickstart import quickstart
from bylines.guard.rules import rules_from
from bylines.problems import SettingsError
from bylines.quickstart.answers import QUESTIONS, Answers, checked, languages
from bylines.quickstart.files import files_for
from bylines.quickstart.pin import pinned
from tests.building import ROOT, environment, files_below
from tests.projects import run
from tests.terminal import typed
from tests.test_incremental import git

NOW = dt.datetime(2026, 9, 21, 12, 0, tzinfo=dt.UTC)
BYLINES = "bylines @ git+https://git.example/bylines@0123456789012345678901234567890123456789"
OPTIONS = {
    "--name": "Meridian Tideworks",
    "--timezone": "Europe/Lisbon",
    "--url": "https://blogs.corp.example",
    "--keeper": "ada",
    "--email": "ada@corp.example",
    "--bylines": BYLINES,
}
ANSWERS = Answers(
    name="Meridian Tideworks",
    lang="en",
    timezone="Europe/Lisbon",
    accent="#0b6e4f",
    url="https://blogs.corp.example",
    publish_to="/srv/blogs",
    host="github",
    repository="https://github.com/corp/blogs",
    keeper="ada",
    keeper_name="Ada Lovelace",
    email="ada@corp.example",
    account="ada-corp",
)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which git knows nobody."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


def begin(folder: Path, *more: str, **options: str) -> subprocess.CompletedProcess[str]:
    """Runs `quickstart` for blogs/ in a folder; options are put over those that are given otherwise."""
    wanted = {**OPTIONS, **{f"--{name.replace('_', '-')}": value for name, value in options.items()}}
    words = [word for pair in wanted.items() for word in pair]
    return run(folder, "quickstart", "blogs", *words, *more)


def without_search(blogs: Path) -> None:
    """Switches off what makes a small build slow."""
    conf = blogs / "pelicanconf.py"
    conf.write_text(conf.read_text().replace("BYLINES_SEARCH = True", "BYLINES_SEARCH = False\nBYLINES_COVERS = False"))


def _settings(file: Path) -> dict[str, Any]:
    from pelican.settings import read_settings

    sys.modules.pop("pelicanconf", None)  # what publishconf.py takes in, perhaps of another test
    found: dict[str, Any] = read_settings(str(file))
    return found


# What it writes
@pytest.mark.parametrize(
    ("host", "lang", "direction"), [("github", "en", ' lang="en"'), ("gitlab", "ar", ' dir="rtl"')]
)
def test_what_it_writes_is_a_site_without_a_problem(office: Path, host: str, lang: str, direction: str) -> None:
    done = begin(office, "--git", host=host, lang=lang, publish_to="/srv/blogs")
    assert done.returncode == 0, done.stderr
    blogs = office / "blogs"
    assert git(blogs, "status", "--porcelain") == ""
    without_search(blogs)
    built = run(blogs, "build", "--settings", "publishconf.py", "--strict", "--quiet")
    assert (built.returncode, built.stderr) == (0, "")
    home = (blogs / "output/index.html").read_text()
    assert direction in home.partition("<head>")[0]
    assert "https://blogs.corp.example/blogs/ada/this-is-where-we-write/" in home
    assert not (blogs / "output/about").exists(), "a draft"
    assert git(blogs, "status", "--porcelain") == " M pelicanconf.py\n", "what a build leaves is ignored"


def test_the_drafts_that_it_writes_have_no_problem(office: Path) -> None:
    assert begin(office, lang="de").returncode == 0
    preview = run(office / "blogs", "build", "--preview", "--strict", "--quiet")
    assert (preview.returncode, preview.stderr) == (0, "")
    assert (office / "blogs/.serve/output/guidelines/index.html").exists()


def test_one_template_of_ones_own_stands_before_the_theme_that_comes_with_bylines(office: Path) -> None:
    assert begin(office).returncode == 0
    blogs = office / "blogs"
    conf = (blogs / "pelicanconf.py").read_text()
    own = '# THEME_TEMPLATES_OVERRIDES = ["theme"]'
    assert own in conf
    (blogs / "pelicanconf.py").write_text(conf.replace(own, own.removeprefix("# ")))
    without_search(blogs)
    (blogs / "theme/pages").mkdir(parents=True)
    (blogs / "theme/pages/404.html").write_text("Nothing of {{ SITENAME }} is here.")
    done = run(blogs, "build", "--quiet")
    assert done.returncode == 0, done.stderr
    assert (blogs / "output/404.html").read_text() == "Nothing of Meridian Tideworks is here."
    assert "<footer" in (blogs / "output/index.html").read_text()


def test_options_reach_the_settings(office: Path) -> None:
    options = {"accent": "0B6E4F", "lang": "de-AT", "publish_to": "deploy@www:/srv/b", "host": "gitlab"}
    begin(
        office, repository="https://gitlab.corp.example/x/blogs.git", account="ada-corp", keeper_name="Ada", **options
    )
    found = _settings(office / "blogs/publishconf.py")
    assert found["SITENAME"] == "Meridian Tideworks"
    assert (found["TIMEZONE"], found["DEFAULT_LANG"]) == ("Europe/Lisbon", "de-at")
    assert (found["SITEURL"], found["BYLINES_PUBLISH_TO"]) == ("https://blogs.corp.example", "deploy@www:/srv/b")
    assert found["BYLINES_ACCENT"] == "#0b6e4f"
    assert found["BYLINES_TAG"] == "tag:blogs.corp.example,2026"
    assert found["BYLINES_SOURCE_URL"] == "https://gitlab.corp.example/x/blogs/-/blob/main/content/{path}"
    rules = rules_from((office / "blogs/writers.yaml").read_text())
    assert (rules.keepers, rules.accounts) == (("ada",), (("ada-corp", "ada"),))
    assert yaml.safe_load((office / "blogs/authors/ada.yaml").read_text()) == {
        "name": "Ada",
        "emails": ["ada@corp.example"],
    }
    assert (office / "blogs/requirements.txt").read_text().splitlines()[-1] == BYLINES


_LINE = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).filter(str.strip)


@settings(max_examples=40, deadline=None)
@given(_LINE, _LINE, _LINE)
def test_whatever_a_name_holds_the_files_say_it(name: str, person: str, target: str) -> None:
    said = {"name": name, "keeper_name": person, "publish_to": f"./{target}"}
    kept = {q.field: checked(q, said[q.field]) for q in QUESTIONS if q.field in said}
    files = files_for(ANSWERS._replace(**kept), BYLINES, NOW)
    written: dict[str, Any] = {}
    exec(files["pelicanconf.py"], {"__file__": "pelicanconf.py"}, written)
    assert written["SITENAME"] == kept["name"]
    line = next(line for line in files["publishconf.py"].split("\n") if line.startswith("BYLINES_PUBLISH_TO"))
    exec(line, written)
    assert written["BYLINES_PUBLISH_TO"] == kept["publish_to"]
    assert yaml.safe_load(files["authors/ada.yaml"])["name"] == kept["keeper_name"]
    header = files["content/pages/about.md"].split("---\n")[1]
    assert yaml.safe_load(header)["title"] == f"About {kept['name']}"


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_no_file_names_another_that_is_not_there(host: str) -> None:
    files = files_for(ANSWERS._replace(host=host), BYLINES, NOW)
    said = "".join(text for path, text in files.items() if path.startswith(".git"))
    assert "docs/employee.md" not in said
    assert "README.md says how, under 'In the browser, without a clone'" in said
    assert "\n## In the browser, without a clone\n" in files["README.md"]
    assert "Bylines' docs/keeper.md" in said
    assert not [line for line in said.splitlines() if " docs/" in line.replace("Bylines' docs/", "")]


# What is refused
@pytest.mark.parametrize(
    ("option", "answer", "says"),
    [
        ("lang", "fr", "'fr'; it is one of en, ar, bg, de, es, ja, also with a region"),
        ("timezone", "Europe/Lisboa", "'Europe/Lisboa'; it is a time zone such as Europe/Lisbon"),
        ("timezone", "new york", "'new york'; it is a time zone such as America/New_York"),
        ("accent", "green", "'green'; it is a colour such as #8a3324"),
        ("url", "blogs.corp.example", "'blogs.corp.example'; it is an address such as https://blogs.corp.example"),
        ("url", "ftp://corp.example", "'ftp://corp.example'; it is an address such as https://corp.example"),
        ("url", "https://", "'https://'; it is an address such as https://blogs.example.org"),
        ("url", "https://ada:word@corp.example", "it is an address such as https://blogs.example.org"),
        ("url", "https://corp.example:x", "it is an address such as"),
        ("url", "https://[corp", "it is an address such as"),
        ("host", "svn", "'svn'; it is one of github, gitlab"),
        ("keeper", "Ada Lovelace", "it is a handle of lower-case letters, digits and hyphens, such as ada-lovelace"),
        ("email", "ada", "'ada'; it is an address such as ada@corp.example"),
        ("account", "@ada", "'@ada'; it is the name of an account"),
        ("name", "one\ntwo", "it is one line of text without control characters"),
        ("publish_to", "/srv/\x1b[31m", "it is one line of text without control characters"),
        (
            "publish_to",
            "deploy@www",
            "'deploy@www'; it is a place such as /srv/www/blogs, deploy@www.example:/srv/www/blogs",
        ),
        ("repository", "git@:blogs", "it is an address such as https://"),
    ],
)
def test_a_wrong_answer_is_told_with_what_to_give(option: str, answer: str, says: str) -> None:
    question = next(question for question in QUESTIONS if question.field == option)
    with pytest.raises(SettingsError) as error:
        checked(question, answer)
    assert str(error.value).startswith(f"{question.option} is ")
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("https://git.example/corp/blogs.git/", "https://git.example/corp/blogs"),
        ("git@github.com:corp/blogs.git", "https://github.com/corp/blogs"),
        ("ssh://git@gitlab.corp.example:2222/x/blogs.git", "https://gitlab.corp.example/x/blogs"),
    ],
)
def test_a_repository_may_be_named_as_git_asks_for_it(said: str, kept: str) -> None:
    assert checked(next(question for question in QUESTIONS if question.field == "repository"), said) == kept


def test_all_wrong_options_are_told_at_once_and_nothing_is_written(office: Path) -> None:
    done = begin(office, lang="fr", accent="green")
    assert done.returncode == 1
    assert "--lang is 'fr'" in done.stderr
    assert "--accent is 'green'" in done.stderr
    done = run(office, "quickstart", "blogs")
    assert done.returncode == 1
    assert [word for word in ("--name", "--url", "--keeper") if f"{word} is missing" not in done.stderr] == []
    assert not (office / "blogs").exists()


@pytest.mark.parametrize("epoch", ["soon", "9" * 30])
def test_a_clock_that_is_none_is_said(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], epoch: str
) -> None:
    from bylines.commands.quickstart import quickstart

    monkeypatch.chdir(office)
    options = {name.removeprefix("--"): value for name, value in OPTIONS.items() if name != "--bylines"}
    with environment({"SOURCE_DATE_EPOCH": epoch}):
        assert quickstart("blogs", options, bylines=BYLINES) == 1
    assert capsys.readouterr().err == f"error: SOURCE_DATE_EPOCH is '{epoch}'; it is a number of seconds since 1970\n"


def test_nothing_is_written_over(office: Path) -> None:
    assert begin(office).returncode == 0
    (office / "blogs/pelicanconf.py").write_text("mine\n")
    before = files_below(office / "blogs")
    done = begin(office, name="Another")
    assert done.returncode == 1
    assert done.stderr == (
        "error: blogs/README.md and 23 more are there already; give another folder; nothing was changed\n"
    )
    assert files_below(office / "blogs") == before
    assert begin(office, "--git", host="svn").returncode == 1
    (office / "other").mkdir()
    git(office / "other", "init", "-q")
    done = run(office / "other", "quickstart", "blogs", *[word for pair in OPTIONS.items() for word in pair])
    assert done.returncode == 1
    assert "lies in the repository" in done.stderr
    assert not (office / "other/blogs").exists()


def test_what_cannot_be_written_as_a_whole_is_not_written(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (office / "blogs").mkdir()
    (office / "blogs/content").write_text("A file where a folder is due.")
    monkeypatch.chdir(office)
    options = {name.removeprefix("--").replace("-", "_"): value for name, value in OPTIONS.items()}
    assert quickstart("blogs", options, bylines=BYLINES) == 1
    assert "blogs/content/blogs cannot be written (Not a directory)" in capsys.readouterr().err
    assert files_below(office / "blogs").keys() == {"content"}
    (office / "blogs/content").unlink()
    assert quickstart("~/blogs", options, bylines=BYLINES) == 0
    assert (office / "blogs/pelicanconf.py").exists()


def test_a_clone_of_an_empty_repository_takes_it(office: Path) -> None:
    git(office, "init", "-q", "--bare", "host.git")
    git(office, "clone", "-q", "host.git", "blogs")
    (office / "blogs/LICENSE").write_text("All ours.\n")
    done = begin(office, "--git")
    assert done.returncode == 0, done.stderr
    assert (
        git(office / "blogs", "log", "--format=%an <%ae>: %s") == "Ada <ada@corp.example>: Begin Meridian Tideworks\n"
    )
    assert (office / "blogs/LICENSE").read_text() == "All ours.\n"


# At a terminal
def test_a_wrong_answer_is_asked_for_again(office: Path) -> None:
    answers = ["Tideworks", "fr", "de", "Lisbon", "Europe/Lisbon", "", "corp", "https://corp.example", "", "", ""]
    keeper = ["ada", "Ada Lovelace", "", "", "no"]
    code, said = typed(office, [*answers, *keeper], "quickstart", "blogs", "--bylines", BYLINES)
    assert code == 0, said
    assert "--timezone is 'Lisbon'; it is a time zone such as Europe/Lisbon" in said
    assert "Its language (en): " in said
    assert "note: publishconf.py has no BYLINES_PUBLISH_TO yet" in said
    assert "git init -b main" in said
    assert not (office / "blogs/.git").exists()
    found = _settings(office / "blogs/publishconf.py")
    assert (found["DEFAULT_LANG"], found["SITEURL"]) == ("de", "https://corp.example")
    assert "BYLINES_PUBLISH_TO" not in found


def test_every_language_with_a_catalogue_can_be_chosen() -> None:
    catalogues = sorted(file.stem for file in (ROOT / "theme/templates/translations").glob("*.po"))
    assert languages() == ["en", *catalogues]


# Which Bylines
@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://git.example/bylines.git", "bylines @ git+https://git.example/bylines.git@"),
        ("git@git.example:tools/bylines.git", "bylines @ git+ssh://git@git.example/tools/bylines.git@"),
        ("ssh://git@git.example:2222/bylines", "bylines @ git+ssh://git@git.example:2222/bylines@"),
        ("", "git+file://"),
    ],
)
def test_a_clone_pins_its_commit_at_its_origin(office: Path, remote: str, address: str) -> None:
    package = office / "bylines/plugins/bylines"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    git(office / "bylines", "init", "-q")
    git(office / "bylines", "add", ".")
    git(office / "bylines", "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x")
    commit = git(office / "bylines", "rev-parse", "HEAD").strip()
    if remote:
        git(office / "bylines", "remote", "add", "origin", remote)
    pin = pinned(str(package))
    assert pin.requirement.startswith(address)
    assert commit in pin.requirement
    if remote:
        assert pin.note == f"push commit {commit[:10]} of Bylines to {remote}; it is not there yet"
        git(office / "bylines", "update-ref", "refs/remotes/origin/main", commit)
        assert pinned(str(package)).note == ""
    else:
        assert pin.note.startswith("requirements.txt names a folder of this machine")


def test_the_command_takes_each_answer() -> None:
    names = {question.field for question in QUESTIONS} | {"folder", "bylines", "git"}
    assert {parameter.name for parameter in commands()["quickstart"].parameters()} == names
