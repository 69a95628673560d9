"""Replaces links and mentions in a text below its header, and verifies that nothing else changes.

Links are found by their form, outside of code. Then the text is rendered before and after: only link targets and mentioned people
may differ. Otherwise the text is left unchanged.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Callable

from bylines import markup
from bylines.control_characters import without_controls
from bylines.markup import MarkupOptions, Outline, Prose, fences
from bylines.markup.mentions import MENTION
from bylines.markup.slots import readable, without_slots

_LINKS = {
    "md": re.compile(
        r"\]\(\s*(?:<(?P<a>[^<>\n]*)>|(?P<b>[^\s)<][^\s)]*))"
        r"|^ {0,3}\[[^\]\n]+\]:[ \t]*(?:<(?P<c>[^<>\n]*)>|(?P<d>\S+))"
        r"|\b(?:href|src|poster)=(?:\"(?P<e>[^\"\n]*)\"|'(?P<f>[^'\n]*)')",
        re.M,
    ),
    "rst": re.compile(
        r"<(?P<a>[^<>\s]+)>`_|^\.\. _[^:\n]+:[ \t]*(?P<b>\S+)|^\.\. (?:\|[^|\n]+\| )?(?:image|figure)::[ \t]*(?P<c>\S+)",
        re.M,
    ),
}
# The text of a link is matched first, since a mention in it is none.
_MENTION = re.compile(rf"\[[^][\n]*\](?=[(\[])|{MENTION.pattern}")
_STARTS = re.compile(r"(?<=<a)[\s\x01][^>]*(?=>)")
"""Attributes that differ if a link leads to another site now."""
_UNSAFE = re.compile(r"[\s<>()\"'\\]|%(?![0-9A-Fa-f]{2})")


class BodyError(Exception):
    """A text that only a person can change."""


def replace_links(
    body: str, kind: str, link: Callable[[str], str], handle: Callable[[str], str], options: MarkupOptions
) -> str:
    """Return the text with each link target replaced by `link`, and each mention (`@ada`) by `handle`. Raises BodyError."""
    _, seen = _read(body, kind, options)
    wanted = {target: new for target in seen.targets if (new := link(target)) != target}
    people = {name: new for name in seen.mentions if (new := handle(f"@{name}")) != f"@{name}"}
    if not wanted and not people:
        return body
    made = _substitute(body, kind, wanted, people)
    if not _changes_only_links(body, made, kind, link, handle, options):
        raise BodyError("its links and mentions could not be changed without changing more")
    return made


def _changes_only_links(
    body: str,
    made: str,
    kind: str,
    link: Callable[[str], str],
    handle: Callable[[str], str],
    options: MarkupOptions,
) -> bool:
    before, seen = _read(body, kind, options)
    after, found = _read(made, kind, options)
    led = {link(target) for target in seen.targets}
    links = {target for target in led if "://" not in target} == set(found.targets)
    people = {handle(f"@{name}") for name in seen.mentions} == {f"@{name}" for name in found.mentions}
    old, new = without_slots(before.content), without_slots(after.content)
    if any("://" in target for target in led):
        old, new = _STARTS.sub("", old), _STARTS.sub("", new)
    return links and people and old == new


def _read(body: str, kind: str, options: MarkupOptions) -> tuple[Prose, Outline]:
    return markup.read(without_controls(body.replace("\r\n", "\n")), kind, options)


def _substitute(body: str, kind: str, wanted: dict[str, str], people: dict[str, str]) -> str:
    done = []
    for text, code in fences.pieces(body) if kind == "md" else [(body, False)]:
        if not code:
            text = _LINKS[kind].sub(lambda found: _link(found, wanted), text)
            text = _MENTION.sub(lambda found: people.get((found[1] or "").lower(), found[0]), text) if people else text
        done.append(text)
    return "".join(done)


def _link(found: re.Match[str], wanted: dict[str, str]) -> str:
    name = str(found.lastgroup)
    written = found[name]
    new = wanted.get(readable(written))
    if new is None:
        return found[0]
    start, end = found.start(name) - found.start(), found.end(name) - found.start()
    return found[0][:start] + _UNSAFE.sub(lambda sign: urllib.parse.quote(sign[0]), new) + found[0][end:]
