"""No file names a capability on which its own does not stand: no import, table, template or name of another's.

A capability may name those in its `needs`. A package that is none may name those in its constant `NEEDS`. Whatever else belongs
to no capability (the engine, commands, the frame of the theme) may name none. Anything may ask for a setting, which has a value
also where the capability that declares it is off.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

from bylines import weekly_report
from bylines.engine import feature
from bylines.settings import FEATURES
from bylines.settings.declared import SEARCH

ROOT = Path(__file__).parent.parent
PACKAGE = "bylines.features."
_SQL = re.compile(r"\b(?:SELECT|INSERT|DELETE|UPDATE|CREATE|FROM|JOIN)\b")
_SWITCHED = re.compile(r"""["'](\w+)["'] (?:not )?in FEATURES""")
_CLASS = re.compile(r"\.([a-z][\w-]*)")
_ORDINARY = {"pages"}
"""Classes that are called as a capability is, and mean something else: the links from page to page."""

WITH_NEEDS = {"weekly_report": weekly_report}
"""Packages that are no capability and read the tables of some, and say so when one of these is off."""
SETTING = "plugins/bylines/settings/declared.py"
"""Where the setting is declared that switches capabilities on: it names them all."""


@functools.cache
def _features() -> dict[str, feature.Feature]:
    return {found.name: found for found in feature.load((*FEATURES, SEARCH.switches))}


def _stands_on(path: str) -> set[str]:
    """The capability of a file, and those that it says it needs."""
    if owner := _owner(path):
        return {owner, *_features()[owner].needs}
    parts = path.split("/")
    return set(WITH_NEEDS[parts[2]].NEEDS) if path.startswith("plugins/") and parts[2] in WITH_NEEDS else set()


@functools.cache
def _tables() -> dict[str, str]:
    """Whose each table is."""
    pairs = ((name, found.schema) for name, found in _features().items())
    return {table: name for name, schema in pairs for table in re.findall(r"CREATE TABLE (\w+)", schema)}


def _owner(path: str) -> str:
    """The capability to which a file belongs; empty if it is of none."""
    parts = path.split("/")
    if path.startswith("plugins/bylines/features/"):
        return parts[3]
    found = parts[2] if path.startswith("theme/templates/") else Path(path).stem.partition("-")[0]
    return found if path.startswith("theme/") and found in _features() else ""


def _named(path: str) -> set[str]:
    """The capabilities that a file names."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return {name for name in _found(path, text) if name in _features()}


def _found(path: str, text: str) -> Iterator[str]:
    if path.endswith(".py"):
        tree = ast.parse(text)
        yield from _imported(tree)
        for value in _texts(tree):
            if value.startswith(PACKAGE):
                yield value.removeprefix(PACKAGE).partition(".")[0].partition(":")[0]
            elif _SQL.search(value):
                yield from (owner for table, owner in _tables().items() if _queries(table).search(value))
    elif path.endswith(".html"):
        yield from _SWITCHED.findall(text)
        yield from re.findall(r"""["'](\w+)/[\w-]+\.(?:html|css)["']""", text)
    elif path.endswith(".css"):
        yield from (name for name in _CLASS.findall(text) if name not in _ORDINARY)


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            whole = [alias.name for alias in node.names]
        else:
            continue
        names = [name.removeprefix(PACKAGE).split(".") for name in whole if name.startswith(PACKAGE)]
        yield from (name for name, *below in names if below[:1] != ["settings"])


def _texts(tree: ast.Module) -> Iterator[str]:
    """The texts in a module that are no docstrings."""
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


@functools.cache
def _queries(table: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:FROM|JOIN|INTO|UPDATE|ON)\s+{table}\b(?!\.)|\b{table}\s+(?:(?:AS\s+)?\w+\s+)?(?:CROSS\s+|LEFT\s+)?JOIN\b"
    )


def _files() -> list[str]:
    places = (
        ("plugins/bylines", "*.py"),
        ("theme/templates", "*.html"),
        ("theme/static/css", "*.css"),
        ("fuzz", "*.py"),
    )
    found = (file for folder, ending in places for file in (ROOT / folder).rglob(ending))
    return sorted(str(file.relative_to(ROOT)) for file in found if not file.is_symlink())


def _wrong() -> dict[str, set[str]]:
    """The files that name capabilities on which they do not stand, with these."""
    found = {}
    for path in _files():
        others = _named(path) - _stands_on(path)
        if others and path != SETTING:
            found[path] = others
    return found


STILL: dict[str, set[str]] = {
    "fuzz/targets.py": {"files"},
    "plugins/bylines/checking/apply_fixes.py": {"topics"},
    "plugins/bylines/checking/fixes.py": {"topics"},
    "plugins/bylines/doctor/stored.py": {"posts"},
    "plugins/bylines/quickstart/answers.py": {"appearance"},
    "plugins/bylines/renaming/topics.py": {"topics"},
}
"""What names a capability still. Nothing is added here: each entry goes once its reason has."""


def test_nobody_names_a_capability_on_which_they_do_not_stand() -> None:
    wrong = _wrong()
    assert {path: names for path, names in wrong.items() if names - STILL.get(path, set())} == {}
    assert {path: names - wrong.get(path, set()) for path, names in STILL.items()} == {path: set() for path in STILL}, (
        "these are named no more: take them out of the list"
    )


def test_the_test_would_find_each_way_of_naming_one() -> None:
    python = {
        "from bylines.features.jams import relations": "jams",
        "from bylines.features import jams": "jams",
        "import bylines.features.jams.pages": "jams",
        "NAME = 'bylines.features.jams'": "jams",
        "FUNCTION = 'bylines.features.feeds.formats:render'": "feeds",
        "SQL = 'SELECT name FROM jam WHERE listed'": "jams",
        "SQL = 'SELECT 1 FROM listing CROSS JOIN jam j ON j.name = listing.post'": "jams",
        "AMONG = 'member CROSS JOIN index_entry ON index_entry.key = member.handle'": "blogs",
    }
    for text, name in python.items():
        assert set(_found("x.py", text)) == {name}, text
    assert (
        set(_found("x.py", '"""Not `SELECT 1 FROM jam`."""\nSQL = "SELECT member.topic, post FROM listing"')) == set()
    )
    assert set(_found("x.html", '{% if "search" in FEATURES %}{% include "jams/x.html" %}{% endif %}')) == {
        "search",
        "jams",
    }
    assert {"jams"} <= set(_found("x.css", ".jams li { gap: 0.1rem; }"))
