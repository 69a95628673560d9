"""What changes of old addresses."""

from bylines.engine.facts import Fact

REDIRECT = Fact[str]("redirect", "The old addresses that lead elsewhere now.")
