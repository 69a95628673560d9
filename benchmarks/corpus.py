"""A corpus for measuring, the same for every run of a seed: blogs with a long tail, in our layout and in Hugo's.

A few blogs have hundreds of posts, most have a handful; topics the same; some posts have two authors, some blogs are
groups'; a few posts have a file beside them. Texts are of about 450 words with headings, links, lists, code and a table.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import NamedTuple

_SYLLABLES = (
    "ba ce di fo gu ka le mi no pu ra se ti vo wu za che dra fli gro ska ple tri sto nu mel dor han vis".split()
)
_CODE = "```python\ndef tide(hours):\n    return 2.1 * math.cos(hours * 0.5059)\n```"
_TABLE = "| site | range m | kW |\n|---|---:|---:|\n| north | 4.2 | 310 |\n| south | 3.7 | 254 |"


class Post(NamedTuple):
    """One post of the corpus."""

    blog: str
    slug: str
    title: str
    date: str
    topics: list[str]
    authors: list[str]
    body: str


def words(choose: random.Random, vocabulary: list[str], count: int) -> str:
    """Some words."""
    return " ".join(choose.choices(vocabulary, k=count))


def posts(count: int, blogs: int, seed: int = 1) -> list[Post]:
    """The posts of a corpus: `count` of them in `blogs` blogs."""
    choose = random.Random(seed)
    vocabulary = ["".join(choose.choices(_SYLLABLES, k=choose.randint(1, 4))) for _ in range(4000)]
    topics = [
        f"{choose.choice(vocabulary)} {n}" if n % 3 else choose.choice(vocabulary) for n in range(max(20, blogs // 5))
    ]
    weights = [1 / (rank + 1) ** 1.1 for rank in range(len(topics))]
    owners = [f"{choose.choice(vocabulary)}-{n}" for n in range(blogs)]
    return [
        _post(choose, vocabulary, owners, _owner(choose, number, count, blogs), number, topics, weights)
        for number in range(count)
    ]


def _owner(choose: random.Random, number: int, count: int, blogs: int) -> int:
    """Everybody has one post; the rest fall on blogs with a long tail."""
    return number if number < blogs else min(int(choose.paretovariate(0.55)) - 1, 10 * blogs) % blogs


def _post(
    choose: random.Random, vocabulary: list[str], owners: list[str], owner: int, number: int, topics: list[str],
    weights: list[float],
) -> Post:  # fmt: skip
    blog = owners[owner]
    body = "\n\n".join(_blocks(choose, vocabulary, number))
    day = f"{2010 + number % 16}-{1 + number // 16 % 12:02}-{1 + number // 192 % 28:02}"
    chosen = list(dict.fromkeys(choose.choices(topics, weights, k=choose.randint(1, 3))))
    authors = [blog, owners[choose.randrange(len(owners))]] if number % 12 == 0 else [blog]
    return Post(blog, f"post-{number}", words(choose, vocabulary, 5).capitalize(), day, chosen, authors, body)


def _blocks(choose: random.Random, vocabulary: list[str], number: int) -> list[str]:
    blocks = []
    for part in range(4):
        blocks.append(f"## {words(choose, vocabulary, 4).capitalize()}")
        blocks.append(
            f"{words(choose, vocabulary, 45)} *{words(choose, vocabulary, 3)}* {words(choose, vocabulary, 50)}."
        )
        link = f"[{words(choose, vocabulary, 2)}](https://example.com/{number}/{part})"
        blocks.append("\n".join(f"- {words(choose, vocabulary, 5)} {link if n == 1 else ''}" for n in range(3)))
    return [*blocks, _CODE if number % 4 == 0 else _TABLE if number % 4 == 1 else words(choose, vocabulary, 30)]


def write_ours(folder: Path, corpus: list[Post]) -> None:
    """The corpus in our layout."""
    for handle in sorted({author for post in corpus for author in (post.blog, *post.authors)}):
        name = handle.replace("-", " ").title()
        _write(folder / f"authors/{handle}.yaml", f"name: {name}\nrole: Engineer\nteam: Team {len(handle) % 7}\n")
    for number, post in enumerate(corpus):
        header = f"title: {post.title}\ndate: {post.date}\ntopics: [{', '.join(post.topics)}]\n"
        header += f"authors: [{', '.join(post.authors)}]\n" if len(post.authors) > 1 else ""
        text = f"---\n{header}---\n{post.body}\n"
        if number % 50 == 0:
            _write(folder / f"content/blogs/{post.blog}/{post.slug}/index.md", text)
            _write(folder / f"content/blogs/{post.blog}/{post.slug}/data.csv", "hour,height\n0,2.1\n")
        else:
            _write(folder / f"content/blogs/{post.blog}/{post.slug}.md", text)


def write_hugo(folder: Path, corpus: list[Post]) -> None:
    """The corpus for Hugo, with the same kinds of pages and feeds."""
    _write(folder / "hugo.toml", _HUGO)
    for post in corpus:
        quoted = ", ".join(f'"{topic}"' for topic in post.topics)
        authors = ", ".join(f'"{author}"' for author in post.authors)
        header = f'title: "{post.title}"\ndate: {post.date}\ntopics: [{quoted}]\nauthors: [{authors}]\n'
        _write(folder / f"content/blogs/{post.blog}/{post.slug}.md", f"---\n{header}---\n{post.body}\n")
    for name, text in _LAYOUTS.items():
        _write(folder / "layouts" / name, text)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


_HUGO = """baseURL = "https://example.org/"
title = "Corpus"
[taxonomies]
topic = "topics"
author = "authors"
[pagination]
pagerSize = 20
[outputs]
home = ["html", "rss"]
section = ["html", "rss"]
taxonomy = ["html"]
term = ["html", "rss"]
[markup.highlight]
noClasses = false
[services.rss]
limit = 20
"""
_LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ range (.Paginate .RegularPages.ByDate.Reverse 20).Pages }}<li><h3><a
href="{{ .Permalink }}">{{ .Title }}</a></h3><p>{{ .Summary }}</p><p>{{ range .GetTerms "authors" }}<a href="{{ .Permalink }}">{{ .Title }}</a>
{{ end }}<time>{{ .Date.Format "2 January 2006" }}</time></p></li>{{ end }}{{ template "_internal/pagination.html" . }}{{ end }}"""
_RSS = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{{ .Title }}</title>
<id>{{ .Permalink }}</id>{{ range first 20 .RegularPages.ByDate.Reverse }}<entry><title>{{ .Title }}</title><id>{{ .Permalink }}</id>
<updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated>{{ range .GetTerms "authors" }}<author><name>{{ .Title }}</name></author>{{ end }}
<content type="html">{{ .Content | transform.XMLEscape | safeHTML }}</content></entry>{{ end }}</feed>"""
_LAYOUTS = {
    "baseof.html": """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<link rel="canonical" href="{{ .Permalink }}"></head><body><header><a href="/">{{ site.Title }}</a><nav><a href="/blogs/">Blogs</a>
<a href="/topics/">Topics</a></nav></header><main>{{ block "main" . }}{{ end }}</main></body></html>""",
    "home.html": _LIST.replace(".RegularPages", "site.RegularPages"),
    "section.html": _LIST,
    "term.html": _LIST,
    "taxonomy.html": """{{ define "main" }}<h1>{{ .Title }}</h1>{{ range .Pages.ByTitle }}<li><a href="{{ .Permalink }}">{{ .Title }}</a>
{{ len .Pages }}</li>{{ end }}{{ end }}""",
    "page.html": """{{ define "main" }}<article><h1>{{ .Title }}</h1><p>{{ range .GetTerms "authors" }}<a href="{{ .Permalink }}">{{ .Title }}</a>
{{ end }}<time>{{ .Date.Format "2 January 2006" }}</time> {{ .ReadingTime }} minutes</p>{{ .TableOfContents }}{{ .Content }}
<ul>{{ range .GetTerms "topics" }}<li><a href="{{ .Permalink }}">{{ .Title }}</a></li>{{ end }}</ul>
{{ with .PrevInSection }}<a href="{{ .Permalink }}">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a href="{{ .Permalink }}">{{ .Title }}</a>{{ end }}</article>{{ end }}""",
    "rss.xml": _RSS,
}
