"""Installs a Chromium for the tests if the machine has none: `python tools/browser.py`. Needs no root, only npm's registry.

It comes from the package `@sparticuz/chromium`, checked by its digest, and goes to `.venv/browser/`. The package has a
headless Chromium for Linux on x86-64 and the libraries that a bare system lacks. Other machines need an installed browser.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import urllib.error
import urllib.request
from pathlib import Path

import brotli

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".venv/browser"
STARTER = FOLDER / "chromium"
"""The script that starts it."""
NAMES = ("chromium", "chromium-browser", "google-chrome")
_VERSION = "153.0.0"
_SHA512 = (
    "8e2196a92bcf31dbb8f8ff538a562a011ef21063c41c8371fa50af13f36a34ef"
    "c41d8cc5ff1d615222394fa8a8548b7b744cbb9fcf1bcb24f4be4f9d9ec810c0"
)
_REGISTRY = os.environ.get("NPM_CONFIG_REGISTRY", "https://registry.npmjs.org").rstrip("/")

_MEND = "install Chromium by hand (apt install chromium)"


def installed() -> str | None:
    """The path of the machine's browser, or of the one that this tool installed; None if there is neither."""
    own = str(STARTER) if STARTER.exists() else None
    return next(filter(None, map(shutil.which, NAMES)), own)


def main() -> None:
    """Installs the browser. Exits with an error if that fails; prints a note if there is none for this machine."""
    if installed():
        return
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        print("there is no Chromium; until one is installed (brew install chromium), tests in a browser are left out")
        return
    print("fetching a Chromium for the tests", flush=True)
    address = f"{_REGISTRY}/@sparticuz/chromium/-/chromium-{_VERSION}.tgz"
    try:
        with urllib.request.urlopen(address, timeout=180) as answer:
            data = answer.read()
    except (urllib.error.URLError, TimeoutError) as error:
        sys.exit(f"error: {address}: {error}\n       {_MEND}, or name a mirror by NPM_CONFIG_REGISTRY")
    if hashlib.sha512(data).hexdigest() != _SHA512:
        sys.exit(f"error: {address} is not the file that it was\n       {_MEND}")
    _unpack(data)


def _unpack(data: bytes) -> None:
    stage = FOLDER.with_suffix(".stage")
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as package:
        (stage / "headless").write_bytes(_brotli(package, "chromium"))
        (stage / "headless").chmod(0o755)
        for name in ("al2023", "fonts"):
            with tarfile.open(fileobj=io.BytesIO(_brotli(package, f"{name}.tar"))) as inner:
                inner.extractall(stage / name)
    lacks_fonts = not Path("/etc/fonts/fonts.conf").exists()
    (stage / "chromium").write_text(_starter(_lacks_libraries(stage / "headless"), lacks_fonts))
    (stage / "chromium").chmod(0o755)
    shutil.rmtree(FOLDER, ignore_errors=True)
    stage.rename(FOLDER)


def _lacks_libraries(program: Path) -> bool:
    """Whether the machine lacks libraries that a program needs, or `ldd` to find out."""
    if shutil.which("ldd") is None:
        return True
    return "not found" in subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout


def _starter(lacks_libraries: bool, lacks_fonts: bool) -> str:
    """The script that starts the browser, with its own libraries and fonts if the machine lacks them."""
    own = ['LD_LIBRARY_PATH="$here/al2023/lib"'] * lacks_libraries + ['FONTCONFIG_PATH="$here/fonts"'] * lacks_fonts
    return f'#!/bin/sh\nhere=$(dirname "$0")\n{" ".join([*own, "exec"])} "$here/headless" "$@"\n'


def _brotli(package: tarfile.TarFile, name: str) -> bytes:
    found = package.extractfile(f"package/bin/{name}.br")
    assert found is not None
    return bytes(brotli.decompress(found.read()))


if __name__ == "__main__":
    main()
