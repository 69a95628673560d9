"""`quickstart` writes a content repository for a new company, from answers or options. It overwrites nothing."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping

from bylines.commands.asking import answer, is_asked
from bylines.commands.build import OutputOptions, answered
from bylines.git import cannot_run, reason
from bylines.problems import BuildError, SettingsError
from bylines.quickstart.answers import FOLDER, QUESTIONS, Answers, Known, Question, checked
from bylines.quickstart.files import files_for
from bylines.quickstart.pin import Pin, pinned

_BRANCH = "main"  # the workflows name it


def quickstart(folder: str, options: Mapping[str, str], *, bylines: str = "", git: bool = False) -> int:
    """Write a content repository, and ask at the terminal for what the options lack. Return the exit code.

    `options` are by the fields of `Answers`; `bylines` is a requirement for pip in place of the Bylines that runs; `git`
    begins a git repository with a first commit.
    """
    return answered(
        OutputOptions(),
        lambda: _quickstart(os.path.expanduser(folder), options, bylines, git=git),
        "nothing was written",
    )


def _quickstart(folder: str, options: Mapping[str, str], bylines: str, *, git: bool) -> int:
    asked = is_asked()
    given = _given(options)
    folder = folder or os.path.expanduser(answer("The folder of the new repository", FOLDER) if asked else FOLDER)
    _check_apart(folder)
    answers = _asked(given) if asked else _from_options(given)
    pin = Pin(bylines) if bylines else pinned()
    files = files_for(answers, pin.requirement, _now())
    _check_free(folder, files)
    git = git or (asked and answer("Begin a git repository there, with a first commit (yes or no)", "yes") in _YES)
    _write(folder, files)
    if git:
        _commit(folder, answers)
    _say(folder, answers, pin, files, git=git)
    return 0


def _given(options: Mapping[str, str]) -> dict[str, str]:
    """Return the given options, checked. Raises SettingsError with a line for each wrong one."""
    given, wrong = {}, []
    for question in QUESTIONS:
        if options.get(question.field):
            try:
                given[question.field] = checked(question, options[question.field])
            except SettingsError as error:
                wrong.append(str(error))
    if wrong:
        raise SettingsError("\n       ".join(wrong))
    return given


def _from_options(given: dict[str, str]) -> Answers:
    """Return the answers when nobody can be asked. Raises SettingsError with a line for each missing one."""
    known, found, missing = _known(), dict[str, str](), []
    for question in QUESTIONS:
        try:
            said = given.get(question.field) or _default(question, found, known)
            found[question.field] = checked(question, said)
        except SettingsError as error:
            missing.append(str(error))
            found[question.field] = ""
    if missing:
        raise SettingsError("\n       ".join(missing))
    return Answers(**found)


def _default(question: Question, found: dict[str, str], known: Known) -> str:
    return question.default(found, known)


def _asked(given: dict[str, str]) -> Answers:
    """Ask the person at the terminal, and return the answers. A wrong answer is asked for again."""
    known, found = _known(), dict[str, str]()
    for question in QUESTIONS:
        default = _default(question, found, known)
        found[question.field] = given.get(question.field) or _until_right(question, default)
    return Answers(**found)


def _until_right(question: Question, default: str) -> str:
    ask: Callable[[], str] = lambda: answer(question.text, default, may_lack=question.may_lack)  # noqa: E731
    while True:
        try:
            return checked(question, ask())
        except SettingsError as error:
            print(f"{error}", file=sys.stderr, flush=True)


def _known() -> Known:
    return Known(_zone(), _git_says("config", "user.name"), _git_says("config", "user.email"))


def _zone() -> str:
    """Return the machine's time zone, or '' if /etc/localtime does not link into the folder of zones."""
    return os.path.realpath("/etc/localtime").rpartition("/zoneinfo/")[2].replace("/etc/localtime", "")


def _git_says(*arguments: str, folder: str = ".") -> str:
    try:
        done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _check_apart(folder: str) -> None:
    """Raise an error if the folder is in another repository: git would not know whose the files are."""
    there = os.path.abspath(folder)
    while not os.path.isdir(there):
        there = os.path.dirname(there)
    root = _git_says("rev-parse", "--show-toplevel", folder=there)
    if root and os.path.realpath(root) != os.path.realpath(folder):
        raise BuildError(f"{folder} lies in the repository {root}; give a folder beside it, such as {root}-content")


