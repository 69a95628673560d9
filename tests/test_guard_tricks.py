"""Tricks by what lies in a change, by its names and by its history, each on a real git repository."""

from __future__ import annotations

import subprocess
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest

from bylines.guard import check_change, refusals, state_of
from bylines.guard.authorize import judge
from bylines.guard.git import Git
from bylines.problems import BuildError
from tests.guarding import Repository


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "site")


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


def test_a_twin_names_the_other(repo: Repository) -> None:
    repo.put(b"content/blogs/ada/OLD.md")
    repo.commit_index("ada")
    assert repo.said() == [
        "content/blogs/ada/OLD.md: this name cannot be told from content/blogs/ada/old.md on every machine; choose another name"
    ]


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


def test_what_no_commit_has_written_is_refused(repo: Repository) -> None:
    """The second lock, tried by itself: the commits are kept from it."""
    repo.write("content/blogs/ada/new.md")
    repo.commit("ada")
    with state_of(str(repo.folder), "main") as base, state_of(str(repo.folder), "change") as head:
        said = judge(base.objects, base.rules(), base, head, [], base.commit, "")
    assert [str(problem) for problem in said] == [
        "content/blogs/ada/new.md: no commit of this change has written this, and yet it differs; "
        "merge the branch that this goes to once more, and leave the file as it is there"
    ]


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
        check_change(str(shallow), "origin/main")


def test_what_is_not_there_is_named(repo: Repository, tmp_path: Path) -> None:
    for name in ("nowhere", "--help", "main^{tree}", ""):
        with pytest.raises(BuildError, match="there is no commit"):
            repo.said(base=name)
    (tmp_path / "plain").mkdir()
    with pytest.raises(BuildError, match="plain is in no git repository; clone"):
        check_change(str(tmp_path / "plain"), "main")


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


def test_many_strangers_cost_one_search(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    searches: list[int] = []
    mentioning = Git.files_containing

    def counted(git: Git, commit: str, folder: str, texts: Iterable[str]) -> list[str]:
        texts = list(texts)
        searches.append(len(texts))
        return mentioning(git, commit, folder, texts)

    monkeypatch.setattr(Git, "files_containing", counted)
    for number in range(20):
        repo.write("content/wiki/home.md", f"{number}\n")
        repo.commit(f"stranger{number}")
    repo.write("content/wiki/home.md", "Grace's.\n")
    repo.commit("grace")
    assert len(refusals(str(repo.folder), "main", "change")) == 20
    assert searches == [21]
