"""Plans the merge of topics: the names of the others become synonyms, so no post has to change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import yaml

from bylines.engine.paths import file_of, shown
from bylines.features.topics.records import TOPICS, TopicEntry, Topics
from bylines.features.topics.relations import SOURCE, slug_of
from bylines.problems import BuildError
from bylines.renaming import search
from bylines.renaming.edit_front_matter import Header, quote, with_mended_lines, with_own_lines
from bylines.renaming.plan import Edit, Plan
from bylines.settings import Site

Change = tuple[int, int, str]
"""Start and end in the text, and the replacement."""


class Entry(NamedTuple):
    """A topic in the YAML file: the node of its name, and the node of its description or keys (None if it has neither)."""

    name: yaml.ScalarNode
    more: yaml.Node | None
    listed: bool
    """Whether the file is a list; else the names are keys."""


def plan_topic_merge(site: Site, others: Sequence[str], into: str) -> Plan:
    """Return the plan for merging topics; empty if they are merged already. Raises BuildError."""
    text = search.text_of(file_of(site, SOURCE)) or ""
    entries = _read(site, text)
    names = {slug_of(spelling): entry.name for entry in reversed(entries) for spelling in (entry.name, *entry.synonyms)}
    name = names.get(slug_of(into), into)
    new = [other for other in others if slug_of(names.get(slug_of(other), other)) != slug_of(name)]
    for other in new:
        known = names.get(slug_of(other), other)
        if slug_of(known) != slug_of(other):
            raise BuildError(
                f"{other} is a synonym of {known} in {shown(site, SOURCE)}; merge {known}, or take it out there"
            )
    if not new:
        return Plan()
    made = _merge(text, entries, new, name)
    _check(site, entries, _read(site, made), new, name)
    return Plan(edits=(Edit(SOURCE, text, made),))


def _read(site: Site, text: str) -> tuple[TopicEntry, ...]:
    if not text.strip():
        return ()
    reading = TOPICS.read(SOURCE, text.encode(), site.read)
    if not isinstance(reading.record, Topics):
        raise BuildError(f"{reading.problems[0]}; nothing was changed")
    return reading.record.entries


def _check(
    site: Site, before: Iterable[TopicEntry], after: Iterable[TopicEntry], merged: Sequence[str], into: str
) -> None:
    """Raise BuildError if the changed text does not say exactly what was intended."""
    gone = {slug_of(name) for name in merged}
    wanted = {spelling: slug_of(into) if topic in gone else topic for spelling, topic in _topics(before).items()}
    wanted |= {slug_of(name): slug_of(into) for name in (*merged, into)}
    if _topics(after) != wanted:
        raise BuildError(
            f"{shown(site, SOURCE)} is written in a way that only a person can change: add the synonyms by hand"
        )


def _topics(entries: Iterable[TopicEntry]) -> dict[str, str]:
    return {slug_of(s): slug_of(entry.name) for entry in entries for s in (entry.name, *entry.synonyms)}


def _merge(text: str, known: Sequence[TopicEntry], merged: Sequence[str], into: str) -> str:
    plain, _ = with_mended_lines(text, Header(0, len(text), "yaml", all_texts=True))
    made = _merge_plain(plain, known, merged, into)
    return made if plain == text else with_own_lines(text, plain, made)


def _merge_plain(text: str, known: Sequence[TopicEntry], merged: Sequence[str], into: str) -> str:
    root = yaml.compose(text, Loader=yaml.SafeLoader) if text.strip() else None
    entries = {slug_of(entry.name.value): entry for entry in _entries(root)}
    gone = {slug_of(name) for name in merged}
    synonyms = [name for other in merged for name in _spellings(other, known)]
    edits = [edit for topic in gone & entries.keys() for edit in _deletion(text, entries[topic])]
    edits += _parent_changes(entries.values(), gone, into)
    target = entries.get(slug_of(into))
    if target is None:
        return _with_edits(text, edits) + _new_entry(text, root, into, synonyms)
    return _with_edits(text, [*edits, _with_synonyms(text, target, synonyms)])


def _spellings(name: str, known: Sequence[TopicEntry]) -> list[str]:
    """Return a topic's name, as the file spells it, and its synonyms."""
    found = next((entry for entry in known if slug_of(entry.name) == slug_of(name)), None)
    return [found.name, *found.synonyms] if found else [name]


