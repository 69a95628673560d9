"""The documentation: as a site of its own without a broken link, and what it shows works."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.building import ROOT, SmallSite, clock

sys.path.insert(0, str(ROOT / "tools"))
import docs_site
from check_site import check


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation, built without search and with one picture."""
    folder = tmp_path_factory.mktemp("docs")
    laid_down = docs_site.laid_down
    small = (ROOT / "docs/pieces/20.webp").read_bytes()  # one picture for all: to scale forty takes seconds

    def with_one_picture(root: Path) -> dict[str, bytes]:
        return {path: small if path.endswith(".webp") else data for path, data in laid_down(root).items()}

    with clock(4_000_000_000), pytest.MonkeyPatch.context() as patched:
        patched.setattr(docs_site, "laid_down", with_one_picture)
        assert docs_site.build(ROOT, folder / "project", folder / "output", search=False) == 0
    return folder / "output"


def test_the_docs_are_a_site_without_a_broken_link(docs: Path) -> None:
    assert check(docs) == []
    for file in [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"]:
        assert (docs / f"blogs/docs/{file.stem.lower()}/index.html").is_file(), file


def test_links_among_texts_lead_to_pages_and_others_to_files_beside_them(docs: Path) -> None:
    readme = (docs / "blogs/docs/readme/index.html").read_text()
    assert 'href="../../../blogs/docs/keeper/"' in readme
    assert "picture.webp" in readme or "../pictures/" in readme
    security = (docs / "blogs/docs/security/index.html").read_text()
    assert "files/github/workflows/guard.yml" in security
    assert (docs / "blogs/docs/files/github/workflows/guard.yml").read_bytes() == (
        ROOT / ".github/workflows/guard.yml"
    ).read_bytes()
    home = (docs / "index.html").read_text()
    assert home.index("To begin with") < home.index("For whoever writes") < home.index("For whoever keeps the site")
    assert home.count("<h3") == len(docs_site.texts(ROOT))


def test_links_in_code_stay_as_they_are() -> None:
    pages = {"docs/a.md": "a", "docs/b.md": "b"}
    text = "# T\n\n[x](b.md#y) `[x](b.md)`\n\n```\n[x](b.md)\n```\n[f](../LICENSE) [e](https://x.example/b.md)\n"
    post = docs_site._as_post(docs_site.Text("docs/a.md", "t"), text, pages, docs_site.dt.datetime(2026, 1, 1))
    assert post.endswith(
        "[x](b.md#y) `[x](b.md)`\n\n```\n[x](b.md)\n```\n[f](files/LICENSE) [e](https://x.example/b.md)\n"
    )


def test_what_is_as_it_was_is_not_written_again(tmp_path: Path) -> None:
    docs_site.write(tmp_path, {"content/a.md": b"1", "content/b.md": b"2"})
    stamp = (tmp_path / "content/a.md").stat().st_mtime_ns
    docs_site.write(tmp_path, {"content/a.md": b"1"})
    assert (tmp_path / "content/a.md").stat().st_mtime_ns == stamp
    assert not (tmp_path / "content/b.md").exists()


def test_a_site_without_lists_for_other_programs_names_none(site: SmallSite) -> None:
    site.post("ada/x.md")
    site.write("content/blogs/team/blog.yaml", "title: Team\nmembers: [ada]\n")
    site.settings["BYLINES_FEATURES"] = [name for name in site.site().features if not name.endswith(".exports")]
    site.settings["BYLINES_LETTERS_FROM"] = 1
    site.person("grace", "Grace Hopper")
    site.post("grace/y.md", topics="[tides]")
    site.post("ada/z.md", topics="[tides]")
    site.build()
    for path, data in site.built().items():
        assert b".opml" not in data, path
