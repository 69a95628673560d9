"""The first sentences of a text, for cards, feeds and previews: whole, readable, never cut within what is read as one sign."""

from __future__ import annotations

import icu
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylines import markup
from bylines.markup import MarkupOptions
from bylines.markup.excerpts import shorten
from tests.building import SmallSite

_OPTIONS = MarkupOptions()
_PLUS = "\n\nAfter it.\n"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("> [!NOTE]\n> Worth knowing. And more." + _PLUS, "Worth knowing. And more."),
        ("- one\n- two **b**\n- three" + _PLUS, "one · two b · three"),
        ("1. One.\n2. Two." + _PLUS, "One. Two."),
        ("$$E=mc^2$$" + _PLUS, "E = mc²"),
        ("The $\\alpha$ is." + _PLUS, "The α is."),
        ("```\ncode\n```" + _PLUS, "After it."),
        ("| a | b |\n|-|-|\n| 1 | 2 |" + _PLUS, "After it."),
        ("## Heading" + _PLUS, "After it."),
        ('![x](a.png "A caption")' + _PLUS, "After it."),
        ("- [A](#a)\n- [B](#b)\n  - [C](#c)" + _PLUS, "After it."),
        ("<details>\n<summary>S</summary>\n\nInside.\n\n</details>" + _PLUS, "After it."),
        ("Text[^1] here.\n\n[^1]: Note\n", "Text here."),
        ("a<br>b", "a b"),
        ("a  \nb", "a b"),
        ("a\\\nb", "a b"),
        ("<div>Block</div>" + _PLUS, "Block"),
        ("https://example.org/x" + _PLUS, "After it."),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字" + _PLUS, "漢字"),
        ("Why:\n\n- a\n- b" + _PLUS, "Why: a · b"),
        ("| a | b |\n|-|-|\n| 1 | 2 |", "a · b · 1 · 2"),
        ("- [ ] task\n- [x] done" + _PLUS, "task · done"),
        ("<p>a</p><p>b</p>", "a"),
        ("---" + _PLUS, "After it."),
        ("```\nonly code\n```", ""),
        ("", ""),
        ("Of <b>bo</b>ld &lt;b&gt;" + _PLUS, "Of bold <b>"),
    ],
)
def test_an_excerpt_is_the_first_words_of_the_text(text: str, begins: str) -> None:
    assert markup.read(text, "md", _OPTIONS)[1].excerpt == begins


@pytest.mark.parametrize("sign", ["👨‍👩‍👧‍👦", "🇩🇪", "e\u0301", "नि", "각", "ก็", "👍🏽", "字", "x"])
def test_no_sign_is_cut(sign: str) -> None:
    found = shorten(sign * 300)
    assert found.endswith("…")
    assert len(found) <= 280
    assert found.removesuffix("…") == sign * (len(found.removesuffix("…")) // len(sign))


def test_sentences_stay_whole() -> None:
    sentence = "A sentence of some length goes on. "
    assert shorten(sentence * 12) == (sentence * 8).strip()
    assert shorten("これは文です。" * 60) == "これは文です。" * 40
    assert shorten("word " * 100).endswith("word…")


def test_thai_is_cut_between_words() -> None:
    words = "ภาษาไทยไม่มีช่องว่าง" * 30
    breaks = icu.BreakIterator.createLineInstance(icu.Locale("th"))
    breaks.setText(words)
    assert len(shorten(words).removesuffix("…")) in set(breaks)


@given(st.text(max_size=900))
def test_whatever_is_written_is_short_and_a_beginning(text: str) -> None:
    found = shorten(text)
    assert len(found) <= 280
    assert text.startswith(found.removesuffix("…")) or found == text


def test_feeds_and_previews_have_the_words_of_a_formula(site: SmallSite) -> None:
    site.post("ada/x.md", "> [!TIP]\n> Power is $P^2$.\n")
    assert site.problems() == []
    assert 'content="Power is P²."' in site.page("blogs/ada/x/index.html")
    assert "Power is P²." in site.page("blogs/ada/index.html")
