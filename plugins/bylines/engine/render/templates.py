"""The theme's templates: the environment that renders them, and a digest of each with all that it includes."""

from __future__ import annotations

import functools
import gettext
import html
import os
import re
import types
from collections.abc import Container, Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import jinja2
import msgspec
from jinja2 import runtime
from markupsafe import Markup, escape

from bylines import translations
from bylines.engine import user_cache
from bylines.engine.capability import contributions_of
from bylines.engine.contributions import FeedLinks, FramePiece
from bylines.engine.digest import code_digest, digest_of
from bylines.engine.feature import load
from bylines.engine.views import Html, View
from bylines.locale_format import direction
from bylines.problems import SettingsError

if TYPE_CHECKING:
    from bylines.engine.feature import Feature
    from bylines.settings import Site

_REFERENCE = re.compile(
    r"{%-?\s*(?:extends|include|import|from)\s+(.*?)(?:\s+(?:import|ignore|with|without)\b.*?)?-?%}", re.S
)
_MOST = 5_000
_CATALOGUE = "\0"
"""The prefix of a catalogue's name when it is sent to workers."""
_NAME = re.compile(r"""^["']([^"']+)["']\s*(?:as\s+\w+)?\s*$""")


def folders(site: Site) -> list[str]:
    """Return where templates are looked for, first those that stand in for the theme's own."""
    return [*site.template_overrides, os.path.join(site.theme, "templates")]


