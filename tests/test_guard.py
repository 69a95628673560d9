"""Who may write what: each trick of docs/security.md on a real git repository, and what people may do without asking."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylines import messages
from bylines.guard import judged
from bylines.guard.commits import OddCommitError, folded, parse_commit
from bylines.guard.paths import alike, look, wrong_with
from bylines.guard.rules import Rules, rules_from
from bylines.guard.trees import FOLDER, Comparison, OddTreeError, Tree, parse_tree
from bylines.problems import BuildError, SettingsError
from tests.building import ROOT
from tests.guarding import RULES, Repository
from tests.projects import run


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "site")


# What people may do
def test_people_write_add_rename_and_delete_in_their_own_folder(repo: Repository) -> None:
    repo.write("content/blogs/ada/new/index.md")
    repo.write("content/blogs/ada/new/bild mit ümlaut.jpg")
    repo.write("authors/ada.yaml", "name: Ada L\nemails: [ada@corp.example, ada@home.example]\n")
    repo.write("authors/ada.jpg")
    repo.commit("ada")
    repo.git("mv", "content/blogs/ada/old.md", "content/blogs/ada/older.md")
    repo.commit("ada")
    repo.git("rm", "-q", "content/blogs/ada/older.md")
    repo.commit("ADA@Corp.Example")
    assert repo.said() == []
    assert repo.said("ada-corp") == repo.said("Ada-Corp") == []


def test_members_write_in_their_groups_folder_and_say_who_belongs_to_it(repo: Repository) -> None:
    repo.write("content/blogs/engines/new.md")
    repo.write("content/blogs/engines/blog.yaml", "title: Engines\nmembers: [ada, grace, kim]\n")
    repo.commit("grace")
    assert repo.said() == []
    repo.write("content/blogs/engines/more.md")
    repo.commit("nobody")
    assert repo.refused() == ["content/blogs/engines/more.md"]


def test_keepers_write_anywhere(repo: Repository) -> None:
    for path in (
        "pelicanconf.py",
        ".github/workflows/x.yml",
        "content/blogs/ada/old.md",
        "authors/new.yaml",
        ".gitignore",
    ):
        repo.write(path)
    repo.commit("kim")
    assert repo.said() == repo.said("kim-at-work") == []


def test_an_empty_range_is_fine(repo: Repository) -> None:
    assert judged(str(repo.folder), "main", "main").problems == []
    repo.commit("stranger")
    assert repo.said() == [], "a commit that writes nothing"


def test_shared_places_are_written_by_rule(repo: Repository) -> None:
    repo.write("content/wiki/new.md")
    repo.write("content/topics.yaml")
    repo.commit("ada")
    assert repo.said() == []
    repo.write("content/pages/about.md", "Ada's.\n")
    repo.commit("ada")
    repo.write("content/wiki/new.md", "A stranger's.\n")
    repo.commit("stranger")
    assert repo.said() == [
        "content/pages/about.md: the site's keepers alone may write here, and ada@corp.example is none of them; "
        "leave it out of this change, or ask a keeper",
        "content/wiki/new.md: everybody may write here, and stranger@corp.example is nobody with a profile; "
        "commit with an address of your profile, or bring a profile first (invoke new-author)",
    ]


def test_a_shared_place_can_be_some_peoples(tmp_path: Path) -> None:
    repo = Repository(tmp_path / "site", RULES + "shared:\n  content/wiki: [engines]\n  content/wiki/kim: kim\n")
    repo.write("content/wiki/new.md")
    repo.commit("grace")
    assert repo.said() == []
    repo.write("content/wiki/kim/x.md")
    repo.commit("grace")
    assert repo.refused() == ["content/wiki/kim/x.md"]


# Somebody else's
def test_nobody_writes_in_anothers_folder_profile_or_photo(repo: Repository) -> None:
    for path in ("content/blogs/grace/old.md", "content/blogs/grace/new.md", "authors/grace.yaml", "authors/grace.JPG"):
        repo.write(path)
    repo.commit("ada")
    assert repo.refused() == [
        "authors/grace.JPG", "authors/grace.yaml", "content/blogs/grace/new.md", "content/blogs/grace/old.md",
    ]  # fmt: skip
    assert repo.said()[3] == (
        "content/blogs/grace/old.md: grace may write here, and ada@corp.example is ada; "
        "take it out of this change, or move it to content/blogs/ada/"
    )


def test_nobody_renames_or_deletes_what_is_anothers(repo: Repository) -> None:
    repo.git("mv", "content/blogs/grace/old.md", "content/blogs/ada/mine.md")
    repo.git("rm", "-q", "content/blogs/kim/old.md")
    repo.commit("ada")
    assert repo.refused() == ["content/blogs/grace/old.md", "content/blogs/kim/old.md"]


def test_a_folder_is_not_replaced_by_a_file(repo: Repository) -> None:
    repo.git("rm", "-rq", "content/blogs/grace")
    repo.write("content/blogs/grace")
    repo.commit("ada")
    assert repo.refused() == ["content/blogs/grace", "content/blogs/grace/old.md"]


def test_a_stranger_is_told_how_to_be_known(repo: Repository) -> None:
    repo.write("content/blogs/ada/new.md")
    repo.commit("ada@home.example")
    assert repo.said() == [
        "content/blogs/ada/new.md: ada may write here, and ada@home.example is nobody with a profile; "
        "commit with an address of ada's profile (git config user.email …; git commit --amend --reset-author)"
    ]


def test_what_was_added_and_taken_away_again_is_refused(repo: Repository) -> None:
    repo.write("content/blogs/grace/new.md")
    repo.commit("ada")
    repo.git("rm", "-q", "content/blogs/grace/new.md")
    repo.commit("grace")
    assert repo.refused() == ["content/blogs/grace/new.md"]


def test_each_commits_author_counts(repo: Repository) -> None:
    repo.write("content/blogs/ada/a.md")
    repo.commit("ada")
    repo.write("content/blogs/ada/a.md", "Grace's words in Ada's name.\n")
    repo.commit("grace")
    repo.write("content/blogs/ada/a.md", "Ada's again.\n")
    repo.commit("ada")
    assert repo.refused() == ["content/blogs/ada/a.md"]


def test_committers_and_trailers_do_not_count(repo: Repository) -> None:
    repo.write("content/blogs/grace/new.md")
    repo.git("add", "-A")
    trailers = "a change\n\nCo-authored-by: Grace <grace@corp.example>\nSigned-off-by: Grace <grace@corp.example>\n"
    by = {"GIT_AUTHOR_EMAIL": "ada@corp.example", "GIT_COMMITTER_EMAIL": "grace@corp.example"}
    repo.git("commit", "-q", "-m", trailers, **by)
    assert repo.refused() == ["content/blogs/grace/new.md"]


# Who somebody is
def test_an_address_that_the_same_change_adds_is_not_believed(repo: Repository) -> None:
    repo.write("authors/ada.yaml", "name: Ada\nemails: [ada@corp.example, ada@home.example]\n")
    repo.commit("ada")
    repo.write("content/blogs/ada/new.md")
    repo.commit("ada@home.example")
    assert repo.refused() == ["content/blogs/ada/new.md"]


def test_nobody_adds_their_address_to_anothers_profile(repo: Repository) -> None:
    repo.write("authors/grace.yaml", "name: Grace\nemails: [grace@corp.example, mallory@corp.example]\n")
    repo.commit("mallory")
    repo.write("content/blogs/grace/new.md")
    repo.commit("mallory")
    assert repo.refused() == ["authors/grace.yaml", "content/blogs/grace/new.md"]


def test_nobody_takes_up_anothers_address(repo: Repository) -> None:
    repo.write("authors/ada.yaml", "name: Ada\nemails: [ada@corp.example, Grace@corp.example]\n")
    repo.commit("ada")
    assert repo.said() == ["authors/ada.yaml: grace@corp.example is an address of grace; take it out of emails"]


def test_membership_that_the_same_change_adds_is_not_believed(repo: Repository) -> None:
    repo.write("content/blogs/engines/blog.yaml", "title: Engines\nmembers: [kim, mallory]\n")
    repo.commit("nobody")
    assert repo.refused() == ["content/blogs/engines/blog.yaml"]


def test_a_blog_yaml_makes_no_group_of_a_persons_folder(repo: Repository) -> None:
    repo.git("switch", "-q", "main")
    repo.write("content/blogs/ada/blog.yaml", "title: Not a group\nmembers: [grace]\n")
    repo.commit("kim")
    repo.git("switch", "-q", "-C", "change")
    repo.write("content/blogs/ada/new.md")
    repo.commit("grace")
    assert repo.refused() == ["content/blogs/ada/new.md"]


def test_rules_of_the_branch_are_not_believed(repo: Repository) -> None:
    repo.write("writers.yaml", "keepers: [ada]\n")
    repo.write("content/blogs/grace/old.md", "Ada's.\n")
    repo.commit("ada")
    assert repo.refused() == ["content/blogs/grace/old.md", "writers.yaml"]


def test_an_old_base_does_not_bring_back_old_rights(repo: Repository) -> None:
    repo.git("switch", "-q", "main")
    repo.write("writers.yaml", "keepers: [grace]\n")
    repo.commit("kim")
    repo.git("switch", "-q", "change")
    repo.write("pelicanconf.py")
    repo.commit("kim")
    assert repo.refused() == ["pelicanconf.py"], "the branch began when Kim was a keeper, and goes where Kim is none"


def test_rules_that_cannot_be_read_stop_everything(repo: Repository) -> None:
    repo.write("writers.yaml", "keeper: [kim]\n")
    repo.commit("kim")
    (said,) = repo.said()
    assert said.startswith(
        "writers.yaml: these rules cannot be read, and after this change nobody could write; "
        "mend them: writers.yaml:1: keeper is not a key that is known here; known are keepers, "
    )
    later = repo.git("commit-tree", "-p", "change", "-m", "x", "change^{tree}")
    with pytest.raises(SettingsError, match=r"writers\.yaml:1: keeper is not a key"):
        repo.said(base="change", head=later)


def test_mailmap_does_not_count(repo: Repository) -> None:
    repo.git("switch", "-q", "main")
    repo.write(".mailmap", "Grace <grace@corp.example> <ada@corp.example>\n")
    repo.commit("kim")
    repo.git("switch", "-q", "-C", "change")
    repo.git("config", "mailmap.file", ".mailmap")
    repo.write("content/blogs/grace/new.md")
    repo.commit("ada")
    assert repo.refused() == ["content/blogs/grace/new.md"]
    repo.git("reset", "-q", "--hard", "main")
    repo.write(".mailmap", "Kim <kim@corp.example> <ada@corp.example>\n")
    repo.commit("ada")
    assert repo.refused() == [".mailmap"], "nor may it be changed"


# Accounts
def test_an_account_comes_before_what_commits_say(repo: Repository) -> None:
    repo.write("content/blogs/grace/new.md")
    repo.commit("grace")
    assert repo.refused("ada-corp") == ["content/blogs/grace/new.md"], "anybody can write 'Grace' into a commit"
    assert repo.refused("mallory-corp") == ["content/blogs/grace/new.md"]
    assert repo.said("grace-corp") == []


def test_an_author_who_is_somebody_else_has_to_be_entitled_too(repo: Repository) -> None:
    repo.write("content/blogs/ada/new.md")
    repo.commit("grace")
    assert repo.refused("ada-corp") == ["content/blogs/ada/new.md"]
    repo.git("reset", "-q", "--hard", "main")
    repo.write("content/blogs/engines/new.md")
    repo.commit("grace")
    assert repo.said("ada-corp") == [], "both are members"


def test_the_web_editors_address_is_fine_with_an_account(repo: Repository) -> None:
    repo.write("content/blogs/ada/new.md")
    repo.commit("1234+ada@users.noreply.git.example")
    assert repo.said("ada-corp") == []
    assert repo.refused() == ["content/blogs/ada/new.md"]


def test_an_account_can_be_known_by_an_address(tmp_path: Path) -> None:
    repo = Repository(tmp_path / "site", 'keepers: [kim]\naccounts: {"*": "*@corp.example"}\n')
    repo.write("content/blogs/ada/new.md")
    repo.commit("whoever@git.example")
    assert repo.said("ada") == []
    assert repo.refused("grace") == ["content/blogs/ada/new.md"]


def test_an_unknown_account_is_nobody(repo: Repository) -> None:
    repo.write("content/blogs/ada/new.md")
    repo.commit("ada")
    for account in ("eve", "corp", "-corp", "*-corp", "ada-corp-corp", "ädä-corp", "ada\n-corp"):
        assert repo.refused(account) == ["content/blogs/ada/new.md"], account


# Newcomers
def test_somebody_new_brings_a_profile_and_a_folder(repo: Repository) -> None:
    repo.write("authors/nina.yaml", "name: Nina\nemails: [nina@corp.example]\n")
    repo.write("authors/nina.png")
    repo.write("content/blogs/nina/first.md")
    repo.commit("nina")
    repo.write("content/blogs/nina/second.md")
    repo.commit("nina")
    assert repo.said() == repo.said("nina-corp") == []
    assert repo.refused("otto-corp") == ["authors/nina.png", "authors/nina.yaml", "content/blogs/nina/first.md",
                                         "content/blogs/nina/second.md"]  # fmt: skip


def test_a_new_profile_holds_its_authors_address(repo: Repository) -> None:
    repo.write("authors/nina.yaml", "name: Nina\n")
    repo.commit("nina")
    assert repo.said() == [
        "authors/nina.yaml: this new profile is not that of nina@corp.example; "
        "write 'emails: [nina@corp.example]' in authors/nina.yaml"
    ]


def test_a_new_profile_comes_alone(repo: Repository) -> None:
    repo.write("authors/nina.yaml", "name: Nina\nemails: [nina@corp.example]\n")
    repo.write("content/wiki/home.md", "Nina's.\n")
    repo.commit("nina")
    repo.write("content/blogs/grace/new.md")
    repo.commit("grace")
    assert repo.said() == [
        "content/blogs/grace/new.md: nina is new, and this is not theirs; "
        "take it out; it can follow once the profile is there",
        "content/wiki/home.md: nina is new, and this is not theirs; take it out; it can follow once the profile is there",
    ]


@pytest.mark.parametrize(
    ("handle", "why"),
    [("engines", "it is a group's"), ("orphan", "it has a folder already"), ("a-da", "it looks like ada"),
     ("klm", "it looks like k1m"), ("kirn", "it looks like kim")],
)  # fmt: skip
def test_a_new_handle_is_free_and_looks_like_no_other(handle: str, why: str, repo: Repository) -> None:
    repo.git("switch", "-q", "main")
    repo.write("content/blogs/orphan/old.md")
    repo.write("authors/k1m.yaml", "name: K\n")
    repo.commit("kim")
    repo.git("switch", "-q", "-C", "change")
    repo.write(f"authors/{handle}.yaml", "name: X\nemails: [x@corp.example]\n")
    repo.commit("x")
    assert repo.said() == [
        f"authors/{handle}.yaml: the handle {handle} is not free: {why}; choose another, or ask a keeper"
    ]


def test_nobody_brings_a_second_profile_or_two(repo: Repository) -> None:
    repo.write("authors/ada2.yaml", "name: Ada\nemails: [ada@corp.example]\n")
    repo.commit("ada")
    assert any("you are ada already" in line for line in repo.said())
    repo.git("reset", "-q", "--hard", "main")
    for handle in ("nina", "otto"):
        repo.write(f"authors/{handle}.yaml", "name: X\nemails: [nina@corp.example]\n")
    repo.commit("nina")
    assert repo.refused() == ["authors/nina.yaml", "authors/otto.yaml"]


def test_newcomers_can_be_left_to_keepers(tmp_path: Path) -> None:
    repo = Repository(tmp_path / "site", RULES + "newcomers: false\nnew_groups: false\n")
    repo.write("authors/nina.yaml", "name: Nina\nemails: [nina@corp.example]\n")
    repo.commit("nina")
    repo.write("content/blogs/bridges/blog.yaml", "title: Bridges\nmembers: [ada]\n")
    repo.commit("ada")
    assert repo.refused() == ["authors/nina.yaml", "content/blogs/bridges/blog.yaml"]


def test_people_begin_a_group_that_they_belong_to(repo: Repository) -> None:
    repo.write("content/blogs/bridges/blog.yaml", "title: Bridges\nmembers: [ada]\n")
    repo.write("content/blogs/bridges/first.md")
    repo.write("content/blogs/ada/new.md")
    repo.commit("ada")
    assert repo.said() == []
    repo.write("content/blogs/bridges/second.md")
    repo.commit("grace")
    assert repo.refused() == ["content/blogs/bridges/second.md"]


# What lies there
def test_symbolic_links_are_refused(repo: Repository) -> None:
    (repo.folder / "content/blogs/ada/link.md").symlink_to("../grace/old.md")
    repo.git("rm", "-q", "content/blogs/ada/old.md")
    (repo.folder / "content/blogs/ada/old.md").symlink_to("/etc/passwd")
    repo.commit("ada")
    mend = "put a plain file here, which nobody can run (git update-index --chmod=-x)"
    assert repo.said() == [f"content/blogs/ada/{name}.md: this is a symbolic link; {mend}" for name in ("link", "old")]


def test_a_link_in_the_base_is_no_profile(repo: Repository) -> None:
    repo.git("switch", "-q", "main")
    (repo.folder / "authors/mallory.yaml").symlink_to("../content/blogs/mallory.yaml")
    repo.write("content/blogs/mallory.yaml", "emails: [mallory@corp.example]\n")
    repo.commit("kim")
    repo.git("switch", "-q", "-C", "change")
    repo.write("content/blogs/mallory/x.md")
    repo.commit("mallory")
    assert repo.refused() == ["content/blogs/mallory/x.md"]


def test_submodules_are_refused(repo: Repository) -> None:
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.git('rev-parse', 'main')},content/blogs/ada/other")
    repo.write(".gitmodules", '[submodule "x"]\n\tpath = content/blogs/ada/other\n\turl = ../x\n')
    repo.git("add", ".gitmodules")
    repo.commit_index("ada")
    assert repo.refused() == [".gitmodules", "content/blogs/ada/other"]
    assert any("this is a submodule" in line for line in repo.said())


def test_a_file_that_can_be_run_is_refused(repo: Repository) -> None:
    repo.write("content/blogs/ada/run.sh")
    repo.git("add", "-A")
    repo.git("update-index", "--chmod=+x", "content/blogs/ada/run.sh", "content/blogs/ada/old.md")
    repo.commit_index("ada")
    assert repo.refused() == ["content/blogs/ada/old.md", "content/blogs/ada/run.sh"]
    assert "a program (its mode says that it can be run)" in repo.said()[0]


def test_odd_modes_are_refused(repo: Repository) -> None:
    blob = repo.git("hash-object", "-w", "--stdin", given=b"x")
    tree = repo.git("mktree", given=f"100664 blob {blob}\tx.md\n".encode())
    assert b"100664" in subprocess.check_output(["git", "cat-file", "tree", tree], cwd=repo.folder)
    _graft_folder(repo, tree)
    assert repo.said() == [
        "content/blogs/ada/x.md: this is of the mode 100664; "
        "put a plain file here, which nobody can run (git update-index --chmod=-x)"
    ]


def _graft_folder(repo: Repository, tree: str) -> None:
    """Commits a tree, as Ada, in place of her folder, past git's index."""

    def listed(name: str) -> list[str]:
        return repo.git("ls-tree", name).splitlines()

    def with_(lines: list[str], name: str, id_: str) -> str:
        kept = [line for line in lines if not line.endswith(f"\t{name}")]
        return repo.git("mktree", "--missing", given="\n".join([*kept, f"040000 tree {id_}\t{name}"]).encode())

    blogs = with_(listed("main:content/blogs"), "ada", tree)
    whole = with_(listed("main:"), "content", with_(listed("main:content"), "blogs", blogs))
    by = {"GIT_AUTHOR_EMAIL": "ada@corp.example"}
    commit = repo.git("commit-tree", "-p", "main", "-m", "x", whole, **by)
    repo.git("update-ref", "refs/heads/change", commit)


