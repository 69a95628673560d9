"""The declaration of the capability `posts`."""

from bylines.engine.feature import Feature, PageKind
from bylines.features.posts import pages, post_lists, relations, schedule, settings, teams
from bylines.features.posts.records import POST, Answer
from bylines.features.posts.views import PostPage
from bylines.settings.setting import rows_of

FEATURE = Feature(
    name="posts",
    settings=rows_of(vars(settings)),
    needs=("people", "topics", "blogs", "files"),
    after=("people", "topics", "blogs"),
    kinds=(POST,),
    keys=(Answer,),
    schema=relations.SCHEMA + teams.SCHEMA,
    indexes=relations.INDEXES,
    claims=relations.claims_of,
    named=relations.named,
    renamed=relations.renamed,
    due=schedule.due,
    weave=relations.weave,
    pages=(
        PageKind(
            "post",
            pages.keys,
            pages.inputs,
            pages.affected,
            "posts/post.html",
            PostPage,
            places=("head", "foot"),
        ),
    ),
    contributes=post_lists.LISTS,
    notes=schedule.notes,
)
