"""A small project that is published, and publications of it in this process."""

from __future__ import annotations

import contextlib
import io
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from bylines import frame
from bylines.__main__ import main
from bylines.engine.result import BuildOptions
from tests.building import NOW, SmallSite, clock, files_below
from tests.projects import configure
from tests.test_incremental import git


def project_in(folder: Path) -> SmallSite:
    """Ada and Bob with a few posts, in a git repository."""
    site = SmallSite(folder)
    site.folder.mkdir()
    configure(site)
    setting(site, "BYLINES_COVERS", False)
    site.person("ada", "Ada Lovelace")
    site.person("bob", "Bob Sinclar", team="Sea")
    for name in ("one", "two"):
        site.post(f"ada/{name}.md", topics="[Tides]")
    site.post("bob/three/index.md", "See [one](../../ada/one.md), and [the figures](figures.csv).\n")
    site.write("content/blogs/bob/three/figures.csv", "a,b\n")
    site.write(".gitignore", "/output/\n/cache/\n/delta/\n/.*\n/clean*\n__pycache__/\n")
    git(site.folder, "init", "-q", "-b", "main")
    commit(site)
    return site


def setting(site: SmallSite, name: str, value: Any) -> None:
    """Adds a setting."""
    with (site.folder / "pelicanconf.py").open("a") as conf:
        conf.write(f"{name} = {value!r}\n")


def commit(site: SmallSite) -> None:
    """Commits all."""
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-q", "-m", "an edit")


class ConstantMessages(NamedTuple):
    """What a publication said, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def publish(site: SmallSite, *options: str) -> ConstantMessages:
    """Publishes in this process: to start one takes longer than all the rest."""
    out, err = io.StringIO(), io.StringIO()
    command = ["publish", "--settings", str(site.folder / "pelicanconf.py"), *options]
    with clock(NOW), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(command)
    return ConstantMessages(code, out.getvalue(), err.getvalue())


def published(site: SmallSite, *options: str) -> str:
    """What a publication said that went well."""
    done = publish(site, *options)
    assert done.returncode == 0, done.stderr
    assert "note:" not in done.stderr
    return done.stdout.strip()


def clean_build(site: SmallSite) -> dict[str, bytes]:
    """What a clean build of a project gives."""
    for name in ("clean", "clean-cache"):
        shutil.rmtree(site.folder / name, ignore_errors=True)
    aside = {"OUTPUT_PATH": str(site.folder / "clean"), "CACHE_PATH": str(site.folder / "clean-cache")}
    with clock(NOW):
        frame.build(str(site.folder / "pelicanconf.py"), aside, options=BuildOptions())
    return files_below(site.folder / "clean")


def edit(site: SmallSite, number: int) -> None:
    """A new post with a file of its own, a new person, another title, and a post that goes."""
    site.post(
        f"ada/new-{number}/index.md",
        "[the data](data.csv) by @bob\n",
        topics="[Tides, Waves]",
        date=f"2026-03-{number % 27 + 1:02}",
    )
    site.write(f"content/blogs/ada/new-{number}/data.csv", f"{number}\n")
    site.person(f"who-{number}", f"Who {number}")
    site.post(f"who-{number}/hello.md", "I read [this](../ada/one.md).\n", title=f"Hello {number}")
    site.post("ada/one.md", topics="[Tides]", title=f"One, {number}")
    if number:
        site.remove(f"content/blogs/ada/new-{number - 1}")


def fails(site: SmallSite, *options: str) -> str:
    """What a publication said that did not."""
    done = publish(site, *options)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.strip().splitlines()
    return line
