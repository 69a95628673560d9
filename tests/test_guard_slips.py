"""Who may write what: a slip that a later commit of the same branch takes back, and what looks like one and is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guarding import Repository

NINA = "name: Nina\nemails: [nina@corp.example]\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "site")


def _slip(repo: Repository, path: str, who: str = "ada", then: str = "", data: str = "Words.\n") -> None:
    """A file in one commit, which the next takes away, or moves to where it belongs."""
    repo.put(path.encode(), data.encode())
    repo.commit_index(who)
    repo.git("rm", "-q", "--cached", "--", f":(literal){path}")
    repo.put((then or "content/blogs/ada/fine.md").encode(), data.encode())
    repo.commit_index(who)


@pytest.mark.parametrize(
    "path",
    [
        "content/blogs/Ada/x.md", "content/blogs/x.md", "content/x.md", "hello.md", "Blogs/ada/x.md", "content/blog/ada/x.md",
        "posts/x.md", "authors/Ada.yml", "authors/ada.yml", "authors/Ada.yaml", "authors/ada photo.jpg", "content/blogs/adda/x.md",
        "content/blogs/adda/photo.jpg", "content/blogs/ada/what?.md", "content/blogs/ada/at 9:30.md", "content/blogs/ada/x.md ",
        "content/blogs/ada/aux.md", "Content/blogs/ada/x.md", "content/blogs/ada lovelace/x.md", "photo.jpg", "IMG_1.HEIC",
    ],
)  # fmt: skip
@pytest.mark.parametrize("account", ["", "ada-corp"])
def test_a_slip_that_is_gone_counts_no_more(repo: Repository, path: str, account: str) -> None:
    repo.put(path.encode())
    repo.commit_index("ada")
    assert repo.refused(account) != [], "as long as it is there"
    repo.git("rm", "-q", "--cached", "--", f":(literal){path}")
    repo.put(b"content/blogs/ada/fine.md")
    repo.commit_index("ada")
    assert repo.said(account) == []


@pytest.mark.parametrize(
    "wrong", ["authors/Nina.yml", "authors/Nina.yaml", "authors/nina-b.yaml", "nina.yaml.md", "authors/nina.yml"]
)
@pytest.mark.parametrize("account", ["", "nina-corp"])
def test_somebody_new_may_have_slipped_in_their_first_commit(repo: Repository, wrong: str, account: str) -> None:
    _slip(repo, wrong, "nina", "authors/nina.yaml", NINA)
    assert repo.said(account) == []


def test_the_web_editors_commits_may_slip_too(repo: Repository) -> None:
    _slip(repo, "content/blogs/Ada/x.md", "1+ada@users.noreply.git.example")
    assert repo.said("ada-corp") == []
    assert repo.refused() != [], "without an account nobody knows whose it was"


def test_a_file_that_could_be_run_and_cannot_any_more_is_fine(repo: Repository) -> None:
    repo.write("content/blogs/ada/x.md")
    repo.git("add", "-A")
    repo.git("update-index", "--chmod=+x", "content/blogs/ada/x.md")
    repo.commit_index("ada")
    assert repo.refused() == ["content/blogs/ada/x.md"]
    repo.git("update-index", "--chmod=-x", "content/blogs/ada/x.md")
    repo.commit_index("ada")
    assert repo.said() == []


# What is no slip.
@pytest.mark.parametrize(
    "path",
    [
        "content/blogs/grace/new.md", "content/blogs/Grace/new.md", "content/blogs/Grace/old.md", "authors/Grace.yaml",
        "authors/grace.jpg", "content/pages/new.md", "tasks.py", "plugins/bylines/x.py", "plugins/readme.md",
        "Pelicanconf.py", "conftest.py", "Makefile", ".gitattributes", ".github/workflows/x.yml", "content/.htaccess",
        "content/blogs/ada/.gitmodules", "content/blogs/ada/.git /config", "content/blogs/ada/git~1",
        "content/blogs/ada/a\\b.md", "content/blogs/ada/a\u202eb.md", "content/blogs/ada/a\x01.md", "content/style.css",
        "content/extra.js", "action.yml", "theme/x.html", "content/blogs/ada/.g\u200cit/config",
    ],
)  # fmt: skip
def test_what_is_anothers_steers_or_tricks_is_refused_though_it_is_gone(repo: Repository, path: str) -> None:
    repo.git("switch", "-q", "main")
    repo.write("plugins/bylines/keep.md")
    repo.commit("kim")
    repo.git("switch", "-q", "-C", "change")
    repo.put(path.encode())
    repo.commit_index("ada")
    first = repo.git("rev-parse", "HEAD")[:10]
    repo.git("rm", "-q", "--cached", "--", f":(literal){path}")
    repo.put(b"content/blogs/ada/fine.md")
    repo.commit_index("ada")
    for account in ("", "ada-corp"):
        said = repo.said(account)
        assert said != []
        assert all(f"its commit {first} (“a change”) keeps it for good" in line for line in said)


def test_somebody_elses_file_that_is_changed_and_changed_back_is_refused(repo: Repository) -> None:
    repo.write("content/blogs/grace/old.md", "Ada's words.\n")
    repo.commit("ada")
    repo.write("content/blogs/grace/old.md", "Old words of grace.\n")
    repo.commit("ada")
    assert repo.refused() == ["content/blogs/grace/old.md"]
    repo.git("reset", "-q", "--hard", "main")
    repo.git("rm", "-q", "content/blogs/grace/old.md")
    repo.commit("ada")
    repo.git("revert", "--no-edit", "HEAD", GIT_AUTHOR_EMAIL="ada@corp.example")
    assert repo.refused() == ["content/blogs/grace/old.md"]


@pytest.mark.parametrize("mode", ["120000", "100755"])
def test_a_link_or_a_program_that_comes_and_goes_is_refused(repo: Repository, mode: str) -> None:
    for path in (b"content/blogs/ada/link", b"content/x.md"):
        repo.put(path, b"/etc/passwd", mode)
    repo.commit_index("ada")
    repo.git("rm", "-q", "--cached", "content/blogs/ada/link", "content/x.md")
    repo.commit_index("ada")
    assert repo.refused() == ["content/blogs/ada/link", "content/x.md"]


def test_a_link_in_place_of_a_file_is_refused_though_it_is_a_file_again(repo: Repository) -> None:
    repo.put(b"content/blogs/ada/old.md", b"/etc/passwd", "120000")
    repo.commit_index("ada")
    repo.put(b"content/blogs/ada/old.md", b"New words.\n")
    repo.commit_index("ada")
    assert repo.refused() == ["content/blogs/ada/old.md"]


def test_a_slip_of_two_people_is_refused(repo: Repository) -> None:
    repo.put(b"content/x.md")
    repo.commit_index("ada")
    repo.git("rm", "-q", "--cached", "content/x.md")
    repo.commit_index("grace")
    assert repo.refused() == ["content/x.md"]
    assert repo.refused("ada-corp") == ["content/x.md"]


def test_a_slip_of_a_stranger_is_refused(repo: Repository) -> None:
    _slip(repo, "content/x.md", "mallory", "content/y.md")
    repo.git("rm", "-q", "--cached", "content/y.md")
    repo.commit_index("mallory")
    assert repo.refused() == ["content/x.md", "content/y.md"]
    assert repo.refused("mallory-corp") == ["content/x.md", "content/y.md"]


def test_a_slip_that_a_merge_brings_back_or_takes_away_is_refused(repo: Repository) -> None:
    repo.put(b"content/x.md")
    repo.commit_index("ada")
    repo.git("switch", "-q", "-c", "side", "main")
    repo.put(b"content/blogs/ada/side.md")
    repo.commit_index("ada")
    repo.git("switch", "-q", "change")
    repo.git("merge", "-q", "--no-commit", "side")
    repo.git("rm", "-q", "--cached", "content/x.md")
    repo.commit_index("ada")
    assert repo.refused() == ["content/x.md"]


def test_a_slip_that_the_base_has_by_now_is_refused(repo: Repository) -> None:
    _slip(repo, "content/x.md")
    assert repo.said() == []
    repo.git("stash", "-q", "-u")
    repo.git("switch", "-q", "main")
    repo.write("content/x.md", "Kim's.\n")
    repo.commit("kim")
    assert repo.refused() == ["content/x.md"]


def test_a_slip_leaves_everything_else_as_strict_as_it_was(repo: Repository) -> None:
    _slip(repo, "content/x.md", then="content/blogs/grace/theirs.md")
    assert repo.refused() == ["content/blogs/grace/theirs.md"]


def test_the_way_out_with_git_leads_out(repo: Repository) -> None:
    repo.write("content/blogs/grace/mine.md", "Ada's.\n")
    repo.commit("ada", "Put it into the wrong folder")
    repo.git("mv", "content/blogs/grace/mine.md", "content/blogs/ada/mine.md")
    repo.commit("ada")
    (said,) = repo.said()
    assert said.startswith(
        "content/blogs/grace/mine.md: grace may write here, and ada@corp.example is ada; it is gone at the end"
    )
    assert "(“Put it into the wrong folder”)" in said
    command = "git reset --soft $(git merge-base origin/HEAD HEAD)"
    assert f"`{command}`" in said
    repo.git("reset", "--soft", repo.git("merge-base", "main", "HEAD"))
    repo.commit("ada")
    assert repo.said() == []


def test_a_subject_is_shown_on_one_line_and_short(repo: Repository) -> None:
    repo.write("content/blogs/grace/mine.md")
    repo.commit("ada", "a\u202eb\x1b[31m" + "x" * 300)
    repo.git("rm", "-q", "content/blogs/grace/mine.md")
    repo.commit("ada")
    (said,) = repo.said()
    assert "\x1b" not in said and "\u202e" not in said and len(said) < 900


def test_an_earlier_commit_with_a_wrong_address_is_led_out_of(repo: Repository) -> None:
    repo.write("content/blogs/ada/a.md")
    repo.commit("ada@home.example")
    first = repo.git("rev-parse", "HEAD")
    repo.write("content/blogs/ada/b.md")
    repo.commit("ada")
    (said,) = repo.said()
    command = said.partition("; git rebase ")[2].removesuffix(")")
    assert command == f"--exec 'git commit --amend --no-edit --reset-author' {first[:10]}^"
    rebase = ("rebase", "-q", "--exec", "git commit -q --amend --no-edit --reset-author", f"{first[:10]}^")
    repo.git(*rebase, GIT_AUTHOR_EMAIL="ada@corp.example")
    assert repo.said() == []
