"""The documentation: as a site of its own without a broken link, and what it shows works."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bylines.engine.kinds import kinds_of
from bylines.settings import FEATURES
from tests.building import ROOT, SmallSite, clock
from tests.drawing import picture
from tests.filming import film
from tests.projects import configure, run
from tests.test_incremental import git

sys.path.insert(0, str(ROOT / "tools"))
import docs_site

from bylines.verifying.pages import check


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation, built without search and with one picture."""
    folder = tmp_path_factory.mktemp("docs")
    laid_down = docs_site.laid_down
    small = (ROOT / "docs/pieces/20.webp").read_bytes()  # one picture for all: to scale forty takes seconds

    def with_one_picture(root: Path) -> dict[str, bytes]:
        return {path: small if path.endswith(".webp") else data for path, data in laid_down(root).items()}

    with clock(4_000_000_000), pytest.MonkeyPatch.context() as patched:
        patched.setattr(docs_site, "laid_down", with_one_picture)
        assert docs_site.build(ROOT, folder / "project", folder / "output", search=False) == 0
    return folder / "output"


def test_the_docs_are_a_site_without_a_broken_link(docs: Path) -> None:
    assert check(docs) == []
    for file in [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"]:
        assert (docs / f"blogs/docs/{file.stem.lower()}/index.html").is_file(), file


def test_links_among_texts_lead_to_pages_and_others_to_files_beside_them(docs: Path) -> None:
    readme = (docs / "blogs/docs/readme/index.html").read_text()
    assert 'href="../../../blogs/docs/keeper/"' in readme
    assert "picture.webp" in readme or "../pictures/" in readme
    security = (docs / "blogs/docs/security/index.html").read_text()
    assert "files/github/workflows/guard.yml" in security
    assert (docs / "blogs/docs/files/github/workflows/guard.yml").read_bytes() == (
        ROOT / ".github/workflows/guard.yml"
    ).read_bytes()
    home = (docs / "index.html").read_text()
    assert home.index("To begin with") < home.index("For whoever writes") < home.index("For whoever keeps the site")
    assert home.count("<h3") == len(docs_site.texts(ROOT))


def test_links_in_code_stay_as_they_are() -> None:
    pages = {"docs/a.md": "a", "docs/b.md": "b"}
    text = "# T\n\n[x](b.md#y) `[x](b.md)`\n\n```\n[x](b.md)\n```\n[f](../LICENSE) [e](https://x.example/b.md)\n"
    post = docs_site._as_post(docs_site.Text("docs/a.md", "t"), text, pages, docs_site.dt.datetime(2026, 1, 1))
    assert post.endswith(
        "[x](b.md#y) `[x](b.md)`\n\n```\n[x](b.md)\n```\n[f](files/LICENSE) [e](https://x.example/b.md)\n"
    )


def test_what_is_as_it_was_is_not_written_again(tmp_path: Path) -> None:
    docs_site.write(tmp_path, {"content/a.md": b"1", "content/b.md": b"2"})
    stamp = (tmp_path / "content/a.md").stat().st_mtime_ns
    docs_site.write(tmp_path, {"content/a.md": b"1"})
    assert (tmp_path / "content/a.md").stat().st_mtime_ns == stamp
    assert not (tmp_path / "content/b.md").exists()


def test_a_site_without_lists_for_other_programs_names_none(site: SmallSite) -> None:
    site.post("ada/x.md")
    site.write("content/blogs/team/blog.yaml", "title: Team\nmembers: [ada]\n")
    site.settings["BYLINES_FEATURES"] = [name for name in site.site().features if not name.endswith(".exports")]
    site.settings["BYLINES_LETTERS_FROM"] = 1
    site.person("grace", "Grace Hopper")
    site.post("grace/y.md", topics="[tides]")
    site.post("ada/z.md", topics="[tides]")
    site.build()
    for path, data in site.built().items():
        assert b".opml" not in data, path


_GUIDE = ROOT / "docs/adding-a-feature.md"
_FILE = re.compile(r"^`([\w/.]+)`[^\n]*:\n\n```\w+\n(.*?)^```$", re.M | re.S)


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallSite]:
    """A site with the capability that docs/adding-a-feature.md writes, from the page itself."""
    site = SmallSite(tmp_path)
    for path, text in _FILE.findall(_GUIDE.read_text()):
        site.write(path, text if path != "pelicanconf.py" else "")
    monkeypatch.syspath_prepend(str(tmp_path))
    kinds_of.cache_clear()
    site.settings["BYLINES_FEATURES"] = [*FEATURES, "ours.rooms"]
    site.settings["THEME_TEMPLATES_OVERRIDES"] = [str(tmp_path / "mine")]
    yield site
    kinds_of.cache_clear()
    for name in [name for name in sys.modules if name.partition(".")[0] == "ours"]:
        del sys.modules[name]


