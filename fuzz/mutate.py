"""Mutates inputs: flips bits, inserts tokens, repeats, cuts, swaps and splices. Repeatable by its seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

LARGEST = 40_000
"""The most bytes of an input. Larger ones are tested by `tests/test_bombs.py`."""
_ODD = "\0 \1 \2 \3 \x1b \x7f \ufeff \ufffd \u2028 \u202e \u200b \u00ad \u0130 \u212a \ufb00 \u6f22 e\u0301 \U0001f600"
_SIGNS = """--- ... +++ : - # & * ! | > % @ ` ' " , [ ] { } ? ~ << \\ / // .. ../ ./ $ $$ ^ _ ** __ ~~ == < > </ <!-- --> ]]>"""
_VALUES = """null true 0 1e999 -0 2026-01-01 99999-01-01 0000-00-00 !!python/object &a *a <<: {{ }} {% %} ${ {static} |filename|
/etc/passwd tree parent author committer 40000 100644 120000 160000"""
_HTML = """<script> </script> <svg> <math> <p> </p> <a <img <table> <td> <pre> <code> <!DOCTYPE <![CDATA[ <?xml &amp; &#0; &#x1;
href= src= onerror=alert(1) style= id= class= javascript: data: vbscript: http:// https://x.example mailto:a@b.example"""
_MARKDOWN = r"""[^1] [^1]: [[x]] [x]: ![ ]( ](x) \( \[ \frac{ \href{javascript:x}{y} \style{ \color{red} ```math ```js ~~~ ::: @ada
@ | |- |-| >!NOTE [x] include:: raw:: html"""
_KEYS = """title: date: topics: authors: slug: aliases: image: lang: id: status: in_reply_to: x_y: name: bio: links: emails: photo:
:title: :date:"""
_SPACES = ("\n", "\n\n", " ", "\t", "\r", "\r\n", "    ", ".. ", "- [ ] ")
TOKENS = tuple(
    token.encode()
    for token in (*_ODD.split(" "), *" ".join((_SIGNS, _VALUES, _HTML, _MARKDOWN, _KEYS)).split(), *_SPACES)
)
"""Tokens that have a meaning to one of the parsers."""
Mutation = Callable[[random.Random, bytearray, Sequence[bytes]], None]


def mutated(chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """Returns a seed after a random number of mutations, at most 40; sometimes the seed itself."""
    data = bytearray(chance.choice(seeds)[:LARGEST])
    for _ in range(min(40, int(chance.expovariate(0.25)))):
        chance.choice(_STEPS)(chance, data, seeds)
    return bytes(data[:LARGEST])


def _flip(chance: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _token(chance: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    at = chance.randint(0, len(data))
    data[at:at] = chance.choice(TOKENS)


def _at_line(chance: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    """Inserts a token at the beginning of a line, where most of them have a meaning."""
    starts = [0, *(number + 1 for number, byte in enumerate(data) if byte == 10)]
    at = chance.choice(starts)
    data[at:at] = chance.choice(TOKENS) + chance.choice((b"", b" ", b"\n"))


def _cut(chance: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    at = chance.randint(0, len(data))
    del data[at : at + chance.choice((1, 2, 8, 64, 1_000))]


def _again(chance: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    at = chance.randint(0, len(data))
    piece = bytes(data[at : at + chance.choice((1, 2, 4, 16, 200))])
    data[at:at] = piece * chance.choice((1, 2, 10, 150))


def _splice(chance: random.Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    other = chance.choice(seeds)
    start = chance.randint(0, len(other))
    at = chance.randint(0, len(data))
    data[at : at + chance.choice((0, 0, 10, 100))] = other[start : start + chance.choice((5, 50, 500, 5_000))]


def _swap(chance: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


_STEPS: tuple[Mutation, ...] = (_flip, _token, _token, _at_line, _at_line, _cut, _again, _splice, _swap)
