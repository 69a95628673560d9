"""`published` notes that a delta was uploaded as a whole, so that the next one is a difference to it."""

from __future__ import annotations

import os
import sys

from bylines.commands.build import OutputOptions, answered


def published(
    folder: str, settings: str = "pelicanconf.py", output: OutputOptions | None = None, *, ask: bool = False
) -> int:
    """Confirm the delta in a folder. With `ask`, only tell whether it is the one to publish, and note nothing.

    Return 0; 1 if it is not the delta that was built last for what is served.
    """
    output = output or OutputOptions()
    return answered(output, lambda: _published(folder, settings, output, ask=ask))


def _published(folder: str, settings: str, output: OutputOptions, *, ask: bool) -> int:
    from bylines import build_report, frame
    from bylines.display import display
    from bylines.engine.lock import locked
    from bylines.engine.paths import manifest_path
    from bylines.engine.publish import delta

    site, _ = frame.load(settings)
    manifest = os.path.abspath(output.manifest or manifest_path(site))
    with locked(site.output, display(quiet=output.quiet or output.json), output.wait):
        contents = (delta.check if ask else delta.confirm)(site, folder, manifest)
    if output.json:
        print(build_report.delta_as_json(contents), flush=True)
    elif not output.quiet:
        word = "is to be published" if ask else "is published"
        print(f"{folder} {word}: {contents.line()}", file=sys.stdout, flush=True)
    return 0
