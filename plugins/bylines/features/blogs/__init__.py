"""Blogs: a page for each person and each group, with all their posts, the newest first.

Reads `content/blogs/<handle>/blog.yaml` (group blogs). Keeps the tables `team` (the groups) and `member`. Invalidates GROUP,
and GROUP_TITLE if the part of a group that other pages show has changed.
"""
