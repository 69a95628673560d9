"""Covers: a picture of each post, drawn with its title and byline, for places where people share it; and one of the site.

Reads typefaces in `content/covers/`, for letters that our own has not. Weaves nothing; touches TYPEFACE.
"""
