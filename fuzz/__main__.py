"""`python -m fuzz --minutes 10`: all targets in turn, inputs counted, what was found kept in `fuzz/found/` as it is."""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from fuzz.mutate import mutated
from fuzz.targets import TARGETS, Target

FOUND = Path(__file__).parent / "found"
_TURN = 5.0
"""The seconds that a target runs before it is the next one's turn."""
_PATIENCE = 20
"""The most seconds for one input, on a busy machine."""


class SlowError(BaseException):
    """An input took too long. Not an Exception, so that the fuzzed code cannot catch it."""


def main() -> int:
    """Runs the targets; returns 1 if a fault was found."""
    options = _options()
    chosen = [target for target in TARGETS if not options.target or target.name in options.target]
    if options.input:
        return _once(chosen[0], Path(options.input).read_bytes())
    run = Run(options.seed)
    end = time.monotonic() + 60 * options.minutes
    while time.monotonic() < end:
        for target in chosen:
            run.turn(target, min(end, time.monotonic() + _TURN))
        run.say()
    return 1 if run.found else 0


class Run:
    """A run of the fuzzer: counts its inputs and stores what it finds."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._began = time.monotonic()
        self.inputs: Counter[str] = Counter()
        self.found: dict[str, str] = {}

    def turn(self, target: Target, end: float) -> None:
        """Runs one target until `end` (seconds of the monotonic clock)."""
        seeds: Sequence[bytes] = target.seeds()
        while time.monotonic() < end:
            data = mutated(self._chance, seeds)
            self.inputs[target.name] += 1
            fault = fault_of(target, data)
            if fault:
                self._keep(target, data, fault)

    def _keep(self, target: Target, data: bytes, fault: str) -> None:
        where = f"{target.name}: {fault.splitlines()[-1][:200]}"
        key = f"{target.name} {_place(fault)}"
        if key in self.found:
            return
        self.found[key] = where
        FOUND.mkdir(exist_ok=True)
        stem = FOUND / f"{target.name}-{hashlib.sha256(data).hexdigest()[:12]}"
        stem.with_suffix(".bin").write_bytes(data)
        stem.with_suffix(".txt").write_text(fault)
        print(f"found {stem}: {where}", flush=True)

    def say(self) -> None:
        """Prints the figures so far, on one line."""
        minutes = (time.monotonic() - self._began) / 60
        each = ", ".join(f"{name} {number:,}" for name, number in self.inputs.items())
        print(f"{minutes:.1f} min: {self.inputs.total():,} inputs, {len(self.found)} findings ({each})", flush=True)


def fault_of(target: Target, data: bytes) -> str:
    """The traceback of the fault that an input causes; empty if there is none."""
    try:
        with _patience():
            target.run(data)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a Rust panic is no Exception either
        return traceback.format_exc()
    return ""


def _place(fault: str) -> str:
    """The innermost place in a traceback, so that each fault is stored once."""
    lines = [line for line in fault.splitlines() if line.startswith("  File ")]
    return lines[-1] if lines else fault


def _once(target: Target, data: bytes) -> int:
    fault = fault_of(target, data)
    print(fault or f"{target.name}: nothing wrong")
    return 1 if fault else 0


@contextmanager
def _patience() -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, _ring)
    signal.alarm(_PATIENCE)
    faulthandler.dump_traceback_later(6 * _PATIENCE, exit=True)  # native code does not react to the alarm
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _ring(*_: object) -> None:
    raise SlowError(f"more than {_PATIENCE} seconds")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30), help="to play a run again")
    parser.add_argument("--target", action="append", choices=[target.name for target in TARGETS])
    parser.add_argument("--input", default="", help="one input to try again, with --target")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    return options


if __name__ == "__main__":
    sys.exit(main())
