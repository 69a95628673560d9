"""The guard at its edges: the machine, the command, the workflows, its rules and its docs; and the laws of its parts."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bylines.guard.commits import OddCommitError, normalize_address, parse_commit
from bylines.guard.paths import comparison_key, lookalike_key, name_fault
from bylines.guard.rules import Rules, rules_from
from bylines.guard.trees import FOLDER, Comparison, OddTreeError, Tree, parse_tree
from bylines.problems import SettingsError
from tests.building import ROOT
from tests.guarding import Repository
from tests.projects import run, run_cold


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "site")


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
    done = run_cold(repo.folder, "guard", "--base", "main", "--head", "change", "--account", "ada-corp")
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
    assert normalize_address(normalize_address(text)) == normalize_address(text)
    assert "\n" not in normalize_address(text)


def test_addresses_differ_by_more_than_the_case_of_latin_letters() -> None:
    assert normalize_address(" Ada@Corp.Example ") == "ada@corp.example"
    assert normalize_address("\u212aim@corp.example") != normalize_address("kim@corp.example")
    assert normalize_address("ﬁ@corp.example") != normalize_address("fi@corp.example")
    assert normalize_address("a b@c") == normalize_address("nothing") == normalize_address("a@" + "b" * 300) == ""


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_name_is_alike_in_every_form_and_case(text: str) -> None:
    assert comparison_key(unicodedata.normalize("NFD", text)) == comparison_key(unicodedata.normalize("NFC", text))


@given(st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True))
def test_a_handle_looks_like_itself_and_is_a_safe_name_but_for_devices(handle: str) -> None:
    assert lookalike_key(handle) == lookalike_key(lookalike_key(handle).replace("-", ""))
    assert name_fault(f"{handle}-x.md".encode()) == ""


_MODES = st.sampled_from([b"100644", b"100755"])
_FILES = st.dictionaries(
    st.sampled_from([b"a", b"b/c", b"b/d", b"e/f/g", b"h"]), st.tuples(_MODES, st.binary(min_size=1, max_size=1))
)


@given(_FILES, _FILES)
def test_comparing_trees_gives_each_file_that_differs(before: dict[bytes, tuple[bytes, bytes]], after: dict) -> None:  # type: ignore[type-arg]
    trees: dict[bytes, Tree] = {}
    found = {
        change.path: (change.before, change.after)
        for change in Comparison(trees.__getitem__, 1_000).changed_files(_made(before, trees), _made(after, trees))
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


@pytest.mark.parametrize("digits", [39, 41, 63, 65])
def test_an_id_of_another_length_is_refused(digits: int) -> None:
    people = b"author A <a@x.example> 1 +0000\ncommitter A <a@x.example> 1 +0000\n\nwords\n"
    with pytest.raises(OddCommitError):
        parse_commit("0" * 40, b"tree " + b"a" * digits + b"\n" + people)
    with pytest.raises(OddCommitError):
        parse_commit("0" * 40, b"tree " + b"a" * 40 + b"\nparent " + b"a" * digits + b"\n" + people)


# The docs
def test_each_trick_of_the_docs_has_its_test() -> None:
    table = (ROOT / "docs/security.md").read_text()
    named = set(re.findall(r"`(test_\w+)`", table))
    there = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    assert len(named) > 40
    assert not [name for name in named if f"def {name}(" not in there]


def test_the_workflows_run_in_a_clone(repo: Repository, tmp_path: Path) -> None:
    """Their commands, as they stand there, against a host's repository; without the network, the tools are installed already."""
    host, trap = tmp_path / "host.git", tmp_path / "ran"
    repo.write(".github/workflows/guard.yml", "jobs: {}\n")
    repo.write("sitecustomize.py", f"open({str(trap)!r}, 'w')\n")
    repo.commit("ada")
    repo.git("clone", "-q", "--bare", str(repo.folder), str(host))
    for ref in ("refs/pull/7/head", "refs/merge-requests/7/head"):
        repo.git("--git-dir", str(host), "update-ref", ref, "change")
    for script, environment in (_github(host, repo.git("rev-parse", "change")), _gitlab(host)):
        folder = tmp_path / f"runner-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        own = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(folder),
            **environment,
        }
        done = subprocess.run(["sh", "-ec", script], cwd=folder, env=own, capture_output=True, text=True, check=False)
        assert done.returncode == 1, (done.stdout, done.stderr)
        assert "the site's keepers alone may write here" in done.stdout + done.stderr
        assert not trap.exists()
        kept = {path.name for path in folder.glob("base/*")} | {path.name for path in folder.glob("*")}
        assert "sitecustomize.py" not in kept
        good = {
            key: "kim-at-work" if key in ("OPENER", "SENDER", "GITLAB_USER_LOGIN") else value
            for key, value in own.items()
        }
        again = tmp_path / f"runner-{len(list(tmp_path.iterdir()))}"
        again.mkdir()
        done = subprocess.run(["sh", "-ec", script], cwd=again, env=good, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (done.stdout, done.stderr)


# What stands in for `make setup`: the environment that is there.
_SETUP = f"ln -s {sys.prefix} .venv"


def _github(host: Path, head: str) -> tuple[str, dict[str, str]]:
    flow = yaml.safe_load((ROOT / ".github/workflows/guard.yml").read_text())
    assert list(flow[True]) == ["pull_request_target"], "YAML's `on`"
    assert flow["permissions"] == {"contents": "read"}
    job = flow["jobs"]["guard"]
    assert "if" not in job
    assert "secrets" not in str(flow)
    checkout, _, install, *runs = job["steps"]
    assert checkout["with"] == {"ref": "main", "fetch-depth": 0}
    assert install["run"] == "make setup"
    assert len(runs) == 2
    assert not any("${{" in step["run"] for step in job["steps"] if "run" in step)
    assert set(job["env"]) == {"NUMBER", "HEAD", "OPENER", "SENDER"}
    script = "\n".join(
        [f"git clone -q --branch main {shlex.quote(str(host))} .", _SETUP, *(step["run"] for step in runs)]
    )
    return script, {"NUMBER": "7", "HEAD": head, "OPENER": "kim-at-work", "SENDER": "ada-corp"}


def _gitlab(host: Path) -> tuple[str, dict[str, str]]:
    job = yaml.safe_load((ROOT / "docs/ci/guard.gitlab-ci.yml").read_text())["guard"]
    assert job["variables"]["GIT_STRATEGY"] == "none"
    assert "make setup" in job["before_script"]
    lines = [_SETUP if line == "make setup" else line for line in (*job["before_script"], *job["script"])]
    variables = {"CI_REPOSITORY_URL": str(host), "CI_MERGE_REQUEST_IID": "7", "GITLAB_USER_LOGIN": "ada-corp"}
    return "\n".join(lines), variables


def test_codeowners_says_the_same_to_the_host(repo: Repository) -> None:
    done = run(repo.folder, "codeowners")
    assert done.stderr == ""
    assert done.stdout == (
        "# Made by `python -m bylines codeowners`; changes here are lost.\n"
        "* @kim-at-work\n"
        "/content/jams\n"
        "/content/pages @kim-at-work\n"
        "/content/topics.yaml\n"
        "/content/wiki\n"
        "/content/blogs/engines/ @ada-corp @grace-corp\n"
        "/content/blogs/ada/ @ada-corp\n"
        "/authors/ada.* @ada-corp\n"
        "/content/blogs/grace/ @grace-corp\n"
        "/authors/grace.* @grace-corp\n"
        "/content/blogs/kim/ @kim-at-work\n"
        "/authors/kim.* @kim-at-work\n"
    )
    assert run(repo.folder, "codeowners", "--host", "gitlab").stdout.splitlines()[1] == "[Writers]"


def test_codeowners_too_large_for_github_is_said(tmp_path: Path) -> None:
    repo = Repository(tmp_path / "site", "keepers: [kim]\n")
    long = "x" * 240
    for number in range(6_200):
        repo.write(f"authors/p{number}.yaml", f"emails: [p{number}{long[:-9]}@z.example]\n")
    repo.commit("kim")
    done = run(repo.folder, "codeowners")
    assert re.fullmatch(
        r"CODEOWNERS has 3,\d{3},\d{3} bytes: GitHub takes no more than 3,000,000, and ignores this\n", done.stderr
    )
    assert "/content/blogs/ada/ ada@corp.example\n" in done.stdout
    assert run(repo.folder, "codeowners", "--host", "gitlab").stderr == ""
