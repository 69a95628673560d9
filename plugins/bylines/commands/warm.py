"""Runs a process that has everything imported, and builds a preview in a fork of itself whenever `serve` asks.

`python -m bylines.commands.warm SETTINGS`: for each line on stdin one object of JSON on stdout, with `error` or with what is wrong
in the content. So a build pays for no start; and a copy that ends leaves nothing behind, so the settings are read anew each time.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from bylines import build_report, frame
from bylines.commands.build import overrides
from bylines.display import display
from bylines.engine import feature
from bylines.engine.result import BuildOptions
from bylines.problems import BuildError
from bylines.settings import FEATURES


def main() -> None:
    """Build for each line on stdin, until it ends."""
    settings = sys.argv[1]
    feature.load(FEATURES)
    for _ in sys.stdin:
        sys.stdout.flush()
        sys.stderr.flush()
        if (child := os.fork()) == 0:
            _answer(_built(settings))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            _answer({"error": "the build was ended", "problems": []})


def _answer(found: dict[str, Any]) -> None:
    print(json.dumps(found), flush=True)


def _built(settings: str) -> dict[str, Any]:
    try:
        result = frame.build(settings, overrides(settings, ".serve", preview=True), options=BuildOptions(display()))
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr, flush=True)
        return {"error": str(error), "problems": []}
    for line in (*build_report.lines(result), result.line()):
        print(line, file=sys.stderr, flush=True)
    return {"error": None, "problems": [str(problem) for problem in result.problems]}


if __name__ == "__main__":
    main()
