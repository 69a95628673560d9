"""What markup says of a text: the message of each remark."""

from __future__ import annotations

from bylines.problems import ERROR, NOTE, Message

MERGE = Message(
    "merge",
    "a merge was not finished here",
    "keep one of the two versions, and delete the lines '<<<<<<<', '=======' and '>>>>>>>'",
    "Git leaves these lines where two people changed the same place. The file is left out.",
    ERROR,
)
FOOTNOTE_TWICE = Message(
    "footnote-twice",
    "the footnote [^{value}] is defined twice",
    "give one of them another name",
    "The first counts, as for the git host; the text of the second is not on the page.",
    outcome="published without the second",
)
FOOTNOTE_UNUSED = Message(
    "footnote-unused",
    "the footnote [^{value}] is called nowhere",
    "write [^{value}] where it belongs, or delete it",
    "Its text is not on the page.",
    outcome="published without it",
)
FOOTNOTE_MISSING = Message(
    "footnote-missing",
    "the footnote [^{value}] is not defined",
    "add a line '[^{value}]: …', or put it between backticks if it is none",
    "It stands in the text as it was written.",
)
FOOTNOTE_SPACE = Message(
    "footnote-space",
    "the footnote [^{value}] has a space in its name",
    "write a hyphen instead, here and where it is called",
    "A footnote's name has no space, here as on the git host, so this is none.",
)
DRAWN_AS_CODE = Message(
    "drawn-as-code",
    "a block of {value} is shown as code",
    "put a picture of it beside the post, and name it here",
    "The git host draws it with scripts. Here nothing runs in a reader's browser that a post brings.",
)
OWN_ANCHOR = Message(
    "own-anchor",
    "{value} is the address of this heading, and not shown",
    "leave it so, though the git host's preview shows the braces",
    "Hugo and kramdown write addresses of headings so.",
    NOTE,
)
SHOWN_TAG = Message(
    "shown-tag",
    "{value} is no HTML that can stand here, and is shown as text",
    "put it between backticks, so that your git host shows it too",
    "A git host hides what it takes for an unknown tag. Here no word is lost.",
    NOTE,
)
HALF_TAG = Message(
    "half-tag",
    "{value} has no other half, and is shown as text",
    "add the tag that begins or ends it, or put it between backticks if you write about it",
    "An element has a tag at its begin and one at its end.",
)
LEFT_OUT = Message(
    "left-out",
    "{value} is left out",
    "show code between lines of ```, and a drawing as a file beside your post",
    "Scripts and styles are not published, with what stands in them. Of forms, fields and drawings only the words stay.",
)
FRAMED = Message(
    "framed",
    "{value} is not loaded before a reader clicks, and stands as a link",
    "leave it so; a video or slides of a known place can be played there, if nothing else stands in the paragraph",
    "Nothing is loaded from elsewhere before a reader clicks.",
    NOTE,
)
NO_ADDRESS = Message(
    "no-address",
    "a link or picture has no address",
    "write it between the parentheses, or take the brackets away",
    "Its words stay without a link.",
    outcome="published without it",
)
DRESS = Message(
    "dress",
    "the attribute {value} is left out",
    "remove it",
    "How a text looks is the theme's, and nothing in a text can run. Its words stay.",
    NOTE,
)
SCHEME = Message(
    "scheme",
    "{value} is no address that a link can lead to, so its words stay without one",
    "write an address that begins with https:, mailto: or tel:, or a path",
    "Other kinds of addresses could run something, or lead to programs that a reader may not have.",
)
SPACED_LINK = Message(
    "spaced-link",
    "{value} is no link, since a space stands before the parenthesis",
    "write {meant}",
    "Markdown takes a link only where nothing stands between its words and its address.",
    outcome="shown as text",
)
SPACE_IN_LINK = Message(
    "space-in-link",
    "{value} is no address, since it has a space in it",
    "write {meant}, or rename the file",
    "Markdown ends an address at a space, unless it stands in angle brackets. The link or picture is shown as text.",
    outcome="shown as text",
)
UNKNOWN_ALERT = Message(
    "unknown-alert",
    "{value} is no kind of alert",
    "write {meant}, or another of [!NOTE], [!TIP], [!IMPORTANT], [!WARNING], [!CAUTION]",
    "Other programs know more kinds. Here, as on GitHub, there are five; anything else is a plain quote.",
    outcome="shown as a quote",
)
OTHER_ALERT = Message(
    "other-alert",
    "{value} begins no alert here",
    "write '> [!{meant}]', and '> ' before each of its lines",
    "It is how other programs write a box with a note. Here they are written as on GitHub.",
    outcome="shown as text",
)
TURNED_LINK = Message(
    "turned-link",
    "{value} is no link, since its brackets are the wrong way round",
    "write {meant}",
    "The words stand in square brackets, the address in parentheses behind them.",
    outcome="shown as text",
)
WIKI_LINK = Message(
    "wiki-link",
    "{value} is no link here",
    "write {meant}",
    "Wikis and note-taking programs link so. A post names the file of what it links to.",
    outcome="shown as text",
)
SHORTCODE = Message(
    "shortcode",
    "{value} is a command of another program, which nothing here carries out",
    "write what it stood for in Markdown, or put it into backticks if you mean the text itself",
    "Hugo, Jekyll, WordPress and others replace such commands. Here they are text.",
    outcome="shown as text",
)
OWN_MACHINE = Message(
    "own-machine",
    "{value} leads each reader to their own machine",
    "write the address that others can reach, or put it into backticks if it is an example",
    "localhost and 127.0.0.1 are the reader's machine, where the page is most likely not to be found.",
    outcome="published; the link leads nowhere",
)
UNDESCRIBED = Message(
    "undescribed",
    "a picture has no description{value}",
    "say in a few words what it shows: ![the winch on the quay](winch.jpg)",
    "Readers who cannot see a picture hear its description. A picture that only decorates has an empty alt in HTML.",
    NOTE,
    outcome="published without it",
)

REMARKS = {message.code: message for message in list(globals().values()) if isinstance(message, Message)}
"""What markup says of a text, by the code of its remark."""
