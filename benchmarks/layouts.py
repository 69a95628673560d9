"""The corpus as Hugo and stock Pelican want it, with the same kinds of pages and feeds as ours.

Hugo's templates are plain ones of our own; Pelican's theme is its own plainest, `simple`.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpus import DATA, Corpus, Post, Tree


class Hugo:
    """Hugo's layout: blogs are sections, authors and topics taxonomies."""

    def __init__(self, folder: Path) -> None:
        self._tree = Tree(folder)

    def begin(self, corpus: Corpus) -> None:
        """Settings and templates."""
        self._tree.write("hugo.toml", _HUGO)
        for name, text in _LAYOUTS.items():
            self._tree.write(f"layouts/{name}", text)

    def put(self, post: Post) -> None:
        """A post; with a file beside it, it is a bundle."""
        topics = ", ".join(f'"{topic}"' for topic in post.topics)
        authors = ", ".join(f'"{author}"' for author in dict.fromkeys([post.blog, *post.authors]))
        header = f'title: "{post.title}"\ndate: {post.date}\ntopics: [{topics}]\nauthors: [{authors}]\n'
        place = f"content/blogs/{post.blog}/{post.slug}"
        self._tree.write(f"{place}/index.md" if post.asset else f"{place}.md", f"---\n{header}---\n{post.body}\n")
        if post.asset:
            self._tree.write(f"{place}/data.csv", DATA)


class StockPelican:
    """Pelican's plain layout: blogs are categories, topics tags."""

    def __init__(self, folder: Path) -> None:
        self._tree = Tree(folder)

    def begin(self, corpus: Corpus) -> None:
        """Settings."""
        self._tree.write("pelicanconf.py", _PELICAN)

    def put(self, post: Post) -> None:
        """A post."""
        authors = ", ".join(dict.fromkeys([post.blog, *post.authors]))
        header = f"Title: {post.title}\nDate: {post.date}\nCategory: {post.blog}\nTags: {', '.join(post.topics)}\n"
        header += f"Authors: {authors}\nSlug: {post.slug}\n"
        self._tree.write(f"content/{post.blog}/{post.slug}.md", f"{header}\n{post.body}\n")
        if post.asset:
            self._tree.write(f"content/{post.blog}/{post.slug}/data.csv", DATA)


_PELICAN = """SITENAME = "Corpus"
SITEURL = "https://example.org"
PATH = "content"
THEME = "simple"
OUTPUT_PATH = "output"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
STATIC_PATHS = [""]
PLUGINS = []
DEFAULT_PAGINATION = 20
DISPLAY_CATEGORIES_ON_MENU = False
DISPLAY_PAGES_ON_MENU = False
ARTICLE_URL = "blogs/{category}/{slug}/"
ARTICLE_SAVE_AS = "blogs/{category}/{slug}/index.html"
FEED_ALL_ATOM = "feed.atom"
CATEGORY_FEED_ATOM = "blogs/{slug}/feed.atom"
AUTHOR_FEED_ATOM = "author/{slug}.atom"
TAG_FEED_ATOM = "tag/{slug}.atom"
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 20
"""
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
