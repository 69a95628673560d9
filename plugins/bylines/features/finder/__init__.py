"""The finder: type-ahead over everybody's names, from small files that change only where a person does.

It has no sources of its own: it knows people and groups by name, other spellings, handle and team. Weaves `findable`
(the lines), `find_key` (what leads to them) and `find_node` (the shards). Touches FIND_NODE and FIND_NODES.
Where a reader types, theme/static/js/finder.js reads `find/-list.json` and the shards that the query leads to.
"""
