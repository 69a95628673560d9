"""Imports: an export of each program in, files that the site takes without a word out; nothing overwritten, nothing fetched."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bylines.commands.build import OutputOptions
from bylines.commands.import_blog import KINDS, Import, import_blog
from bylines.engine.read import ReadOptions
from bylines.features.posts.records import POST, Post
from bylines.imports import export as exports
from bylines.imports import formats, moments, safe_xml, writing
from bylines.imports.formats import ghost
from bylines.imports.markdown import from_html
from bylines.imports.relink import relink
from bylines.problems import ExportError
from tests.building import ROOT, SmallSite
from tests.importing import GOLDEN, blog, export, ready, run, texts
from tests.projects import run as command


@pytest.fixture
def home(site: SmallSite) -> SmallSite:
    """A site with Ada in it, into which a blog can be imported."""
    return ready(site)


def _html(source: str) -> str:
    return from_html(source, lambda target, picture: target, [])


# What comes over


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_over_and_what_is_said_of_it(home: SmallSite, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, export(kind, home.folder)) == 0
    wanted = {
        str(file.relative_to(GOLDEN / kind)): file.read_text() for file in (GOLDEN / kind).rglob("*") if file.is_file()
    }
    assert capsys.readouterr().out == wanted.pop("report.txt")
    assert texts(blog(home)) == wanted


# What the import says of links to drafts, and of commands that it does not know, a build says, too.
_SAID = {
    "ghost": ["broken-link: ../tides.md leads nowhere"],
    "jekyll": ["shortcode: {% include box.html %} is a command of another program, which nothing here carries out"],
    "hugo": [
        "shortcode: {{< notice tip >}} is a command of another program, which nothing here carries out",
    ],
}
# What the old blog has not, or has otherwise, is published as it is.
_NOTED = {
    "wordpress": ["unknown-mention: @nobody is nobody's handle"],
    "blogger": ["undescribed: a picture has no description"],
}


def _said(home: SmallSite, level: str = "") -> list[str]:
    """What a build says at a level; at none, what it says beside notes."""
    return [
        f"{each.code}: {each.message}"
        for each in home.build().problems
        if each.level == level or (not level and each.level != "note")
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_site_takes_what_came_over_without_a_word(home: SmallSite, kind: str) -> None:
    run(home, export(kind, home.folder))
    assert _said(home) == _SAID.get(kind, [])
    assert _said(home, "note") == _NOTED.get(kind, [])
    assert home.page("blogs/ada/index.html")


@pytest.mark.parametrize("kind", KINDS)
def test_to_import_again_changes_nothing(home: SmallSite, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    source = export(kind, home.folder)
    run(home, source)
    before = blog(home)
    capsys.readouterr()
    assert run(home, source) == 0
    assert blog(home) == before
    assert f"came over: 0 new, {len(before)} as they were, 0 left alone (files)" in capsys.readouterr().out


@pytest.mark.parametrize("kind", KINDS)
def test_a_zip_gives_what_its_folder_gives(tmp_path: Path, kind: str) -> None:
    made = []
    for name in ("folder", "zip"):
        home = ready(SmallSite(tmp_path / name))
        home.person("ada")
        source = export(kind, home.folder)
        if name == "zip":
            packed = tmp_path / f"{kind}.zip"
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                for file in sorted(source.rglob("*")):
                    archive.write(file, file.relative_to(source))
            source = packed
        assert run(home, source) == 0
        made.append(blog(home))
    assert made[0] == made[1]
    assert made[0]


def test_old_addresses_lead_on_and_feeds_keep_their_ids(home: SmallSite) -> None:
    run(home, export("wordpress", home.folder))
    home.build()
    assert "/blogs/ada/the-winch/" in home.page("blog/2010/05/the-winch/index.html")
    assert "<id>http://harbour.example/blog/?p=12</id>" in home.page("blogs/ada/feed.atom")


def test_pages_are_published_and_listed_nowhere_and_drafts_are_not_published(home: SmallSite) -> None:
    run(home, export("wordpress", home.folder))
    home.build()
    assert "Who we are." in home.page("blogs/ada/about/index.html")
    assert "About" not in home.page("blogs/ada/feed.atom")
    assert not (home.folder / "output/blogs/ada/not-yet").exists()


def test_comments_are_kept_and_neither_published_nor_with_addresses(home: SmallSite) -> None:
    run(home, export("wordpress", home.folder))
    kept = blog(home)["the-winch/comments.yaml"].decode()
    assert [row["author"] for row in yaml.safe_load(kept)] == ["Bob", "Ada Lovelace"]
    assert "private.example" not in kept
    assert "192.0.2" not in kept
    home.build()
    assert not [path for path in home.built() if "comments" in path]


def test_pictures_lie_beside_their_post_as_they_were(home: SmallSite) -> None:
    source = export("wordpress", home.folder)
    run(home, source)
    assert blog(home)["the-winch/winch.jpg"] == (source / "uploads/2010/05/winch.jpg").read_bytes()


def test_translations_share_a_slug_and_the_sites_language_has_it_alone(home: SmallSite) -> None:
    run(home, export("pelican", home.folder))
    home.build()
    assert "La marée" in home.page("blogs/ada/tide/fr/index.html")
    assert "The tide" in home.page("blogs/ada/tide/index.html")


def test_dates_keep_the_writers_zone() -> None:
    assert moments.local("2010-05-04 09:30:00", "2010-05-04 07:30:00") == "2010-05-04 09:30 +02:00"
    assert moments.local("2010-05-04 02:00:15", "2010-05-04 07:30:15") == "2010-05-04 02:00:15 -05:30"
    assert moments.local("2010-05-04 09:30:00", "0000-00-00 00:00:00") == "2010-05-04 09:30"
    assert moments.local("0000-00-00 00:00:00", "0000-00-00 00:00:00") == ""
    assert moments.read("Mon, 04 Mar 2019 09:30:00 +0100") == "2019-03-04 09:30 +01:00"
    assert moments.read("Tue, 05 Mar 2019 10:00:00 EST") == "2019-03-05 10:00 -05:00"
    assert moments.read("2014-03-02 09:15:00 -0800") == "2014-03-02 09:15 -08:00"
    assert moments.read("2014-03-02T09:15", "Europe/Lisbon") == "2014-03-02 09:15 Europe/Lisbon"
    assert moments.read("3 May 2012") == "2012-05-03"
    assert ghost._moment("2020-01-06T0:00:00.000Z") == "2020-01-06 00:00 Z"
    assert ghost._moment(1e300) == ghost._moment(-1e15) == ""
    assert moments.read("2010-05-04T09:30:00+22:00") == "2010-05-03 11:30 +00:00"
    assert moments.read("Thu, 04 Mar 100 09:30:00 +0000") == ""
    assert moments.read("Thu, 04 Mar 99999999999999999999 09:30:00 +0000") == ""
    assert moments.local("2010-05-04 09:30:00+02:00", "2010-05-04 07:30:00") == "2010-05-04 09:30 +02:00"
    assert [moments.read(text) for text in ("", "soon", "2014-02-30", "04/05/2026")] == ["", "", "", ""]


@given(st.datetimes(dt.datetime(1000, 1, 2), dt.datetime(2999, 12, 30)), st.integers(-14 * 60, 14 * 60))
def test_each_moment_is_read_as_it_was_said(moment: dt.datetime, minutes: int) -> None:
    from bylines.engine.read.dates import parse_moment

    given_ = moment.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))
    assert parse_moment(moments.format_moment(given_), "UTC") == given_
    assert moments.read(given_.isoformat()) == moments.format_moment(given_)


# Whose it is


def test_authors_by_a_map(home: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    home.person("grace")
    assert run(home, export("wordpress", home.folder), "Grace=grace", "Ada Lovelace=ada") == 0
    assert b"\nauthors: [grace]\n" in blog(home)["blocks.md"]
    assert b"authors:" not in blog(home)["the-winch/index.md"]
    assert "--author" not in capsys.readouterr().out
    assert _said(home) == []


@pytest.mark.parametrize(
    ("handle", "authors", "said"),
    [
        ("nobody", (), "error: nobody is called 'nobody'; `invoke new-author` makes a profile"),
        ("../ada", (), "error: nobody is called '../ada'; `invoke new-author` makes a profile"),
        ("ada", ("Grace=gracie",), "error: nobody is called 'gracie'; `invoke new-author` makes a profile"),
        ("ada", ("Grace",), "error: --author Grace is no pair; write 'Old Name=handle'"),
    ],
)
def test_who_is_unknown_is_named(
    home: SmallSite, capsys: pytest.CaptureFixture[str], handle: str, authors: tuple[str, ...], said: str
) -> None:
    assert run(home, export("feed", home.folder), *authors, handle=handle) == 1
    assert capsys.readouterr().err.strip() == said
    assert not blog(home)


# Nothing is overwritten


def test_a_post_that_was_edited_since_is_left_alone_and_named(
    home: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    source = export("wordpress", home.folder)
    run(home, source)
    edited = home.folder / "content/blogs/ada/blocks.md"
    edited.write_text(edited.read_text().replace("A block", "My block"))
    before = blog(home)
    capsys.readouterr()
    assert run(home, source) == 0
    assert blog(home) == before
    said = capsys.readouterr().out
    assert "content/blogs/ada/blocks.md was edited since, or the export says otherwise now: left alone" in said


def test_who_wants_to_hear_little_hears_which_files_were_left_alone(
    home: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    source, settings = str(export("medium", home.folder)), str(home.folder / "pelicanconf.py")
    assert import_blog(Import(source, "ada"), settings, OutputOptions(quiet=True)) == 0
    assert capsys.readouterr().out == ""
    edited = home.folder / "content/blogs/ada/not-yet.md"
    edited.write_text(edited.read_text() + "More.\n")
    assert import_blog(Import(source, "ada"), settings, OutputOptions(quiet=True)) == 0
    assert capsys.readouterr().out == (
        "content/blogs/ada/not-yet.md was edited since, or the export says otherwise now: left alone\n"
    )


def test_a_post_that_was_renamed_since_does_not_come_again(home: SmallSite) -> None:
    source = export("wordpress", home.folder)
    run(home, source)
    folder = home.folder / "content/blogs/ada"
    (folder / "blocks.md").rename(folder / "of-blocks.md")
    (folder / "the-winch").rename(folder / "winch")
    before = blog(home)
    assert run(home, source) == 0
    assert set(blog(home)) == set(before)


def test_what_one_has_written_already_keeps_its_name(home: SmallSite) -> None:
    home.post("ada/blocks.md", "My own.\n")
    home.post("ada/other.md", "My own.\n", slug="not-yet")
    run(home, export("wordpress", home.folder))
    files = blog(home)
    assert b"My own." in files["blocks.md"]
    assert b"[^1]" in files["blocks-2.md"]
    assert b"[blocks](../blocks-2.md)" in files["the-winch/index.md"]
    assert "not-yet-2.md" in files
    assert _said(home) == []


def test_a_dry_run_writes_nothing_and_says_the_same(home: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    source = export("wordpress", home.folder)
    assert run(home, source, dry=True) == 0
    dry = capsys.readouterr().out
    assert not blog(home)
    run(home, source)
    real = capsys.readouterr().out
    assert dry.splitlines()[3:-1] == real.splitlines()[3:-1]
    assert "would come over: 6 new" in dry
    assert dry.endswith("nothing was written\n")


def test_an_import_that_was_killed_goes_on(home: SmallSite) -> None:
    source = export("wordpress", home.folder)
    run(home, source)
    whole = blog(home)
    folder = home.folder / "content/blogs/ada"
    (folder / "the-winch/index.md").unlink()
    (folder / "blocks.md").rename(folder / "blocks.md.importing")
    assert run(home, source) == 0
    assert blog(home) == whole


def test_two_references_in_one_mark_are_two_references() -> None:
    marks = '<sup><a href="#a">1</a>, <a href="#b">2</a></sup>'
    notes = '<ol><li id="a">One</li><li id="b">Two</li></ol>'
    assert _html(f"<p>A{marks} b.</p>{notes}") == "A[^1][^2] b.\n\n[^1]: One\n\n[^2]: Two\n"


# Exports that mean harm, or are damaged


_BOMB = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_OUT = '<!DOCTYPE rss [<!ENTITY a SYSTEM "{}">]>'
_ITEM = "<item><title>T</title><guid>tag:x,2019:1</guid><description>{}</description></item>"
_RSS = f'<rss version="2.0"><channel>{_ITEM}</channel></rss>'


@pytest.mark.parametrize("kind", ["wordpress", "blogger", "feed"])
@pytest.mark.parametrize("prolog", [_BOMB, _OUT])
def test_xml_that_declares_entities_is_refused(
    home: SmallSite, capsys: pytest.CaptureFixture[str], kind: str, prolog: str
) -> None:
    secret = home.write("secret.txt", "SECRET")
    head = "<!-- http://wordpress.org/export/1.2/ http://www.w3.org/2005/Atom -->"
    source = home.write("bad.xml", f"{prolog.format(secret.as_uri())}{head}{_RSS.format('&b;&a;')}")
    assert run(home, source, kind=kind) == 1
    assert "bad.xml declares entities of its own, which are not read; export it again" in capsys.readouterr().err
    assert not blog(home)


def test_no_outer_document_type_and_no_inclusion_is_followed(home: SmallSite) -> None:
    secret = home.write("secret.txt", "SECRET").as_uri()
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret}" parse="text"/>'
    source = home.write("feed.xml", f'<!DOCTYPE rss SYSTEM "{secret}">{_RSS.format(f"here {include}")}')
    assert run(home, source) == 0
    assert all(b"SECRET" not in data for data in blog(home).values())


def test_a_text_longer_than_libxml2_allows_is_named() -> None:
    losses: list[str] = []
    safe_xml.parse(f"<a><b>{'x' * 10_000_001}</b></a>".encode(), "big.xml", losses)
    assert losses and losses[0].startswith("big.xml:1 is damaged XML")


def test_damaged_xml_comes_over_as_far_as_it_goes_and_says_so(
    home: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (GOLDEN.parent.parent / "exports/wordpress/harbour.wordpress.2019-01-20.xml").read_text()
    cut = home.write("cut.xml", whole[: whole.index("<title>Not yet")])
    assert run(home, cut) == 0
    assert re.search(r"cut\.xml:\d+ is damaged XML \(.*\): what follows there may be cut off", capsys.readouterr().out)
    assert "blocks.md" in blog(home)


def test_no_name_in_a_zip_leads_out_of_it(home: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    packed = home.folder / "bad.zip"
    names = ("../out.png", "/etc/out.png", "a/../../out.png", "C:\\out.png", "..\\out.png", "a\nb.png")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "_posts/2019-01-02-x.md", "---\ntitle: X\n---\n![o](../../out.png) ![e](/etc/out.png) ![l](/link.png)\n"
        )
        for name in names:
            archive.writestr(name, b"x")
        link = zipfile.ZipInfo("link.png")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert run(home, packed) == 0
    said = capsys.readouterr().out
    assert said.count("its name leads out of the export, or is none") == len(names)
    assert "file link.png is left out: it is a link, or no file" in said
    assert list(blog(home)) == ["x.md"]


def test_links_in_a_folder_are_not_followed(home: SmallSite) -> None:
    source = export("jekyll", home.folder)
    (source / "assets/winch.jpg").unlink()
    (source / "assets/winch.jpg").symlink_to(home.write("secret.txt", "SECRET"))
    run(home, source)
    assert all(b"SECRET" not in data for data in blog(home).values())


def test_a_file_that_unpacks_to_more_than_is_allowed_is_left_out(
    home: SmallSite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(exports, "LARGEST", 1_000)
    packed = home.folder / "bomb.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_posts/2019-01-02-x.md", "---\ntitle: X\n---\n![b](/b.png)\n")
        archive.writestr("b.png", b"\0" * 1_001)
    assert run(home, packed) == 0
    assert "file b.png is left out: it has more than 1,000 bytes" in capsys.readouterr().out
    assert list(blog(home)) == ["x.md"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("https://old.example/feed.xml", "nothing is fetched: save the export or feed as a file, and name that"),
        ("nowhere.xml", "there is no nowhere.xml; name the export: a folder, a zip or a file"),
    ],
)
def test_what_is_no_export_is_said(home: SmallSite, capsys: pytest.CaptureFixture[str], source: str, said: str) -> None:
    assert run(home, source) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["", *KINDS])
@pytest.mark.parametrize(
    "data", [b"", b"\0\1\2", b"{", b"<", b"<rss/>", b"PK\x03\x04", b"[[[[", b'{"db": [{"data": {"posts": [1, {}]}}]}']
)
def test_garbage_is_one_line_and_no_traceback(
    home: SmallSite, capsys: pytest.CaptureFixture[str], kind: str, data: bytes
) -> None:
    for name in ("old.xml", "old.json", "content/old.md"):
        source = home.write(f"garbage/{name}", data)
    code = run(home, source.parent.parent, kind=kind)
    error = capsys.readouterr().err
    assert (code, error.count("\n")) in ((0, 0), (1, 1))


@pytest.mark.parametrize("kind", KINDS)
def test_an_address_that_is_none_stands_as_it_was(home: SmallSite, kind: str) -> None:
    source = export(kind, home.folder)
    for file in (
        each for each in source.rglob("*") if each.suffix in (".xml", ".json", ".md", ".html", ".rst", ".toml", ".yml")
    ):
        data = file.read_bytes().replace(b"https://", b"http://[x").replace(b"](/", b"](http://[::1/")
        file.write_bytes(data)
    assert run(home, source, kind=kind) == 0
    assert blog(home)


@pytest.mark.parametrize(
    "odd", ['"title": {}', '"tags": [{"id": [1]}]', '"published_at": 1e300', '"html": 5, "uuid": []']
)
def test_an_export_of_ghost_that_is_none_is_one_line(
    home: SmallSite, capsys: pytest.CaptureFixture[str], odd: str
) -> None:
    source = home.write(
        "ghost.json", f'{{"db": [{{"data": {{"posts": [{{"title": "A", "status": "published", {odd}}}], {odd}}}}}]}}'
    )
    code = run(home, source, kind="ghost")
    error = capsys.readouterr().err
    assert (code, error) == (0, "") or re.fullmatch(
        r"error: ghost\.json is not as Ghost writes it .*; export it again\n", error
    )


@pytest.mark.parametrize("title", [r"\u0007", r" \u001b\u0085 "])
def test_a_title_of_control_characters_is_none(home: SmallSite, capsys: pytest.CaptureFixture[str], title: str) -> None:
    post = (
        f'{{"title": "{title}", "status": "published", "html": "<p>Words of salt.</p>", "published_at": "2020-01-02"}}'
    )
    assert run(home, home.write("ghost.json", f'{{"db": [{{"data": {{"posts": [{post}]}}}}]}}'), kind="ghost") == 0
    assert "it has no title: its first words stand for it" in capsys.readouterr().out
    assert home.problems() == []
    assert next(iter(texts(blog(home)).values())).startswith("---\ntitle: Words of salt.\n")


# HTML to Markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            "<p>It costs $5, 1*2*3, a_b_c, _x_, [y], `z`, &lt;b&gt;.</p>",
            "It costs \\$5, 1\\*2\\*3, a_b_c, \\_x\\_, \\[y\\], \\`z\\`, \\<b>.",
        ),
        ("<p># a</p><p>1. b</p><p>- c</p><p>&amp;copy;</p>", "\\# a\n\n1\\. b\n\n\\- c\n\n&amp;copy;"),
        ("<p>http://x.example/a_b_c_</p>", "http://x.example/a_b_c_"),
        ('<pre class="brush: python"><code>a = "```"</code></pre>', '````python\na = "```"\n````'),
        ('<div class="highlight highlight-source-ruby"><pre>a<br>b</pre></div>', "```ruby\na\nb\n```"),
        ("<table><tr><th>a</th></tr><tr><td>1|2</td></tr></table>", "| a |\n| --- |\n| 1\\|2 |"),
        (
            "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            '<table><tbody><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>',
        ),
        ('<figure><img src="a.png" alt="A"><figcaption>The "a"</figcaption></figure>', '![A](a.png "The \\"a\\"")'),
        ('<p><a href="a b(c).html">x</a> <a href="javascript:alert(1)">y</a></p>', "[x](a%20b%28c%29.html) y"),
        ("<p>H<sub>2</sub>O<script>x</script></p>", "H<sub>2</sub>O"),
        (
            '<p>A<sup id="r"><a href="#n">1</a></sup></p><ol><li id="n">B <a href="#r">^</a></li></ol>',
            "A[^1]\n\n[^1]: B",
        ),
        ('<iframe src="//player.vimeo.com/video/123456"></iframe>', "[The video](https://vimeo.com/123456)"),
    ],
)
def test_html_as_markdown(html: str, markdown: str) -> None:
    assert _html(html) == f"{markdown}\n"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60))
@example("~0~")
@example("~~0~~ ~1~")
def test_a_text_is_read_as_it_was_whatever_stands_in_it(text: str) -> None:
    import html

    from bs4 import BeautifulSoup

    from bylines.markup import MarkupOptions, read

    source = f"<p>x{html.escape(text)}x</p>"
    wanted = " ".join(BeautifulSoup(source, "lxml").get_text().split())
    prose, _ = read(_html(source), "md", MarkupOptions())
    shown = re.sub(r"\x01[^\x01]*\x01", "", prose.content)
    if "\x01" not in prose.content:  # a mention or an address in it is a link, whose words are made when the page is
        assert " ".join(BeautifulSoup(shown, "lxml").get_text().split()) == wanted


@given(st.text("<>/ab=\"'pre codeli tabrh#\n&;![]()`*_$|~-", max_size=120))
def test_no_html_ends_in_a_traceback(source: str) -> None:
    _html(source)
    relink(source, "md", lambda target, picture: target)
    relink(source, "rst", lambda target, picture: target)


def test_html_that_is_nested_too_deeply_gives_its_words() -> None:
    losses: list[str] = []
    assert from_html("<div>" * 5_000 + "word", lambda target, picture: target, losses) == "word\n"
    assert losses == ["its HTML is nested too deeply: its words alone are here"] or losses == []


def test_links_in_markdown_are_turned_and_code_is_not() -> None:
    text = '[a](/x "T") `[b](/x)` ![c](/x) [![d](/x)](/x)\n\n```\n[e](/x)\n```\n\n[f]: /x\n<img src="/x" alt="g"> [`h`](/x)\n'
    made = relink(text, "md", lambda target, picture: f"{target}.png" if picture else f"{target}y")
    assert made == (
        '[a](/xy "T") `[b](/x)` ![c](/x.png) [![d](/x.png)](/xy)\n\n```\n[e](/x)\n```\n\n'
        '[f]: /xy\n<img src="/x.png" alt="g"> [`h`](/xy)\n'
    )


# Front matter

_LINE = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=80).filter(
    lambda text: text.strip()
)


@given(_LINE, st.lists(_LINE, max_size=4))
def test_our_reader_takes_each_title_and_topic_as_it_was(title: str, topics: list[str]) -> None:
    losses: list[str] = []
    facts: dict[str, str | tuple[str, ...]] = {
        "title": writing.title(title, losses) or "x",
        "date": "2010-05-04",
        "topics": writing.topics(topics, losses),
        "id": "http://x.example/?p=1&a,b",
    }
    reading = POST.read("content/blogs/ada/x.md", writing.header(facts).encode() + b"\nText.\n", ReadOptions())
    assert not reading.problems
    assert isinstance(reading.record, Post)
    import unicodedata

    assert reading.record.title == unicodedata.normalize("NFC", str(facts["title"]))
    assert reading.record.id == facts["id"]


# Formats, in the ways in which they differ


def _read(tmp_path: Path, name: str, data: str) -> formats.OldBlog:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(data)
    opened = exports.open_export(str(tmp_path if "/" in name else file))
    return formats.read(opened, formats.guess_kind(opened))


def test_languages_of_hugo_by_folder(tmp_path: Path) -> None:
    write(
        tmp_path,
        "hugo.toml",
        'defaultContentLanguage = "en"\n[languages.en]\ncontentDir = "content/en"\n[languages.de]\ncontentDir = "content/de"\n',
    )
    for lang, title in (("en", "Tide"), ("de", "Flut")):
        write(tmp_path, f"content/{lang}/posts/tide.md", f"---\ntitle: {title}\ndate: 2020-01-02\n---\nText\n")
    opened = exports.open_export(str(tmp_path))
    found = formats.read(opened, "hugo").entries
    assert {(each.lang, each.title, each.kind, each.url, each.slug) for each in found} == {
        ("en", "Tide", "post", "/posts/tide/", "tide"),
        ("de", "Flut", "post", "/de/posts/tide/", "tide"),
    }
    assert len({each.key for each in found}) == 2


def test_collections_of_jekyll(tmp_path: Path) -> None:
    recipes, talks = "  recipes:\n    output: true\n", "  talks:\n    output: true\n    permalink: /said/:title/\n"
    write(tmp_path, "_config.yml", f"collections:\n{recipes}{talks}  notes:\n    output: false\n")
    write(tmp_path, "_posts/2020-01-02-a.md", "---\ntitle: A\n---\nText\n")
    write(tmp_path, "_recipes/bread/rye.md", "---\ntitle: Rye\n---\nText\n")
    write(tmp_path, "_talks/tides.md", "---\ntitle: Tides\ndate: 2020-02-03\n---\nText\n")
    write(tmp_path, "_notes/secret.md", "---\ntitle: No\n---\nText\n")
    found = formats.read(exports.open_export(str(tmp_path)), "jekyll").entries
    assert {(each.title, each.kind, each.url) for each in found} == {
        ("A", "post", "/2020/01/02/a.html"),
        ("Rye", "page", "/recipes/bread/rye.html"),
        ("Tides", "post", "/said/tides/"),
    }


def write(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_a_json_feed(tmp_path: Path) -> None:
    item = {"id": "https://x.example/1", "url": "https://x.example/1", "title": "One", "content_text": "a < b\n\nc", "tags": ["t"],
            "date_published": "2020-01-02T03:04:05-07:00", "authors": [{"name": "Ada"}]}  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://x.example/", "items": [item]}
    entry = _read(tmp_path, "feed.json", json.dumps(feed)).entries[0]
    assert (entry.title, entry.date, entry.authors, entry.topics) == (
        "One",
        "2020-01-02 03:04:05 -07:00",
        ("Ada",),
        ("t",),
    )
    assert _html(entry.body) == "a \\< b\n\nc\n"


def test_an_atom_feed(tmp_path: Path) -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>F</title><link href="https://x.example/"/>
    <entry><title type="html">A &amp;amp; B</title><id>tag:x.example,2020:1</id><link href="https://x.example/a/"/>
    <published>2020-01-02T03:04:05+01:00</published><updated>2020-02-02T00:00:00Z</updated>
    <author><name>Ada</name></author><category term="t" label="Tee"/>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>H<b>i</b></p></div></content></entry></feed>"""
    entry = _read(tmp_path, "feed.atom", feed).entries[0]
    assert (entry.title, entry.id, entry.topics) == ("A & B", "tag:x.example,2020:1", ("Tee",))
    assert (entry.date, entry.modified) == ("2020-01-02 03:04:05 +01:00", "2020-02-02 00:00 +00:00")
    assert _html(entry.body) == "H**i**\n"


