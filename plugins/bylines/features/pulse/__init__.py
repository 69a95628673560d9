"""The pulse: how much is written, by how many, when, in which teams, on which topics and in which languages.

Its figures end with yesterday, so what is dated today reaches none of its pages. It has no sources or tables of its
own; it touches PULSE where a figure may be another: the day, a team, a language, who is a group.
"""
