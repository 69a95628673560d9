"""The tool that compares two versions of the code finds what differs, and nothing where nothing does."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import ROOT

_POST = "---\ntitle: Post {n}\ndate: 2025-0{n}-01\ntopics: [tides]\n---\nText\n"


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    """Two checkouts of this code, with a theme each and a small site of their own."""
    for name in ("old", "new"):
        folder = tmp_path / name
        (folder / "content/blogs/ada").mkdir(parents=True)
        (folder / "authors").mkdir()
        (folder / "authors/ada.yaml").write_text("name: Ada\n")
        for n in range(1, 5):
            (folder / f"content/blogs/ada/post-{n}.md").write_text(_POST.format(n=n))
        settings = (ROOT / "pelicanconf.py").read_text()
        (folder / "pelicanconf.py").write_text(f"{settings}BYLINES_SEARCH = BYLINES_COVERS = False\n")
        (folder / "plugins").symlink_to(ROOT / "plugins")
        shutil.copytree(ROOT / "theme", folder / "theme")
    return tmp_path / "old", tmp_path / "new"


def _compared(versions: tuple[Path, Path], *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools/same_output.py"), *map(str, versions), "--sites=demo", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_same_code_makes_the_same_of_every_edit(versions: tuple[Path, Path]) -> None:
    done = _compared(versions)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split(" (")[0] for line in done.stdout.splitlines()] == [
        "demo, clean: same",
        "demo, edit word: same",
        "demo, add old post: same",
        "demo, remove post: same",
        "demo, rename person: same",
        "demo, rename topic: same",
    ]
    assert " 0 pages rendered" not in done.stdout


def test_one_word_of_a_template_is_a_difference(versions: tuple[Path, Path]) -> None:
    template = versions[1] / "theme/templates/pages/404.html"
    text = template.read_text()
    template.write_text(text.replace("{% block main %}", "{% block main %}<p>Another word</p>", 1))
    assert template.read_text() != text
    done = _compared(versions, "--edits=0")
    assert done.returncode == 1, done.stderr
    assert "demo, clean: differs" in done.stdout
    assert "\n  1 of " in done.stdout
    assert "\n  404.html\n" in done.stdout
    assert "Another word" in done.stdout


def test_another_message_is_a_difference(versions: tuple[Path, Path]) -> None:
    with (versions[1] / "content/blogs/ada/post-2.md").open("a") as post:
        post.write("\n[Nowhere](/blogs/ada/nowhere/)\n")
    assert _compared(versions, "--edits=0").returncode == 0
    done = _compared(versions, "--edits=0", "--own-content")
    assert done.returncode == 1, done.stderr
    assert "/blogs/ada/nowhere/ leads nowhere" in done.stdout
