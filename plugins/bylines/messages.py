"""Every message that a contributor can get, declared once. `python -m bylines.messages` prints docs/messages.md."""

from __future__ import annotations

import re
from typing import NamedTuple

from bylines.problems import ERROR, NOTE, WARNING, ContentProblem, Level

_LONGEST = 60
# Paths that the build itself names: whoever is to mend something must find them.
_WHOLE = frozenset(("holder", "profile", "nearest"))
# What does harm on a line, and what nobody sees there, though it is what is wrong. (Joiners are letters' own.)
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)


class Message(NamedTuple):
    """One kind of message: what is wrong, how to mend it, and what it means (for the docs)."""

    code: str
    text: str
    mend: str
    meaning: str
    level: Level = WARNING
    """What becomes of the text, as a rule."""

    def at(self, level: Level) -> Message:
        """Return the same message at another level."""
        return self._replace(level=level)

    def problem(self, path: str, line: int = 0, **values: object) -> ContentProblem:
        """The message about a place; `values` are what was written there, shown shortened."""
        shown = {name: str(value) if name in _WHOLE else _short(value) for name, value in values.items()}
        text, mend = self.text.format(**shown), self.mend.format(**shown)
        return ContentProblem(visible(path), line, text, mend, self.level)

    def says(self, message: str) -> bool:
        """Whether a message is of this kind."""
        return self._pattern().fullmatch(message) is not None

    def _pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\\{\w+\\}", ".*", re.escape(self.text)), re.S)


def visible(text: str) -> str:
    """A text on one line of a terminal: what moves a cursor, turns the order round or is seen by nobody is written out."""
    return _CONTROL.sub(_escaped, text)


def _short(value: object) -> str:
    text = visible(str(value))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _escaped(match: re.Match[str]) -> str:
    return ascii(match[0])[1:-1]


