"""What the git host's preview shows is what is published: footnotes, headings' addresses, emoji, pictures for light and dark."""

from __future__ import annotations

import html
import re
import time
from urllib.parse import unquote

import pytest

from bylines import markup
from bylines.markup import MarkupOptions, fill, fill_absolute
from tests.building import SmallSite
from tests.drawing import picture

_OPTIONS = MarkupOptions()


def _html(source: str) -> str:
    return fill(markup.read(source, "md", _OPTIONS)[0].content, {}, {})


def _dead(page: str) -> set[str]:
    """Links of a page to places in it that are not there."""
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids)), "an id stands twice"
    known = set(map(html.unescape, ids))
    return {link for link in map(html.unescape, re.findall(r'href="#([^"]*)"', page)) if unquote(link) not in known}


@pytest.mark.parametrize(
    "label", ["1", "注", "a/b", "1.", "🎉", '"q"', "UP", "a%b", "<b>", "a&b", "हिन्दी", "a_b*c", "über", "x:y", "'", "~"]
)
def test_a_footnote_of_any_name_leads_there_and_back(label: str) -> None:
    text = f"# A[^{label}]\n\nOne[^{label}]\n\n| t[^{label}] |\n|-|\n| x |\n\n## fn-{label}\n\n[^{label}]: The note.\n"
    found = _html(text)
    assert "The note." in found
    assert found.count("footnote-ref") >= 3
    assert _dead(found) == set()


def test_of_a_footnote_that_is_defined_twice_the_first_counts() -> None:
    found = _html("a[^A] b[^b]\n\n[^a]: First.\n[^A]: Second.\n[^b]: Other.\n")
    assert "First." in found
    assert "Second." not in found
    assert found.count("<li") == 2
    assert _dead(found) == set()


@pytest.mark.parametrize(
    "text",
    [
        "> q[^1]\n\n- l[^1]\n\n[^1]: a\n    - x\n\n    ```\n    c\n    ```\n",
        "**a[^1]** [l[^1]](/x/) ![i[^1]](/y/)\n\n[^1]: n",
        "[^1]: n[^2]\n[^2]: m[^1]\n\na[^1]",
        "- x[^1]\n\n  [^1]: in a list",
        "x[^1]\n\n> [^1]: in a quote",
    ],
)
def test_footnotes_may_stand_anywhere(text: str) -> None:
    assert _dead(_html(text)) == set()


def test_a_footnote_that_only_html_calls_is_said() -> None:
    remarks = markup.read("<div>\na[^x]\n</div>\n\n[^x]: Gone.\n", "md", _OPTIONS)[1].remarks
    assert [(each.line, each.code) for each in remarks] == [(5, "footnote-unused")]


def test_footnotes_in_code_are_none() -> None:
    remarks = markup.read("`[^a]` [^b]\n\n```\n[^c]: x\n```\n\n[^b]: y\n", "md", _OPTIONS)[1].remarks
    assert remarks == ()


def test_footnotes_hold_on_pages_and_feeds_and_in_short_texts(site: SmallSite) -> None:
    site.settings["RELATIVE_URLS"] = True
    site.post("ada/x.md", "One[^注].\n\n[^注]: Note.\n")
    site.post("ada/y.md", "Two[^注].\n\n[^注]: Note.\n")
    site.person("ada", bio="'Of me.[^注]\n\n\n  [^注]: Note.'")
    assert site.problems() == []
    for path, page in site.built().items():
        if path.endswith(".html"):
            assert _dead(page.decode()) == set(), path


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("What the winch said", "what-the-winch-said"),
        ("हिन्दी में जानकारी", "हिन्दी-में-जानकारी"),
        ("🎉 Party", "-party"),
        (":tada: Party", "tada-party"),
        (":star2: About the *project* :+1:", "star2-about-the-project-1"),
        ("`:x:` code", "x-code"),
        ("time_x `code()`", "time_x-code"),
        ("C++ & C#", "c--c"),
        ("A -- b", "a----b"),
        ("Über É", "über-é"),
        ("한국어 제목", "한국어-제목"),
        ("ภาษาไทย ที่นี่", "ภาษาไทย-ที่นี่"),
        ("עִבְרִית", "עִבְרִית"),
        ("a.b.c", "abc"),
        ("[A link](/x/)", "a-link"),
        ("<b>Bold</b> *it*", "bold-it"),
        ("Note[^1]", "note"),
        ("1. First", "1-first"),
        ("مرحبا، كيف", "مرحبا-كيف"),
        ("x " * 99 + "y", "x-" * 99 + "y"),
        ("🎉", "section"),
    ],
)
def test_a_heading_has_the_id_that_the_git_host_gives_it(title: str, name: str) -> None:
    assert f'<h2 id="{name}"' in _html(f"## {title}\n\n[^1]: n\n")


def test_headings_of_one_name_are_counted() -> None:
    assert re.findall(r'<h2 id="([^"]*)"', _html("## Same\n\n## Same\n\n## same\n")) == ["same", "same-1", "same-2"]


