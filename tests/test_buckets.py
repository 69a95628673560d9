"""`publish` to a bucket: two at once, and everything that a bucket may answer."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bylines.publishing import s3
from bylines.publishing.deploy_marker import NAME
from bylines.settings import FEATURES
from tests.buckets import Fault, Server, StrictPlace
from tests.building import SmallSite
from tests.projects import started
from tests.publications import clean_build, commit, edit, fails, project_in, publish, published, setting
from tests.test_incremental import git


@pytest.fixture
def bucket(shop: Server, monkeypatch: pytest.MonkeyPatch) -> StrictPlace:
    """A new bucket."""
    for name, value in {**shop.environment, "AWS_MAX_ATTEMPTS": "2"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(shop, "wrong", lambda method, path: None)
    return StrictPlace(f"bucket-{random.randrange(1 << 40)}")


@pytest.fixture
def project(tmp_path: Path, bucket: StrictPlace) -> SmallSite:
    """A project that is published there."""
    found = project_in(tmp_path / "project")
    setting(found, "BYLINES_PUBLISH_TO", bucket.address)
    dear = ("facets", "finder", "exports", "pulse")  # many files that make no difference here
    setting(found, "BYLINES_FEATURES", [name for name in FEATURES if name.rpartition(".")[2] not in dear])
    setting(found, "BYLINES_FEED_FORMATS", ["atom"])
    commit(found)
    return found


@pytest.fixture
def other(project: SmallSite, tmp_path: Path) -> SmallSite:
    """Another machine, with a newer commit."""
    found = SmallSite(tmp_path / "other")
    git(tmp_path, "clone", "-q", str(project.folder), str(found.folder))
    edit(found, 0)
    commit(found)
    return found


def test_each_object_is_sent_once_and_says_what_it_is_and_how_long_it_may_be_kept(
    project: SmallSite, bucket: StrictPlace, shop: Server
) -> None:
    sent: list[str] = []
    shop.wrong = lambda method, path: sent.append(path) if method == "PUT" else None
    published(project)
    assert len(sent) == len(set(sent)) + 1 > 30, "the note is written twice"
    assert bucket.said_of("blogs/ada/feed.atom") == ("application/atom+xml", "no-cache")
    assert bucket.said_of(NAME) == ("application/json", "no-store")


@pytest.mark.parametrize("name", ["AWS_REGION", "AWS_DEFAULT_REGION"])
def test_the_region_is_the_one_that_is_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    import boto3

    monkeypatch.delenv("AWS_REGION", raising=False)
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    monkeypatch.setenv(name, "eu-west-1")
    assert s3._client().meta.region_name == "eu-west-1"


def _meanwhile(monkeypatch: pytest.MonkeyPatch, method: str, act: Callable[[], object]) -> None:
    """Something happens just before a publication's first call of a method."""
    original: Any = getattr(s3.Bucket, method)

    def called(self: s3.Bucket, *arguments: Any) -> Any:
        monkeypatch.setattr(s3.Bucket, method, original)
        act()
        return original(self, *arguments)

    monkeypatch.setattr(s3.Bucket, method, called)


BUSY = "somebody else publishes to {} at the same time; run it again when that is done"


