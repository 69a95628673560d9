"""Runs git in a folder with the user's own configuration, and explains its errors in plain words.

GitError   git is missing, or failed

Of the variables `GIT_*`, only those that configure git are kept. The folder alone decides on repository, index and paths,
unless a caller sets variables (`checking/staged.py` does, inside a hook).
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence

from bylines.problems import BuildError

_PERSONAL = re.compile(
    r"(?!GIT_)|GIT_(?:CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|EXEC_PATH|SSH(?:_\w+)?|ASKPASS"
    r"|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM)\Z"
)
_SETTINGS = ("-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "-c", "advice.graftFileDeprecated=false")
_ALWAYS = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
INSTALL = "git is not installed, or not on the PATH"
NO_REPOSITORY = "is in no git repository"
_NO_COMMIT = "nothing is committed yet"
_NO_SUCH_COMMIT = "there is no such commit"


class GitError(BuildError):
    """Git is missing or failed; the text says why, and what to do."""


class Git:
    """Runs git in a folder. Raises GitError if git is not installed."""

    def __init__(self, folder: str, variables: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        kept = {key: value for key, value in os.environ.items() if _PERSONAL.match(key)}
        self._environment = {**kept, **_ALWAYS, **(variables or {})}

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        """Run a command and return its output; `given` is its input. Raises GitError if it fails."""
        done = self.try_run(*arguments, given=given)
        if done.returncode:
            raise GitError(reason(self.folder, done.stderr, arguments))
        return done.stdout

    def try_run(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run a command that may fail, and return its exit code and output. `given` is its input."""
        process = self.start(*arguments)
        out, complaint = process.communicate(given)
        return subprocess.CompletedProcess(arguments, process.returncode, out, complaint)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command without waiting for it."""
        pipe = subprocess.PIPE
        command = ["git", *_SETTINGS, *arguments]
        try:
            return subprocess.Popen(
                command, cwd=self.folder, env=self._environment, stdin=pipe, stdout=pipe, stderr=pipe
            )
        except OSError as error:
            raise GitError(cannot_run(self.folder, error)) from error

    def answer(self, process: subprocess.Popen[bytes]) -> list[str]:
        """Wait for a started command and return its NUL-terminated output as strings. Raises GitError if it fails."""
        out, complaint = process.communicate()
        if process.returncode:
            raise GitError(reason(self.folder, complaint, process.args))
        return os.fsdecode(out).split("\0")[:-1]

    def blobs(self, digests: Iterable[str], largest: int) -> dict[str, bytes]:
        """Return the bytes of blobs by their digests. Blobs of more than `largest` bytes, and missing ones, are left out."""
        wanted = "".join(f"{digest}\n" for digest in {*digests}).encode()
        if not wanted:
            return {}
        sizes = [line.split() for line in self.run("cat-file", "--batch-check", given=wanted).decode().splitlines()]
        small = [parts[0] for parts in sizes if len(parts) == 3 and parts[1] == "blob" and int(parts[2]) <= largest]
        said = self.run("cat-file", "--batch", given="".join(f"{digest}\n" for digest in small).encode())
        found: dict[str, bytes] = {}
        at = 0
        while at < len(said):
            head = said.index(b"\n", at)
            digest, _, size = said[at:head].decode().split()
            found[digest] = said[head + 1 : head + 1 + int(size)]
            at = head + int(size) + 2
        return found

    def commit(self, name: str) -> str:
        """Return the commit that a name stands for; empty if there is none. Raises GitError if git cannot tell."""
        found = self.try_run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if found.returncode and refuses(self.folder, found.stderr):
            raise GitError(reason(self.folder, found.stderr, ("rev-parse",)))
        return found.stdout.decode().strip()

    def refusal(self) -> str:
        """Return in plain words why git does not work in the folder; empty if it does."""
        try:
            self.run("rev-parse", "--git-dir")
        except GitError as error:
            return str(error)
        return ""


def cannot_run(folder: str, error: OSError) -> str:
    """Return why git could not be started."""
    if not os.path.isdir(folder):
        return f"there is no folder {folder}; make it, or name another"
    if isinstance(error, FileNotFoundError):
        return f"{INSTALL}; install it"
    return f"git cannot be run ({error.strerror or error}); see to its permissions, or install it again"


def reason(folder: str, complaint: bytes | str, command: object = ()) -> str:
    """Return in plain words why a git command failed, and how to fix it. Never quotes git's own message."""
    text = complaint.decode(errors="replace") if isinstance(complaint, bytes) else complaint
    said, mend = _explain(folder, text)
    if not said:
        verb = _verb(command)
        said = f"git could not do its part ({verb}) in {folder}" if verb else f"git could not do its part in {folder}"
        mend = "`git status` and `git fsck` there say more"
    return f"{said}; {mend}" if mend else said


