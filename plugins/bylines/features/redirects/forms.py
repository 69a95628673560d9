"""Writes the redirects in the formats of web servers."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Callable
from typing import TYPE_CHECKING

from bylines.engine.feature import Body
from bylines.features.redirects.lists import RedirectsInputs

if TYPE_CHECKING:
    from bylines.settings import Site

_SAFE = "/~!'()*+,;=:@-._"


def plain(site: Site, inputs: RedirectsInputs, bodies: Callable[[Body], str]) -> bytes:
    """Return the file `_redirects`, with a line `/old /new 301` for each redirect. The first matching line counts."""
    root = _root(site)
    lines = [f"{root}{_quote(old)} {root}{_quote(new)} 301\n" for old, new in inputs.pairs]
    lines += [f"{root}{_quote(old)}* {root}{_quote(new)}:splat 301\n" for old, new in inputs.folders]
    return "".join(lines).encode()


def nginx(site: Site, inputs: RedirectsInputs, bodies: Callable[[Body], str]) -> bytes:
    """Return the lines for a `map $uri $moved { … }` of nginx.

    nginx compares decoded paths, so the old addresses are not escaped. It tries regular expressions after all exact paths.
    """
    root = _root(site)
    served = urllib.parse.unquote(root)
    pairs = [(f"{served}{old}", f"{root}{_quote(new)}") for old, new in inputs.pairs]
    folders = [(f"{served}{old}", f"{root}{_quote(new)}") for old, new in inputs.folders]
    lines = [f'"{variant}" "{new}";\n' for old, new in pairs for variant in _variants(old)]
    lines += [f'"~^{re.escape(_variants(old)[0])}(?<below>.+)$" "{new}$below";\n' for old, new in folders]
    return "".join(dict.fromkeys(lines)).encode()


def _root(site: Site) -> str:
    """Return the path below which the host serves the site (from SITEURL); empty if at the root."""
    return urllib.parse.urlsplit(site.url).path.rstrip("/")


def _variants(old: str) -> tuple[str, ...]:
    """Return a path with and without its closing slash; just the path if it has none."""
    plain_path = old.translate({ord('"'): None, ord("\\"): None, ord("\n"): None})
    return (plain_path, plain_path.rstrip("/")) if plain_path.endswith("/") else (plain_path,)


def _quote(path: str) -> str:
    return urllib.parse.quote(path, safe=_SAFE)
