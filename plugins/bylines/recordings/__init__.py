"""Keeps recordings from telling where they were made: `traces` searches files for it, `mp4` and `matroska` remove it from films.

All read an open file piece by piece, since films are large. `patches` describes and applies what they change.
"""
