"""Links between sources: what was written, which source it may mean, and where it leads.

A link waits for its target: it is kept by the names that it could mean, whether these are there or not.
A mention `@ada` is a link to the name `@ada`, at which a person is placed.
"""

from __future__ import annotations

import difflib
import posixpath
import re
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence

from bylines import markup
from bylines.engine.context import BuildContext, Invalidations, nfc
from bylines.engine.facts import ADDRESS, BODY
from bylines.engine.feature import Feature
from bylines.engine.read import body_of
from bylines.engine.read.document import Document
from bylines.engine.read.messages import NO_PLACE
from bylines.engine.read.text import mended
from bylines.engine.weave import claims, messages
from bylines.engine.weave.changes import Changes
from bylines.markup.ids import is_place
from bylines.markup.ids import nearest as nearest_place
from bylines.pictures import endings
from bylines.problems import ContentProblem

_MARKERS = ("static", "filename", "attach")
_FEED = re.compile(r"feed(?:/\d+)?\.(?:atom|rss|json)$")


def own_folders(features: Iterable[Feature]) -> tuple[str, ...]:
    """Return the folders that hold nothing but capabilities' own pages, with a closing slash."""
    return tuple(folder for feature in features for folder in feature.folders)


def is_below(folders: tuple[str, ...], written: str) -> bool:
    """Return whether what was written is an address of the site in one of these folders."""
    name = candidates("", written)[0]
    return name.startswith("/") and f"{name[1:]}/".startswith(folders)


def forget(build: BuildContext, sources: Iterable[str]) -> None:
    """Removes the links of some sources."""
    if not build.store.fresh:
        build.store.many("DELETE FROM link WHERE source = ?", ((source,) for source in sources))


def put(build: BuildContext, written: Iterable[tuple[str, Document]]) -> None:
    """Adds the links of some sources."""
    build.store.many("INSERT OR IGNORE INTO link VALUES (?, ?, ?)", _rows(build, written))


def _rows(build: BuildContext, written: Iterable[tuple[str, Document]]) -> Iterator[tuple[str, str, str]]:
    for source, record in written:
        for target in record.targets:
            for name in candidates(source, target):
                yield source, target, name
        for handle in record.mentions:
            yield source, f"@{handle}", f"@{handle}"
        for key, value, name in build.kinds.links_of(record):
            yield source, f"{key}: {value}", f"/{claims.fold(name)}" if name.startswith("/") else name


def candidates(source: str, target: str) -> list[str]:
    """The names of sources that a target may mean, as written in a source; one that nothing has where it leads out of the content.

    A path with a leading slash is an address of the site, and stands as '/' with the folded address.
    """
    written = target.partition("#")[0].partition("?")[0]
    path = urllib.parse.unquote(written)
    marked, path = marker(path)
    if path.startswith("/") and not marked:
        return ["/" + claims.fold(_FEED.sub("", path.removesuffix("index.html")))]
    base = "content" if path.startswith("/") else posixpath.dirname(source)
    name = unicodedata.normalize("NFC", posixpath.normpath(posixpath.join(base, path.lstrip("/"))))
    if not name.startswith("content/"):
        return [f"outside/{name}"]
    if posixpath.splitext(name)[1].lower() in (".md", ".rst"):
        return [name, *_literal(name)]
    return [name, f"{name}.md", f"{name}/index.md", *_literal(name)]


def _literal(name: str) -> tuple[str, ...]:
    """Return the file whose own name is written as addresses are: `a%20b.png`, as some programs save it."""
    folder, file = posixpath.split(name)
    encoded = urllib.parse.quote(file, safe=_PLAIN)
    return (posixpath.join(folder, encoded),) if encoded != file else ()


_PLAIN = "~!$&'()*+,;=:@-._#?"


def marker(path: str) -> tuple[bool, str]:
    """Return whether a path begins with one of Pelican's markers (`{static}`), and the path without it."""
    for name in _MARKERS:
        for opened, closed in (("{", "}"), ("|", "|")):
            sign = opened + name + closed
            if path.startswith(sign):
                return True, path[len(sign) :]
    return False, path


