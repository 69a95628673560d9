"""The pulse: statistics of how much is written, by how many, when, in which teams and languages, and on which topics.

The figures end with yesterday, so posts of today affect none of its pages. The pulse has no sources and no tables of its
own. It invalidates PULSE if a figure may differ: with a new day, or if a post, a team, a group or a topic changed.
"""
