"""What a page looks like and says of itself: accent, style sheet, icons, policy, facts for machines, ways on."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylines.features.appearance.colour import DARK_PAPER, ENOUGH, LIGHT_PAPER, contrast, palette
from bylines.problems import SettingsError
from tests.building import SmallSite

_COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(_COLOURS)
def test_every_accent_can_be_read_on_both_papers(accent: str) -> None:
    light, dark = palette(accent)
    assert contrast(light, LIGHT_PAPER) >= ENOUGH
    assert contrast(dark, DARK_PAPER) >= ENOUGH


@given(_COLOURS)
def test_an_accent_that_can_be_read_stays_as_it_is(accent: str) -> None:
    if contrast(accent, LIGHT_PAPER) >= ENOUGH + 0.1:
        assert palette(accent).light == accent


def test_an_accent_that_is_no_colour_is_said(site: SmallSite) -> None:
    site.settings["BYLINES_ACCENT"] = "red;} body { display: none"
    with pytest.raises(SettingsError, match="it is a colour such as '#8a3324'"):
        site.build()


def test_the_sheets_of_the_theme_and_the_companys_own_become_one(site: SmallSite) -> None:
    site.settings["BYLINES_ACCENT"] = "#0f62fe"
    site.write("content/style.css", '/* ours */\n@layer company {\n  .x::before { content: "/* stays */"; }\n}\n')
    site.build()
    sheet = site.page("theme/css/site.css")
    assert sheet.startswith("@layer reset,tokens,")
    assert "--accent-light:#054acb" in sheet
    assert '.x::before{content:"/* stays */";}' in sheet
    assert "ours */" not in sheet
    assert not (site.folder / "output/style.css").exists()
    site.remove("content/style.css")
    result = site.build()
    assert result.changed == ("theme/css/site.css",)


def test_a_theme_of_another_kind_keeps_its_own_sheets(site: SmallSite) -> None:
    import shutil

    from tests.building import ROOT

    shutil.copytree(ROOT / "theme", site.folder / "theme")
    (site.folder / "theme/static/css/site/look.css").rename(site.folder / "theme/static/css/main.css")
    shutil.rmtree(site.folder / "theme/static/css/site")
    site.build()
    assert (site.folder / "output/theme/css/main.css").exists()
    assert not (site.folder / "output/theme/css/site.css").exists()


def test_icons_and_manifest_follow_the_accent_and_the_name(site: SmallSite) -> None:
    site.settings["SITENAME"] = 'Q & "A"'
    site.build()
    manifest = json.loads(site.page("manifest.webmanifest"))
    assert manifest["name"] == 'Q & "A"'
    for icon in manifest["icons"]:
        path = icon["src"].removeprefix("https://test.example/")
        data = (site.folder / "output" / path).read_bytes()
        if icon["type"] == "image/png":
            size = int(icon["sizes"].partition("x")[0])
            assert data[:8] == b"\x89PNG\r\n\x1a\n"
            assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (size, size)
    assert "prefers-color-scheme:dark" in site.page("theme/favicon.svg")


_FULL = (
    "# Head\n\n```python\nx = 1\n```\n\n$$\\begin{align}a&=\\color{red}b\\end{align}$$ and $\\!x$\n\n"
    "|a|b|\n|:-:|-:|\n|1|2|\n\n- [x] done\n\nNote[^1].\n\n[^1]: Here.\n"
)


def test_no_page_has_code_or_style_within_it(site: SmallSite) -> None:
    site.person("grace", "Grace Hopper", bio='\'<b style="color: red" onclick="x()">x</b>\'')
    site.post("ada/x.md", _FULL, topics="[tides]", image="https://example.com/x.png")
    site.write("content/pages/about.md", f"---\ntitle: About\n---\n{_FULL}")
    site.build()
    pages = {path: data.decode() for path, data in site.built().items() if path.endswith(".html")}
    assert len(pages) > 6
    for path, page in pages.items():
        assert not re.search(r"<[^>]*\s(?:style|on\w+)\s*=", page), path
        assert "<style" not in page, path
        assert all(
            'type="application/ld+json"' in tag or "src=" in tag for tag in re.findall(r"<script[^>]*>", page)
        ), path
        assert path.startswith("old/") or "unsafe" not in page, path
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', pages["blogs/ada/x/index.html"])
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "script-src 'self';" in policy[1]


def test_what_machines_are_told_is_right_whatever_people_write(site: SmallSite) -> None:
    nasty = 'A "quoted" </script><script>alert(1)</script> <!-- & \\u2028 title'
    site.person("ada", "'Ada </script> O''Neil'", role="'\"Analyst\"'", links="{Home: 'https://ada.example/?a=1&b=\"'}")
    site.post("ada/x.md", title=f"'{nasty}'", summary="'</script>'", modified="2026-02-01")
    site.build()
    for path, kind in (
        ("index.html", "WebSite"),
        ("blogs/ada/index.html", "Blog"),
        ("blogs/ada/x/index.html", "BlogPosting"),
    ):
        page = site.page(path)
        (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
        facts = json.loads(block)
        assert facts["@type"] == kind
        assert "<script>alert" not in page
        assert facts["url"].startswith("https://test.example/")
    assert facts["headline"] == nasty
    assert facts["author"] == [
        {"@type": "Person", "name": "Ada </script> O'Neil", "url": "https://test.example/blogs/ada/"}
    ]


def test_related_posts_are_older_ones_on_the_same_topics(site: SmallSite) -> None:
    site.person("grace", "Grace Hopper")
    for day in range(1, 6):
        site.post(f"grace/g{day}.md", title=f"G{day}", date=f"2026-01-0{day}", topics="[tides]")
    site.post("grace/both.md", title="Both", date="2025-12-01", topics="[tides, moons]")
    site.post("ada/x.md", title="X", date="2026-01-04 12:00", topics="[moons, tides]")
    site.build()
    page = site.page("blogs/ada/x/index.html")
    shown = re.findall(r"<li><a[^>]*>([^<]*)</a> <span class=\"quiet\"><bdi>Grace Hopper", page)
    assert shown == ["G4", "G3", "G2"]
    site.post("grace/g4.md", title="G4 again", date="2026-01-04", topics="[tides]")
    site.build()
    assert "G4 again" in site.page("blogs/ada/x/index.html")


def test_a_new_post_is_on_no_other_posts_page(site: SmallSite) -> None:
    for day in range(1, 6):
        site.post(f"p{day}/x.md", date=f"2026-01-0{day}", topics="[tides, moons]")
    site.build()
    site.post("new/x.md", date="2026-02-01", topics="[tides, moons]")
    assert [path for path in site.build().changed if path.endswith("x/index.html")] == ["blogs/new/x/index.html"]


def test_a_post_says_where_to_reply_and_whose_views_it_holds(site: SmallSite) -> None:
    site.settings |= {
        "BYLINES_SOURCE_URL": "https://git.example/blob/main/content/{path}",
        "BYLINES_REPLY_URL": "https://git.example/new?title={title}&about={url}",
        "BYLINES_DISCLAIMER": "Views of *their own*.",
    }
    site.person("grace", "Grace", disclaimer="Mine alone.")
    site.post("ada/a b.md", title="A & B?", slug="ab")
    site.post("grace/x.md")
    site.build()
    page = site.page("blogs/ada/ab/index.html")
    assert 'href="https://git.example/blob/main/content/blogs/ada/a%20b.md"' in page
    assert (
        'href="https://git.example/new?title=A%20%26%20B%3F&amp;about=https%3A%2F%2Ftest.example%2Fblogs%2Fada%2Fab%2F"'
        in page
    )
    assert "<p>Views of <em>their own</em>.</p>" in page
    other = site.page("blogs/grace/x/index.html")
    assert "Mine alone." in other
    assert "their own" not in other
    site.person("grace", "Grace", disclaimer="Nobody’s.")
    site.build()
    assert "Nobody’s." in site.page("blogs/grace/x/index.html")


@pytest.mark.parametrize("address", ["https://git.example/{handle}", "javascript:alert(1)//{path}", "https://x/{path"])
def test_an_address_with_an_unknown_field_is_said(site: SmallSite, address: str) -> None:
    site.settings["BYLINES_SOURCE_URL"] = address
    with pytest.raises(SettingsError, match=r"BYLINES_SOURCE_URL is .*\{path\}"):
        site.build()


def test_nobody_floods_the_home_page(site: SmallSite) -> None:
    site.settings |= {"BYLINES_HOME_SIZE": 4, "BYLINES_HOME_EACH": 2}
    site.person("bob", "Bob Baker")
    for day in range(10, 18):
        site.post(f"ada/p{day}.md", title=f"P{day}", date=f"2026-01-{day}")
    site.post("bob/one.md", title="One", date="2026-01-02")
    site.build()
    titles = re.findall(r'class="item-title p-name"[^>]*><a[^>]*>([^<]*)', site.page("index.html"))
    assert titles == ["P17", "P16", "One"]


def test_the_home_page_tells_what_goes_on(site: SmallSite) -> None:
    site.person("bob", "Bob Baker")
    site.post("ada/a.md", title="A", date="2026-01-01", topics="[tides, mine]")
    site.post("ada/b.md", title="B", date="2026-01-03", topics="[mine]")
    site.post("bob/b.md", title="Hello", date="2026-01-02", topics="[tides]")
    site.build()
    page = site.page("index.html")
    side = page[page.index("What people write about") :]
    assert re.findall(r'topics/(\w+)/">', side) == ["tides"], (
        "what one person alone writes about is not what people write about"
    )
    assert "2 people" in side
    assert re.findall(r"First post, ([^:]*): <a[^>]*>([^<]*)", side) == [
        ("2 January 2026", "Hello"),
        ("1 January 2026", "A"),
    ]


def test_a_topic_tells_whom_to_ask_and_a_blog_what_it_is_about(site: SmallSite) -> None:
    site.person("bob", "Bob Baker")
    for day, handle in enumerate(("ada", "ada", "bob"), 1):
        site.post(f"{handle}/p{day}.md", date=f"2026-01-0{day}", topics="[tides, moons]")
    site.post("ada/old.md", date="2024-01-01", topics="[tides]")
    site.build()
    page = site.page("topics/tides/index.html")
    writers = page[page.index("Whom to ask") : page.index("list-head")]
    assert re.findall(r'p-name">([^<]*)<', writers) == ["Ada Lovelace", "Bob Baker"]
    assert "3 posts" in writers
    assert "4 posts, 3 in the year up to January 2026" in page
    assert re.search(r'Often with it: <a href="[^"]*/topics/moons/"', page)
    blog = site.page("blogs/ada/index.html")
    assert re.findall(r'topics/(\w+)/"', blog[blog.index("Mostly about") : blog.index("list-head")]) == [
        "tides",
        "moons",
    ]
