"""The posts in the store: where each is published, whether it is listed, who wrote it, and in which lists it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bylines import messages
from bylines.engine import links, listing, naming
from bylines.engine.changes import Change, Changes
from bylines.engine.claims import IDENTITY, Claim
from bylines.engine.digest import digest_of
from bylines.engine.facts import ADDRESS, BODY, CARD, REVISITED
from bylines.engine.listing import ROW
from bylines.engine.loom import Cache, Loom, Touched, nfc, seconds
from bylines.engine.naming import Named
from bylines.engine.opening import is_open
from bylines.engine.read import language_of, slug_of
from bylines.engine.read.names import date_of, is_index
from bylines.engine.workers import batched
from bylines.features.blogs.facts import GROUP_TITLE
from bylines.features.blogs.relations import is_group
from bylines.features.people.facts import BYLINE, EXISTENCE
from bylines.features.people.relations import source_of, stand_in
from bylines.features.posts import schedule, teams
from bylines.features.posts.facts import TEAM
from bylines.features.topics import relations as topics
from bylines.features.topics.facts import TOPIC, TOPIC_LABEL, TOPIC_NAME
from bylines.problems import ContentProblem
from bylines.records import AnyRecord, Post, Profile
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
"""A post's state: not published (yet, any more), published but listed nowhere, listed beside its original, listed."""

_AT_ONCE = 1_000
_ELSEWHERE = frozenset(("replies", "notes", "files"))


def is_post(name: str) -> bool:
    """Whether a source is a post."""
    parts = name.split("/")
    return (
        len(parts) > 3
        and parts[:2] == ["content", "blogs"]
        and name.endswith((".md", ".rst"))
        and not (len(parts) > 4 and parts[3] in _ELSEWHERE)
    )


def scope_of(blog: str) -> str:
    """What the addresses of a blog's posts begin with."""
    return f"blogs/{blog}/"


def url_of(loom: Loom, name: str, record: Post) -> str:
    """A post's address: the blog and the slug; the language of a translation follows (`x.de.md`: /blogs/ada/x/de/)."""
    return naming.place_of(loom, name, record).below(scope_of(record.blog))


def named(loom: Loom, name: str, record: AnyRecord | None) -> Named | None:
    """What a post's file says of its name."""
    if not is_post(name):
        return None
    path = name.removeprefix("content/")
    blog = path.split("/")[1]
    if not isinstance(record, Post):
        ending = language_of(path)
        known = bool(ending) and naming.declared(_languages(loom, (blog,)), ending)
        return Named(name, scope_of(blog), slug_of(path), ending, date_of(path) or "", known, is_index(path))
    if not record.ending:
        return Named(name, scope_of(blog), record.slug, "", record.dated)
    own = (record.lang,) if record.lang_given else ()
    known = naming.declared((*own, *_languages(loom, (blog, *record.authors))), record.ending)
    original = record.translation_of is not None or is_index(path)
    return Named(name, scope_of(blog), record.slug, record.ending, record.dated, known, original)


def _languages(loom: Loom, handles: Iterable[str]) -> Iterator[str]:
    """The languages that the site or one of some people declares."""
    yield from (loom.site.lang, *loom.site.of(LANGUAGES))
    for handle in handles:
        profile = loom.record(source_of(handle))
        yield from profile.languages if isinstance(profile, Profile) else ()


def renamed(loom: Loom, changes: Changes) -> Iterable[str]:
    """The posts whose names end with a language that their author may have declared just now."""
    for change in changes.of(Profile):
        old, new = (side.languages if isinstance(side, Profile) else () for side in (change.old, change.new))
        if old != new:
            handle = change.name.removeprefix("authors/").partition(".")[0]
            yield from loom.store.column(_WITH_ENDINGS, (scope_of(handle), f"blogs/{handle}0", handle))


_WITH_ENDINGS = """
SELECT source FROM naming WHERE spot >= ?1 AND spot < ?2 AND ending <> ''
UNION SELECT post FROM post_author JOIN naming ON source = post WHERE handle = ?3 AND ending <> ''
"""


def _family(loom: Loom, name: str, record: Post) -> str:
    """What a post and its translations have in common: the blog and slug of the original."""
    if not record.translation_of:
        return f"{record.blog}/{naming.place_of(loom, name, record).slug}"
    original = record.translation_of.strip("/").removeprefix("blogs/")
    return original if "/" in original else f"{record.blog}/{original}"


