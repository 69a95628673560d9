"""Publishes to an S3 bucket, at AWS or at any service with the same protocol. It is configured like AWS's own tools:

AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE, AWS_REGION, and AWS_ENDPOINT_URL for services other than AWS.
https://boto3.amazonaws.com/v1/documentation/api/latest/guide/configuration.html
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec

from bylines.problems import PublishError
from bylines.publishing import deploy_marker
from bylines.publishing.deploy_marker import DeployMarker
from bylines.publishing.media_types import cache_control, media_type
from bylines.publishing.upload_order import is_page

_AT_ONCE = 16
_MOST_DELETED = 1_000
"""Objects that one request can delete."""
_CONFLICT_CODES = ("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey")
"""The error codes of S3 for a marker that has changed since, or is gone."""


class Bucket:
    """The target that is a bucket, or the objects in it whose names begin with a prefix."""

    takes_copies = False

    def __init__(self, name: str, bucket: str, prefix: str) -> None:
        self.name = name
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._client: Any = None
        self._tags: dict[str, str] | None = None
        self._marker_tag = ""
        self._has_begun = False

    def open(self) -> DeployMarker | None:
        """Connect, and return the deploy marker, or None. There is no lock: each write of the marker fails if it has changed since."""
        self._client = _client()
        with self._publish_errors():
            return self._read_marker()

    def _read_marker(self) -> DeployMarker | None:
        """Read the marker, and remember its ETag for the next conditional write."""
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=self._prefix + deploy_marker.NAME)
        except self._client.exceptions.NoSuchKey:
            self._marker_tag = ""
            return None
        self._marker_tag = found["ETag"]
        return deploy_marker.decode(found["Body"].read())

    def others(self, kept: set[str]) -> list[str]:
        """Return the paths of the objects that are not in `kept`. Remember the ETags of all, so that `put` need not ask for each."""
        self._tags = {}
        with self._publish_errors():
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
                for each in page.get("Contents", ()):
                    self._tags[each["Key"].removeprefix(self._prefix)] = each["ETag"]
        return [path for path in self._tags if path not in kept and path != deploy_marker.NAME]

    def begin(self, found: DeployMarker) -> None:
        """Record that a build is being uploaded."""
        self._write_marker(found)
        self._has_begun = True

    def put_new(self, folder: str, paths: Sequence[str]) -> None:
        """Upload the files that do not exist yet."""
        self._each_kind(paths, lambda path: None if self._tag(path) else self._put(folder, path))

    def put(self, folder: str, paths: Sequence[str]) -> None:
        """Upload the files whose bytes differ."""
        self._must_be_alone()
        self._each_kind(paths, lambda path: self._put(folder, path, self._tag(path)))

    def delete(self, paths: Sequence[str]) -> None:
        """Delete objects."""
        if paths:
            self._must_be_alone()
        for start in range(0, len(paths), _MOST_DELETED):
            keys = [{"Key": self._prefix + path} for path in paths[start : start + _MOST_DELETED]]
            with self._publish_errors():
                done = self._client.delete_objects(Bucket=self._bucket, Delete={"Objects": keys, "Quiet": True})
            for fault in done.get("Errors", ()):
                raise PublishError(
                    f"{self.name}: {fault['Key']} cannot be deleted ({fault.get('Message', '')}); run it again"
                )

    def end(self, found: DeployMarker) -> None:
        """Record that the upload is complete."""
        self._write_marker(found)

    def close(self) -> None:
        """Do nothing: there is no lock to release."""

    def _each_kind(self, paths: Sequence[str], act: Callable[[str], None]) -> None:
        """Call `act` in parallel: first for what pages load, then for pages, at last for the home page."""
        for kind in (lambda p: not is_page(p), lambda p: is_page(p) and p != "index.html", lambda p: p == "index.html"):
            self._all([path for path in paths if kind(path)], act)

    def _all(self, paths: Iterable[str], act: Callable[[str], None]) -> None:
        with self._publish_errors(), ThreadPoolExecutor(_AT_ONCE) as pool:
            for _ in pool.map(act, paths):
                pass

    def _tag(self, path: str) -> str:
        """Return the ETag of an object; empty if it does not exist."""
        return self._request_tag(path) if self._tags is None else self._tags.get(path, "")

    def _request_tag(self, path: str) -> str:
        try:
            return str(self._client.head_object(Bucket=self._bucket, Key=self._prefix + path)["ETag"])
        except self._client.exceptions.ClientError as error:
            if _status(error) == 404:
                return ""
            raise

    def _put(self, folder: str, path: str, tag: str = "") -> None:
        with open(os.path.join(folder, path), "rb") as file:
            data = file.read()
        if tag == (own := f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'):
            return
        kinds = {"ContentType": media_type(path), "CacheControl": cache_control(path)}
        self._client.put_object(Bucket=self._bucket, Key=self._prefix + path, Body=data, **kinds)
        if self._tags is not None:
            self._tags[path] = own

    def _write_marker(self, found: DeployMarker) -> None:
        """Write the marker, unless somebody else has changed it since it was read."""
        expected = {"IfMatch": self._marker_tag} if self._marker_tag else {"IfNoneMatch": "*"}
        with self._publish_errors():
            try:
                self._put_marker(found, **expected)
            except self._client.exceptions.ClientError as error:
                if _code(error) not in _CONFLICT_CODES:
                    raise
                # If only the answer was lost and boto3 repeated the request, the marker there is ours.
                there = self._read_marker()
                if there != found:
                    raise self._conflict_error(there) from error

    def _put_marker(self, found: DeployMarker, **expected: str) -> None:
        kinds = {"ContentType": "application/json", "CacheControl": "no-store"}
        key = self._prefix + deploy_marker.NAME
        done = self._client.put_object(
            Bucket=self._bucket, Key=key, Body=deploy_marker.encode(found), **kinds, **expected
        )
        self._marker_tag = done["ETag"]

    def _must_be_alone(self) -> None:
        """Raise PublishError if somebody else has written a marker since ours."""
        with self._publish_errors():
            if self._request_tag(deploy_marker.NAME) != self._marker_tag:
                raise self._conflict_error(self._read_marker())

    def _conflict_error(self, there: DeployMarker | None) -> PublishError:
        """Return the error for a publication that met another one.

        If ours has uploaded files already, they are now mixed with the other's. So invalidate the marker: the next
        publication then compares every file.
        """
        if there and self._has_begun:
            self._put_marker(msgspec.structs.replace(there, served="", begun=""))
        return PublishError(f"somebody else publishes to {self.name} at the same time; run it again when that is done")

    @contextlib.contextmanager
    def _publish_errors(self) -> Iterator[None]:
        """Raise what boto3 raises as a PublishError that says what to do."""
        try:
            yield
        except PublishError:
            raise
        except Exception as error:
            raise PublishError(self._words(error)) from error

    def _words(self, error: Exception) -> str:
        code, reason = _code(error), _reason(error)
        if code == "NoSuchBucket":
            return f"there is no bucket {self._bucket}; make it, or mend the address"
        if code in _REGIONS:
            region = _response(error).get("Error", {}).get("Region") or "the bucket's"
            return f"{self._bucket} lies in another region; set AWS_REGION to {region}"
        if code in _KEYS:
            return f"{self.name}: the key is not known or does not fit ({reason}); {_SET_KEY}"
        if _status(error) == 403:
            return f"{self.name}: access is denied; let the key list the bucket, and get, put and delete what is in it"
        if _status(error) in _BUSY:
            return f"{self.name} asks for patience ({code}); run it again in a while"
        if code:
            return f"{self.name}: {reason} ({code}); run it again when that is mended"
        if type(error).__name__ in ("NoCredentialsError", "PartialCredentialsError"):
            return f"{self.name}: there is no key; {_SET_KEY}"
        return f"{self.name} cannot be reached ({reason}); run it again when that is mended"


_SET_KEY = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
_KEYS = ("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "RequestTimeTooSkewed")
_BUSY = (429, 500, 502, 503, 504)
_REGIONS = ("AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "PermanentRedirect", "301")


def _response(error: Exception) -> dict[str, Any]:
    """Return the server's response as boto3 gives it; empty if there was none."""
    return getattr(error, "response", None) or {}


def _code(error: Exception) -> str:
    return str(_response(error).get("Error", {}).get("Code", ""))


def _status(error: Exception) -> int:
    return int(_response(error).get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _reason(error: Exception) -> str:
    return str(_response(error).get("Error", {}).get("Message") or error).strip().rstrip(".")


def _client() -> Any:
    try:
        import boto3
        from botocore.config import Config
    except ImportError as error:
        raise PublishError("S3 needs boto3; install it: .venv/bin/pip install boto3") from error
    try:
        # Other AWS tools read AWS_REGION; boto3 reads only AWS_DEFAULT_REGION.
        region = os.environ.get("AWS_REGION") or None
        return boto3.client("s3", region_name=region, config=Config(max_pool_connections=_AT_ONCE))
    except Exception as error:
        raise PublishError(f"S3 cannot be asked ({error}); mend what AWS_… variables or ~/.aws/config say") from error
