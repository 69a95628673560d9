"""What other programs and people know of a kind of file, written from its declaration.

example → a file as people write it, and what a page shows of it
keys_table → docs/keys.md · json_schema → schemas/*.json, for editors · front_matter → frontmatter.json, for the extension of VS Code
issue_forms → the forms of git hosts · prompts → the beginning of a file, for `new` · seeds → inputs for fuzzing
written → all files by their paths; `python -m bylines.schema` writes them for the site in whose folder it runs

Each is a function of kinds (`engine/kinds.py`), so a company's own kinds get all of it as ours do.
"""