# Names
_TEXT = b"content/blogs/ada/"
_ODD = {
    "a newline": b"a\nb.md", "a control character": b"a\x01.md", "bytes that are not UTF-8": b"a\xff.md", "a backslash": b"a\\b.md",
    "text from right to left by force": "a\u202edm.exe".encode(), "a dot at the end": b"a.md.", "a space at the end": b"a.md ",
    "a device": b"con.md", "a device with spaces": b"AUX .txt", "another device": "COM¹.md".encode(), "a stream": b"a.md:x",
    "a wild card": b"a*.md", "git~1": b"git~1", "attributes": b".gitattributes", "ignored files": b".gitignore",
    "modules": b".gitmodules", "a hidden file": b".htaccess", "a hidden folder": b".github/workflows/x.yml",
    "git for HFS": ".g\u200cit/config".encode(), "ignored before a dot": "\u200c.git/config".encode(), "length": b"a" * 201,
    "depth": b"a/" * 21 + b"a.md",
}  # fmt: skip


@pytest.mark.parametrize("name", _ODD.values(), ids=_ODD)
def test_odd_names_are_refused(name: bytes, repo: Repository) -> None:
    repo.put(_TEXT + name)
    repo.commit_index("ada")
    (said,) = repo.said()
    assert "this name " in said
    assert "\n" not in said


