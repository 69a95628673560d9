"""Maps the endings of picture files to formats, and to the endings under which they are published."""

from __future__ import annotations

import posixpath

SHOWN = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".avif": "AVIF", ".gif": "GIF"}
"""Endings whose formats every browser shows and every server knows, with the format as Pillow names it."""
OTHERS = {
    **dict.fromkeys((".jpe", ".jfif", ".jif", ".pjpeg", ".pjp", ".mpo", ".jps", ".insp", ".thm"), "JPEG"),
    **dict.fromkeys((".heic", ".heif", ".hif", ".heics", ".heifs"), "HEIF"),
    **dict.fromkeys((".tif", ".tiff"), "TIFF"),
    **dict.fromkeys((".bmp", ".dib"), "BMP"),
    **dict.fromkeys((".jp2", ".j2k", ".jpf", ".jpx", ".j2c", ".jpc"), "JPEG2000"),
    ".apng": "PNG",
    ".avifs": "AVIF",
}
"""Endings that are published as another one, since few browsers show the format or few servers know the ending."""
FORMAT_OF = SHOWN | OTHERS
ENDINGS = tuple(FORMAT_OF)
PHOTOS = tuple(ending for ending in ENDINGS if ending != ".gif")
"""Endings of a person's photo: all but GIF."""
NOT_DECODED = frozenset(
    "dng cr2 cr3 crw nef nrw arw srf sr2 raf orf rw2 rwl pef ptx srw x3f erf kdc dcr dcs k25 mrw 3fr fff iiq mef gpr "
    "jxl jxr wdp hdp psd psb xcf".split()
)
"""Endings, without the dot, of formats that cameras and programs write and that no library here decodes."""
_ENDING_OF = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif", "GIF": ".gif"}


def is_picture(name: str) -> bool:
    """Return whether a file name has the ending of a picture."""
    return name.lower().endswith(ENDINGS)


def published_format(form: str) -> str:
    """Return the format in which a picture of the format `form` is published: the same, or WebP."""
    return form if form in _ENDING_OF else "WEBP"


def address_of(url: str, form: str) -> str:
    """Return the address at which a picture is published: `url`, with a further ending if its own does not fit.

    `url` is the address by the file's own name, `form` its format. The old ending stays in the name, since telephones store
    `IMG_1.HEIC` beside `IMG_1.JPG`.
    """
    own = posixpath.splitext(url)[1].lower()
    return url if form in _ENDING_OF and own in SHOWN else url + _ENDING_OF[published_format(form)]
