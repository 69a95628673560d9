"""Messages about the topics file."""

from __future__ import annotations

from bylines.problems import Message

TOPIC_TWICE = Message(
    "topic-twice",
    "{spelling} is said of {topic} and of {other}",
    "keep it with one of them",
    "A spelling means one topic; the first counts.",
    outcome="the first one counts",
)
