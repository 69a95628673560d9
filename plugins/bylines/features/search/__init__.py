"""Search of all posts, by Pagefind: its index in shards that are built once for each digest, and asked together in the browser.

It has no sources of its own. Weaves `search_post` (what is found, in which place) and `search_shard` (which shards there
are); touches SEARCH_SHARD (which there are), SEARCH_KEY (their indexes) and SEARCH_RESULT (what is told beside a result).
The setting BYLINES_SEARCH adds it. Where a reader asks, theme/static/js/search.js reads `search/-list.json`, and the shards.
"""
