"""The kinds of contributors' files that are not published: pages for a browser, programs, and files that servers obey.

Everything is served from one origin, so one person's page or script could act in the name of any reader. We do not know the
web servers: some run programs by their ending, and some state no type for certain endings, so that a browser guesses it from
the bytes (WHATWG, MIME Sniffing, 7.1).
"""

from __future__ import annotations

import posixpath
import re

from bylines.engine.read import ReadOptions
from bylines.engine.read.text import looks_like_a_post
from bylines.features.files import messages
from bylines.pictures.endings import NOT_DECODED
from bylines.records import Reading

BEGINNING = 1_500
"""The number of bytes at a file's beginning that are checked. Browsers look at 1,445."""
_MEANT_AS_TEXTS = (".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn", ".md", ".rst")
# Files that a browser opens as a page, running its scripts, or as a part of a page.
_PAGES = frozenset(
    "html htm xhtml xht xhtm shtml shtm stm mht mhtml xml xsl xslt xbl svgz rdf rss atom opml rng wsdl mml hta htc vml swf "
    "js mjs cjs jsm es wasm css appcache webmanifest manifest wbn eml msg url webloc lnk".split()
)
# Files that some servers run. Apache's `AddHandler` finds the first ones anywhere in a name (`x.php.bak`).
_RUN_ANYWHERE = frozenset(
    "php php3 php4 php5 php7 php8 phtml phps phar pht cgi fcgi asp aspx jsp jspx htaccess".split()
)
_RUN = frozenset("ascx ashx asmx asa cer cshtml jspf jsf cfm cfml pl pm lua htpasswd htgroup var".split())
# Camera formats that no browser plays. `ts` and `mod` are left out, since other kinds of files have them too.
_NOT_SHOWN = NOT_DECODED | frozenset("mts m2ts m2t insv lrv lrf 360 avi wmv asf vob mxf braw r3d".split())
_OBEYED = frozenset("web.config nginx.conf".split())
_LIKE_A_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?[\t\n\x0c\r ]*<(?:!--|\?xml|!doctype[ >]|(?:html|head|script|iframe|h1|div|font|table|a|style|title|b"
    rb"|body|br|p|svg|math|object|embed|meta|base|form|img|video|audio|link)[\t\n\x0c\r />])",
    re.I,
)
# Every server declares these as plain text, so no browser guesses their type.
_PLAIN = (".txt", ".csv")


_TEXT_WITHIN = re.compile(r"\.(?:md|rst|markdown)\.(?:txt|text|docx?|rtf|odt)\Z", re.I)


def is_refused(name: str) -> bool:
    """Return whether a file's name shows that it must not be published as it is."""
    base = posixpath.basename(name).lower()
    endings = base.split(".")[1:]
    if base in _OBEYED or base.endswith(_MEANT_AS_TEXTS) or not _RUN_ANYWHERE.isdisjoint(endings):
        return True
    return bool(endings) and endings[-1] in (_PAGES | _RUN | _NOT_SHOWN)


def read_refused(name: str, data: bytes, options: ReadOptions) -> Reading:
    """Return a reading with a message that says why the file is not published."""
    ending = posixpath.splitext(name)[1]
    if name.lower().endswith(_MEANT_AS_TEXTS):
        return Reading(None, (messages.ENDING.problem(_shown(name, options), ending=ending),))
    if ending.lower()[1:] in _NOT_SHOWN:
        nearest = "JPEG, PNG or WebP" if ending.lower()[1:] in NOT_DECODED else "MP4 (H.264)"
        return Reading(None, (messages.NOT_SHOWN.problem(_shown(name, options), ending=ending, nearest=nearest),))
    return Reading(None, (messages.RUNS.problem(_shown(name, options), name=posixpath.basename(name)),))


def read_file(name: str, data: bytes, options: ReadOptions) -> Reading:
    """Return a reading without a record, with a message if the file cannot be published. `data` is the file's beginning."""
    if _TEXT_WITHIN.search(name) or looks_like_a_post(data):
        ending = posixpath.splitext(name)[1] or "no ending"
        return Reading(None, (messages.TEXT_NAME.problem(_shown(name, options), ending=ending),))
    if name.lower().endswith(_PLAIN) or not _LIKE_A_PAGE.match(data):
        return Reading(None)
    return Reading(None, (messages.LIKE_A_PAGE.problem(_shown(name, options)),))


def _shown(name: str, options: ReadOptions) -> str:
    return f"{options.root}/{name.removeprefix('content/')}"
