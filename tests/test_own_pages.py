"""Links into folders of the capabilities' own pages: dead ones are told, and no other."""

from __future__ import annotations

import pytest

from tests.building import SmallSite
from tests.test_incremental import compare


@pytest.fixture
def linked(site: SmallSite) -> SmallSite:
    """A site with topics, teams and letters, of which nobody speaks yet."""
    site.settings |= {"BYLINES_LETTERS_FROM": 1, "BYLINES_COVERS": True}
    site.person("ada", "Ada Lovelace", team="Engines")
    site.person("grace", "Grace Hopper", team="Engines")
    site.write("content/topics.yaml", "- name: Tides\n  synonyms: [marées]\n")
    for number in range(25):
        site.post(f"ada/p{number}.md", topics="[tides, Open Source]", date=f"2025-03-{number + 1:02}")
    return site


def _say(site: SmallSite, *addresses: str, path: str = "ada/links.md") -> None:
    site.post(path, "\n\n".join(f"[x]({address})" for address in addresses), title="Links", date="2026-01-01")


def _told(site: SmallSite) -> list[str]:
    return sorted(problem.message.removesuffix(" leads nowhere") for problem in site.build().problems)


def test_every_address_that_the_site_has_may_be_linked_to(linked: SmallSite) -> None:
    linked.build()
    pages = [path for path in linked.built() if path.partition("/")[0] in _FOLDERS and "quiet" not in path]
    assert len(pages) > 40
    addresses = [f"/{path}" for path in pages] + [f"/{path.removesuffix('index.html')}" for path in pages]
    addresses += [f"/{path.removesuffix('/index.html')}" for path in pages] + [
        "/Topics/Tides/#top",
        "/topics/tides/?x=1",
    ]
    addresses += [
        "/topics/mar%C3%A9es/",
        "/topics/marées/feed.rss",
        "/topics/tides/page/1/",
        "/feed.json",
        "/feed/1.atom",
    ]
    _say(linked, *(address.replace(" ", "%20") for address in addresses))
    assert _told(linked) == []
    compare(linked, [])


_FOLDERS = {"topics", "directory", "theme", "sitemaps", "covers", "pictures", "pulse", "find", "languages", "subscribe"}


def test_an_address_below_them_that_the_site_has_not_is_told(linked: SmallSite) -> None:
    dead = [
        "/covers/ada/none.png",
        "/directory/teams/nobody/",
        "/directory/y/",
        "/theme/none.css",
        "/topics/none/",
        "/topicsome/",
    ]
    _say(linked, *dead, "/topics/", "/topics/open-source/")
    assert _told(linked) == dead
    compare(linked, [])


def test_it_is_told_as_soon_as_the_page_goes_and_no_longer_when_it_comes(linked: SmallSite) -> None:
    _say(linked, "/topics/bread/", "/topics/open-source/", "/directory/teams/bakers/")
    assert _told(linked) == ["/directory/teams/bakers/", "/topics/bread/"]
    linked.post("grace/loaf.md", topics="[bread]", date="2026-02-01")
    assert _told(linked) == ["/directory/teams/bakers/"]
    compare(linked, [])
    linked.person("grace", "Grace Hopper", team="Bakers")
    assert _told(linked) == []
    linked.remove("content/blogs/grace/loaf.md")
    assert _told(linked) == ["/topics/bread/"]
    compare(linked, [])
    _say(linked, "/topics/open-source/")
    assert _told(linked) == []
    compare(linked, [])
