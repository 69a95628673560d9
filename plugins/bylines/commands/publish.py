"""`publish`: builds the site and brings what differs to where it is served."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bylines.commands.build import Wishes, answered, ends_at_sigterm

if TYPE_CHECKING:
    from bylines.publishing.publish import PublishOptions

SETTINGS = "publishconf.py"


def publish(wanted: PublishOptions, settings: str = SETTINGS, wishes: Wishes | None = None) -> int:
    """Publishes; gives 0, 1 where it could not be done as a whole (run again then), 130 where it was interrupted."""
    wishes = wishes or Wishes()
    with ends_at_sigterm():
        return answered(
            wishes, lambda: _publish(wanted, settings, wishes), "run it again; it goes on from what has arrived"
        )


def _publish(wanted: PublishOptions, settings: str, wishes: Wishes) -> int:
    from bylines import build_report
    from bylines.display import display
    from bylines.engine.result import BuildOptions
    from bylines.publishing.publish import publish as bring

    options = BuildOptions(display(quiet=wishes.quiet or wishes.json), wishes.wait)
    done = bring(os.path.abspath(settings), wanted, options)
    if wishes.json:
        print(build_report.publication_as_json(done), flush=True)
        return 0
    for line in build_report.lines(done.built):
        print(line, file=sys.stderr)
    if wanted.dry_run:
        print("\n".join([*(f"+ {path}" for path in done.files), *(f"- {path}" for path in done.gone)]))
    if not wishes.quiet:
        print(done.line(dry_run=wanted.dry_run), flush=True)
    return 0
