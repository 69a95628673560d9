"""Converts the tree of Ghost's editor (Lexical, since Ghost 5) to HTML, for exports that contain no HTML.

https://github.com/TryGhost/Koenig, `packages/kg-default-nodes`: the names of nodes and their keys. Pure.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable
from typing import Any

_FORMATS = ((1, "strong"), (2, "em"), (4, "del"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup"), (128, "mark"))
_SIMPLE = {
    "paragraph": "p",
    "quote": "blockquote",
    "extended-quote": "blockquote",
    "aside": "blockquote",
    "listitem": "li",
}
_DEEPEST = 100


def html_of(tree: str, losses: list[str]) -> str:
    """Converts a Lexical tree (JSON) to HTML; unknown cards are reported in `losses`. Raises ValueError if it is no such tree."""
    root = json.loads(tree).get("root")
    if not isinstance(root, dict):
        raise ValueError("it has no root")
    return _Text(losses).all(root)


class _Text:
    """Converts the nodes of one text, and notes what was lost."""

    def __init__(self, losses: list[str]) -> None:
        self._losses = losses
        self._depth = 0

    def all(self, node: dict[str, Any]) -> str:
        """Return the HTML of a node's children; empty below 100 levels."""
        children = node.get("children")
        if self._depth >= _DEEPEST or not isinstance(children, list):
            return ""
        self._depth += 1
        made = "".join(self._one(each) for each in children if isinstance(each, dict))
        self._depth -= 1
        return made

    def _one(self, node: dict[str, Any]) -> str:
        kind = str(node.get("type"))
        if kind in _SIMPLE:
            return f"<{_SIMPLE[kind]}>{self.all(node)}</{_SIMPLE[kind]}>"
        if kind in ("link", "autolink"):
            return _link(_text(node, "url"), self.all(node))
        if kind in ("heading", "extended-heading", "list"):
            tag = _text(node, "tag")
            tag = tag if tag in ("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol") else "p"
            return f"<{tag}>{self.all(node)}</{tag}>"
        return _CARDS[kind](node) if kind in _CARDS else self._unknown(kind, node)

    def _unknown(self, kind: str, node: dict[str, Any]) -> str:
        """Return the text of an unknown card, which is also reported."""
        self._losses.append(f"card {kind}: its words alone came")
        return self.all(node) or "".join(f"<p>{_safe(node, key)}</p>" for key in _WORDS if _text(node, key))


_WORDS = (
    "header",
    "subheader",
    "heading",
    "title",
    "productTitle",
    "text",
    "description",
    "productDescription",
    "content",
)


def _text(node: dict[str, Any], key: str) -> str:
    value = node.get(key)
    return value if isinstance(value, str) else ""


def _safe(node: dict[str, Any], key: str) -> str:
    return html.escape(_text(node, key))


def _link(url: str, words: str) -> str:
    return f'<a href="{html.escape(url)}">{words}</a>'


def _link_card(key: str, *names: str) -> Callable[[dict[str, Any]], str]:
    """Returns a renderer for cards that become a link in a paragraph; `names` are the keys of its text, in order."""

    def made(node: dict[str, Any]) -> str:
        url = _text(node, key)
        words = next(filter(None, (_safe(node, name) for name in names)), html.escape(url))
        return f"<p>{_link(url, words)}</p>{_caption(node)}"

    return made


def _caption(node: dict[str, Any]) -> str:
    caption = _text(node, "caption") or _text(node, "fileCaption")
    return f"<p>{caption}</p>" if caption else ""


def _words(node: dict[str, Any]) -> str:
    made = _safe(node, "text")
    said = node.get("format")
    form = said if isinstance(said, int) else 0
    for bit, tag in _FORMATS:
        made = f"<{tag}>{made}</{tag}>" if form & bit else made
    return made


def _image(node: dict[str, Any]) -> str:
    picture = f'<img src="{_safe(node, "src")}" alt="{_safe(node, "alt")}">'
    picture = _link(_text(node, "href"), picture) if _text(node, "href") else picture
    caption = _text(node, "caption")
    return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>" if caption else f"<p>{picture}</p>"


def _gallery(node: dict[str, Any]) -> str:
    images: Iterable[Any] = node["images"] if isinstance(node.get("images"), list) else ()
    return "".join(_image(each) for each in images if isinstance(each, dict)) + _caption(node)


def _bookmark(node: dict[str, Any]) -> str:
    about = node.get("metadata")
    title = _safe(about, "title") if isinstance(about, dict) else ""
    return f"<p>{_link(_text(node, 'url'), title or html.escape(_text(node, 'url')))}</p>{_caption(node)}"


def _code(node: dict[str, Any]) -> str:
    return f'<pre><code class="language-{_safe(node, "language")}">{_safe(node, "code")}</code></pre>{_caption(node)}'


def _toggle(node: dict[str, Any]) -> str:
    return f"<details><summary>{_text(node, 'heading')}</summary>{_text(node, 'content')}</details>"


def _callout(node: dict[str, Any]) -> str:
    return f"<blockquote><p>{_safe(node, 'calloutEmoji')} {_text(node, 'calloutText')}</p></blockquote>"


def _markdown(node: dict[str, Any]) -> str:
    from bylines.markup.engines import engine_html
    from bylines.markup.options import MarkupOptions

    return engine_html(_text(node, "markdown"), "md", MarkupOptions())[0]


_CARDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "text": _words, "extended-text": _words, "linebreak": lambda _: "<br>", "tab": lambda _: " ", "horizontalrule": lambda _: "<hr>",
    "image": _image, "gallery": _gallery, "bookmark": _bookmark, "codeblock": _code, "toggle": _toggle, "callout": _callout,
    "markdown": _markdown, "html": lambda node: _text(node, "html"), "embed": _link_card("url"), "paywall": lambda _: "",
    "button": _link_card("buttonUrl", "buttonText"), "file": _link_card("src", "fileTitle", "fileName"),
    "audio": _link_card("src", "title"), "video": _link_card("src", "fileName"),
}  # fmt: skip
