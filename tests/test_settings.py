"""Settings: a wrong one is said with the nearest right one, and where it stands; an odd one is noted."""

from __future__ import annotations

from typing import Any

import pytest

from bylines import frame
from bylines.problems import SettingsError
from bylines.settings.capabilities import all_settings
from bylines.settings.docs import page
from bylines.settings.notes import idle, notes
from bylines.settings.pelican import HONOURED
from tests.building import ROOT, SmallSite
from tests.projects import configure, run

_FEATURES = ("bylines.features.people", "bylines.features.directry")


@pytest.fixture
def project(site: SmallSite) -> SmallSite:
    """A site with a settings file."""
    configure(site)
    site.post("ada/x.md")
    return site


def _set(project: SmallSite, lines: str) -> str:
    file = project.folder / "pelicanconf.py"
    file.write_text(f"{file.read_text()}{lines}\n")
    return str(file)


def _load(project: SmallSite, **settings: Any) -> dict[str, Any]:
    file = _set(project, "".join(f"{name} = {value!r}\n" for name, value in settings.items()))
    return frame.load(file)[1]


def _noted(project: SmallSite, **settings: Any) -> list[str]:
    return list(notes(_load(project, **settings)))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TIMEZONE", "Europe/Lisbn", "TIMEZONE is 'Europe/Lisbn', which is no time zone.*mean 'Europe/Lisbon'"),
        ("TIMEZONE", "Lisbon", "did you mean 'Europe/Lisbon'"),
        ("TIMEZONE", "US/New York", "did you mean 'America/New_York'"),
        ("TIMEZONE", "../../etc/passwd", "is no time zone"),
        ("TIMEZONE", 2, "TIMEZONE is 2; it is a text"),
        ("DEFAULT_LANG", "German", "DEFAULT_LANG is 'german'; it is a language's tag.*did you mean 'de'"),
        ("DEFAULT_LANG", None, "DEFAULT_LANG is None; it is a text"),
        ("SITEURL", "blogs.corp.example", "SITEURL is 'blogs.corp.example'.*such as 'https://blogs.corp.example'"),
        ("SITEURL", "ftp://corp.example/", "such as 'https://corp.example'"),
        ("SITEURL", "https://corp.example/?x", "SITEURL is .*such as 'https://corp.example'"),
        ("SITEURL", None, "SITEURL is None; it is a text"),
        ("SITENAME", ["Us"], r"SITENAME is \['Us'\]; it is a text"),
        ("STATIC_PATHS", "images", r"STATIC_PATHS is 'images'; it is a list of texts"),
        ("LINKS", ["https://a.example"], "LINKS is .*; it is a list of names with addresses"),
        ("EXTRA_PATH_METADATA", [], r"EXTRA_PATH_METADATA is \[\]; it is a dictionary"),
        ("RELATIVE_URLS", "no", "RELATIVE_URLS is 'no'; it is True or False"),
        ("PATH", "contents", "PATH is 'contents', where no folder is; did you mean 'content'"),
        ("THEME", "nowhere", "THEME is 'nowhere', where no folder is"),
        ("BYLINES_EXECUTOR", "proceses", "BYLINES_EXECUTOR is 'proceses'.*did you mean 'processes'"),
        ("BYLINES_PARTICLES", "writen", "BYLINES_PARTICLES is 'writen'.*did you mean 'written'"),
        ("BYLINES_MARKDOWN", "Pelican", "BYLINES_MARKDOWN is 'Pelican'.*did you mean 'pelican'"),
        ("BYLINES_FEATURES", _FEATURES, "names 'bylines.features.directry'.*did you mean 'bylines.features.directory'"),
        ("BYLINES_FEATURES", ("topics",), "'topics', which is not a module; did you mean 'bylines.features.topics'"),
        (
            "BYLINES_FEATURES",
            ("ours.blog.lunch",),
            "'ours.blog.lunch', which is not a module; is it where Python looks",
        ),
        ("BYLINES_PAGE_SIZ", 3, "BYLINES_PAGE_SIZ is not a setting; did you mean BYLINES_PAGE_SIZE?"),
    ],
)
def test_a_wrong_setting_is_said_with_what_it_has_to_be(
    project: SmallSite, name: str, value: object, said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        _load(project, **{name: value})


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("SITENAME = 'x", ":{line}: this is not Python (unterminated string literal"),
        ("SITENAME = 1 / 0", ":{line}: ZeroDivisionError: division by zero; mend the line"),
        ("import nothing_of_that_name", ":{line}: ModuleNotFoundError: No module named 'nothing_of_that_name'"),
        ("raise SystemExit(3)", ":{line}: the settings file ends the program"),
        ("PLUGINS = [nobody]", ":{line}: NameError"),
    ],
)
def test_a_fault_in_the_settings_file_is_said_with_its_line(project: SmallSite, lines: str, said: str) -> None:
    file = _set(project, lines)
    line = len((project.folder / "pelicanconf.py").read_text().splitlines())
    with pytest.raises(SettingsError) as caught:
        frame.load(file)
    assert str(caught.value).startswith(file + said.format(line=line))


