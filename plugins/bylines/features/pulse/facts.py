"""What changes of the site's figures."""

from bylines.engine.facts import Fact

PULSE = Fact[str]("pulse", "Why a figure may be another one: the day, the posts, a group, a team or a topic.")
