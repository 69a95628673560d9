"""Writes docs/commands.md from the declared commands."""

from __future__ import annotations

from collections.abc import Iterator

from bylines.commands.declare import Arg, Command, Option, Parameter, commands

_HEAD = """# Commands

`bylines COMMAND` (also `python -m bylines COMMAND`) and `invoke COMMAND` are the same command line: the same words, the same options.
In a clone of Bylines the programs lie in `.venv/bin/`. `--help` shows a command's options, `invoke --list` also the tasks for
work on the code. A command exits with 0 if all is well, with 1 if it says what is wrong, with 2 if it does not understand its
options. This page is made by `python -m bylines.commands`.
"""


def text() -> str:
    """Return the page."""
    return "\n".join([_HEAD, *(line for command in commands().values() for line in _section(command))])


def _section(command: Command) -> Iterator[str]:
    parameters = [each for each in command.parameters() if not each.hidden]
    yield f"## {command.name}\n"
    yield f"{command.summary}.\n"
    yield f"```sh\n{' '.join(['bylines', command.name, *_usage(parameters)])}\n```\n"
    yield "| | |\n|---|---|"
    for each in parameters:
        yield f"| `{_shown(each)}` | {_meaning(each)} |"
    yield ""


def _usage(parameters: list[Parameter]) -> Iterator[str]:
    for each in parameters:
        if isinstance(each.mark, Arg):
            words = f"{each.spelling}…" if each.repeats else each.spelling
            yield words if each.required else f"[{words}]"
        elif each.required:
            yield _shown(each)
    yield "[OPTIONS]"


def _shown(parameter: Parameter) -> str:
    return (
        parameter.spelling if isinstance(parameter.mark, Arg) else f"{parameter.spelling} {parameter.metavar}".strip()
    )


def _meaning(parameter: Parameter) -> str:
    choices = parameter.mark.choices if isinstance(parameter.mark, Option) else ()
    listed = f": {', '.join(f'`{each}`' for each in choices)}" if choices else ""
    needed = "; required" if parameter.required and not isinstance(parameter.mark, Arg) else ""
    return parameter.mark.help.replace("|", "\\|") + listed + needed