def test_bloggers_takeout(tmp_path: Path) -> None:
    def entry(number: int, kind: str, status: str, more: str = "") -> str:
        return (
            f"<entry><id>tag:blogger.com,1999:blog-7.post-{number}</id><blogger:type>{kind}</blogger:type>"
            f"<blogger:status>{status}</blogger:status><author><name>Ada</name></author><title>T{number}</title>"
            f"<content type='html'>x</content><published>2011-05-11T19:46:00Z</published>{more}</entry>"
        )

    feed = "".join((
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>",
        entry(1, "POST", "LIVE", "<blogger:filename>/2011/10/nach-suzhou.html</blogger:filename><category term='Reise'/>"),
        entry(2, "POST", "DRAFT"), entry(3, "PAGE", "LIVE"), entry(4, "POST", "SOFT_TRASHED"),
        entry(5, "COMMENT", "LIVE", "<blogger:parent>tag:blogger.com,1999:blog-7.post-1</blogger:parent>"), "</feed>",
    ))  # fmt: skip
    old = _read(tmp_path, "Blogs/B/feed.atom", feed)
    assert [(each.kind, each.status, each.slug) for each in old.entries] == [
        ("post", "published", "nach-suzhou"), ("post", "draft", ""), ("page", "published", ""),
    ]  # fmt: skip
    assert old.entries[0].topics == ("Reise",)
    assert len(old.entries[0].comments) == 1
    assert old.losses == ("1 × post in the bin not taken",)


