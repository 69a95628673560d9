"""Covers: a preview picture for each post, drawn with its title and byline, which other sites show with a link; and one for the site.

Reads typefaces in `content/covers/`, for letters that our own typeface lacks. Has no tables; invalidates TYPEFACE.
"""
