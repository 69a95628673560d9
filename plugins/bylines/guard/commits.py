"""Parses a commit: its tree, its parents, and its author's address. `.mailmap` and trailers are ignored."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEAD = re.compile(
    rb"tree (?P<tree>(?:[0-9a-f]{40}|[0-9a-f]{64}))\n(?P<parents>(?:parent (?:[0-9a-f]{40}|[0-9a-f]{64})\n)*)"
    rb"author (?P<name>[^<>\n\0]*?) ?<(?P<email>[^<>\n\0]*)> \d+ [+-]\d+\n"
    rb"committer [^<>\n\0]*<[^<>\n\0]*> \d+ [+-]\d+\n(?!author |committer |parent |tree )"
)
_AGAIN = re.compile(rb"^(?:author|committer|parent|tree) ", re.M)
_LONGEST_SUBJECT = 200
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3


class OddCommitError(Exception):
    """A commit that git itself would not write."""


class Commit(NamedTuple):
    """One commit of a branch."""

    id: str
    tree: bytes
    parents: tuple[str, ...]
    email: str
    """The author's address, normalized; empty if it is none that a profile could hold."""
    subject: str = ""
    """The first line of its message, cut off after 200 bytes."""

    def label(self) -> str:
        """Return the commit's name in messages."""
        return f"commit {self.id[:10]}"


def parse_commit(id_: str, data: bytes) -> Commit:
    """Parse a commit. Raises OddCommitError if it does not have exactly one author, or has a header that git would not write."""
    top, _, message = data.partition(b"\n\n")
    head = top + b"\n"
    found = _HEAD.match(head)
    if found is None or _AGAIN.search(head, found.end()):
        raise OddCommitError
    parents = tuple(found["parents"].decode().split()[1::2])
    email = normalize_address(found["email"].decode(errors="replace"))
    subject = message[:_LONGEST_SUBJECT].strip().partition(b"\n")[0].decode(errors="replace")
    return Commit(id_, bytes.fromhex(found["tree"].decode()), parents, email, subject)


def normalize_address(address: str) -> str:
    """Return an e-mail address in the form for comparison, with A to Z in lower case; empty if it is not an address.

    The part before the @ is lowered too, since no company tells people apart by case. Other letters stay: Unicode case folding
    would equate `ß` with `ss`, or `k` with the Kelvin sign, and so give two people the same address.
    """
    address = address.strip()
    if (
        "@" not in address
        or len(address) > _LONGEST_ADDRESS
        or not address.isprintable()
        or " " in address
        or "\ufffd" in address
    ):
        return ""
    return lower_ascii(address)


def lower_ascii(text: str) -> str:
    """Return a text with the letters A to Z in lower case, and all others unchanged."""
    return text if text.islower() and text.isascii() else "".join(c.lower() if c.isascii() else c for c in text)
