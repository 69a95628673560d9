"""Imports an old blog: reads an export and returns the files of a new blog. Fetches nothing and overwrites nothing.

export (opens a folder, zip or file) → formats (one reader per program, which returns a `model.OldBlog`) → target_paths
(where each entry goes) → convert (links by `linking`, bodies by `markdown` or `relink`, front matter by `writing`)

`commands/import_blog.py` writes the files and prints the report.
"""
