"""Contributes the old addresses of posts to the redirects: their aliases, and those that their file names imply."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext
from bylines.engine.contributions import OldAddresses
from bylines.engine.facts import CARD
from bylines.engine.weave import naming
from bylines.features.posts.records import Post
from bylines.features.posts.relations import scope_of


def _implied(build: BuildContext, name: str, record: Post) -> Iterable[str]:
    """Return the old address that a post's name implies (`engine/weave/naming.py`); empty if none."""
    return [f"/{naming.implied(build, name, record, scope_of(record.blog))}"] if record.ending else []


OLD_ADDRESSES = OldAddresses(
    record=Post,
    title=lambda record: str(record.title),
    affected=lambda build, dirty: dirty[CARD],
    implied=_implied,
)
