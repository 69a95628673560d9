"""Files that are published as they are: beside posts, the theme's own, and what STATIC_PATHS names.

A file in a post's folder goes where the post goes (and nowhere while that is a draft); others keep their place.
Pictures lose what cameras wrote into them, and are there in smaller sizes, below /pictures/.
Weaves `asset` and `picture`; touches ASSET, ADDRESS and PICTURE (sizes).
"""
