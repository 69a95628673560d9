"""`python -m bylines build`, `check`, `new-post` …: the commands without Invoke (which `tasks.py` needs)."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from bylines import utf8
from bylines.commands.build import INTERRUPTED, Wishes, build
from bylines.commands.check import FORMATS, What, check
from bylines.commands.doctor import doctor
from bylines.commands.guard import HOSTS, codeowners, guard
from bylines.commands.import_blog import KINDS, Import, import_blog
from bylines.commands.publish import SETTINGS as PUBLICATION
from bylines.commands.publish import publish
from bylines.commands.published import published
from bylines.commands.start import add_start
from bylines.commands.unheard import fall_silent
from bylines.commands.verify import verify
from bylines.commands.weekly import Weekly, report
from bylines.commands.writers import add_words, said


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; gives the exit code."""
    parser = argparse.ArgumentParser(prog="bylines", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for add in (
        add_start,
        _add_build,
        _add_published,
        _add_publish,
        _add_verify,
        _add_check,
        add_words,
        _add_import,
        _add_guard,
        _add_codeowners,
        _add_doctor,
        _add_report,
    ):
        add(commands)
    options = parser.parse_args(arguments)
    if getattr(options, "manifest", "") and not getattr(options, "delta", "-"):
        parser.error("--manifest goes with --delta")
    try:
        code = said(options)
        sys.stdout.flush()
    except BrokenPipeError:
        return fall_silent()
    except KeyboardInterrupt:  # in a command that has nothing to say about it
        print("error: interrupted", file=sys.stderr)
        return INTERRUPTED
    return code


def run() -> NoReturn:
    """Runs the command line and ends the process."""
    utf8.ensure_utf8()
    code = main()
    gc.freeze()  # all of it goes with the process; to look through it before took a tenth of a small command's time
    sys.exit(code)


def _add_build(commands: Any) -> None:
    def act(options: argparse.Namespace) -> int:
        how = {"preview": options.preview, "verify": options.verify, "strict": options.strict}
        return build(options.settings, aside=".serve" if options.preview else "", wishes=_wishes(options), **how)

    command = _command(commands, "build", "build the site", act)
    command.add_argument("--verify", action="store_true", help="read every source and page, whatever its time stamp")
    command.add_argument(
        "--strict", action="store_true", help="exit with 1 where there is any message about the content"
    )
    command.add_argument("--all-messages", action="store_true", help=_ALL_MESSAGES)
    command.add_argument("--preview", action="store_true", help="build into .serve/, drafts too, as `serve` shows it")
    command.add_argument("--explain", default="", metavar="PATH", help="say where a page comes from, or a source goes")
    command.add_argument(
        "--delta", default="", metavar="DIR", help="write only what is to be uploaded and deleted, there"
    )
    command.add_argument("--manifest", default="", metavar="FILE", help=_MANIFEST)


def _add_published(commands: Any) -> None:
    def act(options: argparse.Namespace) -> int:
        return published(options.folder, options.settings, _wishes(options), ask=options.ask)

    command = _command(commands, "published", "note that a delta was uploaded as a whole", act)
    command.add_argument("folder", metavar="DIR", help="the delta")
    command.add_argument("--ask", action="store_true", help="say only whether it is the one to upload, before")
    command.add_argument("--manifest", default="", metavar="FILE", help=_MANIFEST)


def _add_publish(commands: Any) -> None:
    def act(options: argparse.Namespace) -> int:
        from bylines.publishing.publish import PublishOptions

        return publish(
            PublishOptions(*(getattr(options, name) for name in PublishOptions._fields)),
            options.settings,
            _wishes(options),
        )

    command = _command(commands, "publish", "build, and bring what differs to where the site is served", act)
    command.set_defaults(settings=PUBLICATION)
    command.add_argument("to", nargs="?", default="", metavar="ADDRESS", help=_TO)
    command.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    command.add_argument(
        "--allow-loss", action="store_true", help="also where more goes than the settings allow, or what is not ours"
    )
    command.add_argument("--older", action="store_true", help="also where something newer is served")
    command.add_argument(
        "--local", action="store_true", help="also into a folder of the machine on which a workflow runs"
    )


def _add_verify(commands: Any) -> None:
    def act(options: argparse.Namespace) -> int:
        return verify(options.served, options.settings, options.sample, _wishes(options))

    command = _command(commands, "verify", "say whether what is served is what was built", act)
    command.set_defaults(settings=PUBLICATION)
    command.add_argument("served", metavar="ADDRESS", help="a folder, or an address such as https://blogs.example")
    command.add_argument("--sample", type=int, default=0, metavar="N", help="look at so many files, others each time")


def _add_check(commands: Any) -> None:
    def act(options: argparse.Namespace) -> int:
        what = What(**{name: getattr(options, name) for name in What._fields})
        return check(options.settings, _wishes(options), what)

    command = _command(commands, "check", "say what is wrong in what changed, and mend it", act)
    command.add_argument("--base", default="", metavar="REV", help="what this branch has that a commit has not")
    command.add_argument("--account", default="", metavar="NAME", help="who asks for it, as the git host knows them")
    command.add_argument("--staged", action="store_true", help="what is staged for the next commit, as it is staged")
    command.add_argument("--all", action="store_true", help="the whole site, by a build of it in .check/")
    command.add_argument("--fix", action="store_true", help="mend what has one right answer")
    command.add_argument("--strict", action="store_true", help="exit with 1 at warnings and notes too")
    command.add_argument("--all-messages", action="store_true", help=_ALL_MESSAGES)
    command.add_argument("--format", choices=FORMATS, default="text", help=_FORMAT)


def _add_import(commands: Any) -> None:
    def act(options: argparse.Namespace) -> int:
        asked = Import(options.source, options.handle, options.kind, tuple(options.author), options.dry_run)
        return import_blog(asked, options.settings, _wishes(options))

    command = commands.add_parser("import", help="bring an old blog over, from its export")
    command.set_defaults(act=act)
    command.add_argument("source", metavar="SOURCE", help="the export: a folder, a zip or a file")
    command.add_argument("--handle", required=True, help="whose blog it becomes")
    command.add_argument(
        "--from", default="", choices=KINDS, dest="kind", help="what wrote it (guessed from the files)"
    )
    command.add_argument("--author", action="append", default=[], metavar="NAME=HANDLE", help=_AUTHOR)
    command.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
    command.add_argument("--settings", default="pelicanconf.py", help=_SETTINGS)
    command.add_argument("--quiet", action="store_true", help="say only which files were left alone")


def _add_guard(commands: Any) -> None:
    def act(options: argparse.Namespace) -> int:
        return guard(options.base, options.head, options.account, options.format)

    command = commands.add_parser("guard", help="say what of a change its writers may not write")
    command.set_defaults(act=act)
    command.add_argument("--base", required=True, metavar="REV", help="the tip of the branch that it goes to")
    command.add_argument("--head", default="HEAD", metavar="REV", help="the tip of the change (HEAD)")
    command.add_argument("--account", metavar="NAME", help="who asks for it, as the git host knows them")
    command.add_argument("--format", choices=FORMATS, default="text", help=_FORMAT)


def _add_codeowners(commands: Any) -> None:
    command = commands.add_parser("codeowners", help="print CODEOWNERS, by the same rules")
    command.set_defaults(act=lambda options: codeowners(options.host, options.rev))
    command.add_argument("--host", choices=HOSTS, default="github", help="for which git host (github)")
    command.add_argument("--rev", default="HEAD", help="the commit whose rules and profiles are meant (HEAD)")


def _add_doctor(commands: Any) -> None:
    command = commands.add_parser("doctor", help="say how the site and its machine are, and what to do")
    command.set_defaults(act=lambda options: doctor(options.settings, json=options.json))
    command.add_argument("--settings", default="pelicanconf.py", help=_SETTINGS)
    command.add_argument("--json", action="store_true", help="say everything as one object of JSON")


def _add_report(commands: Any) -> None:
    def act(options: argparse.Namespace) -> int:
        return report(options.settings, Weekly(**{name: getattr(options, name) for name in Weekly._fields}))

    command = commands.add_parser("report", help="say how the week was: who is new, quiet, gone, and what wants a hand")
    command.set_defaults(act=act)
    command.add_argument("--settings", default="pelicanconf.py", help=_SETTINGS)
    command.add_argument("--since", default="", metavar="DATE", help="the first day, as 2026-05-04 (a week ago)")
    command.add_argument("--months", type=int, default=12, help="without a post in so many a blog is quiet (12)")
    command.add_argument("--json", action="store_true", help="say everything as one object of JSON")
    command.add_argument("--html", default="", metavar="FILE", help="write it as a page, to mail")
    command.add_argument("--markdown", default="", metavar="FILE", help="write it as Markdown")


def _command(commands: Any, name: str, says: str, act: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    """A command that builds, with what all of them take."""
    command: argparse.ArgumentParser = commands.add_parser(name, help=says)
    command.set_defaults(act=act)
    command.add_argument("--settings", default="pelicanconf.py", help=_SETTINGS)
    command.add_argument("--quiet", action="store_true", help="say only what is wrong")
    command.add_argument("--json", action="store_true", help="say everything as one object of JSON")
    command.add_argument("--wait", type=float, default=Wishes().wait, metavar="SECONDS", help=_WAIT)
    command.add_argument("--no-wait", action="store_const", const=0.0, dest="wait", help="do not wait: exit with 1")
    return command


def _wishes(options: argparse.Namespace) -> Wishes:
    return Wishes(**{name: getattr(options, name) for name in Wishes._fields if hasattr(options, name)})


_SETTINGS = "the settings file (pelicanconf.py)"
_MANIFEST = "the file that says what is served (beside the store)"
_TO = "a folder, user@host:/folder, s3://bucket/prefix or git:remote#branch (BYLINES_PUBLISH_TO)"
_FORMAT = "for whom it is said (text)"
_AUTHOR = "who somebody of the old blog is here, where it has several authors; may be given again"
_ALL_MESSAGES = "show each message, also those that the last build told, and however many of a kind there are"
_WAIT = "how long to wait for another build in the same place (600)"

if __name__ == "__main__":
    run()
