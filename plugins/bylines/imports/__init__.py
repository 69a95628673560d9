"""Import of an old blog: an export in, files of one's own blog out. Nothing is fetched, nothing is ever overwritten.

export (a folder, a zip or a file) → formats (one module for each kind: entries as they were) → moving (where each lies,
what it links to) → body (as Markdown) → writing (front matter, comments) → report

`commands/import_blog.py` writes what comes out.
"""
