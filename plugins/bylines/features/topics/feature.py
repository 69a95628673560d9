"""The declaration of the capability `topics`."""

from bylines.engine.contributions import FramePiece
from bylines.engine.feature import Feature, PageKind
from bylines.features.directory.views import IndexPage, LetterPage
from bylines.features.topics import pages, relations, sections
from bylines.features.topics.records import TOPICS

FEATURE = Feature(
    name="topics",
    needs=("people", "posts", "directory"),
    after=(),
    kinds=(TOPICS,),
    schema=relations.SCHEMA,
    addresses=("topics/",),
    folders=("topics/",),
    weave=relations.weave,
    pages=(
        *pages.PAGES,
        PageKind("topics", pages.index_keys, pages.index_inputs, pages.index_affected, "topics/index.html", IndexPage),
        PageKind(
            "topics-letter",
            pages.letter_keys,
            pages.letter_inputs,
            pages.letter_affected,
            "topics/letter.html",
            LetterPage,
        ),
    ),
    contributes=(
        pages.LISTS,
        pages.SITEMAP,
        pages.SYNONYMS,
        sections.ACTIVE,
        FramePiece(place="menu", template="topics/menu.html", order=20),
    ),
)
