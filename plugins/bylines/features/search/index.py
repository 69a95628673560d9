"""The shards as Pagefind's files, and one root a language: an index of nothing, with what all shards of it have in common.

Of the files that Pagefind makes only those are kept that a browser fetches: entry, meta, index, fragments; and in the roots
the program that searches, in its two parts. A program is begun once, from the root; each shard asks for it again and does
not look at it, so an empty one stands there. `-posts.json` is ours: it says which post a result is before it is fetched.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.feature import Body, PageInputs
from bylines.features.posts import cards
from bylines.features.search import pagefind, shards
from bylines.features.search.facts import SEARCH_KEY, SEARCH_SHARD
from bylines.features.search.pagefind import VERSION, Record
from bylines.features.search.text import words_of

if TYPE_CHECKING:
    from bylines.settings import Site

SHARDS = "search/shards/"
ROOTS = f"search/pagefind-{VERSION}/"

_ENTRY = "pagefind-entry.json"
_WORKER = "pagefind-worker.js"
_POSTS = "-posts.json"
_MAGIC = b"pagefind_dcd"
# A root has to hold something: a letter that was written once, in the fifteenth century.
_NOTHING = "\ua66e\ua66e\ua66e"
# Pagefind finds the words of a text in these, but not those of a title.
_UNSPACED = frozenset(("zh", "ja", "th"))


class Found(msgspec.Struct, frozen=True, array_like=True):
    """A post to be found: its source, the digest of its text, its address below the site, its title."""

    source: str
    text: str
    url: str
    title: str


class ShardInputs(msgspec.Struct, frozen=True):
    """A shard: its posts, in the order of their addresses."""

    version: str
    lang: str
    posts: tuple[Found, ...]


class RootInputs(msgspec.Struct, frozen=True):
    """The root of a language."""

    version: str
    lang: str


def keys(build: BuildContext) -> Iterable[str]:
    """The beginnings of keys that are shards."""
    return build.store.column("SELECT prefix FROM search_shard ORDER BY prefix")


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """The shards that came or went, and those of posts whose text changed."""
    return dirty[SEARCH_SHARD] | shards.of_keys(build, dirty[SEARCH_KEY])


def inputs(build: BuildContext, prefix: str) -> PageInputs | None:
    """A shard; None where there is none (any more)."""
    if not build.store.row("SELECT 1 FROM search_shard WHERE prefix = ?", (prefix,)):
        return None
    rows = build.store.rows(_IN_SHARD, shards.bounds(prefix))
    records = ((name, url, cards.post(build, name)) for name, url in rows)
    posts = tuple(Found(name, record.text, url, record.title) for name, url, record in records)
    return PageInputs(
        path=f"{SHARDS}{shards.name_of(prefix)}/{_ENTRY}",
        view=ShardInputs(VERSION, shards.language_of(prefix), posts),
        texts=tuple(post.source for post in posts),
    )


_IN_SHARD = "SELECT name, url FROM search_post WHERE key >= ? AND key < ? ORDER BY url"


def root_keys(build: BuildContext) -> Iterable[str]:
    """The languages."""
    return sorted({shards.language_of(prefix) for prefix in keys(build)})


def root_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """The languages in which a shard came or went."""
    return {shards.language_of(prefix) for prefix in dirty[SEARCH_SHARD]}


def root_inputs(build: BuildContext, lang: str) -> PageInputs | None:
    """The root of a language; None where nothing is written in it (any more)."""
    if not build.store.row("SELECT 1 FROM search_shard WHERE prefix >= ? AND prefix < ?", shards.bounds(f"{lang} ")):
        return None
    return PageInputs(path=f"{ROOTS}{lang}/{_ENTRY}", view=RootInputs(VERSION, lang))


def shard(site: Site, inputs: ShardInputs, html_of: Callable[[Body], str]) -> dict[str, bytes]:
    """The files of a shard, by name."""
    records = (_record(post, inputs.lang, html_of) for post in inputs.posts)
    made = pagefind.files_of(records, inputs.lang)
    files = {name: data for name, data in made.items() if _is_index(name)}
    fragments = ((name, data) for name, data in files.items() if name.startswith("fragment/"))
    posts = {_url(data): name.removeprefix("fragment/").partition(".")[0] for name, data in fragments}
    return {
        **files,
        _program(made, inputs.lang): _MAGIC + b"\n",
        _POSTS: msgspec.json.encode(sorted(posts.items())) + b"\n",
    }


def root(site: Site, inputs: RootInputs, html_of: Callable[[Body], str]) -> dict[str, bytes]:
    """The files of a root, by name."""
    made = pagefind.files_of([Record(url="", content=_NOTHING)], inputs.lang)
    kept = {_WORKER, _program(made, inputs.lang)}
    return {name: data for name, data in made.items() if name in kept or _is_index(name)}


def _program(made: Mapping[str, bytes], lang: str) -> str:
    """The file of the program for a language: with its stemmer, if there is one."""
    own = f"wasm.{lang}.pagefind"
    return own if own in made else "wasm.unknown.pagefind"


def _is_index(name: str) -> bool:
    return "/" in name or name.endswith((_ENTRY, ".pf_meta"))


def _record(post: Found, lang: str, html_of: Callable[[Body], str]) -> Record:
    text = words_of(html_of(Body(source=post.source, digest=post.text, only_text=True)))
    content = f"{post.title}\n{text}" if lang in _UNSPACED else text
    return Record(url=post.url, content=content, title=post.title)


def _url(fragment: bytes) -> str:
    data = fragment if fragment.startswith(_MAGIC) else gzip.decompress(fragment)
    found: str = msgspec.json.decode(data.removeprefix(_MAGIC), type=_Fragment).url
    return found


class _Fragment(msgspec.Struct):
    url: str