def _entries(root: yaml.Node | None) -> Iterator[Entry]:
    if isinstance(root, yaml.MappingNode):
        yield from (Entry(key, value, listed=False) for key, value in root.value)
    elif isinstance(root, yaml.SequenceNode):
        for item in root.value:
            if isinstance(item, yaml.ScalarNode):
                yield Entry(item, None, listed=True)
            elif isinstance(item, yaml.MappingNode) and isinstance(name := _at(item, "name"), yaml.ScalarNode):
                yield Entry(name, item, listed=True)


def _at(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _deletion(text: str, entry: Entry) -> Iterator[Change]:
    """Yield the deletion of an entry's lines. Raises BuildError if it has no lines of its own, as between brackets or braces."""
    first = min(node.start_mark.index for node in (entry.name, entry.more) if node is not None)
    last = max(_end(text, node) for node in (entry.name, entry.more) if node is not None)
    start = text.rfind("\n", 0, first) + 1
    if not re.fullmatch(r"[ \t]*(?:-[ \t]+)?", text[start:first]):
        raise BuildError("the topics file is not written as lines; write each topic in lines of its own")
    end = text.find("\n", last)
    yield start, end + 1 if end >= 0 else len(text), ""


def _end(text: str, node: yaml.Node) -> int:
    """Return where the last value of a node ends. A block's own end mark would include the comments that follow it."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        end = int(node.end_mark.index)
        return end - 1 if text[end - 1 : end] == "\n" else end
    last = node.value[-1]
    return max(_end(text, part) for part in (last if isinstance(last, tuple) else (last,)))


def _parent_changes(entries: Iterable[Entry], gone: set[str], into: str) -> Iterator[Change]:
    for entry in entries:
        node = _at(entry.more, "parents")
        for parent in node.value if isinstance(node, yaml.SequenceNode) else (node,):
            if (
                isinstance(parent, yaml.ScalarNode)
                and slug_of(parent.value) in gone
                and slug_of(entry.name.value) not in gone
            ):
                yield parent.start_mark.index, parent.end_mark.index, quote(into, parent.style or "")


def _with_synonyms(text: str, entry: Entry, names: Sequence[str]) -> Change:
    said = ", ".join(map(quote, names))
    node = _at(entry.more, "synonyms")
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        at = _end(text, node.value[-1])
        at = at if (end := text.find("\n", at)) < 0 else end
        return at, at, "".join(f"\n{' ' * node.start_mark.column}- {quote(name)}" for name in names)
    if isinstance(node, yaml.SequenceNode):
        at = node.value[-1].end_mark.index if node.value else node.start_mark.index + 1
        return at, at, f"{', ' * bool(node.value)}{said}"
    if node is not None:
        before = [quote(item.strip()) for item in str(node.value).split(",") if item.strip()]
        gap = "" if text[node.start_mark.index - 1].isspace() else " "
        return node.start_mark.index, node.end_mark.index, f"{gap}[{', '.join([*before, said])}]"
    return _with_key(text, entry, f"synonyms: [{said}]")


def _with_key(text: str, entry: Entry, line: str) -> Change:
    """Return the change that adds a key to an entry, in the entry's own form."""
    name, more = entry.name, entry.more
    column = name.start_mark.column
    if isinstance(more, yaml.MappingNode):
        at = _end(text, more.value[0][1])
        if more.flow_style:
            return at, at, f", {line}"
        at = at if (end := text.find("\n", at)) < 0 else end
        return at, at, f"\n{' ' * more.start_mark.column}{line}"
    raw = text[name.start_mark.index : name.end_mark.index]
    if entry.listed:
        return name.start_mark.index, name.end_mark.index, f"name: {raw}\n{' ' * column}{line}"
    indent = "\n" + " " * (column + 2)
    start, end = (more.start_mark.index, more.end_mark.index) if more else (name.end_mark.index + 1,) * 2
    description = f"{indent}description: {text[start:end].strip()}" if text[start:end].strip() else ""
    return start, end, f"{description}{indent}{line}"


def _new_entry(text: str, root: yaml.Node | None, name: str, synonyms: Sequence[str]) -> str:
    said = f"synonyms: [{', '.join(map(quote, synonyms))}]"
    gap = "" if not text or text.endswith("\n") else "\n"
    if isinstance(root, yaml.MappingNode):
        return f"{gap}{quote(name)}:\n  {said}\n"
    indent = " " * root.start_mark.column if root else ""
    return f"{gap}{indent}- name: {quote(name)}\n{indent}  {said}\n"


def _with_edits(text: str, edits: Iterable[Change]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
