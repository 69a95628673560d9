"""A build's promises beside law 2: the same everywhere, no trust in a damaged store, care with the output tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bylines.problems import BuildError, BusyError, OutputError
from tests.building import NOW, ROOT, SmallSite, clock, files_below


def _run(folder: Path, settings: str, **environment: str) -> subprocess.CompletedProcess[str]:
    paths = {"PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": str(NOW + 6_000_000)}
    return subprocess.run(
        [sys.executable, "-m", "bylines", "build", "--settings", settings],
        cwd=folder,
        env={**os.environ, **paths, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _copy_of_the_demo(folder: Path, *, backwards: bool) -> Path:
    """The demo's sources; `backwards` makes its files in another order, so that folders list them in another."""
    for name in ("authors", "content", "theme"):
        files = sorted(file for file in (ROOT / name).rglob("*") if file.is_file())
        for file in reversed(files) if backwards else files:
            target = folder / file.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def test_two_clean_builds_are_identical_whatever_the_machine(tmp_path: Path) -> None:
    one = _copy_of_the_demo(tmp_path / "one", backwards=False)
    two = _copy_of_the_demo(tmp_path / "elsewhere" / "two", backwards=True)
    more = "\nBYLINES_WORKERS = 3\nBYLINES_PARALLEL_FROM = 2\n"
    (two / "pelicanconf.py").write_text((two / "pelicanconf.py").read_text() + more)
    first = _run(one, "publishconf.py", PYTHONHASHSEED="1", TZ="Asia/Tokyo", LANG="C")
    second = _run(two, "publishconf.py", PYTHONHASHSEED="77", TZ="America/Lima", LANG="de_DE.UTF-8")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    ones, twos = files_below(one / "output"), files_below(two / "output")
    assert ones.keys() == twos.keys()
    assert [path for path in ones if ones[path] != twos[path]] == []
    assert len(ones) > 250


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: os.urandom(len(data)),
        lambda data: data[:5000] + bytes(100) + data[5100:],
        lambda data: b"SQLite format 3\0" + os.urandom(5000),
    ],
    ids=["truncated", "empty", "noise", "a hole", "a header alone"],
)
def test_a_damaged_store_is_noticed_and_rebuilt(site: SmallSite, damage: object) -> None:
    site.post("ada/x.md")
    site.build()
    before = site.built()
    store = next((site.folder / "cache").glob("*.sqlite"))
    store.write_bytes(damage(store.read_bytes()))  # type: ignore[operator]
    site.post("ada/y.md")
    result = site.build()
    assert result.posts == 2
    assert set(before) < set(site.built())


def test_a_store_of_another_configuration_is_not_believed(site: SmallSite) -> None:
    site.post("ada/x.md")
    site.build()
    site.settings["SITENAME"] = "Another"
    assert "Another" not in site.page("index.html")
    site.build()
    assert "Another" in site.page("blogs/ada/x/index.html")


