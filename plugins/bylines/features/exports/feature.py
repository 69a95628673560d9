"""The declaration of the capability `exports`."""

from bylines.engine.contributions import FramePiece
from bylines.engine.feature import Feature, PageKind
from bylines.features.exports import json_pages, opml_pages, sections
from bylines.features.exports.inputs import IndexInputs, LetterInputs, OpmlInputs

FEATURE = Feature(
    name="exports",
    needs=("people", "topics", "blogs", "posts"),
    addresses=("blogs.opml", "blogs.json"),
    pages=(
        PageKind(
            "opml",
            opml_pages.keys,
            opml_pages.inputs,
            opml_pages.affected,
            render="bylines.features.exports.opml:render",
            render_inputs=OpmlInputs,
        ),
        PageKind(
            "blogs-json",
            json_pages.index_keys,
            json_pages.index_inputs,
            json_pages.index_affected,
            render="bylines.features.exports.json_pages:render_index",
            render_inputs=IndexInputs,
        ),
        PageKind(
            "letter-json",
            json_pages.letter_keys,
            json_pages.letter_inputs,
            json_pages.letter_affected,
            render="bylines.features.exports.json_pages:render_letter",
            render_inputs=LetterInputs,
        ),
    ),
    contributes=(
        *sections.SECTIONS,
        FramePiece(place="foot", template="exports/foot.html", order=20),
    ),
)
