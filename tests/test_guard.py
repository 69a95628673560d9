"""Who may write what: what people may do without asking, and who they are. Each change is made in a real git repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from bylines.guard import check_change
from bylines.problems import SettingsError
from tests.guarding import RULES, Repository


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
    assert check_change(str(repo.folder), "main", "main").problems == []
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