def test_pelicans_settings_are_never_run(home: SmallSite) -> None:
    source = export("pelican", home.folder)
    (source / "pelicanconf.py").write_text(f"open({str(home.folder / 'ran')!r}, 'w')\nSITEURL = 'https://x.example'\n")
    assert run(home, source) == 0
    assert not (home.folder / "ran").exists()


def test_front_matter_with_aliases_is_refused_and_named(home: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    home.write("old/_posts/2019-01-02-x.md", "---\na: &a [x, x]\ntags: [*a, *a]\n---\nText.\n")
    assert run(home, home.folder / "old") == 0
    assert "its front matter cannot be read (it has aliases): it is gone" in capsys.readouterr().out


def test_an_export_that_says_nothing_asks_for_its_kind(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("hello")
    with pytest.raises(ExportError, match="does not say which program wrote it; give its kind by --from"):
        formats.guess_kind(exports.open_export(str(tmp_path)))


def test_the_command_line(home: SmallSite) -> None:
    done = command(
        home.folder, "import", str(export("ghost", home.folder)), "--handle", "ada", "--from", "ghost", "--dry-run"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Ghost: ghost\nin the export: 1 post, 2 drafts, 1 page")
    assert not blog(home)


def test_the_task_takes_several_authors(home: SmallSite) -> None:
    home.person("grace")
    source, settings = export("wordpress", home.folder), home.folder / "pelicanconf.py"
    authors = ["--author", "Grace=grace", "--author", "Ada Lovelace=ada"]
    task = [
        sys.executable,
        "-m",
        "invoke",
        "import",
        str(source),
        "--handle",
        "ada",
        "--settings",
        str(settings),
        *authors,
    ]
    done = subprocess.run(task, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert b"\nauthors: [grace]\n" in blog(home)["blocks.md"]
    assert b"authors:" not in blog(home)["the-winch/index.md"]


@pytest.mark.parametrize("lang", ["../../../../out", "]en-gb", "xx/yy", "de"])
def test_a_language_of_an_export_leads_nowhere(lang: str) -> None:
    from bylines.imports import target_paths
    from bylines.imports.model import Entry, OldBlog

    entries = tuple(Entry(key=each, title="A tide", body="x", form="md", lang=each) for each in ("en", lang))
    found = target_paths.place_entries(
        OldBlog(program="Hugo", entries=entries), target_paths.Present({}, frozenset()), lambda _: False, "en", {}
    )
    assert found[lang].path == ("a-tide.de.md" if lang == "de" else "a-tide-2.md")


def test_a_feed_that_the_parser_dies_of_is_said(site: SmallSite, tmp_path: Path) -> None:
    from unittest import mock

    feed = tmp_path / "feed.xml"
    feed.write_text('<rss version="2.0"><channel><title>x</title></channel></rss>')
    with mock.patch("feedparser.parse", side_effect=KeyError("tags")):
        assert run(ready(site), feed, kind="feed") == 1
