"""Sorts out the HTML that a writer wrote: allowed HTML stays, and tags that are probably meant as words are shown as text.

This pass runs on the output of an engine, before the policy. Without it, a browser and the policy would silently drop unknown
tags, and everything after a `<title>`. It does not make a text safe; the policy does.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Container
from typing import NamedTuple

from bylines.markup import elements, embeds
from bylines.markup.external_media import is_external

# A tag as browsers read it (HTML, 13.2.5). A `<` within one begins another, unless it stands in quotes.
_TAG = re.compile(
    r"<(/?)([a-zA-Z][^\s/<>]*+)"
    r"""((?>(?:[\s/]++|[^\s/<>][^\s/<>=]*+(?>(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?=>)|[^\s<>"'][^\s<>]*+))?))*))>"""
)
_LONGEST = 4_096
_MOST_LONG = 50
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_STYLING = re.compile(r"""[\s"'](style|on[a-z]{3,30})\s*=""", re.I)
_SOURCE = re.compile(r"""<source\b[^<>]*?\bsrc\s*=\s*["']?([^\s"'<>]+)""", re.I)
# An anchor, which many writers never close.
_ANCHOR = re.compile(r"""^(?!.*\shref\s*=)<a\s.*?\b(?:id|name)\s*=""", re.I | re.S)
_OF_ENGINE = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
# What a browser takes for a comment though it is none, and the end that its writer would expect.
_ODD = (("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))
_COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.S)
_BEFORE_A_WORD, _AFTER_A_WORD = " (\"'“‘/,", " .,;:!?)\"'”’/"


class HtmlFinding(NamedTuple):
    """What this pass did with one piece of a writer's HTML."""

    kind: str
    """The code of its message."""
    text: str
    """The text that the message quotes."""
    written: str
    """How the piece begins in the source, to find its line."""
    nth: int = 0
    """How many equal pieces stand before it in the text."""


class _Open(NamedTuple):
    place: int
    """Its index in the pieces of the output."""
    tag: str
    nth: int
    goes: bool
    """Whether its tags are removed."""


class _Scope:
    """A part of the text within which elements must end: the whole text, a table, or a cell."""

    def __init__(self, kind: str = "") -> None:
        self.kind = kind
        self.opened: dict[str, list[_Open]] = {}


class RawHtml:
    """One pass over the output of an engine. `own` holds the offsets of each `<` that the writer wrote."""

    def __init__(self, made: str, own: Container[int]) -> None:
        self.findings: list[HtmlFinding] = []
        self._made = made
        self._lowered = made.lower()
        self._own = own
        self._out: list[str] = []
        self._scopes = [_Scope()]
        self._engine: list[str] = []
        self._open: Counter[str] = Counter()
        self._seen: Counter[str] = Counter()
        self._texts: Counter[str] = Counter()
        self._foreign: list[str] = []
        self._foreign_among_words = False
        self._engine_end = self._elsewhere_until = -1
        self._long = _MOST_LONG
        self._ends: dict[str, int] = {}
        self._comments_end = made.rfind("->")

    def run(self) -> str:
        """Return the whole text with the writer's HTML sorted out; `findings` then tells what was done."""
        put = at = 0
        while (start := self._made.find("<", at)) >= 0:
            if start not in self._own and (at := self._engine_tag(start)):
                continue
            self._out.append(self._made[put:start])
            put = at = self._own_tag(start) if start in self._own else self._as_text(start, start + 1)
        self._out.append(self._made[put:])
        while self._scopes:
            self._settle()
        return "".join(self._out)

    # The engine's own tags stay. They tell where there are words.

    def _engine_tag(self, start: int) -> int:
        """Note a tag that the engine made. Return the offset of its end, or 0 if it is no tag."""
        found = _OF_ENGINE.match(self._made, start)
        if not found:
            return 0
        closing, name = found.groups()
        if closing:
            self._engine_end_tag(name)
        elif name not in elements.BREAKS and name not in elements.VOID:
            self._engine.append(name)
            self._open[name] += 1
            if name == "table" or name in elements.CELLS:
                self._scopes.append(_Scope("engine"))
        self._engine_end = found.end()
        return self._engine_end

    def _engine_end_tag(self, name: str) -> None:
        if self._foreign and self._foreign_among_words and name in elements.LEAVES:
            self._foreign.clear()
        if name not in self._engine[-3:]:
            return
        while self._engine:
            ended = self._engine.pop()
            self._open[ended] -= 1
            if ended == "table" or ended in elements.CELLS:
                while len(self._scopes) > 1 and self._scopes[-1].kind != "engine":
                    self._settle()
                if len(self._scopes) > 1:
                    self._settle()
            if ended == name:
                return

    def _is_among_words(self, start: int) -> bool:
        """Return whether the engine took this place for a part of a sentence, not for a block."""
        leaf = self._engine[-1] if self._engine else ""
        return leaf in elements.LEAVES and (leaf not in ("li", "dd") or self._made[start - 1] != "\n")

    # The writer's own tags

    def _own_tag(self, start: int) -> int:
        found = self._tag(start)
        if found is None:
            return self._not_a_tag(start)
        name = found[2].lower()
        nth = self._seen[found[0]]
        self._seen[found[0]] += 1
        if self._foreign and name not in elements.REMOVED:
            return self._in_foreign(found, name, nth)
        if found[1]:
            return self._end(found, name, nth)
        return self._start(found, name, nth)

    def _tag(self, start: int) -> re.Match[str] | None:
        found = _TAG.match(self._made, start, start + _LONGEST)
        if found is None and self._long and start + _LONGEST < len(self._made):
            self._long -= 1
            found = _TAG.match(self._made, start)
        return found

    def _not_a_tag(self, start: int) -> int:
        made = self._made
        if made.startswith("<!--", start):
            found = _COMMENT.match(made, start) if start < self._comments_end else None
            if found is None:
                self._comments_end = -1
                self._say("half-tag", "<!--", "<!--", 0)
                return self._as_text(start, start + 1)
            return found.end()
        for begins, ends in _ODD:
            if made.startswith(begins, start):
                end = made.find(ends, start) if self._has_end(ends, start) else -1
                stop = end + len(ends) if end >= 0 else start + 1
                self._say("shown-tag", made[start : min(stop, start + 60)], made[start:stop], 0)
                return self._as_text(start, stop, alone=True)
        if made[start + 1 : start + 2].isalpha():
            piece = made[start : start + 40].partition("\n")[0]
            self._say("shown-tag", piece, piece, 0)
        return self._as_text(start, start + 1)

    def _as_text(self, start: int, end: int, *, alone: bool = False) -> int:
        text = html.escape(self._made[start:end], quote=False)
        self._out.append(f"<p>{text}</p>" if alone and not self._engine and end - start > 1 else text)
        return end

    def _has_end(self, end: str, start: int) -> bool:
        """Return whether `end` occurs after an offset. Its last place is cached, else many searches would take quadratic time."""
        if end not in self._ends:
            self._ends[end] = self._lowered.rfind(end)
        return self._ends[end] > start

    def _say(self, kind: str, text: str, written: str, nth: int) -> None:
        self.findings.append(HtmlFinding(kind, " ".join(text.split()), written, nth))

    def _show(self, found: re.Match[str], nth: int, kind: str = "shown-tag") -> int:
        self._say(kind, found[0], found[0], nth)
        if not found[1]:
            self._texts[found[2].lower()] += 1
        return self._as_text(found.start(), found.end())

    def _keep(self, found: re.Match[str], name: str, nth: int) -> int:
        if found[3]:
            for dress in _STYLING.findall(found[3]):
                self._say("dress", f"{dress.lower()} of <{name}>", found[0], nth)
        self._out.append(found[0])
        return found.end()

    # Tags that begin something

    def _start(self, found: re.Match[str], name: str, nth: int) -> int:
        has_attributes = bool(found[3].strip(" \t\n/"))
        if name in elements.FRAMES or name == "script":
            replaced = self._link_instead_of_frame(found, name, nth)
            if replaced:
                return replaced
        if name in elements.REMOVED:
            return self._remove(found, name, nth)
        if name in elements.BREAKS:
            return self._keep(found, name, nth)
        if name in elements.VOID:
            return self._void(found, name, nth) if has_attributes else self._show(found, nth)
        if name in elements.FOREIGN and self._has_end(f"</{name}", found.start()):
            return self._begin_foreign(found, name, nth)
        if name not in elements.KEPT and name not in elements.UNWRAPPED:
            return self._unknown(found, name, nth)
        if self._is_a_word(found, name, has_attributes) or not (self._belongs(name) or self._is_a_block(found, name)):
            return self._show(found, nth)
        if found[3].endswith("/") and name not in elements.MAY_STAY_OPEN:
            return self._self_closing(found, name, nth) if has_attributes else self._show(found, nth)
        goes = (
            name not in elements.KEPT
            or not self._belongs(name)
            or (name in ("video", "audio") and self._is_elsewhere(found, name))
        )
        return self._begin(found, name, nth, goes=goes)

    def _belongs(self, name: str) -> bool:
        """Return whether an element stands within one that may contain it."""
        if name in elements.OF_TABLES:
            return self._in_own_table()
        within = elements.WITHIN.get(name)
        return within is None or any(self._open[parent] for parent in within)

    def _in_own_table(self) -> bool:
        return self._scopes[-1].kind in ("cell", "table")

    def _is_a_block(self, found: re.Match[str], name: str) -> bool:
        """Return whether an element stands between paragraphs with an end tag, if not where it belongs: `<caption>` above a table."""
        return not self._is_among_words(found.start()) and self._has_end(f"</{name}", found.start())

    def _is_a_word(self, found: re.Match[str], name: str, has_attributes: bool) -> bool:
        """Return whether a tag that needs no end tag stands in a sentence like a word."""
        if name not in elements.MAY_STAY_OPEN or has_attributes or not self._is_among_words(found.start()):
            return False
        after = self._made[found.end() : found.end() + 1]
        begins = self._made[found.start() - 1] in _BEFORE_A_WORD or self._engine_end == found.start()
        return begins and (after in _AFTER_A_WORD or self._made.startswith("</", found.end()))

    def _begin(self, found: re.Match[str], name: str, nth: int, *, goes: bool) -> int:
        if name in elements.OF_TABLES and self._scopes[-1].kind == "cell":
            self._settle()
        self._scopes[-1].opened.setdefault(name, []).append(_Open(len(self._out), found[0], nth, goes))
        self._open[name] += 1
        if goes:
            self._out.append("")
            if name in elements.SAID and found[3].strip():
                self._say("left-out", f"<{name}>", found[0], nth)
        else:
            self._keep(found, name, nth)
        if name == "table" or name in elements.CELLS:
            self._scopes.append(_Scope("table" if name == "table" else "cell"))
        return found.end()

    def _self_closing(self, found: re.Match[str], name: str, nth: int) -> int:
        """Close an element such as `<a name="x"/>`, which browsers would leave open to the end of the text."""
        if name in elements.KEPT:
            self._keep(found, name, nth)
            self._out.append(f"</{name}>")
        return found.end()

    def _void(self, found: re.Match[str], name: str, nth: int) -> int:
        if name == "source" and not self._belongs(name):
            return self._show(found, nth)
        if name == "source" and found.start() < self._elsewhere_until:
            return found.end()
        if name == "input":
            given = _attributes(found[3])
            if given.get("type", "").lower() != "checkbox":
                self._say("left-out", found[0], found[0], nth)
                return found.end()
            if "disabled" not in found[3].lower():
                self._say("left-out", found[0], found[0], nth)
        if name in elements.KEPT and (name != "col" or self._in_own_table()):
            return self._keep(found, name, nth)
        return found.end()

    def _unknown(self, found: re.Match[str], name: str, nth: int) -> int:
        # Word writes `<o:p></o:p>` and the like wherever a paragraph is empty.
        if ":" in name and not self._engine and self._has_end(f"</{name}", found.start()):
            return found.end()
        return self._show(found, nth)

    # Tags that end something

    def _end(self, found: re.Match[str], name: str, nth: int) -> int:
        if name == "br":
            self._out.append("<br>")
            return found.end()
        if name in elements.CELLS and self._scopes[-1].kind == "cell":
            self._settle()
        elif name == "table":
            self._end_of_table()
        elif name in elements.OF_TABLES and self._scopes[-1].kind == "cell":
            self._settle()
        opened = self._pop(name)
        if opened is None:
            return self._unmatched_end(found, name, nth)
        if not opened.goes:
            self._out.append(found[0])
        return found.end()

    def _end_of_table(self) -> None:
        kinds = [scope.kind for scope in self._scopes[-3:]]
        if "table" not in kinds or "engine" in kinds[kinds.index("table") :]:
            return
        while self._scopes[-1].kind != "table":
            self._settle()
        self._settle()

    def _pop(self, name: str) -> _Open | None:
        for scope in reversed(self._scopes[-3:]):
            if scope.opened.get(name):
                self._open[name] -= 1
                return scope.opened[name].pop()
            if scope.kind in ("cell", "engine"):
                return None
        return None

    def _unmatched_end(self, found: re.Match[str], name: str, nth: int) -> int:
        if self._texts[name]:
            self._texts[name] -= 1  # its start tag is shown as text, too, and was reported
            return self._as_text(found.start(), found.end())
        if ":" in name and not self._engine:
            return found.end()
        if name in elements.VOID or name == "hr":
            return found.end()
        is_known = name in elements.KEPT or name in elements.UNWRAPPED or name in elements.FRAMES
        if is_known and not self._is_among_words(found.start()):
            return found.end()
        return self._show(found, nth, "half-tag" if is_known else "shown-tag")

    def _settle(self) -> None:
        """End a scope. Start tags that are still open in it are shown as text."""
        scope = self._scopes.pop()
        for name, opened in scope.opened.items():
            self._open[name] -= len(opened)
            if name in elements.MAY_STAY_OPEN:
                continue
            for each in opened:
                if name == "a" and _ANCHOR.search(each.tag):
                    self._out[each.place] += "</a>"
                    continue
                self._out[each.place] = html.escape(each.tag, quote=False)
                self._say("half-tag", each.tag, each.tag, each.nth)

    # What is removed, and what replaces it

    def _remove(self, found: re.Match[str], name: str, nth: int) -> int:
        if self._is_among_words(found.start()) or not self._has_end(f"</{name}", found.end() - 1):
            return self._show(found, nth)
        end = self._lowered.find(f"</{name}", found.end())
        self._say("left-out", f"<{name}>", found[0], nth)
        after = self._made.find(">", end)
        return after + 1 if after >= 0 else len(self._made)

    def _link_instead_of_frame(self, found: re.Match[str], name: str, nth: int) -> int:
        """Write a link instead of a frame or of a gist's script. Return the offset after it, or 0 if there is nothing to link to."""
        given = _attributes(found[3])
        address = given.get("src" if name == "script" else elements.FRAMES[name], "").strip()
        if not embeds.is_useful(address) or (name == "script" and not embeds.is_gist(address)):
            return 0
        if name == "embed" and self._open["object"]:
            return found.end()
        page = embeds.page_of(address)
        link = embeds.link(page, given.get("title", ""))
        self._out.append(link if self._is_among_words(found.start()) or self._open["p"] else f"<p>{link}</p>")
        self._say("framed", page, found[0], nth)
        if name == "object":
            return self._begin_object(found, nth)
        if name in ("embed", "frame") or found[3].endswith("/"):
            return found.end()
        return self._after_content(found.end(), name)

    def _begin_object(self, found: re.Match[str], nth: int) -> int:
        if self._has_end("</object", found.start()):
            self._scopes[-1].opened.setdefault("object", []).append(_Open(len(self._out), found[0], nth, True))
            self._open["object"] += 1
            self._out.append("")
        return found.end()

    def _after_content(self, start: int, name: str) -> int:
        """Return the offset after an element whose content is only for browsers that do not support it."""
        if not self._has_end(f"</{name}", start - 1):
            return start
        end = self._lowered.find(f"</{name}", start)
        other = self._lowered.find(f"<{name}", start, end)
        stop = self._made.find(">", end)
        return start if other >= 0 or stop < 0 or self._made.find("\n\n", start, end) >= 0 else stop + 1

    def _is_elsewhere(self, found: re.Match[str], name: str) -> bool:
        """Return whether all files of a recording are on other hosts. Then write only the first, which later becomes a link."""
        given = _attributes(found[3])
        if given.get("src") or not self._has_end(f"</{name}", found.start()):
            return False
        end = self._lowered.find(f"</{name}", found.end(), found.end() + _LONGEST)
        sources = [html.unescape(address) for address in _SOURCE.findall(self._made, found.end(), max(end, 0))]
        if not sources or not all(is_external(address) for address in sources):
            return False
        self._elsewhere_until = end
        title = html.escape(given.get("title") or given.get("aria-label") or "")
        self._out.append(f'<{name} src="{html.escape(sources[0])}" title="{title}"></{name}> ')
        return True

    def _begin_foreign(self, found: re.Match[str], name: str, nth: int) -> int:
        if not found[3].endswith("/"):
            self._foreign.append(name)
            self._foreign_among_words = self._is_among_words(found.start())
        self._say("left-out", f"<{name}>", found[0], nth)
        return found.end()

    def _in_foreign(self, found: re.Match[str], name: str, nth: int) -> int:
        root = self._foreign[-1]
        if name == root:
            if found[1] and self._has_end(f"</{name}", found.end()):
                self._foreign.pop()
            elif found[1]:
                self._foreign.clear()
            elif not found[3].endswith("/"):
                self._foreign.append(name)
        elif not found[1] and name in elements.FRAMES:
            self._link_instead_of_frame(found, name, nth)
        if root == "svg":
            self._out.append(" ")
        return found.end()


def _attributes(rest: str) -> dict[str, str]:
    """Return the attributes of a tag. If one is given twice, the first counts."""
    found: dict[str, str] = {}
    for key, *values in _ATTRIBUTE.findall(rest):
        found.setdefault(key.lower(), html.unescape("".join(values)))
    return found
