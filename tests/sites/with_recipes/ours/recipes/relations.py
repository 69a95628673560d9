"""The recipes in the store, who cooks them, and the posts of which they speak."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.facts import BODY
from bylines.engine.weave import claims, links, listing
from bylines.engine.weave.changes import Change, Changes
from bylines.engine.weave.listing import ROW, Row
from bylines.engine.weave.opening import is_open
from bylines.features.people.facts import EXISTENCE
from bylines.features.posts.relations import LISTED, is_somebody
from ours.recipes import messages
from ours.recipes.facts import COOK, RECIPE
from ours.recipes.records import Recipe

PREFIX = "recipes:"
ALL = "recipes:all"
"""The list of posts of which recipes speak."""
SCHEMA = """
CREATE TABLE recipe (
    name TEXT PRIMARY KEY, slug TEXT NOT NULL, listed INTEGER NOT NULL, see TEXT NOT NULL, post TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE recipe_cook (handle TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (handle, name)) WITHOUT ROWID;
"""


def url_of(slug: str) -> str:
    """Return a recipe's address."""
    return f"recipes/{slug}/"


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Bring recipes up to date with what changed, and then the posts of which they speak."""
    for change in changes.of(Recipe):
        _put(build, change, dirty)
    for name in build.store.column("SELECT name FROM recipe") if dirty[EXISTENCE] and not build.store.fresh else ():
        _report_cooks(build, name, build.record(name).cook)
        dirty.add(RECIPE, name)
    _find_posts(build, dirty)
    _list_posts(build, dirty)


def _put(build: BuildContext, change: Change, dirty: Invalidations) -> None:
    name, record = change.name, change.new
    build.store.run("DELETE FROM recipe WHERE name = ?", (name,))
    dirty.add(COOK, *build.store.column("SELECT handle FROM recipe_cook WHERE name = ?", (name,)))
    build.store.run("DELETE FROM recipe_cook WHERE name = ?", (name,))
    links.forget(build, (name,))
    url, cooks = None, ()
    if isinstance(record, Recipe):
        links.put(build, [(name, record)])
        if is_open(build, record) and build.owns(name, url_of(record.slug)):
            url, cooks = url_of(record.slug), record.cook
            row = (name, record.slug, record.status != "hidden", record.see or "", "")
            build.store.run("INSERT INTO recipe VALUES (?, ?, ?, ?, ?)", row)
            build.store.many("INSERT INTO recipe_cook VALUES (?, ?)", ((handle, name) for handle in cooks))
    _report_cooks(build, name, cooks)
    build.place(name, url, dirty)
    dirty.add(COOK, *cooks)
    dirty.add(RECIPE, name)
    dirty.add(BODY, name)


def _report_cooks(build: BuildContext, name: str, cooks: Iterable[str]) -> None:
    unknown = (handle for handle in cooks if not is_somebody(build, handle))
    said = [messages.UNKNOWN_COOK.problem(build.shown(name), handle=handle) for handle in unknown]
    build.report(name, "cooks", said)


def _find_posts(build: BuildContext, dirty: Invalidations) -> None:
    """Find the post that each recipe means: an address may have come, gone or changed hands."""
    for name, see, before in build.store.rows("SELECT name, see, post FROM recipe WHERE see > '' ORDER BY name"):
        path = see.strip("/").removeprefix("blogs/")
        post = claims.owner(build.store, f"blogs/{path}/") or ""
        if post != before:
            build.store.run("UPDATE recipe SET post = ? WHERE name = ?", (post, name))
            dirty.add(RECIPE, name)


def _list_posts(build: BuildContext, dirty: Invalidations) -> None:
    """List those of the posts that are listed elsewhere too."""
    before = {Row(*row) for row in build.store.rows("SELECT list, date, post FROM listing WHERE list = ?", (ALL,))}
    rows = build.store.rows(
        "SELECT DISTINCT p.date, p.name FROM recipe r JOIN post p ON p.name = r.post WHERE r.listed AND p.state = ?",
        (LISTED,),
    )
    after = {Row(ALL, date, post) for date, post in rows}
    build.store.many("DELETE FROM listing WHERE list = ? AND date = ? AND post = ?", sorted(before - after))
    build.store.many("INSERT INTO listing VALUES (?, ?, ?)", sorted(after - before))
    listing.recount_moved(build, before ^ after)
    dirty.add(ROW, *(before ^ after))


def listed(build: BuildContext) -> list[str]:
    """Return the sources of the recipes that are listed, by their addresses."""
    return build.store.column("SELECT name FROM recipe WHERE listed ORDER BY slug")


def cooked_by(build: BuildContext, handle: str) -> list[str]:
    """Return the sources of the listed recipes that somebody cooks."""
    return build.store.column(
        "SELECT r.name FROM recipe_cook c JOIN recipe r ON r.name = c.name WHERE c.handle = ? AND r.listed ORDER BY r.slug",
        (handle,),
    )


def slugs(build: BuildContext) -> list[str]:
    """Return the last parts of the addresses of all recipes that are published."""
    return build.store.column("SELECT slug FROM recipe ORDER BY slug")
