"""Names of files: letters of every script, languages and dates in them, and links to files with odd signs."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from bylines.languages import intended_language, tag_of
from tests.building import SmallSite
from tests.drawing import picture
from tests.filming import film
from tests.test_incremental import compare

_SCRIPTS = (
    "हिन्दी-लेख", "ನನ್ನ-ಲೇಖನ", "தமிழ்-பதிவு", "ภาษาไทย", "မြန်မာစာ", "བོད་སྐད", "ශ්‍රී-ලංකා", "می‌خواهم", "עִבְרִית", "col·legi", "ქართული",
    "한국어", "カタカナ・メモ", "café", "Ελληνικά", "አማርኛ", "ਪੰਜਾਬੀ", "বাংলা-লেখা", "monde’s", "𐐨𐐩-deseret",
)  # fmt: skip


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_in_any_script_is_published_at_its_name(site: SmallSite, form: str) -> None:
    """As Linux keeps it, and with letters and marks apart, as macOS does."""
    names = [unicodedata.normalize("NFC", name) for name in _SCRIPTS]
    for name in names:
        site.post(f"ada/{unicodedata.normalize(form, name)}.md", title="A title", topics=f"[{name}]")
    site.post("ada/all.md", "".join(f"[l]({name}.md)\n\n[a](/blogs/ada/{name}/)\n\n" for name in names))
    site.write("content/jams/हिन्दी/jam.md", "---\ntitle: J\nopens: 2026-01-01\ncloses: 2027-01-01\n---\nText\n")
    site.post("ada/idea.md", jam="हिन्दी")
    assert site.problems() == []
    for name in names:
        assert (site.folder / f"output/blogs/ada/{name}/index.html").exists(), name
    compare(site, [form])


def test_signs_that_are_no_letters_make_no_address(site: SmallSite) -> None:
    for name in ("‌x", "ّx", "a b", "x\u200by", "🎉"):
        site.post(f"ada/{name}.md")
    assert [
        problem.partition(";")[0].partition(": ")[2].split(" ", 1)[1]
        for problem in site.problems()
        if "end of" in problem
    ]
    assert len(site.problems()) == 5


def _fly(site: SmallSite) -> None:
    site.post("ada/moving-to-fly.io.md")


def _programs(site: SmallSite) -> None:
    site.person("ada", languages="[cs]")
    site.post("ada/main.ts.md", lang="en")
    site.post("ada/main.cs.md", lang="en")


def _profile(site: SmallSite) -> None:
    site.person("ada", languages="[fi]")
    site.post("ada/x.md")
    site.post("ada/x.fi.md")


def _own_word(site: SmallSite) -> None:
    site.post("ada/x.md")
    site.post("ada/x.fi.md", lang="fi")


def _setting(site: SmallSite) -> None:
    site.settings["BYLINES_LANGUAGES"] = ["fi"]
    site.post("ada/2026-01-01-x/index.md")
    site.post("ada/2026-01-01-x/index.fi.md")


def _both_named(site: SmallSite) -> None:
    site.post("ada/x.en.md")
    site.post("ada/x.pt_BR.md")


def _page(site: SmallSite) -> None:
    site.write("content/pages/about.md", "---\ntitle: A\n---\nText\n")
    site.write("content/pages/about.de.md", "---\ntitle: B\n---\nText\n")
    site.write("content/pages/asp.is.md", "---\ntitle: C\n---\nText\n")


_LANGUAGES: dict[Callable[[SmallSite], None], tuple[str, ...]] = {
    _fly: ("blogs/ada/moving-to-fly.io",),
    _programs: ("blogs/ada/main.ts", "blogs/ada/main.cs"),
    _profile: ("blogs/ada/x", "blogs/ada/x/fi"),
    _own_word: ("blogs/ada/x", "blogs/ada/x/fi"),
    _setting: ("blogs/ada/x", "blogs/ada/x/fi"),
    _both_named: ("blogs/ada/x/en", "blogs/ada/x/pt-br"),
    _page: ("about", "about/de", "asp.is"),
}


@pytest.mark.parametrize("write", _LANGUAGES, ids=lambda write: write.__name__.strip("_"))
def test_what_a_name_ends_with_is_a_language_where_somebody_declares_it(
    site: SmallSite, write: Callable[[SmallSite], None]
) -> None:
    write(site)
    assert site.problems() == []
    pages = {path: site.page(f"{path}/index.html") for path in _LANGUAGES[write]}
    for path, page in pages.items():
        last = path.rpartition("/")[2]
        wanted = {"fi": "fi", "de": "de", "pt-br": "pt-BR"}.get(last, "en")
        assert 'http-equiv="refresh"' not in page
        assert f'lang="{wanted}"' in page, path


def test_an_original_that_comes_or_goes_breaks_no_link(site: SmallSite) -> None:
    site.post("ada/x.de.md", lang="de", title="Alone")
    site.build()
    assert "Alone" in site.page("blogs/ada/x.de/index.html")
    site.post("ada/x.md", title="The original")
    site.build()
    assert "url=https://test.example/blogs/ada/x/de/" in site.page("blogs/ada/x.de/index.html")
    compare(site, ["the original came"])
    site.remove("content/blogs/ada/x.md")
    site.build()
    assert "url=https://test.example/blogs/ada/x.de/" in site.page("blogs/ada/x/de/index.html")
    compare(site, ["the original went"])


def _dated(site: SmallSite, *names: str, **header: object) -> None:
    for name in names:
        site.post(f"ada/{name}", **{"date": None, "title": name, **header})


def test_of_texts_with_one_name_the_earliest_has_it_and_the_others_their_dates(site: SmallSite) -> None:
    _dated(
        site, "2025-12-02-update.md", "2025-12-19-update.md", "2026-01-05_update/index.md", "2025-12-19-update.de.md"
    )
    wanted = {
        "update": "2025-12-02-update.md", "2025-12-19-update": "2025-12-19-update.md",
        "2026-01-05-update": "2026-01-05_update/index.md", "2025-12-19-update/de": "2025-12-19-update.de.md",
    }  # fmt: skip
    for path, title in wanted.items():
        site.build()
        assert title in site.page(f"blogs/ada/{path}/index.html")
    assert len(site.problems()) == 2
    # Neither a newer text nor a draft, a mistake or the time moves one that is published.
    _dated(site, "2026-02-02-update.md")
    _dated(site, "2025-12-02-update.md", status="draft")
    site.post("ada/2025-12-19-update.md", title="[broken", date=None)
    site.build()
    assert "2026-02-02-update.md" in site.page("blogs/ada/2026-02-02-update/index.html")
    assert "2026-01-05_update" in site.page("blogs/ada/2026-01-05-update/index.html")
    assert not (site.folder / "output/blogs/ada/update/index.html").exists()
    compare(site, ["a draft and a mistake"])


def test_a_text_without_a_date_has_its_name_before_those_with_one(site: SmallSite) -> None:
    _dated(site, "2025-12-02-update.md", "2025-12-19-update.rst")
    site.write("content/blogs/ada/2025-12-19-update.rst", "Title\n=====\n\n:date: 2025-12-19\n\nText.\n")
    site.post("ada/update.md", title="Undated")
    site.build()
    assert "Undated" in site.page("blogs/ada/update/index.html")
    assert (site.folder / "output/blogs/ada/2025-12-02-update/index.html").exists()
    assert (site.folder / "output/blogs/ada/2025-12-19-update/index.html").exists()


def test_a_file_with_signs_of_addresses_in_its_name_is_shown_and_linked(site: SmallSite) -> None:
    names = ("a#b.png", "c?d.png", "e%f.png", "g+h.png", "i j.png", "k%20l.png", "ä.png")
    for name in names:
        site.write(f"content/blogs/ada/{name}", picture(20, 10, "PNG"))
    site.write("content/blogs/ada/m#n?.pdf", b"%PDF-1.4\n")
    site.write(f"content/blogs/ada/{unicodedata.normalize('NFD', 'é.png')}", picture(30, 10, "PNG"))
    body = (
        "![1](a%23b.png) ![2](c%3Fd.png) ![3](e%25f.png) ![4](g+h.png) ![5](i%20j.png) ![6](<i j.png>) ![7](k%2520l.png) "
        "![8](%C3%A4.png) ![9](é.png) ![10](e%CC%81.png) [11](m%23n%3F.pdf#page=2) <img src='a%23b.png' alt='12'>\n"
    )
    site.post("ada/x.md", body, image="a#b.png", image_alt="A sign")
    assert site.problems() == []
    page, feed = site.page("blogs/ada/x/index.html"), site.page("blogs/ada/feed.atom")
    addresses = (
        "a%23b.png", "c%3Fd.png", "e%25f.png", "g+h.png", "i%20j.png", "k%2520l.png", "%C3%A4.png", "%C3%A9.png",
        "m%23n%3F.pdf#page=2",
    )  # fmt: skip
    for address in addresses:
        assert f'="https://test.example/blogs/ada/{address}"' in page, address
        assert f"https://test.example/blogs/ada/{address}" in feed, address
    assert 'content="https://test.example/blogs/ada/a%23b.png"' in page
    assert (site.folder / "output/blogs/ada/é.png").exists()
    compare(site, ["odd names"])


@pytest.mark.parametrize(("file", "link"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_film_and_its_still_are_found_in_either_form(site: SmallSite, file: str, link: str) -> None:
    name, still = unicodedata.normalize(file, "é.mp4"), unicodedata.normalize(link, "é.jpg")
    site.post("ada/x.md", f"![A talk]({unicodedata.normalize(link, 'é.mp4')})\n", status="draft")
    site.write(f"content/blogs/ada/{name}", film())
    site.write(f"content/blogs/ada/{still}", picture(20, 10))
    site.build()
    for status, there in (("published", 2), ("draft", 0), ("published", 2)):
        site.post("ada/x.md", f"![A talk]({unicodedata.normalize(link, 'é.mp4')})\n", status=status)
        assert site.problems() == []
        assert len([path for path in site.built() if path.endswith(("é.mp4", "é.jpg"))]) == there
        compare(site, [status])


def test_a_file_whose_own_name_is_encoded_is_found(site: SmallSite) -> None:
    site.write("content/blogs/ada/a%20b.png", picture(20, 10, "PNG"))
    site.post("ada/x.md", "![x](a%20b.png)\n")
    assert site.problems() == []
    assert '="https://test.example/blogs/ada/a%2520b.png"' in site.page("blogs/ada/x/index.html")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("jp", "ja"), ("cz", "cs"), ("kr", "ko"), ("dk", "da"), ("gr", "el"), ("ua", "uk"), ("se", "sv"), ("en_US", "en-US"),
     ("zh-CN", "zh-CN"), ("pt-br", "pt-BR"), ("iw", "he"), ("in", "id"), ("ji", "yi"), ("Spanish", "es"), ("español", "es"),
     ("deutsch", "de"), ("vn", "vi"), ("us", "en-US"), ("ger", "de"), ("jp-JP", "ja"), ("日本語", "ja"), ("nothing at all", "")],
)  # fmt: skip
def test_the_language_that_is_meant_is_known(written: str, meant: str) -> None:
    assert intended_language(written) == meant


@pytest.mark.parametrize("text", ["jp", "cz", "xx", "und", "en-XX", "x", "", "a-b", "Spanish", "e" * 500])
def test_what_is_no_language_is_none(text: str) -> None:
    assert tag_of(text) is None
