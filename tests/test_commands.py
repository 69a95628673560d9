"""A command says and writes what others of the tests saw of it also where Python is started for it alone."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import projects
from tests.building import SmallSite, files_below
from tests.importing import export
from tests.test_incremental import git

# Those of which no other test sees the start.
_COMMANDS = (
    "published delta --settings pelicanconf.py", "verify output --settings pelicanconf.py", "report", "doctor", "codeowners",
    "new-author --name Grace", "new-post --handle ada --title Salt", "import ../exports/ghost --handle ada",
    "rename-author ada countess --yes", "rename-post ada/x y --yes", "leave ada --yes", "merge-topics tides sea --yes",
)  # fmt: skip
_AFTER = {"published": "build --delta delta", "verify": "build", "report": "build"}
_EACH_TIME_ANOTHER = re.compile(r"urn:uuid:\S+|\d[\d.:e-]*")


@pytest.mark.parametrize("command", _COMMANDS)
def test_a_command_does_the_same_where_python_is_started_for_it(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    export("ghost", tmp_path)
    assert _done(projects.run_cold, command, tmp_path / "site") == _done(projects.run, command, tmp_path / "site")


def _done(run: Callable[..., subprocess.CompletedProcess[str]], command: str, folder: Path) -> tuple[int, list[str]]:
    """What came of a command in a new site: its exit code, and what it said and wrote."""
    site = SmallSite(folder)
    projects.configure(site)
    site.person("ada", "Ada Lovelace", emails="[ada@corp.example]")
    site.post("ada/x.md", "[y](nowhere.md)\n", topics="[tides]")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "all of it")
    if before := _AFTER.get(command.split(maxsplit=1)[0]):
        assert projects.run(folder, *before.split()).returncode == 0
    done = run(folder, *command.split())
    written = {
        f"{part} {name}": text for part in ("authors", "content") for name, text in files_below(folder / part).items()
    }
    shutil.rmtree(folder)
    texts = [done.stdout, done.stderr, *(f"{name}: {text.decode(errors='replace')}" for name, text in written.items())]
    return done.returncode, [_EACH_TIME_ANOTHER.sub("1", text) for text in texts]
