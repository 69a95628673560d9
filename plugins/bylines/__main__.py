"""`python -m bylines build`: the build as a command, without Invoke (which `tasks.py` needs)."""

from __future__ import annotations

import argparse
import sys

from bylines.commands.build import build


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; gives the exit code."""
    parser = argparse.ArgumentParser(prog="bylines", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("build", help="build the site")
    command.add_argument("--settings", default="pelicanconf.py", help="the settings file (pelicanconf.py)")
    command.add_argument("--verify", action="store_true", help="read every source and page, whatever its time stamp")
    command.add_argument("--strict", action="store_true", help="exit with 1 where anything is wrong in the content")
    command.add_argument("--preview", action="store_true", help="build into .serve/, drafts too, as `serve` shows it")
    options = parser.parse_args(arguments)
    aside = ".serve" if options.preview else ""
    return build(options.settings, aside=aside, preview=options.preview, verify=options.verify, strict=options.strict)


if __name__ == "__main__":
    sys.exit(main())
