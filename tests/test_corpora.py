"""Real input: every post of the corpora is on its page or named in a message, and so is every broken header."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from bylines import markup
from bylines.markup import MarkupOptions
from bylines.markup.engines import engine_html
from bylines.markup.policy import clean
from tests.building import SmallSite

_RISKY = re.compile(r"<script|\son\w+\s*=|<iframe|<object|<embed|<form|<style|srcdoc|<svg|<link|<meta|<base", re.I)
# What browsers leave out before they look for a scheme: C0 controls and white space (URL Standard, 4.4).
_SCHEME = re.compile(r"[\x00-\x20\s]*(?:j[\t\n]*a[\t\n]*v|vbscript|data|file|blob):?", re.I)
_TAGS = re.compile(r"<[a-z/][^>]*>", re.I)


@pytest.mark.parametrize(("name", "posts", "authors"), [("18f", 508, 273), ("servicemesher", 299, 165)])
def test_every_post_of_a_corpus_is_on_its_page_or_named(
    name: str, posts: int, authors: int, shared: Path, tmp_path: Path
) -> None:
    corpus = shared / "corpora" / name
    site = SmallSite(tmp_path, PATH=str(corpus / "content"), BYLINES_AUTHORS=str(corpus / "authors"))
    result = site.build()
    sources = sorted((corpus / "content").rglob("*.md"))
    assert len(sources) == posts
    left_out = {problem.path for problem in result.problems if "taken by" in problem.message}
    pages = list((tmp_path / "output/blogs").glob("*/*/index.html")) + list(
        (tmp_path / "output/blogs").glob("*/*/*/index.html")
    )
    on_pages = [page for page in pages if 'class="post h-entry"' in page.read_text()]
    assert len(on_pages) + len(left_out) == posts
    assert result.posts == len(on_pages)
    assert len(list((tmp_path / "output/blogs").glob("*/feed.atom"))) == authors
    again = site.build()
    assert again.changed == ()
    assert again.problems == result.problems


def test_no_header_stops_a_build_and_no_post_is_lost_in_silence(shared: Path, site: SmallSite) -> None:
    vectors = sorted((shared / "vectors/frontmatter").glob("*.md"))
    for vector in vectors:
        site.write(f"content/blogs/ada/{vector.name}", vector.read_bytes())
    result = site.build()
    named = {Path(problem.path).name for problem in result.problems}
    texts = [page.read_text() for page in (site.folder / "output/blogs/ada").glob("*/index.html")]
    for vector in vectors:
        slug = re.sub(r"^\d{4}-\d\d-\d\d-", "", vector.stem)
        assert vector.name in named or any(f"blogs/ada/{slug}/" in text for text in texts), vector.name
    assert len(vectors) > 60
    assert not list(site.folder.glob("etc*"))


def test_nothing_of_the_attack_vectors_gets_through(shared: Path) -> None:
    manifest = (shared / "vectors/xss/manifest.tsv").read_text().splitlines()[1:]
    for line in manifest:
        file = line.split("\t")[0]
        source = (shared / "vectors" / file).read_text(errors="replace")
        content = markup.fill(markup.read(source, "md", MarkupOptions())[0].content, {}, {})
        tags = " ".join(_TAGS.findall(content))
        assert not _RISKY.search(re.sub(r'"[^"]*"', "", tags)), file
        for address in re.findall(r'(?:href|src)="([^"]*)"', tags):
            assert not _SCHEME.match(html.unescape(address)), file
    assert len(manifest) > 500


@pytest.mark.parametrize("name", ["commonmark", "gfm"])
def test_every_markdown_example_becomes_sound_html(name: str, shared: Path) -> None:
    options = MarkupOptions()
    for example in json.loads((shared / f"vectors/markdown/{name}.json").read_text()):
        content = markup.fill(markup.read(example["markdown"], "md", options)[0].content, {}, {})
        assert _balanced(content), example


def _balanced(content: str) -> bool:
    stack = []
    for closing, name, rest in re.findall(r"<(/?)([a-z][a-z0-9-]*)([^>]*)>", content):
        if name in ("br", "hr", "img", "input", "col", "source", "wbr") or rest.endswith("/"):
            continue
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


@pytest.mark.parametrize("folder", ["corpora/18f/content", "corpora/servicemesher/content", "vectors/xss"])
def test_a_mention_elsewhere_in_a_text_changes_nothing_before_it(folder: str, shared: Path) -> None:
    """A text without mentions is passed over faster, and comes out the same."""
    finisher = markup.finish.Finisher
    files = [file for file in (shared / folder).rglob("*") if file.suffix in (".md", ".html", ".txt")]
    assert len(files) > 200
    for file in files:
        cleaned = clean(engine_html(file.read_text(errors="replace")[:50_000], "md", MarkupOptions())[0])
        cleaned = cleaned.replace("@", "")
        fast, slow = finisher(), finisher()
        assert fast.finish(cleaned).content + "<p>@</p>" == slow.finish(cleaned + "<p>@</p>").content, file
        assert fast.targets == slow.targets
