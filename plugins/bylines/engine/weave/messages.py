"""What weaving says of links, names and addresses."""

from __future__ import annotations

from bylines.problems import ERROR, NOTE, Message

UNKNOWN_MENTION = Message(
    "unknown-mention",
    "{handle} is nobody's handle{near}",
    "mend it, or put it into backticks if it is no person",
    "A mention leads to a person or a group of this site. Any other word after an @ stays text.",
    NOTE,
    outcome="shown as text",
)
BROKEN_LINK = Message(
    "broken-link",
    "{target} leads nowhere",
    "mend the path, or add the file",
    "A relative link or picture names no post, page or file that is published.",
    outcome="published; the link leads nowhere",
    seeks="target",
)
ADDRESS_TAKEN = Message(
    "address-taken",
    "{url} is taken by {holder}",
    "rename one of the two",
    "Two sources want one address (case and Unicode form make no difference). The first by name has it.",
    ERROR,
)
SAME_NAME = Message(
    "same-name",
    "the address is {url}, since {holder} has {plain}",
    "write 'slug: …' for a better address; 'slug: {slug}' keeps this one whatever comes or goes beside it",
    "Two texts of a blog have one name and different dates. The earliest has the address of the name, and the others have "
    "their date before it. A text with an earlier date that is added later takes the address over.",
    NOTE,
)
NO_LANGUAGE_HERE = Message(
    "no-language-here",
    "the address is {url}, and the language {lang}: .{ending} is a part of the name, since no original is here",
    "write 'lang: {ending}' if that is its language; a translation has the name of its original and '.{ending}'",
    "What a file's name ends with is a language only if the original lies beside it.",
    NOTE,
)
UNDECLARED = Message(
    "undeclared",
    "the address is {url}, and the language {lang}: .{ending} is a part of the name, since nobody declares that language",
    "if it is a translation, write 'lang: {ending}', or add {ending} to 'languages' in your profile",
    "What a file's name ends with is a language only if the text, the author's profile or the site's settings name it.",
    NOTE,
)
ALIAS_TAKEN = Message(
    "alias-taken",
    "the alias {url} is taken by {holder}",
    "remove the alias from one of the two",
    "An old address leads to one place only; what stands at an address comes before what stood there.",
    outcome="the old address leads to the other",
)
NEAR_LINK = Message(
    "near-link",
    "{target} leads nowhere, but {near} is there",
    "write {near}",
    "Capitals count in names of files, and a web address begins with https://.",
    outcome="published; the link leads nowhere",
    fixes=True,
)
SAME_ID = Message(
    "same-id",
    "the id {url} is that of {holder}",
    "delete the line 'id: …' of the copy",
    "Feed readers would take two posts for one. The first by name has the id; the other gets one from its path.",
    outcome="published with another id",
)
