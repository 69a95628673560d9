"""Every message that a contributor can get, declared once. `python -m bylines.messages` prints docs/messages.md."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from bylines.problems import ERROR, NOTE, WARNING, ContentProblem, Level

_LONGEST = 60
# Paths that the build itself names: whoever is to mend something must find them.
_WHOLE = frozenset(("holder", "profile", "nearest", "how"))
# Lines as they should be, which are to be copied.
_LINES = frozenset(("now", "what", "near", "reason", "meant"))
_LONGEST_LINE = 300
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
    outcome: str = ""
    """The same in a few words, where those of the level (`problem_report`) do not say it."""
    fixes: bool = False
    """Whether `check --fix` mends it."""

    def at(self, level: Level) -> Message:
        """Return the same message at another level."""
        return self._replace(level=level)

    def problem(self, path: str, line: int = 0, **values: object) -> ContentProblem:
        """The message about a place; `values` are what was written there, shown shortened."""
        shown = {name: _shown(name, value) for name, value in values.items()}
        text, mend = self.text.format(**shown), self.mend.format(**shown)
        return ContentProblem(visible(path), line, text, mend, self.level, self.code)


def visible(text: str) -> str:
    """A text on one line of a terminal: what moves a cursor, turns the order round or is seen by nobody is written out."""
    return _CONTROL.sub(_escaped, text)


def _shown(name: str, value: object) -> str:
    return str(value) if name in _WHOLE else _short(value, _LONGEST_LINE if name in _LINES else _LONGEST)


def _short(value: object, longest: int = _LONGEST) -> str:
    text = visible(str(value))
    return text if len(text) <= longest else text[: longest - 1] + "…"


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
NOT_SHOWN = Message(
    "not-shown",
    "a file whose name ends with {ending} is not published: browsers cannot show it, and cameras write into it where they were",
    "save it as {nearest}",
    "Pictures and films of cameras that nothing here can read. Whatever they say of a place would be published with them.",
    ERROR,
)
RECORDING = Message(
    "recording",
    "this recording cannot be read ({reason}), so nobody knows whether it says where it was made",
    "save it again, as {nearest}",
    "Recordings are published without positions and serial numbers. One that cannot be read is not published.",
    ERROR,
)
TRACES = Message(
    "traces",
    "this file has {what} in it",
    "save it without (as PDF, export the pictures in it anew), or as another kind of file",
    "Nothing is published that says where it was made, or with which device. Pictures, MP4 and WebM lose that by themselves.",
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
    outcome="published under its name",
)
TYPEFACE = Message(
    "typeface",
    "this typeface cannot be read ({reason})",
    "put a TTF or OTF file here",
    "Covers are drawn without it; a title whose letters no typeface has is left out of its cover.",
    outcome="covers are drawn without it",
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
    outcome="nothing is lost",
    fixes=True,
)
CRLF = Message(
    "crlf",
    "this has Windows line ends, which were read as plain ones",
    "save it with LF line ends",
    "Harmless: the text is published.",
    NOTE,
    outcome="nothing is lost",
    fixes=True,
)
CONTROL = Message(
    "control",
    "this has control characters, which were left out",
    "delete them",
    "Harmless: the text is published without them.",
    outcome="published without them",
)
# Front matter
NO_HEADER = Message(
    "no-header",
    "this begins without front matter",
    "begin the file with '---', lines such as 'title: …' and 'date: …', and '---'",
    "A post says its title and date in YAML between two lines of three hyphens. It is left out.",
    ERROR,
)
OTHER_HEADER = Message(
    "other-header",
    "this begins with {form}, which is not read here",
    "write {now}",
    "Headers of Hugo (TOML, between '+++'), of others in JSON, or without lines of three hyphens are not read. The post is left out. "
    "`check --fix` turns them into a header that is.",
    ERROR,
    fixes=True,
)
TOML = Message(
    "toml",
    "this begins with {form}, which cannot be read here",
    "write the lines between '---' and '---' as YAML, 'title: …'",
    "A header in TOML or JSON that is broken, or more than a list of values, is for its writer to turn into YAML. It is left out.",
    ERROR,
)
LOW_HEADER = Message(
    "low-header",
    "the header begins below {what}",
    "let the file begin with it",
    "A header is one only at the top of a file. The post is left out.",
    ERROR,
)
OPEN_HEADER = Message(
    "open-header",
    "the front matter is never closed",
    "put a line of three hyphens below line {last}",
    "The closing '---' is missing. The file is left out.",
    ERROR,
)
BAD_YAML = Message(
    "bad-yaml",
    "the header cannot be read: {reason}",
    "{now}",
    "A line of the header, or of a YAML file, cannot be understood. The file is left out.",
    ERROR,
)
AS_MEANT = Message(
    "as-meant",
    "{what}, which is read as it was meant",
    "write: {now}",
    "The line says something else by the rules of YAML, or nothing. It is read as people mean it, and the text is published.",
    NOTE,
    fixes=True,
)
COMMENT = Message(
    "comment",
    "'{comment}' is a comment, which nobody sees",
    "if it belongs to the text, write: {now}",
    "A # with two spaces before it and one behind it begins a comment. The text is published without it.",
    NOTE,
)
HELD_LINE = Message(
    "held-line",
    "{what}, so that it is not published",
    "if it may be published, write: {now}",
    "The line cannot be read as it stands, and begins with a word such as WIP or draft. The file is left out.",
    ERROR,
)
MERGE = Message(
    "merge",
    "a merge was not finished here",
    "keep one of the two versions, and delete the lines '<<<<<<<', '=======' and '>>>>>>>'",
    "Git leaves these lines where two people changed the same place. The file is left out.",
    ERROR,
)
NO_ALIASES = Message(
    "no-aliases",
    "a value here begins with &, * or ! and has no quotes",
    'put quotes around it: "…"',
    "YAML would repeat other values there, which can make a small file grow without bounds. The file is left out.",
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
TWICE = Message(
    "twice",
    "{key} stands here twice",
    "keep one of them",
    "The last one counts.",
    outcome="the last one counts",
)
UNKNOWN_KEY = Message(
    "unknown-key",
    "{key} is not a key that is known here{near}",
    "mend its spelling, or begin it with x_ if it is your own",
    "The key is ignored; everything else is read.",
    outcome="this line is ignored",
)
KEY_SPELLED = Message(
    "key-spelled",
    "the key {key} is read as {near}",
    "write: {near}: …",
    "Keys are written in small letters, with underscores. It is read all the same.",
    NOTE,
    fixes=True,
)
KEY_ELSEWHERE = Message(
    "key-elsewhere",
    "{key} is called {near} here, and is not read",
    "write: {near}: …",
    "It is the key of another program. It is ignored; everything else is read.",
    outcome="this line is ignored",
    fixes=True,
)
OPENS = Message(
    "opens",
    "{key} counts, though it is another program's key: nothing is published before {date}",
    "say it with '{near}', or take it out",
    "In doubt the later of two days counts, so a text with such a key is not published too early.",
    NOTE,
    outcome="published from then on",
)
CLOSES = Message(
    "closes",
    "{key} counts, though it is another program's key: nothing is published from {date} on",
    "say it with '{near}', or take it out",
    "In doubt the earlier of two days counts.",
    NOTE,
    outcome="published until then",
)
KEY_MISSPELT = Message(
    "key-misspelt",
    "{key} is no key that is known here, but nearly {near}, and is not read",
    "write: {near}: …, or begin it with x_ if it is your own",
    "It is ignored; everything else is read.",
    outcome="this line is ignored",
    fixes=True,
)
NEAR = Message(
    "near",
    "{key} is {value}, which is read as {near}",
    "write {near}",
    "The value cannot mean anything else. It is read so, and the text is published.",
    NOTE,
    fixes=True,
)
HELD = Message(
    "held",
    "'{said}' can mean that this is not public, so it stays in",
    "take that out to publish it; 'status: draft' keeps it in without this message, 'status: hidden' publishes it in no list",
    "Whatever says 'not yet' or 'not public', in the words of any program, keeps a text in, and the files beside it.",
    ERROR,
)
HELD_STATUS = Message(
    "held-status",
    "status is {value}, which is not understood, so this stays in",
    "write 'status: published' to publish it, 'status: draft' to keep it in, or 'status: hidden' to publish it in no list",
    "Only what plainly says 'published' is.",
    ERROR,
)
HELD_NAME = Message(
    "held-name",
    "'{part}' in this path says that it is not public, so it stays in",
    "give the file or folder another name to publish it",
    "Folders such as `_drafts`, names that begin with an underscore, copies, and what editors leave behind are not published.",
    ERROR,
)
HELD_BLOG = Message(
    "held-blog",
    "'{said}' can mean that this blog is not public, so all of it stays in",
    "take that out to publish it",
    "Neither the profile or `blog.yaml` is published, nor any post or file of that blog.",
    ERROR,
)
POINTER = Message(
    "pointer",
    "this is a pointer of {what}, not the file itself",
    "fetch the file before the build ({how})",
    "A clone without Git LFS or git-annex has a few lines of text in place of each large file. They are not published.",
    ERROR,
)
UNSHOWN = Message(
    "unshown",
    "nothing that is published shows this file, so it stays in",
    "link to it in a post, or move it into the folder of one (`my-post/index.md`)",
    "A file that lies beside no `index.md` is published if a published text links to it.",
    ERROR,
)
DOCUMENT = Message(
    "document",
    "a document of a word processor cannot be read as a post",
    "save it as Markdown with a name that ends with .md, or link to it in a post",
    "It is not published as long as no published text links to it.",
    ERROR,
)
TEXT_NAME = Message(
    "text-name",
    "this looks like a post, but its name ends with {ending}",
    "let its name end with .md",
    "Texts are known by their ending. This one is not published.",
    ERROR,
)
MISPLACED = Message(
    "misplaced",
    "this looks like a post, but none is read here",
    "move it to {nearest}",
    "Posts are read in `content/blogs/<handle>/`, but for the folders `notes`, `replies` and `files`.",
    ERROR,
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
    outcome="this value is ignored",
)
NO_LANGUAGE = Message(
    "no-language",
    "{key} is {value}, which is no language's code",
    "write a language's code, such as de or pt-BR",
    "Browsers, feed readers and search know languages by their codes (BCP 47). The value is ignored.",
)
DOUBTFUL_LANGUAGE = Message(
    "doubtful-language",
    "{key} is {value}, which is {language}",
    "write {code} if {meant} is meant, or {other} if it is right",
    "Some codes of countries are codes of other languages. It is published in the language that the code says.",
)
BAD_DATE = Message(
    "bad-date",
    "{key} is {value}, which is not a date that is understood",
    "write {near}",
    "Dates such as 04/05/2026 mean two things to two people, so they are refused.",
    outcome="this line is ignored",
)
BAD_ZONE = Message(
    "bad-zone",
    "{key} is {value}, with a time zone that is not known",
    "write an offset (+02:00) or a place (Europe/Berlin)",
    "Short names such as CST mean several zones.",
    outcome="this line is ignored",
)
JAM_BACKWARDS = Message(
    "jam-backwards",
    "the jam closes before it opens",
    "let 'closes' be later than 'opens'",
    "A day alone is meant to its end. The jam is left out.",
    ERROR,
)
TOO_MANY = Message(
    "too-many",
    "{key} has more than {limit} entries",
    "shorten it",
    "The first ones count.",
    outcome="the first ones count",
)
TOO_LONG = Message(
    "too-long",
    "{key} is longer than {limit} characters",
    "shorten it",
    "It is cut there.",
    outcome="it is cut there",
)
BAD_HANDLE = Message(
    "bad-handle",
    "{handle} is not a handle",
    "use lower-case letters, digits and single hyphens{near}",
    "Handles name people and groups in addresses.",
    outcome="it is left out",
)
BAD_SLUG = Message(
    "bad-slug",
    "{slug} cannot be the end of an address",
    "use letters, digits and hyphens",
    "A slug has no slash, does not begin with a dot, and has at most 100 characters. The file is left out.",
    ERROR,
)
SLUG_SIGNS = Message(
    "slug-signs",
    "the slug {slug} has signs that no address has",
    "write: slug: {near}",
    "A slug has letters, digits and hyphens. The file is left out.",
    ERROR,
    fixes=True,
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
    "write it as '{near}'",
    "Aliases are paths without '..', query or host. This one is ignored.",
    outcome="the alias is ignored",
)
BAD_FILE = Message(
    "bad-file",
    "{key} is {value}, which is not the name of a file here",
    "name a file without a path{near}",
    "The value is ignored.",
    outcome="this line is ignored",
)
NESTED = Message(
    "nested",
    "this text is nested too deeply, or its tables are too wide, to be made into a page",
    "close the HTML tags, write the quotes and lists flat, or give each row of a table its cells",
    "It stands on its page as it was written.",
    outcome="published as it was written",
)
RESTRUCTURED = Message(
    "restructured",
    "this text is too much for the reader of reStructuredText",
    "define each substitution that is used, write shorter paragraphs and fewer directives, or write it as Markdown",
    "It stands on its page as it was written. The reader (docutils) dies of some texts, or would take hours.",
    outcome="published as it was written",
)
FORMULA = Message(
    "formula",
    "a formula cannot be read ({reason})",
    "mend its LaTeX",
    "It stands in the post as it was written.",
    outcome="shown as it was written",
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
ELSEWHERE = Message(
    "elsewhere",
    "{target} is a picture or recording of another host, which is shown as a link",
    "put the file beside your post, and name it here",
    "Nothing is loaded from elsewhere before a reader clicks: another host would learn who reads what.",
    outcome="shown as a link",
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
ON_A_MACHINE = Message(
    "on-a-machine",
    "{target} is a place on your own machine, where nobody else finds anything",
    "put the file beside your post, and write its name",
    "The link or picture is left out.",
    outcome="published without it",
)
# Texts that were probably meant otherwise
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
IMAGE_ALT = Message(
    "image-alt",
    "image has no description",
    "add a line 'image_alt: …' that says in a few words what it shows",
    "Readers who cannot see the picture hear its description.",
    NOTE,
    outcome="published without it",
)
UNKNOWN_MENTION = Message(
    "unknown-mention",
    "{handle} is nobody's handle{near}",
    "mend it, or put it into backticks if it is no person",
    "A mention leads to a person or a group of this site. Any other word after an @ stays text.",
    NOTE,
    outcome="shown as text",
)
# Dates that keep a text in
FAR_AHEAD = Message(
    "far-ahead",
    "date is {date}, more than a year ahead",
    "mend 'date' unless you mean that day",
    "The post will be published by the first build after its date. A year that is mistyped keeps it back for ever.",
    ERROR,
    outcome="not published before that day",
)
NEVER_SHOWN = Message(
    "never-shown",
    "expires is {expires}, and date is {date}",
    "let 'expires' be later than 'date', or take it out",
    "The post would be gone before it is there, so it is never published.",
    ERROR,
)
# What is missing around a file
BROKEN_LINK = Message(
    "broken-link",
    "{target} leads nowhere",
    "mend the path, or add the file",
    "A relative link or picture names no post, page or file that is published.",
    outcome="published; the link leads nowhere",
)
NO_PLACE = Message(
    "no-place",
    "{target} leads to no heading{near}",
    "write what stands after the # as the heading's own link has it",
    "The page is there, but no heading or id of that name. Readers land at its top.",
    outcome="published; the link leads to the top of the page",
)
RELATIVE = Message(
    "relative",
    "{key} has the link {target}, which leads nowhere from here",
    "write an address of the site, such as /blogs/ada/, or a whole one",
    "Short texts stand on several pages, so that a relative link in them leads nowhere.",
    outcome="published; the link leads nowhere",
)
JAM_OUTSIDE = Message(
    "jam-outside",
    "the jam {jam} is open from {opens} to {closes}, and this is dated {date}",
    "take 'jam' out, or ask those who run it for more time",
    "It is published as any other post, and is not among the ideas of the jam.",
    outcome="published, but not in the jam",
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
NO_PROFILE = Message(
    "no-profile",
    "{handle} has no profile",
    "write {profile} with a line 'name: …'",
    "The posts are published under the handle until there is a profile.",
    outcome="published under the handle",
)
NEAR_LINK = Message(
    "near-link",
    "{target} leads nowhere, but {near} is there",
    "write {near}",
    "Capitals count in names of files, and a web address begins with https://.",
    outcome="published; the link leads nowhere",
    fixes=True,
)
NAMESAKE = Message(
    "namesake",
    "the name {name} is also that of {holder}",
    "nothing has to be done: pages tell the two apart, here by {apart}; 'team' and 'location' in the profiles help",
    "Wherever people of one name are listed, their team stands beside it, else their place, else their handle.",
    NOTE,
)
NO_PHOTO = Message(
    "no-photo",
    "the photo {photo} is not here",
    "add the file beside the profile",
    "Initials are drawn.",
    outcome="initials are drawn",
)
UNKNOWN_MEMBER = Message(
    "unknown-member",
    "the member {handle} has no profile",
    "mend the handle, or add the profile",
    "They are left out.",
    outcome="published without this name",
)
UNKNOWN_FOLLOWED = Message(
    "unknown-followed",
    "{handle}, whom this follows, has no profile",
    "mend the handle, or add the profile",
    "They are left out.",
    outcome="published without this name",
)
SAME_ID = Message(
    "same-id",
    "the id {url} is that of {holder}",
    "delete the line 'id: …' of the copy",
    "Feed readers would take two posts for one. The first by name has the id; the other gets one from its path.",
    outcome="published with another id",
)
UNKNOWN_HOST = Message(
    "unknown-host",
    "the host {handle} has no profile",
    "mend the handle, or add the profile",
    "The jam is published without this host.",
    outcome="published without this name",
)
UNKNOWN_AUTHOR = Message(
    "unknown-author",
    "the author {handle} has no profile",
    "mend the handle, or add the profile",
    "The post is published without this author.",
    outcome="published without this name",
)
NO_ORIGINAL = Message(
    "no-original",
    "there is no post {original} that this could translate",
    "mend translation_of: a post's slug, or handle/slug",
    "The post is published by itself.",
    outcome="published by itself",
)
FILED = Message(
    "filed",
    "this name is filed under {family}, which may be wrong",
    "write 'sort_name: {ours}' if it is right, else 'sort_name: {other}'",
    "Both the first and the last word are often family names, or the last two may be one. Whoever is looked for is found sooner.",
    NOTE,
    outcome="published, and filed as it says",
)
TOPIC_TWICE = Message(
    "topic-twice",
    "{spelling} is said of {topic} and of {other}",
    "keep it with one of them",
    "A spelling means one topic; the first counts.",
    outcome="the first one counts",
)

# Said by a check, not by a build
SECRET = Message(
    "secret",
    "this looks like a secret ({kind})",
    "take it out, and make it invalid where it is used, since git keeps it; if it is none, add `pragma: allowlist secret`",
    "A key, token or password that is committed is known to whoever has a copy of the repository.",
    ERROR,
    outcome="keep it out of the commit",
)
PERSONAL = Message(
    "personal",
    "this looks like {kind}",
    "take it out, unless whoever it is about wants it here",
    "The site's keepers named the pattern in BYLINES_PERSONAL.",
    ERROR,
    outcome="keep it out of the commit",
)

# Said where a change is to be merged: who may write what (`guard/`)
NOT_YOURS = Message(
    "not-yours",
    "{owner} may write here, and {writer} is {known}",
    "{nearest}",
    "A folder, a profile or a group's blog is changed by somebody who it does not belong to.",
    ERROR,
    outcome="refused",
)
KEEPERS_ONLY = Message(
    "keepers-only",
    "the site's keepers alone may write here, and {writer} is none of them",
    "leave it out of this change, or ask a keeper",
    "Settings, code, templates, workflows and whatever is in nobody's folder.",
    ERROR,
    outcome="refused",
)
UNSAFE_NAME = Message(
    "unsafe-name",
    "this name {what}",
    "rename it: letters, digits, hyphens",
    "Some machines or programs take such a name for something else. Names that begin with a dot are the keepers'.",
    ERROR,
    outcome="refused",
)
TWIN = Message(
    "twin",
    "this name cannot be told from {holder} on every machine",
    "choose another name",
    "Two names that differ by case or Unicode form alone are one file for many computers, and the last one written wins.",
    ERROR,
    outcome="refused",
)
NOT_PLAIN = Message(
    "not-plain",
    "this is {what}",
    "put a plain file here, which nobody can run (git update-index --chmod=-x)",
    "Symbolic links, submodules and programs could lead out of a folder, or run.",
    ERROR,
    outcome="refused",
)
SMUGGLED = Message(
    "smuggled",
    "no commit of this change has written this, and yet it differs",
    "merge the branch that this goes to once more, and leave the file as it is there",
    "A merge can bring back what others have changed since.",
    ERROR,
    outcome="refused",
)
NOT_ALONE = Message(
    "not-alone",
    "{handle} is new, and this is not theirs",
    "take it out; it can follow once the profile is there",
    "Who is new brings their own profile and what lies in their own folder, and nothing else in the same change.",
    ERROR,
    outcome="refused",
)
NOT_FREE = Message(
    "not-free",
    "the handle {handle} is not free: {why}",
    "choose another, or ask a keeper",
    "Nobody comes by a handle that is, or looks like, somebody else's, or that has a folder already.",
    ERROR,
    outcome="refused",
)
NO_OWN_ADDRESS = Message(
    "no-own-address",
    "this new profile is not that of {writer}",
    "{nearest}",
    "A new profile is brought by the person whose it is, or by a keeper.",
    ERROR,
    outcome="refused",
)
ADDRESS_OF_ANOTHER = Message(
    "address-of-another",
    "{email} is an address of {holder}",
    "take it out of emails",
    "An address says who somebody is. Two people cannot have the same one.",
    ERROR,
    outcome="refused",
)
HIDDEN_ADDRESS = Message(
    "hidden-address",
    "{email} does not stand here as it is",
    "write it without escapes and on one line",
    "Profiles are searched for addresses. One that is written otherwise would not be found.",
    ERROR,
    outcome="refused",
)
IN_ANOTHERS_NAME = Message(
    "in-anothers-name",
    "authors name {named}, and this is the blog of {owner}",
    "add {nearest} to authors, or leave authors out",
    "A post stands under the names that it says. Others can be named beside whoever the blog belongs to, not in their place.",
    ERROR,
    outcome="refused",
)
ALIAS_OF_ANOTHER = Message(
    "alias-of-another",
    "the alias {url} is an address of {holder}",
    "take it out of aliases, or ask a keeper",
    "Whoever follows an old link into somebody's blog must not end in another's.",
    ERROR,
    outcome="refused",
)
LEFT_BEHIND = Message(
    "left-behind",
    "the branch that this goes to has it no more",
    "merge that branch into yours once more, or rebase",
    "A file or its folder was moved or deleted since the change began. Git would bring the change to wherever it was moved.",
    ERROR,
    outcome="refused",
)
ODD_COMMIT = Message(
    "odd-commit",
    "this commit {what}",
    "{nearest}",
    "What such a commit brings cannot be said to be anybody's.",
    ERROR,
    outcome="refused",
)
TOO_MUCH = Message(
    "too-much",
    "this change has {what}",
    "split it into several, or squash its commits",
    "A check has to end. The bounds are `most_commits` and `most_files` of writers.yaml.",
    ERROR,
    outcome="refused",
)
BAD_RULES = Message(
    "bad-rules",
    "these rules cannot be read, and after this change nobody could write",
    "mend them: {nearest}",
    "Rules that cannot be read would refuse every later change.",
    ERROR,
    outcome="refused",
)

# What leads out where the end of a branch is in order, and an earlier commit of it is not.
_STILL_IN = (
    "it is gone at the end of this branch, but its commit {id} ({subject}) keeps it for good; begin the branch anew without that "
    "commit: with git, `git reset --soft $(git merge-base origin/HEAD HEAD)`, `git commit`, `git push --force-with-lease`; in the "
    "browser, copy your text, close this request, and add the file to a new branch, where it belongs"
)


def still_in(problem: ContentProblem, commit: str, subject: str) -> ContentProblem:
    """Return what is wrong with a file that a branch has no more, with the commit that has it and the way out."""
    mend = _STILL_IN.format(id=commit[:10], subject=f"“{_short(subject)}”" if subject else "without a message")
    return msgspec.structs.replace(problem, mend=mend)


REMARKS = {
    message.code: message
    for message in (
        FOOTNOTE_TWICE, FOOTNOTE_UNUSED, FOOTNOTE_MISSING, FOOTNOTE_SPACE, DRAWN_AS_CODE, OWN_ANCHOR,
        SHOWN_TAG, HALF_TAG, LEFT_OUT, FRAMED, DRESS, SCHEME, NO_ADDRESS,
        SPACED_LINK, SPACE_IN_LINK, UNKNOWN_ALERT, OTHER_ALERT, TURNED_LINK, WIKI_LINK, SHORTCODE, MERGE, OWN_MACHINE, UNDESCRIBED,
    )
}  # fmt: skip
"""What markup says of a text, by the code of its remark."""
ALL = tuple(value for value in list(globals().values()) if isinstance(value, Message))
BY_CODE = {message.code: message for message in ALL}


def table() -> str:
    """docs/messages.md: every message with its mend and its meaning."""
    head = (
        "# Messages\n\n"
        "Everything that a build says about what people wrote: `path:line: what is wrong; how to mend it`. "
        "This page is made by `python -m bylines.messages`.\n\n"
        "| code | level | what is wrong | how to mend it | what it means |\n|---|---|---|---|---|\n"
    )
    rows = (f"| {m.code} | {m.level} | {_cell(m.text)} | {_cell(m.mend)} | {m.meaning} |\n" for m in ALL)
    return head + "".join(rows)


def _cell(text: str) -> str:
    return (
        re.sub(r"{(\w+):?}", r"*\1*", text)
        .replace("|", "\\|")
        .replace("&", "&amp;")
        .replace("[", "\\[")
        .replace("<", "&lt;")
    )


if __name__ == "__main__":
    print(table(), end="")
