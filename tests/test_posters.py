"""Posters: what is loaded on a click, and never before; and pictures of other hosts, which are not loaded at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bylines.markup import MarkupOptions, fill, read
from bylines.markup.posters import embed_place
from bylines.problems import SettingsError
from bylines.verifying.pages import check
from tests.browsing import served
from tests.building import SmallSite
from tests.drawing import opened, picture
from tests.filming import film

_TUBE = "https://www.youtube-nocookie.com/embed/"
_ID = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        (f"https://www.youtube.com/watch?v={_ID}", f"{_TUBE}{_ID}?autoplay=1"),
        (f"https://youtu.be/{_ID}?t=1m30s&si=tracking", f"{_TUBE}{_ID}?autoplay=1&start=90"),
        (f"http://m.youtube.com/shorts/{_ID}", f"{_TUBE}{_ID}?autoplay=1"),
        (f"https://youtube.com/live/{_ID}?start=7", f"{_TUBE}{_ID}?autoplay=1&start=7"),
        (
            "https://www.youtube.com/playlist?list=PL0123456789abc",
            f"{_TUBE}videoseries?list=PL0123456789abc&autoplay=1",
        ),
        ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1"),
        ("https://vimeo.com/123456789/0a1b2c3d4e", "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1&h=0a1b2c3d4e"),
        ("https://vimeo.com/channels/staff/123456", "https://player.vimeo.com/video/123456?autoplay=1&dnt=1"),
        ("https://video.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv", "https://video.example.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?autoplay=1&p2p=0"),
        ("https://video.example.org/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d?start=2m", "https://video.example.org/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d?autoplay=1&p2p=0&start=120"),
        ("https://www.slideshare.net/slideshow/tides-for-beginners/12345678", "https://www.slideshare.net/slideshow/embed_code/12345678"),
        ("https://www.slideshare.net/slideshow/embed_code/key/aBcDeFgH1234", "https://www.slideshare.net/slideshow/embed_code/key/aBcDeFgH1234"),
    ],
)  # fmt: skip
def test_the_frame_of_an_address(address: str, frame: str) -> None:
    found = embed_place(address, ("video.example.org",))
    assert found and found.frame == frame


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/@tides",
        "https://www.youtube.com/watch?v=short",
        f'https://www.youtube.com/watch?v={_ID[:-1]}"',
        f"https://youtube.com.evil.example/watch?v={_ID}",
        f"https://youtube.com@evil.example/watch?v={_ID}",
        f"https://evil.example/https://youtu.be/{_ID}",
        f"https://youtu.be:8080/{_ID}",
        "https://vimeo.com/blog/123456",
        "https://www.slideshare.net/somebody/tides-for-beginners",
        "https://other.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://video.example.org/w/",
        "https://[::1/w/x",
        "https://vimeo.com:99999/123456",
    ],
)
def test_no_other_address_has_a_frame(address: str) -> None:
    assert embed_place(address, ("video.example.org",)) is None


def _shown(source: str) -> str:
    return fill(read(source, "md", MarkupOptions())[0].content, {}, {})


@pytest.mark.parametrize(
    "source",
    [
        f"See https://youtu.be/{_ID}",
        f"https://youtu.be/{_ID} and more",
        f"- https://youtu.be/{_ID}",
        f"`https://youtu.be/{_ID}`",
        f"https://youtu.be/{_ID} https://youtu.be/{_ID}",
        "[a report](report.html)",
    ],
)
def test_a_link_among_words_stays_a_link(source: str) -> None:
    assert "<figure" not in _shown(source)


def test_what_a_writer_says_cannot_leave_its_place() -> None:
    nasty = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    made = _shown(f'[{nasty}](https://youtu.be/{_ID} "{nasty}")\n\n[{nasty}](x.pdf)\n\n[{nasty}](x.mp4)\n')
    assert made.count("<figure") == 3
    assert "<script" not in made
    assert '""' not in made.replace('data-place=""', "")


def test_a_summary_is_not_an_address() -> None:
    assert (
        read(f"https://youtu.be/{_ID}\n\nWhat the gate says.\n", "md", MarkupOptions())[1].excerpt
        == "What the gate says."
    )


_POST = f"""[What the gate says](https://www.youtube.com/watch?v={_ID} "Filmed in May")

[![The hall](hall.jpg)](https://video.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv)

[The slides](slides.pdf#page=2)

[The winch](winch.mp4)

[The winch, heard](winch.mp3)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    site = SmallSite(
        tmp_path_factory.mktemp("posters"), SITEURL="", RELATIVE_URLS=True, BYLINES_VIDEO_HOSTS=["video.example.org"]
    )
    site.person("ada", "Ada Lovelace", bio=f"https://youtu.be/{_ID}")
    site.post("ada/x/index.md", _POST)
    site.post("ada/plain.md", f"See https://youtu.be/{_ID} for more.\n")
    site.write("content/pages/about.md", f"---\ntitle: About\n---\nhttps://youtu.be/{_ID}\n")
    folder = "content/blogs/ada/x"
    for name, data in (("hall.jpg", picture(700, 400)), ("winch.png", picture(500, 300, "PNG"))):
        site.write(f"{folder}/{name}", data)
    for name in ("slides.pdf", "winch.mp3"):
        site.write(f"{folder}/{name}", b"%PDF-1.4 " + name.encode())
    site.write(f"{folder}/winch.mp4", film())
    assert site.problems() == []
    return site


def _policy(page: str) -> str:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found
    return found[1].replace("&#x27;", "'")


def test_a_policy_allows_the_frames_of_its_own_page_alone(built: SmallSite) -> None:
    frames = "; frame-src 'self' https://video.example.org https://www.youtube-nocookie.com"
    assert _policy(built.page("blogs/ada/x/index.html")).endswith(frames)
    assert _policy(built.page("about/index.html")).endswith("; frame-src https://www.youtube-nocookie.com")
    for path in ("blogs/ada/plain/index.html", "blogs/ada/index.html", "index.html"):
        assert "frame-src" not in _policy(built.page(path))
        assert "poster" not in built.page(path)


def test_a_recording_of_ones_own_plays_without_a_frame(built: SmallSite) -> None:
    page = built.page("blogs/ada/x/index.html")
    video = re.search(r"<video[^>]*>", page)
    assert video and 'preload="none"' in video[0] and 'width="500" height="300"' in video[0]
    still = re.search(r'poster="[./]*/(pictures/[^"]*)"', video[0])
    assert still and opened(built.built()[still[1]]).format == "WEBP"
    assert re.search(r'<audio controls preload="none" src="[^"]*winch.mp3"', page)


def test_a_feed_has_the_plain_links(built: SmallSite) -> None:
    feed = built.page("blogs/ada/feed.atom")
    assert (
        f'&lt;p&gt;&lt;a href="https://www.youtube.com/watch?v={_ID}"&gt;What the gate says&lt;/a&gt;&lt;/p&gt;' in feed
    )
    assert "/blogs/ada/x/slides.pdf#page=2" in feed
    assert "figure" not in feed and "video&gt;" not in feed


def test_a_picture_that_bears_a_videos_name_comes_and_goes(site: SmallSite) -> None:
    site.post("ada/x/index.md", "[The winch](winch.mp4)\n")
    site.write("content/blogs/ada/x/winch.mp4", film())
    site.build()
    assert "poster=" not in site.page("blogs/ada/x/index.html")
    still = site.write("content/blogs/ada/x/winch.jpg", picture(500, 300))
    site.build()
    assert "poster=" in site.page("blogs/ada/x/index.html")
    still.unlink()
    site.build()
    assert "poster=" not in site.page("blogs/ada/x/index.html")


def test_a_host_that_is_none_is_said(site: SmallSite) -> None:
    site.settings["BYLINES_VIDEO_HOSTS"] = ["https://video.example.org/"]
    with pytest.raises(SettingsError, match="it is a list of hosts in lower case"):
        site.build()


@pytest.mark.parametrize(
    ("source", "made"),
    [
        (
            '![A gate](https://other.example/gate.png "Its caption")',
            '<figure><a class="elsewhere" href="https://other.example/gate.png">A gate <span class="quiet">other.example</span></a>'
            "<figcaption>Its caption</figcaption></figure>",
        ),
        (
            "Before ![](//other.example/gate.png) after",
            '<p>Before <a class="elsewhere" href="//other.example/gate.png">gate.png <span class="quiet">other.example</span></a>'
            " after</p>",
        ),
        (
            "[![A badge](https://other.example/b.svg)](https://x.example/)",
            '<p><a href="https://x.example/"><span class="elsewhere">A badge</span></a></p>',
        ),
        ('<video src="https://other.example/v.mp4"></video>', "v.mp4"),
        ('<img src="HTTPS://other.example/gate.png">', "gate.png"),
        ('<img src="&#9;//other.example/gate.png">', 'href="//other.example/gate.png"'),
        ('<img src="/&#10;/other.example/gate.png">', 'href="//other.example/gate.png"'),
        ('<img src="ht&#13;tps://other.example/gate.png">', 'href="https://other.example/gate.png"'),
    ],
)
def test_a_picture_of_another_host_is_a_link_and_is_said(site: SmallSite, source: str, made: str) -> None:
    site.post("ada/x.md", f"Words.\n\n{source}\n")
    (problem,) = site.problems()
    assert problem.startswith("content/blogs/ada/x.md:7: ") and "of another host" in problem
    page = site.page("blogs/ada/x/index.html")
    prose = page[page.index('<div class="prose') : page.index('<footer class="post-foot')]
    assert made in prose
    assert not re.search(r"<(img|video|source)\b", prose)


@pytest.mark.parametrize("written", ["//exam]x", "//[::1", "/&#10;/exam\u2100ple.com", "//[1.2.3.4]/"])
def test_a_link_that_can_be_no_address_is_words(site: SmallSite, written: str) -> None:
    site.post(
        "ada/x.md",
        f'A <a href="{written}">talk</a>, and <video src="{written}"></video> <img src="{written}" alt="x">.\n',
    )
    assert all("another host" in problem for problem in site.problems())
    page = site.page("blogs/ada/x/index.html")
    assert "<a>talk</a>" in page
    assert '="//' not in page
    assert "talk" in site.page("feed.atom")
    assert check(site.folder / "output") == []


@pytest.mark.parametrize("name", ["talk.mp4", "talk.mp3", "slides.pdf"])
@pytest.mark.parametrize("start", ["//", "/&#9;/", "&#10;//"])
def test_a_file_of_another_host_without_a_scheme_is_a_plain_link(site: SmallSite, name: str, start: str) -> None:
    site.post("ada/x.md", f'Words.\n\n<p><a href="{start}other.example/{name}">A talk</a></p>\n')
    assert site.problems() == []
    assert f'<p><a href="//other.example/{name}">A talk</a></p>' in site.page("blogs/ada/x/index.html")


@pytest.fixture(scope="module")
def address(built: SmallSite) -> Iterator[str]:
    with served(built.folder / "output") as found:
        yield f"{found}/blogs/ada/x/"


def _opened(browser: Any, address: str, **options: Any) -> tuple[Any, list[str]]:
    """A page, and what it asks of other hosts, which gets no answer."""
    page = browser.new_context(**options).new_page()
    asked: list[str] = []

    def answer(route: Any) -> None:
        if route.request.url.startswith(address.partition("/blogs")[0]):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    page.route("**/*", answer)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page, asked


def test_nothing_is_loaded_from_elsewhere_before_a_click(browser: Any, address: str) -> None:
    faults: list[str] = []
    page, asked = _opened(browser, address)
    page.on("console", lambda message: faults.append(message.text))
    assert asked == []
    first, second, slides = (
        page.locator(f".poster > a:has-text('{title}')") for title in ("What the gate says", "The hall", "The slides")
    )
    assert "Loads from youtube.com when you click" in first.inner_text()
    assert first.get_attribute("role") == "button"
    first.focus()
    page.keyboard.press("Space")
    frame = page.locator("iframe")
    assert frame.get_attribute("title") == "What the gate says"
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    with page.expect_request(lambda request: request.url.startswith("https://video.example.org/")):
        second.click()
    assert asked == [
        f"{_TUBE}{_ID}?autoplay=1",
        "https://video.example.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?autoplay=1&p2p=0",
    ]
    assert [one.get_attribute("referrerpolicy") for one in frame.all()] == ["strict-origin", "no-referrer"]
    assert page.locator(".poster-way a").first.get_attribute("href") == f"https://www.youtube.com/watch?v={_ID}"
    slides.click()
    opened_file = page.locator(".poster[data-place=''] iframe")
    assert opened_file.evaluate("frame => frame.src").endswith("/blogs/ada/x/slides.pdf#page=2")
    assert opened_file.get_attribute("sandbox") is None
    assert not [text for text in faults if "Content Security Policy" in text]
    page.context.close()


def test_without_scripts_a_poster_leads_there(browser: Any, address: str) -> None:
    page, asked = _opened(browser, address, java_script_enabled=False)
    assert asked == []
    assert page.locator(".poster > a").first.get_attribute("href") == f"https://www.youtube.com/watch?v={_ID}"
    assert "youtube.com" in page.locator(".poster > a").first.inner_text()
    page.context.close()


def test_only_pictures_that_the_page_shows_want_a_description(site: SmallSite) -> None:
    shown = '```\n<img src="b.png" alt="">\n```\n\n![](https://other.example/a.png) and ![](data.svg)\n'
    site.post("ada/x.md", shown)
    site.write("content/blogs/ada/data.svg", "<svg/>")
    notes = [str(each) for each in site.build().problems if each.code == "undescribed"]
    assert [note.partition(";")[0] for note in notes] == ["content/blogs/ada/x.md:9: a picture has no description"]
