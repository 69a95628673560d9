"""The settings for publication: as pelicanconf.py, with absolute addresses."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from pelicanconf import *  # noqa: F403 (that is how Pelican's settings build on each other)

SITEURL = "https://blogs.meridian-tideworks.example"
OUTPUT_PATH = "output"
BYLINES_SETTINGS_FILE = __file__
