"""Feeds (Atom, RSS, JSON Feed) of the site, each author, group, topic, team, jam and language.

It has no sources or relations of its own: feeds follow from the lists of posts.
"""
