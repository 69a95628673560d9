"""Pictures: sizes that are made once, nothing of what cameras write, and broken ones that stop nobody."""

from __future__ import annotations

import io
import re
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps

from bylines.features.files.read_picture import read_picture
from bylines.pictures import metadata, sizes
from bylines.pictures.decode import Picture
from bylines.settings.reading import ReadOptions
from tests.bombs import soon
from tests.building import SmallSite
from tests.drawing import SERIAL, moving, opened, picture


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    found = SmallSite(tmp_path)
    found.person("ada", "Ada Lovelace")
    found.person("grace", "Grace Hopper")
    return found


def test_a_picture_stands_in_sizes_with_width_and_height(site: SmallSite) -> None:
    site.post("ada/tide/index.md", "![A gate](gate.jpg)\n")
    site.write("content/blogs/ada/tide/gate.jpg", picture(1200, 800))
    assert site.problems() == []
    tag = re.search(r"<img[^>]*alt=\"A gate\"[^>]*>", site.page("blogs/ada/tide/index.html"))
    assert tag and 'width="1200" height="800"' in tag[0] and 'loading="lazy"' in tag[0]
    several = re.findall(r"https://test.example/(pictures/\S+\.webp) (\d+)w", tag[0])
    assert [width for _, width in several] == ["480", "960", "1200"]
    for path, width in several:
        made = opened(site.built()[path])
        assert made.format == "WEBP" and made.size == (int(width), round(int(width) * 2 / 3))
    assert f'src="https://test.example/{several[1][0]}"' in tag[0]


def test_a_width_that_somebody_gave_is_kept_and_its_height_follows(site: SmallSite) -> None:
    site.post("ada/tide/index.md", '<img src="gate.jpg" alt="A gate" width="300">\n')
    site.write("content/blogs/ada/tide/gate.jpg", picture(1200, 800))
    site.build()
    page = site.page("blogs/ada/tide/index.html")
    assert 'sizes="300px" width="300" height="200"' in page


def test_a_picture_that_two_posts_use_is_made_once(site: SmallSite) -> None:
    for handle in ("ada", "grace"):
        site.post(f"{handle}/tide/index.md", "![A gate](gate.jpg)\n")
        site.write(f"content/blogs/{handle}/tide/gate.jpg", picture(700, 500))
    site.build()
    assert len([path for path in site.built() if path.startswith("pictures/")]) == 2
    site.remove("content/blogs/ada/tide/gate.jpg")
    site.build()
    assert len([path for path in site.built() if path.startswith("pictures/")]) == 2
    site.remove("content/blogs/grace/tide/gate.jpg")
    site.build()
    assert not [path for path in site.built() if path.startswith("pictures/")]


def test_another_picture_in_its_place_changes_the_page_that_shows_it_alone(site: SmallSite) -> None:
    site.post("ada/tide/index.md", "![A gate](gate.jpg)\n", image="gate.jpg")
    site.post("grace/other.md")
    site.write("content/blogs/ada/tide/gate.jpg", picture(700, 500))
    site.build()
    site.write("content/blogs/ada/tide/gate.jpg", picture(700, 500, seed=3))
    changed = {path for path in site.build().changed if not path.startswith("pictures/")}
    assert changed == {"blogs/ada/tide/index.html", "blogs/ada/tide/gate.jpg"}


def test_a_picture_is_not_made_again_for_a_word(site: SmallSite) -> None:
    site.post("ada/tide/index.md", "![A gate](gate.jpg)\n")
    site.write("content/blogs/ada/tide/gate.jpg", picture(700, 500))
    site.build()
    site.post("ada/tide/index.md", "Words ![A gate](gate.jpg)\n")
    assert not [path for path in site.build().changed if path.endswith((".jpg", ".webp"))]


def test_a_picture_in_a_folder_for_all_has_sizes_too(site: SmallSite) -> None:
    site.post("ada/tide.md", "![A gate](/images/gate.png) ![B]({static}/images/gate.png)\n")
    site.write("content/images/gate.png", picture(700, 500, "PNG"))
    assert site.problems() == []
    page = site.page("blogs/ada/tide/index.html")
    assert page.count('width="700" height="500"') == 2 and page.count("700w") == 2


def test_a_picture_that_is_nobodys_is_said(site: SmallSite) -> None:
    site.write("content/attic/gate.png", picture(60, 40, "PNG"))
    assert site.problems() == [
        "content/attic/gate.png: nothing reads this file; move it beside a post, or name its folder in STATIC_PATHS"
    ]


def test_a_small_or_moving_picture_stays_as_it_is(site: SmallSite) -> None:
    site.post("ada/tide/index.md", "![small](small.png) ![moving](moving.gif)\n")
    site.write("content/blogs/ada/tide/small.png", picture(64, 32, "PNG"))
    site.write("content/blogs/ada/tide/moving.gif", moving())
    assert site.problems() == []
    page = site.page("blogs/ada/tide/index.html")
    assert 'src="https://test.example/blogs/ada/tide/small.png" width="64" height="32"' in page
    assert 'src="https://test.example/blogs/ada/tide/moving.gif" width="500" height="300"' in page
    assert "srcset" not in page
    assert opened(site.built()["blogs/ada/tide/moving.gif"]).n_frames == 3


