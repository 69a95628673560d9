"""A few seconds of fuzzing: mutated seeds by Hypothesis, so that what fails is made small. `invoke fuzz` runs for long."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz import __main__ as main
from fuzz.__main__ import fault_of
from fuzz.mutate import LARGEST, mutated
from fuzz.targets import TARGETS, Target

_NAMES = [target.name for target in TARGETS]
_SETTINGS = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


@pytest.mark.parametrize("target", TARGETS, ids=_NAMES)
def test_a_few_inputs_break_nothing(target: Target) -> None:
    seeds = target.seeds()

    @settings(max_examples=5 if target.slow else 25, **_SETTINGS)  # type: ignore[arg-type]
    @given(st.integers(0, 1 << 30))
    def holds(seed: int) -> None:
        target.run(mutated(random.Random(seed), seeds))

    holds()


def test_what_breaks_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(data: bytes) -> None:
        raise RecursionError

    def swallows(data: bytes) -> None:
        try:
            time.sleep(5)
        except Exception:
            return

    monkeypatch.setattr(main, "_PATIENCE", 1)
    assert "SlowError" in fault_of(Target("slow", tuple, swallows), b"")
    assert "RecursionError" in fault_of(Target("broken", tuple, breaks), b"")
    assert fault_of(Target("sound", tuple, len), b"") == ""


def test_inputs_are_bounded_and_can_be_had_again() -> None:
    seeds = [b"a" * 2 * LARGEST, b"# words\n"]
    inputs = [mutated(random.Random(number), seeds) for number in range(200)]
    assert inputs == [mutated(random.Random(number), seeds) for number in range(200)]
    assert max(map(len, inputs)) <= LARGEST
    assert len(set(inputs)) > 100
