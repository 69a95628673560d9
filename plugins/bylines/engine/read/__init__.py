"""Step 2: bytes in, records out. Pure: nothing but the bytes, the source's name and the options is looked at.

text (bytes to text) → header (front matter to nodes with lines) → fields (nodes to values) → one module for each record
"""

from bylines.engine.read.names import language_of, slug_of
from bylines.engine.read.people import read_group, read_profile
from bylines.engine.read.posts import read_jam, read_page, read_post
from bylines.engine.read.text import body_of
from bylines.engine.read.topics import read_topics
from bylines.settings.reading import ReadOptions

__all__ = [
    "ReadOptions",
    "body_of",
    "language_of",
    "read_group",
    "read_jam",
    "read_page",
    "read_post",
    "read_profile",
    "read_topics",
    "slug_of",
]
