"""Sitemaps: an index and parts that stay as they are while nothing in them changes; and robots.txt.

A month's posts are a part, so that a new post changes one. Without a SITEURL there is no sitemap, since it takes
absolute addresses.
"""
