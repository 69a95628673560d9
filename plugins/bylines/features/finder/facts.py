"""The facts that change when the finder's lists of people do."""

from bylines.engine.facts import Fact

FIND_NODE = Fact[str]("find_node", "The shards, by prefix, whose lines changed.")
FIND_NODES = Fact[str]("find_nodes", "Which shards there are.")
