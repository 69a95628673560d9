"""The declaration of the capability `directory`."""

from bylines.engine.contributions import FramePiece
from bylines.engine.feature import Feature, PageKind
from bylines.features.directory import pages, sections
from bylines.features.directory.views import IndexPage, LetterPage

FEATURE = Feature(
    name="directory",
    needs=("people", "blogs"),
    addresses=("blogs/", "directory/"),
    folders=("directory/",),
    pages=(
        PageKind(
            "directory",
            pages.index_keys,
            pages.index_inputs,
            pages.index_affected,
            "directory/index.html",
            IndexPage,
            places=("ways", "head"),
        ),
        PageKind(
            "directory-letter",
            pages.letter_keys,
            pages.letter_inputs,
            pages.letter_affected,
            "directory/letter.html",
            LetterPage,
            places=("ways",),
        ),
    ),
    contributes=(
        pages.SITEMAP,
        sections.LETTERS,
        FramePiece(place="menu", template="directory/menu.html", order=10),
    ),
)
