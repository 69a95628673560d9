"""Sitemaps, as an index and parts, and robots.txt.

A part changes only with its own entries. The posts of a month are a part, so that a new post changes just one.
Without SITEURL there is no sitemap, since it must have absolute addresses.
"""
