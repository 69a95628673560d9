"""Pictures: what a file holds (look), the same without what cameras write into it (metadata), and smaller ones of it (sizes).

All three are pure: bytes in, bytes or facts out. What they give follows from the bytes and from the codecs, whose versions
the code's digest names.
"""
