"""Posts: what people write, a page each.

Reads `content/blogs/<blog>/…/<slug>.md`. Weaves `post`, `post_author`, `post_topic` and `person_team`, and the lists in
which posts stand: of a blog (`blog:ada`), a topic (`topic:cloud`), a team (`team:software`), a language (`lang:de`), a month
(`month:2026-05`) and the site. Touches BODY (a post's own text), CARD (what lists show of it), ROW (its places in
lists), ADDRESS, and TEAM (of a person) and TEAM_LABEL.
"""