def claims_of(loom: Loom, name: str, record: AnyRecord) -> Sequence[Claim]:
    """A post that is published asks for its address and for its old ones."""
    if not isinstance(record, Post) or not is_open(loom, record):
        return ()
    own = (Claim(record.id, IDENTITY, name),) if record.id else ()
    return (*naming.claims_of(loom, name, record, scope_of(record.blog)), *own)


def weave(loom: Loom, changes: Changes, touched: Touched) -> None:
    """Brings posts, their lists and their places up to date."""
    teams.weave(loom, changes, touched)
    seeds = changes.only(Post)
    if not loom.store.fresh:
        _add_surroundings(loom, seeds, touched)
    loom.store.seed(seeds)
    before = set() if loom.store.fresh else listing.rows_of(loom)
    _forget(loom)
    _put(loom, seeds)
    _choose_listed(loom, seeds)
    loom.store.seed(seeds)
    loom.store.run(_INTO_LISTS, ())
    after = set() if loom.store.fresh else listing.rows_of(loom)
    moved = before ^ after
    listing.recount(loom, moved)
    touched.add(ROW, *moved)
    _relabel(loom, before | after, touched)
    _place(loom, seeds, touched)
    _touch(loom, seeds, touched)
    _report(loom, seeds)
    _look_after_folders(loom, seeds, touched)


def _add_surroundings(loom: Loom, seeds: Changes, touched: Touched) -> None:
    """Adds the posts whose topics, authors or translations are others now, though their own files are as they were."""
    names: set[str] = set()
    for spelling in touched[TOPIC_NAME]:
        names.update(loom.store.column("SELECT post FROM post_topic WHERE written = ?", (spelling,)))
    for handle in touched[EXISTENCE] | touched[TEAM]:
        names.update(loom.store.column("SELECT post FROM post_author WHERE handle = ?", (handle,)))
        names.update(loom.store.column("SELECT name FROM post WHERE blog = ?", (handle,)))
    families = {_family(loom, change.name, change.new) for change in seeds.of(Post) if isinstance(change.new, Post)}
    for name in seeds:
        families.update(loom.store.column("SELECT family FROM post WHERE name = ?", (name,)))
    for family in families:
        names.update(loom.store.column("SELECT name FROM post WHERE family = ?", (family,)))
    touched.add(REVISITED, *seeds.look_again(names))


def _posts(change: Change) -> list[Post]:
    return [record for record in (change.old, change.new) if isinstance(record, Post)]


def _forget(loom: Loom) -> None:
    if loom.store.fresh:
        return
    loom.store.run("DELETE FROM post WHERE name IN (SELECT path FROM seed)")
    for table in ("post_author", "post_topic", "listing"):
        loom.store.run(f"DELETE FROM {table} WHERE post IN (SELECT path FROM seed)")


def _put(loom: Loom, seeds: Changes) -> None:
    links.forget(loom, seeds)
    found = ((change.name, change.new) for change in seeds.of(Post) if isinstance(change.new, Post))
    for some in batched(found, _AT_ONCE):
        _put_some(loom, some)


def _put_some(loom: Loom, found: Sequence[tuple[str, Post]]) -> None:
    posts, authors, about = [], [], []
    for name, record in found:
        posts.append(_row(loom, name, record))
        for position, handle in enumerate(record.authors or (record.blog,)):
            authors.append((name, position, handle, handle == record.blog or is_somebody(loom, handle)))
        for position, (topic, written, spelling) in enumerate(_topics(loom, record)):
            about.append((name, position, topic, written, spelling))
    loom.store.many("INSERT INTO post VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", posts)
    loom.store.many("INSERT INTO post_author VALUES (?, ?, ?, ?)", authors)
    loom.store.many("INSERT INTO post_topic VALUES (?, ?, ?, ?, ?)", about)
    links.put(loom, found)


def _row(loom: Loom, name: str, record: Post) -> tuple[object, ...]:
    place = naming.place_of(loom, name, record)
    url = place.below(scope_of(record.blog))
    lang = naming.lang_of(loom, name, record)
    state = NOWHERE
    if is_open(loom, record) and loom.owns(name, url):
        state = HIDDEN if record.status == "hidden" else TRANSLATION
    expires = seconds(record.expires) if record.expires else None
    original = not record.translation_of and not place.lang
    rank = 0 if original else 1 if lang == loom.site.lang else 2
    changed = max(record.modified or record.date, record.date).date().isoformat()
    # What one reads of it, title and text: whoever keeps these need not look again where only the header is another.
    read = digest_of(f"{record.text}{record.title}".encode())
    return (
        name,
        record.blog,
        url,
        seconds(record.date),
        expires,
        lang,
        _family(loom, name, record),
        rank,
        state,
        changed,
        read,
    )


