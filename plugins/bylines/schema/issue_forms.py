"""The forms of git hosts in which people without a copy of the repository write a file: of each kind that has a door.

An address can fill in text fields alone, so a choice is a text field that names the words. GitHub's form is also that of
Gitea and Forgejo; GitLab has a text with the same questions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from bylines.engine.read.document import Document
from bylines.engine.read.markers import Choice, Listed, Markdown

if TYPE_CHECKING:
    from bylines.engine.read.kind import Kind

GUIDE = "docs/employee.md"
"""The page that says how people write in the browser."""
_SELF = (
    "You can also write it yourself, here in the browser: {guide} says how, under 'In the browser, without a clone'."
)
_HANDLE = "The end of your blog's address, /blogs/ada/. If you have no blog yet, write your name as it is to be shown."
_TEXT = (
    "In Markdown. Drag pictures into the field, and say what each shows. "
    "Nothing confidential, please, since whoever reads this repository reads it."
)
_MINE = "I wrote this, and it may be published under my name."


class Question(NamedTuple):
    """A field of a form."""

    id: str
    label: str
    about: str
    example: str = ""
    is_long: bool = False
    is_needed: bool = False


def forms(kinds: Iterable[Kind], guide: str = GUIDE) -> dict[str, str]:
    """Return the forms of all kinds that have a door, for both families of hosts, by their paths."""
    found: dict[str, str] = {}
    for kind in kinds:
        if kind.door:
            found[f".github/ISSUE_TEMPLATE/{kind.door.name}.yml"] = for_github(kind, guide)
            found[f".gitlab/issue_templates/{kind.door.name.capitalize()}.md"] = for_gitlab(kind, guide)
    return found


def for_github(kind: Kind, guide: str = GUIDE) -> str:
    """Return the form of a kind as GitHub, Gitea and Forgejo have it."""
    body = "\n".join(_field(question) for question in questions(kind))
    return (
        f"name: Propose {_a(kind)}\ndescription: {_yaml(_why(kind))}\n"
        f'title: "{kind.name.capitalize()}: "\nlabels: [{kind.name}]\nbody:\n'
        f"  - type: markdown\n    attributes:\n      value: >-\n        {_SELF.format(guide=guide)}\n{body}\n"
        "  - type: checkboxes\n    id: mine\n    attributes:\n      label: Whose it is\n      options:\n"
        f"        - label: {_MINE}\n          required: true\n"
    )


def for_gitlab(kind: Kind, guide: str = GUIDE) -> str:
    """Return the same questions as GitLab has them."""
    asked = "\n\n".join(f"**{each.label}**{_aside(each)}:" for each in questions(kind))
    return (
        f"<!-- {_why(kind)}\n     {_SELF.format(guide=guide)} -->\n\n{asked}\n\n- [ ] {_MINE}\n\n/label ~{kind.name}\n"
    )


def questions(kind: Kind) -> Iterator[Question]:
    """Yield what a form asks: whose it is, the keys of the door, and the text."""
    if kind.owner in ("folder", "profile"):
        yield Question("handle", "Your handle", _HANDLE, is_needed=True)
    for key in kind.door.ask if kind.door else ():
        marker = kind.keyset.markers[key]
        about, example = _sentence(marker.about), marker.example if marker.has_example else ""
        if isinstance(marker, Listed):
            about, example = f"{about} With commas between them.", example.strip("[]").replace("'", "")
        choices = f" ({', '.join(marker.choices)})" if isinstance(marker, Choice) else ""
        is_long = isinstance(marker, Markdown)
        yield Question(key, _label(key) + choices, about, example, is_long=is_long, is_needed=bool(marker.required))
    if issubclass(kind.record, Document):
        yield Question("text", "Text", _TEXT, is_long=True, is_needed=True)


def _why(kind: Kind) -> str:
    where = "puts it into your blog" if kind.owner == "folder" else f"adds your {kind.name}"
    return f"You have something to say and no copy of this repository. Somebody {where}."


def _a(kind: Kind) -> str:
    return f"{'an' if kind.name[0] in 'aeiou' else 'a'} {kind.name}"


def _label(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _sentence(about: str) -> str:
    plain = about.replace("`", "")
    return f"{plain[:1].upper()}{plain[1:]}."


def _aside(question: Question) -> str:
    one_sentence = re.sub(r"\. (\w)", lambda found: f"; {found[1].lower()}", question.about.rstrip("."))
    return f" ({one_sentence[0].lower()}{one_sentence[1:]})" if one_sentence else ""


def _field(question: Question) -> str:
    lines = [f"  - type: {'textarea' if question.is_long else 'input'}", f"    id: {question.id}", "    attributes:"]
    lines.append(f"      label: {_yaml(question.label)}")
    lines += [f"      description: {_yaml(question.about)}"] if question.about else []
    lines += [f"      placeholder: {_yaml(question.example)}"] if question.example else []
    lines += ["    validations:", "      required: true"] if question.is_needed else []
    return "\n".join(lines)


def _yaml(text: Any) -> str:
    """Return a text as a YAML value, in quotes where it needs them."""
    return text if re.fullmatch(r"[A-Za-z](?:[^:#\n]|:(?! ))*[^\s:]", text) else json.dumps(text, ensure_ascii=False)
