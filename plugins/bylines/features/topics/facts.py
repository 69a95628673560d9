"""Facts about topics that change in a build."""

from bylines.engine.facts import Fact

TOPIC = Fact[str]("topic", "The topics, by slug, of which the topics file says something else now.")
TOPIC_NAME = Fact[str](
    "topic_name", "The spellings that mean another topic now, and the topics that they meant or mean."
)
TOPIC_LABEL = Fact[str]("topic_label", "The topics, by slug, that came, went or are spelled otherwise now.")
