"""The declaration of the capability `blogs`."""

from bylines.engine.feature import Feature
from bylines.features.blogs import pages, relations, sections
from bylines.features.blogs.records import GROUP

FEATURE = Feature(
    name="blogs",
    needs=("people", "topics", "posts"),
    after=("people",),
    kinds=(GROUP,),
    schema=relations.SCHEMA,
    claims=relations.claims_of,
    weave=relations.weave,
    pages=pages.PAGES,
    contributes=(pages.LISTS, pages.SITEMAP, relations.OLD_ADDRESSES, sections.GROUPS),
)
