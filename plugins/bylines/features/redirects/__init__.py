"""Redirects: a page at each old address that leads on, and the same list for web servers.

Weaves `redirect` from the aliases of posts, pages and blogs; touches REDIRECT. Synonyms lead on, too. Whatever
stood below an old address of a blog or below a synonym (feeds, numbered pages, files) is led on by servers alone.
"""
