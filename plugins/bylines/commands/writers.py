"""The command line of those who write: `new-author`, `new-post`, `new`, `rename-author`, `rename-post`, `leave`, `merge-topics`."""

from __future__ import annotations

import argparse
from typing import Any

from bylines.commands import rename, scaffold
from bylines.commands.rename import Consent, Forget


def add_words(commands: Any) -> None:
    """Adds the commands to a parser's; each notes what it does as `act`."""
    command = _command(
        commands, "new-author", "begin a profile", lambda o: scaffold.new_author(o.name, o.handle, o.settings, o.email)
    )
    command.add_argument("--name", default="", help="the person's name (asked)")
    command.add_argument("--handle", default="", help="the handle (asked; it follows from the name)")
    command.add_argument("--email", default="", help="by which git knows who commits (git's user.email)")
    command = _command(
        commands, "new-post", "begin a post, as a draft", lambda o: scaffold.new_post(o.handle, o.title, o.settings)
    )
    command.add_argument("--handle", default="", help="whose blog (that of the folder, or of git's user.email)")
    command.add_argument("--title", default="", help="the post's title (asked)")
    command = _command(
        commands, "new", "begin a file of any kind", lambda o: scaffold.new(o.kind, dict(o.set), o.settings)
    )
    command.add_argument("kind", metavar="KIND", help="post, jam, or what a capability of your own calls its files")
    command.add_argument("--set", action="append", default=[], type=_pair, metavar="KEY=VALUE", help=SET)
    _add_renames(commands)
    command = _command(
        commands, "leave", "note a person's last day", lambda o: rename.leave(o.handle, o.on, o.settings, _consent(o))
    )
    command.add_argument("handle", metavar="HANDLE")
    command.add_argument("--on", default="", metavar="DATE", help="the last day, as 2026-05-04 (today)")
    command = _command(
        commands,
        "merge-topics",
        "make topics one: all are called as the last",
        lambda o: rename.merge_topics(o.topics, o.settings, _consent(o)),
    )
    command.add_argument("topics", metavar="TOPIC", nargs="+")


def _add_renames(commands: Any) -> None:
    command = _command(
        commands,
        "rename-author",
        "give a person or group another handle",
        lambda o: rename.rename_author(
            o.old, o.new, o.settings, _consent(o), Forget(o.without_trace, o.name, tuple(o.old_name))
        ),
    )
    command.add_argument("old", metavar="OLD")
    command.add_argument("new", metavar="NEW")
    command.add_argument("--everywhere", action="store_true", help=EVERYWHERE)
    command.add_argument("--without-trace", action="store_true", help=WITHOUT_TRACE)
    command.add_argument("--name", default="", help=NAME)
    command.add_argument("--old-name", action="append", default=[], metavar="NAME", help=OLD_NAME)
    command = commands.add_parser(
        "traces", help="say where a handle or a name still stands, here and in what was built"
    )
    command.set_defaults(act=lambda o: rename.traces(o.names, o.settings))
    command.add_argument("names", metavar="NAME", nargs="+")
    command.add_argument("--settings", default="pelicanconf.py", help="the settings file (pelicanconf.py)")
    command = _command(
        commands,
        "rename-post",
        "give a post another address",
        lambda o: rename.rename_post(o.post, o.new, o.settings, _consent(o)),
    )
    command.add_argument("post", metavar="HANDLE/SLUG")
    command.add_argument("new", metavar="NEW")
    command.add_argument("--everywhere", action="store_true", help=EVERYWHERE)


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=VALUE")
    return key, value


SET = "the value of a key (asked, where it must be there); may be given again"
EVERYWHERE = "also in what others wrote (for the site's keepers)"
WITHOUT_TRACE = "everywhere, and nothing leads on from the old handle: for whoever must not be found by it"
NAME = "with --without-trace: the person's name from now on"
OLD_NAME = "with --without-trace: an old name that is to be found nowhere; may be given again"
YES = "make the change without asking"


def said(options: argparse.Namespace) -> int:
    """Runs the command that was named; gives the exit code."""
    code: int = options.act(options)
    return code


def _consent(options: argparse.Namespace) -> Consent:
    return Consent(options.yes, getattr(options, "everywhere", False))


def _command(commands: Any, name: str, says: str, act: Any) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=says)
    command.set_defaults(act=act)
    command.add_argument("--settings", default="pelicanconf.py", help="the settings file (pelicanconf.py)")
    if not name.startswith("new"):
        command.add_argument("--yes", action="store_true", help=YES)
    return command
