"""`publish`: what differs comes to where the site is served, in an order that leaves no link dead, whatever breaks it off."""

from __future__ import annotations

import contextlib
import os
import random
import shlex
import shutil
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks import servers
from bylines.publishing import folder, media_types, precompressed, ssh, upload_order
from bylines.publishing.deploy_marker import NAME, DeployMarker, decode
from tests.buckets import StrictPlace
from tests.building import NOW, ROOT, SmallSite, files_below
from tests.places import BranchPlace, BucketPlace, FolderPlace, Place, SshPlace
from tests.projects import started
from tests.publications import clean_build, commit, edit, fails, project_in, publish, published, setting
from tests.served import broken
from tests.test_incremental import git

_LONG = [pytest.param(kind, marks=pytest.mark.long) for kind in ("ssh", "s3", "strict s3", "branch")]


@pytest.fixture
def project(tmp_path: Path) -> SmallSite:
    """Ada and Bob with a few posts, in a git repository."""
    return project_in(tmp_path / "project")


@pytest.fixture(params=["folder", *_LONG])
def any_place(
    request: pytest.FixtureRequest, project: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """A folder; in the long run each kind of place."""
    return _place(request, project, tmp_path, monkeypatch)


@pytest.fixture(params=["folder", "ssh", "s3", pytest.param("strict s3", marks=pytest.mark.long), "branch"])
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
        setting(project, "BYLINES_PUBLISH_SSH", command)
    elif request.param == "s3":
        buckets, environment = request.getfixturevalue("s3")
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        found = BucketPlace(buckets, f"bucket-{random.randrange(1 << 40)}")
    elif request.param == "strict s3":
        for name, value in request.getfixturevalue("shop").environment.items():
            monkeypatch.setenv(name, value)
        found = StrictPlace(f"bucket-{random.randrange(1 << 40)}")
    elif request.param == "branch":
        found = BranchPlace(tmp_path / "bare.git")
    else:
        found = FolderPlace(tmp_path / "www")
    setting(project, "BYLINES_PUBLISH_TO", found.address)
    return found


def test_what_is_served_is_what_was_built_and_the_next_time_only_what_differs_is_sent(
    project: SmallSite, place: Place
) -> None:
    assert "compared, and sent where they differ" in published(project)
    assert place.served() == clean_build(project)
    assert published(project).endswith("has it all")
    edit(project, 0)
    commit(project)
    assert "compared" not in published(project)
    assert place.served() == clean_build(project)
    assert published(project).endswith("has it all")


def test_files_of_others_stay_where_they_are_named_and_strangers_go(project: SmallSite, any_place: Place) -> None:
    published(project)
    any_place.put("CNAME", b"blogs.example")
    any_place.put(".well-known/security.txt", b"Contact: x")
    any_place.put("old/stranger.txt", b"?")
    shutil.rmtree(project.folder / "cache")
    published(project)
    assert any_place.served() == {
        **clean_build(project),
        "CNAME": b"blogs.example",
        ".well-known/security.txt": b"Contact: x",
    }


def test_another_machine_with_a_store_of_its_own_goes_on(project: SmallSite, any_place: Place, tmp_path: Path) -> None:
    commit(project)
    published(project)
    other = SmallSite(tmp_path / "other")
    git(tmp_path, "clone", "-q", str(project.folder), str(other.folder))
    edit(other, 0)
    commit(other)
    assert "compared" in published(other)
    assert any_place.served() == clean_build(other)
    done = publish(project)
    assert done.returncode == 1
    assert "has a newer state" in done.stderr
    assert "pull first" in done.stderr
    assert any_place.served() == clean_build(other)
    git(project.folder, "pull", "-q", str(other.folder), "main")
    assert "compared" in published(project), "its manifest is not of what is served"
    assert "has it all" in published(project)
    assert any_place.served() == clean_build(project)


def test_a_site_that_lost_most_of_its_pages_is_not_published(project: SmallSite, any_place: Place) -> None:
    for number in range(30):
        project.post(f"ada/post-{number}.md")
    commit(project)
    published(project)
    before = any_place.served()
    project.remove("content/blogs/ada")
    commit(project)
    done = publish(project)
    assert done.returncode == 1
    assert "pages would go" in done.stderr
    assert "--allow-loss" in done.stderr
    assert any_place.served() == before
    published(project, "--allow-loss")
    assert any_place.served() == clean_build(project)


def test_a_dry_run_says_what_it_would_do(project: SmallSite, any_place: Place) -> None:
    published(project)
    before = any_place.served()
    edit(project, 0)
    project.remove("content/blogs/ada/two.md")
    commit(project)
    said = published(project, "--dry-run").splitlines()
    assert "+ blogs/ada/new-0/data.csv" in said
    assert "- blogs/ada/two/index.html" in said
    assert said[-1].startswith("nothing was done; to be done at ")
    assert any_place.served() == before
    published(project)
    assert any_place.served() == clean_build(project)


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
    setting(project, "BYLINES_PUBLISH_TO", www.address)
    published(project)
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
        edit(project, number)
        project.post(f"bob/of-{number}.md", topics=f"[Topic {number}]")
        commit(project)
        site_then = clean_build(project)
        assert broken(site_then, {"index.html"}) == []
        published(project)
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
    published(project)
    old = clean_build(project)
    began = time.monotonic()
    edit(project, 0)
    commit(project)
    published(project)
    longest = time.monotonic() - began
    for number in range(1, moments + 1):
        old = clean_build(project)
        edit(project, number)
        commit(project)
        new = clean_build(project)
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
        published(project)
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
    setting(project, "BYLINES_PUBLISH_TO", str(www))
    held = folder.Folder(str(www), ".")
    held.open()
    try:
        done = publish(project)
        assert done.returncode == 1
        assert done.stderr.strip() == f"error: another publication to {www} is at work; wait until it is done"
    finally:
        held.close()
    published(project)


def test_a_second_publication_by_ssh_leaves_the_first_alone(
    project: SmallSite, sshd: tuple[int, str], tmp_path: Path
) -> None:
    port, command = sshd
    setting(project, "BYLINES_PUBLISH_SSH", command)
    www = tmp_path / "www"
    first = ssh.Machine("127.0.0.1", str(port), str(www), command)
    first.open()
    try:
        (www / folder.STAGE / "half").write_text("on its way")
        done = publish(project, f"ssh://127.0.0.1:{port}{www}")
        assert done.returncode == 1
        assert "is at work; wait until it is done" in done.stderr
        assert (www / folder.STAGE / "half").exists()
    finally:
        first.close()
    published(project, f"ssh://127.0.0.1:{port}{www}")
    assert not (www / folder.STAGE / "half").exists()


# Copies, kinds and errors.


def test_packed_copies_follow_their_files(project: SmallSite, tmp_path: Path) -> None:
    import brotli

    www = tmp_path / "www"
    setting(project, "BYLINES_PUBLISH_TO", str(www))
    published(project)
    setting(project, "BYLINES_PUBLISH_COPIES", ("gzip", "brotli"))
    for number in range(2):
        edit(project, number)
        commit(project)
        published(project)
        served, clean = FolderPlace(www).served(), clean_build(project)
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
    setting(project, "BYLINES_PUBLISH_COPIES", ())
    published(project)
    assert FolderPlace(www).served() == clean_build(project)


def test_small_files_and_pictures_have_no_copies(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"x" * 400)
    (tmp_path / "b.html").write_bytes(b"x" * 4000)
    (tmp_path / "c.webp").write_bytes(b"x" * 4000)
    assert precompressed.write_copies(str(tmp_path), ["a.html", "b.html", "c.webp"], ("gzip",)) == ["b.html.gz"]
    first = (tmp_path / "b.html.gz").read_bytes()
    precompressed.write_copies(str(tmp_path), ["b.html"], ("gzip",))
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
    assert (media_types.media_type(path), media_types.cache_control(path)) == (kind, kept)


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
    assert [end for end in endings if media_types.media_type(f"x{end}") == "application/octet-stream"] == []


def test_the_order_in_which_files_go_up_and_away() -> None:
    paths = ["index.html", "feed.atom", "blogs/ada/index.html", "blogs/ada/x/index.html", "blogs/ada/x/data.csv"]
    assert upload_order.order_new(paths) == [
        "blogs/ada/x/data.csv",
        "feed.atom",
        "blogs/ada/x/index.html",
        "blogs/ada/index.html",
        "index.html",
    ]
    assert upload_order.order_changed(paths)[-1] == "index.html"
    assert upload_order.order_deletions(paths)[-1] == "blogs/ada/x/data.csv"


def test_what_cannot_be_published_is_one_line(
    project: SmallSite,
    sshd: tuple[int, str],
    s3: tuple[Path, dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    for name, value in s3[1].items():
        monkeypatch.setenv(name, value)
    assert "nothing says where to publish; set BYLINES_PUBLISH_TO to a place such as" in fails(project)
    assert "is no place to publish to" in fails(project, "ftp://x/y")
    for address in ("git:origin", "s3://", "s3://a bucket/x", "deploy@www", "deploy@www:", "www:/", "ssh://www"):
        assert f"{address!r} is no place to publish to; name one such as" in fails(project, address)
    assert "there is no bucket none; make it, or mend the address" in fails(project, "s3://none/x")
    assert "there is no such repository at the git host" in fails(project, f"git:{tmp_path}/nothing#pages")
    assert "cannot be reached or written" in fails(project, f"ssh://127.0.0.1:{servers.free_port()}/tmp/x")
    setting(project, "BYLINES_PUBLISH_SSH", "no-such-ssh")
    assert "no-such-ssh cannot be run (No such file or directory); install ssh" in fails(project, "www:x")
    setting(project, "BYLINES_PUBLISH_SSH", "ssh -i 'key")
    assert "it is a command such as 'ssh -i deploy_key'" in fails(project, "www:x")
    setting(project, "BYLINES_PUBLISH_SSH", sshd[1])
    (tmp_path / "file").write_text("no folder")
    assert "cannot be reached or written" in fails(project, f"ssh://127.0.0.1:{sshd[0]}{tmp_path}/file/www")
    assert "cannot be written (not a directory)" in fails(project, f"{tmp_path}/file/www")
    setting(project, "BYLINES_PUBLISH_COPIES", ("zip",))
    assert "BYLINES_PUBLISH_COPIES" in fails(project, f"{tmp_path}/www")


@pytest.mark.parametrize("folder", [".", "..", "content", "authors/x", "output", ".git"])
def test_no_site_is_published_over_its_own_sources(project: SmallSite, folder: str) -> None:
    def there() -> dict[str, bytes]:
        return {path: data for path, data in files_below(project.folder).items() if "__pycache__" not in path}

    before = there()
    assert "is no place to publish to, because of" in fails(project, folder, "--allow-loss")
    assert there() == before


def test_what_lies_at_a_place_where_nobody_has_published_is_not_deleted(project: SmallSite, any_place: Place) -> None:
    if not isinstance(any_place, BranchPlace):
        any_place.put("letters/to-mother.txt", b"Dear Mother")
    else:
        git(project.folder, "push", "-q", str(any_place.folder), "main:pages")
    before = any_place.served()
    said = fails(project)
    assert "of something else lie there and would be deleted (" in said
    assert "say --allow-loss" in said
    assert any_place.served() == before
    published(project, "--allow-loss")
    assert any_place.served() == clean_build(project)


def test_a_machine_without_rsync_is_named(project: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare, here = tmp_path / "bin", tmp_path / "here"
    bare.mkdir()
    here.mkdir()
    (here / "rsync").write_text("#!/bin/sh\nexit 1\n")  # this machine may have none, either
    (here / "rsync").chmod(0o755)
    monkeypatch.setenv("PATH", f"{here}{os.pathsep}{os.environ['PATH']}")
    (bare / "sh").symlink_to("/bin/sh")
    (bare / "ssh").write_text(
        f'#!/bin/sh\nfor last; do :; done\nPATH={shlex.quote(str(bare))} exec /bin/sh -c "$last"\n'
    )
    (bare / "ssh").chmod(0o755)
    setting(project, "BYLINES_PUBLISH_SSH", shlex.quote(str(bare / "ssh")))
    assert fails(project, "deploy@www:/srv/www") == "error: deploy@www has no rsync; install it there"


def test_a_slip_that_cannot_be_read_is_none() -> None:
    assert decode(b"{") is None
    assert decode(None) is None
    assert decode(b'{"site": "x"}') == DeployMarker(site="x")


def test_what_is_published_holds_no_name_of_a_machine_or_person(project: SmallSite, tmp_path: Path) -> None:
    published(project, str(tmp_path / "www"))
    said = (tmp_path / "www" / NAME).read_text()
    assert str(ROOT) not in said
    assert "@" not in said
    assert str(NOW) not in said
