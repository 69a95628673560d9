"""Reads pictures: makes their records, or reports why they are not published."""

from __future__ import annotations

import posixpath

from bylines.pictures import endings
from bylines.pictures.decode import inspect
from bylines.pictures.messages import PICTURE_BYTES, PICTURE_NAME
from bylines.problems import ContentProblem
from bylines.records import Reading
from bylines.settings.reading import ReadOptions


def read_picture(name: str, data: bytes, options: ReadOptions) -> Reading:
    """Return a reading with the record of a picture.

    If the file is too large or cannot be decoded, there is a message but no record, and the picture is not published.
    """
    root, _, rest = name.partition("/")
    shown = f"{options.authors_root if root == 'authors' else options.root}/{rest}"
    if len(data) > options.max_picture:
        return Reading(None, (PICTURE_BYTES.problem(shown, limit=f"{options.max_picture:,}"),))
    found = inspect(shown, data)
    if isinstance(found, ContentProblem):
        return Reading(None, (found,))
    wanted = endings.FORMAT_OF[posixpath.splitext(name)[1].lower()]
    misnamed = PICTURE_NAME.problem(shown, format=found.format, wanted=wanted)
    return Reading(found, (misnamed,) if found.format != wanted else ())
