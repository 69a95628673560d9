"""Pictures: `decode` reads what a file holds, `metadata` strips it, `sizes` makes smaller versions, and `cover` draws covers.

All are pure: they take bytes and return bytes or facts. The results depend only on the input and on the codecs, whose
versions are part of the code's digest.
"""
