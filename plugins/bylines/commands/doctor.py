"""`doctor` reports the state of the site and its machine, a line for each finding, and what to do. It changes nothing."""

from __future__ import annotations

import json as encoder

from bylines.doctor import examined


def doctor(settings: str = "pelicanconf.py", *, json: bool = False) -> int:
    """Print the findings. Return 1 if one of them is a problem."""
    found = examined(settings)
    counts = {state: sum(finding.state == state for finding in found) for state in ("problem", "note")}
    if json:
        print(
            encoder.dumps(
                {**counts, "findings": [finding._asdict() for finding in found]}, indent=2, ensure_ascii=False
            )
        )
    else:
        for finding in found:
            print(finding)
        print(", ".join(f"{count or 'no'} {state}{'s' * (count != 1)}" for state, count in counts.items()), flush=True)
    return 1 if counts["problem"] else 0
