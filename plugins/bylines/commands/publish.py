"""`publish` builds the site and uploads what differs to where it is served."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bylines.commands.build import OutputOptions, answered, ends_at_sigterm

if TYPE_CHECKING:
    from bylines.publishing.publish import PublishOptions

SETTINGS = "publishconf.py"


def publish(wanted: PublishOptions, settings: str = SETTINGS, output: OutputOptions | None = None) -> int:
    """Publish. Return 0; 1 if it was not done as a whole (run it again then), 130 if it was interrupted."""
    output = output or OutputOptions()
    with ends_at_sigterm():
        return answered(
            output, lambda: _publish(wanted, settings, output), "run it again; it goes on from what has arrived"
        )


def _publish(wanted: PublishOptions, settings: str, output: OutputOptions) -> int:
    from bylines import build_report
    from bylines.display import display
    from bylines.engine.result import BuildOptions
    from bylines.publishing.publish import publish as bring

    options = BuildOptions(display(quiet=output.quiet or output.json), output.wait)
    done = bring(os.path.abspath(settings), wanted, options)
    if output.json:
        print(build_report.publication_as_json(done), flush=True)
        return 0
    for line in build_report.lines(done.built):
        print(line, file=sys.stderr)
    if wanted.dry_run:
        print("\n".join([*(f"+ {path}" for path in done.files), *(f"- {path}" for path in done.gone)]))
    if not output.quiet:
        print(done.line(dry_run=wanted.dry_run), flush=True)
    return 0
