"""What was read from one source file: frozen, typed, validated. Paths are POSIX, relative to their root.

A record holds nothing that depends on another file, on the clock or on the site beyond the reading options;
whatever joins files together is woven later.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from bylines.markup.options import Prose
from bylines.problems import ContentProblem

Status = Literal["published", "draft", "hidden"]


class Record(msgspec.Struct, frozen=True, tag_field="kind", kw_only=True):
    """The base of all records; `kind` in the store's JSON tells which one it is."""


class Profile(Record, tag="profile", frozen=True, kw_only=True):
    """`authors/<handle>.yaml`. `emails` is validated and then dropped: it is never kept or published."""

    handle: str
    name: str
    sort_name: str | None = None
    reading: str | None = None
    role: str = ""
    team: str = ""
    location: str = ""
    joined: dt.date | None = None
    left: dt.date | None = None
    languages: tuple[str, ...] = ()
    bio: str = ""
    """Markdown."""
    pronouns: str = ""
    photo: str | None = None
    """A file's name beside the profile, as `photo` says; None: `<handle>.jpg` (png, webp, heic …) if there is one."""
    links: tuple[tuple[str, str], ...] = ()
    feeds: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    disclaimer: str = ""
    """Markdown: what stands below each post of the blog."""
    aliases: tuple[str, ...] = ()
    """Old addresses of the blog: site paths that begin with `/`."""


class Group(Record, tag="group", frozen=True, kw_only=True):
    """`content/blogs/<handle>/blog.yaml`: a group blog."""

    handle: str
    title: str
    description: str = ""
    """Markdown."""
    members: tuple[str, ...] = ()
    disclaimer: str = ""
    """Markdown."""
    aliases: tuple[str, ...] = ()
    """Old addresses of the blog: site paths that begin with `/`."""


class Closed(Record, tag="closed", frozen=True, kw_only=True):
    """A profile or a `blog.yaml` that says that the blog is not public."""

    handle: str
    aliases: tuple[str, ...] = ()
    """None are kept."""


class Written(Record, frozen=True, kw_only=True):
    """What a post and a page of the site's own have in common."""

    path: str
    """Relative to the content folder: `blogs/ada/on-bernoulli/index.md`."""
    slug: str
    """Of the header, else of the file's name without date and `ending`."""
    title: str
    lang: str
    """A BCP 47 tag: `lang`, else the site's DEFAULT_LANG. What `ending` says is woven (`engine/weave/naming.py`)."""
    lang_given: bool = False
    """Whether the header says `lang`."""
    ending: str = ""
    """What stands before the ending of the file's name and is written like a language: 'de' of `x.de.md`."""
    dated: str = ""
    """The date with which the file's name begins; empty if the header says `slug`."""
    status: Status = "published"
    not_before: dt.datetime | None = None
    """It is not published before, whatever its date."""
    expires: dt.datetime | None = None
    """It is not published from then on."""
    modified: dt.datetime | None = None
    summary: str | None = None
    excerpt: str = ""
    """Plain text: the body's first paragraph, at most 280 characters, cut at a word."""
    aliases: tuple[str, ...] = ()
    """Site paths without scheme or host, that begin with `/`."""
    translation_of: str | None = None
    image: str | None = None
    image_alt: str = ""
    words: int = 0
    """Words in the body; a CJK character counts half a word."""
    text: str = ""
    """The digest of the body, '' of a draft's."""
    targets: tuple[str, ...] = ()
    """Every href and src of the body and `image` that is neither absolute nor a bare fragment, as written, once each, sorted."""
    anchors: tuple[str, ...] = ()
    """The ids of the body's headings and of what its writer gave one, for links to them; sorted."""
    mentions: tuple[str, ...] = ()
    """Handles after an @ in the body's text (not in code or links), once each, sorted."""
    extra: tuple[tuple[str, str], ...] = ()
    """The writer's own `x_` keys, values as text."""


class Post(Written, tag="post", frozen=True, kw_only=True):
    """`content/blogs/<blog>/…/<slug>.md`. All datetimes are aware and keep the writer's offset."""

    blog: str
    """The handle of the folder's owner: a person or a group."""
    date: dt.datetime
    topics: tuple[str, ...] = ()
    """As written, white space folded."""
    authors: tuple[str, ...] = ()
    """Handles as given, empty where the key is missing."""
    id: str | None = None
    jam: str | None = None
    in_reply_to: str | None = None


class SitePage(Written, tag="page", frozen=True, kw_only=True):
    """`content/pages/…/<slug>.md`: a page of the site's own (about, guidelines …)."""

    date: dt.datetime | None = None


class Jam(Written, tag="jam", frozen=True, kw_only=True):
    """`content/jams/<slug>/jam.md`: a call for ideas that is open for a while."""

    opens: dt.datetime
    closes: dt.datetime
    """The first moment at which it is open no more."""
    hosts: tuple[str, ...] = ()
    """Handles of those who run it, as given."""


class TopicEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One topic of `content/topics.yaml`."""

    name: str
    synonyms: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    description: str = ""


class Topics(Record, tag="topics", frozen=True, kw_only=True):
    """`content/topics.yaml`."""

    entries: tuple[TopicEntry, ...] = ()


class Picture(Record, tag="picture", frozen=True, kw_only=True):
    """A picture file that could be decoded. Width and height as it is seen, in pixels."""

    width: int
    height: int
    format: str
    """As Pillow names it: JPEG, PNG, WEBP, AVIF or GIF; HEIF, TIFF … for one that is published as another."""
    moving: bool = False
    """Whether it has several frames."""


class TypefaceFile(Record, tag="typeface", frozen=True, kw_only=True):
    """A font file that can be read."""

    characters: int
    """How many it has."""


class StyleSheet(Record, tag="style", frozen=True, kw_only=True):
    """A part of the style sheet: of the theme, or the company's own."""

    text: str


AnyRecord = Profile | Group | Closed | Post | SitePage | Jam | Topics | Picture | TypefaceFile | StyleSheet


class Reading(msgspec.Struct, frozen=True):
    """What became of one source: a record, or None where the file had to be left out; and what was wrong with it."""

    record: AnyRecord | None
    problems: tuple[ContentProblem, ...] = ()
    prose: Prose | None = None
    """The body of what has one, for whoever shows it; it is not kept in the store."""
