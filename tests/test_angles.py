"""Angle brackets: HTML that people mean is HTML, all else is text, and whatever is left out is said with its line."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest

from bylines.markup.engines import _comrak
from bylines.markup.raw_html import HtmlFinding, RawHtml
from bylines.markup.tag_origin import guess_own_tags, is_all_text, own_tags
from bylines.markup.url_schemes import check_schemes
from tests.bombs import soon
from tests.building import SmallSite

_SVG_AND_MATHML = (
    "altglyph animate animatetransform circle clippath cursor defs desc ellipse feblend filter foreignobject g glyph image "
    "line lineargradient marker mask mi mo mn ms mtext mrow mfrac msqrt mover munder none metadata path pattern polygon rect "
    "script set stop switch symbol text textpath title tref tspan use view vkern annotation semantics"
).split()
_ELEMENTS = (
    "a abbr address applet area article aside audio b base basefont bdi bgsound big blink body button canvas caption center "
    "cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font "
    "footer form frame frameset h1 head header hgroup html i iframe img input ins kbd keygen label legend li link listing "
    "main map mark marquee math menu meta meter nav nobr noembed noframes noscript object ol optgroup option output p param "
    "picture plaintext pre progress q rb rp rt ruby s samp script search section select slot small source spacer span "
    "strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul "
    "var video xmp"
).split()


def shown(site: SmallSite, body: str, name: str = "x.md") -> str:
    """What readers see of a post with this text."""
    site.post(f"ada/{name}", body)
    site.build()
    return words_of(site, name.partition(".")[0])


def words_of(site: SmallSite, name: str) -> str:
    page = html5lib.parse(site.page(f"blogs/ada/{name}/index.html"), namespaceHTMLElements=False)
    content = next(each for each in page.iter("div") if "e-content" in (each.get("class") or ""))
    return " ".join("".join(content.itertext()).split())


@pytest.mark.parametrize("name", sorted({*_ELEMENTS, *_SVG_AND_MATHML, "path", "int", "T", "your-name", "x:y"}))
def test_a_tag_that_is_named_in_a_sentence_stands_there(name: str) -> None:
    """In a paragraph, a heading, a list, a table, a quote, a link, a footnote; and all that follows."""
    from bylines import markup

    tag = f"<{name}>"
    places = (
        f"About {tag} and so on.\n\n## With {tag} in it\n\n- with {tag} here\n\n| a {tag} | b |\n|---|---|\n| c | d {tag} |\n\n"
        f"> of {tag} too\n\nA [link {tag} in](https://example.org/) and *leaning {tag} words*[^1].\n\n[^1]: Note {tag} end.\n\nLast.\n"
    )
    prose, outline = markup.read(places, "md", markup.MarkupOptions())
    text = "".join(html5lib.parseFragment(markup.fill(prose.content, {}, {})).itertext())
    assert text.count(tag) == 9, text
    assert "Last." in text
    assert outline.excerpt == f"About {tag} and so on."
    if name != "x:y":  # CommonMark's name for an address
        assert [remark.line for remark in outline.remarks] == [1]


def test_a_paragraph_about_elements_takes_nothing_with_it(site: SmallSite) -> None:
    body = "Learn about <template> and <slot>.\n\n" + "".join(f"Paragraph {number}.\n\n" for number in range(10))
    text = shown(site, body)
    assert text.startswith("Learn about <template> and <slot>. Paragraph 0.")
    assert text.endswith("Paragraph 9.")


@pytest.mark.parametrize(
    "text",
    [
        "Use std::vector<int> here, then go on.",
        "Copy <path> to <list>, then restart.",
        "A Map<String, List<Integer>> of <T>s.",
        "Write to <user@host.example> or <your-name>.",
        "A std::vector<std::string> of <slack://open>.",
        "Where a < b > c, I <3 you <- there.",
        "Write <?php echo '>'; ?> or <![CDATA[ x > y ]]> or <!DOCTYPE html> first.",
        "Stray </p> and </div> and </foo> ends.",
        "Never <b>closed and <a href='x'>neither.",
        "Empty <T/> and <b/>.",
        "An <img> and an <input> and a <source>.",
        "Between <script> and </script>, <style> and </style>.",
        "<foo>words</foo> of <my-own x='y'>more</my-own>.",
        "A <title>title</title> and a <textarea>field</textarea>.",
    ],
)
def test_a_sentence_stands_as_it_was_written(text: str, site: SmallSite) -> None:
    said = text.replace("<user@host.example>", "user@host.example")
    assert shown(site, f"{text}\n\nNext.\n") == f"{said} Next."


@pytest.mark.parametrize(
    "begin", ["<!-- x", "<?php", "<![CDATA[", "<script>", "<style>", "<textarea>", "<pre>", "<!DOCTYPE"]
)
def test_what_begins_a_block_without_an_end_takes_nothing_with_it(begin: str, site: SmallSite) -> None:
    text = shown(site, f"First.\n\n{begin} is what I mean.\n\nThen *this*.\n\n```\n{begin}\n```\n")
    assert text == f"First. {begin} is what I mean. Then this. {begin}"
    assert "<em>this</em>" in site.page("blogs/ada/x/index.html")


def test_html_that_people_mean_is_html(site: SmallSite) -> None:
    text = shown(
        site,
        "<details><summary>More</summary>\n\n**Inside**\n\n</details>\n\nPress <kbd>C</kbd>, H<sub>2</sub>O, <u>under</u>.\n\n"
        "<center>Middle</center>\n\n<font color='red'>Red</font> <big>big</big> <nobr>one line</nobr>\n\n"
        "<section>\n\nA part.\n\n</section>\n\n<table><tr><td>a<td>b</table>\n\n<p>one<p>two\n\n<!-- nobody sees this -->\n\n"
        '<a id="here">\n\nOver<br>two lines, 1<hr>2.\n',
    )
    assert text.startswith("More Inside Press C, H2O, under. Middle Red big one line A part. ab one")
    assert "<" not in text and "nobody" not in text
    page = site.page("blogs/ada/x/index.html")
    for element in ("<details>", "<kbd>C</kbd>", "<sub>2</sub>", "<strong>Inside</strong>", "<td>b</td>", 'id="here"'):
        assert element in page, element
    assert site.problems() == []


def test_short_texts_keep_their_words(site: SmallSite) -> None:
    site.person("bea", "Bea", bio="'I like <template> and <slot>. Always.'", disclaimer="'Mine <only>.'")
    site.write("content/blogs/team/blog.yaml", "title: Team\nmembers: [bea]\ndescription: 'Of <path> and more.'\n")
    site.write("content/topics.yaml", "- name: web\n  description: 'All of <title> here.'\n")
    site.post("bea/x.md", "Text.\n", topics="[web]", title="'Use <template> now'", summary="'Of <slot> and more.'")
    site.post("team/y.md", "Text.\n")
    site.build()
    everything = "".join(data.decode() for name, data in site.built().items() if name.endswith(".html"))
    for words in (
        "I like &lt;template&gt; and &lt;slot&gt;. Always.", "Mine &lt;only&gt;.", "Of &lt;path&gt; and more.",
        "All of &lt;title&gt; here.", "Use &lt;template&gt; now", "Of &lt;slot&gt; and more.",
    ):  # fmt: skip
        assert words in everything, words
    said = [problem.partition(" is ")[0].partition(" has ")[0] for problem in site.problems()]
    assert said == [
        "authors/bea.yaml:2: <slot>", "authors/bea.yaml:2: <template>", "authors/bea.yaml:3: <only>",
        "content/blogs/team/blog.yaml:3: <path>", "content/topics.yaml:2: <title>",
    ]  # fmt: skip


def test_other_engines_lose_no_word_either(tmp_path: Path) -> None:
    site = SmallSite(tmp_path, BYLINES_MARKDOWN="pelican")
    site.person("ada")
    assert shown(site, "Learn <template> of std::vector<int>.\n\nA *<path>* and `<b>`.\n") == (
        "Learn <template> of std::vector<int>. A <path> and <b>."
    )
    site.write("content/blogs/ada/y.rst", ":title: A\n:date: 2026-01-02\n\nLearn <template> of ``<path>``. Next.\n")
    site.build()
    assert words_of(site, "y") == "Learn <template> of <path>. Next."


_CODE = {
    "a table of mysql": "+" + "-" * 100 + "+\n| a |\n" + "-" * 100,
    "stars": "*" * 120,
    "a banner": "#" * 100 + "\n" + "# " + "- " * 120 + "\n//" + "=" * 120,
    "quoted mail": ">" * 120 + " said",
    "a long rule of quotes": "> " * 300,
    "boxes": "┌" + "─" * 200 + "┐\n│" + " " * 200 + "│",
    "a wide table": "|" + "-|" * 400 + "\n" + "|a" * 400,
    "conflict": "<" * 120 + "\n" + "=" * 120 + "\n" + ">" * 120,
    "numbers": "1. " * 150,
    "bars": "|" * 300 + "\n" + "x\n" * 500,
}


@pytest.mark.parametrize("lines", _CODE.values(), ids=_CODE.keys())
def test_a_post_with_such_code_is_a_page(lines: str, site: SmallSite) -> None:
    site.post("ada/x.md", f"Some *words*.\n\n```\n{lines}\n```\n\n    {lines.splitlines()[0]}\n\nEnd.\n")
    assert site.problems() == []
    page = site.page("blogs/ada/x/index.html")
    assert "<em>words</em>" in page and "<p>End.</p>" in page


_RULES = [
    "-" * 120, "*" * 150, "_" * 200, "- " * 150, "* " * 150, "=" * 200, "> " + "-" * 120, "#" * 150, "* * *\n" * 120,
    "+" * 150, "<br>" * 300, "<p>\n" * 150, "- a\n" * 3_000, "1. a\n" * 3_000, "<b>a</b> " * 300,
    "| a | b |\n|---|---|\n" + "| c | d |\n" * 2_000,
]  # fmt: skip


@pytest.mark.parametrize("lines", _RULES)
def test_rules_and_long_lists_are_a_page(lines: str, site: SmallSite) -> None:
    site.post("ada/x.md", f"Some *words*.\n\n{lines}\n\nEnd.\n")
    assert [problem for problem in site.problems() if "nested" in problem] == []
    assert "<em>words</em>" in site.page("blogs/ada/x/index.html")


_FRAMES = {
    '<iframe src="https://www.youtube.com/embed/abc"></iframe>': ("https://www.youtube.com/embed/abc", ""),
    '<iframe width="560" src="//www.youtube.com/embed/dQw4w9WgXcQ?start=90" allowfullscreen>No frames.</iframe>': (
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=90", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
    "<iframe src='https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ' title='My talk' />": (
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
    '<div class="video"><iframe src="https://player.vimeo.com/video/123456789?h=abcdef"></iframe></div>': (
        "https://vimeo.com/123456789/abcdef", "https://player.vimeo.com/video/123456789"),
    '<iframe src="https://www.slideshare.net/slideshow/embed_code/key/abcdefgh12"></iframe>': (
        "https://www.slideshare.net/slideshow/embed_code/key/abcdefgh12", "https://www.slideshare.net/slideshow/embed_code/"),
    '<iframe src="https://tube.example/videos/embed/0b2f1c1e-aaaa"></iframe>': (
        "https://tube.example/w/0b2f1c1e-aaaa", "https://tube.example/videos/embed/0b2f1c1e-aaaa"),
    '<iframe src="https://www.google.com/maps/embed?pb=!1m18"></iframe>': ("https://www.google.com/maps/embed?pb=!1m18", ""),
    '<iframe src="https://codepen.io/ada/embed/preview/abcDEF?default-tab=result"></iframe>': (
        "https://codepen.io/ada/pen/abcDEF", ""),
    '<iframe src="https://open.spotify.com/embed/episode/4rOoJ6Egrf8K2IrywzwOMk"></iframe>': (
        "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk", ""),
    '<script src="https://gist.github.com/ada/0123456789abcdef.js?file=a.py"></script>': (
        "https://gist.github.com/ada/0123456789abcdef", ""),
    '<embed src="https://other.example/a.swf">': ("https://other.example/a.swf", ""),
    '<object data="https://other.example/b.swf" type="x"><embed src="https://other.example/b.swf"></object>': (
        "https://other.example/b.swf", ""),
    '<video controls><source src="https://other.example/a.mp4"><source src="https://other.example/a.webm"></video>': (
        "https://other.example/a.mp4", ""),
    '<audio controls src="https://other.example/a.mp3"></audio>': ("https://other.example/a.mp3", ""),
    '<noscript><img src="https://other.example/a.png" alt="A"></noscript>': ("https://other.example/a.png", ""),
    '<frameset><frame src="https://other.example/f.html"></frameset>': ("https://other.example/f.html", ""),
}  # fmt: skip


@pytest.mark.parametrize(("written", "link", "frame"), [(key, *value) for key, value in _FRAMES.items()])
def test_a_frame_is_a_poster_or_a_link_and_it_is_said(written: str, link: str, frame: str, tmp_path: Path) -> None:
    site = SmallSite(tmp_path, BYLINES_VIDEO_HOSTS=["tube.example"])
    site.person("ada")
    site.post("ada/x.md", f"Before.\n\n{written}\n\nAfter.\n")
    (problem,) = site.problems()
    assert problem.startswith("content/blogs/ada/x.md:7: http")
    page = site.page("blogs/ada/x/index.html")
    assert re.search(rf'<a (?:class="elsewhere" )?href="{re.escape(link)}"', page), page
    assert not re.search(
        r"<(?:iframe|embed|object|video|audio|noscript|script src=.https://gist)",
        page.partition("</main>")[0].partition("e-content")[2],
    )
    assert ('<figure class="poster"' in page) == bool(frame)
    assert f'data-frame="{frame}' in page or not frame


def test_a_toot_that_was_embedded_is_a_quotation(site: SmallSite) -> None:
    text = shown(
        site,
        '<blockquote class="twitter-tweet"><p>What I said</p>&mdash; Ada <a href="https://x.example/1">May 1</a></blockquote>\n'
        '<script async src="https://platform.twitter.com/widgets.js"></script>\n',
    )
    assert text == "What I said— Ada May 1"
    assert [problem.partition(";")[0] for problem in site.problems()] == [
        "content/blogs/ada/x.md:6: <script> is left out"
    ]


_NO_ADDRESS = " is no address that a link can lead to, so its words stay without one"


@pytest.mark.parametrize(
    ("written", "words", "said"),
    [
        ("<script>\nlet a = '<b>';\n</script>", "", "<script> is left out"),
        ("<style>\np { color: red }\n</style>", "", "<style> is left out"),
        ('<form action="/x"><label>Name <input name="n"></label></form>', "Name", '<form> is left out|<input name="n"> is left out'),
        ('<svg viewBox="0 0 1 1"><title>A boat</title><path d="M0"/><text>Hull</text></svg>', "A boat Hull", "<svg> is left out"),
        ("<math><mi>x</mi><mo>=</mo><mn>1</mn></math>", "x=1", "<math> is left out"),
        ('<p style="color: red" onclick="x()">Red</p>', "Red",
         "the attribute onclick of <p> is left out|the attribute style of <p> is left out"),
        ("[run](javascript:alert(1))", "run", f"javascript:alert(1){_NO_ADDRESS}"),
        ('<a href="ftp://x.example/y">get</a>', "get", f"ftp://x.example/y{_NO_ADDRESS}"),
        ('<button type="button">Press</button>', "Press", "<button> is left out"),
    ],
)  # fmt: skip
def test_what_is_taken_away_is_said_with_its_line(written: str, words: str, said: str, site: SmallSite) -> None:
    assert shown(site, f"Before.\n\n{written}\n\nAfter.\n") == " ".join(f"Before. {words} After.".split())
    assert [problem.partition(";")[0] for problem in site.problems()] == [
        f"content/blogs/ada/x.md:7: {each}" for each in said.split("|")
    ]


def test_the_line_is_that_of_the_tag_and_not_of_code(site: SmallSite) -> None:
    site.post("ada/x.md", "`<b>` and\n\n```\n<b>\n```\n\n    <b>\n\n<b>bold</b>\n\nHere <b> it is.\n\nAnd <b> again.\n")
    assert [problem.partition(";")[0] for problem in site.problems()] == [
        "content/blogs/ada/x.md:15: <b> has no other half, and is shown as text"
    ]


def test_a_check_says_it_too(site: SmallSite) -> None:
    """The messages are those of reading, which a check shares."""
    from bylines.problems import NOTE, WARNING

    site.post("ada/x.md", "Of <path> and <b>.\n")
    levels = {problem.message.partition(" ")[0]: problem.level for problem in site.build().problems}
    assert levels == {"<path>": NOTE, "<b>": WARNING}


_HOSTILE = [
    "<", "<a ", "<a b='", '<a b="\'', "<a b='<a b=\"", '<a b="<a b=" c=\'x" d=\'', "<a b=c d=", "<!--", "<?", "<![CDATA[",
    "<b>", "</b>", "<table>", "<table><td>", "<svg>", "</svg>", "<iframe src=/a>", "<video>", "<video><source src=//a>",
    "<script>", "<p><li><td>", "<div/>",
]  # fmt: skip


@pytest.mark.parametrize("piece", _HOSTILE)
def test_the_time_grows_with_the_text(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    own = guess_own_tags(text, text) | {place for place, sign in enumerate(text) if sign == "<"}
    with soon():
        for end in ("", "</svg></video></table></script>", "'\">"):
            RawHtml(text + end, own).run()


def test_a_writers_tags_are_told_from_those_of_the_engine() -> None:
    made, escaped = (
        "<p>a <b> &amp; <i>x &lt;u&gt;</p>\n<b>&</b>\n",
        "<p>a &lt;b&gt; &amp; <i>x &lt;u&gt;</p>\n&lt;b&gt;&amp;&lt;/b&gt;\n",
    )
    assert own_tags(made, escaped) == {made.index("<b>"), made.rindex("<b>"), made.rindex("</b>")}
    assert own_tags(made, escaped[:-1]) is None


def test_they_are_told_whatever_stands_beside_the_language_of_code() -> None:
    source = '``` py title="x" {1}\nx < y\n```\n\nA <b>word</b>.\n'
    for _ in range(20):  # a parser that gave two attributes to the code would give them in either order
        made, escaped = _comrak(source), _comrak(source, escaping=True)
        assert own_tags(made, escaped) == {made.index("<b>"), made.index("</b>")}


def test_code_alone_needs_no_second_look() -> None:
    source = "`<b>` and\n\n```\n<i>x</i>\n```\n"
    assert is_all_text(source, _comrak(source))
    for other in ("<b>", "&lt;", "[x]: y"):
        assert not is_all_text(f"{source}\n{other}", _comrak(f"{source}\n{other}"))


def test_many_odd_addresses_cost_what_the_text_does() -> None:
    source = "".join(f"[file:///{number}](file:///{number}) <std::{number}> " for number in range(30_000))
    with soon():
        said: list[HtmlFinding] = []
        made = check_schemes(_comrak(source), source, said)
    assert "&lt;std::7&gt;" in made
