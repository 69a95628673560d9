"""Laws of what changes a header where it stands: it says the same but for what was changed, and every other line stays."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bylines.renaming import body, edit_front_matter
from bylines.renaming.rename_map import RenameMap
from tests.bombs import soon

_NAMES = st.sampled_from("title date authors topics slug lang summary".split())
_TEXTS = st.one_of(
    st.sampled_from(
        ["ada", "ada, grace", "it's", 'say "so"', "a: b", "# no", "[x]", "", "2026-01-02", "ünï", "null", "- x"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=8),
)
_ENDS = st.sampled_from(["\n", "\r\n"])


def _said(value: str, quotes: str) -> str:
    if quotes == "'":
        return "'" + value.replace("'", "''") + "'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def _lists(draw: st.DrawFn, values: list[str]) -> str:
    items = [_said(value, draw(st.sampled_from("'\""))) for value in values]
    form = draw(st.sampled_from(["flow", "spaced", "trailing", "block", "indented"]))
    if form == "flow" or not items:
        return f" [{', '.join(items)}]"
    if form in ("spaced", "trailing"):
        return f" [ {' , '.join(items)}{' ,' * (form == 'trailing')} ]"
    indent = "  " if form == "indented" else ""
    return "".join(f"\n{indent}- {item}{draw(st.sampled_from(['', ' # note']))}" for item in items)


@st.composite
def _headers(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    """A header's text, and what it says; always with a list of aliases, or without."""
    lines, says = [], {}
    for name in draw(st.lists(_NAMES, unique=True, max_size=4)):
        says[name] = draw(_TEXTS)
        lines.append(
            f"{name}: {_said(str(says[name]), draw(st.sampled_from(chr(39) + chr(34))))}{draw(st.sampled_from(['', '   # note']))}"
        )
        lines += draw(st.sampled_from([[], ["# a line of its own"], [""]]))
    aliases = draw(st.none() | st.lists(st.sampled_from(["/a/", "/b/", "/c d/", "/e,f/"]), unique=True, max_size=3))
    if aliases is not None:
        says["aliases"] = aliases
        lines.insert(draw(st.integers(0, len(lines))), f"aliases:{draw(_lists(aliases))}")
    return "\n".join(lines) + "\n" * bool(lines), says


def _file(text: str, end: str) -> str:
    return f"---\n{text}---\nThe body, with ---.\n---\n".replace("\n", end)


def _read(text: str) -> dict[str, object]:
    found = edit_front_matter.header_of("content/blogs/ada/x.md", text)
    assert found is not None
    says: dict[str, object] = yaml.load(text[found.start : found.end], Loader=yaml.BaseLoader) or {}
    return says


def _kept(before: str, after: str, named: str) -> bool:
    """Whether each line but those of a key stands there as before."""
    lines = after.splitlines()
    return all(line in lines for line in before.splitlines() if named not in line and not line.lstrip().startswith("-"))


@given(_headers(), _ENDS, st.sampled_from(["/new/", "/n, w/", "/a/x/"]))
def test_an_item_more_is_all_that_is_said_more(found: tuple[str, dict[str, object]], end: str, item: str) -> None:
    text = _file(found[0], end)
    at = edit_front_matter.header_of("x.md", text)
    assert at is not None
    made = edit_front_matter.with_item(text, at, "aliases", item)
    before = _read(text)
    assert _read(made) == {**before, "aliases": [*before.get("aliases", []), item]}  # type: ignore[misc]
    assert _kept(text, made, "aliases")
    assert made[made.index("The body") :] == text[text.index("The body") :]
    again = edit_front_matter.header_of("x.md", made)
    assert again is not None
    assert _read(edit_front_matter.without_item(made, again, "aliases", item)).get("aliases", []) == before.get(
        "aliases", []
    )


@given(_headers(), _ENDS, _TEXTS.filter(bool))
def test_a_key_is_put_or_replaced_and_nothing_else(found: tuple[str, dict[str, object]], end: str, value: str) -> None:
    text = _file(found[0], end)
    at = edit_front_matter.header_of("x.md", text)
    assert at is not None
    for key in ("id", "title"):
        made = edit_front_matter.with_key(text, at, key, value)
        assert _read(made) == {**_read(text), key: value}
        assert _kept(text, made, f"{key}:")


@given(_headers(), _ENDS)
def test_values_change_where_they_stand(found: tuple[str, dict[str, object]], end: str) -> None:
    text = _file(found[0], end)
    at = edit_front_matter.header_of("x.md", text)
    assert at is not None
    same = edit_front_matter.with_values(text, at, lambda scalar: scalar.value)
    assert same == text
    made = edit_front_matter.with_values(
        text, at, lambda scalar: f"{scalar.value}, x: y" if scalar.path[-1:] == ("title",) else scalar.value
    )
    before = _read(text)
    assert _read(made) == ({**before, "title": f"{before['title']}, x: y"} if "title" in before else before)


_PARTS = st.sampled_from(["ada", "grace", "x.md", "x", "folder", "index.md", "..", "a.png", "."])


@given(
    st.lists(_PARTS, min_size=1, max_size=5).map("/".join),
    st.sampled_from(["ada/x.md", "ada/folder/index.md", "grace/y.md"]),
)
def test_a_link_leads_where_it_led(written: str, place: str) -> None:
    import posixpath

    moved = RenameMap(handles={"ada": "king"}, files={"content/blogs/ada": "content/blogs/king"})
    source = f"content/blogs/{place}"
    led = posixpath.normpath(posixpath.join(posixpath.dirname(source), written))
    new = moved.link(written, source)
    leads = posixpath.normpath(posixpath.join(posixpath.dirname(moved.source(source)), new))
    assert leads == moved.source(led)


@pytest.mark.parametrize("piece", ["[", "](<", "[x]: <", "`` ` ", "```x\n", "```x `\n"])
def test_the_time_to_change_a_text_grows_with_its_size(piece: str) -> None:
    text = f"@ada [a](b)\n\n{piece * (200_000 // len(piece))}"
    with soon():
        made = body._substitute(text, "md", {"b": "c"}, {"ada": "@bea"})
    assert made.startswith("@bea [a](c)\n\n")


def test_code_in_a_text_stays() -> None:
    texts = (
        "@ada `@ada` ``@ada ` @ada`` @ada\n```\n@ada\n```\n@ada\n",
        "~~~ x\n@ada\n```\n@ada\n~~~~\n@ada ` @ada\n   ````\n@ada\n```\n",
    )
    assert [body._substitute(text, "md", {}, {"ada": "@bea"}) for text in texts] == [
        "@bea `@ada` ``@ada ` @ada`` @bea\n```\n@ada\n```\n@bea\n",
        "~~~ x\n@ada\n```\n@ada\n~~~~\n@bea ` @bea\n   ````\n@ada\n```\n",
    ]