def hrefs(build: BuildContext, source: str, prefix: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return where the links and the mentions of a source lead: (written → href, handle → href), each below `prefix`."""
    links: dict[str, str] = {}
    mentions: dict[str, str] = {}
    for written, target, url in build.store.rows(_HREFS, (source,)):
        if written.startswith("@") and target == written:
            mentions[written[1:]] = prefix + quoted(url)
        elif target.startswith("/"):
            # A picture that few browsers show stands with another ending.
            other = url is not None and endings.is_picture(target) and "/" + claims.fold(url) != target
            links[written] = prefix + (quoted(url) + _tail(written) if other else written)
        elif url is not None and written not in links:
            links[written] = prefix + quoted(url) + _tail(written)
    return links, mentions


_HREFS = """
SELECT written, target, url FROM link LEFT JOIN address ON address.name = link.target
WHERE source = ? AND (url IS NOT NULL OR target >= '/' AND target < '0') ORDER BY written, target
"""


def quoted(url: str) -> str:
    """Return a URL below the root as it stands in an href, with its leading slash."""
    return "/" + urllib.parse.quote(url, safe="/~!$&'()*+,;=:@-._")


def absolute(build: BuildContext, url: str) -> str:
    """Return a URL below the root as other sites and programs name it; from the root where the site has no SITEURL."""
    return build.site.url + quoted(url)


def _tail(written: str) -> str:
    """Return the query and fragment of what was written."""
    cut = min((written.index(sign) for sign in "?#" if sign in written), default=len(written))
    return written[cut:]


def follow(build: BuildContext, dirty: Invalidations, concerned: Iterable[str]) -> set[str]:
    """Return the sources whose links lead elsewhere now, or may; they are noted as dirty BODY.

    `concerned` are folded addresses whose claimants changed.
    """
    names = [*map(nfc, dirty[ADDRESS]), *("/" + folded for folded in concerned)]
    found: set[str] = set()
    for name in names:
        found.update(build.store.column("SELECT source FROM link WHERE target = ?", (name,)))
    dirty.add(BODY, *found)
    return found


def check(build: BuildContext, sources: Iterable[str], folders: tuple[str, ...] = ()) -> None:
    """Report the broken links of `sources`, and mentions of unknown people. Links into `folders` are not judged here."""
    if not build.store.fresh:
        build.linking.update(sources)
    build.store.select(sources)
    _check_mentions(build, sources)
    _check_places(build, sources)
    broken: dict[str, list[str]] = {source: [] for source in ([] if build.store.fresh else sources)}
    for source, written in broken_links(build):
        if not is_below(folders, written):
            broken.setdefault(source, []).append(written)
    for source, targets in broken.items():
        build.report(source, "links", problems(build, source, targets) if targets else ())


def broken_links(build: BuildContext) -> list[tuple[str, str]]:
    """(source, what was written) of the links of the selected sources to what no source is and nobody claims."""
    return build.store.rows(_BROKEN)


def _check_mentions(build: BuildContext, sources: Iterable[str]) -> None:
    found: dict[str, list[str]] = {source: [] for source in ([] if build.store.fresh else sources)}
    for source, mention in build.store.rows(_NOBODY):
        found.setdefault(source, []).append(mention.removeprefix("@"))
    for source, handles in found.items():
        build.report(source, "mentions", _of_nobody(build, source, handles) if handles else ())


_NOBODY = """
SELECT l.source, l.written FROM selection CROSS JOIN link l ON l.source = selection.path
CROSS JOIN address own ON own.name = l.source
LEFT JOIN address a ON a.name = l.target
WHERE l.written >= '@' AND l.written < 'A' AND l.target = l.written AND a.name IS NULL ORDER BY l.source, l.written
"""


_MOST_NAMED = 3
"""How many unknown people a message names besides the first."""


def reanchored(build: BuildContext, changes: Changes) -> set[str]:
    """Return the sources whose links lead to a text in which headings came or went."""
    found: set[str] = set()
    for change in () if build.store.fresh else changes.of(Document):
        if _anchors(change.old) != _anchors(change.new):
            url = build.address(change.name)
            for target in (change.name, *([f"/{claims.fold(url)}"] if url else ())):
                found.update(build.store.column("SELECT source FROM link WHERE target = ?", (target,)))
    return found


def _anchors(record: object) -> tuple[str, ...]:
    return record.anchors if isinstance(record, Document) else ()


def _check_places(build: BuildContext, sources: Iterable[str]) -> None:
    """Report links to headings that the linked text does not have."""
    found: dict[str, dict[str, str]] = {source: {} for source in ([] if build.store.fresh else sources)}
    for source, written, name in build.store.rows(_PLACES):
        fragment = urllib.parse.unquote(written.partition("#")[2])
        record = build.record(name) if is_place(fragment) else None
        if isinstance(record, Document) and fragment not in record.anchors:
            found.setdefault(source, {})[written] = nearest_place(fragment, record.anchors)
    for source, targets in found.items():
        build.report(source, "places", _astray(build, source, targets) if targets else ())


# Links with a fragment to a text that is published, by its file or by its address.
_PLACES = """
SELECT l.source, l.written, a.name FROM selection CROSS JOIN link l ON l.source = selection.path
CROSS JOIN address own ON own.name = l.source
JOIN address a ON a.name = l.target WHERE l.written LIKE '%_#_%'
UNION
SELECT l.source, l.written, c.source FROM selection CROSS JOIN link l ON l.source = selection.path
CROSS JOIN address own ON own.name = l.source
JOIN claim c ON l.target >= '/' AND l.target < '0' AND c.folded = substr(l.target, 2)
JOIN address a ON a.name = c.source WHERE l.written LIKE '%_#_%'
"""


def _astray(build: BuildContext, source: str, found: dict[str, str]) -> Iterator[ContentProblem]:
    """Yield the problems of links to missing headings, each with the heading that was probably meant."""
    targets = sorted(found)
    body, whole = _text_of(build, source)
    above = whole.count("\n") - body.count("\n")
    for target, line in zip(targets, markup.lines_of(body, targets), strict=True):
        yield NO_PLACE.problem(
            build.shown(source),
            above + line if line else 0,
            target=target,
            near=f"; #{near} is there" if (near := found[target]) else "",
        )


def _of_nobody(build: BuildContext, source: str, handles: Sequence[str]) -> Iterator[ContentProblem]:
    body, whole = _text_of(build, source)
    above = whole.count("\n") - body.count("\n")
    shown, lowered = build.shown(source), body.lower()
    strangers: list[tuple[int, str]] = []
    for handle, line in zip(handles, markup.lines_of(lowered, [f"@{handle}" for handle in handles]), strict=True):
        at = lowered.find(f"@{handle}") if len(lowered) == len(body) else -1
        written = body[at : at + len(handle) + 1] if at >= 0 else f"@{handle}"
        place = above + line if line else 0
        if near := _nearest_handle(build, handle):
            yield messages.UNKNOWN_MENTION.problem(shown, place, handle=written, near=f"; {near} is")
        else:
            strangers.append((place, written))
    if strangers:
        (place, first), *others = sorted(strangers)
        near = f"; nor is {_listed([name for _, name in others])}" if others else ""
        yield messages.UNKNOWN_MENTION.problem(shown, place, handle=first, near=near)


def _listed(handles: list[str]) -> str:
    rest = len(handles) - _MOST_NAMED
    *before, last = [*handles[:_MOST_NAMED], f"{rest:,} more"] if rest > 0 else handles
    return f"{', '.join(before)} or {last}" if before else last


def _nearest_handle(build: BuildContext, handle: str) -> str:
    """Return the handle that is most like another one, among those that begin alike; empty if there is none."""
    first = f"@{handle[:1]}"
    alike = build.store.column("SELECT name FROM address WHERE name >= ? AND name < ?", (first, f"{first}\x7f"))
    near = nearest(handle, (name[1:] for name in alike))
    return f"@{near}" if near else ""


def nearest(handle: str, others: Iterable[str]) -> str:
    """Return the handle among others that was probably meant; empty if none is like it."""
    return next(iter(difflib.get_close_matches(handle, list(others), 1, 0.8)), "")


# A source that is not published says nothing of its links; nor does a mention, which is told of above.
_BROKEN = """
SELECT l.source, l.written FROM selection CROSS JOIN link l ON l.source = selection.path
CROSS JOIN address own ON own.name = l.source
LEFT JOIN address a ON a.name = l.target
LEFT JOIN claim c ON l.target >= '/' AND l.target < '0' AND c.folded = substr(l.target, 2)
WHERE l.written NOT LIKE '@%'
GROUP BY l.source, l.written HAVING count(a.name) + count(c.folded) = 0 ORDER BY l.source, l.written
"""


def problems(build: BuildContext, source: str, targets: list[str]) -> list[ContentProblem]:
    """Return the problems of broken links, each with its line."""
    path = build.shown(source)
    body, whole = _text_of(build, source)
    above = whole.count("\n") - body.count("\n")
    in_body = dict(zip(targets, markup.lines_of(body, targets), strict=True))
    others = [target for target, line in in_body.items() if not line]
    in_header = dict(zip(others, markup.lines_of(whole, others), strict=True))
    places = {target: in_header.get(target, above + line) for target, line in in_body.items()}
    return [messages.BROKEN_LINK.problem(path, place, target=target) for target, place in places.items()]


def _text_of(build: BuildContext, source: str) -> tuple[str, str]:
    """Return the text of a source without its header, and with it; both empty where it cannot be read."""
    folder = {"content": build.site.content}[source.partition("/")[0]]
    try:
        with open(f"{folder}/{source.partition('/')[2]}", "rb") as file:
            data = file.read()
    except OSError:
        return "", ""
    return body_of(source, data)[0], mended(data)
