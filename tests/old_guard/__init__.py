"""The guard's rules from before kinds were declared, kept as an oracle: `tests/test_guard_kinds.py` compares both."""
