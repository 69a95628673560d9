"""`--explain` is true: what it says of pages and sources is what builds then do."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from bylines.engine.build import BuildOptions
from bylines.engine.build import build as built
from bylines.engine.explain import PageOrigin, SourceReach, Unknown
from tests.building import ROOT, SmallSite, clock
from tests.projects import configure, run


@pytest.fixture
def small(site: SmallSite) -> SmallSite:
    """Two people, a group, posts that name each other, a topics file, a picture, a translation and an old address."""
    site.settings |= {"BYLINES_PAGE_SIZE": 2, "BYLINES_FEED_SIZE": 2, "BYLINES_HOME_SIZE": 3}
    site.person("grace", "Grace Hopper", follows="[ada]")
    site.write("authors/ada.png", b"1")
    site.write("content/blogs/crew/blog.yaml", "title: Crew\nmembers: [ada, grace]\n")
    site.write("content/topics.yaml", "- name: Tidal\n  synonyms: [tides]\n")
    site.write("content/pages/about.md", "---\ntitle: About\n---\nSee [x](/blogs/ada/x/).\n")
    for day in range(1, 7):
        site.post(f"ada/p{day}.md", date=f"2026-01-0{day}", topics="[tides]")
    site.post("ada/x/index.md", "![p](pic.svg) [p1](../p1.md) @grace", topics="[tides, zinc]", aliases="[/old/]")
    site.write("content/blogs/ada/x/pic.svg", "<svg/>")
    site.post("grace/y.md", "[x](../ada/x/index.md)", authors="[ada, grace]")
    site.post("ada/p1.de.md", lang="de")
    site.post("crew/z.md", authors="[grace]", date="2026-02-01")
    site.post("ada/later.md", status="draft")
    return site


def _explain(site: SmallSite, path: str) -> PageOrigin | SourceReach | Unknown:
    with clock(site.now):
        found = built(site.site(), options=BuildOptions(explain=path)).explained
    assert found is not None
    return found


def _sources(site: SmallSite) -> list[str]:
    folders = ("content", "authors")
    return [
        str(file.relative_to(site.folder)) for name in folders for file in sorted((site.folder / name).rglob("*.*"))
    ]


def test_a_source_reaches_the_pages_that_change_without_it(small: SmallSite) -> None:
    small.build()
    for source in _sources(small):
        said = _explain(small, source)
        assert isinstance(said, SourceReach), source
        kept = (small.folder / source).read_bytes()
        small.remove(source)
        assert set(small.build().changed) - said.pages.keys() == _new(small, said), source
        small.write(source, kept)
        small.build()


def _new(small: SmallSite, said: SourceReach) -> set[str]:
    """Pages that are there only without the source: nobody can ask for these."""
    return {path for path in small.build(verify=True).changed if path not in said.pages}


def test_an_edit_of_a_text_changes_the_pages_that_are_said(small: SmallSite) -> None:
    small.build()
    for source in ("content/blogs/ada/x/index.md", "content/blogs/ada/x/pic.svg", "content/pages/about.md"):
        said = _explain(small, source)
        assert isinstance(said, SourceReach)
        file = small.folder / source
        more = "" if source.endswith(".svg") else "\nAnother paragraph.\n"  # a drawing is to stay one
        file.write_text(f"{file.read_text()}\n<!-- an edit -->\n{more}")
        assert set(small.build().changed) == said.text.keys(), source


def test_a_page_comes_from_the_sources_that_reach_it(small: SmallSite) -> None:
    small.build()
    reached: dict[str, set[str]] = {}
    for source in _sources(small):
        said = _explain(small, source)
        assert isinstance(said, SourceReach)
        for path in said.pages:
            reached.setdefault(path, set()).add(source)
    for path in sorted(small.built())[::3]:
        page = _explain(small, path)
        assert isinstance(page, PageOrigin), path
        own = {source for source in page.sources if not source.startswith("theme/")}
        if path == "blogs/ada/p1.de/index.html":
            own.add("content/blogs/ada/p1.md")  # the original, since it is there; the page asks for none of its words
        assert own <= reached.get(path, set()), path
        assert reached.get(path, set()) - own <= _counted(small, page), path
    post = _explain(small, "blogs/ada/x/index.html")
    assert isinstance(post, PageOrigin)
    assert set(post.sources) == reached[post.path]


def _counted(small: SmallSite, page: PageOrigin) -> set[str]:
    """The posts of the lists that a page asks about; of pages that are made of counts and keys of everything, all."""
    if page.path.startswith(("pulse/", "find/", "blogs.")) or page.path.endswith(".opml"):
        return set(_sources(small))
    with sqlite3.connect(next((small.folder / "cache").glob("*.sqlite"))) as db:
        return {row[0] for name in page.lists for row in db.execute("SELECT post FROM listing WHERE list = ?", (name,))}


def test_it_says_why_a_page_was_rendered_or_was_not(small: SmallSite) -> None:
    shutil.copytree(ROOT / "theme", small.folder / "theme")
    page = "blogs/ada/x/index.html"
    why = []

    def ask() -> None:
        said = _explain(small, page)
        assert isinstance(said, PageOrigin)
        why.append((said.rendered, said.written, said.why, said.changed))

    ask()
    ask()
    small.post("ada/x/index.md", "Other words.", topics="[tides, zinc]", aliases="[/old/]")
    ask()
    template = small.folder / "theme/templates/parts/byline.html"
    template.write_text(template.read_text().replace('class="portrait', 'class="drawn portrait'))
    ask()
    (small.folder / "output" / page).write_text("hurt")
    ask()
    small.post("grace/new.md", "[x](../ada/x/index.md)")
    ask()
    small.person("ada", "Ada Lovelace", follows="[grace]")
    ask()
    assert [(rendered, written, words.split(":")[0]) for rendered, written, words, _ in why[:5]] == [
        (True, True, "the store is new"),
        (False, False, "nothing that reaches it changed"),
        (True, True, "its inputs changed"),
        (True, True, "its template changed"),
        (True, True, "the output did not hold it as it was written"),
    ]
    assert why[2][3] == ("content/blogs/ada/x/index.md",)
    assert {rendered for rendered, _, _, _ in why[5:]} == {False}


def test_a_page_says_its_template_with_all_that_it_takes_in(small: SmallSite) -> None:
    page = _explain(small, "/blogs/ada/x/")
    assert isinstance(page, PageOrigin)
    assert (page.path, page.kind, page.template) == ("blogs/ada/x/index.html", "post", "posts/post.html")
    assert {"base.html", "posts/post.html", "parts/byline.html"} <= set(page.templates)
    assert page.settings == small.site().digest


def test_explaining_changes_nothing(small: SmallSite) -> None:
    small.build()
    small.build()
    store = next((small.folder / "cache").glob("*.sqlite"))
    before = _dump(store)
    _explain(small, "content/blogs/ada/x/index.md")
    _explain(small, "index.html")
    assert _dump(store) == before
    assert small.build().changed == ()


def _dump(store: Path) -> list[str]:
    with sqlite3.connect(store) as db:
        return list(db.iterdump())


def test_a_page_and_a_source_have_many_names(small: SmallSite) -> None:
    names = ("blogs/ada/x/index.html", "/blogs/ada/x/", "blogs/ada/x", "https://test.example/blogs/ada/x/")
    full = str(small.folder / "output/blogs/ada/x/index.html")
    assert {_explain(small, name).path for name in (*names, full)} == {"blogs/ada/x/index.html"}  # type: ignore[union-attr]
    source = _explain(small, str(small.folder / "content/blogs/ada/x/index.md"))
    assert isinstance(source, SourceReach)


def test_an_unknown_path_is_answered_with_the_nearest(small: SmallSite) -> None:
    said = _explain(small, "content/blogs/ada/p11.md")
    assert isinstance(said, Unknown)
    assert "content/blogs/ada/p1.md" in said.nearest


def test_the_command_explains_to_people_and_to_programs(site: SmallSite) -> None:
    configure(site)
    site.post("ada/x.md", topics="[tides]")
    people = run(site.folder, "build", "--explain", "blogs/ada/x/index.html")
    assert people.stdout.splitlines()[1:3] == [
        "blogs/ada/x/index.html was rendered and written: the store is new: none was there, it was damaged, or it was "
        "made with other settings or by another version",
        "  page kind  post",
    ]
    assert "    content/blogs/ada/x.md" in people.stdout.splitlines()
    source = run(site.folder, "build", "--explain", "content/blogs/ada/x.md")
    assert "    blogs/ada/x/index.html (post)" in source.stdout.splitlines()
    said = json.loads(run(site.folder, "build", "--json", "--explain", "output/blogs/ada/x/index.html").stdout)
    assert said["explained"]["sources"] == ["authors/ada.yaml", "content/blogs/ada/x.md"]
    assert said["explained"]["is"] == "page"
    unknown = run(site.folder, "build", "--explain", "blogs/ada/xx/")
    assert unknown.stdout.splitlines()[1] == "blogs/ada/xx/ is neither a page nor a source"