def test_a_photo_is_square_small_and_without_metadata(site: SmallSite) -> None:
    site.write("authors/ada.jpg", picture(900, 600))
    site.post("ada/tide.md")
    assert site.problems() == []
    photo = site.built()["blogs/ada/photo.webp"]
    assert opened(photo).size == (sizes.PORTRAIT, sizes.PORTRAIT)
    assert not opened(photo).getexif() and len(photo) < 20_000
    assert "blogs/ada/photo.webp" in site.page("blogs/ada/index.html")


def test_a_photo_that_is_none_leaves_the_initials(site: SmallSite) -> None:
    site.write("authors/ada.jpg", b"no photo")
    site.post("ada/tide.md")
    assert site.problems() == [
        "authors/ada.jpg: this picture cannot be decoded (no picture that is known); save it again, as JPEG, PNG or WebP"
    ]
    assert "photo" not in site.page("blogs/ada/index.html")


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _with(*chunks: bytes) -> bytes:
    """A PNG with chunks behind its first."""
    data = picture(60, 40, "PNG")
    return data[:33] + b"".join(chunks) + data[33:]


def _bomb() -> bytes:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )


def _striped(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


def _canvas(width: int, height: int) -> bytes:
    """A WebP of two small frames that says that it is as large as this."""
    data = moving("WEBP")
    return data[:24] + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little") + data[30:]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("cut.jpg", picture(800, 600)[:9000], "this picture cannot be decoded (image file is truncated"),
        ("cut.png", picture(800, 600, "PNG")[:3000], "this picture cannot be decoded ("),
        ("cut.webp", picture(800, 600, "WEBP")[:2000], "this picture cannot be decoded ("),
        ("none.avif", b"\0\0\0\x18ftypavif" + bytes(40), "this picture cannot be decoded ("),
        ("text.gif", b"GIF89a", "this picture cannot be decoded ("),
        ("empty.jpg", b"", "this picture cannot be decoded ("),
        ("page.png", b"<script>alert(1)</script>", "this picture cannot be decoded (no picture that is known)"),
        ("bomb.png", _bomb(), "this picture has more than 60,000,000 pixels"),
        (
            "texts.png",
            _with(chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(9_000_000)))),
            "this picture cannot be decoded (",
        ),
        (
            "colours.png",
            _with(chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(9_000_000)))),
            "this picture cannot be decoded (",
        ),
        ("long.png", _striped(900, 16_384), "this picture is longer than 16,383 pixels"),
        ("canvas.webp", _canvas(100_000, 300), "this picture is longer than 16,383 pixels"),
        ("big.jpg", picture(800, 600) + bytes(200_000), "this picture has more than 100,000 bytes"),
    ],
)
def test_a_broken_or_hostile_picture_is_left_out_and_said(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    site = SmallSite(tmp_path, BYLINES_MAX_PICTURE=100_000)
    site.person("ada")
    site.post("ada/tide/index.md", f"Words, and ![it]({name})\n")
    site.write(f"content/blogs/ada/tide/{name}", data)
    problems = site.problems()
    (own,) = [problem for problem in problems if f"/{name}: " in problem]
    assert own.startswith(f"content/blogs/ada/tide/{name}: {said}"), problems
    assert [problem for problem in problems if problem != own] == [
        f"content/blogs/ada/tide/index.md:5: {name} leads nowhere; mend the path, or add the file"
    ]
    assert f"blogs/ada/tide/{name}" not in site.built()
    assert "Words, and" in site.page("blogs/ada/tide/index.html")


def test_a_picture_with_anothers_ending_is_shown_and_said(site: SmallSite) -> None:
    site.post("ada/tide/index.md", "![it](gate.jpg)\n")
    site.write("content/blogs/ada/tide/gate.jpg", picture(400, 300, "PNG"))
    assert site.problems() == [
        "content/blogs/ada/tide/gate.jpg: this picture is PNG, but its name says JPEG; rename it"
    ]
    assert 'width="400"' in site.page("blogs/ada/tide/index.html")


FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("orientation", (1, 3, 6))
def test_what_a_camera_wrote_is_gone_and_the_pixels_are_not(form: str, orientation: int) -> None:
    data = picture(90, 60, form, orientation=orientation)
    if form != "GIF":
        assert opened(data).getexif().get_ifd(0x8825)
    assert SERIAL.encode() in data
    bare = metadata.strip_metadata(data)
    found = opened(bare)
    assert SERIAL.encode() not in bare and not found.getexif().get_ifd(0x8825) and found.info.get("comment") is None
    before, after = (ImageOps.exif_transpose(opened(one)).convert("RGB") for one in (data, bare))
    assert before.size == after.size
    if form != "AVIF":
        assert ImageChops.difference(before, after).getbbox() is None
    assert metadata.strip_metadata(bare) == bare


def test_what_stands_behind_a_jpegs_end_is_gone() -> None:
    assert b"moov" not in metadata.strip_metadata(picture(90, 60) + b"\0\0\0\x08moov" + SERIAL.encode())


def test_a_webp_whose_metadata_is_cut_is_published_whole() -> None:
    pixels = picture(60, 40, "WEBP")
    (start,) = (found.start() for found in re.finditer(b"VP8 ", pixels))
    shown = pixels[start : start + 8 + int.from_bytes(pixels[start + 4 : start + 8], "little")]
    body = b"WEBP" + shown + b"EXIF\0\0\0\0" + b"ICCP" + struct.pack("<I", 5_000) + b"cut"
    data = b"RIFF" + struct.pack("<I", len(body)) + body
    assert isinstance(read_picture("content/blogs/ada/a/x.webp", data, ReadOptions()).record, Picture)
    assert opened(metadata.strip_metadata(data)).size == (60, 40)


def test_metadata_that_is_none_takes_nothing_from_a_picture() -> None:
    loop = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIII", 0x8769, 4, 1, 8, 8)
    many = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIII", 0x010F, 2, 0xFFFFFFFF, 8, 0)
    for segment in (b"\xe1" + loop, b"\xe1" + many, b"\xe2ICC_PROFILE\0\1\xff" + b"j" * 9_000):
        data = picture(700, 60)
        data = data[:2] + b"\xff" + segment[:1] + struct.pack(">H", len(segment) + 1) + segment[1:] + data[2:]
        assert isinstance(read_picture("content/blogs/ada/a/x.jpg", data, ReadOptions()).record, Picture)
        assert opened(metadata.strip_metadata(data)).size == (700, 60)
        assert opened(sizes.resize(data, 480)).size == (480, 41)
    for chunks in ([chunk(b"iCCP", b"a\0\0junk"), chunk(b"eXIf", b"junk" * 99)], [chunk(b"tEXt", b"a\0b")] * 9_000):
        assert opened(metadata.strip_metadata(_with(*chunks))).size == (60, 40)


def test_a_jpeg_full_of_filling_is_bare_at_once() -> None:
    data = picture(90, 60)
    filled = data[:-2] + b"\xff" * 2_000_000 + b"\0" + data[-2:]
    assert isinstance(read_picture("content/blogs/ada/a/x.jpg", filled, ReadOptions()).record, Picture)
    with soon():
        assert opened(metadata.strip_metadata(filled)).size == (90, 60)


def test_texts_in_pngs_and_xmp_are_gone() -> None:
    from PIL.PngImagePlugin import PngInfo

    texts = PngInfo()
    texts.add_text("Author", SERIAL)
    xmp = {"xmp": SERIAL.encode()}
    texts.add_itxt("XML:com.adobe.xmp", SERIAL)
    for form, more in (("PNG", {"pnginfo": texts}), ("JPEG", xmp), ("WEBP", xmp), ("AVIF", xmp)):  # fmt: skip
        out = io.BytesIO()
        Image.new("RGB", (50, 50)).save(out, form, **more)
        assert SERIAL.encode() in out.getvalue()
        assert SERIAL.encode() not in metadata.strip_metadata(out.getvalue()), form


@pytest.mark.parametrize("form", ("PNG", "WEBP", "GIF"))
def test_a_moving_picture_still_moves(form: str) -> None:
    assert opened(metadata.strip_metadata(moving(form))).n_frames == 3


def test_a_turned_photo_is_turned_in_its_sizes() -> None:
    data = picture(1000, 500, orientation=6)
    reading = read_picture("content/blogs/ada/a/x.jpg", data, ReadOptions())
    assert isinstance(reading.record, Picture) and (reading.record.width, reading.record.height) == (500, 1000)
    assert opened(sizes.resize(data, 480)).size == (480, 960)


@pytest.mark.parametrize("mode", ("L", "RGBA", "P", "LA", "I;16", "1"))
def test_pictures_of_every_mode_have_sizes(mode: str) -> None:
    out = io.BytesIO()
    (Image.new("I;16", (900, 300)) if mode == "I;16" else Image.new("RGB", (900, 300)).convert(mode)).save(out, "PNG")
    assert opened(sizes.resize(out.getvalue(), 480)).size == (480, 160)


def test_cmyk_and_odd_profiles_have_sizes() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (900, 300)).save(out, "JPEG", icc_profile=b"no profile")
    assert opened(sizes.resize(out.getvalue(), 480)).mode == "RGB"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from((*FORMATS, "HEIF", "TIFF", "BMP", "JPEG2000")), st.data())
def test_no_damage_raises(form: str, data: st.DataObject) -> None:
    """Whatever is read as a picture can be stripped and sized; whatever cannot, is said."""
    whole = bytearray(picture(400, 30, form))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))]) if data.draw(st.booleans()) else bytes(whole)
    ending = {"JPEG": "jpg", "JPEG2000": "jp2"}.get(form, form.lower())
    reading = read_picture(f"content/blogs/ada/a/x.{ending}", cut, ReadOptions())
    if reading.record is None:
        assert reading.problems
        return
    assert isinstance(reading.record, Picture)
    metadata.strip_metadata(cut)
    for width in sizes.widths_of(reading.record):
        assert sizes.resize(cut, width) == sizes.resize(cut, width)
    sizes.portrait(cut)
