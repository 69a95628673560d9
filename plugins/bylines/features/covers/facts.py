"""What changes of what covers are drawn with."""

from bylines.engine.facts import Fact

TYPEFACE = Fact[str]("typeface", "The typefaces that changed.")