# Files that cannot be read
UNREADABLE = Message(
    "unreadable",
    "this cannot be read ({reason})",
    "see to its permissions",
    "The file system does not give the file.",
    ERROR,
)
ODD_NAME = Message(
    "odd-name",
    "this name has a character that no file name on a web site can have",
    "rename it: letters, digits, hyphens",
    "Control characters, backslashes and bytes that are not UTF-8 lead to addresses that cannot be typed.",
    ERROR,
)
LONG_PATH = Message(
    "long-path",
    "this path has more than {limit} bytes",
    "put it into fewer folders, or give them shorter names",
    "Systems take no paths of more than 4,096 bytes, and a page's begins with that of the output.",
    ERROR,
)
SYMLINK = Message(
    "symlink",
    "this is a symbolic link, which is not followed",
    "put the file itself here",
    "A link could lead out of the repository and publish something that nobody meant to.",
    ERROR,
)
NOT_A_FILE = Message(
    "not-a-file",
    "this is neither a file nor a folder",
    "remove it",
    "A device, a socket or a pipe.",
    ERROR,
)
FOLDER = Message(
    "folder",
    "this is a folder where a file is due",
    "rename the folder without the ending, or move its files out",
    "A folder's name ends like that of a post or a profile; nothing in it is read.",
    ERROR,
)
ENDING = Message(
    "ending",
    "a text whose name ends with {ending} is not read",
    "let its name end with .md or .rst",
    "Texts are known by their ending. This one is not published.",
    ERROR,
)
RUNS = Message(
    "runs",
    "{name} is not published, since a browser or a server could run a file that is called so",
    "write it as a post, show it as code in one, or put it into a zip of another name",
    "Whatever runs on this site could act in the reader's name. Keepers can put such a file into a folder of STATIC_PATHS.",
    ERROR,
)
LIKE_A_PAGE = Message(
    "like-a-page",
    "this file begins as a web page does, and is not published, since a browser could open it as one",
    "let its name end with .txt, or put it into a zip",
    "Some web servers do not say what a file is. A browser then looks at the bytes, and runs what looks like a page.",
    ERROR,
)
DRAWING = Message(
    "drawing",
    "this drawing has {what}",
    "save it as plain SVG, or as PNG",
    "An SVG file that runs scripts or loads something from elsewhere is not published.",
    ERROR,
)
PICTURE_BYTES = Message(
    "picture-bytes",
    "this picture has more than {limit} bytes",
    "save it smaller: 2,400 pixels across are enough",
    "A picture above BYLINES_MAX_PICTURE is not published: it would keep readers waiting, and repositories growing.",
    ERROR,
)
PICTURE_PIXELS = Message(
    "picture-pixels",
    "this picture has more than {limit} pixels",
    "save it smaller: 2,400 pixels across are enough",
    "It is not decoded, and not published.",
    ERROR,
)
PICTURE_SIDE = Message(
    "picture-side",
    "this picture is longer than {limit} pixels",
    "cut it into several, or save it smaller",
    "No smaller sizes can be made of it, so it is not decoded, and not published.",
    ERROR,
)
PICTURE_BROKEN = Message(
    "picture-broken",
    "this picture cannot be decoded ({reason})",
    "save it again, as JPEG, PNG or WebP",
    "It is cut off, damaged or no picture, and is not published.",
    ERROR,
)
PICTURE_NAME = Message(
    "picture-name",
    "this picture is {format}, but its name says {wanted}",
    "rename it",
    "It is published, but a browser that believes its name may not show it.",
)
TYPEFACE = Message(
    "typeface",
    "this typeface cannot be read ({reason})",
    "put a TTF or OTF file here",
    "Covers are drawn without it; a title whose letters no typeface has is left out of its cover.",
)
STRAY_PHOTO = Message(
    "stray-photo",
    "this photo is nobody's",
    "name it after a handle, or name it as 'photo' in a profile",
    "It is not published.",
    ERROR,
)
UNREAD = Message(
    "unread",
    "nothing reads this file",
    "move it beside a post, or name its folder in STATIC_PATHS",
    "The file lies where no capability of the site looks for anything.",
    ERROR,
)
NOT_UTF8 = Message(
    "not-utf8",
    "this is not UTF-8{guess}",
    "save it as UTF-8",
    "The file is in another encoding; it is left out, since guessing would garble names.",
    ERROR,
)
TOO_LARGE = Message(
    "too-large",
    "this has more than {limit} bytes",
    "split it into several",
    "A text above BYLINES_MAX_BYTES is left out.",
    ERROR,
)
EMPTY = Message(
    "empty",
    "this file is empty",
    "write something, or remove it",
    "There is nothing to publish.",
    ERROR,
)
# Mended on the way
BOM = Message(
    "bom",
    "this begins with a byte order mark, which was left out",
    "save it as UTF-8 without BOM",
    "Harmless: the text is published.",
    NOTE,
)
CRLF = Message(
    "crlf",
    "this has Windows line ends, which were read as plain ones",
    "save it with LF line ends",
    "Harmless: the text is published.",
    NOTE,
)
CONTROL = Message(
    "control",
    "this has control characters, which were left out",
    "delete them",
    "Harmless: the text is published without them.",
)
# Front matter
NO_HEADER = Message(
    "no-header",
    "this begins without front matter",
    "begin the file with '---', lines such as 'title: …' and 'date: …', and '---'",
    "A post says its title and date in YAML between two lines of three hyphens. It is left out.",
    ERROR,
)
TOML = Message(
    "toml",
    "this begins with TOML front matter",
    "write the lines between '---' and '---' as YAML, 'title: …'",
    "Hugo's '+++' headers are not read. The post is left out.",
    ERROR,
)
OPEN_HEADER = Message(
    "open-header",
    "the front matter is never closed",
    "put a line of three hyphens after it",
    "The closing '---' is missing. The file is left out.",
    ERROR,
)
BAD_YAML = Message(
    "bad-yaml",
    "the header cannot be read ({reason})",
    "look at this line and the one above; put quotes around text with ': ' or '#'",
    "The header cannot be read. The file is left out.",
    ERROR,
)
NO_ALIASES = Message(
    "no-aliases",
    "anchors, aliases and tags of YAML (&, *, !) are not read",
    "write the value out, or put quotes around it",
    "They can make a small file grow without bounds, and nobody needs them here. The file is left out.",
    ERROR,
)
TOO_DEEP = Message(
    "too-deep",
    "this is nested too deeply",
    "write it flat",
    "YAML is read to a depth of eight. The file is left out.",
    ERROR,
)
NOT_A_MAPPING = Message(
    "not-a-mapping",
    "this is not a list of 'key: value' lines",
    "write lines such as 'title: …'",
    "The header is a text or a list where keys with values are due. The file is left out.",
    ERROR,
)
TWICE = Message("twice", "{key} stands here twice", "keep one of them", "The last one counts.")
UNKNOWN_KEY = Message(
    "unknown-key",
    "{key} is not a key that is known here{near}",
    "mend its spelling, or begin it with x_ if it is your own",
    "The key is ignored; everything else is read.",
)
MISSING = Message(
    "missing",
    "{key} is missing",
    "add a line '{key}: …'",
    "The key must be there. The file is left out.",
    ERROR,
)
NO_DATE = Message(
    "no-date",
    "date is missing",
    "add a line 'date: 2026-05-04', or begin the file's name with a date",
    "Without a date a post has no place in any list. It is left out.",
    ERROR,
)
BAD_VALUE = Message(
    "bad-value",
    "{key} is {value}, where {wanted} is due",
    "write {wanted}",
    "The value cannot be used; it is ignored, or the file left out where the key must be there.",
)
BAD_DATE = Message(
    "bad-date",
    "{key} is {value}, which is not a date that is understood",
    "write it as 2026-05-04 or 2026-05-04 09:30",
    "Dates such as 04/05/2026 mean two things to two people, so they are refused.",
)
BAD_ZONE = Message(
    "bad-zone",
    "{key} is {value}, with a time zone that is not known",
    "write an offset (+02:00) or a place (Europe/Berlin)",
    "Short names such as CST mean several zones.",
)
JAM_BACKWARDS = Message(
    "jam-backwards",
    "the jam closes before it opens",
    "let 'closes' be later than 'opens'",
    "A day alone is meant to its end. The jam is left out.",
    ERROR,
)
TOO_MANY = Message("too-many", "{key} has more than {limit} entries", "shorten it", "The first ones count.")
TOO_LONG = Message("too-long", "{key} is longer than {limit} characters", "shorten it", "It is cut there.")
BAD_HANDLE = Message(
    "bad-handle",
    "{handle} is not a handle",
    "use lower-case letters, digits and single hyphens",
    "Handles name people and groups in addresses.",
)
BAD_SLUG = Message(
    "bad-slug",
    "{slug} cannot be the end of an address",
    "use letters, digits and hyphens",
    "A slug has no slash, does not begin with a dot, and has at most 100 characters. The file is left out.",
    ERROR,
)
RESERVED = Message(
    "reserved",
    "{slug} is an address of the site itself",
    "choose another name",
    "Some addresses belong to the site. The file is left out.",
    ERROR,
)
BAD_ALIAS = Message(
    "bad-alias",
    "the alias {value} is not an address of this site",
    "write it as '/old/address/'",
    "Aliases are paths without '..', query or host. This one is ignored.",
)
BAD_FILE = Message(
    "bad-file",
    "{key} is {value}, which is not the name of a file here",
    "name a file without a path",
    "The value is ignored.",
)
NESTED = Message(
    "nested",
    "this text is nested too deeply, or its tables are too wide, to be made into a page",
    "close the HTML tags, write the quotes and lists flat, or give each row of a table its cells",
    "It stands on its page as it was written.",
)
RESTRUCTURED = Message(
    "restructured",
    "this text is too much for the reader of reStructuredText",
    "define each substitution that is used, write shorter paragraphs and fewer directives, or write it as Markdown",
    "It stands on its page as it was written. The reader (docutils) dies of some texts, or would take hours.",
)
FORMULA = Message(
    "formula", "a formula cannot be read ({reason})", "mend its LaTeX", "It stands in the post as it was written."
)
ELSEWHERE = Message(
    "elsewhere",
    "{target} is a picture or recording of another host, which is shown as a link",
    "put the file beside your post, and name it here",
    "Nothing is loaded from elsewhere before a reader clicks: another host would learn who reads what.",
)
SHOWN_TAG = Message(
    "shown-tag",
    "{what} is no HTML that can stand here, and is shown as text",
    "put it between backticks, so that your git host shows it too",
    "A git host hides what it takes for an unknown tag. Here no word is lost.",
    NOTE,
)
HALF_TAG = Message(
    "half-tag",
    "{what} has no other half, and is shown as text",
    "add the tag that begins or ends it, or put it between backticks if you write about it",
    "An element has a tag at its begin and one at its end.",
)
LEFT_OUT = Message(
    "left-out",
    "{what} is left out",
    "show code between lines of ```, and a drawing as a file beside your post",
    "Scripts and styles are not published, with what stands in them. Of forms, fields and drawings only the words stay.",
)
FRAMED = Message(
    "framed",
    "{what} is not loaded into the page, and is shown as a link",
    "write the link alone in a paragraph; a video or slides of a known place can be played there",
    "Nothing is loaded from elsewhere before a reader clicks.",
    NOTE,
)
DRESS = Message(
    "dress",
    "the attribute {what} is left out",
    "remove it",
    "How a text looks is the theme's, and nothing in a text can run. Its words stay.",
    NOTE,
)
SCHEME = Message(
    "scheme",
    "{what} is no address that a link can lead to, so its words stay without one",
    "write an address that begins with https:, mailto: or tel:, or a path",
    "Other kinds of addresses could run something, or lead to programs that a reader may not have.",
)
OF_HTML = {"tag": SHOWN_TAG, "half": HALF_TAG, "left": LEFT_OUT, "frame": FRAMED, "dress": DRESS, "scheme": SCHEME}
"""The message for each kind of remark about somebody's HTML."""
ON_A_MACHINE = Message(
    "on-a-machine",
    "{target} is a place on your own machine, where nobody else finds anything",
    "put the file beside your post, and write its name",
    "The link or picture is left out.",
)
# What is missing around a file
BROKEN_LINK = Message(
    "broken-link",
    "{target} leads nowhere",
    "mend the path, or add the file",
    "A relative link or picture names no post, page or file that is published.",
)
RELATIVE = Message(
    "relative",
    "{key} has the link {target}, which leads nowhere from here",
    "write an address of the site, such as /blogs/ada/, or a whole one",
    "Short texts stand on several pages, so that a relative link in them leads nowhere.",
)
JAM_OUTSIDE = Message(
    "jam-outside",
    "the jam {jam} is open from {opens} to {closes}, and this is dated {date}",
    "take 'jam' out, or ask those who run it for more time",
    "It is published as any other post, and is not among the ideas of the jam.",
)
ADDRESS_TAKEN = Message(
    "address-taken",
    "{url} is taken by {holder}",
    "rename one of the two",
    "Two sources want one address (case and Unicode form make no difference). The first by name has it.",
    ERROR,
)
ALIAS_TAKEN = Message(
    "alias-taken",
    "the alias {url} is taken by {holder}",
    "remove the alias from one of the two",
    "An old address leads to one place only; what stands at an address comes before what stood there.",
)
ALIAS_OF_ITSELF = Message(
    "alias-of-itself",
    "the alias {url} is where this stands now",
    "remove it",
    "An address cannot lead to itself. The alias is ignored.",
)
NO_PROFILE = Message(
    "no-profile",
    "{handle} has no profile",
    "write {profile} with a line 'name: …'",
    "The posts are published under the handle until there is a profile.",
)
NO_PHOTO = Message(
    "no-photo", "the photo {photo} is not here", "add the file beside the profile", "Initials are drawn."
)
UNKNOWN_MEMBER = Message(
    "unknown-member", "the member {handle} has no profile", "mend the handle, or add the profile", "They are left out."
)
UNKNOWN_FOLLOWED = Message(
    "unknown-followed",
    "{handle}, whom this follows, has no profile",
    "mend the handle, or add the profile",
    "They are left out.",
)
SAME_ID = Message(
    "same-id",
    "the id {url} is that of {holder}",
    "delete the line 'id: …' of the copy",
    "Feed readers would take two posts for one. The first by name has the id; the other gets one from its path.",
)
UNKNOWN_HOST = Message(
    "unknown-host",
    "the host {handle} has no profile",
    "mend the handle, or add the profile",
    "The jam is published without this host.",
)
UNKNOWN_AUTHOR = Message(
    "unknown-author",
    "the author {handle} has no profile",
    "mend the handle, or add the profile",
    "The post is published without this author.",
)
NO_ORIGINAL = Message(
    "no-original",
    "there is no post {original} that this could translate",
    "mend translation_of: a post's slug, or handle/slug",
    "The post is published by itself.",
)
FILED = Message(
    "filed",
    "this name is filed under {family}, which may be wrong",
    "write 'sort_name: {ours}' if it is right, else 'sort_name: {other}'",
    "Both the first and the last word are often family names, or the last two may be one. Whoever is looked for is found sooner.",
    NOTE,
)
TOPIC_TWICE = Message(
    "topic-twice",
    "{spelling} is said of {topic} and of {other}",
    "keep it with one of them",
    "A spelling means one topic; the first counts.",
)

