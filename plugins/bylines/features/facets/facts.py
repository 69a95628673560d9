"""The facts that change when facets do."""

from __future__ import annotations

from typing import NamedTuple

from bylines.engine.facts import Fact


class FacetValue(NamedTuple):
    """A facet and one of its values; the value is empty if the facet has none."""

    facet: str
    value: str


FACET_SIZE = Fact[FacetValue]("facet_size", "The facets that somebody entered or left.")
FACET_LABEL = Fact[FacetValue]("facet_label", "The values of facets that came, went or are spelled otherwise now.")
FACET_MONTH = Fact[str]("facet_month", "That another month begins, by which who is active or quiet is told.")
