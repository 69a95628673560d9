"""Facts about teams that change in a build."""

from bylines.engine.facts import Fact

TEAM = Fact[str]("team", "The handles of people who are in another team now.")
TEAM_LABEL = Fact[str]("team_label", "The teams, by slug, that are spelled otherwise now.")
TEAM_SAID = Fact[str]("team_said", "The handles of people whose profile names the team otherwise now.")
