"""Blogs: a page for each person and each group, with all that they wrote, the newest first.

Reads `content/blogs/<handle>/blog.yaml` (group blogs). Weaves `team` (the groups) and `member`. Touches GROUP, and
GROUP_TITLE where what others show of it changed.
"""
