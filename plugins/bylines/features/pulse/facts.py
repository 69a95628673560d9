"""Facts about the site's figures that change in a build."""

from bylines.engine.facts import Fact

PULSE = Fact[str]("pulse", "Why a figure may be another one: the day, the posts, a group, a team or a topic.")
