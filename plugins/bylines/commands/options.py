"""The options that several commands take."""

from __future__ import annotations

from typing import Annotated

from bylines.commands.build import OutputOptions
from bylines.commands.check import FORMATS
from bylines.commands.declare import Option

SITE = "pelicanconf.py"
PUBLICATION = "publishconf.py"

Settings = Annotated[str, Option(f"the settings file ({SITE}; {PUBLICATION} is the one for publication)", "FILE")]
PublicationSettings = Annotated[str, Option(f"the settings file ({PUBLICATION})", "FILE")]
Quiet = Annotated[bool, Option("say only what is wrong")]
Json = Annotated[bool, Option("say everything as one object of JSON")]
Wait = Annotated[float, Option("how long to wait for another build in the same place (600)", "SECONDS")]
NoWait = Annotated[bool, Option("exit with 1 where another build is at work in the same place")]
AllMessages = Annotated[
    bool,
    Option("show each message, also those that the last build told, and however many of a kind there are"),
]
Manifest = Annotated[str, Option("the file that says what is served (beside the store)", "FILE")]
Format = Annotated[str, Option("for whom it is said (text)", choices=FORMATS)]
Yes = Annotated[bool, Option("make the change without asking")]
Everywhere = Annotated[bool, Option("also in what others wrote (for the site's keepers)")]

WAIT = OutputOptions().wait


def output_options(quiet: bool, json: bool, wait: float, no_wait: bool) -> OutputOptions:
    """Return the record of the options about output and waiting."""
    return OutputOptions(quiet, json, 0.0 if no_wait else wait)
