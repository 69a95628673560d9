"""The declaration of the capability `facets`."""

from bylines.engine.feature import Feature, PageKind
from bylines.features.facets import pages, relations
from bylines.features.facets.views import FacetLetterPage, FacetPage

FEATURE = Feature(
    name="facets",
    needs=("people", "topics", "blogs", "posts", "directory"),
    schema=relations.SCHEMA,
    addresses=tuple(f"directory/{folder}/" for folder in relations.FOLDERS.values()),
    weave=relations.weave,
    pages=(
        PageKind("facet", pages.keys, pages.inputs, pages.affected, "facets/facet.html", FacetPage),
        PageKind(
            "facet-letter",
            pages.letter_keys,
            pages.letter_inputs,
            pages.letter_affected,
            "facets/letter.html",
            FacetLetterPage,
        ),
    ),
    contributes=(
        pages.TEAM_LISTS,
        pages.DIRECTORY_WAYS,
    ),
)
