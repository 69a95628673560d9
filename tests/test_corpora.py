"""Real input: every post of the corpora is on its page or named in a message, and so is every broken header."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bylines import markup
from bylines.engine.build import Result
from bylines.markup import MarkupOptions
from bylines.markup.engines import engine_html
from bylines.markup.policy import clean
from tests.building import SmallSite
from tests.conftest import SHARED
from tests.looking import AXE, a_few_of_each_kind, faults_of_access, faults_of_weight, faults_seen

_RISKY = re.compile(r"<script|\son\w+\s*=|<iframe|<object|<embed|<form|<style|srcdoc|<svg|<link|<meta|<base", re.I)
# What browsers leave out before they look for a scheme: C0 controls and white space (URL Standard, 4.4).
_SCHEME = re.compile(r"[\x00-\x20\s]*(?:j[\t\n]*a[\t\n]*v|vbscript|data|file|blob):?", re.I)
_TAGS = re.compile(r"<[a-z/][^>]*>", re.I)


class Corpus(NamedTuple):
    """A corpus, built for a server on this machine: how many posts and people it has, and what the build said."""

    posts: int
    authors: int
    sources: Path
    site: SmallSite
    result: Result


@pytest.fixture(scope="module", params=[("18f", 508, 273), ("servicemesher", 299, 165)], ids=lambda corpus: corpus[0])
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    name, posts, authors = request.param
    sources = SHARED / "corpora" / name
    if not sources.is_dir():
        pytest.skip(f"the corpora are not here ({SHARED})")
    where = {"PATH": str(sources / "content"), "BYLINES_AUTHORS": str(sources / "authors")}
    site = SmallSite(tmp_path_factory.mktemp(name), SITEURL="", **where)
    return Corpus(posts, authors, sources, site, site.build())


def test_every_post_of_a_corpus_is_on_its_page_or_named(corpus: Corpus) -> None:
    result, blogs = corpus.result, corpus.site.folder / "output/blogs"
    assert len(list((corpus.sources / "content").rglob("*.md"))) == corpus.posts
    left_out = {problem.path for problem in result.problems if "taken by" in problem.message}
    pages = [*blogs.glob("*/*/index.html"), *blogs.glob("*/*/*/index.html")]
    on_pages = [page for page in pages if 'class="post h-entry"' in page.read_text()]
    assert len(on_pages) + len(left_out) == corpus.posts
    assert result.posts == len(on_pages)
    assert len(list(blogs.glob("*/feed.atom"))) == corpus.authors
    again = corpus.site.build()
    assert again.changed == ()
    assert again.problems == result.problems


@pytest.mark.parametrize("scripts", [True, False])
def test_a_corpus_reads_well_on_every_kind_of_page(browser: Any, corpus: Corpus, scripts: bool) -> None:
    pages = a_few_of_each_kind(corpus.site.folder / "cache")
    assert faults_seen(browser, corpus.site.folder / "output", pages, scripts=scripts) == []
    assert faults_of_weight(corpus.site.folder / "output", pages) == []


@pytest.mark.long
def test_axe_finds_nothing_wrong_in_a_corpus(browser: Any, corpus: Corpus) -> None:
    pages = a_few_of_each_kind(corpus.site.folder / "cache")
    assert faults_of_access(browser, corpus.site.folder / "output", pages) == []


@pytest.mark.long
def test_vnu_finds_no_error_in_a_corpus(corpus: Corpus) -> None:
    tool = SHARED / "tools/check_html.sh"
    if not AXE.exists() or shutil.which("java") is None:
        pytest.skip("vnu is not here")
    done = subprocess.run(["bash", tool, corpus.site.folder / "output"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


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
