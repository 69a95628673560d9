"""Renders pages in batches, in this process or in others, and writes their bytes where publishing finds them."""

from __future__ import annotations

import functools
import importlib
import io
import os
import shutil
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import jinja2
import msgspec

from bylines import markup
from bylines.engine import feature
from bylines.engine.digest import digest_of, digest_of_file
from bylines.engine.feature import COPY, Body, Copy, PageKind
from bylines.engine.files import readable, write_all
from bylines.engine.paths import file_of, prefix_of
from bylines.engine.render.bodies import Bodies, Carried, carry
from bylines.engine.render.pieces import Pieces, view_decoder
from bylines.engine.render.templates import environment, texts, words
from bylines.engine.spool import Place
from bylines.engine.views import Html
from bylines.engine.workers.jobs import Job
from bylines.problems import BuildError
from bylines.recordings.patches import apply

if TYPE_CHECKING:
    from bylines.settings import Site


_BATCH = 40
_MOST_TEXTS = 200
_BODY = msgspec.json.Decoder(Body)
_PACKER = msgspec.msgpack.Encoder()


class Task(NamedTuple):
    """A page to render. `view` and `body` are JSON, by whose bytes the page's digest is made."""

    kind: str
    key: str
    path: str
    view: bytes
    body: bytes
    digest: str
    before: str
    """The digest of the bytes in the output; empty if it is not known."""
    staged: bytes
    """The file to write, for publish to move in; bytes, since the folders above a site may have any name."""
    there: bytes
    """The file in the output to compare with, where `before` is not known; empty where there is none."""
    texts: dict[str, Place | None]
    """By source, where each text on the page lies in the spool; None if it is not there."""
    beside: dict[str, str] | None = None
    """For a page of several files: the digests of the bytes of others that are in the output, by name."""
    pieces: bytes = b""
    """The sections of other capabilities on the page, as JSON; empty if it has none."""


class Rendered(NamedTuple):
    """The result of a task: the digest of its bytes, and whether they were staged. If not, the output has them already."""

    kind: str
    key: str
    path: str
    digest: str
    output: str
    staged: bool
    size: int
    mtime_ns: int
    others: int = 0
    """How many files stand beside the page. Their results follow."""


def render_batch(site: Site, tasks: list[Task]) -> list[Rendered]:
    """Renders some pages. Runs in a worker. Raises BuildError where a template fails."""
    renderer = _renderer(site)
    with readable():
        return [page for task in tasks for page in renderer.done(task)]


@functools.lru_cache(maxsize=4)
def _renderer(site: Site, templates: tuple[tuple[str, str], ...] | None = None) -> _Renderer:
    return _Renderer(site, None if templates is None else dict(templates))


