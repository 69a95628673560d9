"""`python -m bylines build`, `check`, `new-post` …: the commands without Invoke (which `tasks.py` needs)."""

from __future__ import annotations

import argparse
import sys

from bylines.commands.build import Wishes, build
from bylines.commands.check import FORMATS, What, check
from bylines.commands.guard import HOSTS, codeowners, guard
from bylines.commands.published import published
from bylines.commands.writers import add_words, said


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; gives the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if hasattr(options, "act"):
        return said(options)
    wishes = Wishes(**{name: getattr(options, name) for name in Wishes._fields if hasattr(options, name)})
    if options.command == "check":
        what = What(**{name: getattr(options, name) for name in What._fields})
        return check(options.settings, wishes, what)
    if options.command == "guard":
        return guard(options.base, options.head, options.account, options.format)
    if options.command == "codeowners":
        return codeowners(options.host, options.rev)
    if options.command == "published":
        return published(options.folder, options.settings, wishes, ask=options.ask)
    if wishes.manifest and not wishes.delta:
        parser.error("--manifest goes with --delta")
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
    command.add_argument(
        "--delta", default="", metavar="DIR", help="write only what is to be uploaded and deleted, there"
    )
    command.add_argument("--manifest", default="", metavar="FILE", help=_MANIFEST)
    command = _command(commands.add_parser("published", help="note that a delta was uploaded as a whole"))
    command.add_argument("folder", metavar="DIR", help="the delta")
    command.add_argument("--ask", action="store_true", help="say only whether it is the one to upload, before")
    command.add_argument("--manifest", default="", metavar="FILE", help=_MANIFEST)
    command = _command(commands.add_parser("check", help="say what is wrong in what changed, and mend it"))
    command.add_argument("--base", default="", metavar="REV", help="what this branch has that a commit has not")
    command.add_argument("--staged", action="store_true", help="what is staged for the next commit, as it is staged")
    command.add_argument("--all", action="store_true", help="the whole site, by a build of it in .check/")
    command.add_argument("--fix", action="store_true", help="mend what has one right answer")
    command.add_argument("--format", choices=FORMATS, default="text", help="for whom it is said (text)")
    command = commands.add_parser("guard", help="say what of a change its writers may not write")
    command.add_argument("--base", required=True, metavar="REV", help="the tip of the branch that it goes to")
    command.add_argument("--head", default="HEAD", metavar="REV", help="the tip of the change (HEAD)")
    command.add_argument("--account", metavar="NAME", help="who asks for it, as the git host knows them")
    command.add_argument("--format", choices=FORMATS, default="text", help="for whom it is said (text)")
    command = commands.add_parser("codeowners", help="print CODEOWNERS, by the same rules")
    command.add_argument("--host", choices=HOSTS, default="github", help="for which git host (github)")
    command.add_argument("--rev", default="HEAD", help="the commit whose rules and profiles are meant (HEAD)")
    add_words(commands)
    return parser


def _command(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """What all commands that build take."""
    command.add_argument("--settings", default="pelicanconf.py", help="the settings file (pelicanconf.py)")
    command.add_argument("--quiet", action="store_true", help="say only what is wrong")
    command.add_argument("--json", action="store_true", help="say everything as one object of JSON")
    command.add_argument("--wait", type=float, default=Wishes().wait, metavar="SECONDS", help=_WAIT)
    command.add_argument("--no-wait", action="store_const", const=0.0, dest="wait", help="do not wait: exit with 1")
    return command


_MANIFEST = "the file that says what is served (beside the store)"
_WAIT = "how long to wait for another build in the same place (600)"

if __name__ == "__main__":
    sys.exit(main())
