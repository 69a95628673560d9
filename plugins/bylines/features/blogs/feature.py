"""The declaration of the capability `blogs`."""

from bylines.engine.feature import Feature
from bylines.features.blogs import pages, relations, sections, settings
from bylines.features.blogs.records import GROUP
from bylines.settings.setting import rows_of

FEATURE = Feature(
    name="blogs",
    settings=rows_of(vars(settings)),
    needs=("people", "topics", "posts"),
    after=("people",),
    kinds=(GROUP,),
    schema=relations.SCHEMA,
    weave=relations.weave,
    pages=pages.PAGES,
    contributes=(pages.LISTS, pages.SITEMAP, relations.OLD_ADDRESSES, sections.GROUPS),
)