# Said by a check, not by a build
SECRET = Message(
    "secret",
    "this looks like a secret ({kind})",
    "take it out, and make it invalid where it is used, since git keeps it; if it is none, add `pragma: allowlist secret`",
    "A key, token or password that is committed is known to whoever has a copy of the repository.",
    ERROR,
)
PERSONAL = Message(
    "personal",
    "this looks like {kind}",
    "take it out, unless whoever it is about wants it here",
    "The site's keepers named the pattern in BYLINES_PERSONAL.",
    ERROR,
)

# Said where a change is to be merged: who may write what (`guard/`)
NOT_YOURS = Message(
    "not-yours",
    "{owner} may write here, and {writer} is {known}",
    "{nearest}",
    "A folder, a profile or a group's blog is changed by somebody who it does not belong to.",
    ERROR,
)
KEEPERS_ONLY = Message(
    "keepers-only",
    "the site's keepers alone may write here, and {writer} is none of them",
    "leave it out of this change, or ask a keeper",
    "Settings, code, templates, workflows and whatever is in nobody's folder.",
    ERROR,
)
UNSAFE_NAME = Message(
    "unsafe-name",
    "this name {what}",
    "rename it: letters, digits, hyphens",
    "Some machines or programs take such a name for something else. Names that begin with a dot are the keepers'.",
    ERROR,
)
TWIN = Message(
    "twin",
    "this name cannot be told from {holder} on every machine",
    "choose another name",
    "Two names that differ by case or Unicode form alone are one file for many computers, and the last one written wins.",
    ERROR,
)
NOT_PLAIN = Message(
    "not-plain",
    "this is {what}",
    "put a plain file here, which nobody can run (git update-index --chmod=-x)",
    "Symbolic links, submodules and programs could lead out of a folder, or run.",
    ERROR,
)
SMUGGLED = Message(
    "smuggled",
    "no commit of this change has written this, and yet it differs",
    "merge the branch that this goes to once more, and leave the file as it is there",
    "A merge can bring back what others have changed since.",
    ERROR,
)
NOT_ALONE = Message(
    "not-alone",
    "{handle} is new, and this is not theirs",
    "take it out; it can follow once the profile is there",
    "Who is new brings their own profile and what lies in their own folder, and nothing else in the same change.",
    ERROR,
)
NOT_FREE = Message(
    "not-free",
    "the handle {handle} is not free: {why}",
    "choose another, or ask a keeper",
    "Nobody comes by a handle that is, or looks like, somebody else's, or that has a folder already.",
    ERROR,
)
NO_OWN_ADDRESS = Message(
    "no-own-address",
    "this new profile is not that of {writer}",
    "{nearest}",
    "A new profile is brought by the person whose it is, or by a keeper.",
    ERROR,
)
ADDRESS_OF_ANOTHER = Message(
    "address-of-another",
    "{email} is an address of {holder}",
    "take it out of emails",
    "An address says who somebody is. Two people cannot have the same one.",
    ERROR,
)
HIDDEN_ADDRESS = Message(
    "hidden-address",
    "{email} does not stand here as it is",
    "write it without escapes and on one line",
    "Profiles are searched for addresses. One that is written otherwise would not be found.",
    ERROR,
)
IN_ANOTHERS_NAME = Message(
    "in-anothers-name",
    "authors name {named}, and this is the blog of {owner}",
    "add {nearest} to authors, or leave authors out",
    "A post stands under the names that it says. Others can be named beside whoever the blog belongs to, not in their place.",
    ERROR,
)
ALIAS_OF_ANOTHER = Message(
    "alias-of-another",
    "the alias {url} is an address of {holder}",
    "take it out of aliases, or ask a keeper",
    "Whoever follows an old link into somebody's blog must not end in another's.",
    ERROR,
)
LEFT_BEHIND = Message(
    "left-behind",
    "the branch that this goes to has it no more",
    "merge that branch into yours once more, or rebase",
    "A file or its folder was moved or deleted since the change began. Git would bring the change to wherever it was moved.",
    ERROR,
)
ODD_COMMIT = Message(
    "odd-commit",
    "this commit {what}",
    "{nearest}",
    "What such a commit brings cannot be said to be anybody's.",
    ERROR,
)
TOO_MUCH = Message(
    "too-much",
    "this change has {what}",
    "split it into several, or squash its commits",
    "A check has to end. The bounds are `most_commits` and `most_files` of writers.yaml.",
    ERROR,
)
BAD_RULES = Message(
    "bad-rules",
    "these rules cannot be read, and after this change nobody could write",
    "mend them: {nearest}",
    "Rules that cannot be read would refuse every later change.",
    ERROR,
)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, Message))


def code_of(problem: ContentProblem) -> str:
    """The code of a problem's message; 'content' for one that a plugin brings."""
    ordered = sorted(ALL, key=lambda message: (message.text.count("{"), -len(message.text)))
    return next((message.code for message in ordered if message.says(problem.message)), "content")


def table() -> str:
    """docs/messages.md: every message with its mend and its meaning."""
    head = (
        "# Messages\n\n"
        "Everything that a build says about what people wrote: `path:line: what is wrong; how to mend it`. "
        "This page is made by `python -m bylines.messages`.\n\n"
        "| code | what is wrong | how to mend it | what it means |\n|---|---|---|---|\n"
    )
    rows = (f"| {m.code} | {_cell(m.text)} | {_cell(m.mend)} | {m.meaning} |\n" for m in ALL)
    return head + "".join(rows)


def _cell(text: str) -> str:
    return re.sub(r"{(\w+):?}", r"*\1*", text).replace("|", "\\|").replace("&", "&amp;")


if __name__ == "__main__":
    print(table(), end="")
