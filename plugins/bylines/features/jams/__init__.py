"""Jams: calls for ideas that are open for a while, each with a page that lists its ideas, and an index.

Reads `content/jams/<jam>/jam.md`. An idea is a post with `jam: <jam>` whose date is within the jam's time. Keeps the table `jam`,
and lists of ideas (`jam:quiet-harbour`). Invalidates JAM, IDEA (a post whose jam changed), ADDRESS and ROW.
"""
