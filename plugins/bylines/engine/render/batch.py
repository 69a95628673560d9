"""Renders pages in batches, in this process or in others, and lays the bytes down where publish takes them up."""

from __future__ import annotations

import functools
import importlib
import io
import os
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import jinja2
import msgspec

from bylines import markup
from bylines.engine import feature
from bylines.engine.digest import digest_of, digest_of_file
from bylines.engine.feature import COPY, Body, Copy, PageKind
from bylines.engine.files import write_all
from bylines.engine.places import file_of, prefix_of
from bylines.engine.render.bodies import Bodies
from bylines.engine.render.templates import environment
from bylines.engine.spool import Place
from bylines.problems import BuildError
from bylines.views import Html

if TYPE_CHECKING:
    from bylines.settings import Site


_BODY = msgspec.json.Decoder(Body)


class Task(NamedTuple):
    """A page to render. `view` and `body` are JSON, by whose bytes the page's digest is made."""

    kind: str
    key: str
    path: str
    lang: str
    view: bytes
    body: bytes
    digest: str
    before: str
    """The digest of the bytes that are in the output; '' where that is not known."""
    staged: str
    """The file to write, for publish to move in."""
    there: str
    """The file in the output to compare with, where `before` is not known; '' where there is none."""
    texts: dict[str, Place]
    """Where the texts that the page shows lie already, by source."""


class Rendered(NamedTuple):
    """What became of a task: the digest of its bytes, and whether they were staged (else the output has them)."""

    kind: str
    key: str
    path: str
    digest: str
    output: str
    staged: str
    size: int
    mtime_ns: int


def render_batch(site: Site, tasks: list[Task]) -> list[Rendered]:
    """Renders some pages. Runs in a worker. Raises BuildError where a template fails."""
    renderer = _renderer(site)
    return [renderer.done(task) for task in tasks]


@functools.lru_cache(maxsize=4)
def _renderer(site: Site) -> _Renderer:
    return _Renderer(site)


class _Renderer:
    """What can be kept from page to page: templates, settings and decoders."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kinds = {kind.name: kind for loaded in feature.load(site.features) for kind in loaded.pages}
        self._environments: dict[tuple[str, str], jinja2.Environment] = {}
        self._decoders: dict[str, msgspec.json.Decoder[Any]] = {}
        self._bodies = Bodies(site)

    def done(self, task: Task) -> Rendered:
        kind = self._kinds[task.kind]
        view = self._view(kind, task.view)
        if kind.render == COPY:
            return self._copied(task, view)
        try:
            data = self._bytes(kind, view, task)
        except jinja2.TemplateError as error:
            line = getattr(error, "lineno", None)
            place = f"{getattr(error, 'name', None) or kind.template}" + (f":{line}" if line else "")
            raise BuildError(
                f"theme/templates/{place}: {error.message or type(error).__name__} (for {task.path})"
            ) from error
        return _laid_down(task, data, digest_of(data))

    def _view(self, kind: PageKind, data: bytes) -> Any:
        decoder = self._decoders.get(kind.name)
        if decoder is None:
            wanted = kind.view if kind.template else kind.inputs
            decoder = self._decoders[kind.name] = msgspec.json.Decoder(wanted, dec_hook=lambda to, text: to(text))
        return decoder.decode(data)

    def _bytes(self, kind: PageKind, view: Any, task: Task) -> bytes:
        if kind.template:
            return self._page(kind, view, task).encode()

        def html_of(body: Body) -> str:
            content = self._bodies.prose(body, task.texts).content
            return markup.fill_absolute(content, body.links, body.mentions, body.page_url)

        rendered: bytes = _function(kind.render)(self._site, view, html_of)
        return rendered

    def _page(self, kind: PageKind, view: Any, task: Task) -> str:
        variables: dict[str, Any] = {field: getattr(view, field) for field in view.__struct_fields__}
        if task.body:
            body = _BODY.decode(task.body)
            prose = self._bodies.prose(body, task.texts)
            variables["content"] = Html(markup.fill(prose.content, body.links, body.mentions))
            variables["toc"] = prose.toc
        variables["page_url"] = url = task.path.removesuffix("index.html")
        return self._environment(prefix_of(self._site, url), task.lang).get_template(kind.template).render(variables)

    def _environment(self, prefix: str, lang: str) -> jinja2.Environment:
        """The environment of pages with one language and one way to the root: so that macros can be imported once."""
        found = self._environments.get((prefix, lang))
        if found is None:
            found = self._environments[prefix, lang] = environment(self._site, prefix, lang or self._site.lang)
        return found

    def _copied(self, task: Task, view: Copy) -> Rendered:
        file = file_of(self._site, view.source)
        if view.digest == task.before or (task.there and _same_file(task.there, view.digest)):
            return _kept(task, view.digest)
        os.makedirs(os.path.dirname(task.staged), exist_ok=True)
        try:
            shutil.copyfile(file, task.staged)
        except FileNotFoundError as error:
            raise BuildError(f"{view.source} went away while the site was built; build again") from error
        if digest_of_file(task.staged) != view.digest:
            raise BuildError(f"{view.source} changed while the site was built; build again")
        return _rendered(task, view.digest, task.staged)


@functools.cache
def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def _laid_down(task: Task, data: bytes, output: str) -> Rendered:
    if output == task.before or (task.there and _same_bytes(task.there, data)):
        return _kept(task, output)
    _write(task.staged, data)
    return _rendered(task, output, task.staged)


def _write(file: str, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        opened = os.open(file, flags, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        opened = os.open(file, flags, 0o666)
    with io.FileIO(opened, "w") as raw:
        write_all(raw, data)


def _kept(task: Task, output: str) -> Rendered:
    return _rendered(task, output, "")


def _rendered(task: Task, output: str, staged: str) -> Rendered:
    status = os.stat(staged) if staged else os.lstat(task.there) if task.there else None
    size, mtime_ns = (status.st_size, status.st_mtime_ns) if status else (-1, 0)
    return Rendered(task.kind, task.key, task.path, task.digest, output, staged, size, mtime_ns)


def _same_bytes(path: str, data: bytes) -> bool:
    try:
        status = os.lstat(path)
        if status.st_size != len(data) or not _is_plain(status.st_mode):
            return False
        with open(path, "rb") as file:
            return file.read() == data
    except OSError:
        return False


def _same_file(path: str, digest: str) -> bool:
    try:
        return _is_plain(os.lstat(path).st_mode) and digest_of_file(path) == digest
    except OSError:
        return False


def _is_plain(mode: int) -> bool:
    return mode & 0o170000 == 0o100000
