"""Renames people, posts and topics in files. A plan is made first, from texts to texts; then it is applied.

`edit_front_matter` and `body` change a header and the links of a text. `rename_map` says what is renamed to what, `rewrite`
applies it to one file. `author`, `post`, `topics` and `last_day` make a `plan` of all files. `apply` carries it out, `staging`
stages it. `forgetting` and `traces` remove and find an old name.

`commands/` shows a plan, asks, and applies it.
"""
