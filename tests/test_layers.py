"""The layers of the code: no module imports one above it, and none imports in a circle, not even for its types."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.building import ROOT

PACKAGE = ROOT / "plugins/bylines"
LAYERS: tuple[tuple[str, ...], ...] = (
    # Pure: texts, pictures, names, languages, problems. They know no site.
    (
        "problems",
        "messages",
        "records",
        "utf8",
        "control_characters",
        "languages",
        "collation",
        "locale_format",
        "personal_names",
        "markup",
        "pictures",
        "recordings",
        "engine.digest",  # of bytes and of the code; imports nothing
        "engine.views",  # types of what templates see; imports nothing
        "git",
    ),
    ("settings", "translations"),
    ("engine",),
    ("features",),
    # What a command does with a site; and Pelican's frame.
    ("problem_report", "build_report", "display", "frame", "schema"),
    (
        "checking",
        "renaming",
        "guard",
        "imports",
        "quickstart",
        "publishing",
        "verifying",
        "doctor",
        "weekly_report",
    ),
    ("commands", "__main__"),
)
"""The layers from the lowest to the highest, each by modules and packages below `bylines`. The longest name that fits counts."""
UPWARDS: frozenset[tuple[str, str]] = frozenset()
"""Imports of a higher layer that are still to be taken out, as (importer, imported)."""


def _modules() -> Mapping[str, Path]:
    """All modules by their names below `bylines`; the package itself is ''."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = _modules()


def _at_module_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run at import, and those below `if TYPE_CHECKING`."""
    for node in body:
        yield node
        for part in ("body", "orelse", "finalbody") if isinstance(node, ast.If | ast.Try | ast.With) else ():
            yield from _at_module_level(getattr(node, part, []))


def imported_by(source: str) -> set[str]:
    """The modules of ours that a module's text imports at its own level, below `bylines`."""
    found = set()
    for node in _at_module_level(ast.parse(source).body):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {
                f"{node.module}.{alias.name}" if _name(f"{node.module}.{alias.name}") in MODULES else node.module
                for alias in node.names
            }
    return {_name(module) for module in found if module.startswith("bylines.")} & MODULES.keys()


def _name(module: str) -> str:
    return module.removeprefix("bylines.")


IMPORTS = {name: imported_by(path.read_text()) for name, path in MODULES.items()}


def layer_of(module: str) -> int:
    """The layer of a module, from 0; -1 for one that is in none."""
    fitting = [
        (len(name), number)
        for number, names in enumerate(LAYERS)
        for name in names
        if f"{module}.".startswith(f"{name}.")
    ]
    return max(fitting)[1] if fitting else -1


def circles(imports: Mapping[str, set[str]]) -> set[frozenset[str]]:
    """The sets of modules that import each other in a circle (strongly connected components, after Tarjan)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: set[frozenset[str]] = set()

    def visit(module: str) -> None:
        order[module] = low[module] = len(order)
        stack.append(module)
        for other in sorted(imports[module]):
            if other not in order:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], order[other])
        if low[module] == order[module]:
            members = stack[stack.index(module) :]
            del stack[stack.index(module) :]
            if len(members) > 1 or module in imports[module]:
                found.add(frozenset(members))

    for module in sorted(imports):
        if module not in order:
            visit(module)
    return found


def test_each_module_has_a_layer() -> None:
    assert [name for name in MODULES if name and layer_of(name) < 0] == []
    assert [
        name
        for names in LAYERS
        for name in names
        if name not in MODULES and not (PACKAGE / name.replace(".", "/")).is_dir()
    ] == []


def test_no_module_imports_one_of_a_higher_layer() -> None:
    found = {(name, other) for name in MODULES if name for other in IMPORTS[name] if layer_of(other) > layer_of(name)}
    assert sorted(found - UPWARDS) == []
    assert sorted(UPWARDS - found) == [], "no longer so: take it off the list"


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert sorted(map(sorted, circles(IMPORTS))) == []


@pytest.mark.parametrize(
    "source",
    [
        "from bylines.engine import store",
        "from bylines.engine.store import Store",
        "import bylines.engine.store",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from bylines.engine.store import Store",
        "try:\n    from bylines.engine.store import Store\nexcept ImportError:\n    pass",
    ],
)
def test_every_way_of_importing_is_seen(source: str) -> None:
    assert imported_by(source) == {"engine.store"}
    assert imported_by("def later():\n    from bylines.engine.store import Store") == set()


def test_circles_are_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}) == {frozenset("bc")}
    assert circles({"a": {"b"}, "b": set()}) == set()
