"""The words of the interface in the site's language, from gettext catalogues that lie with the templates.

Templates are written in English. `translations/<language>.po` has the words of a language; what those in a site's own folders
of templates lack, the theme's say, and what these lack is said in English.
"""

from __future__ import annotations

import functools
import gettext
import io
import itertools
import os
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from bylines.locale_format import digits, joints, list_in_words, number, year_in_words
from bylines.problems import SettingsError

_NAMES = frozenset(("_", "gettext"))
_FIELD = re.compile(r"%\((\w+)\)s")
_MOST = 5_000
_FOLDER = "translations"


def names(lang: str) -> list[str]:
    """The names that a language's catalogues may have, the most special first: of pt-BR, that of pt-br and that of pt."""
    parts = lang.replace("_", "-").lower().split("-")
    return [f"{_FOLDER}/{'-'.join(parts[:count])}.po" for count in range(len(parts), 0, -1)]


def files_in(folder: str) -> list[str]:
    """The names of the catalogues that a folder of templates has."""
    try:
        found = sorted(os.listdir(os.path.join(folder, _FOLDER)))
        return [f"{_FOLDER}/{file}" for file in found if file.endswith(".po")]
    except FileNotFoundError:
        return []


def is_english(lang: str) -> bool:
    """Whether a language is the one in which templates are written."""
    return lang.lower().split("-")[0] == "en"


@functools.lru_cache(maxsize=16)
def catalogue(files: tuple[tuple[str, str], ...]) -> gettext.NullTranslations:
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


def install(environment: jinja2.Environment, words: gettext.NullTranslations, lang: str) -> None:
    """Gives templates `_("…")`, `ngettext("…", "…", n)` and `{% trans %}`, whose lines count as one with single spaces.

    Numbers are said by the filters `number`, `digits` (without separators) and `year`; `said` makes
    one text of several, and `listed` gives each with what stands after it there: ', ' or ' and '.
    """
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["_"] = environment.globals["gettext"]
    environment.globals["ngettext"] = Plural(words, lang)
    sayings: dict[str, Callable[..., Any]] = {
        "number": number,
        "digits": digits,
        "year": year_in_words,
        "said": list_in_words,
        "listed": _listed,
    }
    environment.filters.update({name: functools.partial(say, lang=lang) for name, say in sayings.items()})


def _listed(found: Sequence[Any], field: str | int | None = None, *, lang: str) -> Iterable[tuple[Any, str]]:
    """Each of several with what stands after it in a list; `field` is where its name is."""
    if isinstance(field, str):
        names = tuple(getattr(one, field) for one in found)
    else:
        names = tuple(found if field is None else (one[field] for one in found))
    return zip(found, joints(names, lang), strict=True)


class Plural:
    """`ngettext` of templates: words for a number, which stand for `%(num)s` in the numerals of the language."""

    def __init__(self, words: gettext.NullTranslations, lang: str) -> None:
        self._words = words
        self._lang = lang
        self._alone: dict[tuple[str, str, int], Markup] = {}

    def __call__(self, one: str, many: str, count: int, **values: Any) -> Markup:
        """The words. Those of a number alone are kept, since most numbers come again."""
        if values:
            return self._said(one, many, count, values)
        found = self._alone.get((one, many, count))
        if found is None:
            if len(self._alone) >= _MOST:
                self._alone.clear()
            found = self._alone[one, many, count] = self._said(one, many, count, {})
        return found

    def _said(self, one: str, many: str, count: int, values: dict[str, Any]) -> Markup:
        text = self._words.ngettext(one, many, count)
        return Markup(text) % {"num": number(count, self._lang), **values}


class ConstantMessages(NodeTransformer):
    """Puts words in their places in a template when it is compiled, so that no page asks for them."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        self._translate = translate

    def visit_Call(self, node: nodes.Call, *arguments: Any, **options: Any) -> nodes.Node:  # noqa: N802 (Jinja2's name)
        """Words for a call that asks for them by a constant; any other call as it is."""
        text = _asked(node)
        if text is not None and not node.kwargs:
            return nodes.MarkSafe(nodes.Const(self._translate(text) % {}), lineno=node.lineno)
        return self.generic_visit(node, *arguments, **options)

    def visit_Output(self, node: nodes.Output, *arguments: Any, **options: Any) -> nodes.Node:  # noqa: N802
        """What is shown: words with values in them become words and values, one after the other."""
        self.generic_visit(node, *arguments, **options)
        node.nodes = [piece for child in node.nodes for piece in self._pieces(child)]
        return node

    def _pieces(self, node: nodes.Expr) -> list[nodes.Expr]:
        text = _asked(node) if isinstance(node, nodes.Call) else None
        if text is None or not isinstance(node, nodes.Call):
            return [node]
        values = {value.key: value.value for value in node.kwargs}
        parts = _FIELD.split(self._translate(text))
        unknown = sorted(set(parts[1::2]).difference(values))
        if unknown:
            raise jinja2.TemplateAssertionError(
                f"the words for {text!r} name {unknown[0]!r}, which is none of {', '.join(values)}", node.lineno
            )
        words = (nodes.TemplateData(part % {}, lineno=node.lineno) for part in parts[::2])
        shown: list[nodes.Expr] = [next(words)]
        for name, word in zip(parts[1::2], words, strict=True):
            shown += [values[name], word]
        return shown


def _asked(node: nodes.Call) -> str | None:
    """The constant text for which a call asks words; None for any other call."""
    asks = isinstance(node.node, nodes.Name) and node.node.name in _NAMES and len(node.args) == 1
    if asks and isinstance(node.args[0], nodes.Const):
        return str(node.args[0].value)
    return None
