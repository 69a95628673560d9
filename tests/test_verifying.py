"""`verify`: what is served is what was built; what is not is named with what to do."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import io
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bylines.__main__ import main
from bylines.publishing.media_types import media_type
from bylines.verifying.pages import check
from tests.building import NOW, SmallSite, clock
from tests.projects import configure


class _Said(NamedTuple):
    code: int
    faults: list[str]
    line: str


@pytest.fixture
def project(site: SmallSite) -> SmallSite:
    configure(site)
    site.post("ada/one.md", topics="[Tides]")
    site.post("ada/two/index.md", "[data](data.csv)\n")
    site.write("content/blogs/ada/two/data.csv", "a,b\n" * 200)
    with clock(NOW), contextlib.redirect_stdout(io.StringIO()):
        assert main(["build", "--settings", str(site.folder / "pelicanconf.py")]) == 0
    shutil.copytree(site.folder / "output", site.folder / "www")
    return site


def _verify(site: SmallSite, served: str, *options: str) -> _Said:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["verify", served, "--settings", str(site.folder / "pelicanconf.py"), *options])
    return _Said(code, err.getvalue().splitlines(), out.getvalue().strip())


class _Server(http.server.SimpleHTTPRequestHandler):
    """Serves a folder with the types that are ours."""

    protocol_version = "HTTP/1.1"

    def guess_type(self, path: object) -> str:
        name = "index.html" if str(path).endswith("/") else str(path)
        return "text/html" if name.endswith("two/data.csv") and self.is_wrong else media_type(name)

    is_wrong = False

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (as it is declared)
        pass


@pytest.fixture
def server(project: SmallSite) -> Iterator[str]:
    handler = functools.partial(_Server, directory=str(project.folder / "www"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_address[1]}"
        serving.shutdown()


def _damage(www: Path) -> None:
    shutil.rmtree(www / "blogs/ada/one")
    (www / "feed.atom").write_text("<feed")
    (www / "blogs/ada/two/data.csv").write_text("c\n")


def test_nothing_is_wrong_with_what_was_built(project: SmallSite, server: str) -> None:
    for served in (str(project.folder / "www"), server):
        said = _verify(project, served)
        assert (said.code, said.faults) == (0, [])
        assert "files looked at, 0 faults" in said.line


def test_what_differs_in_a_folder_is_named(project: SmallSite) -> None:
    www = project.folder / "www"
    _damage(www)
    (www / "stranger.txt").write_text("?")
    (www / "CNAME").write_text("blogs.example")
    (www / "index.html.gz").write_bytes(gzip.compress(b"something else"))
    said = _verify(project, str(www))
    assert said.code == 1
    for line in (
        "blogs/ada/one/index.html: is not there; publish again",
        "feed.atom: is not what was built; publish again",
        "blogs/ada/two/data.csv: is not what was built; publish again",
        "stranger.txt: is no part of the site; delete it, or name it in BYLINES_PUBLISH_KEEP",
        "index.html.gz: is not the packed form of its file; publish again",
    ):
        assert line in said.faults
    assert not [line for line in said.faults if line.startswith("CNAME")]
    assert any(line.startswith("feed.atom: is not well-formed") for line in said.faults)
    assert any("/blogs/ada/one/ leads nowhere" in line for line in said.faults)


def test_whatever_a_page_holds_it_is_a_fault_and_no_more(project: SmallSite) -> None:
    www = project.folder / "www"
    page, whole = www / "blogs/ada/two/index.html", (www / "blogs/ada/two/index.html").read_bytes()
    for damage, says in (
        (b"<![x[", "a declaration that cannot be read"),
        (b'<a href="http://[x">', "http://[x is no address"),
        (b'<a href="' + b"x" * 300 + b'/">', "leads nowhere"),
        (b'<link rel="canonical">\xff', "is not what was built"),
    ):
        page.write_bytes(whole + damage)
        (www / "index.html").write_bytes(damage)
        faults = _verify(project, str(www)).faults
        assert any(line.startswith("blogs/ada/two/index.html:") and says in line for line in faults), faults


def test_what_differs_at_a_server_is_named(project: SmallSite, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _damage(project.folder / "www")
    monkeypatch.setattr(_Server, "is_wrong", True)
    assert _verify(project, server).faults == [
        "blogs/ada/one/index.html: the server answers 404; publish again",
        "blogs/ada/two/data.csv: is not what was built; publish again; if that does not help, empty the caches between",
        "blogs/ada/two/data.csv: is served as text/html; let the server say text/csv",
        "feed.atom: is not what was built; publish again; if that does not help, empty the caches between",
    ]


def test_a_server_that_gives_no_files_is_told(project: SmallSite, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for status, says in (
        (500, "the server answers 500; look at the server's log"),
        (301, "the server answers 301; it leads to https://blogs.example/: verify that"),
        (401, "the server answers 401; it lets nobody in who is not known to it"),
    ):
        monkeypatch.setattr(_Server, "do_GET", _answering(status))
        said = _verify(project, server)
        assert said.code == 1
        assert [line for line in said.faults if says not in line] == []


def _answering(status: int) -> Callable[[_Server], None]:
    def answer(self: _Server) -> None:
        self.send_response(status)
        self.send_header("Location", f"https://blogs.example{self.path}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    return answer


def test_a_sample_is_part_of_it(project: SmallSite, server: str) -> None:
    assert _verify(project, server, "--sample", "5").line == f"{server}: 5 files looked at, 0 faults"


def test_what_cannot_be_verified_is_one_line(project: SmallSite) -> None:
    for served, said in (
        ("nowhere", "is neither a folder nor an address"),
        ("http://[x", "is neither a folder nor an address"),
        ("http://127.0.0.1:99999", "is neither a folder nor an address"),
        ("http://127.0.0.1:9", "does not answer"),
        ("http://a..b/", "does not answer"),
    ):
        found = _verify(project, served)
        assert found.code == 1
        assert len(found.faults) == 1
        assert said in found.faults[0]
    shutil.rmtree(project.folder / "cache")
    assert (
        "nothing was built here yet, so there is nothing to compare with"
        in _verify(project, str(project.folder / "www")).faults[0]
    )


def test_a_site_in_which_nobody_has_a_blog_is_in_order(site: SmallSite) -> None:
    (site.folder / "content").mkdir(exist_ok=True)
    (site.folder / "authors").mkdir(exist_ok=True)
    site.build()
    assert check(site.folder / "output") == []