class _Renderer:
    """Renders pages, and keeps what they share: templates (the theme's, unless their texts are given), settings and decoders."""

    def __init__(self, site: Site, templates: Mapping[str, str] | None) -> None:
        self._site = site
        self._templates = templates
        features = feature.load(site.features)
        self._kinds = {kind.name: kind for loaded in features for kind in loaded.pages}
        self._pieces = Pieces(features)
        self._environments: dict[str, jinja2.Environment] = {}
        self._decoders: dict[str, msgspec.json.Decoder[Any]] = {}
        self._bodies = Bodies(site)
        self._words: dict[str, Callable[[str], str]] = {}
        self._texts: dict[tuple[Any, ...], str] = {}

    def done(self, task: Task) -> list[Rendered]:
        if self.is_copy(task.kind):
            return [self._copied(task, self._view(self._kinds[task.kind], task.view))]
        if task.beside is not None:
            return self._several(task, task.beside)
        data = self.page(task)
        return [_laid_down(task, data, digest_of(data))]

    def _several(self, task: Task, before: Mapping[str, str]) -> list[Rendered]:
        """Return a page of several files: its own, then those beside it, in the order of their names."""
        kind = self._kinds[task.kind]
        files: dict[str, bytes] = self._made(kind, self._view(kind, task.view), task)
        own = files.pop(os.path.basename(task.path))
        others = [
            _laid_down(_beside(task, name, before.get(name, "")), data, digest_of(data))
            for name, data in sorted(files.items())
        ]
        return [_laid_down(task, own, digest_of(own))._replace(others=len(others)), *others]

    def is_copy(self, kind: str) -> bool:
        """Return whether pages of a kind are sources as they are."""
        return self._kinds[kind].render == COPY

    def needs_files(self, kind: str) -> bool:
        """Return whether pages of a kind are made where the files of sources are."""
        return self.is_copy(kind) or self._kinds[kind].from_files

    def page(self, page: Task | Parcel) -> bytes:
        """Return the bytes of a page. Raises BuildError where its template fails."""
        kind = self._kinds[page.kind]
        view = self._view(kind, page.view)
        try:
            return self._bytes(kind, view, page)
        except jinja2.TemplateError as error:
            line = getattr(error, "lineno", None)
            place = f"{getattr(error, 'name', None) or kind.template}" + (f":{line}" if line else "")
            raise BuildError(
                f"theme/templates/{place}: {error.message or type(error).__name__} (for {page.path})"
            ) from error

    def _view(self, kind: PageKind, data: bytes) -> Any:
        decoder = self._decoders.get(kind.name)
        if decoder is None:
            decoder = self._decoders[kind.name] = view_decoder(kind.view if kind.template else kind.render_inputs)
        return decoder.decode(data)

    def _bytes(self, kind: PageKind, view: Any, page: Task | Parcel) -> bytes:
        if kind.template:
            return self._filled(kind, view, page).encode()

        rendered: bytes = self._made(kind, view, page)
        return rendered

    def _made(self, kind: PageKind, view: Any, page: Task | Parcel) -> Any:
        return _function(kind.render)(self._site, view, lambda body: self._absolute(body, page))

    def _absolute(self, body: Body, page: Task | Parcel) -> str:
        """Return a text with absolute addresses, the same in every feed: several feeds of a batch show it."""
        key = body.source, body.digest, body.page_url, body.lang, *body.links.items(), *body.mentions.items()
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) >= _MOST_TEXTS:
                self._texts.clear()
            content = self._bodies.prose(body, page.texts).content
            filled = markup.fill_absolute(content, body.links, body.mentions, body.page_url, self._say(body.lang))
            found = self._texts[key] = filled
        return found

    def _filled(self, kind: PageKind, view: Any, page: Task | Parcel) -> str:
        variables: dict[str, Any] = {field: getattr(view, field) for field in view.__struct_fields__}
        if page.body:
            body = _BODY.decode(page.body)
            prose = self._bodies.prose(body, page.texts)
            filled = markup.fill(prose.content, body.links, body.mentions, body.pictures, self._say(body.lang))
            variables["content"] = Html(filled)
            variables["toc"], variables["frames"] = prose.toc, prose.frames
        variables["page_url"] = url = page.path.removesuffix("index.html")
        environment = self._environment(prefix_of(self._site, url))
        if kind.places:
            variables["sections"] = self._pieces.by_place(environment, kind, page.pieces)
        return environment.get_template(kind.template).render(variables)

    def _say(self, lang: str) -> Callable[[str], str]:
        """Return the function that translates our own words into a language; into the site's if `lang` is empty."""
        found = self._words.get(lang)
        if found is None:
            found = self._words[lang] = words(self._site, lang or self._site.lang, self._templates).gettext
        return found

    def _environment(self, prefix: str) -> jinja2.Environment:
        """Return the environment of pages with one way to the root: so that macros can be imported once."""
        found = self._environments.get(prefix)
        if found is None:
            found = self._environments[prefix] = environment(self._site, prefix, self._templates)
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
        digest = _patched(task.staged, view) if view.patches else view.digest
        if digest != view.digest and (digest == task.before or (task.there and _same_file(task.there, digest))):
            os.remove(task.staged)
            return _kept(task, digest)
        return _rendered(task, digest, os.stat(task.staged), staged=True)


def _patched(path: bytes, view: Copy) -> str:
    """Return the digest of a copy in which parts were overwritten."""
    with open(path, "r+b") as file:
        overwritten = _function(view.patches)(view.source, file)
        apply(file, overwritten)
    return digest_of_file(path) if overwritten else view.digest


