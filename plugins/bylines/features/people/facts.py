"""Facts about people that change in a build."""

from bylines.engine.facts import Fact

PERSON = Fact[str]("person", "The handles of people of whom anything changed that their own pages show.")
BYLINE = Fact[str]("byline", "The handles of people of whom other pages show something else now.")
EXISTENCE = Fact[str]("existence", "The handles of people and groups that came, went or became each other.")
