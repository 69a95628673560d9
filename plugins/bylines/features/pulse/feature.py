"""The declaration of the capability `pulse`."""

from bylines.engine.contributions import FramePiece
from bylines.engine.feature import Feature, PageKind
from bylines.features.pulse import pages, relations
from bylines.features.pulse.inputs import PulsePage, TableInputs

FEATURE = Feature(
    name="pulse",
    needs=("topics", "blogs", "posts", "people"),
    indexes=relations.INDEXES,
    addresses=("pulse/",),
    folders=("pulse/",),
    weave=relations.weave,
    pages=(
        PageKind("pulse", pages.keys, pages.inputs, pages.affected, "pulse/index.html", PulsePage),
        PageKind(
            "pulse-table",
            pages.table_keys,
            pages.table_inputs,
            pages.table_affected,
            render="bylines.features.pulse.table:render",
            render_inputs=TableInputs,
        ),
    ),
    contributes=(FramePiece(place="foot", template="pulse/foot.html", order=30),),
)
