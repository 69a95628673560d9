"""Covers: what is drawn of a post, when it is drawn again, and that no title makes boxes or stops a build."""

from __future__ import annotations

import io
import json
import re
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bylines.pictures.cover import HEIGHT, WIDTH, Colours, Cover, Face, draw
from bylines.pictures.text_layout import break_lines
from bylines.pictures.typeface import Typeface, bundled_typeface, characters_of
from tests.building import ROOT, SmallSite
from tests.drawing import picture

_FONT = (ROOT / "plugins/bylines/pictures/fonts/Literata-SemiBold.ttf").read_bytes()
_COLOURS = Colours("#fcfaf6", "#25201b", "#5c544c", "#8a3324", "#fffdf8")
_ADA = Face("Ada Lovelace", "ada", "AL", "#384e84")
_TIDE = "\u6f6e\u6c50"


def _cover(title: str, *people: Face, about: str = "Engines") -> Cover:
    return Cover(title, "Test", about, people or (_ADA,), _COLOURS)


def _opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        assert (image.format, image.size, image.mode) == ("PNG", (WIDTH, HEIGHT), "P")
        return image.convert("RGB")


def _with_letters(letters: str) -> bytes:
    """Our typeface, in which other letters stand for A, B, C … and nothing else does."""
    cmap = struct.pack(">HHHHI", 0, 1, 3, 10, 12)
    glyphs = [ord(letter) for letter in letters]
    groups = b"".join(struct.pack(">III", code, code, 36 + at) for at, code in enumerate(sorted(glyphs)))
    cmap += struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(glyphs)) + groups
    data = bytearray(_FONT)
    for number in range(struct.unpack_from(">H", data, 4)[0]):
        at = 12 + 16 * number
        if data[at : at + 4] == b"cmap":
            struct.pack_into(">II", data, at + 8, len(data), len(cmap))
    return bytes(data) + cmap


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=3))
def test_every_title_has_a_cover(title: str, name: str, initials: str) -> None:
    data = draw(_cover(title, Face(name, "ada", initials, "#384e84"), about=name))
    _opened(data)
    assert len(data) < 40_000


@pytest.mark.parametrize(
    "title",
    [
        "Slack",
        "What the winch said to the crew on a cold morning in the harbour of Leith, and what they said back to it",
        "Кабелът, който не искаше да мълчи и други случаи от практиката на пристанището",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "x" * 400,
        "word " * 90,
    ],
)
def test_a_title_stays_within_its_place_and_its_bytes(title: str) -> None:
    found = break_lines(title, bundled_typeface(), 1040, 320)
    assert all(bundled_typeface().width(line, found.size) <= 1040 for line in found.lines)
    assert len(found.lines) * found.height <= 330
    assert (found.lines[-1][-1] == "…") == (len(title) > 200)
    data = draw(_cover(title))
    assert len(data) <= 30_000
    margin = _opened(data).crop((WIDTH - 75, 20, WIDTH, HEIGHT))
    assert margin.getcolors() == [(75 * (HEIGHT - 20), (0xFC, 0xFA, 0xF6))]


def test_lines_are_about_as_long_as_each_other() -> None:
    found = break_lines("The lip of the seal, and why nobody trusts a gauge", bundled_typeface(), 1040, 320)
    widths = [bundled_typeface().width(line, found.size) for line in found.lines]
    assert len(widths) > 1 and min(widths) > 0.6 * max(widths)


def test_letters_that_no_typeface_has_are_never_boxes() -> None:
    for title, other in ((_TIDE, ""), ("مدّ وجزر", ""), (f"Slack {_TIDE}", ""), ("Slack \U0001f680", "Slack")):
        assert draw(_cover(title)) == draw(_cover(other))
    nobody = Face(_TIDE, "ada", _TIDE[0], "#384e84")
    assert draw(_cover("Slack", nobody)) == draw(_cover("Slack", Face("ada", "ada", "A", "#384e84")))


def test_a_further_typeface_has_the_letters() -> None:
    with_it = draw(_cover(_TIDE), [Typeface(_with_letters(_TIDE))])
    assert with_it not in (draw(_cover(_TIDE)), draw(_cover("")))
    assert draw(_cover("Slack"), [Typeface(_with_letters(_TIDE))]) == draw(_cover("Slack"))


def test_a_title_from_right_to_left_begins_at_the_right() -> None:
    hebrew = "\u05e9\u05dc\u05d5\u05dd"
    letters = Typeface(_with_letters(hebrew))
    if letters.drawable(hebrew) is None:
        pytest.skip("Pillow has no bidirectional layout here")
    title = _opened(draw(_cover(hebrew), [letters])).crop((0, 128, WIDTH, 300))
    paper = Image.new("RGB", title.size, _COLOURS.paper)
    from PIL import ImageChops

    box = ImageChops.difference(title, paper).getbbox()
    assert box and box[0] > WIDTH // 2 and WIDTH - 100 < box[2] < WIDTH - 60


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(_FONT) - 1), st.binary(max_size=8), st.booleans())
def test_a_damaged_typeface_is_a_value_error(at: int, noise: bytes, cut: bool) -> None:
    data = _FONT[:at] if cut else _FONT[:at] + noise + _FONT[at + len(noise) :]
    try:
        characters_of(data)
    except ValueError:
        return


