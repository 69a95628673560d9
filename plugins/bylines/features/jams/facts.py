"""The facts that change when a jam does."""

from bylines.engine.facts import Fact

JAM = Fact[str]("jam", "The jams, by source, that changed.")
IDEA = Fact[str]("idea", "The posts of which the jam that they name changed.")
