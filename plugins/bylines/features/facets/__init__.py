"""Facets: the directory by team, place, language and year of joining; also groups, alumni, new people, active and quiet blogs.

Keeps the tables `facet_member` (the facets of each person) and `facet_value` (the values, such as teams and places, with their
spelling). Each facet and each value is a catalogue, sorted as the directory is. Invalidates FACET_SIZE, FACET_LABEL and
FACET_MONTH. A post of today changes no facet: whether a blog is active or quiet depends on its posts up to yesterday, and
on whole months.
"""
