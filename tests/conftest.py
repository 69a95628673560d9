"""What tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import ROOT, SmallSite

SHARED = ROOT.parent / "shared"


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """An empty small site with Ada in it."""
    found = SmallSite(tmp_path)
    found.person("ada", "Ada Lovelace")
    return found


@pytest.fixture
def shared() -> Path:
    """The folder of corpora and vectors beside the repository."""
    if not SHARED.is_dir():
        pytest.skip(f"the corpora and vectors are not here ({SHARED})")
    return SHARED
