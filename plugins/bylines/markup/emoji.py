"""Expands names of emoji, `:tada:`, as git hosts do: in words, not in code, and only if a name stands by itself."""

from __future__ import annotations

import functools
import re

import comrak

_NAMES = re.compile(r"(?<![A-Za-z0-9:])(?::[a-z0-9_+-]{1,40}:)+(?![A-Za-z0-9:])")
_NAME = re.compile(r":[a-z0-9_+-]{1,40}:")
_PIECES = re.compile(
    r"<(?P<code>pre|code|samp|kbd|h[1-6])\b.*?</(?P=code)>|<span[^>]* data-math-style=[^>]*>[^<]*</span>|<[^>]*>", re.S
)


def expand(cleaned: str) -> str:
    """Return HTML with emoji instead of their names, except in headings, whose ids are made of the names."""
    if not _NAME.search(cleaned) or not _NAMES.search(cleaned):  # the first pattern is the quicker one
        return cleaned
    pieces: list[str] = []
    at = 0
    for found in _PIECES.finditer(cleaned):
        pieces += _in_words(cleaned[at : found.start()]), found[0]
        at = found.end()
    return "".join(pieces) + _in_words(cleaned[at:])


def _in_words(text: str) -> str:
    return _NAMES.sub(lambda run: _NAME.sub(lambda name: _emoji(name[0]), run[0]), text) if ":" in text else text


@functools.lru_cache(maxsize=4_000)
def _emoji(name: str) -> str:
    """Return the emoji for a name with its colons, or the name if there is none. The engine has GitHub's list."""
    made: str = comrak.render_markdown(name, extension_options=_options())
    return made.strip().removeprefix("<p>").removesuffix("</p>")


@functools.cache
def _options() -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    options.shortcodes = True
    return options
