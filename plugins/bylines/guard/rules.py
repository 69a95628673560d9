"""Reads `writers.yaml` at the repository's root, which says who may write where. The file is data; no code in it is run."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from bylines.engine.read.header import HeaderError, Node, parse_yaml
from bylines.engine.read.kind import EVERYBODY, KEEPERS
from bylines.engine.read.names import is_handle
from bylines.guard.commits import normalize_address
from bylines.guard.declared_kinds import DeclaredKinds, own_kinds
from bylines.problems import ContentProblem, SettingsError

FILE = "writers.yaml"
_OF_NO_KIND: tuple[tuple[str, tuple[str, ...]], ...] = (("content/wiki", (EVERYBODY,)),)
"""Shared places in which no kind of file lies."""
_MODULE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
_ACCOUNT = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?")
LARGEST = 5_000_000
"""Bytes: a line for each of 100,000 accounts."""


class Rules(NamedTuple):
    """The rules of a repository; the defaults apply without a `writers.yaml`."""

    keepers: tuple[str, ...] = ()
    """Handles of the people who may write anywhere."""
    accounts: tuple[tuple[str, str], ...] = ()
    """Accounts of the git host, in lower case, each with a handle or an address. `*` stands for the same text in both."""
    shared: tuple[tuple[str, tuple[str, ...]], ...] = (*_OF_NO_KIND, *own_kinds().shared())
    """Paths that no single person owns, and who writes there: `everybody` (with a profile), `keepers`, handles of people or
    groups.
    """
    newcomers: bool = True
    """Whether somebody without a profile may bring their own."""
    new_groups: bool = True
    """Whether people may begin a group blog."""
    content: str = "content"
    """The folder of the content, from the repository's root (empty for the root itself)."""
    authors: str = "authors"
    """The folder of the profiles."""
    most_commits: int = 1_000
    """The largest number of commits in one change."""
    most_files: int = 20_000
    """The largest number of files (and folders above them) that the commits of a change may write; each commit counts by itself."""

    kinds: tuple[str, ...] = ()
    """Modules of the installation that declare the company's own kinds of files."""
    declared: DeclaredKinds = own_kinds()
    """The kinds of files that are known. Those of `kinds` are among them only in the rules by which a change is judged."""

    def of_account(self, account: str) -> str:
        """Return the handle or the address of an account; empty if the rules name none."""
        name = account.strip().lower() if account.isascii() else ""
        exact = dict(self.accounts)
        if not _ACCOUNT.fullmatch(name):
            return ""
        if name in exact:
            return exact[name]
        for pattern, whose in self.accounts:
            before, star, after = pattern.partition("*")
            if star and len(name) > len(before) + len(after) and name.startswith(before) and name.endswith(after):
                return whose.replace("*", name[len(before) : len(name) - len(after)])
        return ""


def rules_from(text: str) -> Rules:
    """Parse `writers.yaml`. Raises SettingsError, which names the line, at the first mistake.

    Unknown keys are mistakes too: a misspelled key would be a rule that silently does not apply.
    """
    try:
        root = parse_yaml(text, 1, largest=LARGEST, strict=True)
    except HeaderError as error:
        raise SettingsError(str(error.problem(FILE))) from error
    values: dict[str, object] = {}
    for key, value in _pairs(root):
        if key not in _READ:
            raise _wrong(root, f"{key} is not a key that is known here", f"known are {', '.join(_READ)}")
        values[_new(key, values, value)] = _READ[key](value)
    return Rules(**values)  # type: ignore[arg-type]


def _wrong(node: Node, what: str, mend: str) -> SettingsError:
    return SettingsError(str(ContentProblem(FILE, node.line, what, mend)))


def _pairs(node: Node) -> list[tuple[str, Node]]:
    if node.value is None:
        return []
    if not isinstance(node.value, tuple):
        raise _wrong(node, "this is not a list of 'key: value' lines", "write lines such as 'keepers: [ada]'")
    return [(_text(key), value) for key, value in node.value]


def _new(key: str, found: Container[str], node: Node) -> str:
    """Return a key if `found` does not contain it. Raises SettingsError if it does."""
    if key in found:
        raise _wrong(node, f"{key} stands here twice", "keep one of them")
    return key


def _text(node: Node) -> str:
    if not isinstance(node.value, str):
        raise _wrong(node, "a text is due here", "write one, in quotes if it has signs in it")
    return node.value


def _texts(node: Node) -> tuple[str, ...]:
    items = node.value if isinstance(node.value, list) else [] if node.value is None else [node]
    return tuple(map(_text, items))


def _handles(node: Node) -> tuple[str, ...]:
    for handle in (found := _texts(node)):
        if not is_handle(handle):
            raise _wrong(node, f"{handle} is not a handle", "use lower-case letters, digits and single hyphens")
    return found


def _accounts(node: Node) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for account, value in _pairs(node):
        whose = _text(value)
        account = account.lower()
        if not _ACCOUNT.fullmatch(account.replace("*", "x")) or account.count("*") > 1:
            raise _wrong(value, f"{account} is not an account", "write its name, with * at most once")
        if whose.count("*") != account.count("*"):
            raise _wrong(
                value, f"{account} and {whose} have not the same number of *", "write * in both, once, or in neither"
            )
        if not is_handle(whose.replace("*", "x")) and not normalize_address(whose):
            raise _wrong(value, f"{whose} is neither a handle nor an address", "write one of them")
        found[_new(account, found, value)] = normalize_address(whose) or whose
    return tuple(found.items())


def _shared(node: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, tuple[str, ...]] = {}
    for written, value in _pairs(node):
        place = written.strip("/")
        if not place or {"", ".", ".."}.intersection(place.split("/")):
            raise _wrong(value, f"{written} is no place in the repository", "write a path such as content/wiki")
        who = _texts(value)
        if not who or any(each not in (EVERYBODY, KEEPERS) and not is_handle(each) for each in who):
            raise _wrong(value, f"{place} is for nobody that is known", f"write {EVERYBODY}, {KEEPERS} or handles")
        found[_new(place, found, value)] = who
    return tuple(found.items())


def _modules(node: Node) -> tuple[str, ...]:
    for module in (found := _texts(node)):
        if not _MODULE.fullmatch(module):
            raise _wrong(node, f"{module} is not the name of a module", "write one such as ours.recipes.records")
    return found


def _yes_or_no(node: Node) -> bool:
    if (text := _text(node).lower()) not in ("true", "false", "yes", "no"):
        raise _wrong(node, f"{text} is neither true nor false", "write one of them")
    return text in ("true", "yes")


def _number(node: Node) -> int:
    text = _text(node).replace("_", "").replace(",", "")
    if not re.fullmatch(r"[1-9][0-9]{0,7}", text):
        raise _wrong(node, f"{text} is not a number from 1", "write digits")
    return int(text)


def _place(node: Node) -> str:
    text = _text(node).strip("/")
    if ".." in text.split("/"):
        raise _wrong(node, f"{text} leads out of the repository", "write a path in it")
    return "" if text == "." else text


def _folder(node: Node) -> str:
    if not (found := _place(node)):
        raise _wrong(node, "profiles cannot lie at the root", "give them a folder")
    return found


_READ = {
    "keepers": _handles,
    "accounts": _accounts,
    "shared": _shared,
    "newcomers": _yes_or_no,
    "new_groups": _yes_or_no,
    "content": _place,
    "authors": _folder,
    "most_commits": _number,
    "most_files": _number,
    "kinds": _modules,
}
