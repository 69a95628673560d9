"""Covers: a picture of each post, drawn with its title and byline, for places where people share it; and one of the site.

Reads typefaces in `content/covers/`, for letters that our own has not. Weaves nothing; touches TYPEFACE.
"""

from bylines.engine.feature import Feature, PageKind, SourceKind
from bylines.features.covers import pages

FEATURE = Feature(
    name="covers",
    sources=(SourceKind("typeface", pages.is_typeface, pages.read_typeface, limit=lambda options: pages.LARGEST),),
    addresses=("covers/",),
    weave=pages.weave,
    pages=(
        PageKind(
            "cover",
            pages.keys,
            pages.draft,
            pages.reach,
            render="bylines.features.covers.pages:render",
            inputs=pages.CoverInputs,
            from_files=True,
        ),
    ),
)
