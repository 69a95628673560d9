"""Films, sounds and documents: what they say of a place or a device (traces), and films without that (boxes, matroska).

All of it is pure but for a file that is read piece by piece, since films are large.
"""
