"""The declaration of the capability `pages`."""

from bylines.engine.feature import Feature, PageKind, SourceKind
from bylines.engine.read import read_page
from bylines.features.pages import relations, sections
from bylines.features.pages.views import SitePageView

FEATURE = Feature(
    name="pages",
    needs=("posts",),
    sources=(SourceKind("page", relations.is_page, read_page),),
    schema=relations.SCHEMA,
    claims=relations.claims_of,
    named=relations.named,
    weave=relations.weave,
    pages=(PageKind("page", relations.keys, relations.inputs, relations.affected, "pages/page.html", SitePageView),),
    contributes=(relations.SITEMAP, relations.OLD_ADDRESSES, sections.PAGES),
)
