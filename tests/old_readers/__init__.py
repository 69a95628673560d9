"""The readers that came before kinds were declared, kept as an oracle: `tests/test_declared_readers.py` compares both."""
