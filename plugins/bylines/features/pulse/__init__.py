"""The pulse: how much is written, by how many, when, in which teams, on which topics and in which languages.

Its figures end with yesterday, so what is dated today reaches none of its pages. It has no sources or tables of its
own; it touches PULSE where a figure may be another: the day, a team, a language, who is a group.
"""

from bylines.engine.feature import Feature, PageKind
from bylines.features.pulse import pages, relations
from bylines.features.pulse.inputs import PulsePage, TableInputs

FEATURE = Feature(
    name="pulse",
    indexes=relations.INDEXES,
    addresses=("pulse/",),
    weave=relations.weave,
    pages=(
        PageKind("pulse", pages.keys, pages.draft, pages.reach, "pulse/index.html", PulsePage),
        PageKind(
            "pulse-table",
            pages.table_keys,
            pages.table_draft,
            pages.table_reach,
            render="bylines.features.pulse.table:render",
            inputs=TableInputs,
        ),
    ),
)
