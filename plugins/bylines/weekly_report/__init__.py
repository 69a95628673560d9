"""A week of a site at a glance: who is new, quiet and gone, what was written, what wants a keeper's hand.

Everything is read from the store that a build left, by queries that an index covers; who has gone from the repository is
asked of git. `gather` puts it together, `said` says it as text, Markdown or HTML.
"""

NEEDS = ("posts", "blogs", "people", "topics")
"""The capabilities whose tables it reads: a site without one of them has no report."""
