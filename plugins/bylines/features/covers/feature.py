"""The declaration of the capability `covers`."""

from bylines.engine.capability import SourceKind
from bylines.engine.contributions import FramePiece
from bylines.engine.feature import Feature, PageKind
from bylines.features.covers import pages
from bylines.features.covers.addresses import PICTURE
from bylines.features.covers.records import TypefaceFile

FEATURE = Feature(
    name="covers",
    needs=("people", "posts", "appearance", "files"),
    after=("people", "posts", "appearance"),
    sources=(
        SourceKind(
            "typeface", pages.is_typeface, pages.read_typeface, limit=lambda options: pages.LARGEST, record=TypefaceFile
        ),
    ),
    addresses=("covers/",),
    folders=("covers/",),
    weave=pages.weave,
    pages=(
        PageKind(
            "cover",
            pages.keys,
            pages.inputs,
            pages.affected,
            render="bylines.features.covers.pages:render",
            render_inputs=pages.CoverInputs,
            from_files=True,
        ),
    ),
    contributes=(
        PICTURE,
        FramePiece(place="share", template="covers/share.html"),
    ),
)
