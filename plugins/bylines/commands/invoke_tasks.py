"""The command line `invoke`: the declared commands as tasks, with the words and options of `bylines`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from bylines.commands.cli import main
from bylines.commands.declare import Arg, Command, Parameter, commands

_WITH_VALUE = ("-r", "--search-root", "-c", "--collection", "-f", "--config")
"""Invoke's own options that take a value, and may stand before a command."""
_HELP = ("-h", "--help")


def tasks() -> Iterator[tuple[str, Any]]:
    """Yield each command as a task of Invoke, with its name."""
    for command in commands().values():
        yield command.name, _task(command)


def run_at_once(arguments: Sequence[str]) -> None:
    """Run the command that Invoke was started for, and end the process; do nothing if it was started for another task.

    Invoke knows no optional arguments and no lists of them. So a command that stands first gets its words as they are.
    `arguments` are those of the process, with the program.
    """
    program, *words = arguments
    if "invoke" not in (os.path.basename(program), os.path.basename(os.path.dirname(program))) and (
        os.path.basename(program) != "inv"
    ):
        return
    while words and words[0].startswith("-"):
        if words[0] in _HELP and len(words) == 2:
            words = [words[1], "--help"]
            break
        if words[0] not in _WITH_VALUE and "=" not in words[0]:
            return
        words = words[1:] if "=" in words[0] else words[2:]
    if words and _is_command(words[0]):
        sys.exit(main(words, "invoke"))


def _is_command(word: str) -> bool:
    return any(word in (each.name, *each.was) for each in commands().values())


def _task(command: Command) -> Any:
    from invoke.parser import Argument
    from invoke.tasks import Task

    class CommandTask(Task):  # type: ignore[misc]
        """A task whose arguments follow from a declaration, not from a signature."""

        def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Any]:
            """Return the arguments as Invoke's parser takes them."""
            shown = [each for each in command.parameters() if not each.hidden]
            return [Argument(**_argument(each)) for each in shown]

    def body(_: Any, **given: Any) -> None:
        sys.exit(main([command.name, *_words(command.parameters(), given)], "invoke"))

    body.__doc__ = f"{command.summary}."
    body.__name__ = command.act.__name__
    return CommandTask(body, name=command.name, positional=())


def _key(parameter: Parameter) -> str:
    """Return the name by which Invoke passes a parameter's value: that of the option, or of the argument."""
    return parameter.name if isinstance(parameter.mark, Arg) else parameter.spelling[2:].replace("-", "_")


def _argument(parameter: Parameter) -> dict[str, Any]:
    is_placed = isinstance(parameter.mark, Arg)
    name, key = parameter.spelling[2:], _key(parameter)
    return {
        "name": key if is_placed else name,
        "attr_name": None if is_placed or name == key else key,  # Invoke takes no alias for itself
        "kind": list if parameter.repeats else parameter.kind,
        "default": None if parameter.required or parameter.repeats else parameter.default,
        "help": parameter.mark.help,
        "positional": is_placed and parameter.required and not parameter.repeats,
    }


def _words(parameters: Sequence[Parameter], given: dict[str, Any]) -> Iterator[str]:
    """Yield what a person would have typed: options, then the arguments."""
    placed = []
    for parameter in parameters:
        value = given.get(_key(parameter))
        if value is None or value == parameter.default:  # an empty one is a value: the guard refuses an empty account
            continue
        values = [str(each) for each in value] if parameter.repeats else [str(value)]
        if isinstance(parameter.mark, Arg):
            placed += values
        elif parameter.kind is bool:
            yield parameter.spelling
        else:
            yield from (f"{parameter.spelling}={each}" for each in values)
    if placed:
        yield "--"
    yield from placed
