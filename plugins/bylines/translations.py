"""Translates the words of the interface, with gettext catalogues that lie beside the templates.

Templates are written in English. `translations/<language>.po` has the words of a language. Catalogues in the site's own
template folders come before the theme's. Words that are in none stay English.
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


def catalogue_names(lang: str) -> list[str]:
    """Return the names that catalogues for a language may have, the most specific first: for pt-BR, those of pt-br and pt."""
    parts = lang.replace("_", "-").lower().split("-")
    return [f"{_FOLDER}/{'-'.join(parts[:count])}.po" for count in range(len(parts), 0, -1)]


def files_in(folder: str) -> list[str]:
    """Return the names of the catalogues in a folder of templates."""
    try:
        found = sorted(os.listdir(os.path.join(folder, _FOLDER)))
        return [f"{_FOLDER}/{file}" for file in found if file.endswith(".po")]
    except FileNotFoundError:
        return []


def is_english(lang: str) -> bool:
    """Return whether a language is English, in which templates are written."""
    return lang.lower().split("-")[0] == "en"


@functools.lru_cache(maxsize=16)
def catalogue(files: tuple[tuple[str, str], ...]) -> gettext.NullTranslations:
    """Return the translations of catalogues, given as (name, text). Earlier ones win. Raises SettingsError if one is not valid."""
    found = [_parse(name, text) for name, text in files]
    for one, other in itertools.pairwise(found):
        one.add_fallback(other)
    return found[0] if found else gettext.NullTranslations()


def _parse(name: str, text: str) -> gettext.NullTranslations:
    from babel.messages.mofile import write_mo  # sites in English do not need it
    from babel.messages.pofile import PoFileError, read_po

    file = io.BytesIO()
    try:
        write_mo(file, read_po(io.StringIO(text), abort_invalid=True))
    except (PoFileError, ValueError) as error:
        raise SettingsError(f"the catalogue {name} cannot be read: {error}") from error
    file.seek(0)
    return gettext.GNUTranslations(file)


def install(environment: jinja2.Environment, words: gettext.NullTranslations, lang: str) -> None:
    """Give templates `_("…")`, `ngettext("…", "…", n)` and `{% trans %}`, which joins its lines with single spaces.

    Also install the filters `number`, `digits` (without separators) and `year` for numbers; `said`, which joins several texts
    into a list in words; and `listed`, which yields each item with what follows it in such a list: ', ' or ' and '.
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
        "listed": _with_joints,
    }
    environment.filters.update({name: functools.partial(say, lang=lang) for name, say in sayings.items()})


def _with_joints(found: Sequence[Any], field: str | int | None = None, *, lang: str) -> Iterable[tuple[Any, str]]:
    """Return each item with what follows it in a list in words. `field` is the attribute or key of its name."""
    if isinstance(field, str):
        names = tuple(getattr(one, field) for one in found)
    else:
        names = tuple(found if field is None else (one[field] for one in found))
    return zip(found, joints(names, lang), strict=True)


class Plural:
    """The `ngettext` of templates: words for a number, with `%(num)s` in the numerals of the language."""

    def __init__(self, words: gettext.NullTranslations, lang: str) -> None:
        self._words = words
        self._lang = lang
        self._without_values: dict[tuple[str, str, int], Markup] = {}

    def __call__(self, one: str, many: str, count: int, **values: Any) -> Markup:
        """Return the words for `count`. Those without other values are cached, since most numbers recur."""
        if values:
            return self._translate_plural(one, many, count, values)
        found = self._without_values.get((one, many, count))
        if found is None:
            if len(self._without_values) >= _MOST:
                self._without_values.clear()
            found = self._without_values[one, many, count] = self._translate_plural(one, many, count, {})
        return found

    def _translate_plural(self, one: str, many: str, count: int, values: dict[str, Any]) -> Markup:
        text = self._words.ngettext(one, many, count)
        return Markup(text) % {"num": number(count, self._lang), **values}


class ConstantMessages(NodeTransformer):
    """Translates constant messages when a template is compiled, so that no page has to look them up."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        self._translate = translate

    def visit_Call(self, node: nodes.Call, *arguments: Any, **options: Any) -> nodes.Node:  # noqa: N802 (Jinja2's name)
        """Replace a call with a constant message by its translation. Leave any other call as it is."""
        text = _constant_message(node)
        if text is not None and not node.kwargs:
            return nodes.MarkSafe(nodes.Const(self._translate(text) % {}), lineno=node.lineno)
        return self.generic_visit(node, *arguments, **options)

    def visit_Output(self, node: nodes.Output, *arguments: Any, **options: Any) -> nodes.Node:  # noqa: N802
        """Split each message with values in the output into its words and values, one after the other."""
        self.generic_visit(node, *arguments, **options)
        node.nodes = [piece for child in node.nodes for piece in self._pieces(child)]
        return node

    def _pieces(self, node: nodes.Expr) -> list[nodes.Expr]:
        text = _constant_message(node) if isinstance(node, nodes.Call) else None
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


def _constant_message(node: nodes.Call) -> str | None:
    """Return the constant message that a call translates; None for any other call."""
    asks = isinstance(node.node, nodes.Name) and node.node.name in _NAMES and len(node.args) == 1
    if asks and isinstance(node.args[0], nodes.Const):
        return str(node.args[0].value)
    return None
