"""Nothing that is published says where it was made or with which device, whatever its format."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bylines.features.files.recordings import patches
from bylines.recordings import traces
from bylines.recordings.patches import NotUnderstood, apply
from tests.bombs import soon
from tests.building import SmallSite
from tests.drawing import SERIAL, opened, picture
from tests.filming import PICTURES, PLACE, boxes, film, says, track, webm

TURNED = {
    "IMG_1.HEIC": ("HEIF", "IMG_1.HEIC.webp"),
    "a.heif": ("HEIF", "a.heif.webp"),
    "b.HIF": ("HEIF", "b.HIF.webp"),
    "c.tif": ("TIFF", "c.tif.webp"),
    "d.TIFF": ("TIFF", "d.TIFF.webp"),
    "e.jfif": ("JPEG", "e.jfif.jpg"),
    "f.jpe": ("JPEG", "f.jpe.jpg"),
    "g.jp2": ("JPEG2000", "g.jp2.webp"),
    "h.bmp": ("BMP", "h.bmp.webp"),
    "i.jpg": ("HEIF", "i.jpg.webp"),
    "j.heic": ("JPEG", "j.heic.jpg"),
    "k.png": ("TIFF", "k.png.webp"),
    "l.jpg": ("JPEG", "l.jpg"),
    "m.avif": ("AVIF", "m.avif"),
    "n.PNG": ("PNG", "n.PNG"),
    "o.webp": ("WEBP", "o.webp"),
}
"""What lies beside a post: its format, and the name at which it is published."""


def written(form: str) -> bytes:
    """A picture with a position in its Exif, where its format has any."""
    return picture(700, 500, form)


def in_picture(data: bytes) -> dict[object, object]:
    """What Pillow finds said in a picture, but for how it is to be turned."""
    image = opened(data)
    said = {tag: value for tag, value in image.getexif().items() if tag != 0x0112}
    said |= dict(image.getexif().get_ifd(0x8825))
    return said | {
        key: image.info[key] for key in ("xmp", "comment", "photoshop", "XML:com.adobe.xmp") if key in image.info
    }


@pytest.mark.parametrize("name", TURNED)
def test_a_picture_of_any_kind_is_shown_without_what_the_camera_wrote(site: SmallSite, name: str) -> None:
    form, published = TURNED[name]
    site.post(
        "ada/tide/index.md",
        f"![The gate]({name}) [whole]({name}) ![At its address](/blogs/ada/tide/{name})\n",
        image=name,
        image_alt="The gate",
    )
    data = written(form)
    if form not in ("BMP", "JPEG2000"):  # they have no Exif; Pillow's readers of it would find it
        assert in_picture(data) or SERIAL.encode() in data
    site.write(f"content/blogs/ada/tide/{name}", data)
    rename = [problem for problem in site.problems() if "rename it" not in problem]
    assert rename == []
    built, page = site.built(), site.page("blogs/ada/tide/index.html")
    pictures = {
        path: data for path, data in built.items() if "pictures/" in path or ("tide/" in path and "index" not in path)
    }
    assert f"blogs/ada/tide/{published}" in pictures and len(pictures) == 3
    for path, data in pictures.items():
        assert in_picture(data) == {} and SERIAL.encode() not in data, path
    whole = f"https://test.example/blogs/ada/tide/{published}"
    assert f'href="{whole}"' in page and f'og:image" content="{whole}"' in page
    assert page.count("700w") == 3 and 'alt="The gate"' in page and 'alt="At its address"' in page
    assert page.count('width="700" height="500"') == 3
    assert f"tide/{name}&quot;" not in site.page("feed.atom") and published in site.page("feed.atom")


def test_a_photo_in_a_telephones_format_is_a_profiles(site: SmallSite) -> None:
    site.person("grace", "Grace Hopper", photo="me.HEIC")
    site.write("authors/me.HEIC", written("HEIF"))
    site.write("authors/ada.heic", written("HEIF"))
    site.post("ada/one.md")
    site.post("grace/one.md")
    assert site.problems() == []
    for handle in ("ada", "grace"):
        assert opened(site.built()[f"blogs/{handle}/photo.webp"]).format == "WEBP"
        assert in_picture(site.built()[f"blogs/{handle}/photo.webp"]) == {}


def test_another_format_in_a_pictures_place_moves_its_address(site: SmallSite) -> None:
    site.post("ada/tide/index.md", "![It](a.heic)\n")
    site.write("content/blogs/ada/tide/a.heic", written("HEIF"))
    site.build()
    site.write("content/blogs/ada/tide/a.heic", picture(700, 500))
    site.build()
    assert "blogs/ada/tide/a.heic.webp" not in site.built() and "blogs/ada/tide/a.heic.jpg" in site.built()
    assert site.built() == clean(site)
    site.remove("content/blogs/ada/tide/a.heic")
    site.build()
    assert site.built() == clean(site)


def clean(site: SmallSite) -> dict[str, bytes]:
    """What a clean build makes of a site."""
    site.build("other", "other-cache")
    return site.built("other")


@pytest.mark.parametrize("ending", "dng DNG cr2 cr3 nef arw raf orf rw2 jxl psd mts MTS m2ts insv avi wmv".split())
def test_what_only_cameras_read_is_left_out_and_said(site: SmallSite, ending: str) -> None:
    site.post("ada/tide/index.md", f"[It](it.{ending})\n")
    site.write(f"content/blogs/ada/tide/it.{ending}", picture(60, 40))
    second, first = site.problems()
    assert first.startswith(
        f"content/blogs/ada/tide/it.{ending}: a file whose name ends with .{ending} is not published: "
    ) and first.endswith(("; save it as JPEG, PNG or WebP", "; save it as MP4 (H.264)"))
    assert ending != "dng" or first == _DNG
    assert "leads nowhere" in second and f"blogs/ada/tide/it.{ending}" not in site.built()


def test_several_pictures_in_one_jpeg_are_one_without_metadata(site: SmallSite) -> None:
    out = io.BytesIO()
    frames = [Image.open(io.BytesIO(picture(700, 500, seed=seed))) for seed in (0, 3)]
    frames[0].save(out, "MPO", save_all=True, append_images=frames[1:], exif=frames[0].info["exif"])
    assert in_picture(out.getvalue())
    site.post("ada/tide/index.md", "![It](a.jpg)\n")
    site.write("content/blogs/ada/tide/a.jpg", out.getvalue())
    assert site.problems() == []
    data = site.built()["blogs/ada/tide/a.jpg"]
    assert opened(data).format == "JPEG" and in_picture(data) == {} and SERIAL.encode() not in data
    assert "700w" in site.page("blogs/ada/tide/index.html")


def test_an_avif_says_nothing_in_boxes_of_its_own(site: SmallSite) -> None:
    out = io.BytesIO()
    Image.new("RGB", (300, 200)).save(out, "AVIF")
    place = PLACE.encode()
    site.post("ada/tide/index.md", "![It](a.avif)\n")
    site.write(
        "content/blogs/ada/tide/a.avif", out.getvalue() + struct.pack(">I4s16x", 24 + len(place), b"uuid") + place
    )
    assert site.problems() == []
    data = site.built()["blogs/ada/tide/a.avif"]
    assert place not in data and opened(data).size == (300, 200)


_NO_FILM = (
    "this recording cannot be read (no film in it), so nobody knows whether it says where it was made; save it again,"
)
_DNG = (
    "content/blogs/ada/tide/it.dng: "
    "a file whose name ends with .dng is not published: browsers cannot show it, and cameras write into it where they were; "
    "save it as JPEG, PNG or WebP"
)
RECORDINGS = {
    "a.mp4": film(),
    "b.MOV": film(brand=b"qt  "),
    "c.m4v": film(),
    "d.3gp": film(brand=b"3gp4"),
    "e.mp4": film(handler=b"sbtl", telemetry=b"GPS (38.72000, -9.14000) " + PLACE.encode()),
    "f.mp4": film(tail=PLACE.encode() * 9 + b"8db42d694ccc41878"),
    "g.mp4": film(tail=b"abc"),
    "h.webm": webm(),
    "i.webm": webm(unknown=True),
    "j.mkv": webm(),
    "k.m4a": film(brand=b"M4A "),
}


@pytest.mark.parametrize("name", RECORDINGS)
def test_a_recording_loses_what_it_says_and_nothing_else(site: SmallSite, name: str) -> None:
    data = RECORDINGS[name]
    assert says(data)
    site.post("ada/tide/index.md", f"[The winch]({name})\n")
    site.write(f"content/blogs/ada/tide/{name}", data)
    assert site.problems() == []
    made = site.built()[f"blogs/ada/tide/{name}"]
    assert says(made) == [] and len(made) == len(data)
    assert made.count(PICTURES) == data.count(PICTURES) and made.find(PICTURES) == data.find(PICTURES)
    if not name.endswith(("webm", "mkv", "g.mp4")):
        paths = [path for path, _ in boxes(made)]
        assert paths.count("/moov/trak") == 1 and not {"/moov/udta", "/moov/meta", "/uuid"} & set(paths)
    assert site.build().changed == () or not site.build().changed
    assert site.built() == clean(site)


def test_a_recording_that_is_there_is_not_written_again(site: SmallSite) -> None:
    site.post("ada/tide/index.md", "[The winch](a.mp4)\n")
    site.write("content/blogs/ada/tide/a.mp4", film())
    site.build()
    file = site.folder / "output/blogs/ada/tide/a.mp4"
    before = file.stat().st_mtime_ns
    assert not list(site.build(verify=True).changed) and file.stat().st_mtime_ns == before
    (site.folder / "output/blogs/ada/tide/a.mp4").write_bytes(b"damaged")
    site.build(verify=True)
    assert says(file.read_bytes()) == [] and site.built() == clean(site)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("cut.mp4", film()[:400], "this recording cannot be read ("),
        ("none.mp4", b"not a film at all" * 9, "this recording cannot be read (no film in it)"),
        ("page.mov", b"<script>alert(1)</script>", "this recording cannot be read (no film in it)"),
        ("empty.mp4", b"", _NO_FILM),
        ("photo.mp4", picture(90, 60), "this recording cannot be read (no film in it)"),
        ("none.webm", film(), "this recording cannot be read (no element where one is due)"),
        ("cut.webm", webm()[:-30], "this recording cannot be read (an element that ends behind the one around it)"),
        (
            "said.mp4",
            film().replace(PICTURES[:40], b"x" * 13 + PLACE.encode() + b"x", 1),
            "this file has a position in it",
        ),
    ],
)
def test_a_recording_that_cannot_be_read_is_left_out_and_said(
    site: SmallSite, name: str, data: bytes, said: str
) -> None:
    site.post("ada/tide/index.md", "Words.\n")
    site.write(f"content/blogs/ada/tide/{name}", data)
    (problem,) = site.problems()
    assert problem.startswith(f"content/blogs/ada/tide/{name}: {said}"), problem
    assert f"blogs/ada/tide/{name}" not in site.built()


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


def _id3(*frames: tuple[bytes, bytes]) -> bytes:
    body = b"".join(name + struct.pack(">I", len(data)) + b"\0\0" + data for name, data in frames)
    return (
        b"ID3\3\0\0" + bytes((len(body) >> shift) & 0x7F for shift in (21, 14, 7, 0)) + body + b"\xff\xfb\x90\x00" * 90
    )


_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="38,43.2N"/></x:xmpmeta>'
_DRAWN = '<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/jpeg;base64,{}"/></svg>'
SAYING = {
    "talk.pdf": b"%PDF-1.7\n1 0 obj<</Subtype/Image/Filter/DCTDecode>>stream\n" + picture(90, 60) + b"\nendstream",
    "said.pdf": b"%PDF-1.7\n" + _XMP,
    "talk.pptx": _zip(media_jpg=picture(90, 60)),
    "all.zip": _zip(a_jpg=picture(90, 60)),
    "one.jpg.gz": gzip.compress(picture(90, 60)),
    "one.jpg.bz2": bz2.compress(picture(90, 60)),
    "all.tar.xz": lzma.compress(bytes(512) + picture(90, 60)),
    "film.zip": _zip(a_mov=film()),
    "book.epub": _zip(cover_jpeg=picture(90, 60)),
    "tide.mp3": _id3((b"TXXX", b"\0location\0" + PLACE.encode())),
    "wide.mp3": _id3((b"TXXX", b"\1" + "GPSLatitude\0".encode("utf-16") + "38.72".encode("utf-16"))),
    "cover.mp3": _id3((b"APIC", b"\0image/jpeg\0\3\0" + picture(90, 60))),
    "tide.ogg": b"OggS\0\2" + bytes(20) + b"\3vorbis\0LOCATION=Lisbon\0",
    "tide.flac": b"fLaC\0" + base64.b64encode(picture(90, 60)),
    "tide.wav": b"RIFF\0\0\0\0WAVEid3 " + _id3((b"TXXX", b"\0location\0" + PLACE.encode())),
    "photo": picture(90, 60),
    "photo.jpg_large": picture(90, 60),
    "photo.bin": written("TIFF"),
    "heic.bin": written("HEIF"),
    "drawn.svg": _DRAWN.format(base64.b64encode(picture(90, 60)).decode()).encode(),
    "IMG_1.xmp": _XMP,
    "film.SRT": b"1\n00:00:00,000 --> 00:00:00,033\n[latitude: 38.720034] [longitude: -9.140012]\n",
    "book.ipynb": b'{"image/jpeg": "' + base64.encodebytes(picture(90, 60)).replace(b"\n", b"\\n") + b'"}',
    "card.vcf": b"BEGIN:VCARD\nPHOTO;ENCODING=b:" + base64.encodebytes(picture(90, 60)),
    "icon.ico": b"\0\0\1\0\1\0" + bytes(16) + picture(32, 32, "PNG"),
    "photos.zip": _zip(a_heic=written("HEIF")),
    "pictures.docx": _zip(media_png=picture(90, 60, "PNG")),
    "go.bin": b"\0DEVC\0\1\0\x20DVID" + bytes(40),
    "metadata.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><metadata>' + b"exif:GPSLatitude=38 </metadata></svg>",
}


@pytest.mark.parametrize("name", SAYING)
def test_a_file_that_says_where_it_was_made_is_left_out_and_said(site: SmallSite, name: str) -> None:
    site.post("ada/tide/index.md", "Words.\n")
    site.write(f"content/blogs/ada/tide/{name}", SAYING[name])
    (problem,) = site.problems()
    assert problem.startswith(f"content/blogs/ada/tide/{name}: this file has "), problem
    assert f"blogs/ada/tide/{name}" not in site.built()


PLAIN = {
    "talk.pdf": b"%PDF-1.7\n\x80\x81" + bytes(range(256)) * 900,
    "table.csv": b"place,latitude,longitude\nLisbon,+38.7200,-009.1400\n",
    "track.gpx": b'<gpx><trkpt lat="38.72000" lon="-9.14000"/></gpx>',
    "notes.vtt": b"WEBVTT\n\n00:00.000 --> 00:04.000\nThe tide comes.\n",
    "notes.txt": f"The film says {PLACE}, its GPSLatitude.".encode(),
    "data.zip": _zip(a_jpg=b"no picture", b_csv=b"+38.7200-009.1400"),
    "data.csv.gz": gzip.compress(b"+38.7200-009.1400\n" * 200),
    "broken.gz": b"\x1f\x8b broken",
    "tide.mp3": _id3((b"TIT2", b"\0The tide")),
}


@pytest.mark.parametrize("name", PLAIN)
def test_a_file_that_says_nothing_of_that_is_published_as_it_is(site: SmallSite, name: str) -> None:
    site.post("ada/tide/index.md", "Words.\n")
    site.write(f"content/blogs/ada/tide/{name}", PLAIN[name])
    assert site.problems() == []
    assert site.built()[f"blogs/ada/tide/{name}"] == PLAIN[name]


def test_what_static_paths_name_says_nothing_either(site: SmallSite) -> None:
    site.post("ada/tide.md", "![It](/images/a.heic) [film](/images/b.mp4)\n")
    site.write("content/images/a.heic", written("HEIF"))
    site.write("content/images/b.mp4", film())
    site.write("content/images/c.pdf", SAYING["talk.pdf"])
    site.write("content/attic/d.mp4", film())
    assert [problem.partition(":")[0] for problem in site.problems()] == ["content/attic/d.mp4", "content/images/c.pdf"]
    built = site.built()
    assert "images/c.pdf" not in built and says(built["images/b.mp4"]) == []
    assert "/images/a.heic.webp" in site.page("blogs/ada/tide/index.html") or "pictures/" in site.page(
        "blogs/ada/tide/index.html"
    )


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_damage_of_a_film_raises(data: st.DataObject) -> None:
    """What is understood is bare of all that the film said outside its pictures; what is not, is said."""
    name, whole = data.draw(st.sampled_from((("a.mp4", film()), ("b.webm", webm()), ("c.webm", webm(unknown=True)))))
    made = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(made) - 1))
        made[at] = data.draw(st.sampled_from((0, 1, 8, 0x7F, 0x80, 0xFF)))
    file = io.BytesIO(bytes(made))
    try:
        found = patches(name, file)
    except NotUnderstood:
        return
    apply(file, found)
    assert len(file.getvalue()) == len(made)


def test_hostile_tables_are_refused_at_once() -> None:
    def film_of(trak: bytes) -> io.BytesIO:
        head = struct.pack(">I4s4x4x", 16, b"ftyp")
        return io.BytesIO(
            head + struct.pack(">I4s", 108, b"mdat") + bytes(100) + struct.pack(">I4s", 8 + len(trak), b"moov") + trak
        )

    deep = b""
    for _ in range(9_000):
        deep = struct.pack(">I4s", len(deep) + 8, b"trak") + deep
    many = track(1, b"vide", [24], [10]).replace(
        struct.pack(">4sIII", b"stsz", 0, 0, 1), struct.pack(">4sIII", b"stsz", 0, 0, 0xFFFFFFFF)
    )
    beyond = track(1, b"vide", [90_000], [10])
    tables = track(1, b"vide", [2], [90])
    small = struct.pack(">I4s", 8, b"free") * 200_000
    for trak in (deep, many, beyond, tables, small, b""):
        with soon(), pytest.raises(NotUnderstood):
            patches("a.mp4", film_of(trak))


def test_looking_through_a_large_file_is_quick() -> None:
    noise = bytes(range(256)) * 80_000
    with soon():
        assert traces.find_in_stream(io.BytesIO(noise)) == ""
    for bad in (
        b"+38" * 900_000,
        b"G\0P\0S\0" * 300_000,
        b"Exif\0\0" * 200_000,
        b"/9j/" + b"A" * 3_000_000,
        b"+12.1234567" * 200_000,
    ):
        with soon():
            traces.find_in_stream(io.BytesIO(bad))
