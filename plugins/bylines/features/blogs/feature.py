"""The declaration of the capability `blogs`."""

from bylines.engine.feature import Feature, PageKind, SourceKind
from bylines.engine.read import read_group
from bylines.features.blogs import pages, relations, settings
from bylines.settings.setting import rows_of
from bylines.views import ArchivePage, BlogPage

FEATURE = Feature(
    name="blogs",
    settings=rows_of(vars(settings)),
    needs=("people", "topics", "posts"),
    after=("people",),
    sources=(SourceKind("group", relations.is_group_file, read_group),),
    schema=relations.SCHEMA,
    claims=relations.claims_of,
    weave=relations.weave,
    pages=(
        PageKind("blog", pages.keys, pages.inputs, pages.affected, "blogs/blog.html", BlogPage),
        PageKind(
            "blog-archive",
            pages.archive_keys,
            pages.archive_inputs,
            pages.archive_affected,
            "blogs/archive.html",
            ArchivePage,
        ),
    ),
)
