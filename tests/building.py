"""Small sites for tests: files in a folder, built for real, and what came out."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pelican.settings import DEFAULT_CONFIG

from bylines.engine import build as engine
from bylines.engine.build import Result
from bylines.settings import Site, site_from

ROOT = Path(__file__).parent.parent
NOW = 1_790_000_000
"""21 September 2026: the build's clock unless a test says otherwise."""


class SmallSite:
    """A site in a folder of its own, with the repository's theme unless it brings one."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.folder = folder
        self.settings: dict[str, Any] = {"SITENAME": "Test", "SITEURL": "https://test.example", **settings}
        self.now = NOW

    def write(self, path: str, content: str | bytes) -> Path:
        """Writes a source."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def post(self, path: str, body: str = "Some text.\n", **header: Any) -> Path:
        """Writes a post below `content/blogs/`."""
        lines = {"title": "A title", "date": "2026-01-02", **header}
        text = "".join(f"{key}: {value}\n" for key, value in lines.items() if value is not None)
        return self.write(f"content/blogs/{path}", f"---\n{text}---\n{body}")

    def person(self, handle: str, name: str | None = None, **keys: Any) -> Path:
        """Writes a profile."""
        lines = {"name": name or handle.title(), **keys}
        return self.write(f"authors/{handle}.yaml", "".join(f"{key}: {value}\n" for key, value in lines.items()))

    def remove(self, path: str) -> None:
        """Removes a source or a folder of sources."""
        file = self.folder / path
        if file.is_dir():
            shutil.rmtree(file)
        else:
            file.unlink()

    def site(self, output: str = "output", cache: str = "cache") -> Site:
        """The site's description, with its output and store in these folders."""
        theme = self.folder / "theme"
        settings = {
            **DEFAULT_CONFIG,
            "PATH": str(self.folder / "content"),
            "THEME": str(theme if theme.exists() else ROOT / "theme"),
            "OUTPUT_PATH": str(self.folder / output),
            "CACHE_PATH": str(self.folder / cache),
            "STATIC_PATHS": ["images"],
            "DEFAULT_LANG": "en",
            "TIMEZONE": "Europe/Lisbon",
            "BYLINES_SETTINGS_FILE": str(self.folder / "pelicanconf.py"),
            "BYLINES_WORKERS": 1,
            **self.settings,
        }
        return site_from(settings)

    def build(self, output: str = "output", cache: str = "cache", *, verify: bool = False) -> Result:
        """Builds the site."""
        with clock(self.now):
            return engine.build(self.site(output, cache), verify=verify)

    def built(self, output: str = "output") -> dict[str, bytes]:
        """Every file of the output, by path."""
        return files_below(self.folder / output)

    def page(self, path: str) -> str:
        """The text of one file of the output."""
        return (self.folder / "output" / path).read_text()

    def problems(self) -> list[str]:
        """The messages of a build, as people see them."""
        return [str(problem) for problem in self.build().problems]


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path in it."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@contextlib.contextmanager
def clock(now: int) -> Iterator[None]:
    """SOURCE_DATE_EPOCH for a while."""
    with environment({"SOURCE_DATE_EPOCH": str(now)}):
        yield


@contextlib.contextmanager
def environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Variables of the environment for a while."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
