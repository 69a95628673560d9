"""Highlights code with Pygments, at build time."""

from __future__ import annotations

import functools
import html
import itertools
import re
from collections.abc import Iterator
from typing import Any

_LARGEST = 20_000
"""Characters: longer code is not highlighted. On text that is not code, many of Pygments' lexers take quadratic time or worse."""
# They are slowest on long runs of white space, which no real code has.
_EMPTY = re.compile(r"\s{200}")
_LANGUAGE = re.compile(r"[\w+#.-]{1,30}")


@functools.lru_cache(maxsize=200)
def _lexer(language: str) -> Any | None:
    # Imported only when needed, as in `_class`: most builds after the first highlight nothing.
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return None


@functools.cache
def _class(kind: Any) -> str:
    """Return Pygments' short class name for a kind of token; empty if it is plain text."""
    from pygments.token import STANDARD_TYPES, Token

    while kind not in STANDARD_TYPES:
        kind = kind.parent
    return "" if kind in Token.Text else STANDARD_TYPES[kind]


def _spans(lexer: Any, code: str) -> Iterator[str]:
    """Yield the code as HTML, one piece for each run of tokens of a class. Pygments' own formatter takes five times as long."""
    for name, tokens in itertools.groupby(lexer.get_tokens(code), lambda token: _class(token[0])):
        text = html.escape("".join(value for _, value in tokens), quote=False)
        yield f'<span class="{name}">{text}</span>' if name else text


def highlight(code: str, info: str) -> str:
    """Return a block of code as HTML. The first word of `info` is its language, which may be unknown."""
    match = _LANGUAGE.match(info)
    language = match[0].lower() if match else ""
    lexer = _lexer(language) if language and len(code) <= _LARGEST and not _EMPTY.search(code) else None
    inner = "".join(_spans(lexer, code)) if lexer else html.escape(code, quote=False)
    named = f' class="language-{html.escape(language)}"' if language else ""
    data = f' data-lang="{html.escape(language)}"' if language else ""
    return f'<div class="highlight"{data}><pre tabindex="0"><code{named}>{inner}</code></pre></div>'
