"""Feeds (Atom, RSS, JSON Feed) of each list of posts that a capability contributes: of the site, a blog, a topic ….

It has no sources or relations of its own.
"""