@pytest.mark.parametrize(
    "link",
    [
        "हिन्दी-में-जानकारी",
        "%E0%A4%B9%E0%A4%BF%E0%A4%A8%E0%A5%8D%E0%A4%A6%E0%A5%80-%E0%A4%AE%E0%A5%87%E0%A4%82-%E0%A4%9C%E0%A4%BE%E0%A4%A8%E0%A4%95%E0%A4%BE%E0%A4%B0%E0%A5%80",
        "Some-Part",
        "SOME-PART",
        "some-part",
        "user-content-some-part",
        "Here",
        "two-words",
        "forms",
        "u%CC%88ber",
        "über",
    ],
)
def test_a_link_within_a_text_leads_there_however_it_is_spelled(link: str) -> None:
    text = '## हिन्दी में जानकारी\n\n## Some part\n\n## Über\n\n<a name="Here"></a><a id="two words"></a>'
    text += f'<a name="forms"></a>\n\n[x](#{link})\n'
    assert _dead(_html(text)) == set()


def test_a_heading_may_say_its_own_address() -> None:
    assert '<h2 id="part">A part<' in _html("## A part {#part}\n")


def test_a_heading_shows_its_emoji_in_the_text_and_in_the_table_of_contents() -> None:
    prose, _ = markup.read(":x:\n\n## :tada: A `:x:`\n\n## B\n\n## C :rocket:\n", "md", MarkupOptions())
    assert '<h2 id="tada-a-x">🎉 A <code>:x:</code>' in prose.content
    assert [entry.title for entry in prose.toc][::2] == ["🎉 A :x:", "C 🚀"]


@pytest.mark.parametrize("start", [">[!NOTE]", ">[!note] ", "  >[!Note]"])
def test_an_alert_needs_no_space(start: str) -> None:
    assert 'class="alert alert-note"' in _html(f"Text.\n\n{start}\n>Worth it.\n")
    code = f"```\n{start}\n>Worth it.\n```\n"
    assert html.escape(start) in _html(code)


def test_emoji_have_names_in_words_alone() -> None:
    text = ":tada: `:tada:` 10:100:20 std::a::b C:x: :nope: :tada::rocket:\n\n<p>:x:</p>\n\n    :x:\n"
    found = _html(text)
    assert found.startswith("<p>🎉 <code>:tada:</code> 10:100:20 std::a::b C:x: :nope: 🎉🚀</p>")
    assert "<p>❌</p>" in found
    assert "<code>:x:" in found


def test_pictures_for_light_and_dark(site: SmallSite) -> None:
    dark = "(prefers-color-scheme: dark)"
    site.write("content/blogs/ada/x/light.jpg", picture())
    site.write("content/blogs/ada/x/dark.jpg", picture(30, 20))
    body = f'<picture><source media="{dark}" srcset="dark.jpg"><img src="light.jpg" alt="A" width="50%"></picture>\n\n'
    site.post("ada/x/index.md", body + "![B](light.jpg#gh-light-mode-only) ![C](dark.jpg#gh-dark-mode-only)\n")
    assert site.problems() == []
    page = site.page("blogs/ada/x/index.html")
    assert re.findall(r'<img class="([^"]*)"[^>]*alt="(.)"', page) == [
        ("wide-50 only-light", "A"),
        ("wide-50 only-dark", "A"),
        ("only-light", "B"),
        ("only-dark", "C"),
    ]
    assert "only-dark" not in site.page("feed.atom")
    assert "gh-" not in page


def test_a_picture_of_another_host_for_dark_is_not_loaded() -> None:
    text = '<picture><source media="(prefers-color-scheme: dark)" srcset="https://x.example/d.png"><img src="l.png"></picture>'
    assert "x.example" not in _html(text)
    assert '<img src="l.png"' in _html(text)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('<p align="center">a</p>', '<p class="align-center">a</p>'),
        ('<div align="right">a</div>', '<div class="align-right">a</div>'),
        ('<h1 align="center">a</h1>', '<h2 id="a" class="align-center">'),
        ('<img src="a.png" align="left">', '<img class="beside-left" src="a.png"'),
        ('<img src="a.png" width="33%">', '<img class="wide-30" src="a.png"'),
        ('<img src="a.png" width="300px">', 'width="300"'),
        ("x <strike>a</strike>", "<s>a</s>"),
        ("x <tt>a</tt>", "<code>a</code>"),
        ("<center>a</center>", '<div class="align-center">a</div>'),
        ('x <font color="red">a</font>', "<span>a</span>"),
        ('<p align="x onclick=y">a</p>', "<p>a</p>"),
        ('<img src="a.png" width="1000%">', '<img src="a.png" alt'),
    ],
)
def test_places_and_old_html_are_as_in_the_preview(written: str, shown: str) -> None:
    assert shown in _html(written)


def test_a_diagram_is_said_once() -> None:
    remarks = markup.read("```mermaid\na\n```\n\n~~~ mermaid\nb\n~~~\n\n```geojson\n{}\n```\n", "md", _OPTIONS)[
        1
    ].remarks
    assert [(each.line, each.code, each.value) for each in remarks] == [
        (1, "drawn-as-code", "mermaid"),
        (9, "drawn-as-code", "geojson"),
    ]


def test_a_feed_has_one_picture_of_the_two() -> None:
    prose = markup.read("![a](l.png#gh-light-mode-only)![b](d>e.png#gh-dark-mode-only) c", "md", _OPTIONS)[0]
    assert fill_absolute(prose.content, {}, {}, "https://x.example/").count("<img") == 1


@pytest.mark.parametrize(
    "text", [":a", ":a:", "[^a]", "[^a]: b\n", "[^a]\n\n[^a]: ", "<picture>", "<picture><source>", "# a {#", "<center>"]
)
def test_the_time_grows_with_the_text(text: str) -> None:
    began = time.perf_counter()
    markup.read(text * 3_000, "md", _OPTIONS)
    assert time.perf_counter() - began < 10
