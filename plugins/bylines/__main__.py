"""`python -m bylines build`, `check`, `new-post` …: the command line, also where Invoke is not installed."""

from __future__ import annotations

import gc
import sys
from typing import NoReturn

from bylines import utf8
from bylines.commands.cli import main

__all__ = ["main", "run"]


def run() -> NoReturn:
    """Run the command line and end the process."""
    utf8.ensure_utf8()
    code = main()
    gc.freeze()  # all of it goes with the process; to look through it before took a tenth of a small command's time
    sys.exit(code)


if __name__ == "__main__":
    run()
