"""Keeps a moved post's identity: its old address becomes an alias, and its id in feeds stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bylines.engine.feed_ids import id_of
from bylines.engine.kinds import kinds_of
from bylines.engine.read.document import Document
from bylines.engine.read.markers import FeedId
from bylines.engine.weave.claims import fold
from bylines.engine.weave.naming import Place
from bylines.renaming import edit_front_matter
from bylines.renaming.edit_front_matter import FormError
from bylines.renaming.placing import PlacedPost, scope_of
from bylines.renaming.rename_map import RenameMap
from bylines.renaming.rewrite import Text, rewrite
from bylines.settings import Site
from bylines.settings.declared import TAG


def rewrite_moved(site: Site, name: str, text: str, moved: RenameMap, posts: Mapping[str, PlacedPost]) -> Text:
    """Return the rewritten source of a renamed blog or post; `name` is its old name, `posts` are those of the blog."""
    found = rewrite(site, name, text, moved, addresses=True)
    record = kinds_of(site.features).read(name, text.encode(), site.read)
    new = moved.source(name)
    place = posts[name].place if name in posts else Place(record.slug if isinstance(record, Document) else "")
    if not isinstance(record, Document) or (new == name and (record.blog, place.slug) not in moved.posts):
        return found
    try:
        return found._replace(text=_keep_identity(site, record, place, new, found.text, moved))
    except FormError as problem:
        return found._replace(by_hand=str(problem))


def _keep_identity(site: Site, record: Document, place: Place, new: str, text: str, moved: RenameMap) -> str:
    """Return the text with its feed id and its old address as an alias, but without an alias that is its new address."""
    kind = kinds_of(site.features).of_record(record)
    for key, _ in kind.keyset.of(FeedId) if kind and new != f"content/{record.path}" else ():
        if not getattr(record, key):
            text = edit_front_matter.with_key(text, _header(new, text), key, id_of(site.of(TAG), record.path))
    then = place._replace(slug=moved.posts.get((record.blog, place.slug), place.slug)).below(
        scope_of(new.split("/")[2])
    )
    return with_old_address(new, text, record.aliases, f"/{place.below(scope_of(record.blog))}", f"/{then}")


def with_old_address(name: str, text: str, aliases: Iterable[str], old: str, now: str) -> str:
    """Return a source with its old address as an alias, and without an alias that is its new address. Raises FormError."""
    for alias in aliases:
        if fold(alias) == fold(now):
            text = edit_front_matter.without_item(text, _header(name, text), "aliases", alias)
    if fold(old) == fold(now) or fold(old) in map(fold, aliases):
        return text
    return edit_front_matter.with_item(text, _header(name, text), "aliases", old)


def _header(name: str, text: str) -> edit_front_matter.Header:
    found = edit_front_matter.header_of(name, text)
    if found is None:
        raise FormError("it has no header")
    return found
