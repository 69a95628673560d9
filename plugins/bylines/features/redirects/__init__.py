"""Redirects: a page at each old address that leads to the new one, and lists of all redirects for web servers.

Weaves `redirect` from the aliases of every kind that has such a key; invalidates REDIRECT. Synonyms redirect, too. The addresses
below an old address of a blog or below a synonym (feeds, numbered pages, files) are only in the lists for servers.
"""
