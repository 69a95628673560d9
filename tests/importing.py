"""Old blogs for tests: the exports of `tests/exports/`, with pictures, imported into a small site."""

from __future__ import annotations

import shutil
from pathlib import Path

from bylines.commands.import_blog import KINDS, Import, import_blog
from tests.building import SmallSite, files_below
from tests.drawing import picture
from tests.projects import configure

EXPORTS = Path(__file__).parent / "exports"
GOLDEN = Path(__file__).parent / "golden" / "imports"
# What lies in each export beside texts.
_PICTURES = {
    "wordpress": ("uploads/2010/05/winch.jpg", "uploads/2010/05/unused.jpg"),
    "jekyll": ("assets/winch.jpg",),
    "hugo": ("static/images/winch.jpg", "content/posts/tides/chart.png"),
    "ghost": ("content/images/2020/01/winch.jpg",),
    "blogger": ("Albums/Harbour/harbour-at-noon.jpg",),
    "pelican": ("content/images/winch.jpg",),
}


def export(kind: str, folder: Path) -> Path:
    """A copy of an export, with its pictures."""
    copy = folder / "exports" / kind
    shutil.copytree(EXPORTS / kind, copy)
    for name in _PICTURES.get(kind, ()):
        file = copy / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture(64, 40, "PNG" if name.endswith("png") else "JPEG"))
    return copy


def ready(site: SmallSite) -> SmallSite:
    """A site into which a blog can be imported."""
    configure(site)
    (site.folder / "content").mkdir(exist_ok=True)
    return site


def run(
    site: SmallSite, source: Path | str, *authors: str, handle: str = "ada", kind: str = "", dry: bool = False
) -> int:
    """Imports; gives the exit code."""
    return import_blog(Import(str(source), handle, kind, authors, dry), str(site.folder / "pelicanconf.py"))


def blog(site: SmallSite) -> dict[str, bytes]:
    """Ada's files."""
    folder = site.folder / "content" / "blogs" / "ada"
    return files_below(folder) if folder.exists() else {}


def texts(found: dict[str, bytes]) -> dict[str, str]:
    """Those files that are texts."""
    return {name: data.decode() for name, data in found.items() if name.endswith((".md", ".rst", ".yaml"))}


def write_golden(folder: Path) -> None:
    """Writes what is expected anew: to be read, line by line, before it is committed."""
    import contextlib
    import io

    for kind in KINDS:
        site = ready(SmallSite(folder / kind))
        site.person("ada", "Ada Lovelace")
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            run(site, export(kind, folder / kind))
        for name, text in {**texts(blog(site)), "report.txt": said.getvalue()}.items():
            file = GOLDEN / kind / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        write_golden(Path(folder))
