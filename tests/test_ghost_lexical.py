"""Posts of Ghost whose export has the tree of the editor and no HTML."""

from __future__ import annotations

import json
from typing import Any

from bylines.imports.formats.lexical import html_of
from tests.building import SmallSite
from tests.importing import ready, run


def _tree(*children: dict[str, Any]) -> str:
    return json.dumps({"root": {"type": "root", "children": list(children)}})


def _text(text: str, form: int = 0) -> dict[str, Any]:
    return {"type": "extended-text", "text": text, "format": form}


def _block(kind: str, *children: dict[str, Any], **keys: str) -> dict[str, Any]:
    return {"type": kind, "children": list(children), **keys}


_WHOLE = _tree(
    _block("extended-heading", _text("The winch"), tag="h2"),
    _block("paragraph", _text("It has a "), _text("voice", 1), _text(" & "), _block("link", _text("more"), url="https://a.example/?a=1&b=2")),
    _block("list", _block("listitem", _text("One")), _block("listitem", _text("Two", 16)), listType="bullet", tag="ul"),
    _block("extended-quote", _text("Said.")),
    {"type": "codeblock", "code": "if a < b:\n    pass", "language": "python"},
    {"type": "bookmark", "url": "https://b.example/", "metadata": {"title": "A mark"}},
    {"type": "embed", "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "html": "<iframe></iframe>"},
    {"type": "markdown", "markdown": "A *card*."},
    {"type": "html", "html": "<p>As it is.</p>"},
    {"type": "callout", "calloutEmoji": "!", "calloutText": "Mind the step."},
    {"type": "toggle", "heading": "Why?", "content": "<p>Because.</p>"},
    {"type": "horizontalrule"},
    {"type": "button", "buttonText": "Go", "buttonUrl": "https://c.example/"},
    {"type": "carousel", "title": "Kept words"},
)  # fmt: skip


def test_each_kind_of_node_becomes_html_and_a_strange_one_is_named_with_its_words_kept() -> None:
    losses: list[str] = []
    made = html_of(_WHOLE, losses)
    assert losses == ["card carousel: its words alone came"]
    for part in (
        "<h2>The winch</h2>",
        '<p>It has a <strong>voice</strong> &amp; <a href="https://a.example/?a=1&amp;b=2">more</a></p>',
        "<ul><li>One</li><li><code>Two</code></li></ul>", "<blockquote>Said.</blockquote>",
        '<pre><code class="language-python">if a &lt; b:\n    pass</code></pre>', '<p><a href="https://b.example/">A mark</a></p>',
        "<em>card</em>", "<p>As it is.</p>", "Mind the step.", "<summary>Why?</summary>", "<hr>",
        '<p><a href="https://c.example/">Go</a></p>', "<p>Kept words</p>",
    ):  # fmt: skip
        assert part in made


def test_a_draft_without_html_comes_whole(site: SmallSite) -> None:
    home = ready(site)
    post = {
        "id": "1",
        "uuid": "u-1",
        "title": "A draft",
        "slug": "a-draft",
        "status": "draft",
        "lexical": _WHOLE,
        "created_at": "2024-05-01",
    }
    broken = {
        **post,
        "id": "2",
        "uuid": "u-2",
        "title": "Broken",
        "slug": "broken",
        "lexical": "{",
        "plaintext": "Words.",
    }
    source = home.write("ghost.json", json.dumps({"db": [{"meta": {}, "data": {"posts": [post, broken]}}]}))
    assert run(home, source, kind="ghost") == 0
    text = (home.folder / "content/blogs/ada/a-draft.md").read_text()
    assert "## The winch" in text
    assert "It has a **voice** & [more](https://a.example/?a=1&b=2)" in text
    assert "```python\nif a < b:\n    pass\n```" in text
    assert "Words." in (home.folder / "content/blogs/ada/broken.md").read_text()