def test_a_store_of_another_version_is_not_believed(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.post("ada/x.md")
    site.build()
    monkeypatch.setattr("bylines.engine.build.code_digest", lambda: "another")
    monkeypatch.setattr("bylines.engine.render.plan_pages.code_digest", lambda: "another")
    result = site.build()
    assert result.changed == (), "all is made again, and nothing differs"


def test_unchanged_pages_keep_their_time_stamps(site: SmallSite) -> None:
    site.post("ada/x.md")
    site.post("ada/y.md", date="2026-01-03")
    site.build()
    stamps = {path: (site.folder / "output" / path).stat().st_mtime_ns for path in site.built()}
    site.post("ada/x.md", "Some text, and a word.\n")
    result = site.build()
    moved = {path for path in stamps if (site.folder / "output" / path).stat().st_mtime_ns != stamps[path]}
    assert moved == set(result.changed)
    feeds = {f"{folder}feed.{form}" for folder in ("", "blogs/ada/") for form in ("atom", "rss", "json")}
    assert moved == {"blogs/ada/x/index.html", "blogs/ada/index.html", "index.html", *feeds}


def test_a_new_post_changes_its_neighbours_and_no_more(site: SmallSite) -> None:
    site.settings |= {"BYLINES_PAGE_SIZE": 2, "BYLINES_HOME_SIZE": 2, "BYLINES_FEED_SIZE": 2}
    for day in range(1, 10):
        site.post(f"ada/p{day}.md", date=f"2026-01-0{day}", topics="[tides]")
    site.build()
    site.post("ada/new.md", date="2026-02-01", topics="[tides]")
    # One that is dated before today is counted at once; tests of the pulse say that today's is not.
    assert {path for path in site.build().changed if not path.startswith("pulse/")} == {
        "blogs/ada/new/index.html",
        "covers/ada/new.png",
        "blogs/ada/p9/index.html",
        "blogs/ada/index.html",
        "blogs/ada/page/4/index.html",
        "blogs/ada/page/3/index.html",
        "blogs/ada/feed.atom",
        "blogs/ada/feed.rss",
        "blogs/ada/feed.json",
        "blogs/index.html",
        "topics/index.html",
        "topics/tides/index.html",
        "topics/tides/page/3/index.html",
        "topics/tides/page/4/index.html",
        "topics/tides/feed.atom",
        "topics/tides/feed.rss",
        "topics/tides/feed.json",
        "feed.atom",
        "feed.rss",
        "feed.json",
        "index.html",
        "sitemap.xml",
        "sitemaps/posts-2026-02.xml",
    }


def test_what_somebody_else_put_into_the_output_stays(site: SmallSite) -> None:
    site.post("ada/x.md")
    site.build()
    site.write("output/blogs/ada/x/notes.txt", "mine")
    site.write("output/CNAME", "blogs.example")
    site.remove("content/blogs/ada/x.md")
    site.build()
    assert (site.folder / "output/CNAME").read_text() == "blogs.example"
    assert (site.folder / "output/blogs/ada/x/notes.txt").exists()
    assert not (site.folder / "output/blogs/ada/x/index.html").exists()


def test_delete_output_directory_leaves_only_the_site_and_what_is_retained(site: SmallSite) -> None:
    site.post("ada/x.md")
    site.settings |= {"DELETE_OUTPUT_DIRECTORY": True, "OUTPUT_RETENTION": [".git"]}
    site.write("output/old.html", "old")
    site.write("output/.git/config", "kept")
    site.build()
    assert not (site.folder / "output/old.html").exists()
    assert (site.folder / "output/.git/config").exists()


def test_a_symbolic_link_in_the_output_is_not_followed(site: SmallSite) -> None:
    outside = site.folder / "outside"
    outside.mkdir()
    (site.folder / "output").mkdir()
    (site.folder / "output/blogs").symlink_to(outside)
    with pytest.raises(OutputError, match="symbolic link"):
        site.build()
    assert list(outside.iterdir()) == []


def test_if_anything_fails_the_last_good_output_stands(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    site.post("ada/x.md")
    site.build()
    before = site.built()
    template = tmp_path / "theme/templates/posts/post.html"
    good = template.read_text()
    template.write_text(good + "{% block")
    with pytest.raises(BuildError, match=r"posts/post\.html:\d+"):
        site.build()
    assert site.built() == before
    template.write_text(good)
    assert site.build().changed == ()


def test_an_edited_page_is_put_right_and_verify_sees_what_hides(site: SmallSite) -> None:
    site.post("ada/x.md")
    site.build()
    page = site.folder / "output/blogs/ada/x/index.html"
    good, stamp = page.read_bytes(), page.stat()
    page.write_bytes(good.replace(b"Some text", b"Evil text"))
    site.build()
    assert page.read_bytes() == good
    stamp = page.stat()
    page.write_bytes(good.replace(b"Some text", b"Evil text"))
    os.utime(page, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert site.build().changed == ()
    site.build(verify=True)
    assert page.read_bytes() == good


def test_only_one_build_is_at_work_at_a_time(site: SmallSite) -> None:
    import fcntl

    with (site.folder / ".output.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(BusyError):
            site.build()


def test_a_folder_that_came_in_the_place_of_a_file_is_no_obstacle(site: SmallSite) -> None:
    site.write("content/images/pic", "x")
    site.build()
    site.remove("content/images/pic")
    site.write("content/images/pic/deep.svg", "<svg/>")
    site.build()
    assert (site.folder / "output/images/pic/deep.svg").exists()


_FEW = ("selection", "spool", "newest", "(", "CONSTANT", "SUBQUERY")


def test_every_query_of_an_incremental_build_uses_an_index(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    from bylines.engine import store

    seen: set[str] = set()
    plans: dict[str, list[str]] = {}
    connect = store._connect

    def traced(path: str) -> object:
        db = connect(path)
        db.set_trace_callback(seen.add)
        return db

    monkeypatch.setattr(store, "_connect", traced)
    site.settings["BYLINES_SEARCH"] = True
    site.post("ada/x.md", "[y](y.md) @ada", topics="[tides]", authors="[ada]", aliases="[/old/]")
    site.post("ada/y.md", translation_of="x", lang="de", topics="[tides]")
    site.write("content/blogs/crew/blog.yaml", "title: Crew\nmembers: [ada]\n")
    site.build()
    seen.clear()
    site.post("ada/x.md", "[y](y.md) more @ada", topics="[moons]")
    site.post("ada/z.md")
    site.build()
    asked = {
        text for text in seen if text.lstrip().startswith(("SELECT", "DELETE", "UPDATE")) and "sqlite_" not in text
    }
    with store.sqlite3.connect(next((site.folder / "cache").glob("*.sqlite"))) as db:
        store._make(db, store._TEMPORARY)
        for text in asked:
            plans[text] = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {text}")]
    scans = {
        text: step for text, steps in plans.items() for step in steps
        if step.startswith("SCAN") and not step.split()[1].startswith(_FEW)
    }  # fmt: skip
    # ('newest' are the few that a subquery has taken from the end of a list.)
    whole = {text for text in scans if not any(sign in text for sign in _ONCE)}
    assert whole == set()
    # Of all pages of a kind, or of a whole catalogue, none is looked for one by one.
    coarse = {text for text, steps in plans.items() if any("(kind=?)" in s or "(catalogue=?)" in s for s in steps)}
    assert {
        text for text in coarse if not any(sign in text for sign in ("count(*)", "ORDER BY", "LIMIT 1", "sitemap-part"))
    } == set()
    assert len(asked) > 40


# Asked once in a build, of everything on purpose: what scan compares, what publish looks at, indexes that show all; and
# the figures of a year, where a day has passed or a post of an older day has changed.
_ONCE = (
    "FROM source", "FROM page", "FROM problem", "FROM person", "FROM team", "FROM site_page", "FROM redirect", "FROM jam",
    "SELECT posts FROM list_count", "SELECT handle, spelling FROM person_team", "INDEXED BY pulse_post", ") FROM topic_label",
    "FROM search_shard ORDER BY prefix", "FROM topic_name JOIN topic_label",
)  # fmt: skip


def test_the_clock_is_an_input(site: SmallSite) -> None:
    site.post("ada/later.md", date="2026-09-25")
    site.post("ada/short.md", expires="2026-09-23")
    site.build()
    assert not (site.folder / "output/blogs/ada/later/index.html").exists()
    assert (site.folder / "output/blogs/ada/short/index.html").exists()
    site.now += 7 * 86400
    site.build()
    assert (site.folder / "output/blogs/ada/later/index.html").exists()
    assert not (site.folder / "output/blogs/ada/short/index.html").exists()
    with clock(NOW), pytest.raises(BuildError, match="SOURCE_DATE_EPOCH"):
        os.environ["SOURCE_DATE_EPOCH"] = "soon"
        from bylines.engine import build as engine

        engine.build(site.site())


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no such names")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_project_in_a_folder_with_any_name_is_built(tmp_path: Path, workers: int) -> None:
    folder = os.fsencode(tmp_path) + b"/caf\xe9"
    os.mkdir(folder)
    site = SmallSite(Path(os.fsdecode(folder)), BYLINES_PARALLEL_FROM=1, BYLINES_WORKERS=workers)
    site.post("ada/x.md")
    site.build()
    shutil.rmtree(site.folder / "cache")
    site.build()
    assert site.page("blogs/ada/x/index.html")
