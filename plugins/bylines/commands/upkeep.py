"""The commands of those who keep the site: who may write what, how it is, how the week was."""

from __future__ import annotations

from typing import Annotated

from bylines.commands.declare import Option, command
from bylines.commands.guard import HOSTS
from bylines.commands.options import SITE, Format, Json, Settings


@command("guard", "Say what of a change its writers may not write")
def guard(
    *,
    base: Annotated[str, Option("the tip of the branch that the change goes to", "REV")],
    head: Annotated[str, Option("the tip of the change (HEAD)", "REV")] = "HEAD",
    account: Annotated[
        str | None,
        Option("who asks for it, as the git host knows them; without it the commits' authors count", "NAME"),
    ] = None,
    format: Format = "text",  # noqa: A002
) -> int:
    """Exit with 1 where anything is refused."""
    from bylines.commands.guard import guard as run

    return run(base, head, account, format)


@command("codeowners", "Print CODEOWNERS, by the rules that `guard` goes by")
def codeowners(
    *,
    host: Annotated[str, Option("for which git host (github)", choices=HOSTS)] = "github",
    rev: Annotated[str, Option("the commit whose rules and profiles are meant (HEAD)")] = "HEAD",
) -> int:
    """Print the file for the git host."""
    from bylines.commands.guard import codeowners as run

    return run(host, rev)


@command("doctor", "Say how the site and its machine are, and what to do")
def doctor(*, settings: Settings = SITE, json: Json = False) -> int:
    """Exit with 1 where there is a problem."""
    from bylines.commands.doctor import doctor as run

    return run(settings, json=json)


@command("report", "Say how the week was: who is new, quiet, gone, what was written, what wants a hand")
def report(
    *,
    settings: Settings = SITE,
    since: Annotated[str, Option("the first day, as 2026-05-04 (a week ago)", "DATE")] = "",
    months: Annotated[int, Option("without a post in so many a blog is quiet (12)", "N")] = 12,
    json: Json = False,
    html: Annotated[str, Option("a file to write it to as a page, to mail", "FILE")] = "",
    markdown: Annotated[str, Option("a file to write it to as Markdown", "FILE")] = "",
) -> int:
    """Report a week from the store that the last build left."""
    from bylines.commands.weekly import Weekly
    from bylines.commands.weekly import report as run

    return run(settings, Weekly(since, months, json, html, markdown))
