"""The questions to a new company, and the checks of their answers. Reads only the lists of translations and time zones."""

from __future__ import annotations

import datetime as dt
import difflib
import os
import re
import urllib.parse
from collections.abc import Callable, Iterable
from typing import NamedTuple

from bylines.problems import SettingsError

HOSTS = ("github", "gitlab")
FOLDER = "../blogs"
"""The default folder of the new repository: beside that of Bylines."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")
# The forms of an ssh address in git: `git@host:path` or `ssh://git@host/path`.
_BY_SSH = re.compile(r"(?:ssh://[\w.-]+@([\w.-]+)(?::\d+)?/|[\w.-]+@([\w.-]+):)(\S+)")
_ACCOUNT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")


class Answers(NamedTuple):
    """The answers of a new company, as the checks of their questions return them."""

    name: str
    lang: str
    timezone: str
    accent: str
    url: str
    """The site's address, without a trailing slash."""
    publish_to: str
    """The place its files are published to; empty if not known yet."""
    host: str
    repository: str
    """The address of the content repository on the git host; empty if not known yet."""
    keeper: str
    keeper_name: str
    email: str
    account: str

    def tag(self, today: dt.date) -> str:
        """Return the prefix of feed ids: the address's host, and a year in which it is the company's (RFC 4151, 2.1)."""
        return f"tag:{urllib.parse.urlsplit(self.url).hostname},{today.year}"

    def source_url(self, repository: str = "") -> str:
        """Return the address pattern of a post's file on the git host; empty if the repository is not known."""
        base = repository or self.repository
        between = "/blob/main/content/" if self.host == "github" else "/-/blob/main/content/"
        return f"{base}{between}{{path}}" if base else ""


class Known(NamedTuple):
    """What is known before the first question; empty if unknown."""

    timezone: str = ""
    name: str = ""
    """The user's name and e-mail address, from git's settings."""
    email: str = ""


class Question(NamedTuple):
    """A question: its field in `Answers`, its text, the check of its answer, and the default."""

    field: str
    text: str
    check: Callable[[str], str]
    """Returns the answer in its final form. Raises SettingsError, which says what to give instead."""
    default: Callable[[dict[str, str], Known], str]
    """Returns the default from the earlier answers and what is known; empty if there is none."""
    may_lack: bool = False

    @property
    def option(self) -> str:
        """The command-line option for this answer."""
        return "--" + self.field.replace("_", "-")


def checked(question: Question, answer: str) -> str:
    """Checks an answer and returns its final form. Raises SettingsError with the option, the fault and an example."""
    said = answer.strip()
    if not said and question.may_lack:
        return ""
    if not said:
        raise SettingsError(f"{question.option} is missing: {question.text[0].lower()}{question.text[1:]}; give it")
    if _CONTROL.search(said):
        raise SettingsError(f"{question.option} is {said!r}; it is one line of text without control characters")
    try:
        return question.check(said)
    except SettingsError as error:
        raise SettingsError(f"{question.option} is {said!r}; {error}") from None


def languages() -> list[str]:
    """Return the languages of the interface: English, and those with a translation."""
    from bylines.settings import OWN_THEME
    from bylines.translations import files_in

    found = files_in(os.path.join(OWN_THEME, "templates"))
    return ["en", *(os.path.basename(file).removesuffix(".po") for file in found)]


def _text(said: str) -> str:
    return said


def _lang(said: str) -> str:
    known = languages()
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", said) or said.lower().split("-")[0] not in known:
        raise SettingsError(
            f"it is one of {', '.join(known)}, also with a region, such as en-GB (another: docs/keeper.md, 'Languages')"
        )
    language, dash, rest = said.partition("-")
    return language.lower() + dash + rest


def _timezone(said: str) -> str:
    import zoneinfo

    known = zoneinfo.available_timezones()
    if said not in known:
        raise SettingsError(f"it is a time zone such as {_nearest(said, known, 'Europe/Berlin')}")
    return said


def _nearest(said: str, known: Iterable[str], otherwise: str) -> str:
    """Return the known name that is most similar, also if only its last part was given ('Lisbon'); `otherwise` if none is."""
    folded = {name.casefold(): name for name in sorted(known)}
    word = said.casefold().replace(" ", "_")
    ends = [name for name in folded if name.rpartition("/")[2] == word]
    near = ends or difflib.get_close_matches(word, folded, 1)
    return folded[near[0]] if near else otherwise


