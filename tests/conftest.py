"""What tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import opened_browser
from tests.building import ROOT, SmallSite, environment

SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True, scope="session")
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What builds keep in the user's folder goes elsewhere."""
    with environment({"XDG_CACHE_HOME": str(tmp_path_factory.getbasetemp().parent / "caches")}):
        yield


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real browser."""
    with opened_browser() as found:
        yield found
