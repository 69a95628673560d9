"""Publishes the site: uploads what changed to a local folder, a machine over ssh, an S3 bucket, or a git host's pages branch.

`publish` runs one publication. `targets` parses an address and picks the target; `folder`, `ssh`, `s3` and `branch` implement
one kind of target each. `upload_order` decides which file goes first, `media_types` how it is served, `precompressed` writes
gzip and Brotli copies. `deploy_marker` records which build is served, and `remote_lock` keeps two publications apart.
"""
