"""Takes the pictures of docs/: each kind of page (`pages.md`), each piece of the theme in its states (`pieces.md`), the cover.

`python tools/screenshots.py OUTPUT` opens a built demo in Chromium, in light and dark. A piece that is not found stops it,
so the lists below are right or the pictures are not made.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browsing import opened_browser, served  # noqa: E402 (the repository is no package)

_DOCS = ROOT / "docs"
_DESK, _PHONE = (1280, 900), (360, 780)
_HEIGHT = 560
"""The height of a picture in docs/pages, in pixels."""
_SCHEMES = ("light", "dark")
_GAP = 16
_ROUND = 12
"""The pixels that are shown around a piece."""


class Kind(NamedTuple):
    """A kind of page, with an example."""

    name: str
    path: str
    about: str
    at: str = ""
    """A selector for the element to scroll to."""


class Piece(NamedTuple):
    """A piece of the theme in one of its states, and where to find it in the demo."""

    name: str
    state: str
    path: str
    selector: str
    act: str = ""
    """The action before the picture is taken: `hover`, `focus`, `click` or `type:TEXT`."""
    width: int = _DESK[0]


KINDS = (
    Kind("home", "/", "What is new from many people, what is talked about, who is new."),
    Kind("directory", "/blogs/", "All blogs by the blogger's name."),
    Kind("facet", "/directory/teams/", "The directory by team, place, language or year."),
    Kind("blog", "/blogs/kofi-mensah/", "A person and what they write."),
    Kind("group", "/blogs/slack-water/", "A blog of several people."),
    Kind("post", "/blogs/tomasz-zielinski/a-bearing-is-a-promise/", "To be read for an hour."),
    Kind(
        "post-end",
        "/blogs/kofi-mensah/averages-lie-at-sea/",
        "Where a post leads to.",
        at=".disclaimer, .answer, .ways-on",
    ),
    Kind(
        "post-rtl", "/blogs/yael-baron/arbaim-turbinot/", "From right to left, in a site that runs from left to right."
    ),
    Kind("topics", "/topics/", "What people write about."),
    Kind("topic", "/topics/tides/", "A topic: its posts, whom to ask, what goes with it."),
    Kind("jams", "/jams/", "Calls for ideas: what is open, to come, closed."),
    Kind("jam", "/jams/the-next-boat/", "A jam and the ideas that came."),
    Kind("page", "/guidelines/", "A page of the site's own."),
    Kind("search", "/search/?q=tide", "All posts by their words, people first."),
    Kind("pulse", "/pulse/", "How much is written, by whom it is not said."),
    Kind("subscribe", "/subscribe/", "What a feed is, and where they are."),
    Kind("not-found", "/404.html", "Where an address leads to nothing."),
)

_POST = "/blogs/tomasz-zielinski/a-bearing-is-a-promise/"
PIECES = (
    Piece("masthead", "on a page that it names", "/blogs/", ".masthead"),
    Piece("masthead", "on a phone", "/", ".masthead", width=_PHONE[0]),
    Piece("finder", "typed into", "/about/", ".finder-answer", "type:ma"),
    Piece("byline", "with a seal", _POST, ".byline"),
    Piece("byline", "with a photo", "/blogs/hannah-whitlock/cold/", ".byline"),
    Piece("byline", "under the pointer", _POST, ".byline", "hover"),
    Piece("post in a list", "with faces", "/", ".item"),
    Piece("post in a list", "in a person's own list", "/blogs/kofi-mensah/", ".item"),
    Piece("post in a list", "from right to left", "/blogs/yael-baron/", ".item[dir=rtl]"),
    Piece("way to follow", "as it stands", "/blogs/kofi-mensah/", ".list-head"),
    Piece("profile", "with its links", "/blogs/hannah-whitlock/", ".profile"),
    Piece("index", "a letter", "/blogs/", ".letter >> nth=0"),
    Piece("contents", "of a long post", "/blogs/kofi-mensah/one-sensor-is-always-wrong/", ".toc"),
    Piece(
        "code", "with a way to copy", "/blogs/kofi-mensah/the-query-that-ran-all-night/", ".highlight >> nth=0", "hover"
    ),
    Piece("table", "as it stands", "/blogs/workshop-notes/torque-table/", ".prose .table"),
    Piece("alert", "a warning", "/blogs/marcus-jones/two-minutes/", ".alert"),
    Piece("formula", "as it stands", "/blogs/priya-raghunathan/thirty-seven-moons/", ".prose math[display=block]"),
    Piece("figure", "with a caption", "/blogs/maria-van-der-berg/the-floor-after-the-storm/", ".prose figure"),
    Piece("footnotes", "at the end", _POST, ".footnotes"),
    Piece("neighbours", "older and newer", "/blogs/kofi-mensah/averages-lie-at-sea/", ".neighbours"),
    Piece("topics of a post", "as they stand", _POST, ".ways-on"),
    Piece("people beside a count", "whom to ask", "/topics/tides/", ".writers"),
    Piece("people beside a count", "a group's members", "/blogs/slack-water/", ".members"),
    Piece("colophon", "as it stands", "/", ".colophon"),
)


def main(output: str) -> None:
    """Takes all pictures and writes the two pages of docs/ that show them."""
    folders = [_DOCS / "pages", _DOCS / "pieces"]
    for folder in folders:
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.webp"):
            old.unlink()
    with opened_browser() as browser, served(Path(output)) as address:
        shots = {scheme: browser.new_page(color_scheme=scheme, reduced_motion="reduce") for scheme in _SCHEMES}
        for kind in KINDS:
            _save(_page_picture(shots, address, kind), folders[0] / f"{kind.name}.webp")
        for number, piece in enumerate(PIECES):
            _save(_piece_picture(shots, address, piece), folders[1] / f"{number:02}.webp")
        _save(_cover(shots, address), _DOCS / "picture.webp")
    (_DOCS / "pages.md").write_text("\n".join(_pages_text()) + "\n")
    (_DOCS / "pieces.md").write_text("\n".join(_pieces_text()) + "\n")


def _page_picture(shots: dict[str, Any], address: str, kind: Kind) -> Image.Image:
    """Pictures of a page on a desktop and a phone, in both colour schemes, side by side."""
    views = []
    for width, height in (_DESK, _PHONE):
        for page in shots.values():
            _open(page, address + kind.path, width, height)
            if kind.at:
                page.locator(kind.at).first.evaluate(
                    "place => scrollTo(0, place.getBoundingClientRect().top + scrollY - 80)"
                )
            view = _image(page.screenshot())
            views.append(view.resize((view.width * _HEIGHT // view.height, _HEIGHT), Image.Resampling.LANCZOS))
    return _stacked([_beside([views[0], views[2]]), _beside([views[1], views[3]])])


def _cover(shots: dict[str, Any], address: str) -> Image.Image:
    """The picture in the README: the directory, a post and a person's page."""
    views = []
    for scheme, path, size in (
        ("light", "/blogs/", _DESK),
        ("light", _POST, _PHONE),
        ("dark", "/blogs/hannah-whitlock/", _PHONE),
    ):
        _open(shots[scheme], address + path, *size)
        view = _image(shots[scheme].screenshot())
        views.append(view.resize((view.width * _HEIGHT // view.height, _HEIGHT), Image.Resampling.LANCZOS))
    return _beside(views)


def _piece_picture(shots: dict[str, Any], address: str, piece: Piece) -> Image.Image:
    """Pictures of a piece in both colour schemes, one below the other."""
    views = []
    for page in shots.values():
        _open(page, address + piece.path, piece.width, _DESK[1])
        found = page.locator(piece.selector)
        if piece.act.startswith("type:"):
            page.keyboard.press("/")
            page.keyboard.type(piece.act.removeprefix("type:"))
            page.locator(".finder-list li").first.wait_for()
        elif piece.act:
            getattr(found.first, piece.act)()
        if found.count() == 0:
            raise SystemExit(f"{piece.path}: there is no {piece.name} {piece.state} ({piece.selector})")
        found.first.scroll_into_view_if_needed()
        box = found.first.bounding_box()
        clip = {
            "x": max(0, box["x"] - _ROUND),
            "y": max(0, box["y"] - _ROUND),
            "width": min(piece.width, box["width"] + 2 * _ROUND),
            "height": box["height"] + 2 * _ROUND,
        }
        views.append(_image(page.screenshot(clip=clip, animations="disabled")))
        page.mouse.move(0, 0)
    return _stacked(views)


def _open(page: Any, url: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(url)
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")  # a search asks for its index


def _image(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def _beside(views: Sequence[Image.Image]) -> Image.Image:
    whole = Image.new("RGB", (sum(view.width for view in views) + _GAP * (len(views) - 1), views[0].height), "#808080")
    left = 0
    for view in views:
        whole.paste(view, (left, 0))
        left += view.width + _GAP
    return whole


def _stacked(views: Sequence[Image.Image]) -> Image.Image:
    size = max(view.width for view in views), sum(view.height for view in views) + _GAP * (len(views) - 1)
    whole = Image.new("RGB", size, "#808080")
    top = 0
    for view in views:
        whole.paste(view, (0, top))
        top += view.height + _GAP
    return whole


def _save(picture: Image.Image, file: Path) -> None:
    picture.save(file, quality=60, method=6)


def _pages_text() -> Iterator[str]:
    yield "# Each kind of page\n"
    yield "At a desk and on a phone, light and dark, in the demo. Made by `invoke screenshots`; do not edit.\n"
    for kind in KINDS:
        yield f"## {kind.name.replace('-', ' ').capitalize()}\n{kind.about}\n"
        yield f"![{kind.about}](pages/{kind.name}.webp)\n"


def _pieces_text() -> Iterator[str]:
    yield "# The pieces of the theme, in their states\n"
    yield "As they stand in the demo, light and dark; [theme.md](theme.md) says in which template and class each is."
    yield "Made by `invoke screenshots`; do not edit."
    shown = ""
    for number, piece in enumerate(PIECES):
        if piece.name != shown:
            shown = piece.name
            yield f"\n## {piece.name.capitalize()}"
        yield f"\n{piece.state.capitalize()}: `{piece.path}`\n\n![{piece.name}, {piece.state}](pieces/{number:02}.webp)"


if __name__ == "__main__":
    main(sys.argv[1])
