"""The commands that bring the site to where it is served, and look at it there."""

from __future__ import annotations

from typing import Annotated

from bylines.commands.declare import Arg, Option, command
from bylines.commands.options import (
    PUBLICATION,
    SITE,
    WAIT,
    Json,
    Manifest,
    NoWait,
    PublicationSettings,
    Quiet,
    Settings,
    Wait,
    output_options,
)


@command("publish", "Build the site, and bring what differs to where it is served")
def publish(
    to: Annotated[
        str,
        Arg(
            "a folder, user@host:/folder, s3://bucket/prefix or git:remote#branch (BYLINES_PUBLISH_TO)",
            "ADDRESS",
            was=("--to",),
        ),
    ] = "",
    *,
    settings: PublicationSettings = PUBLICATION,
    dry_run: Annotated[bool, Option("say what would be done, and do nothing")] = False,
    allow_loss: Annotated[bool, Option("also where more goes than the settings allow, or what is not ours")] = False,
    older: Annotated[bool, Option("also where something newer is served")] = False,
    local: Annotated[bool, Option("also into a folder of the machine on which a workflow runs")] = False,
    quiet: Quiet = False,
    json: Json = False,
    wait: Wait = WAIT,
    no_wait: NoWait = False,
) -> int:
    """Publish; after an error it can simply be run again."""
    from bylines.commands.publish import publish as run
    from bylines.publishing.publish import PublishOptions

    options = PublishOptions(to, dry_run, allow_loss, older, local)
    return run(options, settings, output_options(quiet, json, wait, no_wait))


@command("published", "Note that a delta was uploaded as a whole, so that the next one is a difference to it")
def published(
    folder: Annotated[str, Arg("the delta", "DIR", was=("--folder",))],
    *,
    settings: Settings = SITE,
    ask: Annotated[bool, Option("before the upload: say only whether it is the one to upload")] = False,
    manifest: Manifest = "",
    quiet: Quiet = False,
    json: Json = False,
    wait: Wait = WAIT,
    no_wait: NoWait = False,
) -> int:
    """Confirm a delta; exit with 1 where another was built last."""
    from bylines.commands.published import published as run

    output = output_options(quiet, json, wait, no_wait)._replace(manifest=manifest)
    return run(folder, settings, output, ask=ask)


@command("verify", "Say whether what is served is what was built, and whether that is in order")
def verify(
    served: Annotated[str, Arg("a folder, or an address such as https://blogs.example", "ADDRESS", was=("--served",))],
    *,
    settings: PublicationSettings = PUBLICATION,
    sample: Annotated[int, Option("look at so many files, others each time (all)", "N")] = 0,
    quiet: Quiet = False,
    json: Json = False,
) -> int:
    """Compare a folder or an address with the last build; exit with 1 where anything differs or is wrong."""
    from bylines.commands.verify import verify as run

    return run(served, settings, sample, output_options(quiet, json, WAIT, no_wait=False))
