"""Brings what differs to where the site is served: a folder, a machine by ssh, S3, or a branch that a git host publishes.

`publish` is the order of events; `targets` says which kind of place an address is; `folder`, `ssh`, `s3` and `branch` know
one kind each; `order`, `kinds`, `copies` and `slip` are pure, or nearly.
"""
