"""Jams: calls for ideas that are open for a while, a page each with its ideas, and an index.

Reads `content/jams/<jam>/jam.md`. An idea is a post with `jam: <jam>` that is dated while the jam is open. Weaves `jam`, and
the lists in which ideas stand (`jam:quiet-harbour`); touches JAM, IDEA (a post whose jam changed), ADDRESS and ROW.
"""
