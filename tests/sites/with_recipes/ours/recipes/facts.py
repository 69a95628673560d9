"""What changes of recipes."""

from bylines.engine.facts import Fact

RECIPE = Fact[str]("recipe", "The sources of recipes that came, went or differ.")
COOK = Fact[str]("cook", "The handles of those of whom other dishes are known now.")
