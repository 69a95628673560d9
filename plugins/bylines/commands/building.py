"""The commands that begin a site, build it, show it and check it."""

from __future__ import annotations

from typing import Annotated

from bylines.commands.declare import Arg, Option, UsageError, command
from bylines.commands.options import (
    SITE,
    WAIT,
    AllMessages,
    Format,
    Json,
    Manifest,
    NoWait,
    Quiet,
    Settings,
    Wait,
    output_options,
)


@command("quickstart", "Begin a content repository for a new company, in a folder of its own")
def quickstart(
    folder: Annotated[str, Arg("where the new repository goes (../blogs)", was=("--folder",))] = "",
    *,
    name: Annotated[str, Option("the site's name (asked, as all that follows)")] = "",
    lang: Annotated[str, Option("its language: one of those that the interface speaks")] = "",
    timezone: Annotated[str, Option("its time zone, such as Europe/Berlin", "ZONE")] = "",
    accent: Annotated[str, Option("the company's colour, such as #8a3324", "COLOUR")] = "",
    url: Annotated[str, Option("the address at which people will read it")] = "",
    publish_to: Annotated[str, Option("where its files go", "ADDRESS")] = "",
    host: Annotated[str, Option("the git host: github or gitlab")] = "",
    repository: Annotated[str, Option("the repository's address there", "URL")] = "",
    keeper: Annotated[str, Option("your handle", "HANDLE")] = "",
    keeper_name: Annotated[str, Option("your name (git's user.name)", "NAME")] = "",
    email: Annotated[str, Option("by which git knows you (git's user.email)")] = "",
    account: Annotated[str, Option("your account at the git host (your handle)", "NAME")] = "",
    bylines: Annotated[str, Option("a requirement for pip, in place of the version that runs", "REQUIREMENT")] = "",
    git: Annotated[bool, Option("begin a git repository there, with a first commit")] = False,
) -> int:
    """Write a content repository; the terminal asks for what is not given."""
    from bylines.commands.quickstart import quickstart as run

    answers = {
        "name": name,
        "lang": lang,
        "timezone": timezone,
        "accent": accent,
        "url": url,
        "publish_to": publish_to,
        "host": host,
        "repository": repository,
        "keeper": keeper,
        "keeper_name": keeper_name,
        "email": email,
        "account": account,
    }
    return run(folder, answers, bylines=bylines, git=git)


@command("serve", "Show the site in a browser, drafts too, and build it again at every change")
def serve(
    *,
    settings: Settings = SITE,
    port: Annotated[int, Option("the port on this machine (8000)")] = 8000,
) -> int:
    """Serve a preview until Ctrl-C."""
    from bylines.commands.serve import serve as run

    return run(settings, port)


@command("build", "Build the site into output/")
def build(
    *,
    settings: Settings = SITE,
    verify: Annotated[bool, Option("read every source and every page, whatever its time stamp says")] = False,
    strict: Annotated[bool, Option("exit with 1 where there is any message about the content")] = False,
    all_messages: AllMessages = False,
    preview: Annotated[bool, Option("build into .serve/, drafts too, as `serve` shows it")] = False,
    explain: Annotated[str, Option("say where a page comes from, or which pages a source reaches", "PATH")] = "",
    delta: Annotated[str, Option("write only what is to be uploaded and deleted, into this folder", "DIR")] = "",
    manifest: Manifest = "",
    quiet: Quiet = False,
    json: Json = False,
    wait: Wait = WAIT,
    no_wait: NoWait = False,
) -> int:
    """Build the whole site."""
    from bylines.commands.build import build as run

    if manifest and not delta:
        raise UsageError("--manifest goes with --delta")
    output = output_options(quiet, json, wait, no_wait)
    output = output._replace(explain=explain, delta=delta, manifest=manifest, all_messages=all_messages)
    aside = ".serve" if preview else ""
    return run(settings, aside=aside, preview=preview, verify=verify, strict=strict, output=output)


@command("check", "Say what is wrong in what changed, and mend it with --fix")
def check(
    *,
    settings: Settings = SITE,
    base: Annotated[str, Option("check what this branch has that a commit has not (the upstream branch)", "REV")] = "",
    account: Annotated[str, Option("with --base: who asks for the change, as the git host knows them", "NAME")] = "",
    staged: Annotated[bool, Option("check what is staged for the next commit, as it is staged")] = False,
    all: Annotated[bool, Option("check the whole site, by a build of it in .check/")] = False,  # noqa: A002
    fix: Annotated[bool, Option("mend what has one right answer")] = False,
    strict: Annotated[bool, Option("exit with 1 at warnings and notes too")] = False,
    all_messages: AllMessages = False,
    format: Format = "text",  # noqa: A002
    quiet: Quiet = False,
    json: Json = False,
    wait: Wait = WAIT,
    no_wait: NoWait = False,
) -> int:
    """Exit with 1 where something is not published."""
    from bylines.commands.check import CheckOptions
    from bylines.commands.check import check as run

    output = output_options(quiet, json, wait, no_wait)._replace(all_messages=all_messages)
    return run(settings, output, CheckOptions(base, staged, all, fix, format, account, strict))
