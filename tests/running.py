"""A small runner of the git hosts' workflows: their steps as they stand, in an empty folder with an empty home and nothing else.

Actions of others are played: a checkout by a clone, a cache by a folder that is copied. An environment that is there is lent in
place of the one that `make setup` would install.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

_SECRET = re.compile(r"\$\{\{ (?:secrets|vars)\.(\w+) \}\}")


class Host:
    """A git host: a bare repository, what its caches hold, and its secrets."""

    def __init__(self, folder: Path, secrets: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.secrets = secrets or {}
        self.origin = folder / "host.git"
        self.saved = folder / "saved"
        self.runs = 0

    def run_github(self, workflow: Path, job: str) -> subprocess.CompletedProcess[str]:
        """Runs a job; gives what the last step that was run said."""
        flow = yaml.safe_load(workflow.read_text())
        here, home = self._machine()
        done = subprocess.CompletedProcess[str]([], 0, "", "")
        for step in flow["jobs"][job]["steps"]:
            if done.returncode and step.get("if") != "always()":
                continue
            if "run" in step:
                done = self._sh(here, home, step["run"], self._environment(step.get("env", {})))
            else:
                self._use(step, here)
        return done

    def run_gitlab(self, file: Path, job: str, commit: str = "main") -> subprocess.CompletedProcess[str]:
        """Runs a job in a checkout of a commit."""
        flow = yaml.safe_load(file.read_text())
        wanted = {**flow[flow[job].get("extends", job)], **flow[job]}
        here, home = self._machine()
        self._clone(here, commit)
        (cache,) = (cache for cache in wanted.get("cache", [{"key": "site", "paths": []}]) if cache["key"] == "site")
        self._restore(here, cache["paths"])
        script = "\n".join([*wanted.get("before_script", []), *wanted["script"]])
        variables = {"CI_DEFAULT_BRANCH": "main", "CI_PROJECT_DIR": str(here), **self.secrets}
        done = self._sh(here, home, script, variables)
        if not done.returncode or cache.get("when") == "always":
            self._save(here, cache["paths"])
        return done

    def _machine(self) -> tuple[Path, Path]:
        self.runs += 1
        here, home = self.folder / f"run-{self.runs}/work", self.folder / f"run-{self.runs}/home"
        here.mkdir(parents=True)
        home.mkdir()
        return here, home

    def _use(self, step: dict[str, Any], here: Path) -> None:
        action = step["uses"].partition("@")[0]
        if action == "actions/checkout":
            self._clone(here, step["with"]["ref"])
        elif action == "actions/cache/restore":
            self._restore(here, [step["with"]["path"]])
        elif action == "actions/cache/save":
            self._save(here, [step["with"]["path"]])
        else:
            assert action == "actions/setup-python", action

    def _clone(self, here: Path, commit: str) -> None:
        for arguments in (["clone", "--quiet", str(self.origin), "."], ["checkout", "--quiet", commit]):
            subprocess.run(["git", *arguments], cwd=here, check=True, capture_output=True)
        environment = here / ".venv"
        environment.mkdir()
        for name in ("bin", "lib", "pyvenv.cfg"):
            (environment / name).symlink_to(Path(sys.prefix) / name)
        (environment / "site.stamp").touch()

    def _restore(self, here: Path, paths: list[str]) -> None:
        for path in paths:
            if (self.saved / path).exists():
                shutil.copytree(self.saved / path, here / path)

    def _save(self, here: Path, paths: list[str]) -> None:
        for path in paths:
            shutil.rmtree(self.saved / path, ignore_errors=True)
            if (here / path).exists():
                shutil.copytree(here / path, self.saved / path)

    def _environment(self, wanted: dict[str, str]) -> dict[str, str]:
        return {
            name: _SECRET.sub(lambda found: self.secrets.get(found[1], ""), value) for name, value in wanted.items()
        }

    def _sh(self, here: Path, home: Path, script: str, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
        own = {"PATH": os.environ["PATH"], "HOME": str(home), "CI": "true", **variables}
        return subprocess.run(
            ["sh", "-ec", script], cwd=here, env=own, capture_output=True, text=True, check=False, timeout=120
        )
