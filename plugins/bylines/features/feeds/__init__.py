"""Feeds (Atom, RSS, JSON Feed) of every list of posts that a capability contributes: those of the site, a blog, a topic, and so on.

It has no sources or tables of its own.
"""
