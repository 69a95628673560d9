"""An index of entries under letters, on one page while they are few and on a page for each letter when they are many."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from bylines.engine.loom import Loom
from bylines.letters import letter_id
from bylines.views import Entry, IndexPage, Letter, LetterPage


class Index:
    """Entries in order, each with its letter. `whole` is the address of the index, `parts` what letter pages stand below."""

    def __init__(self, whole: str, parts: str, entries: Sequence[tuple[str, Entry]]) -> None:
        self._whole = whole
        self._parts = parts
        self._total = len(entries)
        self._letters = [
            (label, tuple(entry for _, entry in group))
            for label, group in itertools.groupby(entries, key=lambda pair: pair[0])
        ]

    def titles(self) -> Iterable[tuple[str, str]]:
        """The (name, url) of each entry, in order; names as people say them, not as they are filed."""
        return (
            (entry.byline.name if entry.byline else entry.title, entry.url)
            for _, entries in self._letters
            for entry in entries
        )

    def is_split(self, loom: Loom) -> bool:
        """Whether each letter has a page of its own."""
        return self._total >= loom.site.letters_from

    def split_letters(self, loom: Loom) -> Iterable[str]:
        """The letters that have pages."""
        return [label for label, _ in self._letters] if self.is_split(loom) else []

    def page(self, loom: Loom) -> IndexPage:
        """The page of the whole index."""
        alone = not self.is_split(loom)
        return IndexPage(
            letters=tuple(self._letter(label, entries, loom, shown=alone) for label, entries in self._letters),
            total=self._total,
        )

    def letter_page(self, loom: Loom, label: str) -> LetterPage | None:
        """The page of one letter, with its neighbours; None where it has none."""
        if not self.is_split(loom):
            return None
        for before, here, after in zip([None, *self._letters], self._letters, [*self._letters[1:], None], strict=False):
            if here[0] == label:
                return LetterPage(
                    letter=self._letter(*here, loom, shown=True),
                    previous=self._letter(*before, loom, shown=False) if before else None,
                    next=self._letter(*after, loom, shown=False) if after else None,
                )
        return None

    def _letter(self, label: str, entries: tuple[Entry, ...], loom: Loom, *, shown: bool) -> Letter:
        name = letter_id(label)
        split = self.is_split(loom)
        url = f"{self._parts}{name}/" if split else f"{self._whole}#site-letter-{name}"
        return Letter(
            label=label, id=f"site-letter-{name}", url=url, count=len(entries), entries=entries if shown else ()
        )
