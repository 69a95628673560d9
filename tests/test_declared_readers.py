"""The readers that follow from declarations give what the written ones gave (`tests/old_readers`), and no message less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylines.engine.kinds import kinds_of
from bylines.engine.read import ReadOptions, keys
from bylines.engine.read.entries import Entries
from bylines.engine.read.kind import Kind
from bylines.engine.read.markers import Handles, Markdown, Text, Words
from bylines.features.jams.records import Idea
from bylines.features.posts.records import Answer
from bylines.markup import MarkupOptions
from bylines.settings import FEATURES
from fuzz import seeds
from tests.building import ROOT
from tests.conftest import SHARED
from tests.old_readers import people, posts, topics
from tests.test_messages import _cases

_OLD = {
    "post": posts.read_post,
    "page": posts.read_page,
    "jam": posts.read_jam,
    "profile": people.read_profile,
    "group": people.read_group,
    "topics": topics.read_topics,
}
_PLAIN = ReadOptions(timezone="Europe/Lisbon")
_OPTIONS = (
    _PLAIN,
    msgspec.structs.replace(_PLAIN, drafts=True),
    msgspec.structs.replace(_PLAIN, markup=MarkupOptions(engine="pelican")),
)
_NAMES = (
    *("content/blogs/ada/winch.md", "content/blogs/ada/2026-05-04-winch.de.md", "content/blogs/ada/on/index.md"),
    *("content/blogs/Ada L/x.md", "content/blogs/ada/feed.md", "content/blogs/ada/2026-13-45-plan-draft.md"),
    *("content/blogs/ada/x.rst", "content/pages/about.md", "content/pages/-.md", "content/jams/harbour/jam.md"),
    *("content/jams/a b/jam.md", "authors/ada.yaml", "authors/Ada.yaml", "authors/ada.yml", "content/topics.yaml"),
    *("content/blogs/crew/blog.yaml", "content/blogs/The Crew/blog.yaml"),
)


def _kind(name: str) -> Kind | None:
    found = kinds_of(tuple(FEATURES)).of_source(name)
    return found if isinstance(found, Kind) else None


def _compare(name: str, data: bytes, options: ReadOptions) -> None:
    """Nothing differs but that a file which is left out is told all its mistakes."""
    kind = _kind(name)
    assert kind is not None, name
    old: Any = _OLD[kind.name](name, data, options)
    new = kind.read(name, data, options)
    before, after = Counter(old.problems), Counter(new.problems)
    assert _fields(old.record) == _as_before(new.record), name
    assert not before - after, name
    if old.record is not None:
        assert before == after, name
    assert old.prose == new.prose or (new.prose is None and old.record is None), name


def _fields(record: Any) -> dict[str, Any]:
    """What an old record says."""
    if record is None:
        return {}
    found = {name: getattr(record, name) for name in record.__struct_fields__} | {"": type(record).__name__}
    if "entries" in found:
        found["entries"] = [_fields(entry) for entry in found["entries"]]
    return found


def _as_before(record: Any) -> dict[str, Any]:
    """What a record says, with the fields that it had before."""
    found = _fields(record)
    found.pop("more", None)
    if found.get("") != "Post":
        found.pop("blog", None)
    else:
        found |= {"jam": Idea.of(record).jam, "in_reply_to": Answer.of(record).in_reply_to}
    return found


def _sources() -> Iterator[tuple[str, bytes]]:
    roots = [ROOT, *(folder for folder in sorted((SHARED / "corpora").glob("*")) if folder.is_dir())]
    for root in roots:
        for top in ("content", "authors"):
            for file in sorted((root / top).rglob("*")):
                name = f"{top}/{file.relative_to(root / top)}"
                if file.is_file() and _kind(name):
                    yield name, file.read_bytes()
    for case in _cases():
        yield from ((name, data) for name, data in case.files.items() if _kind(name))


def test_real_files_are_read_as_before() -> None:
    found = list(_sources())
    assert len(found) > 100
    for name, data in found:
        _compare(name, data, _PLAIN)


@pytest.mark.parametrize("options", _OPTIONS)
def test_texts_of_all_sorts_are_read_as_before(options: ReadOptions) -> None:
    vectors = [file.read_bytes() for file in sorted((SHARED / "vectors").rglob("*")) if file.is_file()]
    for number, data in enumerate([*seeds.texts(), *vectors]):
        for name in (_NAMES[number % len(_NAMES)], "content/blogs/ada/2026-01-02-x.md"):
            _compare(name, data, options)


_KEYS = st.sampled_from(
    (
        "title date modified summary lang translation_of slug status expires image image_alt aliases topics authors id jam "
        "in_reply_to opens closes hosts name sort_name reading role team location joined left languages bio pronouns photo "
        "links feeds follows emails disclaimer description members synonyms parents "
        "Title Image-Alt titel autors tags category author draft published cover publishDate expiryDate visibility x_own x_draft "
        "summry statu permalink description language private updated Datum"
    ).split()
)
_VALUES = st.sampled_from(
    (
        "|a title|[DRAFT] a title|2026-05-04|2026-05-04 09:30|04/05/2026|2031-01-01|soon|draft|published|Hidden|public|secret|yes|no|"
        "ada|Ada Lovelace|@ada, grace|[ada, 'Grace H']|[a, b, wip]|de|deutsch|xx|/old/|[/old/, https://x.example/a?b]|old|"
        "winch.jpg|../winch.jpg|file:///x|https://x.example/y.png|a#b.png|tag:x,2026:a|no id|ada/winch|a\\\\b|a; b; c|"
        "{a: 'https://x.example'}|{a: b}|ada@x.example|<b>x|[a](b.md) $`x$`|"
        + "x" * 301
        + "|[a, [b]]|~|12|true|☃|a/b|-|'quoted'"
    ).split("|")
)
_LINES = st.lists(st.tuples(_KEYS, st.sampled_from([": ", ": ", ":"]), _VALUES).map("".join), max_size=7).map("\n".join)
_STARTS = st.sampled_from(
    ["", "title: A\ndate: 2026-01-02\n", "title: A\nopens: 2026-01-02\ncloses: 2026-02-02\n", "name: A\n"]
)


@given(st.sampled_from(_NAMES), _STARTS, _LINES, st.sampled_from(_OPTIONS))
def test_made_up_headers_are_read_as_before(name: str, start: str, lines: str, options: ReadOptions) -> None:
    header = start + lines
    text = f"{header}\n" if name.endswith((".yaml", ".yml")) else f"---\n{header}\n---\nSome text [a](b.md), @grace.\n"
    _compare(name, text.encode(), options)


def test_topics_have_three_forms() -> None:
    for text in (
        "- Tides\n- name: Boats\n  synonyms: [ship, ship]\n  parents: Sea; Land\n  description: '<b>x'\n- synonyms: [a]\n",
        "Tides:\nBoats: what floats\nSea:\n  synonyms: [ocean]\n  name: The sea\n1: x\n",
        "just a text\n",
        "- [a]\n- {nme: x}\n- ''\n",
    ):
        _compare("content/topics.yaml", text.encode(), _PLAIN)


def test_the_keys_that_are_mended_before_they_are_read_are_those_that_kinds_declare() -> None:
    """`meant` looks at lines before a header can be read, so it knows the keys of all our kinds by what stands at them."""
    for kind in kinds_of(tuple(FEATURES)).kinds:
        found = kind.keyset.of(Entries)
        for key, marker in (found[0][1].keyset if found else kind.keyset).markers.items():
            assert key in keys.KNOWN, key
            assert (key in keys.LISTS) == marker.is_list, key
            assert (key in keys.HANDLES) == isinstance(marker, Handles), key
            assert (key in keys.TOPICS) == isinstance(marker, Words), key
            assert (key in keys.TEXTS) == (isinstance(marker, Markdown) or type(marker) is Text), key
