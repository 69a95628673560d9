"""Keeps the tables of posts: their addresses, whether lists show them, their authors, topics and lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bylines.engine.context import BuildContext, Cache, Invalidations, nfc, seconds
from bylines.engine.digest import digest_of
from bylines.engine.facts import ADDRESS, BODY, CARD, REVISITED
from bylines.engine.read import language_of, slug_of
from bylines.engine.read.names import date_of, is_index
from bylines.engine.weave import links, listing, naming
from bylines.engine.weave.changes import Change, Changes
from bylines.engine.weave.claims import IDENTITY, Claim
from bylines.engine.weave.listing import ROW
from bylines.engine.weave.naming import Named
from bylines.engine.weave.opening import is_open
from bylines.engine.workers.pool import batched
from bylines.features.blogs.facts import GROUP_TITLE
from bylines.features.blogs.relations import is_group
from bylines.features.people.facts import BYLINE, EXISTENCE
from bylines.features.people.records import Profile
from bylines.features.people.relations import source_of, stand_in
from bylines.features.posts import messages, schedule, teams
from bylines.features.posts.facts import TEAM
from bylines.features.posts.records import POST, Post
from bylines.features.topics import relations as topics
from bylines.features.topics.facts import TOPIC, TOPIC_LABEL, TOPIC_NAME
from bylines.problems import ContentProblem
from bylines.records import Record
from bylines.settings.declared import LANGUAGES

_KNOWN = Cache[str, bool]("whether a handle is a person's with a profile, or a group's")
_TOPICS = Cache[str, tuple[str, str]]("the topic that a spelling means, and the spelling's slug")

SCHEMA = """
CREATE TABLE post (
    name TEXT PRIMARY KEY, blog TEXT NOT NULL, url TEXT NOT NULL, date INTEGER NOT NULL, expires INTEGER,
    lang TEXT NOT NULL, family TEXT NOT NULL, rank INTEGER NOT NULL, state INTEGER NOT NULL, changed TEXT NOT NULL,
    read TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX post_blog ON post (blog, state);
CREATE INDEX post_family ON post (family, rank, name);
CREATE INDEX post_date ON post (date);
CREATE INDEX post_expires ON post (expires) WHERE expires IS NOT NULL;
CREATE TABLE post_author (
    post TEXT NOT NULL, position INTEGER NOT NULL, handle TEXT NOT NULL, known INTEGER NOT NULL,
    PRIMARY KEY (post, position)
) WITHOUT ROWID;
CREATE TABLE post_topic (
    post TEXT NOT NULL, position INTEGER NOT NULL, topic TEXT NOT NULL, written TEXT NOT NULL, spelling TEXT NOT NULL,
    PRIMARY KEY (post, position)
) WITHOUT ROWID;
"""

INDEXES = """
CREATE INDEX post_author_handle ON post_author (handle);
CREATE INDEX post_topic_topic ON post_topic (topic);
CREATE INDEX post_topic_written ON post_topic (written);
CREATE INDEX post_nowhere ON post (date) WHERE state = 0;
"""

NOWHERE, HIDDEN, TRANSLATION, LISTED = range(4)
"""The states of a post: not published now; published, but in no list; published beside the listed version; listed."""

_AT_ONCE = 1_000


def is_post(name: str) -> bool:
    """Return whether a source is a post."""
    return POST.matches(name)


def scope_of(blog: str) -> str:
    """Return the beginning of the addresses of a blog's posts."""
    return f"blogs/{blog}/"


def url_of(build: BuildContext, name: str, record: Post) -> str:
    """Return a post's address: the blog and the slug, then a translation's language (`x.de.md`: blogs/ada/x/de/)."""
    return naming.place_of(build, name, record).below(scope_of(record.blog))


def named(build: BuildContext, name: str, record: Record | None) -> Named | None:
    """Return how a post is named by its file and its header; None for other sources."""
    if not is_post(name):
        return None
    path = name.removeprefix("content/")
    blog = path.split("/")[1]
    if not isinstance(record, Post):
        ending = language_of(path)
        known = bool(ending) and naming.declared(_languages(build, (blog,)), ending)
        return Named(name, scope_of(blog), slug_of(path), ending, date_of(path) or "", known, is_index(path))
    if not record.ending:
        return Named(name, scope_of(blog), record.slug, "", record.dated)
    own = (record.lang,) if record.lang_given else ()
    known = naming.declared((*own, *_languages(build, (blog, *record.authors))), record.ending)
    original = record.translation_of is not None or is_index(path)
    return Named(name, scope_of(blog), record.slug, record.ending, record.dated, known, original)


def _languages(build: BuildContext, handles: Iterable[str]) -> Iterator[str]:
    """Yield the languages that the site or the people with these handles declare."""
    yield from (build.site.lang, *build.site.of(LANGUAGES))
    for handle in handles:
        profile = build.record(source_of(handle))
        yield from profile.languages if isinstance(profile, Profile) else ()


def renamed(build: BuildContext, changes: Changes) -> Iterable[str]:
    """Yield the posts whose names end like a language, if the languages of their author changed."""
    for change in changes.of(Profile):
        old, new = (side.languages if isinstance(side, Profile) else () for side in (change.old, change.new))
        if old != new:
            handle = change.name.removeprefix("authors/").partition(".")[0]
            yield from build.store.column(_WITH_ENDINGS, (scope_of(handle), f"blogs/{handle}0", handle))


_WITH_ENDINGS = """
SELECT source FROM naming WHERE spot >= ?1 AND spot < ?2 AND ending <> ''
UNION SELECT post FROM post_author JOIN naming ON source = post WHERE handle = ?3 AND ending <> ''
"""


def _family(build: BuildContext, name: str, record: Post) -> str:
    """Return the blog and slug of the original, which a post and its translations have in common."""
    if not record.translation_of:
        return f"{record.blog}/{naming.place_of(build, name, record).slug}"
    original = record.translation_of.strip("/").removeprefix("blogs/")
    return original if "/" in original else f"{record.blog}/{original}"


def claims_of(build: BuildContext, name: str, record: Record) -> Sequence[Claim]:
    """Return a post's claims to its address, its old ones and its id; none if it is not published now."""
    if not isinstance(record, Post) or not is_open(build, record):
        return ()
    own = (Claim(record.id, IDENTITY, name),) if record.id else ()
    return (*naming.claims_of(build, name, record, scope_of(record.blog)), *own)


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Update posts, their lists and their addresses."""
    teams.weave(build, changes, dirty)
    seeds = changes.only(Post)
    if not build.store.fresh:
        _add_surroundings(build, seeds, dirty)
    build.store.select(seeds)
    before = set() if build.store.fresh else listing.rows_of(build)
    _forget(build)
    _put(build, seeds)
    _choose_listed(build, seeds)
    build.store.select(seeds)
    build.store.run(_INTO_LISTS, ())
    after = set() if build.store.fresh else listing.rows_of(build)
    moved = before ^ after
    listing.recount(build, moved)
    dirty.add(ROW, *moved)
    _relabel(build, before | after, dirty)
    _place(build, seeds, dirty)
    _touch(build, seeds, dirty)
    _report(build, seeds)
    _look_after_folders(build, seeds, dirty)


def _add_surroundings(build: BuildContext, seeds: Changes, dirty: Invalidations) -> None:
    """Add the posts whose topics, authors or translations changed although their own files did not."""
    names: set[str] = set()
    for spelling in dirty[TOPIC_NAME]:
        names.update(build.store.column("SELECT post FROM post_topic WHERE written = ?", (spelling,)))
    for handle in dirty[EXISTENCE] | dirty[TEAM]:
        names.update(build.store.column("SELECT post FROM post_author WHERE handle = ?", (handle,)))
        names.update(build.store.column("SELECT name FROM post WHERE blog = ?", (handle,)))
    families = {_family(build, change.name, change.new) for change in seeds.of(Post) if isinstance(change.new, Post)}
    for name in seeds:
        families.update(build.store.column("SELECT family FROM post WHERE name = ?", (name,)))
    for family in families:
        names.update(build.store.column("SELECT name FROM post WHERE family = ?", (family,)))
    dirty.add(REVISITED, *seeds.look_again(names))


def _posts(change: Change) -> list[Post]:
    return [record for record in (change.old, change.new) if isinstance(record, Post)]


def _forget(build: BuildContext) -> None:
    if build.store.fresh:
        return
    build.store.run("DELETE FROM post WHERE name IN (SELECT path FROM selection)")
    for table in ("post_author", "post_topic", "listing"):
        build.store.run(f"DELETE FROM {table} WHERE post IN (SELECT path FROM selection)")


def _put(build: BuildContext, seeds: Changes) -> None:
    links.forget(build, seeds)
    found = ((change.name, change.new) for change in seeds.of(Post) if isinstance(change.new, Post))
    for some in batched(found, _AT_ONCE):
        _put_some(build, some)


def _put_some(build: BuildContext, found: Sequence[tuple[str, Post]]) -> None:
    posts, authors, about = [], [], []
    for name, record in found:
        posts.append(_row(build, name, record))
        for position, handle in enumerate(record.authors or (record.blog,)):
            authors.append((name, position, handle, handle == record.blog or is_somebody(build, handle)))
        for position, (topic, written, spelling) in enumerate(_topics(build, record)):
            about.append((name, position, topic, written, spelling))
    build.store.many("INSERT INTO post VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", posts)
    build.store.many("INSERT INTO post_author VALUES (?, ?, ?, ?)", authors)
    build.store.many("INSERT INTO post_topic VALUES (?, ?, ?, ?, ?)", about)
    links.put(build, found)


def _row(build: BuildContext, name: str, record: Post) -> tuple[object, ...]:
    """Return the row of a post. Its state is at most TRANSLATION; `_choose_listed` raises it."""
    place = naming.place_of(build, name, record)
    url = place.below(scope_of(record.blog))
    lang = naming.lang_of(build, name, record)
    state = NOWHERE
    if is_open(build, record) and build.owns(name, url):
        state = HIDDEN if record.status == "hidden" else TRANSLATION
    expires = seconds(record.expires) if record.expires else None
    original = not record.translation_of and not place.lang
    rank = 0 if original else 1 if lang == build.site.lang else 2
    changed = max(record.modified or record.date, record.date).date().isoformat()
    # The digest of the words that a reader sees. If it is unchanged, search need not index the post again.
    read = digest_of(f"{record.text}{record.title}".encode())
    return (
        name,
        record.blog,
        url,
        seconds(record.date),
        expires,
        lang,
        _family(build, name, record),
        rank,
        state,
        changed,
        read,
    )


def is_somebody(build: BuildContext, handle: str) -> bool:
    """Return whether a handle belongs to a person with a profile, or to a group."""
    memo = build.cache(_KNOWN)
    if handle not in memo:
        row = build.store.row("SELECT 1 FROM person WHERE handle = ? AND profile = 1", (handle,))
        memo[handle] = row is not None or is_group(build, handle)
    return memo[handle]


def _topics(build: BuildContext, record: Post) -> list[tuple[str, str, str]]:
    """Return (topic, slug of its spelling, spelling) for a post, each topic once."""
    memo = build.cache(_TOPICS)
    found: dict[str, tuple[str, str, str]] = {}
    for spelling in record.topics:
        if spelling not in memo:
            memo[spelling] = (topics.topic_of(build, spelling), topics.slug_of(spelling))
        topic, written = memo[spelling]
        found.setdefault(topic, (topic, written, spelling))
    return list(found.values())


def _choose_listed(build: BuildContext, seeds: Changes) -> None:
    """Make the best version of each text LISTED: of a post and its translations, the first that is published."""
    if build.store.fresh:
        build.store.select(build.store.column("SELECT DISTINCT family FROM post"))
    else:
        build.store.select(
            _family(build, change.name, change.new) for change in seeds.of(Post) if isinstance(change.new, Post)
        )
    build.store.run(
        f"UPDATE post SET state = {LISTED} WHERE state = {TRANSLATION} AND family IN (SELECT path FROM selection) AND name = "
        f"(SELECT name FROM post AS other WHERE other.family = post.family AND other.state >= {TRANSLATION} "
        "ORDER BY other.rank, other.name LIMIT 1)"
    )


_INTO_LISTS = f"""
INSERT OR IGNORE INTO listing SELECT * FROM (
SELECT 'blog:' || p.blog, p.date, p.name FROM selection CROSS JOIN post p ON p.name = selection.path WHERE p.state = {LISTED}
UNION ALL
SELECT 'blog:' || a.handle, p.date, p.name FROM selection CROSS JOIN post p ON p.name = selection.path
CROSS JOIN post_author a ON a.post = p.name WHERE p.state = {LISTED} AND a.known
UNION ALL
SELECT 'topic:' || t.topic, p.date, p.name FROM selection CROSS JOIN post p ON p.name = selection.path
CROSS JOIN post_topic t ON t.post = p.name WHERE p.state = {LISTED}
UNION ALL
SELECT 'team:' || m.team, p.date, p.name FROM selection CROSS JOIN post p ON p.name = selection.path
CROSS JOIN post_author a ON a.post = p.name CROSS JOIN person_team m ON m.handle = a.handle WHERE p.state = {LISTED} AND a.known
UNION ALL
SELECT 'site', p.date, p.name FROM selection CROSS JOIN post p ON p.name = selection.path WHERE p.state = {LISTED}
UNION ALL
SELECT 'month:' || strftime('%Y-%m', p.date, 'unixepoch'), p.date, p.name FROM selection CROSS JOIN post p ON p.name = selection.path
WHERE p.state >= {TRANSLATION}
UNION ALL
SELECT 'lang:' || p.lang, p.date, p.name FROM selection CROSS JOIN post p ON p.name = selection.path WHERE p.state >= {TRANSLATION}
) ORDER BY 1, 2, 3
"""


def _relabel(build: BuildContext, rows: set[listing.Row], dirty: Invalidations) -> None:
    """Update the spelling of topics. It is that of the oldest post, which may be another one now."""
    if build.store.fresh:
        concerned = set(build.store.column("SELECT list FROM list_count WHERE list >= 'topic:' AND list < 'topic;'"))
    else:
        concerned = {row.list for row in rows if row.list.startswith("topic:")}
    names = {name.removeprefix("topic:") for name in concerned} | dirty[TOPIC]
    topics.relabel(build, names, dirty)


def _place(build: BuildContext, seeds: Changes, dirty: Invalidations) -> None:
    if build.store.fresh:
        build.store.run(f"INSERT INTO address SELECT name, url FROM post WHERE state > {NOWHERE}")
        for name, url in build.store.rows(_APART):
            if nfc(name) != name:
                build.store.run("INSERT OR REPLACE INTO address VALUES (?, ?)", (nfc(name), url))
        return
    states = build.store.rows("SELECT name, url, state FROM selection CROSS JOIN post ON post.name = selection.path")
    placed = {name: url for name, url, state in states if state}
    for name in seeds:
        build.place(name, placed.get(name), dirty)


_APART = f"SELECT name, url FROM post WHERE state > {NOWHERE} AND name GLOB '*[^ -~]*' ORDER BY name"


def _touch(build: BuildContext, seeds: Changes, dirty: Invalidations) -> None:
    if build.store.fresh:
        return
    for change in seeds.of(Post):
        dirty.add(BODY, change.name)
        moved = change.name in dirty[ADDRESS]
        if moved or change.old is change.new or _card_facts(change.old) != _card_facts(change.new):
            dirty.add(CARD, change.name)
    _touch_by_name(build, dirty)


def _card_facts(record: Record | None) -> object:
    if not isinstance(record, Post):
        return None
    text = record.summary or record.excerpt
    return record.title, record.date, text, record.authors, record.topics, record.lang, record.slug, record.status


def _touch_by_name(build: BuildContext, dirty: Invalidations) -> None:
    """Invalidate the posts that show a changed byline, group title or topic name."""
    names: set[str] = set()
    for handle in dirty[BYLINE]:
        names.update(build.store.column("SELECT post FROM post_author WHERE handle = ?", (handle,)))
    for handle in dirty[GROUP_TITLE] | dirty[BYLINE]:
        names.update(build.store.column("SELECT name FROM post WHERE blog = ?", (handle,)))
    for topic in dirty[TOPIC_LABEL]:
        names.update(build.store.column("SELECT post FROM post_topic WHERE topic = ?", (topic,)))
    dirty.add(CARD, *names)
    dirty.add(BODY, *names)


def _report(build: BuildContext, seeds: Changes) -> None:
    """Report unknown authors, translations without an original, doubtful names, and dates that are far ahead."""
    build.store.select(seeds)
    found: dict[str, list[ContentProblem]] = {name: [] for name in ([] if build.store.fresh else seeds)}
    unknown = "SELECT post, handle FROM selection CROSS JOIN post_author ON post = path WHERE NOT known ORDER BY post, position"
    for name, handle in build.store.rows(unknown):
        found.setdefault(name, []).append(messages.UNKNOWN_AUTHOR.problem(build.shown(name), handle=handle))
    for change in seeds.of(Post):
        if isinstance(change.new, Post) and (change.new.ending or change.new.dated) and build.address(change.name):
            problems = naming.problems(build, change.name, change.new, scope_of(change.new.blog))
            if problems:
                found.setdefault(change.name, []).extend(problems)
    for name in build.store.column(_ALONE):
        record = build.record(name)
        if isinstance(record, Post) and record.translation_of:
            problem = messages.NO_ORIGINAL.problem(build.shown(name), original=record.translation_of)
            found.setdefault(name, []).append(problem)
    for name, problem in schedule.far_ahead(build):
        found.setdefault(name, []).append(problem)
    for name, problems in found.items():
        build.report(name, "posts", problems)


_ALONE = """
SELECT path FROM selection CROSS JOIN post ON post.name = selection.path
WHERE rank > 0 AND NOT EXISTS (SELECT 1 FROM post AS other WHERE other.family = post.family AND other.name <> post.name)
"""


def _look_after_folders(build: BuildContext, seeds: Changes, dirty: Invalidations) -> None:
    """Update the people that stand in for folders of posts without a profile or a `blog.yaml`."""
    if build.store.fresh:
        blogs = set(build.store.column("SELECT DISTINCT blog FROM post"))
    else:
        blogs = {record.blog for change in seeds.of(Post) for record in _posts(change)} | dirty[EXISTENCE]
    for blog in sorted(blogs):
        if is_group(build, blog):
            stand_in(build, blog, dirty, needed=False, group=True)
        else:
            shown = build.store.row("SELECT 1 FROM post WHERE blog = ? AND state > 0 LIMIT 1", (blog,))
            stand_in(build, blog, dirty, needed=shown is not None)
