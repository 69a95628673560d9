"""Posts: what people write, a page each.

Reads `content/blogs/<blog>/…/<slug>.md`. Weaves `post`, `post_author` and `post_topic`, and the lists in which posts
stand: of a blog (`blog:ada`), a topic (`topic:cloud`), a month (`month:2026-05`) and the site. Touches 'body' (a post's
own text), 'card' (what lists show of it), 'row' (its places in lists) and 'address'.
"""

from bylines.engine.feature import Feature, PageKind, SourceKind
from bylines.engine.read import read_post
from bylines.features.posts import pages, relations
from bylines.views import PostPage

FEATURE = Feature(
    name="posts",
    sources=(SourceKind("post", relations.is_post, read_post),),
    schema=relations.SCHEMA,
    indexes=relations.INDEXES,
    claims=relations.claims_of,
    due=relations.due,
    weave=relations.weave,
    pages=(PageKind("post", pages.keys, pages.draft, pages.reach, "posts/post.html", PostPage),),
)