def _accent(said: str) -> str:
    from bylines.features.appearance.colour import palette

    colour = said if said.startswith("#") else f"#{said}"
    try:
        palette(colour)
    except SettingsError:
        raise SettingsError("it is a colour such as #8a3324") from None
    return colour.lower()


def _url(said: str) -> str:
    """Checks the address of a site or a repository."""
    try:
        parts = urllib.parse.urlsplit(said)
        parts.port  # noqa: B018 (raises ValueError for what is no port)
    except ValueError:
        parts = urllib.parse.SplitResult("", "", "", "", "")
    right = parts.scheme in ("https", "http") and _HOST.fullmatch(parts.hostname or "") and "@" not in parts.netloc
    if not right or parts.query or parts.fragment or re.search(r"[\s\"'<>\\{}]", said):
        host = said.partition("://")[2] or said
        example = f"https://{host}" if _HOST.fullmatch(host) and "." in host else "https://blogs.example.org"
        raise SettingsError(f"it is an address such as {example}")
    return said.rstrip("/")


def _repository(said: str) -> str:
    """Checks a repository's address. Converts git's ssh forms to the one for a browser."""
    by_ssh = _BY_SSH.fullmatch(said)
    return _url(f"https://{by_ssh[1] or by_ssh[2]}/{by_ssh[3]}" if by_ssh else said).removesuffix(".git")


def _place(said: str) -> str:
    from bylines.publishing.targets import FORMS, parse_address

    try:
        parse_address(said)
    except SettingsError:
        raise SettingsError(f"it is a place such as {FORMS}") from None
    return said


def _host(said: str) -> str:
    if said.lower() not in HOSTS:
        raise SettingsError(f"it is one of {', '.join(HOSTS)}")
    return said.lower()


def _handle(said: str) -> str:
    from bylines.collation import plain
    from bylines.engine.read.names import is_handle

    if not is_handle(said):
        made = plain(said)
        raise SettingsError(
            f"it is a handle of lower-case letters, digits and hyphens, such as {made if is_handle(made) else 'ada'}"
        )
    return said


def _email(said: str) -> str:
    if not _ADDRESS.fullmatch(said):
        raise SettingsError("it is an address such as ada@corp.example")
    return said


def _account(said: str) -> str:
    if not _ACCOUNT.fullmatch(said):
        raise SettingsError("it is the name of an account, without the host and without @")
    return said


def _made_handle(answers: dict[str, str], known: Known) -> str:
    from bylines.collation import plain

    return plain(known.name)


def _made_name(answers: dict[str, str], known: Known) -> str:
    return known.name or answers["keeper"].replace("-", " ").title()


QUESTIONS = (
    Question("name", "The site's name", _text, lambda *_: ""),
    Question("lang", "Its language", _lang, lambda *_: "en"),
    Question("timezone", "Its time zone", _timezone, lambda _, known: known.timezone or "UTC"),
    Question("accent", "The company's colour", _accent, lambda *_: "#8a3324"),
    Question("url", "The address at which people will read it", _url, lambda *_: ""),
    Question(
        "publish_to",
        "Where its files go, as a workflow can reach it: host:/folder, s3://bucket or git:origin#branch (Enter: not known yet)",
        _place,
        lambda *_: "",
        may_lack=True,
    ),
    Question("host", "The git host: github or gitlab", _host, lambda *_: "github"),
    Question(
        "repository",
        "The repository's address there (Enter: not known yet)",
        _repository,
        lambda *_: "",
        may_lack=True,
    ),
    Question("keeper", "Your handle, as in /blogs/…/", _handle, _made_handle),
    Question("keeper_name", "Your name", _text, _made_name),
    Question(
        "email",
        "Your e-mail in git (it is not published)",
        _email,
        lambda _, known: known.email,
        may_lack=True,
    ),
    Question("account", "Your account at the git host", _account, lambda answers, _: answers["keeper"]),
)
"""The questions, in order. The default of a later one may depend on an earlier answer."""
