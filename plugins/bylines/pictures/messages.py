"""What decoding says of pictures."""

from __future__ import annotations

from bylines.problems import ERROR, Message

PICTURE_BYTES = Message(
    "picture-bytes",
    "this picture has more than {limit} bytes",
    "save it smaller: 2,400 pixels across are enough",
    "A picture above BYLINES_MAX_PICTURE is not published: it would keep readers waiting, and repositories growing.",
    ERROR,
)
PICTURE_PIXELS = Message(
    "picture-pixels",
    "this picture has more than {limit} pixels",
    "save it smaller: 2,400 pixels across are enough",
    "It is not decoded, and not published.",
    ERROR,
)
PICTURE_SIDE = Message(
    "picture-side",
    "this picture is longer than {limit} pixels",
    "cut it into several, or save it smaller",
    "No smaller sizes can be made of it, so it is not decoded, and not published.",
    ERROR,
)
PICTURE_BROKEN = Message(
    "picture-broken",
    "this picture cannot be decoded ({reason})",
    "save it again, as JPEG, PNG or WebP",
    "It is cut off, damaged or no picture, and is not published.",
    ERROR,
)
PICTURE_NAME = Message(
    "picture-name",
    "this picture is {format}, but its name says {wanted}",
    "rename it",
    "It is published, but a browser that believes its name may not show it.",
    outcome="published under its name",
)
