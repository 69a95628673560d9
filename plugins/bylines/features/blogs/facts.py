"""The facts that change when a group does."""

from bylines.engine.facts import Fact

GROUP = Fact[str]("group", "The handles of groups whose `blog.yaml` changed.")
GROUP_TITLE = Fact[str]("group_title", "The handles of groups of which other pages show something else now.")
