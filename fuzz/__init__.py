"""Fuzzes all code that reads what people write, with thousands of inputs that nobody would write.

seeds (real texts and exports) → mutate (changes bytes, tokens, pieces) → targets (read an input and check what must hold)
`invoke fuzz --minutes 10` runs all targets in turn; `tests/test_fuzz.py` a few seconds of it.
"""
