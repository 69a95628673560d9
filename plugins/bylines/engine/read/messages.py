"""Messages about a text, its header and its values."""

from __future__ import annotations

from bylines.problems import ERROR, NOTE, Message

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
KEY_OFF = Message(
    "key-off",
    "{key} is a key of {near}, which this site does not have",
    "take it out, or ask your keepers to switch {near} on in BYLINES_FEATURES",
    "The key belongs to a capability that is switched off. It is ignored; everything else is read.",
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
ELSEWHERE = Message(
    "elsewhere",
    "{target} is a picture or recording of another host, which is shown as a link",
    "put the file beside your post, and name it here",
    "Nothing is loaded from elsewhere before a reader clicks: another host would learn who reads what.",
    outcome="shown as a link",
)
ON_A_MACHINE = Message(
    "on-a-machine",
    "{target} is a place on your own machine, where nobody else finds anything",
    "put the file beside your post, and write its name",
    "The link or picture is left out.",
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
