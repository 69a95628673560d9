"""Renaming people, posts and topics by files: what is to be changed is put together first, as texts in and texts out.

header (where values stand in a file) → names (what is called otherwise) → texts (one file) → plan (all files) → carry_out

`commands/` shows a plan, asks, and carries it out.
"""
