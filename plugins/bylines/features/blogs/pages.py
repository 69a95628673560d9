"""The pages of a blog: the newest posts with its owner or members, and the numbered pages of older posts."""

from __future__ import annotations

from collections.abc import Iterable

from bylines import markup
from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import ListHead, PostList, SitemapUrls, feed_links
from bylines.engine.feature import PageInputs, PageKind
from bylines.engine.paths import prefix_of
from bylines.engine.views import Html
from bylines.engine.weave import filing
from bylines.engine.weave.filing import BESIDE
from bylines.features.blogs.disclaimers import disclaimer
from bylines.features.blogs.facts import GROUP, GROUP_TITLE
from bylines.features.blogs.person import person
from bylines.features.blogs.records import Group
from bylines.features.blogs.relations import blog_link, groups_of, is_group, source_of
from bylines.features.blogs.views import BlogPage
from bylines.features.people.bylines import byline, bylines
from bylines.features.people.facts import BYLINE, EXISTENCE, PERSON
from bylines.features.people.relations import CATALOGUE
from bylines.features.posts import lists
from bylines.features.posts.list_pages import list_pages
from bylines.features.topics import relations as topics
from bylines.features.topics.links import TopicLink


def keys(build: BuildContext) -> Iterable[str]:
    """Return the handle of every person and every group."""
    return build.store.column("SELECT handle FROM person UNION SELECT handle FROM team ORDER BY handle")


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the blogs that changed, and those that show a changed blog.

    A blog shows its members or groups, the people whom its owner follows, and its neighbours in the directory.
    """
    found = set(dirty[PERSON] | dirty[GROUP])
    if dirty.any(BYLINE, EXISTENCE, GROUP_TITLE):
        changed = dirty[BYLINE] | dirty[EXISTENCE] | dirty[GROUP_TITLE]
        found.update(_who_name(build, changed))
    found.update(handle for catalogue, handle in dirty[BESIDE] if catalogue == CATALOGUE)
    for handle in dirty[BYLINE] | dirty[GROUP_TITLE]:
        found.update(filter(None, filing.neighbours(build, CATALOGUE, handle)))
    return found


def _who_name(build: BuildContext, handles: set[str]) -> set[str]:
    """Return the groups with these members, the members of these groups, and the followers of these people."""
    found: set[str] = set()
    for handle in handles:
        found.update(build.store.column("SELECT team FROM member WHERE handle = ?", (handle,)))
        found.update(build.store.column("SELECT handle FROM member WHERE team = ?", (handle,)))
        found.update(build.store.column("SELECT handle FROM follow WHERE followed = ?", (handle,)))
    return found


def inputs(build: BuildContext, handle: str) -> PageInputs | None:
    """Return the inputs of a blog's newest page."""
    group = is_group(build, handle)
    somebody = None if group else person(build, handle, groups_of(build, handle))
    if somebody is None and not group:
        return None
    blog = blog_link(build, handle)
    record = build.record(source_of(handle)) if group else None
    shown = lists.newest_page(build, f"blog:{handle}", blog.url)
    before, after = filing.neighbours(build, CATALOGUE, handle)
    view = BlogPage(
        blog=blog,
        listing=shown,
        person=somebody,
        description=Html(markup.inline(record.description, prefix_of(build.site, blog.url)))
        if isinstance(record, Group) and record.description
        else Html(),
        members=bylines(build, record.members) if isinstance(record, Group) else (),
        topics=_topics(build, handle),
        disclaimer=disclaimer(build, handle, blog.url),
        before=blog_link(build, before) if before else None,
        after=blog_link(build, after) if after else None,
        feeds=feed_links(build, blog.title, blog.url),
    )
    return PageInputs(path=f"{blog.url}index.html", view=view)


def _topics(build: BuildContext, handle: str) -> tuple[TopicLink, ...]:
    """Return the topics of a blog's newest posts, the most frequent first."""
    return topics.links(build, build.store.column(_ABOUT, (f"blog:{handle}", _LOOKED_AT, _TOPICS)))


_LOOKED_AT, _TOPICS = 200, 8
_ABOUT = """
SELECT t.topic FROM (SELECT post FROM listing WHERE list = ? ORDER BY date DESC, post DESC LIMIT ?) newest
CROSS JOIN post_topic t ON t.post = newest.post GROUP BY t.topic ORDER BY count(*) DESC, t.topic LIMIT ?
"""


def _head(build: BuildContext, handle: str) -> ListHead | None:
    blog = blog_link(build, handle)
    return ListHead(blog.title, blog.url, blog.url) if byline(build, handle) else None


def _renamed(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the blogs of people and groups that were added, removed or renamed."""
    return dirty[BYLINE] | dirty[GROUP_TITLE]


LISTS = PostList(
    kind="blogs",
    order=10,
    prefix="blog:",
    names=lambda build: [f"blog:{handle}" for handle in keys(build)],  # also blogs without posts
    head=_head,
    affected=_renamed,
)
SITEMAP = SitemapUrls(
    part="blogs",
    urls=lambda build: [f"blogs/{handle}/" for handle in filing.keys(build, CATALOGUE)],
    count=lambda build: filing.total(build, CATALOGUE),
    is_affected=lambda dirty: bool(filing.moved(dirty, CATALOGUE)),
)
PAGES = list_pages(
    LISTS,
    PageKind("blog", keys, inputs, affected, "blogs/blog.html", BlogPage, places=("head", "members", "foot")),
    byline,
)
