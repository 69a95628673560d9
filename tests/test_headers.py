"""Headers: lines that are read without the parser mean what YAML says that they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylines.engine.read import header

_KEYS = st.sampled_from("title date topics x_own a-b null nulls no y 2 Ä".split())
_WORDS = st.sampled_from("a B é 漢 _ 0 true 1e3 C# C++ http://x.y".split())
_ODD = st.sampled_from(": # - , [ ] { } ? ! & * | > % @ ` ' \" ~ . + / = \\ null << a:".split())
_SPACES = st.sampled_from([" ", "  ", " #", ": ", "\t", "\u00a0", "\u200d", "\u2028", "\ufeff", "e\u0301"])
_VALUES = st.lists(st.one_of(_WORDS, _WORDS, _ODD, _SPACES), max_size=6).map("".join)
_LISTS = st.lists(_VALUES, max_size=4).map(lambda items: f"[{', '.join(items)}]")
_LINES = st.tuples(_KEYS, st.sampled_from([": ", ":", ":  "]), st.one_of(_VALUES, _LISTS)).map("".join)


@given(st.lists(_LINES, min_size=1, max_size=3).map("\n".join), st.sampled_from(["\n", "\n", " \n", "\n\n", ""]))
def test_simple_lines_are_what_yaml_makes_of_them(lines: str, end: str) -> None:
    simple = header._simple(lines + end, 2)
    if simple is not None:
        assert simple == header._Composer(lines + end, 2).compose()


@pytest.mark.parametrize(
    "line",
    [
        "title: On Bernoulli, again",
        "title: What is new in C# 12?",
        "date: 2026-05-04T09:30:00Z",
        "topics: [tides, Machine Learning, C++, C#]",
        "image: https://example.com/a.png",
        "x_2: it's 10% & more",
    ],
)
def test_most_lines_are_simple(line: str) -> None:
    text = f"{line}\n"
    assert header._simple(text, 2) == header._Composer(text, 2).compose()


@pytest.mark.parametrize("text", ["", "\n", "title:\n", "title: a", "title: a: b\n", "title: null\n", "a: b\n c\n"])
def test_other_lines_are_for_the_parser(text: str) -> None:
    assert header._simple(text, 2) is None


@pytest.mark.parametrize(
    ("written", "value"), [("", None), (" ~", None), (" null", None), (" 'null'", "null"), (" nulls", "nulls")]
)
def test_nothing_is_nothing_unless_it_is_quoted(written: str, value: str | None) -> None:
    found = header.parse_yaml(f"title:{written}\n", 2)
    assert found.value[0][1].value == value
