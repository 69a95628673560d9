"""Code, highlighted by Pygments at build time."""

from __future__ import annotations

import functools
import html
import re
from typing import Any

from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_LARGEST = 100_000
_LANGUAGE = re.compile(r"[\w+#.-]{1,30}")


@functools.lru_cache(maxsize=200)
def _lexer(language: str) -> Any | None:
    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return None


@functools.cache
def _formatter() -> Any:
    return HtmlFormatter(nowrap=True)


def highlighted(code: str, info: str) -> str:
    """A block of code as HTML; the first word of `info` is its language, which need not be known."""
    match = _LANGUAGE.match(info)
    language = match[0].lower() if match else ""
    lexer = _lexer(language) if language and len(code) <= _LARGEST else None
    if lexer is None:
        inner = html.escape(code, quote=False)
    else:
        from pygments import highlight

        inner = highlight(code, lexer, _formatter())
    named = f' class="language-{html.escape(language)}"' if language else ""
    data = f' data-lang="{html.escape(language)}"' if language else ""
    return f'<div class="highlight"{data}><pre tabindex="0"><code{named}>{inner}</code></pre></div>'