@pytest.mark.parametrize("name", [b".git", b".GIT", b"..", b"."])
def test_names_that_git_itself_would_not_write_are_refused(name: bytes, repo: Repository) -> None:
    blob = repo.git("hash-object", "-w", "--stdin", given=b"[core]\n\tfsmonitor = false\n")
    inner = _tree(repo, [(b"100644", b"config", blob)])
    _graft_folder(repo, _tree(repo, [(b"40000", name, inner)]))
    assert any("this name begins with a dot" in line or "ends with a dot" in line for line in repo.said())


def _tree(repo: Repository, entries: list[tuple[bytes, bytes, str]]) -> str:
    data = b"".join(mode + b" " + name + b"\0" + bytes.fromhex(id_) for mode, name, id_ in entries)
    return repo.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", given=data)


@pytest.mark.parametrize(
    ("first", "second"),
    [("a.md", "A.md"), ("straße.md", "STRASSE.md"), (unicodedata.normalize("NFC", "é.md"), unicodedata.normalize("NFD", "é.md")),
     ("ﬁ.md", "fi.md"), ("Pictures/a.png", "pictures/b.png")],
)  # fmt: skip
def test_names_that_are_one_elsewhere_are_refused(first: str, second: str, repo: Repository) -> None:
    for name in (first, second):
        repo.put(_TEXT + name.encode())
    repo.commit_index("ada")
    said = repo.said()
    assert said
    assert all(
        "this name cannot be told from content/blogs/ada/" in line and " on every machine" in line for line in said
    )


