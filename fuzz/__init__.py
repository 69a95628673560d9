"""Fuzzing: inputs nobody would write, by the thousand, against whatever reads what people write.

seeds (real texts and exports) → mutate (bytes, tokens, splices) → targets (each reads an input and says what does not hold)
`invoke fuzz --minutes 10` runs all targets in turn; `tests/test_fuzz.py` a few seconds of it.
"""