def _check_free(folder: str, files: Mapping[str, str]) -> None:
    there = [path for path in files if os.path.lexists(os.path.join(folder, path))]
    if there:
        found = f" and {len(there) - 1} more are" if len(there) > 1 else " is"
        raise BuildError(
            f"{os.path.join(folder, there[0])}{found} there already; give another folder; nothing was changed"
        )


def _write(folder: str, files: Mapping[str, str]) -> None:
    written: list[str] = []
    try:
        for path, text in files.items():
            file = os.path.join(folder, path)
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "x", encoding="utf-8", newline="\n") as opened:
                written.append(file)
                opened.write(text)
    except BaseException as error:
        for file in written:  # so that the same folder can be given again
            os.remove(file)
        if not isinstance(error, OSError):
            raise
        reason = f"{error.filename or folder} cannot be written ({error.strerror})"
        raise BuildError(f"{reason}; make that possible, or give another folder") from error


def _commit(folder: str, answers: Answers) -> None:
    """Begin a git repository with all files in its first commit. The keeper is its author if git knows nobody."""
    name = _git_says("config", "user.name") or answers.keeper_name
    email = _git_says("config", "user.email") or answers.email or f"{answers.keeper}@localhost"
    who = ("-c", f"user.name={name}", "-c", f"user.email={email}")
    for arguments in (
        ("init", "--quiet", f"--initial-branch={_BRANCH}"),
        ("add", "--all"),
        (*who, "commit", "--quiet", "--message", f"Begin {answers.name}"),
    ):
        _git(folder, arguments)


def _git(folder: str, arguments: tuple[str, ...]) -> None:
    try:
        done = subprocess.run(
            ["git", "-C", folder, *arguments], capture_output=True, text=True, check=False, env=_PLAIN
        )
    except OSError as error:
        raise BuildError(f"the files are written, but {cannot_run(folder, error)}") from error
    if done.returncode:
        raise BuildError(f"the files are written, but not committed: {reason(folder, done.stderr, arguments)}")


def _say(folder: str, answers: Answers, pin: Pin, files: Mapping[str, str], *, git: bool) -> None:
    """Print what was written, what is still to be filled in, and what to do next."""
    print(f"{folder}: {len(files)} files for {answers.name}\n")
    for note in filter(None, _open(answers, pin)):
        print(f"note: {note}")
    print("Next:")
    print(f"  cd {shlex.quote(folder)}")
    print("  make site   installs Bylines there and builds the site")
    print("  write in content/pages/about.md and guidelines.md, and delete their lines `status: draft`")
    if not git:
        print(f"  git init -b {_BRANCH} && git add --all && git commit -m 'Begin'")
    print(f"  git remote add origin {answers.repository or '<address>'} && git push -u origin {_BRANCH}")
    print("  docs/keeper.md of Bylines goes on from here: publishing, who may write what, upgrades", flush=True)


def _open(answers: Answers, pin: Pin) -> list[str]:
    from bylines.publishing.targets import parse_address

    lacks_target = "publishconf.py has no BYLINES_PUBLISH_TO yet; write where the site's files go, and commit"
    lacks_host = "the repository's address is not known yet: see BYLINES_SOURCE_URL in pelicanconf.py, and README.md"
    own = (
        f"{answers.publish_to} is a folder of a machine: `make publish` on yours fills it, and the workflow of the git host "
        "refuses it (publish.md has the other places)"
    )
    target = own if answers.publish_to and parse_address(answers.publish_to).kind == "folder" else ""
    return [pin.note, target if answers.publish_to else lacks_target, "" if answers.repository else lacks_host]


def _now() -> dt.datetime:
    """Return the time of the clock, or SOURCE_DATE_EPOCH."""
    from bylines.engine.build import now

    return dt.datetime.fromtimestamp(now(), dt.UTC)


_YES = ("yes", "y")
_PLAIN = {**os.environ, "LC_ALL": "C"}
