"""The finder: type-ahead over everybody's names, from small files that change only where a person does.

It has no sources of its own: it knows people and groups by name, other spellings, handle and team. Weaves `findable`
(the lines), `find_key` (what leads to them) and `find_node` (the shards). Touches FIND_NODE and FIND_NODES.
Where a reader types, theme/static/js/finder.js reads `find/-list.json` and the shards that the query leads to.
"""

from bylines.engine.feature import Feature, PageKind
from bylines.features.finder import nodes, pages, relations

_PAGES = "bylines.features.finder.pages"

FEATURE = Feature(
    name="finder",
    schema=nodes.SCHEMA,
    indexes=nodes.INDEXES,
    addresses=("find/",),
    weave=relations.weave,
    pages=(
        PageKind("finder", pages.keys, pages.draft, pages.reach, render=f"{_PAGES}:shard", inputs=pages.ShardInputs),
        PageKind(
            "finder-list",
            pages.list_keys,
            pages.list_draft,
            pages.list_reach,
            render=f"{_PAGES}:listed",
            inputs=pages.ListInputs,
        ),
    ),
)
