"""How the names of pictures end, and how they end where they are published."""

from __future__ import annotations

import posixpath

SHOWN = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".avif": "AVIF", ".gif": "GIF"}
"""What every browser shows and every server knows: ending → format, as Pillow names it."""
OTHERS = {
    **dict.fromkeys((".jpe", ".jfif", ".jif", ".pjpeg", ".pjp", ".mpo", ".jps", ".insp", ".thm"), "JPEG"),
    **dict.fromkeys((".heic", ".heif", ".hif", ".heics", ".heifs"), "HEIF"),
    **dict.fromkeys((".tif", ".tiff"), "TIFF"),
    **dict.fromkeys((".bmp", ".dib"), "BMP"),
    **dict.fromkeys((".jp2", ".j2k", ".jpf", ".jpx", ".j2c", ".jpc"), "JPEG2000"),
    ".apng": "PNG",
    ".avifs": "AVIF",
}
"""What is published as something else, since few browsers show it or few servers know the ending."""
FORMAT_OF = SHOWN | OTHERS
ENDINGS = tuple(FORMAT_OF)
PHOTOS = tuple(ending for ending in ENDINGS if ending != ".gif")
"""What a person's photo may be."""
NOT_DECODED = frozenset(
    "dng cr2 cr3 crw nef nrw arw srf sr2 raf orf rw2 rwl pef ptx srw x3f erf kdc dcr dcs k25 mrw 3fr fff iiq mef gpr "
    "jxl jxr wdp hdp psd psb xcf".split()
)
"""Pictures that hold what cameras write, and that no library here decodes."""
_ENDING_OF = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif", "GIF": ".gif"}


def is_picture(name: str) -> bool:
    """Whether a name is a picture's by its ending."""
    return name.lower().endswith(ENDINGS)


def published_as(form: str) -> str:
    """The format in which a picture of a format is published."""
    return form if form in _ENDING_OF else "WEBP"


def address_of(url: str, form: str) -> str:
    """Where a picture is published: at its own name, with another ending behind it if its own would not do.

    `url` is the address that its name gives, `form` its format. The whole name stays in it, since telephones lay down
    `IMG_1.HEIC` beside `IMG_1.JPG`.
    """
    own = posixpath.splitext(url)[1].lower()
    return url if form in _ENDING_OF and own in SHOWN else url + _ENDING_OF[published_as(form)]
