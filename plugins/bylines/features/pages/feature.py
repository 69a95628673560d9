"""The declaration of the capability `pages`."""

from bylines.engine.feature import Feature, PageKind
from bylines.features.pages import relations, sections
from bylines.features.pages.records import PAGE
from bylines.features.pages.views import SitePageView

FEATURE = Feature(
    name="pages",
    needs=("posts",),
    kinds=(PAGE,),
    schema=relations.SCHEMA,
    claims=relations.claims_of,
    named=relations.named,
    weave=relations.weave,
    pages=(PageKind("page", relations.keys, relations.inputs, relations.affected, "pages/page.html", SitePageView),),
    contributes=(relations.SITEMAP, sections.PAGES),
)