@pytest.mark.parametrize("path", ["Content/blogs/ada/x.md", "content/Blogs/ada/x.md", "content/blogs/Ada/x.md", "authors/ADA.yaml",
                                  "content/blogs/аda/x.md", "authors/ada.yml", "content/blogs/ada.md"])  # fmt: skip
def test_a_twin_of_a_place_is_the_keepers(path: str, repo: Repository) -> None:
    repo.put(path.encode())
    repo.commit_index("ada")
    assert any("keepers alone may write" in line for line in repo.said())


@pytest.mark.parametrize(
    "path", "pelicanconf.py publishconf.py tasks.py plugins/bylines/x.py theme/templates/base.html tests/x.py writers.yaml "
    ".gitlab-ci.yml .github/workflows/guard.yml .gitattributes .gitmodules CODEOWNERS Makefile content/style.css".split()
)  # fmt: skip
def test_code_and_settings_do_not_come_with_content(path: str, repo: Repository) -> None:
    repo.write("content/blogs/ada/new.md")
    repo.write(path)
    repo.commit("ada")
    assert repo.refused() == [path]


# Merges and histories
def _main_moves_on(repo: Repository) -> None:
    repo.git("switch", "-q", "main")
    repo.write("content/blogs/grace/old.md", "Grace's newer words.\n")
    repo.commit("grace")
    repo.git("switch", "-q", "change")


