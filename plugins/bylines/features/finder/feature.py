"""The declaration of the capability `finder`."""

from bylines.engine.contributions import FramePiece, Section
from bylines.engine.feature import Feature, PageKind
from bylines.engine.views import View
from bylines.features.finder import nodes, pages, relations

_PAGES = "bylines.features.finder.pages"

FEATURE = Feature(
    name="finder",
    needs=("people", "blogs"),
    schema=nodes.SCHEMA,
    indexes=nodes.INDEXES,
    addresses=("find/",),
    folders=("find/",),
    weave=relations.weave,
    pages=(
        PageKind(
            "finder",
            pages.keys,
            pages.inputs,
            pages.affected,
            render=f"{_PAGES}:shard",
            render_inputs=pages.ShardInputs,
        ),
        PageKind(
            "finder-list",
            pages.list_keys,
            pages.list_inputs,
            pages.list_affected,
            render=f"{_PAGES}:listed",
            render_inputs=pages.ListInputs,
        ),
    ),
    contributes=(
        Section(
            host="search",
            place="attributes",
            name="people",
            template="finder/search.html",
            view=View,
            inputs=lambda build, key: View(),
        ),
        FramePiece(place="bar", template="finder/bar.html"),
    ),
)
