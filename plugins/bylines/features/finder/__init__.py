"""The finder: type-ahead search for people's names, from small files that change only when a person does.

It has no sources of its own: it finds people and groups by name, other spellings, handle and team. Keeps the tables `findable`
(the lines), `find_key` (the keys that lead to them) and `find_node` (the shards). Invalidates FIND_NODE and FIND_NODES.
As a reader types, theme/static/js/finder.js reads `find/-list.json` and the shards for the query.
"""
