"""The pages of an index: one page while its entries are few; a page for each letter, and for parts of long letters, if many."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bylines.collation import letter_id
from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.weave import filing
from bylines.engine.weave.filing import CataloguePage
from bylines.features.directory.views import Entry, IndexPage, Letter, LetterPage
from bylines.settings.declared import LETTERS_FROM


@dataclass(frozen=True, slots=True)
class Index:
    """An alphabetical index: its catalogue, the addresses of its page and of its letters' pages, their kind, and its entries.

    `scope` is the prefix of its page keys, for indexes that share a kind of page.
    """

    catalogue: str
    whole: str
    parts: str
    kind: str
    entry: Callable[[BuildContext, str], Entry]
    scope: str = ""

    def is_split(self, build: BuildContext) -> bool:
        """Return whether each letter has a page of its own."""
        return filing.total(build, self.catalogue) >= build.site.of(LETTERS_FROM)

    def letters(self, build: BuildContext) -> tuple[Letter, ...]:
        """Return the letters without their entries."""
        split = self.is_split(build)
        return tuple(self._letter(label, count, split=split) for label, count in filing.letters(build, self.catalogue))

    def _letter(self, label: str, count: int, *, split: bool, entries: tuple[Entry, ...] = ()) -> Letter:
        name = f"site-letter-{letter_id(label)}"
        url = self._url(CataloguePage(label, "")) if split else f"{self.whole}#{name}"
        return Letter(label=label, id=name, url=url, count=count, entries=entries)

    def _url(self, spot: CataloguePage) -> str:
        return f"{self.parts}{letter_id(spot.letter)}/{spot.prefix}{'/' if spot.prefix else ''}"

    def page(self, build: BuildContext) -> IndexPage:
        """Return the page of the whole index."""
        if self.is_split(build):
            shown = self.letters(build)
        else:
            grouped = itertools.groupby(filing.everything(build, self.catalogue), key=lambda pair: pair[0])
            found = ((label, tuple(self.entry(build, key) for _, key in pairs)) for label, pairs in grouped)
            shown = tuple(self._letter(label, len(group), split=False, entries=group) for label, group in found)
        return IndexPage(letters=shown, total=sum(letter.count for letter in shown))

    def keys(self, build: BuildContext) -> Iterable[str]:
        """Return the keys of the pages of letters and their parts ('S/', 'S/sa'); empty if the index is on one page."""
        if not self.is_split(build):
            return []
        most = build.site.of(LETTERS_FROM)
        return [
            self._key(spot)
            for letter, _ in filing.letters(build, self.catalogue)
            for spot in filing.spots(build, self.catalogue, letter, most)
        ]

    def affected(self, build: BuildContext, dirty: Invalidations, entries: Iterable[str]) -> Iterable[str]:
        """Return the pages that show `entries`, and the pages of letters that gained or lost an entry."""
        before = self._had(build, "")
        split = self.is_split(build)
        if not split or not before:
            return self.every(build) if split or before else ()
        spots = (filing.spot_of(build, self.catalogue, key, build.site.of(LETTERS_FROM)) for key in entries)
        found = {self._key(spot) for spot in spots if spot}
        changed = filing.moved(dirty, self.catalogue)
        return found | self._of_letters(build, changed) if changed else found

    def every(self, build: BuildContext) -> set[str]:
        """Return the keys of all pages of letters, including those of the last build."""
        return {*self.keys(build), *self._pages(build, "")}

    def _pages(self, build: BuildContext, letter: str) -> list[str]:
        """Return the keys of the pages that a letter had in the last build; those of all letters if it is empty."""
        begin = self.scope + (f"{letter}/" if letter else "")
        return build.store.column(_BEGINNING, (self.kind, begin, f"{begin}\U0010ffff"))

    def _had(self, build: BuildContext, letter: str) -> bool:
        return bool(self._pages(build, letter))

    def _key(self, spot: CataloguePage) -> str:
        return f"{self.scope}{spot.letter}/{spot.prefix}"

    def _of_letters(self, build: BuildContext, changed: set[str]) -> set[str]:
        """Return the pages that these letters have or had; all pages if a letter is new or gone, since each links to all letters."""
        found: set[str] = set()
        for letter in changed:
            found.update(
                self._key(spot) for spot in filing.spots(build, self.catalogue, letter, build.site.of(LETTERS_FROM))
            )
            found.update(self._pages(build, letter))
        there = {label for label, _ in filing.letters(build, self.catalogue)}
        if any((letter in there) != self._had(build, letter) for letter in changed):
            found |= self.every(build)
        return found

    def letter_page(self, build: BuildContext, key: str) -> LetterPage | None:
        """Return the page with a key; None if there is no such page (any more)."""
        if not self.is_split(build):
            return None
        most = build.site.of(LETTERS_FROM)
        letter, _, prefix = key.removeprefix(self.scope).rpartition("/")
        path = filing.path_to(build, self.catalogue, CataloguePage(letter, prefix), most)
        shelf = filing.shelf(build, self.catalogue, path[-1], most)
        if path[-1].prefix != prefix or not shelf.size:
            return None
        entries = tuple(self.entry(build, entry) for entry in shelf.entries)
        previous, following = self._beside(build, path)
        labels = [label for label, _ in filing.letters(build, self.catalogue)]
        return LetterPage(
            letter=self._part(path[-1], shelf.size, entries),
            parts=tuple(self._part(CataloguePage(letter, longer), count) for longer, count in shelf.parts),
            above=tuple(self._part(spot, 0) for spot in path[:-1]),
            previous=previous,
            next=following,
            letters=tuple(self._letter(label, 0, split=True) for label in labels),
        )

    def _beside(self, build: BuildContext, path: list[CataloguePage]) -> tuple[Letter | None, Letter | None]:
        """Return the previous and the next page at the level of a path's last page; None where there is none."""
        if len(path) > 1:
            parts = filing.shelf(build, self.catalogue, path[-2], build.site.of(LETTERS_FROM)).parts
            spots = [CataloguePage(path[-1].letter, prefix) for prefix, _ in parts]
        else:
            spots = [CataloguePage(label, "") for label, _ in filing.letters(build, self.catalogue)]
        here = spots.index(path[-1])
        before = self._part(spots[here - 1], 0) if here else None
        return before, self._part(spots[here + 1], 0) if here + 1 < len(spots) else None

    def _part(self, spot: CataloguePage, count: int, entries: tuple[Entry, ...] = ()) -> Letter:
        if not spot.prefix:
            return self._letter(spot.letter, count, split=True, entries=entries)
        name = f"site-letter-{spot.prefix}"
        return Letter(label=spot.prefix.capitalize(), id=name, url=self._url(spot), count=count, entries=entries)


_BEGINNING = "SELECT key FROM page WHERE kind = ? AND key >= ? AND key < ?"
