"""A site that is served below a path of its host, and one with relative addresses: every link leads to something of the site."""

from __future__ import annotations

import html
import json
import re
import urllib.parse
from pathlib import Path

import pytest

from tests.building import SmallSite
from tests.drawing import picture

_HOST, _PATH = "https://corp.github.io", "/blogs-site"
_ATTRIBUTE = re.compile(r"""\s(?:href|src|srcset|content|action|data-[\w-]+)="([^"]*)\"""")
_ROOTED = re.compile(r"""^(?:0; url=)?(/[^/]|https://corp\.github\.io/|\.\.?/)""")


def _written(site: SmallSite) -> None:
    links = "[about](/about/), [ada](/blogs/ada/), [feed](/feed.atom), <a href='/about/'>raw</a> and [q](/about/?a=%26#tides)"
    site.settings |= {
        "BYLINES_DISCLAIMER": f"Ours. {links}", "LINKS": (("About", "/about/"), ("Elsewhere", "https://x.example/")),
        "SOCIAL": (("Us", "/about/"),), "MENUITEMS": (("About", "/about/"), ("Other", "//x.example/")), "BYLINES_PAGE_SIZE": 1,
    }  # fmt: skip
    site.write(
        "content/pages/about.md", f"---\ntitle: About\n---\n# Tides\n\n{links} ![A pier](/images/p.png) [no] @ada\n"
    )
    site.write("content/images/p.png", picture(1200, 800, "PNG"))
    site.person("ada", bio=f"'{links}'".replace("raw</a>", "raw</a>").replace("'/about/'", '"/about/"'))
    site.person("bob", disclaimer='"Mine. [about](/about/)"', aliases="[/old-bob/]")
    site.write("content/blogs/crew/blog.yaml", "title: Crew\nmembers: [ada]\ndescription: 'Read [about](/about/).'\n")
    site.write("content/topics.yaml", "- name: Tides\n  description: 'See [about](/about/)'\n  synonyms: [tide]\n")
    site.write(
        "content/jams/harbour/jam.md",
        "---\ntitle: Harbour\nopens: 2026-01-01\ncloses: 2027-01-01\nhosts: [ada]\n---\n[about](/about/) and @ada\n",
    )
    body = f"{links}\n\n![A *[bridge](/about/)*](/images/p.png)\n\n<img src=/images/p.png alt=Pier>\n\n"
    body += "By @ada. [o](o.md) ![A net](n.png)\n"
    for number, handle in enumerate(("ada", "bob", "crew")):
        site.post(
            f"{handle}/x.md",
            body,
            topics="[tides]",
            jam="harbour",
            date=f"2026-01-0{number + 2}",
            aliases=f"[/o{number}/]",
        )
        site.post(f"{handle}/o.md", "Text\n", image="/images/p.png", image_alt="A pier", date=f"2026-02-0{number + 2}")
        site.write(f"content/blogs/{handle}/n.png", picture(1200, 800, "PNG"))


def _addresses(name: str, text: str) -> set[str]:
    if name.endswith((".xml", ".opml")) or re.search(r"feed[^/]*\.(?:atom|rss)$|feed/\d+\.atom$", name):
        found = re.findall(r"""\s(?:href|src|xmlUrl|htmlUrl|url)="([^"]*)\"""", text) + re.findall(
            r">(https?://[^<\s]*)<", text
        )
        found += _ATTRIBUTE.findall(html.unescape(text)) if "feed" in name else []
    elif name.endswith((".json", ".webmanifest")):
        found = _texts(json.loads(text))
    elif name == "robots.txt":
        found = re.findall(r"https?://\S+", text)
    else:
        found = [part.strip().split(" ")[0] for value in _ATTRIBUTE.findall(text) for part in value.split(", ")]
        found += re.findall(r"url=([^\"]+)\"", text)
    return {html.unescape(address) for address in found}


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value] if isinstance(value, str) and value.startswith(("/", "https://corp")) else []


def _is_there(below: str, folder: Path) -> bool:
    """Whether something is published at an address; scripts know folders by it."""
    file = folder / below
    return file.is_file() or (file.is_dir() and (not below or below.endswith("/")) and any(file.iterdir()))


def _lost(folder: Path) -> list[str]:
    """What is linked from the root of the host, or leads to no file, with the file in which it stands."""
    files = {str(file.relative_to(folder)): file for file in folder.rglob("*") if file.is_file()}
    lost = []
    endings = (".html", ".xml", ".atom", ".rss", ".json", ".opml", ".webmanifest", ".txt")
    for name, file in sorted(files.items()):
        if not name.endswith(endings) or name.startswith(("theme/", "pictures/")):
            continue
        page = f"{_HOST}{_PATH}/{name}"
        for address in sorted(_addresses(name, file.read_text())):
            if not _ROOTED.match(address):
                continue
            whole = urllib.parse.urlsplit(urllib.parse.urljoin(page, address))
            path = urllib.parse.unquote(whole.path)
            if f"{whole.scheme}://{whole.netloc}" != _HOST:
                continue
            below = path.removeprefix(f"{_PATH}/")
            if not path.startswith(f"{_PATH}/") or not _is_there(below, folder):
                lost.append(f"{name}: {address}")
    return lost


@pytest.mark.parametrize("relative", [False, True], ids=["a path", "relative"])
def test_every_link_leads_below_the_path(site: SmallSite, relative: bool) -> None:
    site.settings |= {
        "SITEURL": f"{_HOST}{_PATH}",
        "RELATIVE_URLS": relative,
        "BYLINES_FEED_FORMATS": ["atom", "rss", "json"],
    }
    _written(site)
    assert site.problems() == []
    assert _lost(site.folder / "output") == []
    about = f"{_HOST}{_PATH}/about/" if not relative else "../../about/"
    page = site.page("blogs/ada/index.html")
    assert page.count(f'href="{about}"') >= 3, "the bio, the disclaimer and the menu"
    assert 'href="/about/' not in page
