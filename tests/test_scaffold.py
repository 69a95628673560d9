"""`new-author` and `new-post`: what is asked, what git knows, what is never written over, and what is said to do next."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.building import SmallSite
from tests.projects import configure, run
from tests.terminal import typed
from tests.test_incremental import git


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    """A repository in which git knows who commits."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    site = SmallSite(tmp_path / "site")
    configure(site)
    site.person("grace", "Grace Hopper", emails="[grace@corp.example]", aliases="[/blogs/amazing/]")
    site.write("content/pages/about.md", "---\ntitle: About\n---\nUs.\n")
    git(site.folder, "init", "-q", "-b", "main")
    _is(site, "Ada Lovelace", "ada@corp.example")
    return site


def _is(site: SmallSite, name: str, email: str) -> None:
    for key, value in (("user.name", name), ("user.email", email)):
        subprocess.run(["git", "config", key, value], cwd=site.folder, check=True)


def test_enter_takes_what_git_knows(office: SmallSite) -> None:
    code, said = typed(office.folder, ["", "", ""], "new-author")
    assert code == 0, said
    text = (office.folder / "authors/ada-lovelace.yaml").read_text()
    assert text.startswith("name: Ada Lovelace\n")
    assert '\nemails: ["ada@corp.example"]\n' in text
    assert "(Ada Lovelace)" in said, "the default is shown"
    code, said = typed(office.folder, ["", "What the winch said"], "new-post")
    assert code == 0, said
    assert "(ada-lovelace)" in said, "whose profile has git's e-mail"
    post = office.folder / "content/blogs/ada-lovelace/what-the-winch-said.md"
    assert re.search(r"^id: urn:uuid:", post.read_text(), re.M)
    assert office.problems() == []


def test_what_is_answered_stands_before_what_git_knows(office: SmallSite) -> None:
    code, said = typed(office.folder, ["Mary Somerville", "mary", "mary@corp.example"], "new-author")
    assert code == 0, said
    assert (office.folder / "authors/mary.yaml").read_text().startswith("name: Mary Somerville\n")
    code, said = typed(office.folder, ["A title"], "new-post", "--handle", "mary")
    assert code == 0, said
    assert (office.folder / "content/blogs/mary/a-title.md").exists()


def test_what_is_said_to_do_next_works_when_it_is_done(office: SmallSite) -> None:
    done = run(office.folder, "new-author", "--name", "Ada Lovelace")
    assert done.returncode == 0, done.stderr
    next_ = [line.strip() for line in done.stdout.partition("Next:")[2].splitlines()]
    command = next(line for line in next_ if "new-post" in line).partition("   ")[0]
    assert command == "python -m bylines new-post --handle ada-lovelace"
    assert run(office.folder, *command.split()[3:], "--title", "Salt").returncode == 0
    add = next(line for line in next_ if line.startswith("git add")).removesuffix(" && git push")
    subprocess.run(add, shell=True, cwd=office.folder, check=True, capture_output=True)
    assert "authors/ada-lovelace.yaml" in _committed(office)


def _committed(site: SmallSite) -> str:
    return subprocess.run(
        ["git", "show", "--stat", "HEAD"], cwd=site.folder, capture_output=True, text=True, check=True
    ).stdout


def test_the_folder_and_the_email_say_whose_post_it_is(office: SmallSite) -> None:
    _is(office, "Rear Admiral", "Grace@Corp.example")
    assert run(office.folder, "new-post", "--title", "By e-mail").returncode == 0
    assert (office.folder / "content/blogs/grace/by-e-mail.md").exists()
    office.person("ada")
    (office.folder / "content/blogs/ada/2026").mkdir(parents=True)
    below = office.folder / "content/blogs/ada/2026"
    assert run(below, "new-post", "--title", "Here", "--settings", "../../../../pelicanconf.py").returncode == 0
    assert (office.folder / "content/blogs/ada/here.md").exists()


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (["new-author"], "--name is missing; give it, or run this on a terminal"),
        (["new-post"], "--handle is missing; give it, or run this on a terminal"),
        (["new-post", "--handle", "grace"], "--title is missing; give it, or run this on a terminal"),
        (["new-post", "--handle", "nobody", "--title", "x"], "nobody is called 'nobody'"),
        (["new-author", "--name", "Grace"], "grace is or was the handle of authors/grace.yaml"),
        (["new-author", "--name", "Amazing"], "amazing is or was the handle of authors/grace.yaml"),
        (["new-author", "--name", "Crew"], "crew is or was the handle of content/blogs/crew/blog.yaml"),
        (["new-author", "--name", "Twin"], "twin is or was the handle of content/blogs/Twin"),
        (["new-author", "--name", "!!"], "'' is not a handle; give one with --handle"),
        (
            ["new-post", "--handle", "grace", "--title", "Salt"],
            "content/blogs/grace/2026-01-01-SALT.md has or had the address",
        ),
        (
            ["new-post", "--handle", "grace", "--title", "Once"],
            "content/blogs/grace/2026-01-01-SALT.md has or had the address",
        ),
        (
            ["new-post", "--handle", "grace", "--title", "In the header"],
            "content/blogs/grace/x/index.md has or had the address",
        ),
    ],
)
def test_nothing_is_written_over_nor_beside_a_twin(office: SmallSite, command: list[str], why: str) -> None:
    office.write("content/blogs/crew/blog.yaml", "title: Crew\n")
    office.write("content/blogs/Twin/x.md", "text")
    office.post("grace/2026-01-01-SALT.md", aliases="[/blogs/grace/once/]")
    office.post("grace/x/index.md", slug="'In-The-Header'")
    before = office.built("authors") | office.built("content")
    done = run(office.folder, *command)
    assert done.returncode == 1
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert office.built("authors") | office.built("content") == before


def test_a_profile_for_somebody_else_does_not_get_ones_own_email(office: SmallSite) -> None:
    _is(office, "Grace Hopper", "grace@corp.example")
    assert run(office.folder, "new-author", "--name", "Ada Lovelace").returncode == 0
    assert "grace@" not in (office.folder / "authors/ada-lovelace.yaml").read_text()


def test_a_change_that_is_asked_for_on_a_terminal_is_made_or_not(office: SmallSite) -> None:
    office.post("grace/x.md")
    code, said = typed(office.folder, ["n"], "rename-author", "grace", "hopper")
    assert code == 1, said
    assert (office.folder / "authors/grace.yaml").exists()
    code, said = typed(office.folder, ["y"], "rename-author", "grace", "hopper")
    assert code == 0, said
    assert (office.folder / "content/blogs/hopper/x.md").exists()
