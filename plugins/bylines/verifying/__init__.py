"""Whether what is served is what was built, and whether that is in order: `digests` compares, `pages` and `feed_rules` read."""
