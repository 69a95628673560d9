"""Facets: the directory by team, place, language and year of joining; groups, alumni, who is new, who writes, who is quiet.

Weaves `facet_member` (who stands where) and `facet_value` (which teams, places … there are, and how they are spelled); each
is a catalogue, filed as the directory is. Touches FACET_SIZE, FACET_LABEL and FACET_MONTH. A post of today touches none
of it: who writes and who is quiet follows from the posts up to yesterday, and from whole months.
"""
