"""Redirects: a page at each old address that leads on, and the same list for web servers.

Weaves `redirect` from the aliases of posts, pages and blogs; touches REDIRECT. A topic's synonyms lead to it, too. Whatever
stood below an old address of a blog or a topic (feeds, numbered pages, files) is led on by servers alone.
"""
