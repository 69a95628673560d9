"""The facts that change when a typeface of the covers does."""

from bylines.engine.facts import Fact

TYPEFACE = Fact[str]("typeface", "The typefaces that changed.")
