"""Builds the shards with Pagefind, and for each language a root: an empty index with the files that its shards share.

Only the files that a browser loads are kept: of a shard the entry, the metadata, the index and the fragments; of a root
also the two parts of the search program. The browser starts the program once, from the root. Each shard loads its own
again and ignores it, so an empty file stands there. `-posts.json` is our own: it tells which
post a result is before its fragment is loaded.
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
# An index cannot be empty, so a root has a letter that occurs in a single manuscript, of the fifteenth century.
_NOTHING = "\ua66e\ua66e\ua66e"
# In these languages Pagefind segments the words of a text but not those of a title.
_UNSPACED = frozenset(("zh", "ja", "th"))


class Found(msgspec.Struct, frozen=True, array_like=True):
    """A post in the index: its source, the digest of its text, its address relative to the root, and its title."""

    source: str
    text: str
    url: str
    title: str


class ShardInputs(msgspec.Struct, frozen=True):
    """The inputs of a shard: its posts, in the order of their addresses."""

    version: str
    lang: str
    posts: tuple[Found, ...]


class RootInputs(msgspec.Struct, frozen=True):
    """The inputs of the root of a language."""

    version: str
    lang: str


def keys(build: BuildContext) -> Iterable[str]:
    """Return the prefixes of all shards."""
    return build.store.column("SELECT prefix FROM search_shard ORDER BY prefix")


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the shards that came or went, and those with a post to index again."""
    return dirty[SEARCH_SHARD] | shards.of_keys(build, dirty[SEARCH_KEY])


def inputs(build: BuildContext, prefix: str) -> PageInputs | None:
    """Return the inputs of a shard; None if there is no such shard."""
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
    """Return the languages that have shards."""
    return sorted({shards.language_of(prefix) for prefix in keys(build)})


def root_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the languages in which a shard came or went."""
    return {shards.language_of(prefix) for prefix in dirty[SEARCH_SHARD]}


def root_inputs(build: BuildContext, lang: str) -> PageInputs | None:
    """Return the inputs of the root of a language; None if the language has no shards."""
    if not build.store.row("SELECT 1 FROM search_shard WHERE prefix >= ? AND prefix < ?", shards.bounds(f"{lang} ")):
        return None
    return PageInputs(path=f"{ROOTS}{lang}/{_ENTRY}", view=RootInputs(VERSION, lang))


def shard(site: Site, inputs: ShardInputs, html_of: Callable[[Body], str]) -> dict[str, bytes]:
    """Return the files of a shard, by name."""
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
    """Return the files of a root, by name."""
    made = pagefind.files_of([Record(url="", content=_NOTHING)], inputs.lang)
    kept = {_WORKER, _program(made, inputs.lang)}
    return {name: data for name, data in made.items() if name in kept or _is_index(name)}


def _program(made: Mapping[str, bytes], lang: str) -> str:
    """Return the file name of the search program for a language: the one with its stemmer, if there is one."""
    own = f"wasm.{lang}.pagefind"
    return own if own in made else "wasm.unknown.pagefind"


def _is_index(name: str) -> bool:
    """Return whether a file belongs to an index, other than scripts and programs."""
    return "/" in name or name.endswith((_ENTRY, ".pf_meta"))


def _record(post: Found, lang: str, html_of: Callable[[Body], str]) -> Record:
    """Return a post as Pagefind's record."""
    text = words_of(html_of(Body(source=post.source, digest=post.text, only_text=True)))
    content = f"{post.title}\n{text}" if lang in _UNSPACED else text
    return Record(url=post.url, content=content, title=post.title)


def _url(fragment: bytes) -> str:
    """Return the address of the post in a fragment."""
    data = fragment if fragment.startswith(_MAGIC) else gzip.decompress(fragment)
    found: str = msgspec.json.decode(data.removeprefix(_MAGIC), type=_Fragment).url
    return found


class _Fragment(msgspec.Struct):
    url: str
