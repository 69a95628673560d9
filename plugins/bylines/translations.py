"""The words of the interface in the site's language, from gettext catalogues that lie with the templates.

Templates are written in English. `translations/<language>.po` has the words of a language, found as a template is: in a
site's own folders of templates before the theme's.
"""

from __future__ import annotations

import gettext
import io
import itertools
from collections.abc import Callable, Iterable
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from bylines.problems import SettingsError

_NAMES = frozenset(("_", "gettext"))


def names(lang: str) -> list[str]:
    """The names that a language's catalogues may have, the most special first: of pt-BR, that of pt-br and that of pt."""
    parts = lang.replace("_", "-").lower().split("-")
    return [f"translations/{'-'.join(parts[:count])}.po" for count in range(len(parts), 0, -1)]


def catalogue(files: Iterable[tuple[str, str]]) -> gettext.NullTranslations:
    """The words of catalogues, (name, text) of each, the first before the others. Raises SettingsError."""
    found = [_parsed(name, text) for name, text in files]
    for one, other in itertools.pairwise(found):
        one.add_fallback(other)
    return found[0] if found else gettext.NullTranslations()


def _parsed(name: str, text: str) -> gettext.NullTranslations:
    from babel.messages.mofile import write_mo  # a site in English has no need of it
    from babel.messages.pofile import PoFileError, read_po

    file = io.BytesIO()
    try:
        write_mo(file, read_po(io.StringIO(text), abort_invalid=True))
    except (PoFileError, ValueError) as error:
        raise SettingsError(f"the catalogue {name} cannot be read: {error}") from error
    file.seek(0)
    return gettext.GNUTranslations(file)


def install(environment: jinja2.Environment, words: gettext.NullTranslations) -> None:
    """Gives templates `_("…")`, `ngettext("…", "…", n)` and `{% trans %}`, whose lines count as one with single spaces."""
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["_"] = environment.globals["gettext"]


class Said(NodeTransformer):
    """Puts words that need nothing of a page in their places in a template, so that no page asks for them."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        self._translate = translate

    def visit_Call(self, node: nodes.Call, *arguments: Any, **options: Any) -> nodes.Node:  # noqa: N802 (Jinja2's name)
        """Words for a call that asks for them by a constant; any other call as it is."""
        asked = isinstance(node.node, nodes.Name) and node.node.name in _NAMES and not node.kwargs
        if asked and len(node.args) == 1 and isinstance(node.args[0], nodes.Const):
            text = self._translate(node.args[0].value) % {}
            return nodes.MarkSafe(nodes.Const(text), lineno=node.lineno)
        return self.generic_visit(node, *arguments, **options)
