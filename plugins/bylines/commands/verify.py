"""`verify` tells whether what is served is what was built, and whether that is valid."""

from __future__ import annotations

import os
import sys

from bylines.commands.build import OutputOptions, answered

_MOST = 200
"""How many faults are shown."""


def verify(served: str, settings: str = "publishconf.py", sample: int = 0, output: OutputOptions | None = None) -> int:
    """Compare a folder or an address with the last build. Return 1 if anything differs or is wrong."""
    output = output or OutputOptions()
    return answered(output, lambda: _verify(served, settings, sample, output))


def _verify(served: str, settings: str, sample: int, output: OutputOptions) -> int:
    from bylines import build_report, frame
    from bylines.engine.paths import store_path
    from bylines.settings.declared import PUBLISH_KEEP
    from bylines.verifying import digests, pages

    site, _ = frame.load(settings, {})
    whole = digests.read_built_digests(store_path(site))
    made = digests.sample(whole, sample)
    if os.path.isdir(served):
        found = [str(fault) for fault in digests.compare_folder(served, made)]
        if not sample:
            found += map(str, digests.unexpected_files(pages.files_of(served), whole, site.of(PUBLISH_KEEP)))
        found += pages.check(served, [path for path in made if os.path.isfile(os.path.join(served, path))])
    else:
        found = [str(fault) for fault in digests.compare_over_http(served, made)]
    found.sort()
    if output.json:
        print(build_report.verification_as_json(served, len(made), found), flush=True)
        return 1 if found else 0
    for line in [
        *found[:_MOST],
        *([f"… and {len(found) - _MOST:,} more (--json names all)"] if len(found) > _MOST else []),
    ]:
        print(line, file=sys.stderr)
    if not output.quiet:
        count = f"{len(made):,} file{'s' * (len(made) != 1)}"
        print(f"{served}: {count} looked at, {len(found):,} fault{'s' * (len(found) != 1)}", flush=True)
    return 1 if found else 0
