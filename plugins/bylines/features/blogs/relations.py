"""The tables of group blogs and of their members."""

from __future__ import annotations

from bylines.engine.context import BuildContext, Cache, Invalidations
from bylines.engine.contributions import OldAddresses
from bylines.engine.weave import filing
from bylines.engine.weave.changes import Changes
from bylines.features.blogs import messages, records
from bylines.features.blogs.facts import GROUP, GROUP_TITLE
from bylines.features.blogs.links import BlogLink
from bylines.features.blogs.records import Group
from bylines.features.people.facts import EXISTENCE, PERSON
from bylines.features.people.namesakes import apart
from bylines.features.people.relations import CATALOGUE, leads_below, target

_TITLES_BEFORE = Cache[str, str]("the title of a group before its file changed")
_LINKS = Cache[str, BlogLink]("a blog as posts name it")

SCHEMA = """
CREATE TABLE team (
    handle TEXT PRIMARY KEY, title TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE member (team TEXT NOT NULL, position INTEGER NOT NULL, handle TEXT NOT NULL, PRIMARY KEY (team, position)) WITHOUT ROWID;
CREATE INDEX member_handle ON member (handle);
"""


def source_of(handle: str) -> str:
    """Return the name of a group's source file."""
    return records.GROUP.source_of(handle)


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Updates the groups whose files changed."""
    for change in changes.of(Group):
        old = change.old if isinstance(change.old, Group) else None
        new = change.new if isinstance(change.new, Group) else None
        group = new or old
        if group is None:
            continue
        if new is not None and not build.owns(change.name, f"blogs/{new.handle}/"):
            new = None
        _replace(build, group.handle, new, dirty)
        dirty.add(GROUP, group.handle)
        title = build.cache(_TITLES_BEFORE).pop(group.handle, None)
        if old and new and old.disclaimer != new.disclaimer:
            dirty.add(GROUP_TITLE, group.handle)
        if new is None or title != new.title:
            dirty.add(GROUP_TITLE, group.handle)
            dirty.add(EXISTENCE, group.handle)
    _check_members(build, changes, dirty)


def _replace(build: BuildContext, handle: str, group: Group | None, dirty: Invalidations) -> None:
    before = build.store.row("SELECT title FROM team WHERE handle = ?", (handle,))
    if before:
        build.cache(_TITLES_BEFORE)[handle] = before[0]
        dirty.add(PERSON, *build.store.column("SELECT handle FROM member WHERE team = ?", (handle,)))
    build.store.run("DELETE FROM team WHERE handle = ?", (handle,))
    build.store.run("DELETE FROM member WHERE team = ?", (handle,))
    if group is None:
        if not build.store.row("SELECT 1 FROM person WHERE handle = ?", (handle,)):
            filing.remove(build, CATALOGUE, handle, dirty)
        return
    build.store.run("INSERT INTO team VALUES (?, ?)", (handle, group.title))
    filing.put(build, CATALOGUE, handle, group.title, dirty)
    build.store.many("INSERT INTO member VALUES (?, ?, ?)", [(handle, *pair) for pair in enumerate(group.members)])
    dirty.add(PERSON, *group.members)


def _check_members(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Reports members who have no profile. Checks the groups that changed, and those whose members were added or removed."""
    groups = {change.new.handle for change in changes.of(Group) if isinstance(change.new, Group)}
    for handle in dirty[EXISTENCE]:
        groups.update(build.store.column("SELECT team FROM member WHERE handle = ?", (handle,)))
    for group in sorted(groups):
        unknown = build.store.column(_UNKNOWN_MEMBERS, (group,))
        source = source_of(group)
        found = [messages.UNKNOWN_MEMBER.problem(build.shown(source), handle=handle) for handle in unknown]
        build.report(source, "blogs", found)


_UNKNOWN_MEMBERS = """
SELECT handle FROM member WHERE team = ?
AND NOT EXISTS (SELECT 1 FROM person WHERE person.handle = member.handle AND profile = 1) ORDER BY position
"""


def is_group(build: BuildContext, handle: str) -> bool:
    """Return whether a handle belongs to a group."""
    return build.store.row("SELECT 1 FROM team WHERE handle = ?", (handle,)) is not None


def blog_link(build: BuildContext, handle: str) -> BlogLink:
    """Return the link to a blog that posts show."""
    memo = build.cache(_LINKS)
    if handle not in memo:
        memo[handle] = _blog_link(build, handle)
    return memo[handle]


def _blog_link(build: BuildContext, handle: str) -> BlogLink:
    row = build.store.row("SELECT title FROM team WHERE handle = ?", (handle,))
    if row:
        return BlogLink(handle=handle, title=row[0], url=f"blogs/{handle}/", group=True)
    name = build.record(f"authors/{handle}.yaml")
    title = name.name if name else handle
    words = apart(build, handle)
    return BlogLink(handle=handle, title=f"{title} ({words})" if words else title, url=f"blogs/{handle}/")


def groups_of(build: BuildContext, handle: str) -> tuple[BlogLink, ...]:
    """Return the groups of a person, in the directory's order."""
    teams = build.store.column(GROUPS_OF, (CATALOGUE, handle))
    return tuple(blog_link(build, team) for team in teams)


GROUPS_OF = """
SELECT DISTINCT key FROM member CROSS JOIN index_entry ON index_entry.catalogue = ? AND index_entry.key = member.team
WHERE member.handle = ? ORDER BY place, sort_key, key
"""


OLD_ADDRESSES = OldAddresses(
    record=Group,
    target=target,
    leads_below=leads_below,
    occupied=lambda build, dirty: [f"blogs/{handle}/" for handle in dirty[GROUP]],
)
