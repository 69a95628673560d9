"""Which files of contributors are published as they are: none that a browser opens as a page, that runs, or that a server obeys.

Everything is served from one place, so a page or a script of one person could act in the name of whoever reads it. What is
published lies on web servers that we do not know: some run programs by their ending, some say of no ending what it is, and
then a browser looks at the bytes (WHATWG, MIME Sniffing, 7.1).
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
"""Bytes of a file that are looked at; browsers look at 1,445."""
_MEANT_AS_TEXTS = (".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn", ".md", ".rst")
# What a browser opens as a page, with the scripts in it, or as a part of one.
_PAGES = frozenset(
    "html htm xhtml xht xhtm shtml shtm stm mht mhtml xml xsl xslt xbl svgz rdf rss atom opml rng wsdl mml hta htc vml swf "
    "js mjs cjs jsm es wasm css appcache webmanifest manifest wbn eml msg url webloc lnk".split()
)
# What servers run where they are set up so; of the first ones Apache's `AddHandler` hears anywhere in a name (`x.php.bak`).
_RUN_ANYWHERE = frozenset(
    "php php3 php4 php5 php7 php8 phtml phps phar pht cgi fcgi asp aspx jsp jspx htaccess".split()
)
_RUN = frozenset("ascx ashx asmx asa cer cshtml jspf jsf cfm cfml pl pm lua htpasswd htgroup var".split())
# What cameras write and no browser plays; `ts` and `mod` are others' endings, too.
_NOT_SHOWN = NOT_DECODED | frozenset("mts m2ts m2t insv lrv lrf 360 avi wmv asf vob mxf braw r3d".split())
_OBEYED = frozenset("web.config nginx.conf".split())
_LIKE_A_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?[\t\n\x0c\r ]*<(?:!--|\?xml|!doctype[ >]|(?:html|head|script|iframe|h1|div|font|table|a|style|title|b"
    rb"|body|br|p|svg|math|object|embed|meta|base|form|img|video|audio|link)[\t\n\x0c\r />])",
    re.I,
)
# Every server says of these that they are plain text, and no browser then looks further.
_PLAIN = (".txt", ".csv")


_TEXT_WITHIN = re.compile(r"\.(?:md|rst|markdown)\.(?:txt|text|docx?|rtf|odt)\Z", re.I)


def is_refused(name: str) -> bool:
    """Whether a file's name alone says that it is not published as it is."""
    base = posixpath.basename(name).lower()
    endings = base.split(".")[1:]
    if base in _OBEYED or base.endswith(_MEANT_AS_TEXTS) or not _RUN_ANYWHERE.isdisjoint(endings):
        return True
    return bool(endings) and endings[-1] in (_PAGES | _RUN | _NOT_SHOWN)


def read_refused(name: str, data: bytes, options: ReadOptions) -> Reading:
    """Says why a file is not published."""
    ending = posixpath.splitext(name)[1]
    if name.lower().endswith(_MEANT_AS_TEXTS):
        return Reading(None, (messages.ENDING.problem(_shown(name, options), ending=ending),))
    if ending.lower()[1:] in _NOT_SHOWN:
        nearest = "JPEG, PNG or WebP" if ending.lower()[1:] in NOT_DECODED else "MP4 (H.264)"
        return Reading(None, (messages.NOT_SHOWN.problem(_shown(name, options), ending=ending, nearest=nearest),))
    return Reading(None, (messages.RUNS.problem(_shown(name, options), name=posixpath.basename(name)),))


def read_file(name: str, data: bytes, options: ReadOptions) -> Reading:
    """Nothing is kept of a file; a message says why it is not published. `data` is its beginning."""
    if _TEXT_WITHIN.search(name) or looks_like_a_post(data):
        ending = posixpath.splitext(name)[1] or "no ending"
        return Reading(None, (messages.TEXT_NAME.problem(_shown(name, options), ending=ending),))
    if name.lower().endswith(_PLAIN) or not _LIKE_A_PAGE.match(data):
        return Reading(None)
    return Reading(None, (messages.LIKE_A_PAGE.problem(_shown(name, options)),))


def _shown(name: str, options: ReadOptions) -> str:
    return f"{options.root}/{name.removeprefix('content/')}"
