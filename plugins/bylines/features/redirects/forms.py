"""The redirects in the forms that web servers take."""

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
    """`/old /new 301`, a line each; the first that fits counts."""
    root = _root(site)
    lines = [f"{root}{_quoted(old)} {root}{_quoted(new)} 301\n" for old, new in inputs.pairs]
    lines += [f"{root}{_quoted(old)}* {root}{_quoted(new)}:splat 301\n" for old, new in inputs.folders]
    return "".join(lines).encode()


def nginx(site: Site, inputs: RedirectsInputs, bodies: Callable[[Body], str]) -> bytes:
    """Lines for a `map $uri $moved { … }`; nginx has decoded what it compares, and goes by patterns where no text is equal."""
    root = _root(site)
    served = urllib.parse.unquote(root)
    pairs = [(f"{served}{old}", f"{root}{_quoted(new)}") for old, new in inputs.pairs]
    folders = [(f"{served}{old}", f"{root}{_quoted(new)}") for old, new in inputs.folders]
    lines = [f'"{variant}" "{new}";\n' for old, new in pairs for variant in _variants(old)]
    lines += [f'"~^{re.escape(_variants(old)[0])}(?<below>.+)$" "{new}$below";\n' for old, new in folders]
    return "".join(dict.fromkeys(lines)).encode()


def _root(site: Site) -> str:
    """The path below which a host serves the site, as SITEURL says; empty for all of the host."""
    return urllib.parse.urlsplit(site.url).path.rstrip("/")


def _variants(old: str) -> tuple[str, ...]:
    """With and without a closing slash."""
    plain_path = old.translate({ord('"'): None, ord("\\"): None, ord("\n"): None})
    return (plain_path, plain_path.rstrip("/")) if plain_path.endswith("/") else (plain_path,)


def _quoted(path: str) -> str:
    return urllib.parse.quote(path, safe=_SAFE)
