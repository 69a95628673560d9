"""Facets: the directory by team, place, language and year of joining; groups, alumni, who is new, who writes, who is quiet.

Weaves `facet_member` (who stands where) and `facet_value` (which teams, places … there are, and how they are spelled); each
is a catalogue, filed as the directory is. Touches FACET_SIZE, FACET_LABEL and FACET_MONTH. A post of today touches none
of it: who writes and who is quiet follows from the posts up to yesterday, and from whole months.
"""

from bylines.engine.feature import Feature, PageKind
from bylines.features.facets import pages, relations
from bylines.features.facets.views import FacetLetterPage, FacetPage

FEATURE = Feature(
    name="facets",
    schema=relations.SCHEMA,
    addresses=tuple(f"directory/{folder}/" for folder in relations.FOLDERS.values()),
    weave=relations.weave,
    pages=(
        PageKind("facet", pages.keys, pages.draft, pages.reach, "facets/facet.html", FacetPage),
        PageKind(
            "facet-letter",
            pages.letter_keys,
            pages.letter_draft,
            pages.letter_reach,
            "facets/letter.html",
            FacetLetterPage,
        ),
    ),
)
