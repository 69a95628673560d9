"""Converts Jekyll's Liquid tags and kramdown's attributes to Markdown. Those without an equivalent stay, and are reported."""

from __future__ import annotations

import posixpath
import re

from bylines.control_characters import without_controls
from bylines.imports.export import Export
from bylines.imports.formats.front_matter import FrontMatter
from bylines.imports.formats.skipped import SkippedText
from bylines.imports.linking import SOURCE
from bylines.imports.pieces import Piece, replace
from bylines.markup import fences

_HIGHLIGHT = re.compile(r"\{%-?\s*+highlight\s++([\w+#-]++)[^%]*+%\}\n?")
_HIGHLIGHTED = re.compile(r"\{%-?\s*+endhighlight\s*+-?%\}")
_RAW = re.compile(r"\{%-?\s*+raw\s*+-?%\}")
_RAW_END = re.compile(r"\{%-?\s*+endraw\s*+-?%\}")
_COMMENT = re.compile(r"\{%-?\s*+comment\s*+-?%\}")
_COMMENT_END = re.compile(r"\{%-?\s*+endcomment\s*+-?%\}")
# The site's address, in at most two parts, may come before the name of a post or file.
_SITE = r"(?:\{\{\s*+site\.(?:baseurl|url)\s*+\}\}){0,2}"
_POST = re.compile(_SITE + r"\{%-?\s*+post_url\s++(\S+?)\s*-?%\}")
_LINK = re.compile(_SITE + r"\{%-?\s*+link\s++(\S+?)\s*-?%\}")
_BASE = re.compile(r"\{\{\s*site\.(baseurl|url)\s*\}\}/?")
_SETTING = re.compile(r"\{\{-?\s*site\.([a-z]\w*)\s*-?\}\}")
_ADDRESS = re.compile(
    r"\{\{\s*[\"']([^\"']+)[\"']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:baseurl|url))[^{}]*\}\}"
)
_YOUTUBE = re.compile(r"\{%-?\s*(?:include\s+)?youtube(?:\.html)?\s+(?:id=)?[\"']?([\w-]{11})[\"']?[^%]*%\}")
_GIST = re.compile(r"\{%-?\s*gist\s++([\w./-]++)[^%]*+%\}")
_TAG = re.compile(r"\{%-?\s*+(\w++)[^%]*+%\}|\{\{([^{}]++)\}\}")
_ATTRIBUTES = re.compile(r"^[ \t]*\{:[^{}\n]*\}[ \t]*$\n?|(?<=\S)\{:[^{}\n]*\}", re.M)
_TOC = re.compile(r"^[*-] [^\n]*\n\{:\s*toc[^{}]*\}\n?", re.M | re.I)


def liquid(text: str, export: Export, root: str, config: FrontMatter, losses: list[str]) -> str:
    """Converts the Liquid tags in a text. `root` is the site's folder in the export; adds to `losses`."""
    skipped = SkippedText()
    text = without_controls(text)
    text = replace(text, _HIGHLIGHT, _HIGHLIGHTED, lambda found: skipped.keep(_code(found)))
    text = replace(text, _RAW, _RAW_END, lambda found: skipped.keep(found.inner))
    text = fences.replace_code(replace(text, _COMMENT, _COMMENT_END, lambda _: ""), skipped.keep)
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
    _name_unknown_tags(text, losses)
    if _ATTRIBUTES.search(text):
        losses.append(f"attributes such as {_ATTRIBUTES.findall(text)[0].strip()} are gone")
        text = _ATTRIBUTES.sub("", text)
    return skipped.restore(text)


def _code(found: Piece) -> str:
    code = found.inner.rstrip(" \t").removesuffix("\n")
    return f"```{found.opening[1]}\n{code}\n```"


def _source(written: str, export: Export, root: str) -> str:
    """Return the target of `post_url`, which names a post by its file without extension."""
    stem = written.strip("/")
    posts = [name for name in export.by_stem.get(posixpath.basename(stem), ()) if "_posts/" in name]
    exact = [name for name in posts if posixpath.splitext(name)[0].endswith(f"_posts/{stem}")]
    return SOURCE + next(iter((*exact, *posts)), f"{root}_posts/{stem}")


def _name_unknown_tags(text: str, losses: list[str]) -> None:
    names = dict.fromkeys(_name(found) for found in _TAG.finditer(text))
    losses += [f"Liquid {name} stays as text" for name in names if not name.startswith("{% end")]


def _name(found: re.Match[str]) -> str:
    value = (found[2] or "").strip(" \n-")
    return f"{{% {found[1]} %}}" if found[1] else f"{{{{ {value} }}}}"