def _beside(task: Task, name: str, before: str) -> Task:
    """Return the task of a file that stands beside a page."""
    staged = os.path.join(os.path.dirname(task.staged), os.fsencode(name))
    there = os.path.join(os.path.dirname(task.there), os.fsencode(name)) if task.there and not before else b""
    own = f"{task.key}/{name}"
    path = f"{os.path.dirname(task.path)}/{name}"
    return task._replace(kind=feature.beside(task.kind), key=own, path=path, before=before, staged=staged, there=there)


@functools.cache
def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def _laid_down(task: Task, data: bytes, output: str) -> Rendered:
    if output == task.before or (task.there and _same_bytes(task.there, data)):
        return _kept(task, output)
    return _rendered(task, output, _written(task.staged, data), staged=True)


def _written(file: bytes, data: bytes) -> os.stat_result:
    # Nearly every page has a folder of its own, so it is made before anybody asks whether it is there.
    folder = os.path.dirname(file)
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
    with io.FileIO(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "w") as raw:
        write_all(raw, data)
        return os.fstat(raw.fileno())


def _kept(task: Task, output: str) -> Rendered:
    return _rendered(task, output, os.lstat(task.there) if task.there else None, staged=False)


def _rendered(task: Task, output: str, status: os.stat_result | None, *, staged: bool) -> Rendered:
    size, mtime_ns = (status.st_size, status.st_mtime_ns) if status else (-1, 0)
    return Rendered(task.kind, task.key, task.path, task.digest, output, staged, size, mtime_ns)


def _same_bytes(path: bytes, data: bytes) -> bool:
    try:
        status = os.lstat(path)
        if status.st_size != len(data) or not _is_plain(status.st_mode):
            return False
        with open(path, "rb") as file:
            return file.read() == data
    except OSError:
        return False


def _same_file(path: bytes, digest: str) -> bool:
    try:
        return _is_plain(os.lstat(path).st_mode) and digest_of_file(path) == digest
    except OSError:
        return False


def _is_plain(mode: int) -> bool:
    return mode & 0o170000 == 0o100000


class Parcel(msgspec.Struct, frozen=True, array_like=True):
    """A page sent to a worker without files: the part of its task on which the bytes depend."""

    kind: str
    path: str
    view: bytes
    body: bytes
    before: str
    texts: dict[str, Carried]
    pieces: bytes = b""


class _Answer(msgspec.Struct, frozen=True, array_like=True):
    """The answer of such a worker: the digest of the page's bytes, and the bytes unless the output has them."""

    output: str
    data: bytes | None


_PARCEL = msgspec.msgpack.Decoder(Parcel)
_ANSWER = msgspec.msgpack.Decoder(_Answer)


def _kit(site: Site) -> tuple[Site, tuple[tuple[str, str], ...]]:
    return site, tuple(sorted(texts(site).items()))


def _pack(site: Site, task: Task) -> bytes | None:
    if _renderer(site).needs_files(task.kind):
        return None
    try:
        carried = {source: carry(site, source, place) for source, place in task.texts.items()}
    except OSError:
        return None
    return _PACKER.encode(Parcel(task.kind, task.path, task.view, task.body, task.before, carried, task.pieces))


def _render_away(kit: tuple[Site, tuple[tuple[str, str], ...]], parcels: list[bytes]) -> list[bytes]:
    renderer = _renderer(*kit)
    return [_PACKER.encode(_answer(renderer, _PARCEL.decode(parcel))) for parcel in parcels]


def _answer(renderer: _Renderer, parcel: Parcel) -> _Answer:
    data = renderer.page(parcel)
    output = digest_of(data)
    return _Answer(output, data if output != parcel.before else None)


def _unpack(site: Site, task: Task, answer: bytes) -> Rendered:
    found = _ANSWER.decode(answer)
    if found.data is None:
        return _kept(task, found.output)
    with readable():
        return _laid_down(task, found.data, found.output)


def _is_large(task: Task) -> bool:
    return task.beside is not None


JOB = Job(Task, Rendered, _BATCH, render_batch, _kit, _pack, _render_away, _unpack, _is_large)
"""The job of rendering, for workers."""
