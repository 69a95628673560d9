"""Files beside posts: what could run where it is served is not published, and is said; all else is, byte for byte."""

from __future__ import annotations

import pytest

from tests.building import SmallSite

_RUN = """index.html page.htm page.XHTML page.xml page.xsl page.mhtml page.shtml drawing.svgz script.js script.mjs code.wasm look.css
mail.eml way.url film.swf page.php page.PHP5 page.phtml page.php.bak page.php.txt run.cgi run.pl page.asp page.jsp web.config
feed.atom app.webmanifest cache.appcache""".split()
_OBEYED_AT_THE_ROOT = "_headers _redirects CNAME robots.txt".split()
_HARMLESS = "talk.pdf data.csv data.json notes.txt code.py code.rs umowa.pl.pdf sheet.xlsx all.zip film.ogv LICENSE x.drawio".split()
_LIKE_PAGES = [
    "<!DOCTYPE html><script>alert(1)</script>",
    "\ufeff \n<ScRiPt>alert(1)</script>",
    "<html\n>",
    "<!-- x --><script>",
    "<?xml version='1.0'?><x/>",
    "<svg onload=alert(1)>",
    "<b>x",
]


@pytest.fixture
def folder(site: SmallSite) -> SmallSite:
    site.post("ada/x/index.md")
    return site


def test_what_could_run_is_not_published_and_is_said(folder: SmallSite) -> None:
    for name in _RUN:
        folder.write(f"content/blogs/ada/x/{name}", "words")
    problems = folder.problems()
    there = folder.built()
    for name in _RUN:
        assert f"blogs/ada/x/{name}" not in there or name == "index.html", name
        (said,) = [problem for problem in problems if f"/{name}: " in problem]
        left_over = name.endswith((".bak", ".old", "~"))
        assert (
            "says that it is not public, so it stays in; "
            if left_over
            else "a browser or a server could run a file that is called so; "
        ) in said
    assert b"words" not in there["blogs/ada/x/index.html"].replace(b"keywords", b"")


@pytest.mark.parametrize("ending", ["", ".bin", ".py", ".pdf", ".json", ".unheard-of"])
def test_what_looks_like_a_page_is_not_published_whatever_it_is_called(folder: SmallSite, ending: str) -> None:
    for number, text in enumerate(_LIKE_PAGES):
        folder.write(f"content/blogs/ada/x/f{number}{ending}", text)
    problems = folder.problems()
    assert len([problem for problem in problems if "begins as a web page does" in problem]) == len(_LIKE_PAGES)
    assert not [path for path in folder.built() if path.startswith("blogs/ada/x/f")]


def test_all_other_files_are_published_as_they_are(folder: SmallSite) -> None:
    for name in _HARMLESS:
        folder.write(f"content/blogs/ada/x/{name}", f"#!/bin/sh\n{name} <script>alert(1)</script>\0\xff")
    folder.write("content/blogs/ada/x/page.txt", _LIKE_PAGES[0])
    assert folder.problems() == []
    there = folder.built()
    for name in _HARMLESS:
        assert there[f"blogs/ada/x/{name}"] == (folder.folder / f"content/blogs/ada/x/{name}").read_bytes()
    assert there["blogs/ada/x/page.txt"].decode() == _LIKE_PAGES[0]


def test_what_hosts_obey_at_the_root_stays_in_its_folder(folder: SmallSite) -> None:
    before = {path: data for path, data in folder.build() and folder.built().items() if path in _OBEYED_AT_THE_ROOT}
    for name in _OBEYED_AT_THE_ROOT:
        folder.write(f"content/blogs/ada/x/{name}", "/* /elsewhere 301")
        folder.write(f"content/pages/{name}", "/* /elsewhere 301")
    for name in (".htaccess", ".user.ini", ".well-known/security.txt"):
        folder.write(f"content/blogs/ada/x/{name}", "words")
    folder.post("ada/y.md", aliases="[/CNAME, /_headers, /.well-known/x, /robots.txt, /_redirects]")
    folder.build()
    there = folder.built()
    for name in _OBEYED_AT_THE_ROOT:
        if name in there:
            assert b"/elsewhere" not in there[name], name
            assert name in before, name
    assert not [path for path in there if "/." in f"/{path}"]


def test_a_file_that_begins_to_look_like_a_page_goes_away(folder: SmallSite) -> None:
    folder.write("content/blogs/ada/x/data", "1,2")
    folder.build()
    assert "blogs/ada/x/data" in folder.built()
    folder.write("content/blogs/ada/x/data", "<html>")
    folder.build()
    assert "blogs/ada/x/data" not in folder.built()
