"""Rewrites the links and pictures of a Markdown or reStructuredText source in place, and changes nothing else."""

from __future__ import annotations

import html
import re

from bylines.control_characters import without_controls
from bylines.imports.dom import Link, address
from bylines.imports.model import Form
from bylines.markup import fences

_LABEL = r"(?:[^][\\]|\\.|\[(?:[^][\\]|\\.)*\])*"
_TARGET = r"<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*"
_INLINE = re.compile(rf"(!?)\[({_LABEL})\]\([ \t]*+({_TARGET})([ \t]++(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)")
_DEFINITION = re.compile(r"^([ ]{0,3}\[(?!\^)[^]\n]+\]:[ \t]*)<?([^\s>]+)>?", re.M)
_IMAGE = re.compile(r"<img\b[^<>]*>", re.I)
_SOURCE = re.compile(r"(\ssrc=)([\"'])(.*?)\2", re.I | re.S)
_ALT = re.compile(r"\salt=([\"'])(.*?)\1", re.I | re.S)
_HREF = re.compile(r"(<a\b[^<>]*?\shref=)([\"'])(.*?)\2", re.I | re.S)
_DIRECTIVE = re.compile(
    r"^([ \t]*\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?(?:image|figure)::[ \t]*)(\S(?:[^\n]*\S)?)[ \t]*$", re.M
)
_WITH_OPTIONS = re.compile(
    r"^(?P<in>[ \t]*)\.\.[ \t]+(?:image|figure)::[ \t]*(?P<target>\S(?:[^\n]*\S)?)[ \t]*\n"
    r"(?P<given>(?:(?P=in)[ \t]+:[\w-]+:[^\n]*(?:\n|\Z))*)",
    re.M,
)
_RST_ALT = re.compile(r":alt:[ \t]*([^\n]+)")
_MEDIUM = re.compile(r"(<(?:video|audio|source)\b[^<>]*?\ssrc=)([\"'])(.*?)\2", re.I | re.S)
_NAMED = re.compile(r"(`[^`<]*<)([^<>`]+)(>`__?)")
_HYPERLINK = re.compile(r"^([ \t]*\.\.[ \t]+_[^:\n]+:[ \t]+)(\S+)[ \t]*$", re.M)


def relink(text: str, form: Form, link: Link) -> str:
    """Replaces each address in a text by what `link` returns for it, except in code."""
    text = without_controls(text)
    if form == "rst":
        return _restructured(text, link)
    codes: list[str] = []

    def kept(code: str) -> str:
        codes.append(code)
        return f"\x02{len(codes) - 1}\x02"

    made = _markdown(fences.replace_code(text, kept), link)
    return re.sub(r"\x02(\d+)\x02", lambda found: codes[int(found[1])], made)


def _markdown(text: str, link: Link) -> str:
    text = _INLINE.sub(lambda found: _inline(found, link), text)
    text = _DEFINITION.sub(lambda found: f"{found[1]}{address(link(found[2], False)) or found[2]}", text)
    text = _IMAGE.sub(lambda found: _image(found[0], link), text)
    text = _MEDIUM.sub(
        lambda found: f"{found[1]}{found[2]}{_attribute(link(html.unescape(found[3]), False))}{found[2]}", text
    )
    return _HREF.sub(
        lambda found: f"{found[1]}{found[2]}{_attribute(link(html.unescape(found[3]), False))}{found[2]}", text
    )


def _inline(found: re.Match[str], link: Link) -> str:
    sign, label, target, title = found[1], found[2], found[3].strip("<>"), found[4] or ""
    if not sign:
        inner = _INLINE.sub(lambda each: _inline(each, link), label) if "](" in label else label
        if "](" in inner and not inner.startswith("!"):
            inner = re.sub(
                r"\[([^][]*)\]\([^()]*\)", r"\1", inner
            )  # a missing picture inside a link became a link: keep its text
        return f"[{inner}]({address(link(target, False)) or target}{title})"
    new = address(link(target, True))
    if not new:
        return label
    if new.startswith(("http://", "https://", "//")):
        return f"[{label or new.rpartition('/')[2]}]({new}{title})"
    return f"![{label}]({new}{title})"


def _image(tag: str, link: Link) -> str:
    source = _SOURCE.search(tag)
    if source is None:
        return tag
    new = link(html.unescape(source[3].strip()), True)
    alt = _ALT.search(tag)
    words = alt[2] if alt else ""
    if not new:
        return words
    if new.startswith(("http://", "https://", "//")):
        return f'<a href="{_attribute(new)}">{words or html.escape(new.rpartition("/")[2])}</a>'
    return tag[: source.start(3)] + _attribute(new) + tag[source.end(3) :]


def _attribute(target: str) -> str:
    return html.escape(target)


def _restructured(text: str, link: Link) -> str:
    text = _WITH_OPTIONS.sub(lambda found: _directive(found, link), text)
    text = _DIRECTIVE.sub(
        lambda found: found[0] if "|" not in found[1] else f"{found[1]}{link(found[2], True) or found[2]}", text
    )
    text = _NAMED.sub(lambda found: f"{found[1]}{link(found[2], False)}{found[3]}", text)
    return _HYPERLINK.sub(lambda found: f"{found[1]}{link(found[2], False)}", text)


def _directive(found: re.Match[str], link: Link) -> str:
    """Return an image or figure directive with its new address; a link or the alt text if the picture is not in the export."""
    new = link(found["target"], True)
    if new and not new.startswith(("http://", "https://", "//")):
        return found[0].replace(found["target"], new, 1)
    alt = _RST_ALT.search(found["given"])
    words = re.sub("[`<>]", "", alt[1] if alt else found["target"].rpartition("/")[2]).strip()
    return f"{found['in']}`{words} <{new}>`__\n" if new else f"{found['in']}{words}\n"