def test_a_fault_in_a_file_that_another_takes_in_is_said_where_it_stands(project: SmallSite) -> None:
    _set(project, "X = nobody")
    project.write("publishconf.py", (ROOT / "publishconf.py").read_text())
    done = run(project.folder, "build", "--settings", "publishconf.py")
    lines = len((project.folder / "pelicanconf.py").read_text().splitlines())
    assert done.returncode == 1
    assert done.stderr == f"error: pelicanconf.py:{lines}: NameError: name 'nobody' is not defined; mend the line\n"


def test_a_misspelt_setting_of_pelicans_is_noted_where_the_known_one_is_not_set(project: SmallSite) -> None:
    assert _noted(project, SITESUBTITEL="x") == ["SITESUBTITEL is no setting that is known; did you mean SITESUBTITLE?"]
    assert _noted(project, SITESUBTITLE="set", TIMEZNE="UTC") == [], "what they might have meant is set"
    assert _noted(project, OFFICE_HOURS="9–17", CORP_LINKS=[], A=1) == [], "the company's own, for its templates"
    assert _noted(project, THEME_STATIC_PATH=["x"]) == [
        "THEME_STATIC_PATH is no setting that is known; did you mean THEME_STATIC_PATHS?"
    ]


def test_a_folder_that_is_named_and_not_there_is_noted(project: SmallSite) -> None:
    assert _noted(project, BYLINES_AUTHORS="author", THEME_TEMPLATES_OVERRIDES=["mine"], STATIC_PATHS=["blog"]) == [
        "BYLINES_AUTHORS names 'author', which is not there; did you mean 'authors'?",
        "THEME_TEMPLATES_OVERRIDES names 'mine', which is not there",
        "STATIC_PATHS names 'blog', which is not there; did you mean 'blogs'?",
    ]


def test_a_language_of_which_nothing_is_known_is_noted(project: SmallSite) -> None:
    assert _noted(project, DEFAULT_LANG="qaa") == [
        "DEFAULT_LANG is 'qaa', a language that nothing is known of here; dates and orders are general ones"
    ]
    assert _noted(project, DEFAULT_LANG="pt-BR") == []


def test_a_build_says_what_is_odd_in_the_settings(project: SmallSite) -> None:
    _set(project, "SITESUBTITEL = 'x'")
    done = run(project.folder, "build")
    assert done.returncode == 0
    assert done.stderr == "note: SITESUBTITEL is no setting that is known; did you mean SITESUBTITLE?\n"


def test_settings_of_pelicans_that_do_nothing_are_told_apart(project: SmallSite) -> None:
    settings = _load(project, DEFAULT_PAGINATION=10, ARTICLE_URL="{slug}", SITEURL="https://x.example/sub")
    assert idle(settings) == ["ARTICLE_URL", "DEFAULT_PAGINATION"]


def test_the_demo_has_nothing_odd_in_its_settings() -> None:
    settings = frame.load(str(ROOT / "pelicanconf.py"))[1]
    assert (list(notes(settings)), idle(settings)) == ([], [])


def test_the_page_about_settings_has_each_once() -> None:
    rows = [line.split("`")[1] for line in page(all_settings()).splitlines() if line.startswith("| `")]
    assert sorted(rows) == sorted(
        [*(setting.name for setting in all_settings()), *(setting.name for setting in HONOURED)]
    )