def refuses(folder: str, complaint: bytes) -> bool:
    """Return whether git failed for another reason than that a commit does not exist."""
    said, _ = _explain(folder, complaint.decode(errors="replace"))
    return bool(said) and not said.startswith((_NO_SUCH_COMMIT, _NO_COMMIT))


def is_foreign(complaint: bytes) -> bool:
    """Return whether git refuses a repository because it belongs to another user."""
    return any(pattern.search(complaint.decode(errors="replace")) for pattern, *_ in _MEANINGS[:2])


def _verb(command: object) -> str:
    """Return the subcommand of a git command line: the first word that is no option."""
    words = [str(word) for word in command] if isinstance(command, Sequence) and not isinstance(command, str) else []
    words = words[1:] if words[:1] == ["git"] else words
    skip = False
    for word in words:
        if skip or word.startswith("-"):
            skip = word in ("-c", "-C") and not skip
            continue
        return word
    return ""


def _explain(folder: str, complaint: str) -> tuple[str, str]:
    """Return the meaning of an error message and how to fix it; both are empty if it is not known."""
    for pattern, said, mend in _MEANINGS:
        if found := pattern.search(complaint):
            named = {key: value or "" for key, value in found.groupdict().items()}
            values = {"path": "", "what": "", **named, "folder": folder}
            values["path"] = values["path"] or folder
            return said.format(**values), mend.format(**values)
    return "", ""


def _meaning(pattern: str, said: str, mend: str) -> tuple[re.Pattern[str], str, str]:
    return re.compile(pattern, re.I), said, mend


