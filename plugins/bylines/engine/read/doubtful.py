"""What is doubtful in a text, as messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bylines import messages
from bylines.markup import doubts
from bylines.markup.doubts import Doubt
from bylines.messages import Message
from bylines.problems import ContentProblem

_MESSAGES: dict[str, Message] = {
    doubts.SPACED_LINK: messages.SPACED_LINK,
    doubts.SPACE_IN_LINK: messages.SPACE_IN_LINK,
    doubts.ALERT: messages.UNKNOWN_ALERT,
    doubts.WIKI: messages.WIKI_LINK,
    doubts.SHORTCODE: messages.SHORTCODE,
    doubts.CONFLICT: messages.MERGE,
    doubts.OWN_MACHINE: messages.OWN_MACHINE,
}


def doubtful(shown: str, lines_before: int, found: Sequence[Doubt]) -> list[ContentProblem]:
    """Return a message for each doubt. `shown` is the file's path, `lines_before` how many lines stand above the text."""
    return [_problem(shown, lines_before + doubt.line if doubt.line else 0, doubt) for doubt in found]


def _problem(shown: str, line: int, doubt: Doubt) -> ContentProblem:
    if doubt.kind == doubts.UNDESCRIBED:
        more = int(doubt.written) - 1
        others = f", and {more:,} more {'has' if more == 1 else 'have'} none" if more else ""
        return messages.UNDESCRIBED.problem(shown, line, others=others)
    return _MESSAGES[doubt.kind].problem(shown, line, written=doubt.written, meant=doubt.meant)


def is_unfinished(problems: Iterable[ContentProblem]) -> bool:
    """Return whether a text is in the middle of a merge, so that nobody can say what it should be."""
    return any(problem.code == messages.MERGE.code for problem in problems)
