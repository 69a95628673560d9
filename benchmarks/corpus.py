"""A corpus for measuring, the same for every run of a seed: blogs with a long tail, in our layout and in Hugo's.

One blog in a hundred has a fifth of all posts (the largest have thousands), the others about ten each; topics have a long
tail too. Some posts have two authors, some blogs are groups', some posts have a file beside them. Texts are of about 450
words with headings, lists, links, code or a table. Posts are made one at a time, so that a million fit.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_SYLLABLES = (
    "ba ce di fo gu ka le mi no pu ra se ti vo wu za che dra fli gro ska ple tri sto nu mel dor han vis".split()
)
_TABLE = "| site | range m | kW |\n|---|---:|---:|\n| north | {} | {} |\n| south | {} | {} |"
_SHARE_OF_THE_LARGE = 0.2


class Post(NamedTuple):
    """One post of the corpus."""

    blog: str
    slug: str
    title: str
    date: str
    topics: list[str]
    authors: list[str]
    body: str
    asset: bool


class Corpus:
    """`count` posts of `blogs` blogs; every fiftieth blog is a group's."""

    def __init__(self, count: int, blogs: int, seed: int = 1) -> None:
        choose = random.Random(seed)
        self._count = count
        self._seed = seed
        self._vocabulary = ["".join(choose.choices(_SYLLABLES, k=choose.randint(1, 4))) for _ in range(4000)]
        names = (choose.choice(self._vocabulary) for _ in itertools.count())
        self.owners = [f"{next(names)}-{next(names)}-{n}" for n in range(blogs)]
        self.groups = set(self.owners[::50])
        self._people = [owner for owner in self.owners if owner not in self.groups]
        self._large = choose.sample(self.owners, max(1, blogs // 100))
        self._topics = [f"{next(names)} {n}" if n % 3 else f"{next(names)}{n}" for n in range(max(20, blogs // 5))]

    def posts(self) -> Iterator[Post]:
        """The posts, the oldest first."""
        choose = random.Random(self._seed + 1)
        of_topics = list(itertools.accumulate(1 / (rank + 1) ** 1.1 for rank in range(len(self._topics))))
        of_large = list(itertools.accumulate(1 / (rank + 1) ** 0.8 for rank in range(len(self._large))))
        for number in range(self._count):
            if number < len(self.owners):
                blog = self.owners[number]
            elif choose.random() < _SHARE_OF_THE_LARGE:
                blog = choose.choices(self._large, cum_weights=of_large)[0]
            else:
                blog = choose.choice(self.owners)
            topics = list(dict.fromkeys(choose.choices(self._topics, cum_weights=of_topics, k=choose.randint(1, 3))))
            yield self._post(choose, number, blog, topics)

    def members(self, group: str) -> list[str]:
        """Who writes in a group's blog."""
        choose = random.Random(f"{self._seed} {group}")
        return choose.sample(self._people, min(5, len(self._people)))

    def words(self, choose: random.Random, count: int) -> str:
        """Some words."""
        return " ".join(choose.choices(self._vocabulary, k=count))

    def _post(self, choose: random.Random, number: int, blog: str, topics: list[str]) -> Post:
        minutes = number * (16 * 365 * 24 * 60) // self._count
        day, minute = divmod(minutes, 24 * 60)
        date = f"{2010 + day // 365}-{1 + day % 365 // 31:02}-{1 + day % 365 % 28:02}T{minute // 60:02}:{minute % 60:02}:00Z"
        authors = [blog, choose.choice(self._people)] if number % 12 == 0 and blog not in self.groups else [blog]
        if blog in self.groups:
            authors = [choose.choice(self.members(blog))]
        body = "\n\n".join(self._blocks(choose, number))
        title = self.words(choose, 5).capitalize()
        return Post(blog, f"post-{number}", title, date, topics, list(dict.fromkeys(authors)), body, number % 50 == 0)

    def _blocks(self, choose: random.Random, number: int) -> Iterator[str]:
        for part in range(4):
            yield f"## {self.words(choose, 4).capitalize()}"
            yield f"{self.words(choose, 45)} *{self.words(choose, 3)}* {self.words(choose, 50)}."
            link = f"[{self.words(choose, 2)}](https://example.com/{number}/{part})"
            yield "\n".join(f"- {self.words(choose, 5)} {link if n == 1 else ''}" for n in range(3))
        if number % 4 == 0:
            name, other = choose.sample(self._vocabulary, 2)
            yield f"```python\ndef {name}(hours):\n    return {choose.random():.3f} * math.cos(hours * {other})\n```"
        elif number % 4 == 1:
            yield _TABLE.format(*(choose.randint(1, 900) for _ in range(4)))
        else:
            yield self.words(choose, 30)


def write_ours(folder: Path, corpus: Corpus) -> None:
    """The corpus in our layout."""
    for handle in corpus.owners:
        name = " ".join(handle.split("-")[:2]).title()
        if handle in corpus.groups:
            _write(
                folder / f"content/blogs/{handle}/blog.yaml",
                f"title: {name}\nmembers: [{', '.join(corpus.members(handle))}]\n",
            )
        else:
            _write(folder / f"authors/{handle}.yaml", f"name: {name}\nrole: Engineer\nteam: Team {len(handle) % 7}\n")
    for post in corpus.posts():
        _write_ours(folder / f"content/blogs/{post.blog}", post)


def _write_ours(blog: Path, post: Post) -> None:
    header = f"title: {post.title}\ndate: {post.date}\ntopics: [{', '.join(post.topics)}]\n"
    header += f"authors: [{', '.join(post.authors)}]\n" if post.authors != [post.blog] else ""
    text = f"---\n{header}---\n{post.body}\n"
    if post.asset:
        _write(blog / post.slug / "index.md", text)
        _write(blog / post.slug / "data.csv", "hour,height\n0,2.1\n")
    else:
        _write(blog / f"{post.slug}.md", text)


def write_hugo(folder: Path, corpus: Corpus) -> None:
    """The corpus for Hugo, with the same kinds of pages and feeds."""
    _write(folder / "hugo.toml", _HUGO)
    for post in corpus.posts():
        quoted = ", ".join(f'"{topic}"' for topic in post.topics)
        authors = ", ".join(f'"{author}"' for author in dict.fromkeys([post.blog, *post.authors]))
        header = f'title: "{post.title}"\ndate: {post.date}\ntopics: [{quoted}]\nauthors: [{authors}]\n'
        text = f"---\n{header}---\n{post.body}\n"
        if post.asset:
            _write(folder / f"content/blogs/{post.blog}/{post.slug}/index.md", text)
            _write(folder / f"content/blogs/{post.blog}/{post.slug}/data.csv", "hour,height\n0,2.1\n")
        else:
            _write(folder / f"content/blogs/{post.blog}/{post.slug}.md", text)
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
disableAliases = true
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
_HOME = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ range first 20 site.RegularPages.ByDate.Reverse }}<li><h3><a
href="{{ .Permalink }}">{{ .Title }}</a></h3><p>{{ .Summary }}</p><p>{{ range .GetTerms "authors" }}<a href="{{ .Permalink }}">{{ .Title }}</a>
{{ end }}<time>{{ .Date.Format "2 January 2006" }}</time></p></li>{{ end }}{{ end }}"""
_RSS = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{{ .Title }}</title>
<id>{{ .Permalink }}</id>{{ range first 20 (cond .IsHome site.RegularPages .RegularPages).ByDate.Reverse }}<entry><title>{{ .Title }}</title><id>{{ .Permalink }}</id>
<updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated>{{ range .GetTerms "authors" }}<author><name>{{ .Title }}</name></author>{{ end }}
<content type="html">{{ .Content | transform.XMLEscape | safeHTML }}</content></entry>{{ end }}</feed>"""
_LAYOUTS = {
    "baseof.html": """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<link rel="canonical" href="{{ .Permalink }}"></head><body><header><a href="/">{{ site.Title }}</a><nav><a href="/blogs/">Blogs</a>
<a href="/topics/">Topics</a></nav></header><main>{{ block "main" . }}{{ end }}</main></body></html>""",
    "home.html": _HOME,
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