# The first match counts. The patterns follow git's sources from 2.20 to 2.51, in the locale C.
_MEANINGS = (
    _meaning(
        r"(?:dubious ownership in repository at '(?P<path>[^'\n]+)'|unsafe repository \('(?P<what>[^'\n]+)')",
        "git does not open {folder}, because the clone belongs to another user",
        "if you trust it, run `git config --global --add safe.directory {path}`; or give the clone to who runs this (chown)",
    ),
    _meaning(
        r"dubious ownership|unsafe repository|safe\.directory|safe\.bareRepository",
        "git does not open {folder}, because the clone belongs to another user",
        "if you trust it, run `git config --global --add safe.directory {folder}`; or give the clone to who runs this (chown)",
    ),
    _meaning(
        r"not a git repository: '?(?P<path>[^'\n]+?)'?(?:\n|$)",
        "{folder} was moved away from its git repository ({path})",
        "run `git worktree repair` in the repository, or `git submodule update --init`, or clone it anew",
    ),
    _meaning(
        r"not a git repository",
        "{folder} " + NO_REPOSITORY,
        "clone the site's repository, or begin one with `git init`",
    ),
    _meaning(
        r"must be run in a work tree|is outside repository|cannot chdir to",
        "{folder} is no folder with checked-out files of a git repository",
        "run this in a clone that has its files (no bare one), and see to GIT_DIR and GIT_WORK_TREE",
    ),
    _meaning(
        r"Unable to create '(?P<path>[^'\n]+\.lock)': File exists|Unable to lock|Another git process seems",
        "another git command is at work here, or was broken off",
        "wait until it is done (an open editor of a commit counts too); if there is none, delete its lock {path}",
    ),
    _meaning(
        r"No space left on device|Disk quota exceeded",
        "the disk is full",
        "make room, and run this again",
    ),
    _meaning(
        r"Permission denied \((?:publickey|password|keyboard)|Host key verification failed",
        "the git host does not let you in by ssh",
        "see to your key, and to known_hosts: `ssh -T` to the host says whether it knows you",
    ),
    _meaning(
        r"Authentication failed|could not read (?:Username|Password)|terminal prompts disabled"
        r"|HTTP Basic: Access denied|error: 40[13]",
        "the git host does not let you in",
        "see to the token or password that git has for it",
    ),
    _meaning(
        r"promisor remote|lazy fetching disabled|could not fetch [0-9a-f]{40}",
        "this clone is a partial one (--filter), and what is missing in it could not be fetched",
        "run this where the git host can be reached, or clone without --filter",
    ),
    _meaning(
        r"Could not resolve host|unable to access|Connection (?:refused|timed out|reset)|Network is unreachable|Operation timed out"
        r"|early EOF|hung up unexpectedly",
        "the git host cannot be reached",
        "see to the network, and run this again",
    ),
    _meaning(
        r"does not appear to be a git repository|Repository not found|repository '(?P<path>[^'\n]+)' (?:not found|does not exist)"
        r"|Could not read from remote repository|No such remote",
        "there is no such repository at the git host, or you may not see it",
        "see to its address (`git remote -v`), and to your rights there",
    ),
    _meaning(
        r"stale info|non-fast-forward|fetch first|\[rejected\]",
        "somebody else has changed that branch meanwhile",
        "run this again",
    ),
    _meaning(
        r"\[remote rejected\]|hook declined|protected branch",
        "the git host refuses the change of that branch",
        "see to the branch's protection, and to your rights there",
    ),
    _meaning(
        r"Please tell me who you are|empty ident|auto-detect email",
        "git does not know who you are",
        "run `git config user.name` and `git config user.email` with your name and address",
    ),
    _meaning(
        r"index file (?:corrupt|smaller)|bad index file|bad signature 0x|unknown index entry format|index uses \S+ extension"
        r"|unable to read index|index file open failed: (?!Permission)",
        "git's list of what is staged (the index) is damaged",
        "delete the file `index` in the folder .git and run `git reset`: your files stay as they are; stage them again",
    ),
    _meaning(
        r"unknown repository extension|Expected git repo version",
        "this repository was made by a newer git",
        "take a newer git",
    ),
    _meaning(
        r"bad (?:\w+ )?config (?:value|line|variable)[^\n]*|unable to parse .*config",
        "git's settings have a line that cannot be read",
        "`git config --list --show-origin` names the file; mend it there",
    ),
    _meaning(
        r"^usage:|unknown (?:option|switch)|unrecognized argument|is not a git command|invalid option",
        "this git is too old",
        "take git 2.20 or a newer one",
    ),
    _meaning(
        r"does not have any commits|bad default revision|(?:ambiguous argument|bad revision|invalid object name) 'HEAD|log for 'HEAD'",
        _NO_COMMIT + " in {folder}",
        "commit something first",
    ),
    _meaning(
        r"shallow (?:file|update|clone)|is shallow",
        "this clone is shallow: it lacks older commits",
        "run `git fetch --unshallow`; in a workflow set `fetch-depth: 0` (GitLab: `GIT_DEPTH: 0`)",
    ),
    _meaning(
        r"loose object|object file \S+ is empty|object \S+ is corrupt|inflate|packfile|unable to read (?:tree|sha1|[0-9a-f]{7,})"
        r"|missing (?:blob|tree|object)|bad object HEAD|could not read [0-9a-f]{7,}|cannot read object|bad tree object"
        r"|unable to unpack",
        "the repository in {folder} is damaged: a part of its history cannot be read",
        "`git fsck` says which; clone it anew, and copy over what was not pushed",
    ),
    _meaning(
        r"bad (?:object|revision)|unknown revision|ambiguous argument|Needed a single revision|valid object name|no such ref"
        r"|Not a valid commit name|ambiguous object",
        _NO_SUCH_COMMIT + " in {folder}",
        "fetch it, or name another; a workflow's clone needs `fetch-depth: 0` (GitLab: `GIT_DEPTH: 0`)",
    ),
    _meaning(
        r"(?:'(?P<path>[^'\n]+)': |(?P<what>\S+): )?(?:Permission denied|Operation not permitted|Read-only file system)"
        r"|insufficient permission",
        "git may not read or write in {folder}",
        "see to the owner and the permissions of its folder .git",
    ),
)
