"""What changes of jams."""

from bylines.engine.facts import Fact

JAM = Fact[str]("jam", "The jams, by source, that changed.")
