"""Writes the corpus in the layouts of Hugo and stock Pelican, with the same kinds of pages and feeds as ours.

Hugo gets plain templates of our own; Pelican uses its simplest theme, `simple`.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpus import DATA, Corpus, Post, Tree


class Hugo:
    """Hugo's layout: blogs, topics and teams are taxonomies.

    A blog is a term of `authors` (the blog's own handle, and a co-author's), so that each blog has the posts that ours has; a
    team's page lists its posts once, and has a feed. Each list has feeds in Atom, RSS and JSON, the directory an OPML file.
    """

    def __init__(self, folder: Path) -> None:
        self._tree = Tree(folder)

    def begin(self, corpus: Corpus) -> None:
        """Writes the settings and templates."""
        self._tree.write("hugo.toml", _HUGO)
        for name, text in _LAYOUTS.items():
            self._tree.write(f"layouts/{name}", text)

    def put(self, post: Post) -> None:
        """Writes a post; one with a file beside it is a page bundle."""
        topics = ", ".join(f'"{topic}"' for topic in post.topics)
        authors = ", ".join(f'"{author}"' for author in dict.fromkeys([post.blog, *post.authors]))
        teams = ", ".join(f'"Team {len(author) % 7}"' for author in post.authors)
        header = (
            f'title: "{post.title}"\ndate: {post.date}\ntopics: [{topics}]\nauthors: [{authors}]\nteams: [{teams}]\n'
        )
        place = f"content/blogs/{post.blog}/{post.slug}"
        self._tree.write(f"{place}/index.md" if post.asset else f"{place}.md", f"---\n{header}---\n{post.body}\n")
        if post.asset:
            self._tree.write(f"{place}/data.csv", DATA)


class StockPelican:
    """Pelican's plain layout: blogs are categories, topics tags."""

    def __init__(self, folder: Path) -> None:
        self._tree = Tree(folder)

    def begin(self, corpus: Corpus) -> None:
        """Writes the settings."""
        self._tree.write("pelicanconf.py", _PELICAN)

    def put(self, post: Post) -> None:
        """Writes a post."""
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
team = "teams"
[pagination]
pagerSize = 20
disableAliases = true
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "feed"
[outputFormats.json]
mediaType = "application/feed+json"
baseName = "feed"
isPlainText = true
[outputFormats.rss]
mediaType = "application/rss+xml"
baseName = "feed"
[outputFormats.opml]
mediaType = "text/x-opml"
baseName = "topic"
[mediaTypes."application/atom+xml"]
suffixes = ["atom"]
[mediaTypes."application/feed+json"]
suffixes = ["json"]
[mediaTypes."application/rss+xml"]
suffixes = ["rss"]
[mediaTypes."text/x-opml"]
suffixes = ["opml"]
[outputs]
home = ["html", "atom", "rss", "json", "opml"]
section = []
taxonomy = ["html"]
term = ["html", "atom", "rss", "json"]
[markup.highlight]
noClasses = false
"""
_LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ range (.Paginate .RegularPages.ByDate.Reverse 20).Pages }}<li><h3><a
href="{{ .Permalink }}">{{ .Title }}</a></h3><p>{{ .Summary }}</p><p>{{ range .GetTerms "authors" }}<a href="{{ .Permalink }}">{{ .Title }}</a>
{{ end }}<time>{{ .Date.Format "2 January 2006" }}</time></p></li>{{ end }}{{ template "_internal/pagination.html" . }}{{ end }}"""
_HOME = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ range first 20 site.RegularPages.ByDate.Reverse }}<li><h3><a
href="{{ .Permalink }}">{{ .Title }}</a></h3><p>{{ .Summary }}</p><p>{{ range .GetTerms "authors" }}<a href="{{ .Permalink }}">{{ .Title }}</a>
{{ end }}<time>{{ .Date.Format "2 January 2006" }}</time></p></li>{{ end }}{{ end }}"""
_NEWEST = "range first 20 (cond .IsHome site.RegularPages .RegularPages).ByDate.Reverse"
_ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{{ .Title }}</title>
<id>{{ .Permalink }}</id>{{ NEWEST }}<entry><title>{{ .Title }}</title><id>{{ .Permalink }}</id>
<updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated>{{ range .GetTerms "authors" }}<author><name>{{ .Title }}</name></author>{{ end }}
{{ range .GetTerms "topics" }}<category term="{{ .Title }}"/>{{ end }}
<content type="html">{{ .Content | transform.XMLEscape | safeHTML }}</content></entry>{{ end }}</feed>""".replace(
    "NEWEST", _NEWEST
)
_RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{{ .Title }}</title>
<link>{{ .Permalink }}</link>{{ NEWEST }}<item><title>{{ .Title }}</title><guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>{{ range .GetTerms "topics" }}<category>{{ .Title }}</category>{{ end }}
<description>{{ .Content | transform.XMLEscape | safeHTML }}</description></item>{{ end }}</channel></rss>""".replace(
    "NEWEST", _NEWEST
)
_JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": {{ .Title | jsonify }}, "home_page_url": {{ .Permalink | jsonify }}, "items": [
{{ NUMBERED }}{{ if $number }},{{ end }}{"id": {{ .Permalink | jsonify }}, "title": {{ .Title | jsonify }}, "date_published": "{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}",
"content_html": {{ .Content | jsonify }}}{{ end }}]}""".replace(
    "NUMBERED", _NEWEST.replace("range ", "range $number, $post := ")
)
_OPML = """<?xml version="1.0" encoding="utf-8"?><opml version="2.0"><head><title>{{ .Title }}</title></head><body>
{{ range site.Taxonomies.authors }}<outline type="rss" text="{{ .Page.Title }}" xmlUrl="{{ .Page.Permalink }}feed.atom" htmlUrl="{{ .Page.Permalink }}"/>
{{ end }}</body></opml>"""
_LAYOUTS = {
    "baseof.html": """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<link rel="canonical" href="{{ .Permalink }}"></head><body><header><a href="/">{{ site.Title }}</a><nav><a href="/authors/">Blogs</a>
<a href="/topics/">Topics</a></nav></header><main>{{ block "main" . }}{{ end }}</main></body></html>""",
    "home.html": _HOME,
    "term.html": _LIST,
    "teams/term.html": """{{ define "main" }}<h1>{{ .Title }}</h1>{{ range .RegularPages.ByDate.Reverse }}{{ range .GetTerms "authors" }}{{ $.Scratch.SetInMap
"people" .Title .Permalink }}{{ end }}{{ end }}{{ range $name, $url := $.Scratch.Get "people" }}<li><a href="{{ $url }}">{{ $name }}</a></li>{{ end }}{{ end }}""",
    "taxonomy.html": """{{ define "main" }}<h1>{{ .Title }}</h1>{{ range .Pages.ByTitle }}<li><a href="{{ .Permalink }}">{{ .Title }}</a>
{{ len .Pages }}</li>{{ end }}{{ end }}""",
    "page.html": """{{ define "main" }}<article><h1>{{ .Title }}</h1><p>{{ range .GetTerms "authors" }}<a href="{{ .Permalink }}">{{ .Title }}</a>
{{ end }}<time>{{ .Date.Format "2 January 2006" }}</time> {{ .ReadingTime }} minutes</p>{{ .TableOfContents }}{{ .Content }}
<ul>{{ range .GetTerms "topics" }}<li><a href="{{ .Permalink }}">{{ .Title }}</a></li>{{ end }}</ul>
{{ with .PrevInSection }}<a href="{{ .Permalink }}">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a href="{{ .Permalink }}">{{ .Title }}</a>{{ end }}</article>{{ end }}""",
    "list.atom.atom": _ATOM,
    "list.rss.rss": _RSS,
    "list.json.json": _JSON,
    "home.opml.opml": _OPML,
}