class _Context(runtime.Context):
    """Calls macros and methods directly, and everything else as Jinja2 does."""

    def call(self, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Calls what a template calls."""
        if type(obj) not in _PLAIN:
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)  # what Jinja2 gives to those who ask for the context
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)


class _Template(jinja2.Template):
    """A template whose values are escaped by `_escaped`: a page shows a hundred, and MarkupSafe makes an object of each."""

    @classmethod
    def from_code(cls, *args: Any, **kwargs: Any) -> jinja2.Template:
        """Return a template of compiled code, which calls `escape` for each value that it shows."""
        found = super().from_code(*args, **kwargs)
        found.root_render_func.__globals__["escape"] = _escaped
        return found

    def _get_default_module(self, ctx: runtime.Context | None = None) -> Any:
        """The template as others import it: made once, since no page brings globals of its own that it would have to see."""
        return super()._get_default_module()


def _escaped(value: Any) -> str:
    """Return a value as it stands in HTML: texts escaped, what is safe as it is, all others as MarkupSafe takes them."""
    kind = type(value)
    if kind is str:
        return html.escape(value)
    return value if kind is Markup or kind is Html else escape(value)


class _Environment(jinja2.Environment):
    """Jinja2's environment for templates and globals that stay as they are, as long as it lives."""

    context_class = _Context
    template_class = _Template

    words: gettext.NullTranslations = gettext.NullTranslations()
    """The translations of the interface."""

    def _parse(self, *args: Any) -> Any:
        """Return a template's tree, in which the words that are the same on every page stand translated."""
        return translations.ConstantMessages(self.words.gettext).visit(super()._parse(*args))

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A template's globals, which each page copies: a plain dictionary, since a chain of them takes ten times as long."""
        return {**self.globals, **(d or {})}

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item of a value, as `groupby` asks for the fields of views: these have none, which Jinja2 finds out by failing."""
        if isinstance(obj, View) and isinstance(argument, str) and hasattr(obj, argument):
            return getattr(obj, argument)
        return super().getitem(obj, argument)

    @functools.cache  # noqa: B019 (an environment lives as long as its worker)
    def get_template(self, *args: Any, **kwargs: Any) -> jinja2.Template:
        """Return a template, loaded once."""
        return super().get_template(*args, **kwargs)


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates, kept as long as the process lives, since `serve` builds again and again; and in the user's own folder.

    Never in the project's store, which is restored from elsewhere: a planted one would run. `words` are the site's, which
    stand in the code; `digest` names all else that the code follows from beside a template's own text.
    """

    _kept: ClassVar[dict[tuple[object, ...], types.CodeType]] = {}

    def __init__(self, words: gettext.NullTranslations, digest: str) -> None:
        self._words = words
        self._folder = user_cache.folder("templates", digest)

    def load_bytecode(self, bucket: Any) -> None:
        """Load a template's compiled code, if it is cached."""
        bucket.code = self._kept.get((self._words, bucket.key, bucket.checksum))
        if bucket.code is None and self._folder:
            try:
                with open(self._file(bucket), "rb") as file:
                    bucket.load_bytecode(file)
                self._keep(bucket)
            except Exception:  # whatever a damaged file may raise: the template is compiled again
                bucket.reset()

    def dump_bytecode(self, bucket: Any) -> None:
        """Cache a template's compiled code."""
        self._keep(bucket)
        if self._folder:
            user_cache.write(self._file(bucket), bucket.bytecode_to_string())

    def _keep(self, bucket: Any) -> None:
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[self._words, bucket.key, bucket.checksum] = bucket.code

    def _file(self, bucket: Any) -> str:
        return f"{self._folder}/{bucket.key}-{bucket.checksum}"


class _Once:
    """`once(macro, …)` in templates: what a macro makes of arguments, made once for all pages.

    A macro that was imported sees nothing but its arguments and the globals, so it gives the same each time.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], Markup] = {}

    def __call__(self, macro: runtime.Macro, *args: Any) -> Markup:
        """The macro's text."""
        key = (macro, *args)
        found = self._made.get(key)
        if found is None:
            if len(self._made) >= _MOST:
                self._made.clear()
            found = self._made[key] = Markup(macro(*args))
        return found


class _Frame:
    """`pieces(place, current)` in templates: the pieces that capabilities contribute to the frame of every page."""

    def __init__(self, environment: jinja2.Environment, features: Iterable[Feature]) -> None:
        self._environment = environment
        self._pieces = contributions_of(features, FramePiece)
        self._made: dict[tuple[str, str], list[Html]] = {}

    def __call__(self, place: str, current: str = "-") -> list[Html]:
        """The pieces of a place, in their order: they follow from `current` and the settings, so they are made once."""
        key = (place, current)
        if key not in self._made:
            if len(self._made) >= _MOST:
                self._made.clear()
            self._made[key] = [self._rendered(piece, current) for piece in self._pieces if piece.place == place]
        return self._made[key]

    def _rendered(self, piece: FramePiece, current: str) -> Html:
        return Html(self._environment.get_template(piece.template).render(current=current))


_PLAIN = frozenset((runtime.Macro, _Once, _Frame, translations.Plural, types.BuiltinMethodType))


def texts(site: Site) -> dict[str, str]:
    """Return every template by its name, and every catalogue, for workers that do not have the theme."""
    found: dict[str, str] = {}
    for folder in reversed(folders(site)):
        catalogues = translations.files_in(folder)
        found.update((name, _read(folder, name)) for name in _names_below(folder) if name not in catalogues)
    for place, (name, text) in enumerate(_catalogues(site)):
        found[f"{place:04}{_CATALOGUE}{name}"] = text
    return found


def _read(folder: str, name: str) -> str:
    with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
        return file.read()


def _names_below(folder: str) -> Iterator[str]:
    for parent, _, files in os.walk(folder):
        for file in files:
            yield os.path.relpath(os.path.join(parent, file), folder).replace(os.sep, "/")


def environment(site: Site, prefix: str, templates: Mapping[str, str] | None = None) -> jinja2.Environment:
    """Return the environment in which templates are rendered: Pelican's settings, with everything escaped that is not safe.

    `prefix` (SITEURL, or the way up to the root) and the site's language are globals, as the settings are. The theme's
    templates are read unless `templates` has their texts.
    """
    options: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True}
    own: Mapping[str, Any] = _own(site) if site.own_jinja else {}
    options.update(own.get("JINJA_ENVIRONMENT") or {})
    options["autoescape"] = True
    loader = _loader(site, templates)
    found = _Environment(loader=loader, undefined=jinja2.StrictUndefined, auto_reload=False, **options)
    pairs = _pairs(site, site.lang, templates)
    found.words = translations.catalogue(pairs)
    if not site.own_jinja:
        said = "\0".join(text for pair in pairs for text in pair)
        found.bytecode_cache = _Compiled(found.words, digest_of(f"{code_digest()}\0{said}".encode()))
    translations.install(found, found.words, site.lang)
    found.filters.update(own.get("JINJA_FILTERS") or {})
    found.tests.update(own.get("JINJA_TESTS") or {})
    found.globals.update(msgspec.json.decode(site.variables))
    found.globals.update(own.get("JINJA_GLOBALS") or {})
    features = load(site.features)
    found.globals["pieces"] = _Frame(found, features)
    if not contributions_of(features, FeedLinks):
        found.globals["FEED_FORMATS"] = ()
    found.globals.update(SITEURL=Markup(escape(prefix)), lang=site.lang, dir=direction(site.lang), once=_Once())
    return found


