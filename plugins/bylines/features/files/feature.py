"""The declaration of the capability `files`."""

from bylines.engine.capability import SourceKind
from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.feature import COPY, Copy, Feature, PageKind
from bylines.engine.weave.changes import Changes
from bylines.features.files import drawings, kinds, pictures, recordings, relations
from bylines.features.files.read_picture import read_picture
from bylines.pictures.decode import Picture


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Updates the files first, then the pictures among them."""
    relations.weave(build, changes, dirty)
    pictures.weave(build, changes, dirty)


FEATURE = Feature(
    name="files",
    needs=("posts", "appearance"),
    after=("posts",),
    sources=(
        SourceKind("refused", relations.is_refused, kinds.read_refused),
        SourceKind("drawing", relations.is_drawing, drawings.read_drawing),
        SourceKind(
            "picture",
            pictures.is_picture,
            read_picture,
            limit=lambda options: options.max_picture,
            record=Picture,
        ),
        SourceKind("recording", recordings.is_recording, look=recordings.read_recording),
        SourceKind("comments", relations.is_comments),
        SourceKind("file", relations.is_of_people, look=recordings.read_file),
        SourceKind("theme", relations.is_file),
        SourceKind("static", lambda name: name.startswith("content/"), look=recordings.read_static, static=True),
    ),
    schema=relations.SCHEMA + pictures.SCHEMA,
    addresses=("pictures/",),
    folders=("theme/", "pictures/"),
    weave=weave,
    pages=(
        PageKind(
            "file",
            relations.keys,
            relations.inputs,
            relations.affected,
            render=COPY,
            render_inputs=Copy,
        ),
        PageKind(
            "picture",
            pictures.keys,
            pictures.inputs,
            pictures.affected,
            render="bylines.features.files.pictures:bare",
            render_inputs=pictures.Original,
            from_files=True,
        ),
        PageKind(
            "size",
            pictures.size_keys,
            pictures.size_inputs,
            pictures.size_affected,
            render="bylines.features.files.pictures:sized",
            render_inputs=pictures.Size,
            from_files=True,
        ),
    ),
)
