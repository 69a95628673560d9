"""Step 2: bytes in, records out. Pure: nothing but the bytes, the source's name and the options is looked at.

text (bytes to text) → header (front matter to nodes with lines) → fields (nodes to values) → kind (values to a record)
"""

from bylines.engine.read.names import language_of, slug_of
from bylines.engine.read.text import body_of
from bylines.settings.reading import ReadOptions

__all__ = ["ReadOptions", "body_of", "language_of", "slug_of"]
