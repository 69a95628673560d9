"""Law 2: an incremental build is byte-identical to a clean one, whatever was edited, in whatever order."""

from __future__ import annotations

import os
import posixpath
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bylines.engine.delta import identity
from bylines.problems import OutputError
from tests.building import NOW, ROOT, SmallSite
from tests.delivering import Delivery, apply, contents
from tests.drawing import picture

HANDLES = ("ada", "grace", "bob", "crew", "zoe")
FILES = ("a.md", "b.md", "A.md", "a.de.md", "c/index.md", "c/index.fr.md", "sub/b.md", "2026-02-03-d.md", "e.md")
TOPICS = ("tides", "Tides", "c", "C++", "machine learning", "ML", "Machine-Learning", "zinc", "Åland")
DATES = (
    "2026-01-01",
    "2026-01-01 10:00",
    "2025-12-31T23:59:59Z",
    "2026-09-25",
    "2024-03-01 08:00 +05:00",
    "1999-01-01",
    "2026-09-21 08:00",  # the day on which time begins
    "2026-09-20 23:30",
)
LINKS = (
    "[b](b.md)", "[c](c/index.md)", "[g](../grace/a.md)", "![x](pic.svg)", "![p](/images/pic.svg)", "[about](/about/)",
    "{static}/images/pic.svg", "[n]({filename}../bob/e.md)", "@grace", "@zoe", "`@ada`", "# Head", "[f](#head)", "$x^2$",
    "[old](/old/)", "text", "![j](pic.jpg)", "![j](c/pic.jpg)", "![i](/images/pic.png)", "![i]({static}/images/pic.png)",
)  # fmt: skip
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP"}
PICTURE = "<svg xmlns='http://www.w3.org/2000/svg'/>"


class Editor:
    """Random edits of one site, from a seeded source of choices."""

    def __init__(self, site: SmallSite, choose: random.Random) -> None:
        self.site = site
        self.choose = choose
        self.log: list[str] = []
        self.edits: tuple[Callable[[], str], ...] = (
            self.put_post, self.put_post, self.put_post, self.put_many, self.change_post, self.change_post, self.drop,
            self.drop, self.move, self.put_person, self.put_person, self.put_group, self.put_topics, self.put_page,
            self.put_asset, self.put_picture, self.put_picture, self.put_photo, self.put_style,
            self.retheme, self.reset, self.pass_time, self.hurt_store,
            self.hurt_output, self.nothing,
