"""Facts about the search index that change in a build."""

from bylines.engine.facts import Fact

SEARCH_SHARD = Fact[str]("search_shard", "The shards, by prefix, that came or went.")
SEARCH_KEY = Fact[str]("search_key", "The keys of posts that are found by other words or elsewhere.")
SEARCH_RESULT = Fact[str]("search_result", "The keys of posts of which results show something else now.")
