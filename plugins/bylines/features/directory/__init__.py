"""The directory: a list of all blogs under letters, by the owner's name; with a page for each letter if there are many.

It has no sources of its own: it shows people and groups, with the number of their posts and the date of the last one.
"""
