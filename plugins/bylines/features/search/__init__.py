"""Search of all posts, by Pagefind: its index in shards that are built once for each digest, and asked together in the browser.

It has no sources of its own. Weaves `search_post` (what is found, in which place) and `search_shard` (which shards there
are); touches 'search_shard' (its index), 'search_facts' (what is told beside a result) and 'search_list' (which there are).
The setting BYLINES_SEARCH adds it. Where a reader asks, theme/static/js/search.js reads `search/-list.json`, and the shards.
"""

from bylines.engine.feature import Feature, PageKind
from bylines.features.search import facts, index, pagefind, pages, shards
from bylines.views import View

FEATURE = Feature(
    name="search",
    check_installed=pagefind.must_be_there,
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
            facts.keys,
            facts.draft,
            facts.reach,
            render="bylines.features.search.facts:render",
            inputs=facts.FactsInputs,
        ),
    ),
)