def test_a_plain_merge_of_the_base_is_fine(repo: Repository) -> None:
    repo.write("content/blogs/ada/new.md")
    repo.commit("ada")
    _main_moves_on(repo)
    repo.git("merge", "-q", "-m", "merge", "main")
    repo.write("content/blogs/ada/newer.md")
    repo.commit("ada")
    assert repo.said() == repo.said("ada-corp") == []


def test_a_merge_that_takes_back_anothers_words_is_refused(repo: Repository) -> None:
    repo.write("content/blogs/ada/new.md")
    repo.commit("ada")
    _main_moves_on(repo)
    repo.git("merge", "-q", "-s", "ours", "-m", "merge", "main", GIT_AUTHOR_EMAIL="ada@corp.example")
    assert repo.refused() == repo.refused("ada-corp") == ["content/blogs/grace/old.md"]


def test_a_merge_that_brings_words_of_its_own_is_refused(repo: Repository) -> None:
    repo.write("content/blogs/ada/new.md")
    repo.commit("ada")
    _main_moves_on(repo)
    repo.git("merge", "-q", "--no-commit", "main")
    repo.write("content/blogs/grace/old.md", "Ada's words.\n")
    repo.write("content/blogs/kim/new.md", "Ada's words.\n")
    repo.commit("ada")
    assert repo.refused() == ["content/blogs/grace/old.md", "content/blogs/kim/new.md"]


