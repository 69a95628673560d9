"""Addresses and files that get in each other's way: each is said, the others are built, in whatever order they come."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bylines.problems import ContentProblem
from tests.building import SmallSite, files_below


def _old(*aliases: str) -> str:
    return "[" + ", ".join(aliases) + "]"


def _alias_below_an_alias(site: SmallSite) -> None:
    site.post("ada/a.md", aliases=_old("/old.html"))
    site.post("ada/b.md", aliases=_old("/old.html/x/"))


def _alias_above_an_alias(site: SmallSite) -> None:
    site.post("ada/a.md", aliases=_old("/old.html/x/"))
    site.post("ada/b.md", aliases=_old("/old.html"))


def _alias_below_a_feed(site: SmallSite) -> None:
    site.post("ada/a.md", aliases=_old("/feed.atom/y/", "/blogs/index.html/z.html"))


def _alias_below_a_picture(site: SmallSite) -> None:
    site.write("content/images/x.svg", "<svg/>")
    site.post("ada/a.md", aliases=_old("/images/x.svg/a/"))


def _alias_at_a_picture(site: SmallSite) -> None:
    site.write("content/images/old.html", "<p>static")
    site.write("content/images/x.svg", "<svg/>")
    site.post("ada/a.md", aliases=_old("/images/old.html", "/images/x.svg"))


def _file_at_a_post(site: SmallSite) -> None:
    site.write("content/blogs/ada/x", "a file without an ending")
    site.post("ada/x.md", "[the file](./x)\n")


def _file_at_a_translation(site: SmallSite) -> None:
    site.post("ada/x/index.md")
    site.post("ada/x/index.de.md", lang="de")
    site.write("content/blogs/ada/x/de", "a file without an ending")


def _files_at_one_place(site: SmallSite) -> None:
    site.settings["EXTRA_PATH_METADATA"] = {f"images/{name}": {"path": "humans.txt"} for name in ("a.txt", "b.txt")}
    site.write("content/images/a.txt", "a")
    site.write("content/images/b.txt", "b")


_COLLISIONS: dict[Callable[[SmallSite], None], list[str]] = {
    _alias_below_an_alias: [
        "content/blogs/ada/b.md: /old.html/x/index.html is taken by content/blogs/ada/a.md; rename one of the two"
    ],
    _alias_above_an_alias: [
        "content/blogs/ada/a.md: /old.html/x/index.html is taken by content/blogs/ada/b.md; rename one of the two"
    ],
    _alias_below_a_feed: [
        "content/blogs/ada/a.md: /feed.atom/y/index.html is taken by a page of the site itself; rename one of the two",
        "content/blogs/ada/a.md: the alias /blogs/index.html/z.html is taken by the site itself; remove the alias from one of the two",
    ],
    _alias_below_a_picture: [
        "content/blogs/ada/a.md: /images/x.svg/a/index.html is taken by content/images/x.svg; rename one of the two"
    ],
    _alias_at_a_picture: [
        "content/blogs/ada/a.md: /images/old.html is taken by content/images/old.html; rename one of the two",
        "content/blogs/ada/a.md: no page can lead on from the alias /images/x.svg; let the server lead on by the list _redirects "
        "or redirects.nginx.map (keeper.md), or remove the alias",
        "content/blogs/ada/a.md: the alias /images/x.svg is taken by content/images/x.svg; remove the alias from one of the two",
    ],
    _file_at_a_post: ["content/blogs/ada/x: /blogs/ada/x is taken by content/blogs/ada/x.md; rename one of the two"],
    _file_at_a_translation: [
        "content/blogs/ada/x/de: /blogs/ada/x/de is taken by content/blogs/ada/x/index.de.md; rename one of the two"
    ],
    _files_at_one_place: ["content/images/b.txt: /humans.txt is taken by content/images/a.txt; rename one of the two"],
}  # fmt: skip


@pytest.mark.parametrize("collide", _COLLISIONS, ids=lambda collide: collide.__name__.strip("_"))
def test_what_gets_in_anothers_way_is_said_and_stops_nobody(
    collide: Callable[[SmallSite], None], site: SmallSite
) -> None:
    site.post("ada/good.md")
    collide(site)
    assert site.problems() == _COLLISIONS[collide]
    assert "Some text" in site.page("blogs/ada/good/index.html")


def test_no_alias_hides_what_the_site_makes(site: SmallSite) -> None:
    taken = ("/blogs/", "/index.html", "/feed.atom", "/theme/css/site.css", "/topics/x/", "/directory/l/", "/sitemaps/blogs.xml",
             "/blogs/index.html", "/blogs/ada/", "/blogs/ada/feed.atom", "/blogs/ada/page/1/", "/blogs/ada/photo.png")  # fmt: skip
    site.post("ada/a.md", topics="[x]", aliases=_old("/blogs/ada/a/", "/good/", *taken))
    owners = {"/blogs/ada/": "authors/ada.yaml"}
    assert site.problems() == sorted([
        "content/blogs/ada/a.md: the alias /blogs/ada/a/ is where this stands now; remove it",
        *(f"content/blogs/ada/a.md: the alias {url} is taken by {owners.get(url, 'the site itself')}; "
          "remove the alias from one of the two" for url in taken),
    ])  # fmt: skip
    assert site.page("_redirects") == "/good/ /blogs/ada/a/ 301\n"
    assert site.page("redirects.nginx.map") == '"/good/" "/blogs/ada/a/";\n"/good" "/blogs/ada/a/";\n'


@pytest.mark.parametrize("collide", _COLLISIONS, ids=lambda collide: collide.__name__.strip("_"))
def test_whoever_comes_first_the_output_is_that_of_a_clean_build(
    collide: Callable[[SmallSite], None], site: SmallSite
) -> None:
    collide(site)
    files = [file for file in sorted((site.folder / "content").rglob("*")) if file.is_file()]
    texts = {file: file.read_bytes() for file in files}
    clean: _Clean = {}
    for order in (files, files[::-1]):
        for file in files:
            file.unlink()
        for file in [*order, *order[::-1]]:
            if file.exists():
                file.unlink()
            else:
                file.write_bytes(texts[file])
            _compare(site, clean)
        for file in order:
            file.write_bytes(texts[file])
            _compare(site, clean)
        for file in order:
            file.write_bytes(texts[file] + b"\n")
            _compare(site, clean)


_Clean = dict[tuple[tuple[str, bytes], ...], tuple[dict[str, bytes], tuple[ContentProblem, ...]]]
"""What a clean build made and said, by the sources that there were: each of these is built once."""


def _compare(site: SmallSite, clean: _Clean) -> None:
    problems = site.build().problems
    sources = tuple(files_below(site.folder / "content").items())
    if sources not in clean:
        said = site.build("clean", "clean-cache").problems
        clean[sources] = site.built("clean"), said
        site.remove("clean")
        site.remove("clean-cache")
    assert site.built() == clean[sources][0]
    assert problems == clean[sources][1]


def test_no_name_is_too_long_for_a_file(site: SmallSite) -> None:
    site.post(
        "ada/x.md", topics=f"[{'tide ' * 55}, {'潮' * 90}, {'😀' * 60}, {'潮' * 89 + '汐'}]", aliases=f"[/{'潮' * 90}/]"
    )
    site.post("ada/long.md", slug="潮" * 80)
    assert site.problems() == [
        f"content/blogs/ada/long.md:4: {'潮' * 59}… cannot be the end of an address; use letters, digits and hyphens",
        f"content/blogs/ada/x.md:5: the alias /{'潮' * 58}… is not an address of this site; write it as '/old/address/'",
    ]
    assert len(list((site.folder / "output/topics").glob("*/index.html"))) == 4


def test_an_index_holds_names_that_others_begin_with(site: SmallSite) -> None:
    """'go' is the beginning of 'go 000' and all the others."""
    site.settings["BYLINES_LETTERS_FROM"] = 20
    names = ["go", "Go!", "gone", "letter", "page", "feed", *(f"go {number:03}" for number in range(60))]
    for number, name in enumerate(names):
        site.person(f"p{number}", f'"{name}"', team=f'"{name}"')
    for first in range(0, len(names), 10):
        site.post(f"p{first}/x.md", topics="[" + ", ".join(f'"{name}"' for name in names[first : first + 10]) + "]")
    assert site.problems() == []
    index = "".join(text.decode() for path, text in site.built().items() if path.startswith("topics/letter/"))
    slugs = [name.strip("!").lower().replace(" ", "-") for name in names]
    assert [slug for slug in slugs if f'/topics/{slug}/"' not in index] == []
