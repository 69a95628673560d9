"""Renders the weekly report as text for a terminal, as Markdown, or as HTML to mail."""

from __future__ import annotations

import html
import re
import shlex
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bylines.doctor.finding import size
from bylines.weekly_report.week import Dated, Person, Sized, Week

MOST = 5
"""The most items shown per section. The rest is counted; `--json` has all."""
_MARKS = re.compile(r"([\\`*_\[\]<>#|@~])")


class Section(NamedTuple):
    """A heading, a sentence with figures, and the items behind them."""

    title: str
    sentence: str
    items: tuple[str, ...] = ()


def sections(week: Week) -> list[Section]:
    """Return the sections of the report, in order. A section without findings has no items."""
    return [
        Section("Written", _written(week)),
        _new(week),
        Section(
            "Quiet",
            _counted(len(week.quiet), "blog became quiet", "blogs became quiet") + _in_all(week),
            _names(week.quiet),
        ),
        _gone(week),
        _problems(week),
        _listed("Links that lead nowhere", week.broken_links, "link", "links"),
        _topics(week),
        _dated("Old drafts", week.old_drafts, "draft", "drafts"),
        _dated("Going soon", week.expiring, "post expires", "posts expire"),
        _dated("To come", week.coming, "post", "posts"),
        *_sizes(week),
    ]


def _written(week: Week) -> str:
    did = week.written
    blogs = _counted(did.blogs, "blog", "blogs")
    said = f"{_counted(did.posts, 'post', 'posts')} by {_counted(did.people, 'person', 'people')} on {blogs}"
    return f"{said}; {did.before or 'none'} in as many days before"


def _new(week: Week) -> Section:
    first = _counted(len(week.new_people), "first post", "first posts")
    said = f"{first}, {_counted(len(week.new_profiles), 'new profile', 'new profiles')}"
    return Section("New", said, _names(sorted({*week.new_people, *week.new_profiles})))


def _in_all(week: Week) -> str:
    in_all = f"{week.quiet_in_all:,} in all" if week.quiet_in_all else "none in all"
    return f" (no post for {week.quiet_months} months), {in_all}"


def _gone(week: Week) -> Section:
    left, deleted = len(week.left), len(week.deleted)
    said = f"{_counted(left, 'person', 'people')} left, {_counted(deleted, 'profile was', 'profiles were')} deleted"
    return Section("Gone", said, (*_names(week.left), *(f"{handle} (deleted)" for handle in week.deleted)))


def _problems(week: Week) -> Section:
    count = sum(faults.count for faults in week.faults)
    owners = _counted(len(week.faults), "owner", "owners")
    items = tuple(
        f"{faults.count:,}: {f'{faults.name} ({faults.owner})' if faults.owner else 'the site'}, first {faults.first}"
        for faults in week.faults
    )
    said = _counted(count, "problem", "problems")
    return Section("Problems", f"{said} in the files of {owners}" if count else said, items)


def _topics(week: Week) -> Section:
    items = tuple(
        f"{twin.topic} ({twin.posts:,}) and {twin.into} ({twin.into_posts:,}): "
        f"invoke merge-topics {shlex.quote(twin.topic)} {shlex.quote(twin.into)}"
        for twin in week.twins
    )
    return Section("Topics nearly alike", _counted(len(items), "pair", "pairs"), items)


def _sizes(week: Week) -> Iterator[Section]:
    said = f"output {size(week.output_bytes)}, store {size(week.store_bytes)}"
    yield Section("Sizes", said)
    yield Section("Largest files", _counted(len(week.largest_files), "file", "files"), _sized(week.largest_files))
    yield Section("Most room", _counted(len(week.largest_people), "blog", "blogs"), _sized(week.largest_people))


def _sized(found: Sequence[Sized]) -> tuple[str, ...]:
    return tuple(f"{size(each.bytes)} {each.name}" for each in found)


def _listed(title: str, items: Sequence[str], one: str, many: str) -> Section:
    return Section(title, _counted(len(items), one, many), tuple(items))


def _dated(title: str, found: Sequence[Dated], one: str, many: str) -> Section:
    return _listed(title, [f"{each.day} {each.path}: {each.title}" for each in found], one, many)


def _names(people: Sequence[Person]) -> tuple[str, ...]:
    return tuple(f"{person.name} ({person.handle})" for person in people)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}" if count else f"no {many}"


def title(week: Week) -> str:
    """Return the title of the report: the site, the days, and when it was built."""
    return f"{week.site}: {week.since} to {week.until}, as it was built on {week.built:%Y-%m-%d at %H:%M}"


def _some(section: Section) -> list[str]:
    more = len(section.items) - MOST
    return [*section.items[:MOST], *([f"and {more:,} more"] if more > 0 else [])]


def as_text(week: Week) -> str:
    """Return the report as plain text, for a terminal."""
    lines = [title(week), ""]
    for section in sections(week):
        lines.append(f"{section.title:<24} {section.sentence}")
        lines += [f"  {_on_one_line(item)}" for item in _some(section)]
    return "\n".join(lines)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def as_markdown(week: Week) -> str:
    """Return the report as Markdown, for a mail or an issue."""
    lines = [f"# {_marked(title(week))}", ""]
    for section in sections(week):
        lines += [f"## {section.title}", f"{section.sentence}.", ""]
        lines += [*(f"- {_marked(item)}" for item in _some(section)), ""] if section.items else []
    return "\n".join(lines)


def _marked(text: str) -> str:
    return _MARKS.sub(r"\\\1", _on_one_line(text))


def as_html(week: Week) -> str:
    """Return the report as an HTML page for mail programs. It loads nothing from other addresses."""
    parts = [_HEAD.format(title=html.escape(title(week))), f"<h1>{html.escape(title(week))}</h1>"]
    for section in sections(week):
        parts.append(f"<h2>{section.title}</h2><p>{html.escape(section.sentence)}.</p>")
        if section.items:
            parts.append("<ul>" + "".join(f"<li>{html.escape(item)}</li>" for item in _some(section)) + "</ul>")
    return "\n".join([*parts, "</body></html>\n"])


_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
h1 {{ font-size: 1.3rem; }} h2 {{ font-size: 1rem; margin-bottom: 0; }} p, ul {{ margin-top: 0; overflow-wrap: anywhere; }}</style>
</head><body>"""
