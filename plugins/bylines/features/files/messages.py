"""The messages about files."""

from __future__ import annotations

from bylines.problems import ERROR, Message

ENDING = Message(
    "ending",
    "a text whose name ends with {ending} is not read",
    "let its name end with .md or .rst",
    "Texts are known by their ending. This one is not published.",
    ERROR,
)
RUNS = Message(
    "runs",
    "{name} is not published, since a browser or a server could run a file that is called so",
    "write it as a post, show it as code in one, or put it into a zip of another name",
    "Whatever runs on this site could act in the reader's name. Keepers can put such a file into a folder of STATIC_PATHS.",
    ERROR,
)
LIKE_A_PAGE = Message(
    "like-a-page",
    "this file begins as a web page does, and is not published, since a browser could open it as one",
    "let its name end with .txt, or put it into a zip",
    "Some web servers do not say what a file is. A browser then looks at the bytes, and runs what looks like a page.",
    ERROR,
)
NOT_SHOWN = Message(
    "not-shown",
    "a file whose name ends with {ending} is not published: browsers cannot show it, and cameras write into it where they were",
    "save it as {nearest}",
    "Pictures and films of cameras that nothing here can read. Whatever they say of a place would be published with them.",
    ERROR,
)
RECORDING = Message(
    "recording",
    "this recording cannot be read ({reason}), so nobody knows whether it says where it was made",
    "save it again, as {nearest}",
    "Recordings are published without positions and serial numbers. One that cannot be read is not published.",
    ERROR,
)
TRACES = Message(
    "traces",
    "this file has {what} in it",
    "save it without (as PDF, export the pictures in it anew), or as another kind of file",
    "Nothing is published that says where it was made, or with which device. Pictures, MP4 and WebM lose that by themselves.",
    ERROR,
)
DRAWING = Message(
    "drawing",
    "this drawing has {what}",
    "save it as plain SVG, or as PNG",
    "An SVG file that runs scripts or loads something from elsewhere is not published.",
    ERROR,
)
UNSHOWN = Message(
    "unshown",
    "nothing that is published shows this file, so it stays in",
    "link to it in a post, or move it into the folder of one (`my-post/index.md`)",
    "A file that lies beside no `index.md` is published if a published text links to it.",
    ERROR,
)
DOCUMENT = Message(
    "document",
    "a document of a word processor cannot be read as a post",
    "save it as Markdown with a name that ends with .md, or link to it in a post",
    "It is not published as long as no published text links to it.",
    ERROR,
)
TEXT_NAME = Message(
    "text-name",
    "this looks like a post, but its name ends with {ending}",
    "let its name end with .md",
    "Texts are known by their ending. This one is not published.",
    ERROR,
)