def test_a_merge_resolves_a_conflict_in_ones_own_file_alone(repo: Repository) -> None:
    for handle in ("ada", "grace"):
        repo.write(f"content/blogs/{handle}/old.md", "Words of a branch.\n")
        repo.commit(handle)
    repo.git("switch", "-q", "main")
    for handle in ("ada", "grace"):
        repo.write(f"content/blogs/{handle}/old.md", "Words of main.\n")
        repo.commit(handle)
    repo.git("switch", "-q", "change")
    repo.git("merge", "-q", "-s", "ours", "--no-commit", "main")
    repo.commit("ada")
    assert repo.refused() == ["content/blogs/grace/old.md"], "her branch's version of Grace's file won"


def test_merges_of_many_and_of_strangers_histories_are_refused(repo: Repository) -> None:
    for name in ("one", "two"):
        repo.git("switch", "-q", "-c", name, "main")
        repo.write(f"content/blogs/ada/{name}.md")
        repo.commit("ada")
    repo.git("switch", "-q", "change")
    repo.write("content/blogs/ada/three.md")
    repo.commit("ada")
    repo.git("merge", "-q", "-m", "octopus", "one", "two")
    assert any("merges more than one branch" in line for line in repo.said())
    repo.git("reset", "-q", "--hard", "main")
    root = repo.git("commit-tree", "-m", "root", "main^{tree}")
    repo.git("merge", "-q", "--allow-unrelated-histories", "-m", "merge", root)
    assert any("begins another history" in line for line in repo.said())


def test_unrelated_histories_are_not_judged(repo: Repository) -> None:
    root = repo.git("commit-tree", "-m", "root", "main^{tree}")
    with pytest.raises(BuildError, match="no commit in common"):
        repo.said(head=root)


def test_criss_cross_histories_are_to_be_merged_once_more(repo: Repository) -> None:
    repo.write("content/blogs/ada/new.md")
    first = repo.commit("ada")
    _main_moves_on(repo)
    repo.git("merge", "-q", "-m", "merge", "main")
    repo.git("switch", "-q", "main")
    repo.git("merge", "-q", "-m", "merge", "--no-ff", first)
    with pytest.raises(BuildError, match="several newest commits in common"):
        repo.said()


def test_replacements_and_grafts_do_not_count(repo: Repository) -> None:
    repo.write("content/blogs/grace/new.md")
    bad = repo.commit("ada")
    good = repo.git("commit-tree", "-p", "main", "-m", "x", "main^{tree}")
    repo.git("replace", bad, good)
    assert repo.refused() == ["content/blogs/grace/new.md"]
    repo.git("replace", "-d", bad)
    repo.write(".git/info/grafts", f"{repo.git('rev-parse', 'main')} {bad}\n")
    assert repo.refused() == ["content/blogs/grace/new.md"]


def test_a_shallow_clone_that_ends_within_the_change_is_not_judged(repo: Repository, tmp_path: Path) -> None:
    for number in range(3):
        repo.write(f"content/blogs/ada/{number}.md")
        repo.commit("ada")
    shallow = tmp_path / "shallow"
    options = ("--depth", "2", "--no-single-branch", "-q", "--branch", "change")
    repo.git("clone", *options, f"file://{repo.folder}", str(shallow))
    with pytest.raises(BuildError, match="shallow"):
        judged(str(shallow), "origin/main")


def test_what_is_not_there_is_named(repo: Repository, tmp_path: Path) -> None:
    for name in ("nowhere", "--help", "main^{tree}", ""):
        with pytest.raises(BuildError, match="there is no commit"):
            repo.said(base=name)
    (tmp_path / "plain").mkdir()
    with pytest.raises(BuildError, match="there is no commit main here"):
        judged(str(tmp_path / "plain"), "main")


@pytest.mark.parametrize(
    "head",
    ["author Ada <ada@corp.example> 1 +0000\nauthor Kim <kim@corp.example> 1 +0000",
     "author Ada <ada@corp.example> <kim@corp.example> 1 +0000", "author Ada ada@corp.example 1 +0000"],
)  # fmt: skip
def test_a_commit_of_two_authors_or_none_is_refused(head: str, repo: Repository) -> None:
    tree, parent = repo.git("rev-parse", "main^{tree}"), repo.git("rev-parse", "main")
    data = f"tree {tree}\nparent {parent}\n{head}\ncommitter K <kim@corp.example> 1 +0000\n\nx\n".encode()
    commit = repo.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=data)
    (said,) = repo.said(head=commit)
    assert (
        said
        == f"commit {commit[:10]}: this commit has not one author that can be read; make it again with git (git rebase)"
    )