def _loader(site: Site, templates: Mapping[str, str] | None) -> jinja2.BaseLoader:
    return jinja2.FileSystemLoader(folders(site)) if templates is None else jinja2.DictLoader(templates)


def words(site: Site, lang: str, templates: Mapping[str, str] | None = None) -> gettext.NullTranslations:
    """Return the words of a language, and where it lacks some, of the site's; English needs no others."""
    return translations.catalogue(_pairs(site, lang, templates))


def _pairs(site: Site, lang: str, templates: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    """Return the catalogues, by name and text, from which the words of a language are taken, the first before the others."""
    names = translations.catalogue_names(lang)
    if not translations.is_english(lang):
        names += [name for name in translations.catalogue_names(site.lang) if name not in names]
    found = list(_catalogues(site, names) if templates is None else _carried_catalogues(templates))
    return tuple(pair for name in names for pair in found if pair[0] == name)


def _catalogues(site: Site, names: Container[str] | None = None) -> Iterator[tuple[str, str]]:
    """Catalogues, those of a site's own folders before the theme's of the same name: what they lack is said by these."""
    for folder in folders(site):
        for name in translations.files_in(folder):
            if names is None or name in names:
                yield name, _read(folder, name)


def _carried_catalogues(templates: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key in sorted(templates):
        place, _, name = key.partition(_CATALOGUE)
        if name and place.isdecimal():
            yield name, templates[key]


def _own(site: Site) -> Mapping[str, Any]:
    """Return read the settings again, for values that cannot be sent to another process."""
    from pelican.settings import read_settings

    settings: Mapping[str, Any] = read_settings(
        site.settings_file or None, override=msgspec.json.decode(site.overrides)
    )
    return settings


class _Text(NamedTuple):
    """Facts about a template's own text: its digest, and the templates that it names."""

    digest: str
    references: list[str]


class TemplateDigests:
    """Digests of templates, each with all that it extends, includes and imports."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._folders = folders(site)
        self._texts: dict[str, _Text] = {}

    def digest(self, *names: str) -> str:
        """The digest of templates ('': of none) and of the words of the interface, in all languages, since texts may be in any.

        Raises SettingsError where the theme lacks the template.
        """
        parts = "\0".join(f"{key}\0{self._text(key).digest}" for key in self.names(*names))
        return digest_of(f"{parts}\0{self._words}".encode())

    def names(self, *names: str) -> list[str]:
        """Some templates and all that they extend, include and import."""
        found: set[str] = set()
        waiting = [name for name in names if name]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self._text(current).references)
        return sorted(found)

    @functools.cached_property
    def _words(self) -> str:
        return digest_of("\0".join(f"{name}\0{text}" for name, text in _catalogues(self._site)).encode())

    def _references(self, text: str) -> list[str]:
        found: list[str] = []
        for expression in _REFERENCE.findall(text):
            literal = _NAME.match(expression.strip())
            if literal is None:
                return self._all_names()  # a name that is computed may be any
            found.append(literal[1])
        return found

    def _all_names(self) -> list[str]:
        return sorted({name for folder in self._folders for name in _names_below(folder)})

    def _text(self, name: str) -> _Text:
        if name not in self._texts:
            text = self._found(name)
            self._texts[name] = _Text(digest_of(text.encode()), self._references(text))
        return self._texts[name]

    def _found(self, name: str) -> str:
        for folder in self._folders:
            try:
                return _read(folder, name)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise SettingsError(f"the template {name} cannot be read ({error.strerror})") from error
        raise SettingsError(f"the theme has no template {name}; it is looked for in {' and '.join(self._folders)}")
