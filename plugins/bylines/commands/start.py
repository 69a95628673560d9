"""The command line of those who begin a site and look at it: `quickstart`, `serve`."""

from __future__ import annotations

import argparse
from typing import Any

from bylines.quickstart.answers import FOLDER, QUESTIONS


def add_start(commands: Any) -> None:
    """Adds the commands to a parser's; each notes what it does as `act`."""
    _add_quickstart(commands)
    command = commands.add_parser("serve", help="show the site in a browser, drafts too, and build it at every change")
    command.set_defaults(act=_serve)
    command.add_argument("--settings", default="pelicanconf.py", help="the settings file (pelicanconf.py)")
    command.add_argument("--port", type=int, default=8000, help="the port on this machine (8000)")


def _add_quickstart(commands: Any) -> None:
    command = commands.add_parser("quickstart", help="begin a content repository for a new company")
    command.set_defaults(act=_quickstart)
    command.add_argument("folder", nargs="?", default="", metavar="FOLDER", help=f"where it goes ({FOLDER})")
    for question in QUESTIONS:
        command.add_argument(question.option, default="", help=f"{question.text[0].lower()}{question.text[1:]}")
    command.add_argument("--bylines", default="", metavar="REQUIREMENT", help="for pip, in place of what runs here")
    command.add_argument("--git", action="store_true", help="begin a git repository there, with a first commit")


def _quickstart(options: argparse.Namespace) -> int:
    from bylines.commands.quickstart import quickstart  # a build has no need of it

    given = {question.field: getattr(options, question.field) for question in QUESTIONS}
    return quickstart(options.folder, given, bylines=options.bylines, git=options.git)


def _serve(options: argparse.Namespace) -> int:
    from bylines.commands.serve import serve

    return serve(options.settings, options.port)
