"""`python -m bylines build` and `check`: the commands without Invoke (which `tasks.py` needs)."""

from __future__ import annotations

import argparse
import sys

from bylines.commands.build import Wishes, build
from bylines.commands.check import check


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; gives the exit code."""
    options = _parser().parse_args(arguments)
    wishes = Wishes(quiet=options.quiet, json=options.json, wait=options.wait, explain=getattr(options, "explain", ""))
    if options.command == "check":
        return check(options.settings, wishes)
    aside = ".serve" if options.preview else ""
    how = {"preview": options.preview, "verify": options.verify, "strict": options.strict}
    return build(options.settings, aside=aside, wishes=wishes, **how)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bylines", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = _command(commands.add_parser("build", help="build the site"))
    command.add_argument("--verify", action="store_true", help="read every source and page, whatever its time stamp")
    command.add_argument("--strict", action="store_true", help="exit with 1 where anything is wrong in the content")
    command.add_argument("--preview", action="store_true", help="build into .serve/, drafts too, as `serve` shows it")
    command.add_argument("--explain", default="", metavar="PATH", help="say where a page comes from, or a source goes")
    _command(commands.add_parser("check", help="say everything that is wrong in the content"))
    return parser


def _command(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """What all commands that build take."""
    command.add_argument("--settings", default="pelicanconf.py", help="the settings file (pelicanconf.py)")
    command.add_argument("--quiet", action="store_true", help="say only what is wrong")
    command.add_argument("--json", action="store_true", help="say everything as one object of JSON")
    command.add_argument("--wait", type=float, default=Wishes().wait, metavar="SECONDS", help=_WAIT)
    command.add_argument("--no-wait", action="store_const", const=0.0, dest="wait", help="do not wait: exit with 1")
    return command


_WAIT = "how long to wait for another build in the same place (600)"

if __name__ == "__main__":
    sys.exit(main())
