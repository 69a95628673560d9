"""`check`: what is wrong in what changed, by the build's own reading and weaving of a few sources.

changed (git: which sources) → around (which others they speak of) → judge (read and woven together) → formats
"""
