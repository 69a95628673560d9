"""Files that are published as they are: those beside posts, the theme's own, and those in STATIC_PATHS.

A file in a post's folder goes where the post goes, and is not published while the post is a draft. Other files keep their
place. Pictures lose the metadata that cameras write into them, and are also published in smaller sizes, below /pictures/.
Keeps the tables `asset` and `picture`. Invalidates ASSET, ADDRESS and PICTURE (sizes).
"""
