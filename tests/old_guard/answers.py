"""What the guard answers by the old rules of places and claims, with all else as it is today."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any
from unittest import mock

from bylines.guard import identity_claims, refusals
from bylines.guard.identity_claims import IdentityClaims
from bylines.guard.rules import Rules
from bylines.problems import ContentProblem
from tests.old_guard import identity_claims as old_claims
from tests.old_guard import ownership

_MODULES = {
    "place_of": ("authorize", "merge_result", "slips", "newcomers", "identity_claims"),
    "folder_of": ("authorize", "identity_claims", "snapshot", "codeowners"),
    "profile_of": ("snapshot", "newcomers", "codeowners"),
    "group_of": ("snapshot",),
}
"""The functions of `ownership` that are replaced, with the modules that use them."""


def claims_of(path: str, data: bytes, rules: Rules | None = None) -> IdentityClaims:
    """Return the claims of a source by the old rules, as they are told today."""
    said = old_claims.saying_of(path, data)
    return IdentityClaims(frozenset(("authors", names) for names in said.authors), said.aliases, said.ids)


@contextlib.contextmanager
def _old_rules() -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for name, modules in _MODULES.items():
            for module in modules:
                stack.enter_context(mock.patch(f"bylines.guard.{module}.{name}", getattr(ownership, name)))
        stack.enter_context(mock.patch.object(identity_claims, "claims_of", claims_of))
        yield


def old_refusals(*arguments: Any) -> list[ContentProblem]:
    """Return what is refused of a change by the old rules."""
    with _old_rules():
        return refusals(*arguments)
