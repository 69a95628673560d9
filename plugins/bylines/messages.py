"""Collects the messages that our modules and features declare. `python -m bylines.messages` prints docs/messages.md.

Each message is declared in the `messages` module of the package that reports it: a feature, a step of the engine, the guard. A
company's features do the same; their messages have levels, outcomes and mends as ours do.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import pkgutil
import re
import sys
from collections.abc import Iterator
from types import ModuleType

from bylines import features
from bylines.problems import Message

_STEPS = ("engine.scan", "engine.read", "pictures", "markup", "engine.weave", "checking", "guard")


@functools.cache
def own() -> dict[str, Message]:
    """Return our own messages by code, in the order of their codes."""
    found = {message.code: message for module in _own_modules() for message in _messages_of(module)}
    return dict(sorted(found.items()))


@functools.cache
def find(code: str) -> Message | None:
    """Return the message with a code: ours, or one of a company's loaded features. None for a code of another plugin."""
    return next((message for message in _loaded_messages() if message.code == code), None) or own().get(code)


def every() -> list[Message]:
    """Return our messages, and those of a company's loaded features."""
    return [*own().values(), *(message for message in _loaded_messages() if message.code not in own())]


def _own_modules() -> Iterator[ModuleType]:
    for step in _STEPS:
        yield importlib.import_module(f"bylines.{step}.messages")
    for feature in pkgutil.iter_modules(features.__path__, "bylines.features."):
        if importlib.util.find_spec(f"{feature.name}.messages"):
            yield importlib.import_module(f"{feature.name}.messages")


def _loaded_messages() -> list[Message]:
    modules = [module for name, module in sorted(sys.modules.items()) if name.endswith(".messages")]
    return [message for module in modules for message in _messages_of(module)]


def _messages_of(module: ModuleType) -> list[Message]:
    return [value for value in vars(module).values() if isinstance(value, Message)]


def table() -> str:
    """Return docs/messages.md: every message of ours with its mend and its meaning."""
    head = (
        "# Messages\n\n"
        "Everything that a build says about what people wrote: `path:line: what is wrong; how to mend it`. "
        "This page is made by `python -m bylines.messages`.\n\n"
        "| code | level | what is wrong | how to mend it | what it means |\n|---|---|---|---|---|\n"
    )
    rows = (f"| {m.code} | {m.level} | {_cell(m.text)} | {_cell(m.mend)} | {m.meaning} |\n" for m in own().values())
    return head + "".join(rows)


def _cell(text: str) -> str:
    return (
        re.sub(r"{(\w+):?}", r"*\1*", text)
        .replace("|", "\\|")
        .replace("&", "&amp;")
        .replace("[", "\\[")
        .replace("<", "&lt;")
    )


if __name__ == "__main__":
    print(table(), end="")
