"""Reads a source into a record (step 2 of a build). Pure: the result depends only on the bytes, the name and the options.

text (bytes to text) → header (front matter to nodes with lines) → fields (nodes to values) → kind (values to a record)
"""

from bylines.engine.read.names import language_of, slug_of
from bylines.engine.read.text import body_of
from bylines.settings.reading import ReadOptions

__all__ = ["ReadOptions", "body_of", "language_of", "slug_of"]
