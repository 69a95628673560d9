"""How a command is declared: a function whose signature says what it takes, under the decorator `command`.

    @command("rename-post", "Give a post another address")
    def rename_post(post: Annotated[str, Arg("handle/slug")], *, yes: Annotated[bool, Option("do not ask")] = False) -> int:

Both command lines, `bylines` and `invoke`, are made of these declarations, and so is docs/commands.md.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints


class Arg(NamedTuple):
    """An argument that is given by its place. One with a default may be left out."""

    help: str
    metavar: str = ""
    """What stands for it in the usage; empty for its name in capitals."""
    was: tuple[str, ...] = ()
    """Old options that it was given by."""


class Option(NamedTuple):
    """An option. A boolean one is a switch; one that takes a sequence may be given again."""

    help: str
    metavar: str = ""
    choices: tuple[str, ...] = ()
    name: str = ""
    """The option as it is typed; empty for what follows from the parameter's name."""
    was: tuple[str, ...] = ()
    """Old spellings."""
    hidden: bool = False
    """Whether help leaves it out, because it is an old way to say something."""


class Parameter(NamedTuple):
    """A parameter of a command."""

    name: str
    """As Python has it."""
    mark: Arg | Option
    kind: type
    """`bool`, `int`, `float` or `str`."""
    repeats: bool
    """Whether it takes several values."""
    default: Any
    """`REQUIRED` where it has to be given."""

    @property
    def required(self) -> bool:
        """Whether it has to be given."""
        return self.default is REQUIRED

    @property
    def spelling(self) -> str:
        """How it is typed: `--dry-run`; for an argument what stands for it in the usage."""
        if isinstance(self.mark, Arg):
            return self.mark.metavar or self.name.upper()
        return self.mark.name or "--" + self.name.replace("_", "-")

    @property
    def metavar(self) -> str:
        """What stands for its value in the usage; empty for a switch and for one of several choices."""
        if self.kind is bool or (isinstance(self.mark, Option) and self.mark.choices):
            return ""
        return self.mark.metavar or self.name.upper().replace("_", "-")

    @property
    def hidden(self) -> bool:
        """Whether help leaves it out."""
        return isinstance(self.mark, Option) and self.mark.hidden


class Command(NamedTuple):
    """A command of both command lines."""

    name: str
    summary: str
    """What it does, in the imperative, without a full stop."""
    act: Callable[..., int]
    """Runs it; returns the exit code."""
    was: tuple[str, ...]
    """Old names."""

    def parameters(self) -> list[Parameter]:
        """Return the parameters in the order of the signature."""
        return list(_parameters(self.act))


class UsageError(Exception):
    """Says that options do not go together. The command line shows it with the usage and exits with 2."""


class _Required:
    pass


REQUIRED = _Required()
_declared: list[Command] = []


def command(
    name: str, summary: str, *, was: tuple[str, ...] = ()
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Declare a function as a command. `was` are old names, which still work."""

    def declare(act: Callable[..., int]) -> Callable[..., int]:
        _declared.append(Command(name, summary, act, was))
        return act

    return declare


@functools.cache
def commands() -> dict[str, Command]:
    """Return all commands by name, in the order in which help lists them."""
    from bylines.commands import building, publication, upkeep, writing  # noqa: F401 (each declares its own)

    return {each.name: each for each in _declared}


def _parameters(act: Callable[..., int]) -> Iterator[Parameter]:
    code, hints = act.__code__, get_type_hints(act, include_extras=True)
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    placed = names[: code.co_argcount]
    given = act.__defaults__ or ()
    defaults = dict(zip(placed[len(placed) - len(given) :], given, strict=True)) | (act.__kwdefaults__ or {})
    for name in names:
        hint = hints[name]
        kind, repeats = _kind(hint.__origin__)
        yield Parameter(name, hint.__metadata__[0], kind, repeats, defaults.get(name, REQUIRED))


def _kind(hint: Any) -> tuple[type, bool]:
    """Return the type of one value, and whether there may be several: `Sequence[str]`, `str | None`, `int`."""
    arguments = get_args(hint)
    return (arguments[0] if arguments else hint), get_origin(hint) is Sequence
