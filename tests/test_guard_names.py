"""The guard against what stands in files: words in another's name, and addresses, ids and files that are another's."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bylines.guard import check_change
from bylines.guard.rules import rules_from
from bylines.problems import BuildError, SettingsError
from tests.guarding import Repository


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "site")


def _on_main(repo: Repository, files: dict[str, str], who: str = "kim") -> None:
    """Puts files into the base, and begins the change there."""
    repo.git("switch", "-q", "main")
    for path, text in files.items():
        repo.write(path, text)
    repo.commit(who)
    repo.git("switch", "-q", "-C", "change")


def _post(*lines: str) -> str:
    return "\n".join(["---", "title: T", "date: 2026-01-01", *lines, "---", "Words.", ""])


# Whose words they are
@pytest.mark.parametrize(
    "text",
    [_post("authors: [grace]"), _post("authors: Grace, kim"), _post('"authors": ["gr\\x61ce"]'), _post("authors: ['@grace']"),
     _post("authors: [ada]", "authors: [grace]"), _post("author: Grace"), "Title: T\nDate: 2026-01-01\nAuthor: Grace\n\nWords.\n",
     _post("Authors: [grace]"), _post("authors：@grace"), _post("authors = [grace]"), _post(" authors: [@grace]"),
     _post("authors:\n-grace"),
     _post("authors: [grace").replace("---", "—"), _post("AUTHORS: [ada]", "authors: [grace]"),
     "\n\n" + _post("authors: [grace]"), "\ufeff" + _post("authors: [grace]").replace("\n", "\r\n")],
)  # fmt: skip
def test_a_persons_post_names_that_person_among_its_authors(text: str, repo: Repository) -> None:
    repo.write("content/blogs/ada/new.md", text)
    repo.commit("ada")
    for account in ("", "ada-corp"):
        (said,) = repo.said(account)
        assert said.startswith("content/blogs/ada/new.md: authors name grace")
        assert said.endswith(", and this is the blog of ada; add ada to authors, or leave authors out")


def test_others_may_be_named_beside_oneself_and_what_stood_there_may_stay(repo: Repository) -> None:
    _on_main(repo, {"content/blogs/ada/by-grace.md": _post("authors: [grace]")})
    repo.write("content/blogs/ada/new.md", _post("authors: [grace, ada]"))
    repo.write("content/blogs/ada/alone.md", _post())
    repo.write("content/blogs/ada/by-grace.md", _post("authors: [grace]") + "More.\n")
    repo.write("content/blogs/ada/picture.png", b"\x89PNG\xff")
    repo.commit("ada")
    assert repo.said() == []
    repo.write("content/blogs/ada/by-grace.md", _post("authors: [grace, kim]"))
    repo.commit("ada")
    assert repo.refused() == ["content/blogs/ada/by-grace.md"]


def test_a_groups_post_names_a_member_among_its_authors(repo: Repository) -> None:
    repo.write("content/blogs/engines/by-grace.md", _post("authors: [kim, grace]"))
    repo.write("content/blogs/engines/by-all.md", _post())
    repo.write("content/blogs/engines/by-kim.md", _post("authors: [kim]"))
    repo.commit("ada")
    assert repo.said() == [
        "content/blogs/engines/by-kim.md: authors name kim, and this is the blog of the group engines; "
        "add a member of engines to authors, or leave authors out"
    ]


def test_a_new_groups_post_names_a_member_of_it(repo: Repository) -> None:
    repo.write("content/blogs/bridges/blog.yaml", "title: Bridges\nmembers: [ada]\n")
    repo.write("content/blogs/bridges/first.md", _post("authors: [ada]"))
    repo.write("content/blogs/bridges/second.md", _post("authors: [grace]"))
    repo.commit("ada")
    assert repo.refused() == ["content/blogs/bridges/second.md"]


# Addresses
@pytest.mark.parametrize(
    "alias", ["/blogs/grace/", "/blogs/grace/gone", "/Blogs/GRACE/x/", "/blogs/engineroom/x/", "/blogs/grace"]
)
@pytest.mark.parametrize("path", ["content/blogs/ada/new.md", "authors/ada.yaml"])
def test_nobody_takes_an_address_in_anothers_blog(alias: str, path: str, repo: Repository) -> None:
    _on_main(repo, {"content/blogs/engineroom/blog.yaml": "title: E\nmembers: [kim]\n"})
    is_post = path.endswith(".md")
    text = _post(f"aliases: [{alias}]") if is_post else f"name: Ada\nemails: [ada@corp.example]\naliases: [{alias}]\n"
    repo.write(path, text)
    repo.commit("ada")
    owner = "the group engineroom" if "room" in alias else "grace"
    assert repo.said() == [
        f"{path}: the alias {alias} is an address of {owner}; take it out of aliases, or ask a keeper"
    ]


def test_old_addresses_of_ones_own_of_ones_group_and_of_nobody_may_be_taken(repo: Repository) -> None:
    _on_main(repo, {"content/blogs/ada/moved.md": _post("aliases: [/blogs/grace/by-a-keeper/]")})
    repo.write(
        "content/blogs/ada/new.md", _post("aliases: [/blogs/ada/old/, /2010/old, /blogs/engines/x/, /blogs/byron/x/]")
    )
    repo.write("content/blogs/ada/moved.md", _post("aliases: [/blogs/grace/by-a-keeper/]") + "More.\n")
    repo.write("content/blogs/engines/blog.yaml", "title: E\nmembers: [ada, grace]\naliases: [/blogs/engine/]\n")
    repo.commit("ada")
    assert repo.said() == []


def test_nobody_takes_the_id_of_anothers_post(repo: Repository) -> None:
    _on_main(
        repo,
        {
            "content/blogs/grace/known.md": _post("id: urn:uuid:1-2"),
            "content/blogs/ada/a.md": _post("id: 'urn:uuid:3'"),
        },
    )
    repo.git("mv", "content/blogs/ada/a.md", "content/blogs/ada/b.md")
    repo.write("content/blogs/ada/new.md", _post("id: urn:uuid:12"))
    repo.commit("ada")
    assert repo.said() == []
    repo.write("content/blogs/ada/new.md", _post('id: "urn:uuid:1\\x2d2"'))
    repo.commit("ada")
    assert repo.said() == [
        "content/blogs/ada/new.md: the id urn:uuid:1-2 is that of content/blogs/grace/known.md; delete the line 'id: …' of the copy"
    ]


# Who somebody is
def test_an_address_in_a_profile_is_written_plainly(repo: Repository) -> None:
    repo.write("authors/nina.yaml", 'name: Nina\nemails: ["nin\\x61@corp.example"]\n')
    repo.commit("nina")
    assert repo.said() == [
        "authors/nina.yaml: nina@corp.example does not stand here as it is; write it without escapes and on one line"
    ]


@pytest.mark.parametrize("kind", ["large", "link", "folder"])
def test_rules_that_are_no_plain_file_of_some_size_stop_everything(kind: str, repo: Repository) -> None:
    repo.git("switch", "-q", "main")
    (repo.folder / "writers.yaml").unlink()
    if kind == "large":
        repo.write("writers.yaml", "keepers: [kim]\n" + "# x\n" * 1_300_000)
    elif kind == "link":
        (repo.folder / "writers.yaml").symlink_to("rules.yaml")
    else:
        repo.write("writers.yaml/x", "keepers: [kim]\n")
    repo.commit("kim")
    repo.git("switch", "-q", "-C", "change")
    repo.commit("ada")
    with pytest.raises(SettingsError, match=r"writers\.yaml:"):
        repo.said()


@pytest.mark.parametrize(
    ("text", "said"),
    [("accounts: {Ada: ada, ada: eve}\n", "writers.yaml:1: ada stands here twice; keep one of them"),
     ("shared: {content/wiki: everybody, content/wiki/: keepers}\n",
      "writers.yaml:1: content/wiki stands here twice; keep one of them"),
     ("shared: {/: everybody}\n", "writers.yaml:1: / is no place in the repository; write a path such as content/wiki"),
     ("shared: {content/../plugins: everybody}\n",
      "writers.yaml:1: content/../plugins is no place in the repository; write a path such as content/wiki")],
)  # fmt: skip
def test_rules_that_could_mean_two_things_or_nothing_are_refused(text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        rules_from(text)
    assert str(caught.value) == said


# What lies there
@pytest.mark.parametrize("name", ["old\u200b.md", "o\u00adld.md", "old\u2060.md", "old\u200c.md", "old\ufe0f.md"])
def test_letters_that_nobody_sees_make_no_other_name(name: str, repo: Repository) -> None:
    repo.put(f"content/blogs/ada/{name}".encode())
    repo.commit_index("ada")
    assert any("this name cannot be told from content/blogs/ada/old.md" in line for line in repo.said())


def test_an_entry_that_is_no_file_is_refused(repo: Repository) -> None:
    folder = repo.git("rev-parse", "main:content/blogs/grace")
    repo.git("update-index", "--add", "--cacheinfo", f"100644,{folder},content/blogs/ada/x.md")
    tree = repo.git("write-tree", "--missing-ok")
    change = repo.git("commit-tree", "-p", "main", "-m", "x", tree, GIT_AUTHOR_EMAIL="ada@corp.example")
    (said,) = repo.said(head=change)
    assert said.startswith("content/blogs/ada/x.md: this is a folder that is said to be a file")


def test_a_path_longer_than_any_machine_has_is_not_shown_whole(repo: Repository) -> None:
    repo.put(b"content/blogs/ada/" + b"a" * 3_000_000 + b".md")
    repo.commit_index("ada")
    (said,) = repo.said()
    assert "a path of more than 4,096 b" in said
    assert len(said) < 300


# What a merge of the host makes of it
def test_an_edit_does_not_follow_a_file_to_where_the_base_has_moved_it(repo: Repository) -> None:
    words = "".join(f"Line {number} of Ada.\n" for number in range(40))
    _on_main(repo, {"content/blogs/ada/long.md": words})
    repo.write("content/blogs/ada/long.md", words + "Words that Grace never wrote.\n")
    repo.commit("ada")
    assert repo.said() == []
    repo.git("switch", "-q", "main")
    repo.git("mv", "content/blogs/ada/long.md", "content/blogs/grace/long.md")
    repo.commit("kim")
    merged = repo.git("merge-tree", "--write-tree", "main", "change").split()[0]
    assert "never wrote" in repo.git("show", f"{merged}:content/blogs/grace/long.md"), "git follows the rename"
    assert repo.said() == [
        "content/blogs/ada/long.md: the branch that this goes to has it no more; merge that branch into yours once more, or rebase"
    ]


def test_a_new_file_does_not_follow_a_folder_to_where_the_base_has_moved_it(repo: Repository) -> None:
    _on_main(repo, {"content/blogs/ada/notes/a.md": "A.\n", "content/blogs/ada/notes/b.md": "B.\n"})
    repo.write("content/blogs/ada/notes/c.md", "Words that Grace never wrote.\n")
    repo.commit("ada")
    repo.git("switch", "-q", "main")
    repo.git("mv", "content/blogs/ada/notes", "content/blogs/grace/notes")
    repo.commit("kim")
    assert repo.refused() == ["content/blogs/ada/notes/c.md"]


# Clones that hold less
def test_a_clone_without_files_is_judged_if_it_has_those_that_count(repo: Repository, tmp_path: Path) -> None:
    """As docs/security.md says it: profiles and groups are checked out, the change is fetched whole."""
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("config", "uploadpack.allowAnySHA1InWant", "true")
    repo.write("content/blogs/ada/new.md", _post("authors: [grace]"))
    repo.write("authors/ada.yaml", "name: Ada L\nemails: [ada@corp.example]\n")
    repo.git("mv", "content/blogs/ada/old.md", "content/blogs/ada/older.md")
    repo.commit("ada")
    repo.git("switch", "-q", "main")
    clone = tmp_path / "clone"
    source = f"file://{repo.folder}"
    repo.git(
        "clone", "-q", "--filter=blob:none", "--no-checkout", "--single-branch", "--branch", "main", source, str(clone)
    )
    with pytest.raises(BuildError, match="without --depth and --filter"):
        check_change(str(clone), "origin/main", "origin/main")

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "protocol.file.allow=always", *arguments], cwd=clone, check=True, capture_output=True
        )

    git("sparse-checkout", "set", "--no-cone", "/authors/*.yaml", "/writers.yaml", "/content/blogs/*/blog.yaml")
    git("checkout", "-q", "main")
    git("fetch", "-q", "--no-filter", "origin", "+refs/heads/change:refs/guard/head")
    assert [problem.path for problem in check_change(str(clone), "origin/main", "refs/guard/head").problems] == [
        "content/blogs/ada/new.md"
    ]
