"""Reports on a week of a site: new, quiet and departed people, what was written, and what a keeper should look at.

Reads the store of the last build, with queries that an index covers, and asks git for added and deleted profiles.
`collect` gathers the figures; `render` writes them as text, Markdown or HTML.
"""

NEEDS = ("posts", "blogs", "people", "topics")
"""The capabilities whose tables it reads: a site without one of them has no report."""
