"""In doubt it stays in: what can be read as 'not yet' or 'not public' is not published, nor what belongs to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.building import NOW, SmallSite
from tests.drawing import picture
from tests.filming import film

DAY = 86_400
SECRET = "Zanzibar"
KEEPS_IN = """
draft: true | Draft: True | drafts: yes | DRAFT: 1 | draft: | draft: maybe | _draft: true | is_draft: true | draft: ja | draft: "true"
published: false | published: no | published: 2099-01-01 | publish: false | public: false | listed: false | released: off | done: false
private: true | unlisted: true | hidden: true | unpublished: true | wip: true | confidential: yes | password: swordfish | live: false
status: wip | status: private | status: unlisted | status: pending | status: future | status: trash | status: skip | status: idea
status: in review | status: publisht | status: [published] | status: | status: geplant | state: draft | stage: review | stauts: draft
visibility: private | visibility: members | visibility: hidden | access: staff | audience: internal | workflow: editing
embargo: 2099-01-01 | embargo: until the talk | publish_date: 2099-01-01 | publishDate: 2099-01-01 | pubDate: 2099-01-01T10:00:00Z
publishdate: next week | release_date: 2099-01-01 | scheduled: 2099-01-01 | draft_until: 2099-01-01 | goLive: 2099-01-01
expiryDate: 2020-01-01 | expiry_date: soon | unpublish_on: 2020-01-01 | expires: soon | expires: 2026-13-01 | valid_until: 2020-01-01
noindex: true | sitemap: false | build: {render: never} | _build: {list: never} | sitemap: {exclude: true} | robots: noindex
eleventyExcludeFromCollections: true | permalink: false | hiddenInHomeList: true | headless: true | extra: {draft: true} | hide: true
entwurf: true | brouillon: oui | borrador: sí | черновик: да | 下書き: true | 草稿: true | status: Entwurf | statut: brouillon
veröffentlicht: nein | x_draft: true | type: draft | layout: wip | category: drafts | tags: [draft] | topics: [Tides, WIP]
drfat: true | daft: true | privte: true | publishd: false | unlsited: true | post-draft: true | seo.noindex: true
params: {seo: {draft: true}} | menu: [{name: x, draft: true}]
"""
PUBLISHES = """
draft: false | Draft: no | published: true | published: 2024-05-01 | publish: yes | public: true | private: false | hidden: false
status: published | status: Published | status: public | status: hidden | state: published | stauts: published | visibility: public
publish_date: 2024-05-01 | publishDate: 2024-05-01T10:00:00Z | expiryDate: 2099-01-01 | expires: | noindex: false | sitemap: true
sitemap: {priority: 0.5} | build: {render: always} | password: | hide: [toc, navigation] | search: true | comments: false
audience: developers | publisher: ACME | layout: post | craft: sailing | series: drafting a law | weight: 0 | wip: false
entwurf: nein
x_mood: odd | categories: [a] | author: ada | embargo: false | embargo: 2020-01-01 | type: article | outputs: [html] | priority: 1
"""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.replace("\n", " | ").split(" | ") if line.strip()]


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    made = SmallSite(tmp_path)
    made.person("ada", "Ada Lovelace")
    made.post("ada/good.md")
    return made


def _names(site: SmallSite, word: str = SECRET) -> list[str]:
    """The files of the output, and the store, in which a word stands."""
    found = [path for path, data in site.built().items() if word.encode() in data or word.lower() in path]
    return found + [
        file.name for file in (site.folder / "cache").glob("*.sqlite*") if word.encode() in file.read_bytes()
    ]


@pytest.mark.parametrize("root", ["blogs/ada/{}.md", "pages/{}.md", "jams/{}/jam.md", "blogs/ada/{}/index.md"])
def test_whatever_says_not_yet_keeps_a_text_and_its_words_in(site: SmallSite, root: str) -> None:
    lines = [
        line for line in _lines(KEEPS_IN) if not ("jam" in root or "pages" in root) or not line.startswith("topics")
    ]
    for number, line in enumerate(lines):
        times = "opens: 2026-01-01\ncloses: 2026-02-01" if "jam" in root else "date: 2026-01-02"
        text = f"---\ntitle: {SECRET} {number}\n{times}\nsummary: {SECRET}\nx_word: {SECRET}\n{line}\n---\n{SECRET}\n"
        site.write("content/" + root.format(f"zanzibar{number}"), text)
    problems = site.build().problems
    published = {line for number, line in enumerate(lines) for path in site.built() if f"zanzibar{number}/" in path}
    assert published == set()
    for number, line in enumerate(lines):
        said = [problem for problem in problems if f"zanzibar{number}" in problem.path]
        in_time = any(year in line for year in ("2099", "2020")) and not any(p.level == "error" for p in said)
        assert in_time or any(problem.level == "error" for problem in said), line
    kept = [number for number, line in enumerate(lines) if not any(year in line for year in ("2099", "2020"))]
    store = b"".join(file.read_bytes() for file in (site.folder / "cache").glob("*.sqlite"))
    assert [lines[number] for number in kept if f'{SECRET} {number}"'.encode() in store] == []


def test_what_plainly_says_published_is_published(site: SmallSite) -> None:
    lines = _lines(PUBLISHES)
    for number, line in enumerate(lines):
        site.write(f"content/blogs/ada/open{number}.md", f"---\ntitle: A title\ndate: 2026-01-02\n{line}\n---\ntext\n")
    problems = site.build().problems
    there = site.built()
    kept = [line for number, line in enumerate(lines) if f"blogs/ada/open{number}/index.html" not in there]
    assert kept == []
    assert [str(problem) for problem in problems if problem.level == "error"] == []


def test_the_message_says_what_keeps_a_post_in_and_how_to_publish_it(site: SmallSite) -> None:
    site.post("ada/a.md", draft="true")
    site.post("ada/b.md", status="wip")
    site.post("ada/c.md", draft="false")
    assert site.problems() == [
        "content/blogs/ada/a.md:4: 'draft: true' can mean that this is not public, so it stays in; take that out to publish it; "
        "'status: draft' keeps it in without this message, 'status: hidden' publishes it in no list",
        "content/blogs/ada/b.md:4: status is wip, which is not understood, so this stays in; write 'status: published' to publish "
        "it, 'status: draft' to keep it in, or 'status: hidden' to publish it in no list",
        "content/blogs/ada/c.md:4: draft is not a key that is known here; status is; mend its spelling, or begin it with x_ if it "
        "is your own",
    ]


def test_a_draft_says_nothing_of_other_keys_and_no_message_holds_a_password(site: SmallSite) -> None:
    site.post("ada/a.md", status="draft", draft="true", title="'[WIP] x'")
    site.post("ada/b.md", password="swordfish")
    (problem,) = site.problems()
    assert "'password: …'" in problem
    assert "swordfish" not in problem


def test_the_stricter_of_two_lines_counts(site: SmallSite) -> None:
    site.write("content/blogs/ada/x.md", "---\ntitle: a\ndate: 2026-01-01\nstatus: draft\nstatus: published\n---\na\n")
    site.post("ada/y.md", status="published", draft="true")
    site.build()
    assert not [path for path in site.built() if path.startswith(("blogs/ada/x/", "blogs/ada/y/"))]


@pytest.mark.parametrize(
    ("title", "stays_in"),
    [
        ("'[DRAFT] Zanzibar'", True), ("'WIP: Zanzibar'", True), ("Zanzibar (draft)", True), ("'Draft - Zanzibar'", True),
        ("'**WIP** Zanzibar'", True), ("'Entwurf: Zanzibar'", True), ("'Private: Zanzibar'", True), ("Draft", True),
        ("'【下書き】Zanzibar'", True), ("Draft beer in Zanzibar", False), ("WIP limits of Zanzibar", False),
        ("Private clouds of Zanzibar", False), ("How to draft", False),
    ],
)  # fmt: skip
def test_a_title_with_a_mark_before_or_after_it_keeps_a_post_in(site: SmallSite, title: str, stays_in: bool) -> None:
    site.post("ada/zanzibar.md", title=title)
    problems = site.problems()
    assert (not _names(site)) == stays_in
    assert bool(problems) == stays_in


def test_a_moment_of_another_programs_key_publishes_and_takes_back(site: SmallSite) -> None:
    site.post("ada/x/index.md", publishDate="2026-09-22", expiryDate="2026-09-24")
    site.write("content/blogs/ada/x/plan.pdf", b"%PDF-1.4")
    site.write("content/pages/soon.md", "---\ntitle: Soon\ndate: 2026-09-22\nexpires: 2026-09-24\n---\nx\n")
    site.write(
        "content/jams/j/jam.md",
        "---\ntitle: J\nopens: 2026-01-01\ncloses: 2026-02-01\npublish_date: 2026-09-22\n---\nx\n",
    )
    site.write("content/jams/j/plan.pdf", b"%PDF-1.4")
    paths = {
        "blogs/ada/x/index.html",
        "blogs/ada/x/plan.pdf",
        "soon/index.html",
        "jams/j/index.html",
        "jams/j/plan.pdf",
    }
    for days, there in ((0, set()), (2, paths), (4, {"jams/j/index.html", "jams/j/plan.pdf"}), (1, paths), (-3, set())):
        site.now = NOW + days * DAY
        site.build()
        assert paths & site.built().keys() == there, days
        site.build("clean", f"cache{days}")
        assert site.built() == site.built("clean")


def test_a_date_that_is_not_understood_is_not_replaced_by_that_of_the_name(site: SmallSite) -> None:
    site.post("ada/2026-01-01-x.md", date="when it is done")
    site.write("content/pages/p.md", "---\ntitle: P\ndate: when it is done\n---\nx\n")
    assert [problem.level for problem in site.build().problems] == ["error", "error"]
    assert not {"blogs/ada/x/index.html", "p/index.html"} & site.built().keys()


@pytest.mark.parametrize(
    "path",
    [
        "_drafts/idea.md", "drafts/idea.md", "Drafts/2026/idea.md", "_idea.md", "idea.md~", "idea.md.bak", "idea.md.orig", "#idea.md#",
        "Copy of idea.md", "idea copy.md", "idea (1).md", "idea - Kopie.md", "_unpublished/idea.md", "_private/idea.md",
        "Entwürfe/idea.md", "idea.draft.md", "WIP-idea.md", "[DRAFT] idea.md", ".idea.md.swp", ".drafts/idea.md", "~idea.md",
        "idea.sync-conflict-20260101-120000.md", "unlisted/idea.md", "trash/idea.md", "草稿/idea.md", "draft.md", "wip.md",
        "idea/_index.md", "idea (Ada's conflicted copy 2026-01-01).md", "_posts.bak/idea.md",
    ],
)  # fmt: skip
def test_a_name_that_says_not_public_keeps_in_what_it_names(site: SmallSite, path: str) -> None:
    site.post(f"ada/{path}", f"{SECRET} ![x](idea.png)\n", title=SECRET)
    site.write(f"content/blogs/ada/{path.rpartition('/')[0]}/idea.png".replace("//", "/"), picture(60, 40, "PNG"))
    problems = site.problems()
    assert not _names(site)
    assert not [name for name in site.built() if name.endswith("idea.png")]
    assert path.startswith(".") or [problem for problem in problems if "says that it is not public" in problem]


def test_a_folder_called_posts_as_jekyll_has_it_is_read(site: SmallSite) -> None:
    site.post("ada/_posts/2026-01-01-tides.md", date=None)
    assert site.problems() == []
    assert "blogs/ada/tides/index.html" in site.built()


def test_files_beside_a_text_stay_in_with_it_and_come_with_it(site: SmallSite) -> None:
    held = {
        "blogs/ada/a": "status: draft", "blogs/ada/b": "date: 2099-01-01", "blogs/ada/c": "expires: 2020-01-01",
        "blogs/ada/d": "date: nonsense", "blogs/ada/e": "? [", "blogs/ada/f": "draft: true", "pages/g": "status: draft",
    }  # fmt: skip
    for folder, line in held.items():
        dated = "" if line.startswith(("date", "status")) else "date: 2026-01-01\n"
        site.write(f"content/{folder}/index.md", f"---\ntitle: x\n{dated}{line}\n---\nx\n")
    site.write("content/jams/h/jam.md", "---\ntitle: x\nopens: 2026-01-01\ncloses: 2026-02-01\nstatus: draft\n---\nx\n")
    site.write("content/blogs/ada/i/index.md", "no header\n")
    site.write("content/blogs/ada/j/index.markdown", "---\ntitle: x\ndate: 2026-01-01\n---\nx\n")
    folders = [*held, "jams/h", "blogs/ada/i", "blogs/ada/j"]
    for folder in folders:
        site.write(f"content/{folder}/plan.pdf", b"%PDF-1.4 plan")
        site.write(f"content/{folder}/deep/er/hall.png", picture(900, 600, "PNG"))
    site.build()
    assert [
        path for path in site.built() if path.endswith(("plan.pdf", "hall.png")) or path.startswith("pictures/")
    ] == []
    for folder in folders:
        name = "jam.md" if "jams" in folder else "index.md"
        times = "opens: 2026-01-01\ncloses: 2026-02-01" if "jams" in folder else "date: 2026-01-01"
        site.write(f"content/{folder}/{name}", f"---\ntitle: x\n{times}\n---\nx\n")
    site.build()
    there = site.built()
    assert [
        path for folder in folders for path in (f"{folder}/plan.pdf", f"{folder}/deep/er/hall.png") if path not in there
    ] == []
    assert any(path.startswith("pictures/") for path in there)
    site.build("clean", "cache2")
    assert there == site.built("clean")


def test_files_are_there_if_any_translation_beside_them_is(site: SmallSite) -> None:
    site.post("ada/x/index.md", status="draft")
    site.post("ada/x/index.de.md", date="2026-09-22")
    site.write("content/blogs/ada/x/plan.pdf", b"%PDF-1.4")
    site.build()
    assert not [path for path in site.built() if path.endswith("plan.pdf")]
    site.now = NOW + 2 * DAY
    site.build()
    assert [path for path in site.built() if path.endswith("plan.pdf")] == ["blogs/ada/x/de/plan.pdf"]


def test_a_file_beside_no_index_is_there_while_a_published_text_shows_it(site: SmallSite) -> None:
    def there() -> set[str]:
        site.build()
        found = {path for path in site.built() if path.endswith((".pdf", ".jpg", ".mp4"))}
        site.build("clean", f"cache-{site.now}-{len(list(site.folder.iterdir()))}")
        assert site.built() == site.built("clean")
        return found

    site.write("content/blogs/ada/plan.pdf", b"%PDF-1.4")
    site.write("content/blogs/ada/talk.mp4", film())
    site.write("content/blogs/ada/talk.jpg", picture(60, 40, "JPEG"))
    assert there() == set()
    site.post("grace/a.md", "[plan](/blogs/ada/plan.pdf)\n", status="draft")
    site.post("ada/t.md", "![talk](talk.mp4)\n")
    assert there() == {"blogs/ada/talk.mp4", "blogs/ada/talk.jpg"}
    site.post("grace/a.md", "[plan](/blogs/ada/plan.pdf)\n")
    assert there() == {"blogs/ada/plan.pdf", "blogs/ada/talk.mp4", "blogs/ada/talk.jpg"}
    site.post("ada/b.md", "[plan](plan.pdf)\n", date="2026-09-22")
    site.post("grace/a.md", "nothing\n")
    assert there() == {"blogs/ada/talk.mp4", "blogs/ada/talk.jpg"}
    site.now = NOW + 2 * DAY
    assert there() == {"blogs/ada/plan.pdf", "blogs/ada/talk.mp4", "blogs/ada/talk.jpg"}
    site.remove("content/blogs/ada/b.md")
    site.remove("content/blogs/ada/t.md")
    assert there() == set()


def test_a_still_is_there_while_its_film_is(site: SmallSite) -> None:
    def there() -> set[str]:
        site.build()
        shutil.rmtree(site.folder / "clean-cache", ignore_errors=True)
        site.build("clean", "clean-cache")
        assert site.built() == site.built("clean")
        return {path.rpartition("/")[2] for path in site.built() if path.endswith((".mp4", ".webp"))} - pictures()

    def pictures() -> set[str]:
        return {path.rpartition("/")[2] for path in site.built() if path.startswith("pictures/")}

    site.post("ada/t.md", "![talk](/blogs/ada/TALK.mp4)\n")
    site.write("content/blogs/ada/talk.heic", picture(60, 40, "HEIF"))
    assert there() == set(), "no film"
    site.write("content/blogs/ada/talk.mp4", b"none that is understood")
    assert there() == set()
    site.write("content/blogs/ada/talk.mp4", film())
    assert there() == {"talk.mp4", "talk.heic.webp"}
    site.write("content/blogs/ada/talk.mp4", b"none that is understood")
    assert there() == set()
    site.write("content/blogs/ada/talk.mp4", film())
    site.post("ada/t.md", "![talk](/blogs/ada/TALK.mp4)\n", status="draft")
    assert there() == set()
    site.post("ada/t.md", "![talk](talk.mp4)\n")
    assert there() == {"talk.mp4", "talk.heic.webp"}
    site.remove("content/blogs/ada/talk.mp4")
    assert there() == set()


def test_of_two_files_whose_addresses_differ_by_case_both_are_meant(site: SmallSite) -> None:
    site.write("content/blogs/ada/plan.pdf", b"%PDF-1.4")
    site.write("content/blogs/ada/Plan.pdf", b"%PDF-1.4 two")
    site.post("ada/t.md", "[plan](/blogs/ada/plan.pdf)\n")
    site.build()
    assert {"blogs/ada/plan.pdf", "blogs/ada/Plan.pdf"} <= site.built().keys()
    site.post("ada/t.md", "none\n")
    site.build()
    site.post("ada/t.md", "[plan](/blogs/ada/plan.pdf)\n")
    site.build()
    site.build("clean", "clean-cache")
    assert site.built() == site.built("clean")


def test_a_file_that_nothing_shows_is_said(site: SmallSite) -> None:
    site.write("content/blogs/ada/plan.pdf", b"%PDF-1.4")
    site.write("content/blogs/ada/post.docx", b"PK\x03\x04")
    site.write("content/blogs/ada/shown.pdf", b"%PDF-1.4")
    site.post("ada/d.md", "[s](shown.pdf)\n", status="draft")
    assert site.problems() == [
        "content/blogs/ada/plan.pdf: nothing that is published shows this file, so it stays in; link to it in a post, or move it "
        "into the folder of one (`my-post/index.md`)",
        "content/blogs/ada/post.docx: a document of a word processor cannot be read as a post; save it as Markdown with a name "
        "that ends with .md, or link to it in a post",
    ]


@pytest.mark.parametrize(
    "line", ["private: true", "draft: true", "public: false", "visibility: private", "published: no"]
)
@pytest.mark.parametrize("file", ["content/blogs/tides/blog.yaml", "authors/tides.yaml"])
def test_a_blog_that_is_not_public_stays_in_as_a_whole(site: SmallSite, file: str, line: str) -> None:
    good = f"title: {SECRET}\nname: {SECRET}\n".splitlines()[file.startswith("authors")] + "\n"
    site.write(file, f"{good}{line}\n")
    site.post("tides/x/index.md", title=SECRET)
    site.write("content/blogs/tides/x/plan.pdf", b"%PDF-1.4")
    site.write("content/blogs/tides/loose.pdf", b"%PDF-1.4")
    site.post("ada/y.md", "[a](../tides/loose.pdf)\n")
    site.write("authors/tides.jpg", picture(60, 60, "JPEG"))
    said = [problem for problem in site.build().problems if problem.path == file]
    assert "so all of it stays in" in said[0].message
    assert not [path for path in site.built() if "tides" in path]
    assert not [path for path, data in site.built().items() if SECRET.encode() in data]
    site.write(file, good)
    site.build()
    assert {"blogs/tides/x/index.html", "blogs/tides/x/plan.pdf", "blogs/tides/loose.pdf"} <= site.built().keys()
    site.build("clean", "cache2")
    assert site.built() == site.built("clean")
    site.write(file, f"{good}{line}\n")
    site.build()
    assert not [path for path in site.built() if "tides" in path]
    site.build("clean", "cache3")
    assert site.built() == site.built("clean")


def test_of_a_group_that_stays_in_nothing_more_is_said(site: SmallSite) -> None:
    site.write("content/blogs/tides/blog.yaml", "title: Tides\nmembers: [nobody]\n")
    assert ["nobody" in problem for problem in site.problems()] == [True]
    site.write("content/blogs/tides/blog.yaml", "title: Tides\nmembers: [nobody]\ndraft: true\n")
    assert ["nobody" in problem for problem in site.problems()] == [False]


LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "4d" * 32 + "\nsize 12345\n"
ANNEX = "../../../.git/annex/objects/Xx/1f/SHA256E-s12--4d.pdf/SHA256E-s12--4d.pdf"


@pytest.mark.parametrize("pointer", [LFS, LFS.replace("\n", "\r\n"), ANNEX, "/annex/objects/SHA256E-s12--4d.pdf\n"])
@pytest.mark.parametrize(
    "path",
    ["content/blogs/ada/x/plan.pdf", "content/blogs/ada/x/hall.png", "content/blogs/ada/p.md", "content/images/logo.svg",
     "authors/ada.jpg", "content/pages/p.md", "authors/bob.yaml", "content/blogs/ada/x/a.csv", "content/images/data.bin"],
)  # fmt: skip
def test_a_pointer_in_place_of_a_file_is_not_published(site: SmallSite, path: str, pointer: str) -> None:
    site.post("ada/x/index.md", "![h](hall.png) [p](plan.pdf) [c](a.csv)\n")
    site.write(path, pointer)
    (said,) = [problem for problem in site.problems() if problem.startswith(path)]
    assert ("git lfs pull; in a workflow, 'lfs: true'" if pointer.startswith("version") else "git annex get") in said
    stem = path.rpartition("/")[2].partition(".")[0]
    assert not [name for name, data in site.built().items() if b"annex/objects" in data or b"oid sha256" in data], stem


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            "content/blogs/ada/post.md.txt",
            "this looks like a post, but its name ends with .txt; let its name end with .md",
        ),
        (
            "content/blogs/ada/notes.txt",
            "this looks like a post, but its name ends with .txt; let its name end with .md",
        ),
        (
            "content/blogs/ada/notes",
            "this looks like a post, but its name ends with no ending; let its name end with .md",
        ),
        ("content/blogs/ada/post.MD", "a text whose name ends with .MD is not read; let its name end with .md or .rst"),
        (
            "content/blogs/ada/post.markdown",
            "a text whose name ends with .markdown is not read; let its name end with .md or .rst",
        ),
        ("content/post.md", "this looks like a post, but none is read here; move it to content/blogs/<handle>/"),
        ("content/blogs/post.md", "this looks like a post, but none is read here; move it to content/blogs/<handle>/"),
        ("content/posts/post.md", "this looks like a post, but none is read here; move it to content/blogs/<handle>/"),
        (
            "content/blogs/ada/notes/post.md",
            "this looks like a post, but none is read here; move it to content/blogs/ada/",
        ),
        ("post.md", "this looks like a post, but none is read here; move it to content/blogs/<handle>/"),
        ("posts/post.md", "this looks like a post, but none is read here; move it to content/blogs/<handle>/"),
    ],
)
def test_a_post_that_nobody_reads_is_said(site: SmallSite, path: str, message: str) -> None:
    site.write(path, f"---\ntitle: {SECRET}\ndate: 2026-01-01\n---\n{SECRET}\n")
    assert site.problems() == [f"{path}: {message}"]
    assert not _names(site)


def test_aliases_of_a_text_that_stays_in_lead_nowhere(site: SmallSite) -> None:
    site.post("ada/x.md", draft="true", aliases="[/old/zanzibar/]")
    site.post("ada/y.md", aliases="[/old/zanzibar/]")
    assert len(site.problems()) == 1, "nobody else's alias is taken by it"
    assert b"/blogs/ada/y/" in site.built()["old/zanzibar/index.html"]


def test_headers_of_other_kinds_are_heard_too(tmp_path: Path) -> None:
    site = SmallSite(tmp_path, BYLINES_MARKDOWN="pelican")
    site.person("ada")
    site.write("content/blogs/ada/a.md", "Title: Zanzibar\nDate: 2026-01-01\nStatus: skip\n\nx\n")
    site.write("content/blogs/ada/b.md", "Title: Zanzibar\nDate: 2026-01-01\nDraft: true\n\nx\n")
    site.write("content/blogs/ada/c.rst", "Zanzibar\n########\n\n:date: 2026-01-01\n:status: Pending\n\nx\n")
    site.write("content/blogs/ada/d.md", '+++\ntitle = "Zanzibar"\ndraft = true\n+++\nx\n')
    site.write("content/blogs/ada/e.rst", "Zanzibar\n########\n\n:date: 2026-01-01\n:published: false\n\nx\n")
    assert [problem.level for problem in site.build().problems] == ["error"] * 5
    assert not _names(site)
