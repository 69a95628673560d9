"""Messages about aliases."""

from __future__ import annotations

from bylines.problems import NOTE, Message

ALIAS_OF_PROGRAMS = Message(
    "alias-of-programs",
    "no page can lead on from the alias {url}",
    "let the server lead on by the list _redirects or redirects.nginx.map (keeper.md), or remove the alias",
    "Programs load feeds, pictures and the like, and have no use for a page. The lists for servers have the alias.",
    NOTE,
)
ALIAS_OF_ITSELF = Message(
    "alias-of-itself",
    "the alias {url} is where this stands now",
    "remove it",
    "An address cannot lead to itself. The alias is ignored.",
    outcome="the alias is ignored",
)
