"""The declaration of the capability `jams`."""

from bylines.engine.feature import Feature, PageKind
from bylines.features.jams import pages, relations, sections
from bylines.features.jams.records import JAM, Idea
from bylines.features.jams.views import JamsPage

FEATURE = Feature(
    name="jams",
    needs=("people", "posts"),
    kinds=(JAM,),
    keys=(Idea,),
    schema=relations.SCHEMA,
    addresses=("jams/",),
    due=relations.due,
    weave=relations.weave,
    pages=(
        PageKind("jams", pages.index_keys, pages.index_inputs, pages.index_affected, "jams/index.html", JamsPage),
        *pages.PAGES,
    ),
    contributes=(
        pages.LISTS,
        pages.SITEMAP,
        sections.OPEN_JAMS,
        sections.JAM_OF_POST,
    ),
)
