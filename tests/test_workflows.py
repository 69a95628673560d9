"""The workflows for git hosts: valid by their schema, safe as they stand, and their steps do what they say."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bylines.quickstart.files import files_for
from tests.building import ROOT, files_below
from tests.running import Host
from tests.test_incremental import git
from tests.test_quickstart import ANSWERS, BYLINES, NOW

CI = ROOT / "docs/ci"
GITHUB = [*sorted(CI.glob("*.github.yml")), ROOT / ".github/workflows/guard.yml"]
GITLAB = sorted(CI.glob("*.gitlab-ci.yml"))


def flow(file: Path) -> dict[Any, Any]:
    """What a workflow says."""
    found: dict[Any, Any] = yaml.safe_load(file.read_text())
    return found


# As they stand
@pytest.mark.parametrize(
    ("schema", "files"),
    [("vendor.github-workflows", GITHUB), ("vendor.gitlab-ci", GITLAB)],
    ids=["github", "gitlab"],
)
def test_they_are_valid_by_their_schema(schema: str, files: list[Path]) -> None:
    """Those of SchemaStore and GitLab, which check-jsonschema carries."""
    done = _by_schema(schema, files)
    assert done.returncode == 0, done.stdout


def test_the_schema_finds_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text((CI / "check.github.yml").read_text().replace("timeout-minutes: 10", "timeout-minutes: [10]"))
    assert _by_schema("vendor.github-workflows", [wrong]).returncode == 1


def _by_schema(schema: str, files: list[Path]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, "--data-transform", "gitlab-ci"]
    return subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("file", GITHUB, ids=lambda file: file.name)
def test_actions_are_pinned_by_their_commit_and_may_only_read(file: Path) -> None:
    used = re.findall(r"uses: *(.*)", file.read_text())
    assert used
    assert [name for name in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", name)] == []
    assert flow(file)["permissions"] == {"contents": "read"}
    for job in flow(file)["jobs"].values():
        assert "permissions" not in job
        assert job["timeout-minutes"] <= 60
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "what others wrote reaches the shell as variables"


def test_only_what_main_holds_is_published_and_secrets_go_nowhere_else() -> None:
    for file in GITHUB:
        if file.name != "publish.github.yml":
            assert "secrets" not in file.read_text(), file.name
    publish = flow(CI / "publish.github.yml")
    assert set(publish[True]) == {"push", "schedule", "workflow_dispatch"}, "YAML's `on`; no request is among them"
    assert publish[True]["push"] == {"branches": ["main"]}
    assert publish["jobs"]["publish"]["if"] == "github.ref == 'refs/heads/main'"
    rules = flow(CI / "publish.gitlab-ci.yml")["publish"]["rules"]
    assert rules[0] == {"if": '$CI_PIPELINE_SOURCE == "merge_request_event"', "when": "never"}


def test_one_is_published_at_a_time_and_none_is_broken_off() -> None:
    github, gitlab = flow(CI / "publish.github.yml"), flow(CI / "publish.gitlab-ci.yml")["publish"]
    assert github["concurrency"] == {"group": "publish", "cancel-in-progress": False}
    assert github["jobs"]["publish"]["steps"][0]["with"]["ref"] == "main", "whichever comes last builds the newest"
    assert (gitlab["resource_group"], gitlab["interruptible"]) == ("publish", False)
    save = github["jobs"]["publish"]["steps"][-1]
    assert (save["if"], gitlab["cache"][0]["when"]) == ("always()", "always"), "whatever became of the upload"


# Their steps
class Company:
    """A content repository that was pushed to a git host, and where it is published."""

    def __init__(self, folder: Path, host: str) -> None:
        self.folder, self.work, self.served = folder, folder / "blogs", folder / "served"
        self.host = Host(folder)
        for path, text in files_for(ANSWERS._replace(host=host, publish_to=str(self.served)), BYLINES, NOW).items():
            text = text.replace("BYLINES_SEARCH = True", "BYLINES_SEARCH = False\nBYLINES_COVERS = False")
            # The runner serves the folder itself, and says so.
            self.write(path, text.replace("make publish", ".venv/bin/python -m bylines publish --local"))
        git(folder, "init", "-q", "--bare", "-b", "main", "host.git")
        git(self.work, "init", "-q", "-b", "main")
        git(self.work, "remote", "add", "origin", str(self.host.origin))
        self.push()

    def write(self, path: str, text: str) -> None:
        (self.work / path).parent.mkdir(parents=True, exist_ok=True)
        (self.work / path).write_text(text)

    def push(self) -> str:
        """Commits and pushes all; gives the commit."""
        git(self.work, "add", "--all")
        git(self.work, "commit", "-qm", "x")
        git(self.work, "push", "-q", "origin", "main")
        return git(self.host.origin, "rev-parse", "main").strip()

    def run(self, commit: str = "main") -> subprocess.CompletedProcess[str]:
        """Runs the job."""
        if (self.work / ".gitlab-ci.yml").exists():
            return self.host.run_gitlab(self.work / ".gitlab-ci.yml", "publish", commit)
        return self.host.run_github(self.work / ".github/workflows/publish.yml", "publish")

    def publish(self, commit: str = "main") -> str:
        """Runs the job; gives what it said."""
        done = self.run(commit)
        assert done.returncode == 0, (done.stdout, done.stderr)
        return done.stdout

    def post(self, slug: str) -> None:
        self.write(f"content/blogs/ada/{slug}.md", f"---\ntitle: {slug.title()}\ndate: 2026-09-20\n---\nSome text.\n")


def _pages(served: Path) -> dict[str, bytes]:
    """What is served, without what a publication notes there for the next one."""
    return {path: text for path, text in files_below(served).items() if not path.startswith(".")}


def _uploaded(said: str) -> int:
    """How many files the publication said that it brought."""
    found = re.findall(r"published at .*?: ([\d,]+) files?", said)
    return int(found[-1].replace(",", "")) if found else 0


def test_github_publishes_the_difference_from_a_restored_store(tmp_path: Path) -> None:
    company = Company(tmp_path, "github")
    first = _uploaded(company.publish())
    assert 60 < first <= len(files_below(company.served))
    company.post("winch")
    company.push()
    assert 0 < _uploaded(company.publish()) < first / 2
    assert (company.served / "blogs/ada/winch/index.html").exists()
    before = _pages(company.served)
    for store in (company.host.saved / "cache").iterdir():
        if store.suffix != ".manifest":
            store.unlink() if store.is_file() else shutil.rmtree(store)
    assert _uploaded(company.publish()) == 0, "all is built, and nothing of it differs"
    assert _pages(company.served) == before


def test_gitlab_publishes_the_newest_whichever_job_comes_last(tmp_path: Path) -> None:
    company = Company(tmp_path, "gitlab")
    old = git(company.work, "rev-parse", "HEAD").strip()
    company.post("winch")
    company.push()
    company.publish(old)
    assert (company.served / "blogs/ada/winch/index.html").exists()


@pytest.mark.long
@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_without_a_manifest_what_is_served_is_replaced_as_a_whole(host: str, tmp_path: Path) -> None:
    company = Company(tmp_path, host)
    company.publish()
    before = _pages(company.served)
    (company.served / "stray.html").write_text("Not ours.")
    shutil.rmtree(company.host.saved)
    company.publish()
    assert _pages(company.served) == before


@pytest.mark.long
@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_a_publication_that_fails_keeps_its_store_so_that_the_next_one_goes_on(host: str, tmp_path: Path) -> None:
    company = Company(tmp_path, host)
    all_ = _uploaded(company.publish())
    company.post("winch")
    company.push()
    before = files_below(company.host.saved)
    (company.served / "blogs/ada/winch").write_text("A file where a folder is due.")
    failed = company.run()
    assert failed.returncode != 0
    assert "blogs/ada/winch" in failed.stderr
    assert "run it again" in failed.stderr
    assert files_below(company.host.saved) != before
    (company.served / "blogs/ada/winch").unlink()
    said = company.publish()
    assert "compared" not in said
    assert 0 < _uploaded(said) < all_ / 2
    assert (company.served / "blogs/ada/winch/index.html").exists()
    assert "has it all" in company.publish()


@pytest.mark.long
@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_a_first_publication_that_fails_is_made_up_for(host: str, tmp_path: Path) -> None:
    company = Company(tmp_path, host)
    company.served.write_text("A file where the folder is due.")
    assert company.run().returncode != 0
    company.served.unlink()
    company.publish()
    assert (company.served / "index.html").exists()


def test_the_key_is_laid_down_for_its_owner_alone(tmp_path: Path) -> None:
    company = Company(tmp_path, "github")
    company.host.secrets = {"PUBLISH_SSH_KEY": "-----KEY-----", "PUBLISH_KNOWN_HOSTS": "www ssh-ed25519 AAAA"}
    step = next(
        step for step in flow(CI / "publish.github.yml")["jobs"]["publish"]["steps"] if "key" in step.get("name", "")
    )
    here, home = company.host._machine()
    done = company.host._sh(here, home, step["run"], company.host._environment(step["env"]))
    assert done.returncode == 0, done.stderr
    key = home / ".ssh/id_ed25519"
    assert (key.read_text(), key.stat().st_mode & 0o777) == ("-----KEY-----\n", 0o600)
    assert (home / ".ssh/known_hosts").read_text() == "www ssh-ed25519 AAAA\n"


@pytest.mark.parametrize("host", ["github", pytest.param("gitlab", marks=pytest.mark.long)])
def test_a_request_is_told_what_is_wrong_in_it(host: str, tmp_path: Path) -> None:
    company = Company(tmp_path, host)
    git(company.work, "checkout", "-qb", "change")
    company.write("content/blogs/ada/bad.md", "---\ntitle: Bad\ndate: soon\n---\nText.\n")
    git(company.work, "add", "--all")
    git(company.work, "commit", "-qm", "x")
    git(company.work, "push", "-q", "origin", "change")
    runner = company.host
    if host == "gitlab":
        runner.secrets = {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "GITLAB_USER_LOGIN": "ada-corp"}
        runner.run_gitlab(company.work / ".gitlab-ci.yml", "check", "change")
        said = (tmp_path / "run-1/work/code-quality.json").read_text()
    else:
        here, home = runner._machine()
        runner._clone(here, "change")
        step = flow(CI / "check.github.yml")["jobs"]["check"]["steps"][-1]
        said = runner._sh(here, home, step["run"], {"BASE": "main", "OPENER": "ada-corp"}).stdout
    assert "content/blogs/ada/bad.md" in said
    assert "soon" in said
