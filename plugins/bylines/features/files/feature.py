"""The declaration of the capability `files`."""

from bylines.engine.changes import Changes
from bylines.engine.feature import COPY, Copy, Feature, PageKind, SourceKind
from bylines.engine.loom import Loom, Touched
from bylines.features.files import drawings, kinds, pictures, recordings, relations
from bylines.pictures.look import read_picture


def weave(loom: Loom, changes: Changes, touched: Touched) -> None:
    """The files first, then those of them that are pictures."""
    relations.weave(loom, changes, touched)
    pictures.weave(loom, changes, touched)


FEATURE = Feature(
    name="files",
    needs=("posts", "look"),
    after=("posts",),
    sources=(
        SourceKind("refused", relations.is_refused, kinds.read_refused),
        SourceKind("drawing", relations.is_drawing, drawings.read_drawing),
        SourceKind("picture", pictures.is_picture, read_picture, limit=lambda options: options.max_picture),
        SourceKind("recording", recordings.is_recording, look=recordings.read_recording),
        SourceKind("comments", relations.is_comments),
        SourceKind("file", relations.is_of_people, look=recordings.read_file),
        SourceKind("theme", relations.is_file),
        SourceKind("static", lambda name: name.startswith("content/"), look=recordings.read_static, static=True),
    ),
    schema=relations.SCHEMA + pictures.SCHEMA,
    addresses=("pictures/",),
    weave=weave,
    pages=(
        PageKind(
            "file",
            relations.keys,
            relations.draft,
            relations.reach,
            render=COPY,
            inputs=Copy,
        ),
        PageKind(
            "picture",
            pictures.keys,
            pictures.draft,
            pictures.reach,
            render="bylines.features.files.pictures:bare",
            inputs=pictures.Original,
            from_files=True,
        ),
        PageKind(
            "size",
            pictures.size_keys,
            pictures.size_draft,
            pictures.size_reach,
            render="bylines.features.files.pictures:sized",
            inputs=pictures.Size,
            from_files=True,
        ),
    ),
)
