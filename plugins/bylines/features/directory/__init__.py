"""The directory: every blog by the blogger's name, under letters; a page for each letter when there are many.

It has no sources of its own: it shows people and groups, with the number of their posts and the date of the last.
"""
