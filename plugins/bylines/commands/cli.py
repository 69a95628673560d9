"""The command line `bylines`, made of the declared commands by argparse."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from bylines.commands.broken_pipe import fall_silent
from bylines.commands.build import INTERRUPTED
from bylines.commands.declare import Arg, Command, Option, Parameter, UsageError, commands

_DESCRIPTION = (
    "Build, check and publish a site of blogs, and keep what it is made of. `bylines COMMAND --help` says more."
)


def main(arguments: Sequence[str] | None = None, program: str = "bylines") -> int:
    """Run the command line; return the exit code. `program` is the name by which usage calls it."""
    words = modern(sys.argv[1:] if arguments is None else arguments)
    parser, parsers = _parser(program, words)
    given = vars(parser.parse_args(words))
    chosen = given.pop("command")
    try:
        code = commands()[chosen].act(**given)
        sys.stdout.flush()
    except UsageError as error:
        parsers[chosen].error(str(error))
    except BrokenPipeError:
        return fall_silent()
    except KeyboardInterrupt:  # in a command that has nothing to say about it
        print("error: interrupted", file=sys.stderr)
        return INTERRUPTED
    return code


def parsers(program: str = "bylines") -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command, by its name."""
    return _parser(program, ())[1]


def modern(words: Sequence[str]) -> list[str]:
    """Return the words with old spellings replaced by today's."""
    if not words:
        return []
    old_names = {old: each.name for each in commands().values() for old in each.was}
    name = old_names.get(words[0], words[0])
    if name not in commands():
        return list(words)
    return [name, *_modern(commands()[name], words[1:])]


def _modern(command: Command, words: Sequence[str]) -> Iterator[str]:
    old = {was: each for each in command.parameters() for was in each.mark.was}
    for place, word in enumerate(words):
        if word == "--":
            yield from words[place:]
            return
        option, sign, value = word.partition("=")
        parameter = old.get(option)
        if parameter is None:
            yield word
        elif isinstance(parameter.mark, Option):
            yield parameter.spelling + sign + value
        elif sign:  # an argument that was an option: its value alone is left
            yield value


def _parser(program: str, words: Sequence[str]) -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """Return the parser and that of each command; if a command is the first word, its options alone are read."""
    parser = argparse.ArgumentParser(prog=program, description=_DESCRIPTION, allow_abbrev=False)
    below = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    called = {}
    for command in commands().values():
        called[command.name] = below.add_parser(
            command.name,
            help=_plain(command.summary),
            description=_plain(f"{command.summary}."),
            allow_abbrev=False,
        )
        if not words or words[0] == command.name or words[0] not in commands():
            for parameter in command.parameters():
                _add(called[command.name], parameter)
    return parser, called


def _add(parser: argparse.ArgumentParser, parameter: Parameter) -> None:
    mark = parameter.mark
    how: dict[str, Any] = {"help": argparse.SUPPRESS if parameter.hidden else _plain(mark.help)}
    if parameter.metavar:
        how["metavar"] = parameter.metavar
    if isinstance(mark, Arg):
        if parameter.repeats:
            how["nargs"] = "+"
        elif not parameter.required:
            how |= {"nargs": "?", "default": parameter.default}
        parser.add_argument(parameter.name, type=parameter.kind, **how)
        return
    how["dest"] = parameter.name
    if parameter.kind is bool:
        how["action"] = "store_true"
    else:
        how |= {"type": parameter.kind, "required": parameter.required}
        how["default"] = (
            list(parameter.default) if parameter.repeats else None if parameter.required else parameter.default
        )
        how |= {"choices": mark.choices} if mark.choices else {}
        how |= {"action": "append"} if parameter.repeats else {}
    parser.add_argument(parameter.spelling, **how)


def _plain(text: str) -> str:
    return text.replace("%", "%%")
