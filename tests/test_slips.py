"""What people write in headers by a slip is read as they mean it, said in plain words, and mended by `check --fix`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bylines.checking import fixes as mend
from bylines.engine.read import ReadOptions
from bylines.features.people.records import PROFILE
from bylines.features.posts.records import POST, Post
from bylines.features.topics.records import TOPICS
from bylines.problem_report import fixes
from bylines.problems import ERROR
from bylines.records import Reading
from bylines.renaming import edit_front_matter as places
from tests.building import SmallSite
from tests.test_headers import _LINES

_NAME = "content/blogs/ada/x.md"
_PEOPLE = {"ada lovelace": "ada", "grace hopper": "grace", "twin": ""}
_FACTS = mend.Facts({"ml": "Machine learning"}, "", lambda path: "", people=lambda: _PEOPLE, kind=POST)
# Words that mean something to a parser alone.
_OF_PARSERS = re.compile(
    r"\b(?:token|mapping|scalar|sequence|block|flow|anchor|alias(?:es)? of|directive|document|expected|indicator|context|"
    r"alphabetic|stream|parser?|node|tag of)\b",
    re.I,
)


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> ReadOptions:
    return SmallSite(tmp_path_factory.mktemp("site")).site().read


def _text(lines: str) -> str:
    return f"---\n{lines}\ndate: 2026-01-02\n---\nText: with # signs\n"


def _read(text: str, options: ReadOptions) -> Reading:
    return POST.read(_NAME, text.encode(), options)


def _mended(text: str) -> str:
    made = mend.mend_text(_NAME, text.encode(), _FACTS).data
    assert mend.mend_text(_NAME, made, _FACTS).data == made, "a second time there is nothing to mend"
    return made.decode()


def _check_mended(text: str, options: ReadOptions) -> None:
    """What can be mended is, what it says is as it was, and the text below is untouched."""
    before, made = _read(text, options), _mended(text)
    after = _read(made, options)
    assert not [str(problem) for problem in after.problems if fixes(problem)]
    assert made.endswith("---\nText: with # signs\n")
    if isinstance(before.record, Post):
        assert isinstance(after.record, Post)
        shown = [(r.title, r.date, r.summary, r.lang, r.status) for r in (before.record, after.record)]
        if any("is not read" in problem.message for problem in before.problems):
            shown = [each[:2] for each in shown]
        assert shown[0] == shown[1]


_TITLES = {
    "Fixing bug #123 at last": "Fixing bug #123 at last",
    "#5 is alive": "#5 is alive",
    "C # basics": "C # basics",
    "C# and F#": "C# and F#",
    "Update #2 (28 new skills): a list": "Update #2 (28 new skills): a list",
    "'Fixing #1' again": "'Fixing #1' again",
    "'Fixing #1'": "Fixing #1",
    '"Foo" and bar': '"Foo" and bar',
    '"Foo" and "bar"': '"Foo" and "bar"',
    '"say "hi" now"': 'say "hi" now',
    "'it's'": "it's",
    '"Foo': "Foo",
    '"Foo",': "Foo",
    "Foo: bar": "Foo: bar",
    "Why: a: b: c": "Why: a: b: c",
    "Error:": "Error:",
    "- a": "- a",
    "*b* x": "*b* x",
    "> x": "> x",
    "| x": "| x",
    "@x": "@x",
    "`x` y": "`x` y",
    "%x": "%x",
    "&x": "&x",
    "!x": "!x",
    "? x": "? x",
    "{{ x }}": "{{ x }}",
    "{x} y": "{x} y",
    "[RFC] x": "[RFC] x",
    ", x": ", x",
    '"C:\\temp\\new"': "C:\\temp\\new",
    '"100 \\% sure"': "100 \\% sure",
    "https://example.com/a#b": "https://example.com/a#b",
    "潮汐：一个故事 #1": "潮汐：一个故事 #1",
    "مد: جزر": "مد: جزر",
    "🎉 Foo: bar": "🎉 Foo: bar",
    "yes": "yes",
    "[CLIP](https://arxiv.example/2103)[@CLIP]": "[CLIP](https://arxiv.example/2103)[@CLIP]",
    "<b>x</b> & y: z": "<b>x</b> & y: z",
    "'PROC-015: an issue's resolution'": "PROC-015: an issue's resolution",
    "'Don''t'": "Don't",
    "~/bin: where": "~/bin: where",
    "1: a": "1: a",
    "a:b: c": "a:b: c",
    "=: x": "=: x",
    "(1) x: y": "(1) x: y",
    "«a»: b": "«a»: b",
    "100%: yes": "100%: yes",
    "x {#id}": "x {#id}",
    "- [ ] x": "- [ ] x",
    "**x**": "**x**",
    "***": "***",
    "...": "...",
    "x -- # y": "x -- # y",
    "012": "012",
    "2026-01-02": "2026-01-02",
    "1e3": "1e3",
}


@pytest.mark.parametrize(("written", "title"), _TITLES.items())
def test_a_title_is_what_stands_there(written: str, title: str, options: ReadOptions) -> None:
    text = _text(f"title: {written}")
    reading = _read(text, options)
    assert isinstance(reading.record, Post)
    assert reading.record.title == title
    assert all(problem.level == "note" for problem in reading.problems)
    _check_mended(text, options)


@pytest.mark.parametrize("line", ["title:x", "title：x", "title:\u00a0x", "\u00a0title: x", "\u3000title: x", "\u200btitle: x",
    "title:\u2009x", " title: x", "- title: x", "title = x", 'title = "x"', "Title: x", "TITLE: x", "title:\nx", "title:\tx",
    "titel: y\ntitle: x", "title\u00a0: x"])  # fmt: skip
def test_a_key_is_known_however_it_is_written(line: str, options: ReadOptions) -> None:
    text = _text(line)
    reading = _read(text, options)
    assert isinstance(reading.record, Post)
    assert reading.record.title == "x"
    _check_mended(text, options)


_TOPICS = {
    "topics: [c #, f#]": ("c #", "f#"),
    "topics: [c#, #x]": ("c#", "x"),
    "topics: #boats": ("boats",),
    "topics: #boats #sea": ("boats", "sea"),
    "topics: a; b": ("a", "b"),
    "topics: [a, b": ("a", "b"),
    "topics: [a: b, c]": ("a: b", "c"),
    "topics: - a": ("a",),
    "topics: # none yet": (),
    "topics:\n- a #1\n - b: c\n   - d": ("a #1", "b: c", "d"),
    "topics:\n-a\n-b": ("a", "b"),
    "topics:\n\t- a\n\t- b": ("a", "b"),
    "topics:\n— a\n• b": ("a", "b"),
    "topics:\n  #a\n  #b": ("a", "b"),
    "topics:\n\u00a0\u00a0-\u00a0a": ("a",),
    "topics: [a,\n  b]": ("a", "b"),
    "topics:\n- a\n\n- b": ("a", "b"),
    'topics: ["a # b", c]': ("a # b", "c"),
}


@pytest.mark.parametrize(("lines", "topics"), _TOPICS.items())
def test_a_list_is_what_stands_there(lines: str, topics: tuple[str, ...], options: ReadOptions) -> None:
    text = _text(f"title: x\n{lines}")
    reading = _read(text, options)
    assert isinstance(reading.record, Post)
    assert reading.record.topics == topics
    _check_mended(text, options)
    again = _read(_mended(text), options).record
    assert isinstance(again, Post)
    assert again.topics == topics


def test_several_lines_are_one_text(options: ReadOptions) -> None:
    for summary in ("a\nb # c\nd", "a\n  b: c\n  d", '"a: b\nc # d"', "'a\nb'", ">\n  a # b\n  c: d", "a #1\n  b"):
        text = _text(f"title: x\nsummary: {summary}")
        reading = _read(text, options)
        assert isinstance(reading.record, Post), summary
        assert reading.record.summary == " ".join(summary.strip("\"'>\n").split())
        _check_mended(text, options)


@pytest.mark.parametrize("title", ["[WIP] x", "Draft: x", "(draft) a: b", "TODO - a: b", "[Entwurf] x", "{private} x"])
def test_a_line_that_cannot_be_read_and_says_not_yet_keeps_the_post_in(title: str, options: ReadOptions) -> None:
    text = _text(f"title: {title}")
    reading = _read(text, options)
    assert reading.record is None
    assert f'if it may be published, write: title: "{title}"' in str(reading.problems[0])
    assert _mended(text) == text, "nobody but the writer decides that"


def test_a_comment_that_is_clearly_one_is_not_published_and_said(options: ReadOptions) -> None:
    reading = _read(_text("title: Tides  # ask the lawyers about Acme"), options)
    assert isinstance(reading.record, Post)
    assert reading.record.title == "Tides"
    assert [str(p) for p in reading.problems] == [
        f"{_NAME}:2: '# ask the lawyers about Acme' is a comment, which nobody sees; if it belongs to the text, "
        'write: title: "Tides  # ask the lawyers about Acme"'
    ]
    for line in (
        "lang: en # or so",
        "status: draft # for now",
        "modified: 2026-01-03  # not sure",
        "aliases: [/a/] # old",
    ):
        assert _read(_text(f"title: x\n{line}"), options).problems == ()


@pytest.mark.parametrize("fence", ["----", "—", "–", "--", "---------", "—-", "―"])
def test_a_fence_is_known_however_it_came_out(fence: str, options: ReadOptions) -> None:
    text = f"{fence}\ntitle: x\ndate: 2026-01-02\n{fence}\nText: with # signs\n"
    assert isinstance(_read(text, options).record, Post)
    _check_mended(text, options)
    twice = f"---\n---\ntitle: x\ndate: 2026-01-02\n{fence}\nText: with # signs\n"
    assert isinstance(_read(twice, options).record, Post)
    _check_mended(twice, options)


@pytest.mark.parametrize(
    "head",
    [
        '+++\ntitle = "a: b"\ndate = 2026-01-02\n+++\n',
        '{"title": "a: b", "date": "2026-01-02"}\n',
        ';;;\n{"title": "a: b", "date": "2026-01-02"}\n;;;\n',
        'title: "a: b"\ndate: 2026-01-02\n',
        'title: "a: b"\ndate: 2026-01-02\n---\n',
        '"title": "a: b",\n"date": "2026-01-02"\n;;;\n',
    ],
)
def test_the_header_of_another_program_becomes_one_of_ours(head: str, options: ReadOptions) -> None:
    text = f"{head}\nBody #1\n"
    reading = _read(text, options)
    assert reading.record is None
    assert all(fixes(problem) for problem in reading.problems)
    assert "'title: \"a: b\"', 'date: 2026-01-02'" in str(reading.problems[0])
    made = _read(_mended(text), options)
    assert isinstance(made.record, Post)
    assert made.record.title == "a: b"
    assert _mended(text).endswith("---\n\nBody #1\n") or _mended(text).endswith("---\nBody #1\n")


def test_a_draft_of_another_program_stays_one(options: ReadOptions) -> None:
    for head in (
        '+++\ntitle = "x"\ndate = 2026-01-02\ndraft = true\n+++\n',
        '{"title": "x", "date": "2026-01-02", "draft": true}\n',
    ):
        made = _read(_mended(f"{head}\nBody\n"), options).record
        assert isinstance(made, Post)
        assert made.status == "draft"


_VALUES = {
    "lang: Spanish": "lang: es",
    "lang: “de”": None,
    "modified: “2026-02-03”": "modified: 2026-02-03",
    "modified: 25/12/2026": "modified: 2026-12-25",
    "modified: 2026年3月4日": "modified: 2026-03-04",
    "modified: 2026–03–04": "modified: 2026-03-04",
    "slug: My Post!": "slug: my-post",
    "slug: /my-post/": "slug: my-post",
    "aliases: [old/post, /x/]": "aliases: [/old/post, /x/]",
    "tags: [a]": "topics: [a]",
    "topcs: [a]": "topics: [a]",
    "description: Of salt": "summary: Of salt",
    "author: Ada Lovelace": "authors: ada",
    "authors: [Ada Lovelace, grace]": "authors: [ada, grace]",
    "author: '@ada'": "authors: '@ada'",
    "topics: [ml]": "topics: [Machine learning]",
    "Image Alt: a": "image_alt: a",
}


@pytest.mark.parametrize(("line", "right"), _VALUES.items())
def test_the_nearest_right_value_is_written(line: str, right: str | None, options: ReadOptions) -> None:
    text = _text(f"x_own: 1 # mine\ntitle: x\n{line}")
    if right:
        assert _mended(text) == text.replace(line, right)
    _check_mended(text, options)


@pytest.mark.parametrize("line", ["modified: 04/05/2026", "modified: yesterday", "authors: [Nobody Known]", "authors: [Twin]",
    "categories: [a]\ntopics: [b]", "slug: ../etc", "lang: gibberish", "permalink: /2015/x/", "title: x"])  # fmt: skip
def test_what_has_several_answers_or_none_is_left_alone(line: str) -> None:
    text = _text(f"title: x\n{line}")
    assert _mended(text) == text


def test_a_date_that_means_two_days_is_named_with_both(options: ReadOptions) -> None:
    said = str(_read(_text("title: x\nmodified: 04/05/2026"), options).problems[0])
    assert "write 'modified: 2026-05-04' or 'modified: 2026-04-05'" in said


def test_profiles_groups_and_topics_are_read_alike(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.write(
        "authors/ada.yaml",
        "Name: Ada: Lovelace #1\nrole: Head of #1 team\nbio: *hello* see #5\nlinks:\n  Home: www.ada.example\n",
    )
    site.write("content/blogs/crew/blog.yaml", "title: Crew #7\nmembers: [@ada]\n---\n")
    site.write("content/topics.yaml", "- Go #lang\n- name: C #\n  synonyms: [c-sharp #2]\n- Tides # here\n")
    site.post("ada/x.md", topics="[Tides]")
    said = [line for line in site.problems() if "is filed under" not in line]
    assert all("is read as" in line or "is a comment" in line for line in said), said
    page = site.page("blogs/ada/index.html")
    assert "Ada: Lovelace #1" in page
    assert "Head of #1 team" in page
    assert 'href="https://www.ada.example"' in page
    assert "Crew #7" in site.page("blogs/crew/index.html")
    options = site.site().read
    topics: Any = TOPICS.read("content/topics.yaml", (tmp_path / "content/topics.yaml").read_bytes(), options).record
    assert [entry.name for entry in topics.entries] == ["Go #lang", "C #", "Tides"]
    for name, kind in (("authors/ada.yaml", PROFILE), ("content/topics.yaml", TOPICS)):
        data = (tmp_path / name).read_bytes()
        made = mend.mend_text(name, data, _FACTS._replace(kind=kind)).data
        assert not [p for p in kind.read(name, made, options).problems if fixes(p)]
        assert mend.mend_text(name, made, _FACTS).data == made


def test_a_rename_reads_as_the_build_does_and_leaves_other_lines_alone() -> None:
    text = "---\ntitle: Fixing #1: again\nauthors: [ada, @bob] # both\nsummary: a #2\n---\n"
    found = places.header_of(_NAME, text)
    assert found is not None
    made = places.with_values(text, found, lambda scalar: "eve" if scalar.value == "ada" else scalar.value)
    assert made == text.replace("[ada, @bob]", "[eve, bob]")
    assert "aliases: [/a/]\n---" in (more := places.with_item(text, found, "aliases", "/a/"))
    assert more.startswith(text[:40])
    values = {scalar.path: scalar.value for scalar in places.scalars(*places.with_mended_lines(text, found))}
    assert values[("title",)] == "Fixing #1: again"


def test_every_header_that_was_given_is_read_or_named_in_plain_words(shared: Path, options: ReadOptions) -> None:
    files = sorted((shared / "vectors/frontmatter").glob("*.md"))
    assert len(files) > 70
    for file in files:
        data = file.read_bytes()
        reading = POST.read("content/blogs/ada/2020-01-01-x.md", data, options)
        errors = [problem for problem in reading.problems if problem.level == ERROR]
        assert (reading.record is None) == bool(errors), file.name
        lines = data.count(b"\n") + 1
        for problem in reading.problems:
            assert 0 < problem.line <= lines, (file.name, problem)
            assert not _OF_PARSERS.search(
                re.sub(r"key: value|'[^']*'|write.*|empty block scalar|block is", "", f"{problem}")
            ), problem


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_LINES, min_size=1, max_size=5).map("\n".join))
def test_whatever_is_mended_says_the_same_and_its_messages_are_gone(options: ReadOptions, lines: str) -> None:
    _check_mended(_text(f"title: x\nx_a: b\n{lines}".replace("\u2028", "")), options)


def test_a_name_in_other_capitals_is_named_and_mended(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.person("ada", photo="Ada.PNG")
    site.write("authors/ada.png", (Path(__file__).parent.parent / "docs/picture.webp").read_bytes())
    site.write("content/blogs/ada/Hall.PDF", b"%PDF-1.4\n")
    site.post("ada/x.md", "[x](hall.pdf) and [y](www.example.com) and [z](Nothing.pdf)\n")
    said = site.problems()
    assert "content/blogs/ada/x.md:5: hall.pdf leads nowhere, but Hall.PDF is there; write Hall.PDF" in said
    assert any("www.example.com leads nowhere, but https://www.example.com is there" in line for line in said)
    assert any(
        "the photo Ada.PNG is not here" in line or "Ada.PNG leads nowhere, but ada.png is there" in line
        for line in said
    )
    assert any(line.endswith("Nothing.pdf leads nowhere; mend the path, or add the file") for line in said)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[w](www.example.com) and www.example.com", "[w](https://www.example.com) and www.example.com"),
        ('<a href="www.example.com">x</a>', '<a href="https://www.example.com">x</a>'),
        ("[x]\n\n[x]: www.example.com", "[x]\n\n[x]: https://www.example.com"),
        ("`[w](www.example.com)`", "`[w](www.example.com)`"),
    ],
)
def test_a_web_address_in_a_text_is_mended_and_so_is_the_header_above_it(before: str, after: str) -> None:
    text = f"---\nTitle: x\ndate: 2026-01-01\nid: a:b\n---\n{before}\n"
    made = mend.mend_text("content/blogs/ada/x.md", text.encode(), mend.Facts({}, "", lambda path: "", kind=POST))
    assert made.data.decode() == f"---\ntitle: x\ndate: 2026-01-01\nid: a:b\n---\n{after}\n"


def test_a_hint_names_nothing_outside_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "SECRET.pdf").write_text("x")
    site = SmallSite(tmp_path / "site")
    site.person("ada")
    site.post("ada/x.md", "[x](../../../../secret.pdf) [y](../../../authors/ADA.yaml)\n")
    assert all("is there" not in line for line in site.problems())


def test_an_item_of_topics_without_words_is_read() -> None:
    from bylines.engine.read import ReadOptions
    from bylines.features.topics.records import TOPICS

    found = TOPICS.read("content/topics.yaml", b"./joined: 2013\n- \n", ReadOptions())
    assert found.problems
