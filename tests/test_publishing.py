"""`publish`: what differs comes to where the site is served, in an order that leaves no link dead, whatever breaks it off."""

from __future__ import annotations

import contextlib
import io
import os
import random
import shutil
import signal
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from benchmarks import servers
from bylines import frame
from bylines.__main__ import main
from bylines.engine.result import Manner
from bylines.publishing import copies, folder, kinds, order, ssh
from bylines.publishing import s3 as s3_module
from bylines.publishing.slip import NAME, Slip, read
from tests.building import NOW, ROOT, SmallSite, clock, files_below
from tests.places import BranchPlace, BucketPlace, FolderPlace, Place, SshPlace, make_bucket
from tests.projects import configure, started
from tests.served import broken
from tests.test_incremental import git

_LONG = [pytest.param(kind, marks=pytest.mark.long) for kind in ("ssh", "s3", "branch")]


@pytest.fixture(params=["folder", *_LONG])
def any_place(
    request: pytest.FixtureRequest, project: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """A folder; in the long run each kind of place."""
    return _place(request, project, tmp_path, monkeypatch)


@pytest.fixture(params=["folder", "ssh", "s3", "branch"])
def place(request: pytest.FixtureRequest, project: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Each kind of place in turn; the project publishes there."""
    return _place(request, project, tmp_path, monkeypatch)


def _place(
    request: pytest.FixtureRequest, project: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Place:
    found: Place
    if request.param == "ssh":
        port, command = request.getfixturevalue("sshd")
        found = SshPlace(tmp_path / "www", port)
        _set(project, "BYLINES_PUBLISH_SSH", command)
    elif request.param == "s3":
        buckets, environment = request.getfixturevalue("s3")
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        found = BucketPlace(buckets, f"bucket-{random.randrange(1 << 40)}")
    elif request.param == "branch":
        found = BranchPlace(tmp_path / "bare.git")
    else:
        found = FolderPlace(tmp_path / "www")
    _set(project, "BYLINES_PUBLISH_TO", found.address)
    return found


@pytest.fixture
def project(tmp_path: Path) -> SmallSite:
    """Ada and Bob with a few posts, in a git repository."""
    site = SmallSite(tmp_path / "project")
    site.folder.mkdir()
    configure(site)
    _set(site, "BYLINES_COVERS", False)
    site.person("ada", "Ada Lovelace")
    site.person("bob", "Bob Sinclar", team="Sea")
    for name in ("one", "two"):
        site.post(f"ada/{name}.md", topics="[Tides]")
    site.post("bob/three/index.md", "See [one](../../ada/one.md), and [the figures](figures.csv).\n")
    site.write("content/blogs/bob/three/figures.csv", "a,b\n")
    site.write(".gitignore", "/output/\n/cache/\n/delta/\n/.*\n/clean*\n__pycache__/\n")
    git(site.folder, "init", "-q", "-b", "main")
    _commit(site)
    return site


def _set(site: SmallSite, name: str, value: Any) -> None:
    with (site.folder / "pelicanconf.py").open("a") as conf:
        conf.write(f"{name} = {value!r}\n")


def _commit(site: SmallSite) -> None:
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-q", "-m", "an edit")


class _Said(NamedTuple):
    """What a publication said, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def _publish(site: SmallSite, *options: str) -> _Said:
    """Publishes in this process: to start one takes longer than all the rest."""
    out, err = io.StringIO(), io.StringIO()
    command = ["publish", "--settings", str(site.folder / "pelicanconf.py"), *options]
    with clock(NOW), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(command)
    return _Said(code, out.getvalue(), err.getvalue())


def _published(site: SmallSite, *options: str) -> str:
    done = _publish(site, *options)
    assert done.returncode == 0, done.stderr
    assert "note:" not in done.stderr
    return done.stdout.strip()


def _clean(site: SmallSite) -> dict[str, bytes]:
    """What a clean build of a project gives."""
    for name in ("clean", "clean-cache"):
        shutil.rmtree(site.folder / name, ignore_errors=True)
    aside = {"OUTPUT_PATH": str(site.folder / "clean"), "CACHE_PATH": str(site.folder / "clean-cache")}
    with clock(NOW):
        frame.build(str(site.folder / "pelicanconf.py"), aside, manner=Manner())
    return files_below(site.folder / "clean")


def _edit(site: SmallSite, number: int) -> None:
    """A new post with a file of its own, a new person, another title, and a post that goes."""
    site.post(
        f"ada/new-{number}/index.md",
        "[the data](data.csv) by @bob\n",
        topics="[Tides, Waves]",
        date=f"2026-03-{number % 27 + 1:02}",
    )
    site.write(f"content/blogs/ada/new-{number}/data.csv", f"{number}\n")
    site.person(f"who-{number}", f"Who {number}")
    site.post(f"who-{number}/hello.md", "I read [this](../ada/one.md).\n", title=f"Hello {number}")
    site.post("ada/one.md", topics="[Tides]", title=f"One, {number}")
    if number:
        site.remove(f"content/blogs/ada/new-{number - 1}")


def test_what_is_served_is_what_was_built_and_the_next_time_only_what_differs_is_sent(
    project: SmallSite, place: Place
) -> None:
    assert "compared, and sent where they differ" in _published(project)
    assert place.served() == _clean(project)
    assert _published(project).endswith("has it all")
    _edit(project, 0)
    _commit(project)
    assert "compared" not in _published(project)
    assert place.served() == _clean(project)
    assert _published(project).endswith("has it all")


def test_files_of_others_stay_where_they_are_named_and_strangers_go(project: SmallSite, any_place: Place) -> None:
    _published(project)
    any_place.put("CNAME", b"blogs.example")
    any_place.put(".well-known/security.txt", b"Contact: x")
    any_place.put("old/stranger.txt", b"?")
    shutil.rmtree(project.folder / "cache")
    _published(project)
    assert any_place.served() == {
        **_clean(project),
        "CNAME": b"blogs.example",
        ".well-known/security.txt": b"Contact: x",
    }


def test_another_machine_with_a_store_of_its_own_goes_on(project: SmallSite, any_place: Place, tmp_path: Path) -> None:
    _commit(project)
    _published(project)
    other = SmallSite(tmp_path / "other")
    git(tmp_path, "clone", "-q", str(project.folder), str(other.folder))
    _edit(other, 0)
    _commit(other)
    assert "compared" in _published(other)
    assert any_place.served() == _clean(other)
    done = _publish(project)
    assert done.returncode == 1
    assert "has a newer state" in done.stderr
    assert "pull first" in done.stderr
    assert any_place.served() == _clean(other)
    git(project.folder, "pull", "-q", str(other.folder), "main")
    assert "compared" in _published(project), "its manifest is not of what is served"
    assert "has it all" in _published(project)
    assert any_place.served() == _clean(project)


def test_a_site_that_lost_most_of_its_pages_is_not_published(project: SmallSite, any_place: Place) -> None:
    for number in range(30):
        project.post(f"ada/post-{number}.md")
    _commit(project)
    _published(project)
    before = any_place.served()
    project.remove("content/blogs/ada")
    _commit(project)
    done = _publish(project)
    assert done.returncode == 1
    assert "pages would go" in done.stderr
    assert "--allow-loss" in done.stderr
    assert any_place.served() == before
    _published(project, "--allow-loss")
    assert any_place.served() == _clean(project)


def test_a_dry_run_says_what_it_would_do(project: SmallSite, any_place: Place) -> None:
    _published(project)
    before = any_place.served()
    _edit(project, 0)
    project.remove("content/blogs/ada/two.md")
    _commit(project)
    said = _published(project, "--dry-run").splitlines()
    assert "+ blogs/ada/new-0/data.csv" in said
    assert "- blogs/ada/two/index.html" in said
    assert said[-1].startswith("nothing was done; to be done at ")
    assert any_place.served() == before
    _published(project)
    assert any_place.served() == _clean(project)


# What a reader meets while it arrives.


class _Watched(folder.Folder):
    """A folder at which somebody looks after each file that comes or goes."""

    def _put(self, file: str, path: str) -> None:
        super()._put(file, path)
        self.looked_at()

    def delete(self, paths: Any) -> None:
        for path in paths:
            super().delete([path])
            self.looked_at()

    def looked_at(self) -> None:
        raise NotImplementedError


def test_no_page_that_a_reader_can_come_to_names_what_is_not_there(
    project: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    www = FolderPlace(tmp_path / "www")
    _set(project, "BYLINES_PUBLISH_TO", www.address)
    _published(project)
    known = {path for path in www.served() if path.endswith(".html")}
    looks = 0

    def look(self: _Watched) -> None:
        nonlocal looks
        looks += 1
        begin = known & site_then.keys()
        assert broken(www.served(), {"index.html", *begin}) == []

    monkeypatch.setattr(_Watched, "looked_at", look)
    monkeypatch.setattr(folder, "Folder", _Watched)
    for number in (0, 1):
        _edit(project, number)
        project.post(f"bob/of-{number}.md", topics=f"[Topic {number}]")
        _commit(project)
        site_then = _clean(project)
        assert broken(site_then, {"index.html"}) == []
        _published(project)
        assert www.served() == site_then
        known = {path for path in site_then if path.endswith(".html")}
    assert looks > 60


def test_a_page_that_names_what_is_not_there_would_be_seen() -> None:
    home = b'<a href="/a/">a</a> <a href="https://test.example/feed.atom">f</a> <a href="https://other.example/x">o</a>'
    assert sorted(broken({"index.html": home, "a/index.html": b'<img src="../pic.png">'}, {"index.html"})) == [
        ("a/index.html", "pic.png"),
        ("index.html", "feed.atom"),
    ]


def _break_off(project: SmallSite, place: Place, moments: int, seed: int) -> None:
    """Publications that are killed at random moments, each run again."""
    choose = random.Random(seed)
    _published(project)
    old = _clean(project)
    began = time.monotonic()
    _edit(project, 0)
    _commit(project)
    _published(project)
    longest = time.monotonic() - began
    for number in range(1, moments + 1):
        old = _clean(project)
        _edit(project, number)
        _commit(project)
        new = _clean(project)
        process = started(project.folder, "publish", "--settings", "pelicanconf.py", "--quiet")
        time.sleep(choose.uniform(0.3, 1) * longest)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        served = place.served()
        whole = {path: data for path, data in served.items() if not _half_sent(path)}
        for path, data in whole.items():
            assert data in (old.get(path), new.get(path)), path
        both = {path for path in old.keys() & new.keys() if path.endswith(".html")}
        assert broken(whole, {"index.html", *both}) == []
        _published(project)
        assert place.served() == new


def _half_sent(path: str) -> bool:
    """What rsync had not finished lies below its stage, which is not served."""
    return path.startswith(folder.STAGE)


def test_a_publication_that_was_broken_off_is_run_again(project: SmallSite, any_place: Place) -> None:
    _break_off(project, any_place, 2, 1)


@pytest.mark.long
def test_fifty_publications_that_are_broken_off(project: SmallSite, place: Place) -> None:
    _break_off(project, place, 50, random.randrange(1 << 30))


def test_two_publications_at_once(project: SmallSite, tmp_path: Path) -> None:
    www = tmp_path / "www"
    _set(project, "BYLINES_PUBLISH_TO", str(www))
    held = folder.Folder(str(www), ".")
    held.open()
    try:
        done = _publish(project)
        assert done.returncode == 1
        assert done.stderr.strip() == f"error: another publication to {www} is at work; wait until it is done"
    finally:
        held.close()
    _published(project)


def test_a_second_publication_by_ssh_leaves_the_first_alone(
    project: SmallSite, sshd: tuple[int, str], tmp_path: Path
) -> None:
    port, command = sshd
    _set(project, "BYLINES_PUBLISH_SSH", command)
    www = tmp_path / "www"
    first = ssh.Machine("127.0.0.1", str(port), str(www), command)
    first.open()
    try:
        (www / folder.STAGE / "half").write_text("on its way")
        done = _publish(project, f"ssh://127.0.0.1:{port}{www}")
        assert done.returncode == 1
        assert "is at work; wait until it is done" in done.stderr
        assert (www / folder.STAGE / "half").exists()
    finally:
        first.close()
    _published(project, f"ssh://127.0.0.1:{port}{www}")
    assert not (www / folder.STAGE / "half").exists()


def test_no_object_is_sent_twice(project: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    client = _Objects()
    monkeypatch.setattr(s3_module, "_client", lambda: client)
    _published(project, "s3://x")
    sent = [key for key in client.puts if key != NAME]
    assert len(sent) == len(set(sent)) > 50
    assert client.puts.count(NAME) == 2


class _Objects:
    """What a bucket's client does, in memory."""

    class exceptions:  # noqa: N801 (as boto3 has it)
        class NoSuchKey(Exception):  # noqa: N818
            pass

    def __init__(self) -> None:
        self.puts: list[str] = []

    def get_object(self, **_: object) -> None:
        raise self.exceptions.NoSuchKey

    def get_paginator(self, _: str) -> _Objects:
        return self

    def paginate(self, **_: object) -> list[dict[str, object]]:
        return [{}]

    def put_object(self, *, Key: str, **_: object) -> dict[str, str]:  # noqa: N803
        self.puts.append(Key)
        return {"ETag": '"x"'}


# Copies, kinds and errors.


def test_packed_copies_follow_their_files(project: SmallSite, tmp_path: Path) -> None:
    import brotli

    www = tmp_path / "www"
    _set(project, "BYLINES_PUBLISH_TO", str(www))
    _published(project)
    _set(project, "BYLINES_PUBLISH_COPIES", ("gzip", "brotli"))
    for number in range(2):
        _edit(project, number)
        _commit(project)
        _published(project)
        served, clean = FolderPlace(www).served(), _clean(project)
        packed = {path for path in served if path not in clean}
        assert "index.html.gz" in packed
        assert (
            "blogs/ada/new-0/index.html.gz" in packed if number == 0 else "blogs/ada/new-0/index.html.gz" not in packed
        )
        import gzip

        for path in packed:
            plain = clean[path.rpartition(".")[0]]
            assert (gzip.decompress if path.endswith(".gz") else brotli.decompress)(served[path]) == plain
        assert {path: data for path, data in served.items() if path in clean} == clean
    _set(project, "BYLINES_PUBLISH_COPIES", ())
    _published(project)
    assert FolderPlace(www).served() == _clean(project)


def test_small_files_and_pictures_have_no_copies(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"x" * 400)
    (tmp_path / "b.html").write_bytes(b"x" * 4000)
    (tmp_path / "c.webp").write_bytes(b"x" * 4000)
    assert copies.make(str(tmp_path), ["a.html", "b.html", "c.webp"], ("gzip",)) == ["b.html.gz"]
    first = (tmp_path / "b.html.gz").read_bytes()
    copies.make(str(tmp_path), ["b.html"], ("gzip",))
    assert (tmp_path / "b.html.gz").read_bytes() == first


@pytest.mark.parametrize(
    ("path", "kind", "kept"),
    [
        ("index.html", "text/html; charset=utf-8", "no-cache"),
        ("blogs/ada/feed.atom", "application/atom+xml", "no-cache"),
        ("feed/3.json", "application/feed+json", "no-cache"),
        ("blogs.json", "application/json", "no-cache"),
        ("pictures/da/b6878b0287f9d3322f5a-480.webp", "image/webp", "public, max-age=31536000, immutable"),
        (
            "search/shards/en/fragment/en_25eca19.pf_fragment",
            "application/octet-stream",
            "public, max-age=31536000, immutable",
        ),
        ("search/shards/en/pagefind-entry.json", "application/json", "no-cache"),
        ("blogs/ada/pictures/x.png", "image/png", "no-cache"),
        ("_redirects", "application/octet-stream", "no-cache"),
    ],
)
def test_what_a_file_is_when_it_is_served(path: str, kind: str, kept: str) -> None:
    assert (kinds.media_type(path), kinds.cache_control(path)) == (kind, kept)


def test_each_page_that_the_demo_has_is_of_a_known_kind() -> None:
    endings = {
        ".html",
        ".atom",
        ".rss",
        ".json",
        ".opml",
        ".xml",
        ".css",
        ".js",
        ".csv",
        ".txt",
        ".map",
        ".svg",
        ".webp",
        ".webmanifest",
    }
    assert [end for end in endings if kinds.media_type(f"x{end}") == "application/octet-stream"] == []


def test_the_order_in_which_files_go_up_and_away() -> None:
    paths = ["index.html", "feed.atom", "blogs/ada/index.html", "blogs/ada/x/index.html", "blogs/ada/x/data.csv"]
    assert order.new_first(paths) == [
        "blogs/ada/x/data.csv",
        "feed.atom",
        "blogs/ada/x/index.html",
        "blogs/ada/index.html",
        "index.html",
    ]
    assert order.changed(paths)[-1] == "index.html"
    assert order.gone(paths)[-1] == "blogs/ada/x/data.csv"


def test_s3_says_what_a_file_is_and_how_long_it_may_be_kept(
    project: SmallSite, s3: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    buckets, environment = s3
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    make_bucket("kinds")
    _published(project, "s3://kinds")
    import boto3

    head = boto3.client("s3").head_object(Bucket="kinds", Key="blogs/ada/feed.atom")
    assert head["ContentLength"] == len((buckets / "kinds/blogs/ada/feed.atom").read_bytes())


def _fails(site: SmallSite, *options: str) -> str:
    done = _publish(site, *options)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.strip().splitlines()
    return line


def test_what_cannot_be_published_is_one_line(
    project: SmallSite,
    sshd: tuple[int, str],
    s3: tuple[Path, dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    for name, value in s3[1].items():
        monkeypatch.setenv(name, value)
    assert "is no place to publish to; name one such as" in _fails(project)
    assert "is no place to publish to" in _fails(project, "ftp://x/y")
    assert "names no remote and branch; write git:origin#pages" in _fails(project, "git:origin")
    assert "there is no bucket none; make it, or mend the address" in _fails(project, "s3://none/x")
    assert "git ls-remote failed" in _fails(project, f"git:{tmp_path}/nothing#pages")
    assert "cannot be reached or written" in _fails(project, f"ssh://127.0.0.1:{servers.free_port()}/tmp/x")
    _set(project, "BYLINES_PUBLISH_SSH", sshd[1])
    (tmp_path / "file").write_text("no folder")
    assert "cannot be reached or written" in _fails(project, f"ssh://127.0.0.1:{sshd[0]}{tmp_path}/file/www")
    assert "cannot be written (not a directory)" in _fails(project, f"{tmp_path}/file/www")
    _set(project, "BYLINES_PUBLISH_COPIES", ("zip",))
    assert "BYLINES_PUBLISH_COPIES" in _fails(project, f"{tmp_path}/www")


def test_a_slip_that_cannot_be_read_is_none() -> None:
    assert read(b"{") is None
    assert read(None) is None
    assert read(b'{"site": "x"}') == Slip(site="x")


def test_what_is_published_holds_no_name_of_a_machine_or_person(project: SmallSite, tmp_path: Path) -> None:
    _published(project, str(tmp_path / "www"))
    said = (tmp_path / "www" / NAME).read_text()
    assert str(ROOT) not in said
    assert "@" not in said
    assert str(NOW) not in said
