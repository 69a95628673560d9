"""The declaration of the capability `exports`."""

from bylines.engine.feature import Feature, PageKind
from bylines.features.exports import json_pages, opml_pages
from bylines.features.exports.inputs import IndexInputs, LetterInputs, OpmlInputs

FEATURE = Feature(
    name="exports",
    needs=("people", "topics", "blogs", "posts"),
    addresses=("blogs.opml", "blogs.json"),
    pages=(
        PageKind(
            "opml",
            opml_pages.keys,
            opml_pages.draft,
            opml_pages.reach,
            render="bylines.features.exports.opml:render",
            inputs=OpmlInputs,
        ),
        PageKind(
            "blogs-json",
            json_pages.index_keys,
            json_pages.index_draft,
            json_pages.index_reach,
            render="bylines.features.exports.json_pages:render_index",
            inputs=IndexInputs,
        ),
        PageKind(
            "letter-json",
            json_pages.letter_keys,
            json_pages.letter_draft,
            json_pages.letter_reach,
            render="bylines.features.exports.json_pages:render_letter",
            inputs=LetterInputs,
        ),
    ),
)
