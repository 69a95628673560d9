"""Jekyll's Liquid tags and kramdown's attributes: those that the site has other words for are turned, all others named."""

from __future__ import annotations

import posixpath
import re

from bylines.controls import without_controls
from bylines.imports.export import Export
from bylines.imports.formats.aside import CODE, Aside
from bylines.imports.formats.front import Front
from bylines.imports.linking import SOURCE

_HIGHLIGHT = re.compile(r"\{%-?\s*highlight\s+([\w+#-]+)[^%]*%\}\n?(.*?)\n?[ \t]*\{%-?\s*endhighlight\s*-?%\}", re.S)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.S)
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.S)
_POST = re.compile(r"(?:\{\{\s*site\.(?:baseurl|url)\s*\}\})*\{%-?\s*post_url\s+(\S+?)\s*-?%\}")
_LINK = re.compile(r"(?:\{\{\s*site\.(?:baseurl|url)\s*\}\})*\{%-?\s*link\s+(\S+?)\s*-?%\}")
_BASE = re.compile(r"\{\{\s*site\.(baseurl|url)\s*\}\}/?")
_SETTING = re.compile(r"\{\{-?\s*site\.([a-z]\w*)\s*-?\}\}")
_ADDRESS = re.compile(
    r"\{\{\s*[\"']([^\"']+)[\"']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:baseurl|url))[^}]*\}\}"
)
_YOUTUBE = re.compile(r"\{%-?\s*(?:include\s+)?youtube(?:\.html)?\s+(?:id=)?[\"']?([\w-]{11})[\"']?[^%]*%\}")
_GIST = re.compile(r"\{%-?\s*gist\s+([\w./-]+)[^%]*%\}")
_TAG = re.compile(r"\{%-?\s*(\w+)[^%]*%\}|\{\{-?\s*([^}]+?)\s*-?\}\}")
_ATTRIBUTES = re.compile(r"^[ \t]*\{:[^}\n]*\}[ \t]*$\n?|(?<=\S)\{:[^}\n]*\}", re.M)
_TOC = re.compile(r"^[*-] [^\n]*\n\{:\s*toc[^}]*\}\n?", re.M | re.I)


def liquid(text: str, export: Export, root: str, config: Front, losses: list[str]) -> str:
    """A text without Jekyll's own markup, as far as it has an equal here."""
    aside = Aside()
    text = without_controls(text)
    text = _HIGHLIGHT.sub(lambda found: aside.keep(f"```{found[1]}\n{found[2]}\n```"), text)
    text = _RAW.sub(lambda found: aside.keep(found[1]), text)
    text = CODE.sub(lambda found: aside.keep(found[0]), _COMMENT.sub("", text))
    text = _POST.sub(lambda found: _source(found[1], export, root), text)
    text = _LINK.sub(lambda found: f"{SOURCE}{root}{found[1].lstrip('/')}", text)
    text = _ADDRESS.sub(lambda found: f"/{found[1].lstrip('/')}", text)
    text = _BASE.sub("/", text)
    text = _SETTING.sub(lambda found: config.text(found[1]) or found[0], text)
    text = _YOUTUBE.sub(lambda found: f"<https://www.youtube.com/watch?v={found[1]}>", text)
    text = _GIST.sub(lambda found: f"<https://gist.github.com/{found[1]}>", text)
    if _TOC.search(text):
        losses.append("its table of contents is gone: the site makes one itself")
        text = _TOC.sub("", text)
    _named(text, losses)
    if _ATTRIBUTES.search(text):
        losses.append(f"attributes such as {_ATTRIBUTES.findall(text)[0].strip()} are gone")
        text = _ATTRIBUTES.sub("", text)
    return aside.back(text)


def _source(written: str, export: Export, root: str) -> str:
    """The file of a post that is named by its stem."""
    stem = written.strip("/")
    for name in export.names:
        if "_posts/" in name and posixpath.splitext(name)[0].endswith(f"_posts/{stem}"):
            return f"{SOURCE}{name}"
    wanted = f"/{posixpath.basename(stem)}"
    ends = (name for name in export.names if "_posts/" in name and posixpath.splitext(f"/{name}")[0].endswith(wanted))
    return SOURCE + next(ends, f"{root}_posts/{stem}")


def _named(text: str, losses: list[str]) -> None:
    names = [f"{{% {found[1]} %}}" if found[1] else f"{{{{ {found[2]} }}}}" for found in _TAG.finditer(text)]
    losses += [f"Liquid {name} stays as text" for name in dict.fromkeys(names) if not name.startswith("{% end")]
