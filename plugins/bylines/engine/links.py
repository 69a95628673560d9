"""Links between sources: what was written, which source it may mean, and where it leads.

A link waits for its target: it is kept by the names that it could mean, whether these are there or not.
A mention `@ada` is a link to the name `@ada`, at which a person is placed.
"""

from __future__ import annotations

import posixpath
import re
import urllib.parse
from collections.abc import Iterable, Iterator

from bylines import markup, messages
from bylines.engine import claims
from bylines.engine.loom import Loom, Touched
from bylines.engine.read import body_of, lines_before_body
from bylines.pictures import endings
from bylines.problems import ContentProblem
from bylines.records import Post, Written

_MARKERS = ("static", "filename", "attach")
_FEED = re.compile(r"feed(?:/\d+)?\.(?:atom|rss|json)$")
_ROOTED_ASIDE = (
    "/topics",
    "/directory",
    "/theme",
    "/feed.atom",
    "/feed.rss",
    "/feed.json",
    "/feed/",
    "/blogs.opml",
    "/sitemap",
)


def forget(loom: Loom, sources: Iterable[str]) -> None:
    """Removes the links of some sources."""
    if not loom.store.fresh:
        loom.store.many("DELETE FROM link WHERE source = ?", ((source,) for source in sources))


def put(loom: Loom, written: Iterable[tuple[str, Written]]) -> None:
    """Adds the links of some sources."""
    loom.store.many("INSERT OR IGNORE INTO link VALUES (?, ?, ?)", _rows(written))


def _rows(written: Iterable[tuple[str, Written]]) -> Iterator[tuple[str, str, str]]:
    for source, record in written:
        for target in record.targets:
            for name in candidates(source, target):
                yield source, target, name
        for handle in record.mentions:
            yield source, f"@{handle}", f"@{handle}"
        if isinstance(record, Post):
            yield from ((source, *named) for named in _named(record))


def _named(record: Post) -> Iterator[tuple[str, str]]:
    """(what was written, the name that it may mean) of the keys that name another source."""
    if record.in_reply_to:
        yield f"in_reply_to: {record.in_reply_to}", f"/blogs/{claims.fold(_in_blogs(record.in_reply_to, record.blog))}"
    if record.jam:
        yield f"jam: {record.jam}", f"content/jams/{record.jam}/jam.md"


def _in_blogs(reference: str, blog: str) -> str:
    path = reference.strip("/").removeprefix("blogs/")
    return path if "/" in path else f"{blog}/{path}"


def candidates(source: str, target: str) -> list[str]:
    """The names of sources that a target may mean, as written in a source; one that nothing has where it leads out of the content.

    A path with a leading slash is an address of the site, and stands as '/' with the folded address.
    """
    path = urllib.parse.unquote(target.partition("#")[0].partition("?")[0])
    marked, path = marker(path)
    if path.startswith("/") and not marked:
        return ["/" + claims.fold(_FEED.sub("", path.removesuffix("index.html")))]
    base = "content" if path.startswith("/") else posixpath.dirname(source)
    name = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
    if not name.startswith("content/"):
        return [f"outside/{name}"]
    if posixpath.splitext(name)[1].lower() in (".md", ".rst"):
        return [name]
    return [name, f"{name}.md", f"{name}/index.md"]


def marker(path: str) -> tuple[bool, str]:
    """Whether a path begins with one of Pelican's markers (`{static}`), and the path without it."""
    for name in _MARKERS:
        for opened, closed in (("{", "}"), ("|", "|")):
            sign = opened + name + closed
            if path.startswith(sign):
                return True, path[len(sign) :]
    return False, path


def hrefs(loom: Loom, source: str, prefix: str) -> tuple[dict[str, str], dict[str, str]]:
    """Where the links and the mentions of a source lead: (written → href, handle → href), each below `prefix`."""
    links: dict[str, str] = {}
    mentions: dict[str, str] = {}
    for written, target, url in loom.store.rows(_HREFS, (source,)):
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
    """A URL below the root as it stands in an href, with its leading slash."""
    return "/" + urllib.parse.quote(url, safe="/~!$&'()*+,;=:@-._")


def absolute(loom: Loom, url: str) -> str:
    """A URL below the root as other sites and programs name it; from the root where the site has no SITEURL."""
    return loom.site.url + quoted(url)


def _tail(written: str) -> str:
    """The query and fragment of what was written."""
    cut = min((written.index(sign) for sign in "?#" if sign in written), default=len(written))
    return written[cut:]


def follow(loom: Loom, touched: Touched, concerned: Iterable[str]) -> set[str]:
    """The sources whose links lead elsewhere now, or may; they are noted as touched 'body'.

    `concerned` are folded addresses whose claimants changed.
    """
    names = [*touched["address"], *("/" + folded for folded in concerned)]
    found: set[str] = set()
    for name in names:
        found.update(loom.store.column("SELECT source FROM link WHERE target = ?", (name,)))
    touched.add("body", *found)
    return found


def check(loom: Loom, sources: Iterable[str]) -> None:
    """Reports the links of `sources` that lead nowhere."""
    loom.store.seed(sources)
    broken: dict[str, list[str]] = {source: [] for source in ([] if loom.store.fresh else sources)}
    for source, written in loom.store.rows(_BROKEN):
        if not written.startswith(_ROOTED_ASIDE):
            broken.setdefault(source, []).append(written)
    for source, targets in broken.items():
        loom.report(source, "links", _problems(loom, source, targets) if targets else ())


# A source that is not published says nothing of its links; nor does a mention of a word that is no handle.
_BROKEN = """
SELECT l.source, l.written FROM seed CROSS JOIN link l ON l.source = seed.path
CROSS JOIN address own ON own.name = l.source
LEFT JOIN address a ON a.name = l.target
LEFT JOIN claim c ON l.target >= '/' AND l.target < '0' AND c.folded = substr(l.target, 2)
WHERE l.written NOT LIKE '@%'
GROUP BY l.source, l.written HAVING count(a.name) + count(c.folded) = 0 ORDER BY l.source, l.written
"""


def _problems(loom: Loom, source: str, targets: list[str]) -> list[ContentProblem]:
    folder = {"content": loom.site.content}[source.partition("/")[0]]
    path = loom.shown(source)
    try:
        with open(f"{folder}/{source.partition('/')[2]}", "rb") as file:
            data = file.read()
    except OSError:
        data = b""
    body, _ = body_of(source, data)
    whole = data.decode("utf-8", "replace")
    above = lines_before_body(source, data)
    in_body = dict(zip(targets, markup.lines_of(body, targets), strict=True))
    others = [target for target, line in in_body.items() if not line]
    in_header = dict(zip(others, markup.lines_of(whole, others), strict=True))
    places = {target: in_header.get(target, above + line) for target, line in in_body.items()}
    return [messages.BROKEN_LINK.problem(path, place, target=target) for target, place in places.items()]
