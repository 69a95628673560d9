"""Files that are published as they are: beside posts, the theme's own, and what STATIC_PATHS names.

A file in a post's folder goes where the post goes (and nowhere while that is a draft); others keep their place.
Weaves `asset`; touches 'asset' and 'address'.
"""

from bylines.engine.feature import COPY, Copy, Feature, PageKind, SourceKind
from bylines.features.files import drawings, relations

FEATURE = Feature(
    name="files",
    sources=(
        SourceKind("refused", relations.is_refused, relations.read_refused),
        SourceKind("drawing", relations.is_drawing, drawings.read_drawing),
        SourceKind("file", relations.is_file),
    ),
    schema=relations.SCHEMA,
    weave=relations.weave,
    pages=(
        PageKind(
            "file",
            relations.keys,
            relations.draft,
            relations.reach,
            render=COPY,
            inputs=Copy,
        ),
    ),
)
