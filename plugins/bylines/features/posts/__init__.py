"""Posts: what people write, a page each.

Reads `content/blogs/<blog>/…/<slug>.md`. Weaves `post`, `post_author`, `post_topic` and `person_team`, and the lists in
which posts stand: of a blog (`blog:ada`), a topic (`topic:cloud`), a team (`team:software`), a language (`lang:de`), a month
(`month:2026-05`) and the site. Touches 'body' (a post's own text), 'card' (what lists show of it), 'row' (its places in
lists), 'address', and 'team' (of a person) and 'team_label'.
"""

from bylines.engine.feature import Feature, PageKind, SourceKind
from bylines.engine.read import read_post
from bylines.features.posts import pages, relations, schedule, settings, teams
from bylines.settings.setting import rows_of
from bylines.views import PostPage

FEATURE = Feature(
    name="posts",
    settings=rows_of(vars(settings)),
    sources=(SourceKind("post", relations.is_post, read_post),),
    schema=relations.SCHEMA + teams.SCHEMA,
    indexes=relations.INDEXES,
    claims=relations.claims_of,
    named=relations.named,
    renamed=relations.renamed,
    due=schedule.due,
    weave=relations.weave,
    pages=(PageKind("post", pages.keys, pages.draft, pages.reach, "posts/post.html", PostPage),),
    notes=schedule.notes,
)