@pytest.fixture
def written(site: SmallSite) -> SmallSite:
    site.person("grace", "Grace Hopper", team="Compilers")
    site.post("ada/tide.md", title="What the tide says")
    site.post("grace/nano.md", title="Nanoseconds", authors="[grace, ada]")
    assert site.problems() == []
    return site


def _covers(paths: object) -> set[str]:
    return {path for path in paths if path.startswith("covers/")}  # type: ignore[attr-defined]


def test_a_page_names_its_cover(written: SmallSite) -> None:
    assert _covers(written.built()) == {"covers/ada/tide.png", "covers/grace/nano.png", "covers/site.png"}
    page = written.page("blogs/ada/tide/index.html")
    said = dict(re.findall(r'<meta (?:property|name)="([^"]*)" content="([^"]*)">', page))
    cover = "https://test.example/covers/ada/tide.png"
    assert said["og:image"] == cover
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:alt"] == "What the tide says"
    assert said["twitter:card"] == "summary_large_image"
    (facts,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert json.loads(facts)["image"] == cover
    for path in ("index.html", "blogs/index.html", "blogs/ada/index.html"):
        assert written.page(path).count('property="og:image" content="https://test.example/covers/site.png"') == 1
    for path in _covers(written.built()):
        assert len(written.built()[path]) <= 30_000
        _opened(written.built()[path])


def test_only_what_is_drawn_draws_a_cover_again(written: SmallSite) -> None:
    written.post("ada/tide.md", "Other words.\n", title="What the tide says", topics="[tides]")
    assert _covers(written.build().changed) == set()
    written.post("ada/tide.md", title="What the tide said")
    assert _covers(written.build().changed) == {"covers/ada/tide.png"}
    written.person("grace", "Grace B. Hopper", team="Compilers")
    assert _covers(written.build().changed) == {"covers/grace/nano.png"}
    written.write("authors/ada.jpg", picture(400, 400))
    assert _covers(written.build().changed) == {"covers/ada/tide.png", "covers/grace/nano.png"}
    written.post("ada/new.md", title="New")
    assert _covers(written.build().changed) == {"covers/ada/new.png"}
    written.remove("content/blogs/ada/new.md")
    written.build()
    assert "covers/ada/new.png" not in written.built()


def test_a_post_with_a_picture_of_its_own_needs_none(written: SmallSite) -> None:
    written.post("ada/tide/index.md", title="Tide", image="gate.jpg", image_alt="'\"A gate\"'")
    written.remove("content/blogs/ada/tide.md")
    written.write("content/blogs/ada/tide/gate.jpg", picture(700, 500))
    written.build()
    assert "covers/ada/tide.png" not in written.built()
    page = written.page("blogs/ada/tide/index.html")
    assert 'property="og:image" content="https://test.example/blogs/ada/tide/gate.jpg"' in page
    assert 'property="og:image:width" content="700"' in page
    assert 'property="og:image:alt" content="&quot;A gate&quot;"' in page
    assert '"image":"https://test.example/blogs/ada/tide/gate.jpg"' in page


def test_a_drawing_is_not_shown_elsewhere_and_needs_a_cover(written: SmallSite) -> None:
    written.post("ada/tide.md", title="Tide", image="/images/gate.svg")
    written.write("content/images/gate.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    written.build()
    page = written.page("blogs/ada/tide/index.html")
    assert re.findall('property="og:image" content="([^"]*)"', page) == ["https://test.example/covers/ada/tide.png"]
    assert 'src="https://test.example/images/gate.svg"' in page


def test_a_typeface_of_the_site_draws_what_ours_cannot(written: SmallSite) -> None:
    written.post("ada/tide.md", title=_TIDE)
    written.build()
    before = written.built()["covers/ada/tide.png"]
    font = written.write("content/covers/tide.ttf", _with_letters(_TIDE))
    assert written.problems() == []
    assert written.built()["covers/ada/tide.png"] != before
    assert "covers/tide.ttf" not in written.built()
    font.unlink()
    written.build()
    assert written.built()["covers/ada/tide.png"] == before


def test_a_picture_that_lies_among_the_typefaces_is_none(written: SmallSite) -> None:
    written.build()
    before = written.built()["covers/ada/tide.png"]
    written.write("content/covers/sketch.png", before)
    written.settings["STATIC_PATHS"] = ["covers"]
    assert written.problems() == []
    assert "covers/sketch.png" in written.built()
    assert written.built()["covers/ada/tide.png"] == before


@pytest.mark.parametrize("settings_", [{"BYLINES_COVERS": False}, {"SITEURL": "", "RELATIVE_URLS": True}])
def test_there_are_none_where_nobody_wants_or_can_use_them(tmp_path: Path, settings_: dict[str, object]) -> None:
    site = SmallSite(tmp_path, **settings_)
    site.person("ada", "Ada Lovelace")
    site.post("ada/tide.md", title="What the tide says")
    site.build()
    assert _covers(site.built()) == set()
    for path in ("index.html", "blogs/ada/tide/index.html"):
        assert "og:image" not in site.page(path)
        assert "covers/" not in site.page(path)
