"""`content/topics.yaml`: names, synonyms, parents and descriptions of topics."""

from __future__ import annotations

from bylines import markup
from bylines.engine.read import header, text
from bylines.engine.read.header import HeaderError, Node
from bylines.engine.read.meant import Slip
from bylines.engine.read.messages import NOT_A_MAPPING
from bylines.markup import MarkupOptions
from bylines.markup.messages import REMARKS
from bylines.settings.reading import ReadOptions
from tests.old_readers.fields import Fields
from tests.old_readers.records import Reading, TopicEntry, Topics

_PLAIN = MarkupOptions()
TOPIC_KEYS = "name synonyms parents description".split()
_LARGEST = 1_000_000


def read_topics(name: str, data: bytes, options: ReadOptions) -> Reading:
    """The topics file: a list of topics, each a name or a mapping; or a mapping of names to either."""
    shown = f"{options.root}/{name.removeprefix('content/')}"
    decoded = text.decode(shown, data, max(options.max_bytes, _LARGEST))
    if decoded.text is None:
        return Reading(None, tuple(decoded.problems))
    said: list[Slip] = []
    try:
        root = header.parse_yaml(decoded.text, 1, largest=_LARGEST, said=said, all_texts=True)
    except HeaderError as error:
        return Reading(None, (*decoded.problems, error.problem(shown)))
    problems = [*decoded.problems, *header.problems_of(shown, said)]
    if not isinstance(root.value, list | tuple):
        return Reading(None, (*problems, NOT_A_MAPPING.problem(shown, root.line)))
    entries = []
    for item in root.value:
        key, value = (None, item) if isinstance(item, Node) else item
        fields = Fields(shown, _mapping(key, value), TOPIC_KEYS, (key or value).line)
        entry = _entry(fields, key)
        problems += fields.problems
        if entry:
            entries.append(entry)
    return Reading(Topics(entries=tuple(entries)), tuple(problems))


def _mapping(key: Node | None, value: Node) -> Node:
    """A topic's keys; a plain text is its name, or its description where the name stands before it."""
    if isinstance(value.value, str):
        return Node(((Node("description" if key else "name", value.line), value),), value.line)
    return value


def _entry(fields: Fields, key: Node | None) -> TopicEntry | None:
    name = fields.text("name") or (key.value.strip() if key and isinstance(key.value, str) else None)
    if not name:
        fields.missing("name")
        return None
    return TopicEntry(
        name=name,
        synonyms=tuple(node.value for node in fields.texts("synonyms")),
        parents=tuple(node.value for node in fields.texts("parents")),
        description=_description(fields),
    )


def _description(fields: Fields) -> str:
    source = fields.block("description")
    remarks = markup.read(source, "md", _PLAIN)[1].remarks if "<" in source else ()
    for remark in remarks:
        fields.say(REMARKS[remark.code], fields.line("description"), value=remark.value, meant=remark.meant)
    return source