def test_a_tree_that_is_out_of_order_or_names_one_twice_is_refused(repo: Repository) -> None:
    blob = repo.git("hash-object", "-w", "--stdin", given=b"x")
    for entries in (
        [(b"100644", b"b", blob), (b"100644", b"a", blob)],
        [(b"100644", b"a", blob), (b"100644", b"a", blob)],
    ):
        _graft_folder(repo, _tree(repo, entries))
        assert any("a tree that is not read" in line for line in repo.said())


def test_trees_without_end_are_not_followed(repo: Repository) -> None:
    tree = repo.git(
        "mktree", given=f"100644 blob {repo.git('hash-object', '-w', '--stdin', given=b'x')}\tx.md\n".encode()
    )
    for _ in range(12):
        tree = repo.git("mktree", given="".join(f"040000 tree {tree}\td{n}\n" for n in range(10)).encode())
    _graft_folder(repo, tree)
    began = time.monotonic()
    assert any("too many files or folders" in line for line in repo.said())
    assert time.monotonic() - began < 20


def test_a_thousand_commits_are_judged_and_more_are_not(tmp_path: Path) -> None:
    repo = Repository(tmp_path / "site")
    stream = ["feature done\n"]
    start = repo.git("rev-parse", "main")
    for number in range(1_001):
        who = "grace" if number == 500 else "ada"
        stream.append(
            f"commit refs/heads/change\nauthor A <{who}@corp.example> {number} +0000\ncommitter A <a@b.example> {number} +0000\n"
            f"data 1\nx\n{f'from {start}' + chr(10) if not number else ''}"
            f"M 644 inline content/blogs/ada/{number}.md\ndata 1\nx\n"
        )
    repo.git("switch", "-q", "main")
    repo.git("fast-import", "--quiet", "--force", given=("".join(stream) + "done\n").encode())
    began = time.monotonic()
    assert repo.refused(head="change~1") == ["content/blogs/ada/500.md"]
    assert time.monotonic() - began < 20
    assert [line.partition(": ")[2] for line in repo.said()] == [
        "this change has more than 1,000 commits; split it into several, or squash its commits"
    ]


# The edge
def test_the_machines_settings_and_variables_have_no_say(repo: Repository, tmp_path: Path) -> None:
    repo.write("content/blogs/grace/new.md")
    repo.commit("ada")
    other = Repository(tmp_path / "other")
    trap = tmp_path / "ran"
    hook = repo.write(".git/hooks/post-checkout", f"#!/bin/sh\ntouch {trap}\n")
    hook.chmod(0o755)
    for key, value in {"core.fsmonitor": str(hook), "core.pager": f"touch {trap}", "diff.external": f"touch {trap}",
                       "color.ui": "always", "core.quotePath": "true", "grep.patternType": "perl", "log.mailmap": "true",
                       "alias.rev-list": f"!touch {trap}"}.items():  # fmt: skip
        repo.git("config", key, value)
    done = subprocess.run(
        [sys.executable, "-m", "bylines", "guard", "--base", "main"],
        cwd=repo.folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "GIT_DIR": str(other.folder / ".git"),
             "GIT_EXTERNAL_DIFF": f"touch {trap}", "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor",
             "GIT_CONFIG_VALUE_0": str(hook)},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("content/blogs/grace/new.md: grace may write here")
    assert not trap.exists()


def test_nothing_of_the_branch_is_run(repo: Repository) -> None:
    trap = repo.folder.parent / "ran"
    for path in ("pelicanconf.py", "sitecustomize.py", "bylines.py", "bylines/__init__.py", "yaml.py", "tasks.py"):
        repo.write(path, f"open({str(trap)!r}, 'w')\n")
    repo.commit("ada")
    repo.git("switch", "-q", "main")
    done = run(repo.folder, "guard", "--base", "main", "--head", "change", "--account", "ada-corp")
    assert done.returncode == 1
    assert "pelicanconf.py: the site's keepers alone" in done.stderr
    assert not trap.exists()


def test_the_command_says_it_to_people_and_hosts(repo: Repository) -> None:
    repo.write("content/blogs/ada/new.md")
    repo.commit("ada")
    done = run(repo.folder, "guard", "--base", "main")
    assert (done.returncode, done.stdout, done.stderr) == (0, "nothing is refused in 1 commit\n", "")
    repo.write("content/blogs/grace/new.md")
    repo.commit("ada")
    done = run(repo.folder, "guard", "--base", "main", "--format", "github")
    assert done.returncode == 1
    assert done.stdout.startswith(
        "::error file=content/blogs/grace/new.md,line=1,title=not-yours::grace may write here"
    )
    assert '"code":"not-yours"' in run(repo.folder, "guard", "--base", "main", "--format", "json").stdout.replace(
        '": "', '":"'
    )
    done = run(repo.folder, "guard", "--base", "main", "--account", " ")
    assert (done.returncode, done.stderr.partition(";")[0]) == (1, "error: --account is empty")
    done = run(repo.folder, "guard", "--base", "gone")
    assert (done.returncode, done.stderr) == (1, "error: there is no commit gone here; fetch it, or name another\n")


