"""The declaration of the capability `search`."""

from bylines.engine.contributions import FramePiece
from bylines.engine.feature import Feature, PageKind
from bylines.engine.views import View
from bylines.features.search import index, pagefind, pages, results, shards

FEATURE = Feature(
    name="search",
    check_installed=pagefind.must_be_there,
    needs=("people", "topics", "posts"),
    schema=shards.SCHEMA,
    addresses=("search/",),
    folders=("search/",),
    weave=shards.weave,
    pages=(
        PageKind("search", pages.keys, pages.inputs, template="search/index.html", view=View, places=("attributes",)),
        PageKind(
            "search-list",
            pages.keys,
            pages.list_inputs,
            pages.list_affected,
            render="bylines.features.search.pages:listed",
            render_inputs=pages.ListInputs,
        ),
        PageKind(
            "search-root",
            index.root_keys,
            index.root_inputs,
            index.root_affected,
            render="bylines.features.search.index:root",
            render_inputs=index.RootInputs,
            from_files=True,
            folder=index.ROOTS,
        ),
        PageKind(
            "search-shard",
            index.keys,
            index.inputs,
            index.affected,
            render="bylines.features.search.index:shard",
            render_inputs=index.ShardInputs,
            from_files=True,
            folder=index.SHARDS,
        ),
        PageKind(
            "search-facts",
            results.keys,
            results.inputs,
            results.affected,
            render="bylines.features.search.results:render",
            render_inputs=results.ResultsInputs,
        ),
    ),
    contributes=(
        FramePiece(place="bar-attributes", template="search/bar.html"),
        FramePiece(place="menu", template="search/menu.html", order=30),
    ),
)
