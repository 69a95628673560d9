"""Texts that make a small input cost much: of a size, so that it can be seen how the cost grows."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator

import pytest

Bomb = Callable[[int], str]
"""About as many characters as it is asked for."""


@contextlib.contextmanager
def soon(seconds: float = 20) -> Iterator[None]:
    """Fails what does not end: the time is many times what it takes, and what grows with a square takes hours."""

    def late(*_: object) -> None:
        pytest.fail(f"it took more than {seconds} seconds")  # no `except Exception` hears of it

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _times(piece: str) -> Bomb:
    return lambda size: piece * (size // len(piece))


def _lines(piece: str) -> Bomb:
    return lambda size: "\n".join([piece] * (size // (len(piece) + 1)))


def _nested(opened: str, closed: str = "", middle: str = "a") -> Bomb:
    def made(size: int) -> str:
        times = size // (len(opened) + len(closed))
        return opened * times + middle + closed * times

    return made


def _steps(size: int) -> str:
    """A list in a list in a list."""
    depth = int((2 * size) ** 0.5)
    return "\n".join("  " * each + "- a" for each in range(depth // 2))


def _table(size: int) -> str:
    columns = int((size / 4) ** 0.5)
    row = "|" + "a|" * columns
    return "\n".join([row, "|" + "-|" * columns, *([row] * columns)])


def _short_rows(size: int) -> str:
    """Rows that are shorter than the head: each is filled up with empty cells."""
    half = size // 2
    return "\n".join(["|" + "a|" * (half // 4), "|" + "-|" * (half // 4), *(["|a|"] * (half // 4))])


def _footnotes(size: int) -> str:
    times = size // 24
    return (
        " ".join(f"[^{each}]" for each in range(times)) + "\n\n" + "\n".join(f"[^{each}]: x" for each in range(times))
    )


def _notes_in_notes(size: int) -> str:
    times = size // 16
    return "[^0]\n\n" + "\n".join(f"[^{each}]: [^{each + 1}]" for each in range(times))


def _references(size: int) -> str:
    """A definition of half the size that is used many times: each use would be as long."""
    return f"[a]: /{'u' * (size // 2)}\n\n" + "[a]" * (size // 6)


def _ticks(size: int) -> str:
    return " ".join("`" * each for each in range(1, int((2 * size) ** 0.5)))


def _attributes(size: int) -> str:
    return "<p " + " ".join(f"a{each}=b" for each in range(size // 8)) + ">x</p>"


def _headings(size: int) -> str:
    return "\n\n".join(["# Same"] * (size // 8))


MARKDOWN: dict[str, Bomb] = {
    "quotes": _nested(">"),
    "quotes with spaces": _nested("> "),
    "quotes a line each": lambda size: "\n".join(">" * each for each in range(int((2 * size) ** 0.5))),
    "lists on a line": _nested("- "),
    "lists in lists": _steps,
    "numbers on a line": _nested("1. "),
    "lists and quotes": _nested("> - "),
    "emphasis opened": _times("*a "),
    "emphasis opened and closed": _times("*a_ "),
    "emphasis within": _nested("*a **a ", "** a*"),
    "stars": _times("*"),
    "underscores": _times("_a__"),
    "strikes": _times("~~a "),
    "brackets": _times("["),
    "brackets closed": _nested("[", "]"),
    "links opened": _times("[a]("),
    "links in links": _nested("[", "](u)"),
    "pictures in pictures": _nested("![", "](u)"),
    "pictures": _times("![a](b.png) "),
    "angles": _times("<"),
    "tags opened": _times("<a "),
    "tags nested": _nested("<div>", "</div>"),
    "formats nested": _nested("<b>", "</b>"),
    "formats in blocks": lambda size: "<b>" * (size // 20) + "<p>a</p>" * (size // 20),
    "comments opened": _times("<!--"),
    "instructions opened": _times("<?"),
    "characters opened": _times("<![CDATA["),
    "declarations opened": _times("<!A "),
    "tables nested": _nested("<table><tr><td>", "</td></tr></table>"),
    "attributes": _attributes,
    "ampersands": _times("&"),
    "references by number": _times("&#x26;"),
    "names of characters": _times("&amp;amp;"),
    "backslashes": _times("\\"),
    "ticks": _ticks,
    "ticks opened": _times("`a "),
    "dollars": _times("$a "),
    "formulas": _times("$a$ "),
    "formula": lambda size: f"$${'{' * (size // 2)}{'}' * (size // 2)}$$",
    "fractions": lambda size: "$$" + "\\frac{" * (size // 8) + "}" * (size // 8) + "$$",
    "faulty formulas": _times("$\\x{$ "),
    "table": _table,
    "short rows": _short_rows,
    "pipes": _times("|"),
    "bars under bars": _lines("|-|"),
    "footnotes": _footnotes,
    "notes in notes": _notes_in_notes,
    "one note often": lambda size: "[^a]" * (size // 4) + "\n\n[^a]: x\n",
    "references": _references,
    "definitions": lambda size: "\n".join(f"[{each}]: x" for each in range(size // 10)),
    "terms": _lines("a\n: b\n"),
    "tasks": _lines("- [ ] a"),
    "alerts": _lines("> [!NOTE]\n> a\n"),
    "headings": _headings,
    "headings with signs": _lines("# *a* `b` @c\n"),
    "headings underlined": _lines("a\n="),
    "long line": _times("word "),
    "long word": _times("a"),
    "long word of Han": _times("漢"),
    "spaces": _times(" "),
    "spaces and a letter": lambda size: " " * size + "a",
    "tabs": _times("\ta"),
    "empty lines": _times("\n"),
    "breaks": _lines("a  "),
    "rules": _lines("***\n"),
    "addresses": _times("http://a.b/ "),
    "address without end": lambda size: "http://" + "a." * (size // 2),
    "addresses in brackets": _times("www.a.b))) "),
    "mail": _times("a@"),
    "mentions": _times("@a "),
    "mentions without spaces": _times("@a"),
    "hyphens of mentions": lambda size: "@a" + "-" * size,
    "code": _lines("```js\nx\n```"),
    "code opened": _lines("```"),
    "code indented": _lines("    a"),
    "videos": _lines("[a](b.mp4)\n"),
    "links alone": lambda size: "<p><a href=http://a>" * (size // 20),
    "captions": _times("<figcaption>a"),
    "elsewhere": _times("![a](//b/c) "),
    "others elsewhere": lambda size: " ".join(f"![](//b/{each})" for each in range(size // 14)),
    "others elsewhere, written otherwise": lambda size: (
        "%41&amp;\n" * (size // 18) + " ".join(f"![](&#104;ttps://b/{each})" for each in range(size // 48))
    ),
    "other links": lambda size: " ".join(f"[a](b{each})" for each in range(size // 11)),
    "other mentions": lambda size: " ".join(f"@a{each}" for each in range(size // 8)),
    "other formulas": lambda size: " ".join(f"$\\x{each}$" for each in range(size // 9)),
    "hidden letters": _times("\u200b"),
    "controls by reference": _times("&#1;"),
    "marks above": lambda size: "a" + "\u0301" * size,
    "divs of alerts": _times('<div class="markdown-alert-note">'),
    "same ids": _times("<p id=a>b</p>"),
}