def is_somebody(loom: Loom, handle: str) -> bool:
    """Whether a handle is a person's with a profile, or a group's."""
    memo = loom.memo(_KNOWN)
    if handle not in memo:
        row = loom.store.row("SELECT 1 FROM person WHERE handle = ? AND profile = 1", (handle,))
        memo[handle] = row is not None or is_group(loom, handle)
    return memo[handle]


def _topics(loom: Loom, record: Post) -> list[tuple[str, str, str]]:
    """(topic, the slug of what was written, what was written), each topic once."""
    memo = loom.memo(_TOPICS)
    found: dict[str, tuple[str, str, str]] = {}
    for spelling in record.topics:
        if spelling not in memo:
            memo[spelling] = (topics.topic_of(loom, spelling), topics.slug_of(spelling))
        topic, written = memo[spelling]
        found.setdefault(topic, (topic, written, spelling))
    return list(found.values())


def _choose_listed(loom: Loom, seeds: Changes) -> None:
    """Of a post and its translations, the first that is published is the one that lists show."""
    if loom.store.fresh:
        loom.store.seed(loom.store.column("SELECT DISTINCT family FROM post"))
    else:
        loom.store.seed(
            _family(loom, change.name, change.new) for change in seeds.of(Post) if isinstance(change.new, Post)
        )
    loom.store.run(
        f"UPDATE post SET state = {LISTED} WHERE state = {TRANSLATION} AND family IN (SELECT path FROM seed) AND name = "
        f"(SELECT name FROM post AS other WHERE other.family = post.family AND other.state >= {TRANSLATION} "
        "ORDER BY other.rank, other.name LIMIT 1)"
    )


_INTO_LISTS = f"""
INSERT OR IGNORE INTO listing SELECT * FROM (
SELECT 'blog:' || p.blog, p.date, p.name FROM seed CROSS JOIN post p ON p.name = seed.path WHERE p.state = {LISTED}
UNION ALL
SELECT 'blog:' || a.handle, p.date, p.name FROM seed CROSS JOIN post p ON p.name = seed.path
CROSS JOIN post_author a ON a.post = p.name WHERE p.state = {LISTED} AND a.known
UNION ALL
SELECT 'topic:' || t.topic, p.date, p.name FROM seed CROSS JOIN post p ON p.name = seed.path
CROSS JOIN post_topic t ON t.post = p.name WHERE p.state = {LISTED}
UNION ALL
SELECT 'team:' || m.team, p.date, p.name FROM seed CROSS JOIN post p ON p.name = seed.path
CROSS JOIN post_author a ON a.post = p.name CROSS JOIN person_team m ON m.handle = a.handle WHERE p.state = {LISTED} AND a.known
UNION ALL
SELECT 'site', p.date, p.name FROM seed CROSS JOIN post p ON p.name = seed.path WHERE p.state = {LISTED}
UNION ALL
SELECT 'month:' || strftime('%Y-%m', p.date, 'unixepoch'), p.date, p.name FROM seed CROSS JOIN post p ON p.name = seed.path
WHERE p.state >= {TRANSLATION}
UNION ALL
SELECT 'lang:' || p.lang, p.date, p.name FROM seed CROSS JOIN post p ON p.name = seed.path WHERE p.state >= {TRANSLATION}
) ORDER BY 1, 2, 3
"""


def _relabel(loom: Loom, rows: set[listing.Row], touched: Touched) -> None:
    """A topic is spelled as in its oldest post: which that is, or how it spells, may have changed."""
    if loom.store.fresh:
        concerned = set(loom.store.column("SELECT list FROM tally WHERE list >= 'topic:' AND list < 'topic;'"))
    else:
        concerned = {row.list for row in rows if row.list.startswith("topic:")}
    names = {name.removeprefix("topic:") for name in concerned} | touched[TOPIC]
    topics.relabel(loom, names, touched)


