"""The declaration of the capability `jams`."""

from bylines.engine.feature import Feature, PageKind, SourceKind
from bylines.engine.read import read_jam
from bylines.features.jams import pages, relations
from bylines.features.jams.views import JamPage, JamsPage
from bylines.views import ArchivePage

FEATURE = Feature(
    name="jams",
    needs=("people", "posts"),
    sources=(SourceKind("jam", relations.is_jam, read_jam),),
    schema=relations.SCHEMA,
    addresses=("jams/",),
    claims=relations.claims_of,
    due=relations.due,
    weave=relations.weave,
    pages=(
        PageKind("jams", pages.index_keys, pages.index_inputs, pages.index_affected, "jams/index.html", JamsPage),
        PageKind("jam", pages.keys, pages.inputs, pages.affected, "jams/jam.html", JamPage),
        PageKind(
            "jam-archive",
            pages.archive_keys,
            pages.archive_inputs,
            pages.archive_affected,
            "jams/archive.html",
            ArchivePage,
        ),
    ),
)
