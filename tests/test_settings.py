"""Settings: a wrong one is said with the nearest right one, and where it stands; an odd one is noted."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

import pytest

from bylines import frame
from bylines.engine.feature import Feature
from bylines.problems import SettingsError
from bylines.settings import FEATURES, Setting
from bylines.settings.capabilities import all_settings
from bylines.settings.checks import one_of
from bylines.settings.declared import TAG
from bylines.settings.docs import page
from bylines.settings.notes import idle, notes
from bylines.settings.pelican import HONOURED
from bylines.settings.setting import GROUPS
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
        (
            "BYLINES_FEATURES",
            ("bylines.features.look",),
            "which is not a module; it is called 'bylines.features.appearance' now",
        ),
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


@pytest.fixture
def lunch(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Makes a company's capability that brings settings; gives its module's name."""

    def make(*rows: Setting[Any], name: str = "lunch") -> str:
        module = ModuleType(f"ours_{name}")
        module.FEATURE = Feature(name=name, settings=rows)  # type: ignore[attr-defined]
        module.__spec__ = ModuleSpec(module.__name__, None)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return module.__name__

    return make


HOUR = Setting("OURS_HOUR", 12, "the hour of lunch", "Lunch")
PLACE: Setting[str] = Setting(
    "BYLINES_LUNCH_AT", "garden", "where", "Lunch", check=one_of("garden", "hall"), reaches="templates"
)
QUEUE = Setting("OURS_QUEUE", "bell", "who calls", "Lunch", reaches="run")


def test_a_companys_capability_brings_settings_as_ours_do(project: SmallSite, lunch: Callable[..., str]) -> None:
    features = [*FEATURES, lunch(HOUR, PLACE, QUEUE)]
    _set(project, f"BYLINES_FEATURES = {features!r}")
    site = frame.load(str(project.folder / "pelicanconf.py"))[0]
    assert (site.of(HOUR), site.of(PLACE), site.of(QUEUE)) == (12, "garden", "bell")
    file = _set(project, "OURS_HOUR = 13\nBYLINES_LUNCH_AT = 'hall'")
    other, settings = frame.load(file)
    assert (other.of(HOUR), other.of(PLACE)) == (13, "hall")
    assert json.loads(other.variables)["LUNCH_AT"] == "hall"
    assert "OURS_HOUR" not in json.loads(other.variables)
    assert list(notes(settings)) == []
    assert other.digest != site.digest, "pages depend on it"
    assert frame.load(_set(project, "OURS_QUEUE = 'gong'"))[0].digest == other.digest, "no page depends on it"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("OURS_HOUR", "noon", "OURS_HOUR is 'noon'; it is a value like 12"),
        ("BYLINES_LUNCH_AT", "gardn", "BYLINES_LUNCH_AT is 'gardn'; it is one of .*; did you mean 'garden'"),
        ("BYLINES_LUNCH_ATT", "hall", r"BYLINES_LUNCH_ATT is not a setting; did you mean BYLINES_LUNCH_AT\?"),
    ],
)
def test_a_wrong_setting_of_a_companys_is_said_as_ours_are(
    project: SmallSite, lunch: Callable[..., str], name: str, value: object, said: str
) -> None:
    features = [*FEATURES, lunch(HOUR, PLACE)]
    with pytest.raises(SettingsError, match=said):
        _load(project, BYLINES_FEATURES=features, **{name: value})


def test_a_misspelt_setting_of_a_companys_is_noted(project: SmallSite, lunch: Callable[..., str]) -> None:
    assert _noted(project, BYLINES_FEATURES=[*FEATURES, lunch(HOUR)], OURS_HOURS=1) == [
        "OURS_HOURS is no setting that is known; did you mean OURS_HOUR?"
    ]


def test_no_two_capabilities_declare_one_setting(project: SmallSite, lunch: Callable[..., str]) -> None:
    features = [*FEATURES, lunch(HOUR), lunch(HOUR, name="dinner")]
    with pytest.raises(SettingsError, match="lunch and dinner declare one setting, OURS_HOUR; rename one of them"):
        _load(project, BYLINES_FEATURES=features)
    with pytest.raises(SettingsError, match="Bylines and lunch declare one setting, BYLINES_TAG"):
        _load(project, BYLINES_FEATURES=[*FEATURES, lunch(TAG)])
    with pytest.raises(SettingsError, match="lunch declares the setting 'hour'; write its name in capital letters"):
        _load(project, BYLINES_FEATURES=[*FEATURES, lunch(Setting("hour", 1, "", "Lunch"))])


def test_a_setting_of_a_capability_that_is_left_out_is_noted(project: SmallSite) -> None:
    some = [name for name in FEATURES if not name.endswith((".feeds", ".exports"))]
    assert _noted(project, BYLINES_FEATURES=some, BYLINES_FEED_SIZE=3) == [
        "BYLINES_FEED_SIZE does nothing here: it is a setting of feeds, which BYLINES_FEATURES leaves out"
    ]
    with pytest.raises(SettingsError, match=r"BYLINES_FEED_SIZ is not a setting; did you mean BYLINES_FEED_SIZE\?"):
        _load(project, BYLINES_FEED_SIZ=3)


def test_importing_the_settings_imports_no_capability() -> None:
    code = "import sys, bylines.settings; print([name for name in sys.modules if name.startswith('bylines.features')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_setting_stands_under_a_heading_of_the_page() -> None:
    assert {setting.group for setting in all_settings()} == set(GROUPS)
