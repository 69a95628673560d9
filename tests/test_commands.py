"""A command says and writes what others of the tests saw of it also where Python is started for it alone."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from bylines.commands import cli, docs, invoke_tasks
from bylines.commands.declare import Arg, Command, commands
from tests import projects
from tests.building import ROOT, SmallSite, files_below
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


# One command line under two names
_SAID_TWICE = (
    "publish served --settings pelicanconf.py --local --dry-run", "verify output --settings pelicanconf.py", "traces ada Ada",
    "import ../exports/ghost --handle ada --from ghost --dry-run", "rename-post ada/x y --yes", "merge-topics tides sea salt --yes",
    "build --preview --no-wait --quiet", "guard --base HEAD --account=", "check --format nothing", "rename-post ada/x",
    "report --months x", "build --manifest x", "leave --help", "published",
)  # fmt: skip


@pytest.mark.parametrize("command", _SAID_TWICE)
def test_invoke_understands_the_same_words(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    export("ghost", tmp_path)
    code, said = _done(projects.run, command, tmp_path / "site")
    assert _unwrapped(*_done(_invoked, command, tmp_path / "site")) == _unwrapped(code, said)
    expected = {
        "check --format nothing": 2,
        "rename-post ada/x": 2,
        "report --months x": 2,
        "build --manifest x": 2,
        "published": 2,
    }
    assert code == expected.get(command, 1 if command.startswith(("verify", "traces", "guard")) else 0)


def test_a_command_may_follow_a_task_of_the_code(tmp_path: Path) -> None:
    program = "import sys, tasks; from bylines.commands import invoke_tasks; from invoke import Collection, Program;"
    site = SmallSite(tmp_path)
    projects.configure(site)
    site.person("ada", "Ada Lovelace")
    site.post("ada/x.md", topics="[tides]")
    program += "Program(namespace=Collection.from_module(tasks)).run(['invoke', 'build', '--quiet', '--wait', '3', '--strict'])"
    done = _python(tmp_path, "-c", program)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert site.page("blogs/ada/x/index.html")
    done = _python(
        tmp_path,
        "-c",
        program.replace("'build', '--quiet', '--wait', '3', '--strict'", "'guard', '--base=HEAD', '--account='"),
    )
    assert done.returncode == 1
    assert done.stderr.startswith("error: --account is empty")


@pytest.mark.parametrize("command", commands().values(), ids=lambda command: command.name)
def test_both_command_lines_have_the_same_options(command: Command) -> None:
    task = dict(invoke_tasks.tasks())[command.name]
    in_invoke = {flag for argument in task.get_arguments() for flag in _flags(argument)}
    placed = {f"--{each.name}".replace("_", "-") for each in command.parameters() if isinstance(each.mark, Arg)}
    assert in_invoke - placed == set(_options(cli.parsers()[command.name]))
    assert task.__doc__ == f"{command.summary}."


def test_both_command_lines_have_the_same_commands() -> None:
    listed = _python(ROOT, "-m", "invoke", "--list").stdout
    in_invoke = re.findall(r"^  ([a-z-]+)  +[A-Z]", listed, re.M)
    assert set(cli.parsers()) == {*commands()} <= {*in_invoke}
    helped = projects.run(ROOT, "--help").stdout
    assert re.findall(r"^    ([a-z-]+)$|^    ([a-z-]+)  ", helped, re.M).__len__() == len(commands())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import-blog x --handle ada --kind ghost", "import x --handle ada --from ghost"),
        ("import-blog --source=x --kind=ghost", "import x --from=ghost"),
        ("publish --to s3://b --dry-run", "publish s3://b --dry-run"),
        ("quickstart --folder ../b --name X", "quickstart ../b --name X"),
        ("traces ada --also Ada", "traces ada Ada"),
        ("leave --handle ada", "leave ada"),
        ("new-post -- --to", "new-post -- --to"),
        ("new-post --handle ada", "new-post --handle ada"),
        ("nothing --to x", "nothing --to x"),
        ("", ""),
    ],
)
def test_old_spellings_are_todays(old: str, new: str) -> None:
    assert cli.modern(old.split()) == new.split()


def test_the_topic_that_stays_stays_where_others_go_by_an_old_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    old = _done(projects.run, "merge-topics tides salt --also sea --yes", tmp_path / "site")
    assert old == _done(projects.run, "merge-topics tides sea salt --yes", tmp_path / "site")
    assert old[0] == 0


def test_the_page_of_commands_is_as_they_are_declared() -> None:
    assert (ROOT / "docs/commands.md").read_text() == docs.text(), "run: invoke docs"


def test_help_imports_none_of_the_engine() -> None:
    program = "import sys; from bylines.__main__ import main\ntry: main(['--help'])\nfinally: print(*sys.modules, file=sys.stderr)"
    loaded = _python(ROOT, "-c", program).stderr.split()
    assert not {"bylines.engine", "bylines.frame", "pelican", "yaml", "invoke"} & set(loaded)


def _unwrapped(code: int, said: Iterable[str]) -> tuple[int, list[str]]:
    """What a command said, wherever usage was wrapped, which depends on the program's name."""
    return code, [" ".join(text.split()) for text in said]


def _invoked(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    done = _python(folder, "-m", "invoke", "-r", str(ROOT), *command)
    say = re.compile(r"\binvoke(?= [a-z-]+(:| \[|\n))")
    return subprocess.CompletedProcess(
        command, done.returncode, say.sub("bylines", done.stdout), say.sub("bylines", done.stderr)
    )


def _python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**projects.environment(), "PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT}"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def _flags(argument: Any) -> Iterable[str]:
    return [f"--{name}" for name in argument.names]


def _options(parser: argparse.ArgumentParser) -> Iterable[str]:
    """The options that help shows."""
    shown = [action for action in parser._actions if action.help != argparse.SUPPRESS and action.dest != "help"]
    return [option for action in shown for option in action.option_strings]