# Rules
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("keepers: [Ada L]\n", "writers.yaml:1: Ada L is not a handle; use lower-case letters, digits and single hyphens"),
        ("keepers: [ada]\nkeepers: [eve]\n", "writers.yaml:2: keepers stands here twice; keep one of them"),
        ('accounts: {"*": ada}\n', "writers.yaml:1: * and ada have not the same number of *; write * in both, once, or in neither"),
        ("accounts: {a b: ada}\n", "writers.yaml:1: a b is not an account; write its name, with * at most once"),
        ("shared: {content/wiki: Everybody}\n",
         "writers.yaml:1: content/wiki is for nobody that is known; write everybody, keepers or handles"),
        ("newcomers: perhaps\n", "writers.yaml:1: perhaps is neither true nor false; write one of them"),
        ("most_commits: 0\n", "writers.yaml:1: 0 is not a number from 1; write digits"),
        ("content: ../x\n", "writers.yaml:1: ../x leads out of the repository; write a path in it"),
        ("- keepers\n", "writers.yaml:1: this is not a list of 'key: value' lines; write lines such as 'keepers: [ada]'"),
    ],
)  # fmt: skip
def test_rules_are_read_strictly(text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        rules_from(text)
    assert str(caught.value) == said


def test_accounts_are_found_by_name_and_by_pattern() -> None:
    rules = rules_from('accounts: {Kim_Work: kim, "*_corp": "*", "x-*": "*@corp.example"}\n')
    assert [rules.of_account(name) for name in ("KIM_work", "ada_corp", "x-ada", "_corp", "ada", "*_corp", "a@b")] == [
        "kim", "ada", "ada@corp.example", "", "", "", "",
    ]  # fmt: skip
    assert rules_from("") == Rules()


# Laws
@given(st.text())
def test_folding_an_address_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert "\n" not in folded(text)


def test_addresses_differ_by_more_than_the_case_of_latin_letters() -> None:
    assert folded(" Ada@Corp.Example ") == "ada@corp.example"
    assert folded("\u212aim@corp.example") != folded("kim@corp.example")
    assert folded("ﬁ@corp.example") != folded("fi@corp.example")
    assert folded("a b@c") == folded("nothing") == folded("a@" + "b" * 300) == ""


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_name_is_alike_in_every_form_and_case(text: str) -> None:
    assert alike(unicodedata.normalize("NFD", text)) == alike(unicodedata.normalize("NFC", text))


@given(st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True))
def test_a_handle_looks_like_itself_and_is_a_safe_name_but_for_devices(handle: str) -> None:
    assert look(handle) == look(look(handle).replace("-", ""))
    assert wrong_with(f"{handle}-x.md".encode()) == ""


_MODES = st.sampled_from([b"100644", b"100755"])
_FILES = st.dictionaries(
    st.sampled_from([b"a", b"b/c", b"b/d", b"e/f/g", b"h"]), st.tuples(_MODES, st.binary(min_size=1, max_size=1))
)


@given(_FILES, _FILES)
def test_comparing_trees_gives_each_file_that_differs(before: dict[bytes, tuple[bytes, bytes]], after: dict) -> None:  # type: ignore[type-arg]
    trees: dict[bytes, Tree] = {}
    found = {
        change.path: (change.before, change.after)
        for change in Comparison(trees.__getitem__, 1_000).written(_made(before, trees), _made(after, trees))
    }
    paths = {*before, *after}
    assert found == {path: (before.get(path), after.get(path)) for path in paths if before.get(path) != after.get(path)}


def _made(files: dict[bytes, tuple[bytes, bytes]], trees: dict[bytes, Tree]) -> bytes:
    tree: Tree = {}
    below: dict[bytes, dict[bytes, tuple[bytes, bytes]]] = {}
    for path, entry in files.items():
        name, slash, rest = path.partition(b"/")
        if slash:
            below.setdefault(name, {})[rest] = entry
        else:
            tree[name] = entry
    tree |= {name: (FOLDER, _made(inner, trees)) for name, inner in below.items()}
    id_ = repr(sorted(tree.items())).encode()
    trees[id_] = tree
    return id_


@given(st.binary(max_size=200))
def test_any_bytes_are_a_tree_or_are_refused(data: bytes) -> None:
    try:
        tree = parse_tree(data, 20)
    except OddTreeError:
        return
    assert b"".join(mode + b" " + name + b"\0" + id_ for name, (mode, id_) in tree.items()) == data


@given(st.binary(max_size=200))
def test_any_bytes_are_a_commit_or_are_refused(data: bytes) -> None:
    with pytest.raises(OddCommitError):
        parse_commit("0" * 40, data)


# The docs
def test_each_trick_of_the_docs_has_its_test() -> None:
    table = (ROOT / "docs/security.md").read_text()
    named = set(re.findall(r"`(test_\w+)`", table))
    here = {name for name in globals() if name.startswith("test_")}
    assert len(named) > 30
    assert named <= here | {"test_the_workflows_run_in_a_clone"}


def test_each_message_of_the_guard_is_met_here() -> None:
    met = Path(__file__).read_text()
    said = messages.ALL[messages.ALL.index(messages.NOT_YOURS) :]
    assert len(said) == 13
    assert [
        message.code for message in said if not re.search(re.sub(r"\\{\w+\\}", ".*", re.escape(message.text)), met)
    ] == ["smuggled"]