def test_of_two_that_begin_at_once_the_second_is_refused_and_changes_nothing(
    project: SmallSite, other: SmallSite, bucket: StrictPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.post("bob/four.md")
    commit(project)
    _meanwhile(monkeypatch, "begin", lambda: published(project))
    assert fails(other) == f"error: {BUSY.format(bucket.address)}"
    assert bucket.served() == clean_build(project)


def test_who_is_overtaken_says_so_and_the_next_publication_puts_it_right(
    project: SmallSite, other: SmallSite, bucket: StrictPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("four", "five"):
        project.post(f"bob/{name}.md")
    project.post("ada/two.md", title="Another title")
    commit(project)
    _meanwhile(monkeypatch, "put", lambda: published(other, "--older"))
    assert fails(project) == f"error: {BUSY.format(bucket.address)}"
    published(other)
    assert bucket.served() == clean_build(other)
    assert published(other).endswith("has it all")


@pytest.mark.long
def test_who_is_overtaken_deletes_nothing(
    project: SmallSite, other: SmallSite, bucket: StrictPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(project)
    project.remove("content/blogs/ada/two.md")
    commit(project)
    _meanwhile(monkeypatch, "delete", lambda: published(other, "--older"))
    assert fails(project) == f"error: {BUSY.format(bucket.address)}"
    assert bucket.served() == clean_build(other)


@pytest.mark.long
def test_after_publications_that_overlapped_one_more_is_right(
    project: SmallSite, other: SmallSite, bucket: StrictPlace
) -> None:
    refused = 0
    for number in range(1, 11):
        for site in (project, other):
            site.post(f"bob/of-{number}.md", title=f"Of {site.folder.name}")
            site.post("ada/two.md", title=f"{site.folder.name}, {number}")
            commit(site)
        at_once = [
            started(site.folder, "publish", "--settings", "pelicanconf.py", "--older") for site in (project, other)
        ]
        for process in at_once:
            _, said = process.communicate(timeout=120)
            assert process.returncode == 0 or BUSY.format(bucket.address) in said, said
            refused += process.returncode
        published(other, "--older")
        assert bucket.served() == clean_build(other)
    assert refused, "some of them were at work at the same time"


@pytest.mark.long
def test_a_note_that_is_deleted_under_way_is_nobodys_publication(
    project: SmallSite, bucket: StrictPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(project)
    edit(project, 0)
    commit(project)
    _meanwhile(monkeypatch, "end", lambda: bucket.delete(NAME))
    assert fails(project) == f"error: {BUSY.format(bucket.address)}"
    assert "compared" in published(project)
    assert bucket.served() == clean_build(project)


def test_who_gets_no_answer_or_is_put_off_asks_again(project: SmallSite, bucket: StrictPlace, shop: Server) -> None:
    noted: list[str] = []
    slow = [Fault(503, "SlowDown")] * 2

    def wrong(method: str, path: str) -> Fault | None:
        if method == "PUT" and path.endswith(NAME):
            noted.append(path)
            return Fault(0) if len(noted) % 2 else None  # the answer to each first try is lost
        return slow.pop() if slow and method == "PUT" else None

    shop.wrong = wrong
    published(project)
    assert (len(noted), slow) == (4, []), "nobody else was taken for the one who wrote the note"
    assert bucket.served() == clean_build(project)
    assert published(project).endswith("has it all")


_REGION = "<Region>eu-west-1</Region>"


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault(404, "NoSuchBucket"), "there is no bucket {name}; make it, or mend the address"),
        (Fault(403, "AccessDenied"), "{address}: access is denied; let the key list the bucket, and get, put and delete"),
        (Fault(403, "InvalidAccessKeyId"), "{address}: the key is not known or does not fit (It is so); set AWS_ACCESS_KEY_ID and"),
        (Fault(403, "SignatureDoesNotMatch"), "{address}: the key is not known or does not fit"),
        (Fault(400, "AuthorizationHeaderMalformed", _REGION), "{name} lies in another region; set AWS_REGION to eu-west-1"),
        (Fault(400, "IllegalLocationConstraintException"), "{name} lies in another region; set AWS_REGION to the bucket's"),
        (Fault(503, "SlowDown"), "{address} asks for patience (SlowDown); run it again in a while"),
        (Fault(500, "InternalError"), "{address} asks for patience (InternalError); run it again in a while"),
        (Fault(501, "NotImplemented"), "{address}: It is so (NotImplemented); run it again when that is mended"),
        (Fault(418, "Teapot"), "{address}: It is so (Teapot); run it again when that is mended"),
        (Fault(0), "{address} cannot be reached ("),
    ],
)  # fmt: skip
def test_what_a_bucket_refuses_is_one_line(
    fault: Fault, says: str, project: SmallSite, bucket: StrictPlace, shop: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    shop.wrong = lambda method, path: fault
    assert fails(project).startswith("error: " + says.format(name=bucket.name, address=bucket.address))


def test_who_may_read_and_not_write_is_told(project: SmallSite, bucket: StrictPlace, shop: Server) -> None:
    shop.wrong = lambda method, path: Fault(403, "AccessDenied") if method in ("PUT", "HEAD") else None
    assert "access is denied; let the key" in fails(project)
    assert bucket.served() == {}


def test_without_a_key_or_a_server_it_says_what_to_set(
    project: SmallSite, shop: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    import boto3

    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    assert "cannot be reached (" in fails(project)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "localhost:9000")
    assert "S3 cannot be asked (Invalid endpoint: localhost:9000); mend what AWS_" in fails(project)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ENDPOINT_URL", shop.address)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)  # it remembers the key
    assert "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" in fails(project)
    assert publish(project, "s3://x").returncode == 1
