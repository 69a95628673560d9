"""Facts about old addresses that change in a build."""

from bylines.engine.facts import Fact

REDIRECT = Fact[str]("redirect", "The old addresses that came or went, or whose source changed.")
