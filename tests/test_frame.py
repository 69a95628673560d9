"""Pelican as the frame: its command, its settings, its signals; and the project's own commands."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from playwright import sync_api

from bylines.problems import SettingsError
from bylines.settings.capabilities import all_settings
from bylines.settings.docs import page
from tests.browsing import watched_page
from tests.building import NOW, ROOT, SmallSite, files_below
from tests.projects import run, run_cold

_CONF = """SITENAME = "Test"
SITEURL = "https://test.example"
PATH = "content"
THEME = {theme!r}
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
STATIC_PATHS = ["images", "extra"]
EXTRA_PATH_METADATA = {{"extra/robots2.txt": {{"path": "humans.txt"}}}}
PLUGINS = ["bylines"]
PELICAN_CLASS = "bylines.Frame"
BYLINES_SETTINGS_FILE = __file__
"""


@pytest.fixture
def project(site: SmallSite) -> SmallSite:
    """A site with a settings file, as people have it."""
    site.write("pelicanconf.py", _CONF.format(theme=str(ROOT / "theme")))
    site.post("ada/x.md", topics="[tides]")
    site.write("content/extra/robots2.txt", "We.")
    site.write("content/images/a.svg", "<svg/>")
    return site


def test_pelicans_command_does_the_same_build(project: SmallSite) -> None:
    ours = run_cold(project.folder, "build")
    assert ours.returncode == 0, ours.stderr
    built = files_below(project.folder / "output")
    for name in ("output", "cache"):
        shutil.rmtree(project.folder / name)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": str(NOW)}
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py"]
    theirs = subprocess.run(command, cwd=project.folder, env=environment, capture_output=True, text=True, check=False)
    assert theirs.returncode == 0, theirs.stderr
    assert files_below(project.folder / "output") == built
    assert re.search(r"^1 posts? of 1 blogs? on \d+ pages", theirs.stdout, re.M)


def test_the_settings_for_publication_are_found_by_pelicans_own_command(project: SmallSite) -> None:
    shutil.copyfile(ROOT / "publishconf.py", project.folder / "publishconf.py")
    command = shutil.which("pelican", path=str(Path(sys.executable).parent))
    if command is None:
        pytest.skip("Pelican's command is not here")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": str(NOW)}
    done = subprocess.run(
        [command, "content", "-s", "publishconf.py"],
        cwd=project.folder,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "https://blogs.meridian-tideworks.example/blogs/ada/x/" in project.page("blogs/ada/x/index.html")


def test_settings_of_pelican_work_as_its_users_expect(project: SmallSite) -> None:
    conf = project.folder / "pelicanconf.py"
    conf.write_text(
        conf.read_text()
        + "LINKS = [('A link', 'https://example.com/')]\nSOCIAL = [('Us', 'https://social.example/@us')]\n"
        + "MENUITEMS = [('Menu', '/menu/')]\nJINJA_FILTERS = {'shout': str.upper}\nTHEME_TEMPLATES_OVERRIDES = ['mine']\n"
        + "JINJA_ENVIRONMENT = {'trim_blocks': True, 'lstrip_blocks': True, 'extensions': ['jinja2.ext.do']}\n"
    )
    project.write(
        "mine/pages/404.html",
        "{% extends 'base.html' %}{% block main %}<h1>{% do [] %}{{ 'gone' | shout }}</h1>{% endblock %}",
    )
    done = run(project.folder, "build")
    assert done.returncode == 0, done.stderr
    page = project.page("index.html")
    for expected in ("https://example.com/", "https://social.example/@us", ">Menu<"):
        assert expected in page
    assert "GONE" in project.page("404.html")
    assert project.page("humans.txt") == "We."
    assert (project.folder / "output/images/a.svg").exists()


def test_settings_that_say_where_things_lie_and_what_is_left_out(project: SmallSite) -> None:
    conf = project.folder / "pelicanconf.py"
    text = conf.read_text().replace('"output"', '"public"').replace('PATH = "content"', 'PATH = "texts"', 1)
    conf.write_text(
        text.replace('"Test"', '"Another name"').replace("https://test.example", "https://other.example/sub")
        + "TIMEZONE = 'Asia/Tokyo'\nDEFAULT_LANG = 'fr'\nIGNORE_FILES = ['secret*']\nAUTHOR = 'Us'\n"
    )
    (project.folder / "content").rename(project.folder / "texts")
    project.write("texts/images/secret.svg", "<svg/>")
    project.write("texts/blogs/ada/secret.md", "no header, and nobody minds")
    done = run(project.folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    page = (project.folder / "public/blogs/ada/x/index.html").read_text()
    for expected in (
        "Another name", 'href="https://other.example/sub/blogs/ada/"', '<html lang="fr"', "2026-01-02T00:00:00+09:00",
    ):  # fmt: skip
        assert expected in page, expected
    assert (project.folder / "public/images/a.svg").exists()
    assert not (project.folder / "public/images/secret.svg").exists()


def test_a_file_cannot_be_put_outside_the_output(project: SmallSite) -> None:
    with pytest.raises(SettingsError, match="EXTRA_PATH_METADATA"):
        SmallSite(project.folder, EXTRA_PATH_METADATA={"images/a.svg": {"path": "../a.svg"}}).site()


def test_no_function_is_longer_than_fifty_lines() -> None:
    import ast

    long = [
        f"{file.relative_to(ROOT)}: {node.name}"
        for file in sorted((ROOT / "plugins").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 50
    ]
    assert long == []


def test_the_package_of_a_capability_imports_nothing() -> None:
    """So that its records, messages and facts can be imported without its pages."""
    import ast

    packages = sorted((ROOT / "plugins/bylines/features").glob("*/__init__.py"))
    assert len(packages) > 15
    assert [str(file) for file in packages if len(ast.parse(file.read_text()).body) > 1] == []


def test_a_plugin_of_pelicans_gets_its_signals_and_its_generators(project: SmallSite) -> None:
    project.write(
        "noting.py",
        "import pathlib\nfrom pelican import signals\nseen = []\n"
        "class Extra:\n"
        "    def __init__(self, context, settings, output_path, **rest): self.out = output_path\n"
        "    def generate_output(self, writer): pathlib.Path(self.out, 'extra.txt').write_text('made')\n"
        "def extra(pelican): return Extra\n"
        "def wrote(path, context): seen.append(path)\n"
        "def done(pelican): pathlib.Path(pelican.output_path, 'seen.txt').write_text(str(len(seen)))\n"
        "def register():\n"
        "    signals.get_generators.connect(extra)\n    signals.content_written.connect(wrote)\n    signals.finalized.connect(done)\n",
    )
    conf = project.folder / "pelicanconf.py"
    conf.write_text(
        "import sys; sys.path.insert(0, '.')\n" + conf.read_text().replace('["bylines"]', '["bylines", "noting"]')
    )
    done = run(project.folder, "build")
    assert done.returncode == 0, done.stderr
    assert project.page("extra.txt") == "made"
    assert int(project.page("seen.txt")) > 5


def test_a_wrong_setting_is_said_and_nothing_is_built(project: SmallSite) -> None:
    conf = project.folder / "pelicanconf.py"
    conf.write_text(conf.read_text() + "BYLINES_ACENT = 'red'\n")
    done = run(project.folder, "build")
    assert done.returncode == 1
    assert done.stderr.strip() == "error: BYLINES_ACENT is not a setting; did you mean BYLINES_ACCENT?"
    with pytest.raises(SettingsError, match="BYLINES_PAGE_SIZE"):
        SmallSite(project.folder, BYLINES_PAGE_SIZE=0).site()


def test_strict_and_check_tell_by_their_exit_codes(project: SmallSite) -> None:
    assert run(project.folder, "build", "--strict").returncode == 0
    project.post("ada/y.md", title=None)
    assert run(project.folder, "build").returncode == 0
    strict = run(project.folder, "build", "--strict", "--quiet")
    assert strict.returncode == 1
    assert strict.stderr.splitlines() == [
        "content/blogs/ada/y.md:2: title is missing; add a line 'title: …' (not published)",
        "1 problem in 1 file; 1 post is not published",
    ]


def test_new_author_and_new_post_begin_files_that_build(project: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    from bylines.commands.scaffold import new_author, new_post

    monkeypatch.chdir(project.folder)
    assert new_author("Łukasz O'Neill: Jr.") == 0
    assert new_post("lukasz-oneill-jr", 'Salt: a "love" story') == 0
    assert new_post("nobody", "x") == 1
    assert new_author("Łukasz O'Neill: Jr.") == 1, "nothing is written over"
    done = run(project.folder, "build", "--strict", "--preview")
    assert done.returncode == 0, done.stderr
    assert (
        "Salt: a &quot;love&quot; story"
        in (project.folder / ".serve/output/blogs/lukasz-oneill-jr/index.html").read_text()
    )


def test_serve_shows_drafts_builds_again_at_a_change_and_says_what_is_wrong(browser: Any, project: SmallSite) -> None:
    project.post("ada/d.md", title="A draft", status="draft")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    code = f"from bylines.commands.serve import serve; raise SystemExit(serve('pelicanconf.py', {port}))"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=project.folder, env=environment, stdout=subprocess.DEVNULL
    ) as server:
        try:
            base = f"http://127.0.0.1:{port}"
            assert "A draft" in _fetched(f"{base}/blogs/ada/d/", "A draft")
            stream = urllib.request.urlopen(f"{base}/.bylines/reload", timeout=30)
            time.sleep(0.5)
            project.post("ada/d.md", title="Another title", status="draft")
            assert stream.readline() == b"data: new\n"
            assert "Another title" in _fetched(f"{base}/blogs/ada/d/", "Another title")
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(f"{base}/nowhere/")
            with watched_page(browser, base) as page:
                page.goto(f"{base}/blogs/ada/d/")
                sync_api.expect(page.locator("#site-problems")).to_have_count(0)
                project.post("ada/d.md", "[x](nowhere.md)\n", title="A third title", status="draft")
                sync_api.expect(page.locator("h1")).to_have_text("A third title")  # by itself
                sync_api.expect(page.locator("#site-problems li")).to_have_text(
                    re.compile("d.md:6: nowhere.md leads nowhere")
                )
                sync_api.expect(page.locator(".mark").first).to_have_text("Draft")
                project.post("ada/d.md", "Fine.\n", title="A fourth title", status="draft")
                sync_api.expect(page.locator("h1")).to_have_text("A fourth title")
                sync_api.expect(page.locator("#site-problems")).to_have_count(0)
        finally:
            server.terminate()
    assert not (project.folder / "output").exists(), "a preview is not published"


def _fetched(url: str, expected: str) -> str:
    for _ in range(100):
        try:
            with urllib.request.urlopen(url) as response:
                text: str = response.read().decode()
        except OSError:
            text = ""
        if expected in text:
            return text
        time.sleep(0.1)
    return text


def test_every_setting_is_in_the_docs() -> None:
    assert (ROOT / "docs/settings.md").read_text() == page(all_settings())


def test_everything_public_says_what_it_is() -> None:
    import ast

    bare = []
    for file in sorted((ROOT / "plugins").rglob("*.py")):
        tree = ast.parse(file.read_text())
        nodes = [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef))]
        inner = {
            child
            for node in nodes
            if isinstance(node, ast.FunctionDef)
            for child in ast.walk(node)
            if child is not node
        }
        for node in nodes:
            name = getattr(node, "name", file.name)
            if (
                not name.startswith("_")
                and node not in inner
                and not ast.get_docstring(node)
                and not _is_within_private(tree, node)
            ):
                bare.append(f"{file.relative_to(ROOT)}: {name}")
    assert bare == []


def _is_within_private(tree: object, node: object) -> bool:
    import ast

    classes = (c for c in ast.walk(tree) if isinstance(c, ast.ClassDef) and c.name.startswith("_"))  # type: ignore[arg-type]
    return any(node in c.body for c in classes)
