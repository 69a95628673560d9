"""Verifies a served site: `digests` compares it with what was built, and `pages` and `feed_rules` check that it is valid."""
