"""Searches all posts with Pagefind. The index consists of shards, which the browser queries together.

A shard is built again only if one of its posts changed. Search has no sources of its own. It weaves `search_post` (the
posts that can be found) and `search_shard`. It invalidates SEARCH_SHARD (shards that came or went), SEARCH_KEY (posts to
index again) and SEARCH_RESULT (posts whose results may show something else). The setting BYLINES_SEARCH switches it on. In
the browser, theme/static/js/search.js loads `search/-list.json`, and then the shards.
"""
