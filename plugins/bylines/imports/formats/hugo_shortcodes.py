"""Converts Hugo's built-in shortcodes to Markdown. Those of themes and sites stay as text and are reported."""

from __future__ import annotations

import html
import posixpath
import re

from bylines.control_characters import without_controls
from bylines.imports.export import Export
from bylines.imports.formats.skipped import SkippedText
from bylines.imports.linking import SOURCE
from bylines.imports.pieces import Piece, replace
from bylines.markup import fences

_HIGHLIGHT = re.compile(r"\{\{[<%]\s*+highlight\s+[\"']?([\w+#-]++)[\"']?[^{}]*[>%]\}\}\n?")
_HIGHLIGHTED = re.compile(r"\n?\{\{[<%]\s*+/\s*+highlight\s*+[>%]\}\}")
_ANY = re.compile(r"\{\{([<%])\s*+(/?)\s*+([\w./-]++)((?>(?:(?!\{\{[<%]|[>%]\}\}).)*))[>%]\}\}", re.S)
# An unclosed quotation ends at the end of the text.
_GIVEN = re.compile(
    r"([\w-]+)\s*=\s*(?:\"((?>(?:[^\"\\]|\\.)*))(?:\"|\\?\Z)|`([^`]*)(?:`|\Z)|([^\s\"]+))"
    r"|\"((?>(?:[^\"\\]|\\.)*))(?:\"|\\?\Z)|`([^`]*)(?:`|\Z)|([^\s\"=`]+)",
    re.S,
)
_ESCAPED = re.compile(r"\{\{([<%])/\*")
_ESCAPED_END = re.compile(r"\*/[>%]\}\}")


def shortcodes(text: str, name: str, content: str, export: Export, losses: list[str]) -> str:
    """Converts the shortcodes in a text. `name` is its file, `content` the content folder; adds to `losses`."""
    skipped = SkippedText()
    text = without_controls(text)
    text = replace(
        text, _HIGHLIGHT, _HIGHLIGHTED, lambda found: skipped.keep(f"```{found.opening[1]}\n{found.inner}\n```")
    )
    text = fences.replace_code(text, lambda code: skipped.keep(_plain(code)))
    text = replace(text, _ESCAPED, _ESCAPED_END, lambda found: skipped.keep(_unescape(found)))
    text = _ANY.sub(lambda found: _render(found, name, content, export, losses), text)
    text = re.sub(r"\n{3,}", "\n\n", text)
    return skipped.restore(text)


def _plain(code: str) -> str:
    return replace(code, _ESCAPED, _ESCAPED_END, _unescape)


def _unescape(found: Piece) -> str:
    return f"{{{{{found.opening[1]} {found.inner.strip()} {found.closing[0][2]}}}}}"


def _render(found: re.Match[str], name: str, content: str, export: Export, losses: list[str]) -> str:
    code, (named, plain) = found[3], _arguments(found[4].rstrip().removesuffix("/"))
    first = plain[0] if plain else ""
    if code == "figure":
        return _figure(named)
    if code in ("ref", "relref"):
        path, sign, fragment = first.partition("#")
        return _source(path, name, content, export) + sign + fragment if path else f"#{fragment}"
    if code == "youtube" and (named.get("id") or first):
        return f"\n\n<https://www.youtube.com/watch?v={named.get('id') or first}>\n\n"
    if code in ("vimeo", "vimeo_simple") and (named.get("id") or first):
        return f"\n\n<https://vimeo.com/{named.get('id') or first}>\n\n"
    if code == "gist" and len(plain) > 1:
        losses.append(f"gist {plain[0]}/{plain[1]} is a link now")
        return f"\n\n<https://gist.github.com/{plain[0]}/{plain[1]}>\n\n"
    if not found[2]:
        losses.append(f"shortcode {code} stays as text")
    return found[0]


def _arguments(text: str) -> tuple[dict[str, str], list[str]]:
    named: dict[str, str] = {}
    plain: list[str] = []
    for key, quoted, ticked, bare, alone, alone_ticked, word in _GIVEN.findall(text):
        if key:
            named[key.lower()] = (quoted or ticked or bare).replace('\\"', '"')
        else:
            plain.append(alone or alone_ticked or word)
    return named, plain


def _figure(given: dict[str, str]) -> str:
    caption = " – ".join(filter(None, (given.get("title"), given.get("caption"), given.get("attr"))))
    alt = given.get("alt") or ""
    title = ' "' + html.unescape(re.sub(r"[*_`]", "", caption)).replace('"', "'") + '"' if caption else ""
    picture = f"![{re.sub(r'[][]', '', alt)}]({given.get('src', '').replace(' ', '%20')}{title})"
    link = given.get("link", "")
    return f"\n\n[{picture}]({link})\n\n" if link else f"\n\n{picture}\n\n"


def _source(path: str, name: str, content: str, export: Export) -> str:
    """Return the target of Hugo's `ref`: looked up below the content folder, then beside the text, then by file name."""
    places = [f"{content}{path.lstrip('/')}", posixpath.normpath(posixpath.join(posixpath.dirname(name), path))]
    for place in places:
        for candidate in (place, f"{place}.md", f"{place}/index.md", f"{place.removesuffix('.md')}/index.md"):
            if candidate in export.sizes:
                return SOURCE + candidate
    by_name = [
        each
        for wanted in (path, f"{path}.md")
        for each in export.by_stem.get(posixpath.splitext(wanted)[0], ())
        if posixpath.basename(each) == wanted
    ]
    return SOURCE + (by_name[0] if len(by_name) == 1 else path)
