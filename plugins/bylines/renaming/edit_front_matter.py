"""Changes values in a header or a YAML file in place; comments, order and quoting stay as they are.

Lines that YAML would misread are read as they were meant (`engine/read/meant`). Texts have their own line ends and byte order
mark.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Concatenate, NamedTuple, ParamSpec

import yaml

from bylines.control_characters import first_control
from bylines.engine.read.meant import as_meant
from bylines.engine.read.text import CLOSING, doubled, kind_of, opening_of

_FIELDS = re.compile(r"\ufeff?(?:[ \t]*\r?\n)*((?:[A-Za-z][\w-]*:[^\n]*(?:\n|\Z)(?:[ \t]+\S[^\n]*(?:\n|\Z))*)+)")
_RST_FIELDS = re.compile(r"^((?::[^:\n]+:[^\n]*(?:\n|\Z)(?:[ \t]+\S[^\n]*(?:\n|\Z))*)+)", re.M)


class FormError(Exception):
    """A header that cannot be edited in its present form; the message says why."""


class Header(NamedTuple):
    """The position of a header in a text."""

    start: int
    end: int
    form: str
    """'yaml', or how a key is written: '{}:' (Pelican's) or ':{}:' (reStructuredText)."""
    all_texts: bool = False
    """Whether all values are texts, as in a list of topics."""


class Scalar(NamedTuple):
    """A value: the keys that lead to it (the path of a key itself ends with ''), its text, and its position."""

    path: tuple[str, ...]
    value: str
    start: int
    end: int
    style: str


def header_of(name: str, text: str) -> Header | None:
    """Return the header of a source, which is the whole of a YAML file; None if there is none."""
    if name.endswith((".yaml", ".yml")):
        return Header(int(text.startswith("\ufeff")), len(text), "yaml", all_texts=name.endswith("/topics.yaml"))
    if opening := opening_of(text, kind_of(name)):
        return _between(text, opening)
    rst = kind_of(name) == "rst"
    fields = _RST_FIELDS.search(text) if rst else _FIELDS.match(text)
    return Header(fields.start(1), fields.end(1), ":{}:" if rst else "{}:") if fields else None


def _between(text: str, opening: re.Match[str]) -> Header | None:
    closing = CLOSING.search(text, opening.end())
    if closing is None:
        return None
    again = doubled(text, closing) if not text[opening.end() : closing.start()].strip() else None
    return Header(closing.end(), again.start(), "yaml") if again else Header(opening.end(), closing.start(), "yaml")


def body_start(text: str, header: Header | None) -> int:
    """Return where the text below a header begins."""
    if header is None or header.form != "yaml":
        return header.end if header else 0
    closing = CLOSING.match(text, header.end)
    return closing.end() if closing else header.end


def with_mended_lines(text: str, header: Header) -> tuple[str, Header]:
    """Return the text and its header after mending the lines that YAML would misread."""
    if header.form != "yaml":
        return text, header
    lines = text[header.start : header.end]
    mended = as_meant(lines.replace("\r\n", "\n"), all_texts=header.all_texts).text
    if mended == lines.replace("\r\n", "\n"):
        return text, header
    mended = mended.replace("\n", _newline(lines))
    return text[: header.start] + mended + text[header.end :], header._replace(end=header.start + len(mended))


_Rest = ParamSpec("_Rest")


def _on_mended_lines(
    edit: Callable[Concatenate[str, Header, _Rest], str],
) -> Callable[Concatenate[str, Header, _Rest], str]:
    """Decorate an edit so that it sees the mended lines, and keeps the writer's own lines where it changes nothing."""

    def edited(text: str, header: Header, /, *rest: _Rest.args, **more: _Rest.kwargs) -> str:
        plain, found = with_mended_lines(text, header)
        made = edit(plain, found, *rest, **more)
        return made if plain is text else with_own_lines(text, plain, made)

    return functools.update_wrapper(edited, edit)


def with_own_lines(text: str, plain: str, made: str) -> str:
    """Return `made`, but with the writer's own lines of `text` where `plain` was not changed."""
    own, before, after = (each.split("\n") for each in (text, plain, made))
    if len(before) == len(after):
        pairs = zip(own, before, after, strict=True)
        return "\n".join(mine if old == new else new for mine, old, new in pairs)
    most = min(len(before), len(after))
    first = next((at for at in range(most) if before[at] != after[at]), most)
    last = next((at for at in range(most - first) if before[-1 - at] != after[-1 - at]), most - first)
    return "\n".join([*own[:first], *after[first : len(after) - last], *own[len(own) - last :]])


def scalars(text: str, header: Header) -> list[Scalar]:
    """Return every value of a YAML header. Raises FormError."""
    root = _root(text, header)
    return [] if root is None else list(_below(root, (), header.start))


def _root(text: str, header: Header) -> yaml.Node | None:
    try:
        return yaml.compose(text[header.start : header.end], Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise FormError(str(error).partition("\n")[0]) from error


def _below(node: yaml.Node, path: tuple[str, ...], offset: int) -> Iterator[Scalar]:
    if isinstance(node, yaml.ScalarNode):
        yield Scalar(path, node.value, offset + node.start_mark.index, offset + node.end_mark.index, node.style or "")
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _below(item, path, offset)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _below(key, (*path, ""), offset)
            yield from _below(value, (*path, str(key.value)), offset)


@_on_mended_lines
def with_values(text: str, header: Header, change: Callable[[Scalar], str]) -> str:
    """Return the text with each value replaced by `change`. Raises FormError."""
    if header.form != "yaml":
        return _with_fields(text, header, change)
    changed = [(scalar, new) for scalar in scalars(text, header) if (new := change(scalar)) != scalar.value]
    return _with_edits(text, [(s.start, s.end, _requote(text, s, new)) for s, new in changed])


def _requote(text: str, scalar: Scalar, new: str) -> str:
    """Return the source form of a new value; in a block of several lines each word is replaced. Raises FormError."""
    if scalar.style not in ("|", ">"):
        return _quote_like(scalar, new)
    raw, at = text[scalar.start : scalar.end], 0
    for before, after in zip(scalar.value.split(), new.split(), strict=False):
        at = raw.find(before, at)
        if at < 0:
            break
        raw = raw[:at] + after + raw[at + len(before) :]
        at += len(after)
    if _parse(f"x: {raw}") != new:
        raise FormError(f"{scalar.path[-1]} is a text of several lines that could not be changed")
    return raw


def _quote_like(scalar: Scalar, new: str) -> str:
    """Return a new value in the quotes of the old one. A plain value with a comma cannot be in a list, so commas need no quotes."""
    return quote(new, scalar.style) if scalar.style or _is_plain(scalar.value) else _quote_alone(new)


def _with_fields(text: str, header: Header, change: Callable[[Scalar], str]) -> str:
    """Return the text with each value of Pelican's header lines replaced by `change`; commas or semicolons separate the items of
    lists.
    """
    edits: list[tuple[int, int, str]] = []
    for found in _lines(text, header):
        key, start = found[1].strip().lower(), header.start + found.start(2)
        for part in re.finditer(r"[^\s,;](?:[^,;\n]*[^\s,;])?", found[2]):
            place = Scalar((key,), part[0], start + part.start(), start + part.end(), "")
            if (new := change(place)) != part[0]:
                edits.append((place.start, place.end, new))
    return _with_edits(text, edits)


def _lines(text: str, header: Header) -> Iterable[re.Match[str]]:
    return re.finditer(r"^:?([^:\n]+):[ \t]*([^\r\n]*)", text[header.start : header.end], re.M)


def _with_edits(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def quote(value: str, style: str = "") -> str:
    """Return a value as YAML, in the given quotes, or in double quotes if it needs them."""
    if style == "'":
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and value == value.strip() and _is_plain(value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_plain(value: str) -> bool:
    """Return whether a text needs no quotes, not even in a list between brackets."""
    return _parse(f"[{value}]") == [value]


def _parse(text: str) -> object:
    """Return the value of a YAML text: a text, or a list of texts; None if it is anything else."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    if isinstance(node, yaml.SequenceNode):
        return [item.value if isinstance(item, yaml.ScalarNode) else None for item in node.value]
    if isinstance(node, yaml.MappingNode) and isinstance(node.value[0][1], yaml.ScalarNode):
        return node.value[0][1].value
    return None


@_on_mended_lines
def with_key(text: str, header: Header, key: str, value: str) -> str:
    """Return the text with a new value at a key, which is added at the header's end if it is missing.

    Raises FormError.
    """
    if header.form != "yaml":
        found = _line(text, header, key)
        if found is None:
            return _with_line(text, header, key.title(), value)
        return text[: header.start + found.start(2)] + value + text[header.start + found.end(2) :]
    node = _value(text, header, key)
    if node is None:
        return _with_line(text, header, key, _quote_alone(value))
    if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">"):
        raise FormError(f"{key} is not a short text")
    start, end = header.start + node.start_mark.index, header.start + node.end_mark.index
    gap = "" if text[start - 1 : start].isspace() else " "
    return text[:start] + gap + (quote(value, node.style) if node.style else _quote_alone(value)) + text[end:]


def _with_line(text: str, header: Header, key: str, written: str) -> str:
    form, indent = header.form, ""
    if form == "yaml":
        root = _root(text, header)
        if root is None and first_control(text) >= 0:
            raise FormError("control characters stand in it, so that its end is not where it seems to be")
        if root is not None and (not isinstance(root, yaml.MappingNode) or root.flow_style):
            raise FormError("it is not written as lines of 'key: value'")
        form, indent = "{}:", " " * (root.start_mark.column if root else 0)
    end = _newline(text)
    before = text[: header.end]
    gap = "" if not before or before.endswith("\n") else end
    return f"{before}{gap}{indent}{form.format(key)} {written}{end}{text[header.end :]}"


def _quote_alone(value: str) -> str:
    """Return a value as YAML after its key, where commas need no quotes."""
    return value if _parse(f"x: {value}") == value else quote(value, '"')


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


@_on_mended_lines
def with_item(text: str, header: Header, key: str, value: str) -> str:
    """Return the text with one more item in a key's list, which is created if it is missing. Raises FormError."""
    if header.form != "yaml":
        found = _line(text, header, key)
        if found is None:
            return _with_line(text, header, key.title(), value)
        at = header.start + found.end(2)
        return text[:at] + (", " if found[2].strip() else "") + value + text[at:]
    node = _value(text, header, key)
    if node is None:
        return _with_line(text, header, key, f"[{quote(value)}]")
    if isinstance(node, yaml.ScalarNode):
        return _as_list(text, header, node, value)
    if not isinstance(node, yaml.SequenceNode):
        raise FormError(f"{key} is not a list")
    last = header.start + (node.value[-1].end_mark.index if node.value else node.start_mark.index + 1)
    if node.flow_style:
        return f"{text[:last]}{', ' * bool(node.value)}{quote(value)}{text[last:]}"
    at = text.find("\n", last)
    item = f"{' ' * node.start_mark.column}- {quote(value)}"
    return f"{text[: at + 1]}{item}{_newline(text)}{text[at + 1 :]}" if at >= 0 else f"{text}{_newline(text)}{item}"


def _as_list(text: str, header: Header, node: yaml.ScalarNode, value: str) -> str:
    """Return the text with a scalar (items between commas, or nothing) turned into a list with one more item."""
    start, end = header.start + node.start_mark.index, header.start + node.end_mark.index
    items = [quote(item.strip()) for item in node.value.split(",") if item.strip()]
    gap = "" if text[start - 1 : start].isspace() else " "
    return f"{text[:start]}{gap}[{', '.join([*items, quote(value)])}]{text[end:]}"


def _line(text: str, header: Header, key: str) -> re.Match[str] | None:
    return next((line for line in _lines(text, header) if line[1].strip().lower() == key), None)


def _value(text: str, header: Header, key: str) -> yaml.Node | None:
    root = _root(text, header)
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


@_on_mended_lines
def without_item(text: str, header: Header, key: str, value: str) -> str:
    """Return the text without an item of a YAML list. A list that would be empty is removed with its key."""
    node = _value(text, header, key) if header.form == "yaml" else None
    if not isinstance(node, yaml.SequenceNode):
        return text
    gone = [item for item in node.value if item.value == value]
    kept = [item for item in node.value if item.value != value]
    if not gone:
        return text
    if not kept:
        return _without_key(text, header, key)
    if node.flow_style:
        start, end = header.start + node.start_mark.index, header.start + node.end_mark.index
        raw = [text[header.start + item.start_mark.index : header.start + item.end_mark.index] for item in kept]
        return f"{text[:start]}[{', '.join(raw)}]{text[end:]}"
    for item in reversed(gone):
        at = header.start + item.start_mark.index
        text = _without_lines(text, at, header.start + item.end_mark.index)
    return text


def items(text: str, header: Header, key: str) -> list[str]:
    """Return the items at a key: of a list, or, for `aliases`, of a text with commas; other texts are one item. Raises FormError."""
    if header.form != "yaml":
        found = _line(text, header, key)
        return _parts(found[2], key) if found else []
    node = _value(text, header, key)
    if isinstance(node, yaml.SequenceNode):
        return [str(item.value) for item in node.value]
    return _parts(str(node.value), key) if isinstance(node, yaml.ScalarNode) else []


def _parts(said: str, key: str) -> list[str]:
    parts = [said] if key != "aliases" else re.split(r"[,;]", said)
    return [part.strip() for part in parts if part.strip()]


def with_items(text: str, header: Header, key: str, kept: list[str]) -> str:
    """Return the text with only the items `kept` at a key; without the key if there are none. Raises FormError."""
    if header.form == "yaml" and isinstance(_value(text, header, key), yaml.SequenceNode):
        for item in {*items(text, header, key)} - {*kept}:
            text = without_item(text, header_again(text, header), key, item)
        return text
    if kept:
        return with_key(text, header, key, ", ".join(kept))
    if header.form == "yaml":
        return _without_key(text, header, key)
    found = _line(text, header, key)
    return _without_lines(text, header.start + found.start(), header.start + found.end()) if found else text


def header_again(text: str, header: Header) -> Header:
    """Return the position of a header after its text was changed."""
    return header_of("x.yaml" if header.start == 0 else "x.md", text) or header


def _without_key(text: str, header: Header, key: str) -> str:
    root = _root(text, header)
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    for name, value in pairs:
        if name.value == key:
            last = value.value[-1] if isinstance(value, yaml.SequenceNode) and not value.flow_style else value
            return _without_lines(text, header.start + name.start_mark.index, header.start + last.end_mark.index)
    return text


def _without_lines(text: str, start: int, end: int) -> str:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return text[:first] + (text[last + 1 :] if last >= 0 else "")


def pairs(text: str, header: Header) -> list[tuple[str, tuple[str, ...] | None, bool]]:
    """Return each key of a YAML header with its texts (None if it has other values), and whether they are a list."""
    root = _root(*with_mended_lines(text, header)) if header.form == "yaml" else None
    found: list[tuple[str, tuple[str, ...] | None, bool]] = []
    for name, value in root.value if isinstance(root, yaml.MappingNode) else ():
        items = value.value if isinstance(value, yaml.SequenceNode) else [value]
        plain = all(isinstance(item, yaml.ScalarNode) for item in items)
        texts = tuple(item.value for item in items) if plain else None
        found.append((str(name.value), texts, isinstance(value, yaml.SequenceNode)))
    return found


def keys(text: str, header: Header) -> set[str]:
    """Return the keys of a header that have a value. Raises FormError."""
    text, header = with_mended_lines(text, header)
    if header.form != "yaml":
        return {found[1].strip().lower() for found in _lines(text, header) if found[2].strip()}
    root = _root(text, header)
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    return {name.value for name, value in pairs if not isinstance(value, yaml.ScalarNode) or value.value}
