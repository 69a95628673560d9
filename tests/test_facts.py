"""Each fact that a module declares is noted somewhere and asked for somewhere; so is each cache."""

from __future__ import annotations

import ast
import importlib
from collections import Counter
from collections.abc import Iterator
from types import ModuleType

import pytest

from bylines.engine.context import Cache, Invalidations
from bylines.engine.facts import Fact
from tests.building import ROOT

_PACKAGE = ROOT / "plugins/bylines"
_READ = ("any", "__getitem__")


def _modules() -> Iterator[tuple[ModuleType, ast.Module]]:
    """Every module of the engine and of the capabilities, and its text."""
    for folder in ("engine", "features"):
        for path in sorted((_PACKAGE / folder).rglob("*.py")):
            name = ".".join(("bylines", *path.relative_to(_PACKAGE).with_suffix("").parts))
            yield importlib.import_module(name.removesuffix(".__init__")), ast.parse(path.read_text())


def _value(module: ModuleType, node: ast.expr) -> object:
    """What a name, or a name in an imported module, stands for in a module; None for any other expression."""
    if isinstance(node, ast.Attribute):
        return getattr(_value(module, node.value), node.attr, None)
    return getattr(module, node.id, None) if isinstance(node, ast.Name) else None


def _uses(kind: type) -> Iterator[tuple[str, object]]:
    """Which method is given a value of a kind, and the value; declarations count as the method ''."""
    for module, tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(_value(module, node.targets[0]), kind):
                yield "", _value(module, node.targets[0])
            elif isinstance(node, ast.Subscript) and isinstance(_value(module, node.slice), kind):
                yield "__getitem__", _value(module, node.slice)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                found = (_value(module, argument) for argument in node.args)
                yield from ((node.func.attr, value) for value in found if isinstance(value, kind))


def test_each_fact_is_noted_somewhere_and_asked_for_somewhere() -> None:
    """A fact that nobody notes never renders a page again, and one that nobody asks for is work for nothing."""
    uses = list(_uses(Fact))
    declared = {fact for how, fact in uses if how == ""}
    assert len(declared) > 30
    assert {fact for how, fact in uses if how == "add"} == declared
    assert {fact for how, fact in uses if how in _READ} == declared


def test_no_two_facts_have_one_name() -> None:
    """Who reads of a fact in a message or a debugger knows which it is."""
    names = Counter(fact.name for how, fact in _uses(Fact) if how == "" and isinstance(fact, Fact))
    assert [name for name, count in names.items() if count > 1] == []


def test_each_cache_is_asked_for() -> None:
    """A cache that no function asks for is dead code."""
    uses = list(_uses(Cache))
    assert {cache for how, cache in uses if how == "cache"} == {cache for how, cache in uses if how == ""} != set()


def test_facts_of_one_name_are_two() -> None:
    """A capability of a company may call a fact as one of ours is called, and neither reaches the other's pages."""
    ours, theirs = Fact[str]("person", "ours"), Fact[str]("person", "theirs")
    dirty = Invalidations(everything=False)
    dirty.add(ours, "ada")
    assert dirty[ours] == {"ada"}
    assert not dirty.any(theirs)


@pytest.mark.parametrize("everything", [True, False])
def test_a_first_build_notes_nothing(everything: bool) -> None:
    """It makes every page, so that no set need grow with the site."""
    fact = Fact[int]("fact", "for this test")
    dirty = Invalidations(everything=everything)
    dirty.add(fact, 1, 2)
    assert dirty[fact] == (set() if everything else {1, 2})
    assert dirty.any(fact) is not everything
