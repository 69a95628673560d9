"""What redirects need to know of posts: their aliases, and the address that a file's name implied before."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext
from bylines.engine.contributions import OldAddresses
from bylines.engine.facts import CARD
from bylines.engine.weave import naming
from bylines.features.posts.records import Post
from bylines.features.posts.relations import scope_of


def _implied(build: BuildContext, name: str, record: Post) -> Iterable[str]:
    """The old address that a text's name implies (`engine/weave/naming.py`)."""
    return [f"/{naming.implied(build, name, record, scope_of(record.blog))}"] if record.ending else []


OLD_ADDRESSES = OldAddresses(
    record=Post,
    title=lambda record: str(record.title),
    affected=lambda build, dirty: dirty[CARD],
    implied=_implied,
)
