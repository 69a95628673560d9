"""Posts: the texts that people write, each on a page of its own.

Reads `content/blogs/<blog>/…/<slug>.md`. Weaves `post`, `post_author`, `post_topic` and `person_team`, and the lists of
posts: of a blog (`blog:ada`), a topic (`topic:cloud`), a team (`team:software`), a language (`lang:de`), a month
(`month:2026-05`) and the site (`site`). Invalidates BODY (a post's own text), CARD (its entry in lists), ROW (its places
in lists), ADDRESS, TEAM (of a person), TEAM_SAID (how a profile spells it) and TEAM_LABEL (how pages spell it).
"""
