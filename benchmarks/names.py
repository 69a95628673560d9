"""How many names are filed where catalogues file them: right and wrong by source.

`python -m benchmarks.names [cases.tsv] [--wrong]`: each source's own policy of particles is taken. 'Letter' and 'family'
say where a name is filed, 'key' whether given names, titles and suffixes are also as the source has them. 'Asked' are those whose
owners are asked by `check`, 'or asked' those whose family name is right, or whose owners are asked.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import icu

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "plugins"))

from bylines.collation import file_under  # noqa: E402
from bylines.personal_names import Policy, index_name  # noqa: E402

# Text in brackets does not count for the order.
_ASIDE = re.compile(r"\s*\([^)]*\)?")
CASES = ROOT.parent / "shared/names/cases.tsv"
# The Tate files particles as they are written; name parsers keep them with the family name.
POLICIES: dict[str, Policy] = {"tate": "written", "namae": "family", "nameparser": "family"}


class NameCase(NamedTuple):
    """A name, its sort key in the source, ours, and which parts of ours are right."""

    source: str
    name: str
    wanted: str
    found: str
    letter: bool
    family: bool
    key: bool
    asked: bool = False

    @property
    def fine(self) -> bool:
        """Whether the family name is right, or its owner is asked."""
        return self.family or self.asked


PARTS = ("letter", "family", "key", "asked", "fine")


def cases(path: Path) -> Iterator[NameCase]:
    """Yields every case in a file: sort keys, and orders of names."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        if row["kind"] == "key":
            yield _keyed(row)
    for source in dict.fromkeys(row["set"] for row in rows if row["kind"] == "order"):
        yield from _ordered([row for row in rows if row["set"] == source])


def _keyed(row: dict[str, str]) -> NameCase:
    filed = index_name(row["name"], particles=POLICIES.get(row["set"], "written"))
    family = _ASIDE.sub("", filed.sorted_by.partition(",")[0])
    wanted = _ASIDE.sub("", row["family"] or row["sort_key"])
    letter = file_under(filed.sorted_by, "en").letter == file_under(wanted, "en").letter
    # Sources keep titles and suffixes or drop them, as their keys show.
    same = row["sort_key"].strip(", ") in (filed.title, filed.sorted_by, _without_suffixes(filed.sorted_by))
    return NameCase(
        row["set"], row["name"], row["sort_key"], filed.sorted_by, letter, family == wanted, same, bool(filed.other)
    )


def _without_suffixes(key: str) -> str:
    return ",".join(key.split(",")[:2])


def _ordered(rows: list[dict[str, str]]) -> Iterator[NameCase]:
    """Yields a case for each name in an ordered list: whether we put it at the same position."""
    lang = icu.Locale(rows[0]["locale"]).toLanguageTag()
    keys = [index_name(row["name"], row["sort_key"]).sorted_by for row in rows]
    found = sorted(range(len(rows)), key=lambda at: (file_under(keys[at], lang).key, keys[at]))
    for place, row in zip(found, sorted(rows, key=lambda row: int(row["pos"])), strict=True):
        here = rows[place]["name"]
        same = here == row["name"]
        yield NameCase(row["set"], row["name"], row["name"], here, same, same, same)


def shares(found: list[NameCase]) -> dict[str, dict[str, float]]:
    """The share of right cases, by source and by part."""
    by_source: dict[str, list[NameCase]] = {}
    for case in found:
        by_source.setdefault(case.source, []).append(case)
    return {
        source: {part: sum(getattr(case, part) for case in of) / len(of) for part in PARTS}
        for source, of in by_source.items()
    }


def main() -> None:
    """Prints the table, and with `--wrong` the wrong cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=CASES)
    parser.add_argument("--wrong", action="store_true", help="list what is filed elsewhere")
    options = parser.parse_args()
    found = list(cases(options.file))
    print(f"{'source':32} {'names':>6} {'letter':>8} {'family':>8} {'key':>8} {'asked':>8} {'or asked':>8}")
    for source, of in shares(found).items():
        count = sum(case.source == source for case in found)
        print(f"{source:32} {count:6} " + " ".join(f"{share:8.1%}" for share in of.values()))
    if options.wrong:
        for case in found:
            if not case.family:
                print(f"{case.source}: {case.name!r}: {case.found!r}, not {case.wanted!r}{' (asked)' * case.asked}")


if __name__ == "__main__":
    main()