def _place(loom: Loom, seeds: Changes, touched: Touched) -> None:
    if loom.store.fresh:
        loom.store.run(f"INSERT INTO address SELECT name, url FROM post WHERE state > {NOWHERE}")
        for name, url in loom.store.rows(_APART):
            if nfc(name) != name:
                loom.store.run("INSERT OR REPLACE INTO address VALUES (?, ?)", (nfc(name), url))
        return
    states = loom.store.rows("SELECT name, url, state FROM seed CROSS JOIN post ON post.name = seed.path")
    placed = {name: url for name, url, state in states if state}
    for name in seeds:
        loom.place(name, placed.get(name), touched)


_APART = f"SELECT name, url FROM post WHERE state > {NOWHERE} AND name GLOB '*[^ -~]*' ORDER BY name"


def _touch(loom: Loom, seeds: Changes, touched: Touched) -> None:
    if loom.store.fresh:
        return
    for change in seeds.of(Post):
        touched.add(BODY, change.name)
        moved = change.name in touched[ADDRESS]
        if moved or change.old is change.new or _card_facts(change.old) != _card_facts(change.new):
            touched.add(CARD, change.name)
    _touch_by_name(loom, touched)


def _card_facts(record: AnyRecord | None) -> object:
    if not isinstance(record, Post):
        return None
    text = record.summary or record.excerpt
    return record.title, record.date, text, record.authors, record.topics, record.lang, record.slug, record.status


def _touch_by_name(loom: Loom, touched: Touched) -> None:
    """The posts that show somebody's byline, a group's title or a topic's name change where these do."""
    names: set[str] = set()
    for handle in touched[BYLINE]:
        names.update(loom.store.column("SELECT post FROM post_author WHERE handle = ?", (handle,)))
    for handle in touched[GROUP_TITLE] | touched[BYLINE]:
        names.update(loom.store.column("SELECT name FROM post WHERE blog = ?", (handle,)))
    for topic in touched[TOPIC_LABEL]:
        names.update(loom.store.column("SELECT post FROM post_topic WHERE topic = ?", (topic,)))
    touched.add(CARD, *names)
    touched.add(BODY, *names)


def _report(loom: Loom, seeds: Changes) -> None:
    """Reports authors whom nobody knows, translations of nothing, and dates that are far ahead."""
    loom.store.seed(seeds)
    found: dict[str, list[ContentProblem]] = {name: [] for name in ([] if loom.store.fresh else seeds)}
    unknown = (
        "SELECT post, handle FROM seed CROSS JOIN post_author ON post = path WHERE NOT known ORDER BY post, position"
    )
    for name, handle in loom.store.rows(unknown):
        found.setdefault(name, []).append(messages.UNKNOWN_AUTHOR.problem(loom.shown(name), handle=handle))
    for change in seeds.of(Post):
        if isinstance(change.new, Post) and (change.new.ending or change.new.dated) and loom.address(change.name):
            problems = naming.problems(loom, change.name, change.new, scope_of(change.new.blog))
            if problems:
                found.setdefault(change.name, []).extend(problems)
    for name in loom.store.column(_ALONE):
        record = loom.record(name)
        if isinstance(record, Post) and record.translation_of:
            problem = messages.NO_ORIGINAL.problem(loom.shown(name), original=record.translation_of)
            found.setdefault(name, []).append(problem)
    for name, problem in schedule.far_ahead(loom):
        found.setdefault(name, []).append(problem)
    for name, problems in found.items():
        loom.report(name, "posts", problems)


_ALONE = """
SELECT path FROM seed CROSS JOIN post ON post.name = seed.path
WHERE rank > 0 AND NOT EXISTS (SELECT 1 FROM post AS other WHERE other.family = post.family AND other.name <> post.name)
"""


def _look_after_folders(loom: Loom, seeds: Changes, touched: Touched) -> None:
    """A folder with posts but without a profile or a `blog.yaml` stands under its handle."""
    if loom.store.fresh:
        blogs = set(loom.store.column("SELECT DISTINCT blog FROM post"))
    else:
        blogs = {record.blog for change in seeds.of(Post) for record in _posts(change)} | touched[EXISTENCE]
    for blog in sorted(blogs):
        if is_group(loom, blog):
            stand_in(loom, blog, touched, needed=False, group=True)
        else:
            shown = loom.store.row("SELECT 1 FROM post WHERE blog = ? AND state > 0 LIMIT 1", (blog,))
            stand_in(loom, blog, touched, needed=shown is not None)
