"""What scanning says of files that cannot be sources."""

from __future__ import annotations

from bylines.problems import ERROR, Message

UNREADABLE = Message(
    "unreadable",
    "this cannot be read ({reason})",
    "see to its permissions",
    "The file system does not give the file.",
    ERROR,
)
ODD_NAME = Message(
    "odd-name",
    "this name has a character that no file name on a web site can have",
    "rename it: letters, digits, hyphens",
    "Control characters, backslashes and bytes that are not UTF-8 lead to addresses that cannot be typed.",
    ERROR,
)
LONG_PATH = Message(
    "long-path",
    "this path has more than {limit} bytes",
    "put it into fewer folders, or give them shorter names",
    "Systems take no paths of more than 4,096 bytes, and a page's begins with that of the output.",
    ERROR,
)
SYMLINK = Message(
    "symlink",
    "this is a symbolic link, which is not followed",
    "put the file itself here",
    "A link could lead out of the repository and publish something that nobody meant to.",
    ERROR,
)
NOT_A_FILE = Message(
    "not-a-file",
    "this is neither a file nor a folder",
    "remove it",
    "A device, a socket or a pipe.",
    ERROR,
)
FOLDER = Message(
    "folder",
    "this is a folder where a file is due",
    "rename the folder without the ending, or move its files out",
    "A folder's name ends like that of a post or a profile; nothing in it is read.",
    ERROR,
)
MISPLACED = Message(
    "misplaced",
    "this looks like a post, but none is read here",
    "move it to {nearest}",
    "Posts are read in `content/blogs/<handle>/`, but for the folders `notes`, `replies` and `files`.",
    ERROR,
)
