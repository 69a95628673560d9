"""The declaration of the capability `search`."""

from bylines.engine.feature import Feature, PageKind
from bylines.features.search import index, pagefind, pages, results, shards
from bylines.views import View

FEATURE = Feature(
    name="search",
    check_installed=pagefind.must_be_there,
    needs=("people", "topics", "posts"),
    schema=shards.SCHEMA,
    addresses=("search/",),
    weave=shards.weave,
    pages=(
        PageKind("search", pages.keys, pages.draft, template="search/index.html", view=View),
        PageKind(
            "search-list",
            pages.keys,
            pages.list_draft,
            pages.list_reach,
            render="bylines.features.search.pages:listed",
            inputs=pages.ListInputs,
        ),
        PageKind(
            "search-root",
            index.root_keys,
            index.root_draft,
            index.root_reach,
            render="bylines.features.search.index:root",
            inputs=index.RootInputs,
            from_files=True,
            folder=index.ROOTS,
        ),
        PageKind(
            "search-shard",
            index.keys,
            index.draft,
            index.reach,
            render="bylines.features.search.index:shard",
            inputs=index.ShardInputs,
            from_files=True,
            folder=index.SHARDS,
        ),
        PageKind(
            "search-facts",
            results.keys,
            results.draft,
            results.reach,
            render="bylines.features.search.results:render",
            inputs=results.ResultsInputs,
        ),
    ),
)
