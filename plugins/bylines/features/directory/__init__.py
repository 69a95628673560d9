"""The directory: every blog by the blogger's name, under letters; a page for each letter when there are many.

It has no sources of its own: it shows people and groups, with the number of their posts and the date of the last.
"""

from bylines.engine.feature import Feature, PageKind
from bylines.features.directory import pages
from bylines.views import IndexPage, LetterPage

FEATURE = Feature(
    name="directory",
    needs=("people", "blogs"),
    addresses=("blogs/", "directory/"),
    pages=(
        PageKind(
            "directory", pages.index_keys, pages.index_draft, pages.index_reach, "directory/index.html", IndexPage
        ),
        PageKind(
            "directory-letter",
            pages.letter_keys,
            pages.letter_draft,
            pages.letter_reach,
            "directory/letter.html",
            LetterPage,
        ),
    ),
)