def test_the_capability_of_the_guide_makes_its_page_and_its_test_holds(example: SmallSite) -> None:
    program: dict[str, Any] = {}
    exec((example.folder / "tests/test_rooms.py").read_text(), program)
    program["test_an_edit_leads_to_what_a_clean_build_makes"](example)
    _room(example)
    example.post("ada/x.md")
    assert example.build().problems == ()
    page = example.page("rooms/index.html")
    assert page.index("Boiler room") < page.index("8 seats") < page.rindex("Ada King")
    assert 'href="https://test.example/rooms/#room-boiler">Boiler room</a>' in example.page("blogs/ada/index.html")
    assert check(example.folder / "output") == []


def _room(site: SmallSite, **keys: Any) -> None:
    lines = {"name": "Boiler room", "seats": 8, "keepers": "[ada]", **keys}
    site.write("content/rooms/boiler.yaml", "".join(f"{key}: {value}\n" for key, value in lines.items()))


def test_what_is_wrong_in_a_file_of_the_guides_kind_is_told_with_its_line(example: SmallSite) -> None:
    _room(example, seats=501, keepers="[joan]", floor=2)
    assert example.problems() == [
        "content/rooms/boiler.yaml: joan, who has the keys, has no profile; mend the handle, or add the profile",
        "content/rooms/boiler.yaml:2: seats is 501, where a number from 1 to 500 is due; write a number from 1 to 500",
        "content/rooms/boiler.yaml:4: floor is not a key that is known here; "
        "mend its spelling, or begin it with x_ if it is your own",
    ]


def test_what_the_guide_says_follows_from_the_declaration_does(example: SmallSite) -> None:
    from bylines.schema import written

    kind = kinds_of(tuple(example.site().features)).named("room")
    assert kind is not None
    files = written.files([kind])
    assert {"docs/keys.md", "schemas/room.json", ".github/ISSUE_TEMPLATE/room.yml"} <= files.keys()
    assert "| `seats` | how many can sit there | `8` | `chairs` |" in files["docs/keys.md"]
    _switch_on(example)
    _room(example, keepers="[]")
    done = run(example.folder, "new", "room", "--set", "name=Attic")
    assert done.returncode == 0, done.stderr
    assert (example.folder / "content/rooms/attic.yaml").read_text().startswith("name: Attic\n")
    example.write("content/rooms/attic.yaml", "name: Attic\nchairs: 3\n")
    git(example.folder, "init", "-q", "-b", "main")
    assert run(example.folder, "check", "--fix").returncode == 0
    assert (example.folder / "content/rooms/attic.yaml").read_text() == "name: Attic\nseats: 3\n"


def _switch_on(site: SmallSite) -> None:
    """Write a settings file, and what the guide adds to it."""
    configure(site)
    conf = site.folder / "pelicanconf.py"
    conf.write_text(conf.read_text() + dict(_FILE.findall(_GUIDE.read_text()))["pelicanconf.py"])


def test_an_edit_of_a_companys_own_capability_is_noticed(example: SmallSite) -> None:
    example.person("ada")
    _room(example)
    example.build()
    assert example.build().rendered == 0
    file = example.folder / "ours/rooms/pages.py"
    file.write_text(file.read_text() + "\n#\n")
    assert example.build().rendered > 0


