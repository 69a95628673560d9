"""The table of group blogs, and who is a member of which."""

from __future__ import annotations

from collections.abc import Sequence

from bylines import messages
from bylines.engine import filing
from bylines.engine.changes import Changes
from bylines.engine.claims import OWNER, Claim, aliases
from bylines.engine.loom import Cache, Loom, Touched
from bylines.features.blogs.facts import GROUP, GROUP_TITLE
from bylines.features.people.facts import EXISTENCE, PERSON
from bylines.features.people.namesakes import apart
from bylines.features.people.relations import CATALOGUE
from bylines.records import AnyRecord, Group
from bylines.views import BlogLink

_TITLES_BEFORE = Cache[str, str]("the title of a group before its file changed")
_LINKS = Cache[str, BlogLink]("a blog as posts name it")

SCHEMA = """
CREATE TABLE team (
    handle TEXT PRIMARY KEY, title TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE member (team TEXT NOT NULL, position INTEGER NOT NULL, handle TEXT NOT NULL, PRIMARY KEY (team, position)) WITHOUT ROWID;
CREATE INDEX member_handle ON member (handle);
"""


def is_group_file(name: str) -> bool:
    """Whether a source is a group's `blog.yaml`."""
    return name.startswith("content/blogs/") and name.count("/") == 3 and name.endswith("/blog.yaml")


def source_of(handle: str) -> str:
    """The name of a group's file."""
    return f"content/blogs/{handle}/blog.yaml"


def claims_of(loom: Loom, name: str, record: AnyRecord) -> Sequence[Claim]:
    """A group asks for the address of its blog, and for its old ones."""
    if not isinstance(record, Group):
        return ()
    return (Claim(f"blogs/{record.handle}/", OWNER, name), *aliases(name, record.aliases))


def weave(loom: Loom, changes: Changes, touched: Touched) -> None:
    """Brings the groups up to date with changed group files."""
    for change in changes.of(Group):
        old = change.old if isinstance(change.old, Group) else None
        new = change.new if isinstance(change.new, Group) else None
        group = new or old
        if group is None:
            continue
        if new is not None and not loom.owns(change.name, f"blogs/{new.handle}/"):
            new = None
        _replace(loom, group.handle, new, touched)
        touched.add(GROUP, group.handle)
        title = loom.memo(_TITLES_BEFORE).pop(group.handle, None)
        if old and new and old.disclaimer != new.disclaimer:
            touched.add(GROUP_TITLE, group.handle)
        if new is None or title != new.title:
            touched.add(GROUP_TITLE, group.handle)
            touched.add(EXISTENCE, group.handle)
    _check_members(loom, changes, touched)


def _replace(loom: Loom, handle: str, group: Group | None, touched: Touched) -> None:
    before = loom.store.row("SELECT title FROM team WHERE handle = ?", (handle,))
    if before:
        loom.memo(_TITLES_BEFORE)[handle] = before[0]
        touched.add(PERSON, *loom.store.column("SELECT handle FROM member WHERE team = ?", (handle,)))
    loom.store.run("DELETE FROM team WHERE handle = ?", (handle,))
    loom.store.run("DELETE FROM member WHERE team = ?", (handle,))
    if group is None:
        if not loom.store.row("SELECT 1 FROM person WHERE handle = ?", (handle,)):
            filing.remove(loom, CATALOGUE, handle, touched)
        return
    loom.store.run("INSERT INTO team VALUES (?, ?)", (handle, group.title))
    filing.put(loom, CATALOGUE, handle, group.title, touched)
    loom.store.many("INSERT INTO member VALUES (?, ?, ?)", [(handle, *pair) for pair in enumerate(group.members)])
    touched.add(PERSON, *group.members)


def _check_members(loom: Loom, changes: Changes, touched: Touched) -> None:
    """Reports members who have no profile; those of groups whose members came or went are looked at again."""
    groups = {change.new.handle for change in changes.of(Group) if isinstance(change.new, Group)}
    for handle in touched[EXISTENCE]:
        groups.update(loom.store.column("SELECT team FROM member WHERE handle = ?", (handle,)))
    for group in sorted(groups):
        unknown = loom.store.column(_UNKNOWN_MEMBERS, (group,))
        source = source_of(group)
        found = [messages.UNKNOWN_MEMBER.problem(loom.shown(source), handle=handle) for handle in unknown]
        loom.report(source, "blogs", found)


_UNKNOWN_MEMBERS = """
SELECT handle FROM member WHERE team = ?
AND NOT EXISTS (SELECT 1 FROM person WHERE person.handle = member.handle AND profile = 1) ORDER BY position
"""


def is_group(loom: Loom, handle: str) -> bool:
    """Whether a handle is a group's."""
    return loom.store.row("SELECT 1 FROM team WHERE handle = ?", (handle,)) is not None


def blog_link(loom: Loom, handle: str) -> BlogLink:
    """A blog as posts name it."""
    memo = loom.memo(_LINKS)
    if handle not in memo:
        memo[handle] = _blog_link(loom, handle)
    return memo[handle]


def _blog_link(loom: Loom, handle: str) -> BlogLink:
    row = loom.store.row("SELECT title FROM team WHERE handle = ?", (handle,))
    if row:
        return BlogLink(handle=handle, title=row[0], url=f"blogs/{handle}/", group=True)
    name = loom.record(f"authors/{handle}.yaml")
    title = name.name if name else handle
    words = apart(loom, handle)
    return BlogLink(handle=handle, title=f"{title} ({words})" if words else title, url=f"blogs/{handle}/")


def groups_of(loom: Loom, handle: str) -> tuple[BlogLink, ...]:
    """The groups that a person is a member of, in the order of the directory."""
    teams = loom.store.column(GROUPS_OF, (CATALOGUE, handle))
    return tuple(blog_link(loom, team) for team in teams)


GROUPS_OF = """
SELECT DISTINCT key FROM member CROSS JOIN filed ON filed.catalogue = ? AND filed.key = member.team
WHERE member.handle = ? ORDER BY place, sort_key, key
"""