def test_the_settings_of_the_guide_switch_it_on(example: SmallSite) -> None:
    _switch_on(example)
    example.person("ada")
    _room(example)
    example.post("ada/x.md")
    done = run(example.folder, "build", "--strict", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert '<a href="https://test.example/rooms/" aria-current="page">Rooms</a>' in example.page("rooms/index.html")


_EXAMPLE = re.compile(r"^(`{3,})(markdown|yaml)\n(.*?)^\1$", re.M | re.S)


def _examples(page: str, language: str) -> list[str]:
    """The examples of a page, without what encloses them."""
    found = _EXAMPLE.findall((ROOT / page).read_text().replace("\n   ```", "\n```"))
    return [text for _, lang, text in found if lang == language]


@pytest.fixture
def written(site: SmallSite) -> SmallSite:
    """A site with whatever the examples of the writers' pages speak of."""
    for handle in ("grace", "nguyen-thi-lan"):
        site.person(handle)
    site.post("grace/compilers.md")
    site.post("ada/winch.md", "## What the winch said\n\n### And what it meant\n")
    site.write("content/pages/about.md", "---\ntitle: About\n---\nUs.\n")
    site.post(
        "ada/what-a-day-of-waiting-costs.md", "![A hall](hall.jpg) ![A](a.png) [slides](slides.pdf) [film](winch.mp4)\n"
    )
    for name in ("hall.jpg", "a.png"):
        site.write(f"content/blogs/ada/{name}", picture(64, 48, "JPEG" if name.endswith("jpg") else "PNG"))
    site.write("content/blogs/ada/slides.pdf", b"%PDF-1.4")
    site.write("content/blogs/ada/winch.mp4", film())
    site.now = 1_796_000_000  # after the days that the examples are dated
    return site


def test_every_example_of_markdown_builds_without_a_problem(written: SmallSite) -> None:
    found = [*_examples("docs/employee.md", "markdown"), *_examples("docs/formatting.md", "markdown")]
    assert len(found) >= 16
    for number, text in enumerate(found):
        head = (
            "" if text.startswith("---\n") and "title:" in text else f"---\ntitle: N{number}\ndate: 2026-01-02\n---\n"
        )
        jam = "\nopens: " in text
        written.write(f"content/jams/n{number}/jam.md" if jam else f"content/blogs/ada/n{number}.md", head + text)
    written.write("content/blogs/ada/whole.md", f"---\ntitle: All\ndate: 2026-01-02\n---\n{_formatting()}")
    written.write("content/blogs/ada/employee.md", "---\ntitle: E\ndate: 2026-01-02\n---\n## Who reads you\n")
    assert [str(problem) for problem in written.build().problems] == []
    assert check(written.folder / "output") == []
    pages = "".join(file.read_text() for file in (written.folder / "output").glob("*/**/n*/index.html"))
    for sign in (
        "<del>", "<kbd>", "<dl>", 'type="checkbox"', "alert-note", "alert-caution", "<table", 'class="highlight"', "<math",
        'class="footnotes"', "<figcaption", "data-place=\"youtube.com\"", "<video", "<details", 'lang="he"',
        'class="mention"', 'start="3"',
    ):  # fmt: skip
        assert sign in pages, sign


def _formatting() -> str:
    return (ROOT / "docs/formatting.md").read_text().partition("\n")[2]


def test_every_example_of_a_profile_and_a_group_is_read_without_a_problem(written: SmallSite) -> None:
    profile, _, group = _examples("docs/employee.md", "yaml")
    written.write("authors/ada.yaml", profile)
    written.write("content/blogs/engine-room/blog.yaml", group)
    written.post("engine-room/x.md", authors="[ada, grace]")
    assert [str(problem) for problem in written.build().problems] == []
    assert "Engine room" in written.page("blogs/engine-room/index.html")


def test_the_map_is_true() -> None:
    """Each module that the map names is there, and each package and module of the first level is on the map."""
    text = (ROOT / "docs/developer.md").read_text()
    tree = text.split("plugins/bylines/\n", 1)[1].split("theme/", 1)[0]
    package = ROOT / "plugins/bylines"
    named: set[Path] = set()
    for line in tree.splitlines():
        found = re.match(r"(│   )?[├└]── (.*?)(?:  |$)", line)
        for name in found[2].split(",") if found else ():
            name = name.strip().removesuffix("<name>/").rstrip("/")
            named.add(package / ("engine" if found and found[1] else "") / name)
    assert [path for path in named if not path.is_dir() and not path.with_suffix(".py").is_file()] == []
    there = {
        path.with_suffix("") for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    there |= {path for path in (package / "engine").iterdir() if (path / "__init__.py").is_file()}
    assert {path.name for path in there - named} <= {"__init__", "__main__", "engine"}
