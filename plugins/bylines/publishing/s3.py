"""A bucket of S3, or of what speaks its language. Where it is and who asks is told as AWS's own tools are told it:

AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE, AWS_REGION, and AWS_ENDPOINT_URL for those that are not AWS.
https://boto3.amazonaws.com/v1/documentation/api/latest/guide/configuration.html
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bylines.problems import PublishError
from bylines.publishing import slip
from bylines.publishing.kinds import cache_control, media_type
from bylines.publishing.order import is_page
from bylines.publishing.slip import Slip

_AT_ONCE = 16
_MOST = 1_000
"""Objects that one request deletes."""


class Bucket:
    """A bucket, or what begins with a prefix in it."""

    takes_copies = False

    def __init__(self, address: str) -> None:
        self.name = address
        self._bucket, _, prefix = address.removeprefix("s3://").partition("/")
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._client: Any = None
        self._tags: dict[str, str] | None = None
        self._slip_tag = ""

    def open(self) -> Slip | None:
        """Asks for the slip. There is no lock: who notes a slip says which one it found."""
        self._client = _client()
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=self._prefix + slip.NAME)
        except self._client.exceptions.NoSuchKey:
            return None
        except Exception as error:
            raise self._said(error) from error
        self._slip_tag = found["ETag"]
        return slip.read(found["Body"].read())

    def others(self, kept: set[str]) -> list[str]:
        """The objects that lie there and are not in `kept`; notes the digests of all."""
        self._tags = {}
        try:
            for page in self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=self._prefix
            ):
                for each in page.get("Contents", ()):
                    self._tags[each["Key"].removeprefix(self._prefix)] = each["ETag"]
        except Exception as error:
            raise self._said(error) from error
        return [path for path in self._tags if path not in kept and path != slip.NAME]

    def begin(self, found: Slip) -> None:
        """Notes that a build begins to arrive."""
        self._note(found)

    def put_new(self, folder: str, paths: Sequence[str]) -> None:
        """Puts those objects that are not there yet."""
        self._each_kind(paths, lambda path: None if self._tag(path) else self._put(folder, path))

    def put(self, folder: str, paths: Sequence[str]) -> None:
        """Puts objects whose bytes differ from those that are there."""
        self._each_kind(paths, lambda path: self._put(folder, path, self._tag(path)))

    def delete(self, paths: Sequence[str]) -> None:
        """Deletes objects."""
        for start in range(0, len(paths), _MOST):
            keys = [{"Key": self._prefix + path} for path in paths[start : start + _MOST]]
            try:
                done = self._client.delete_objects(Bucket=self._bucket, Delete={"Objects": keys, "Quiet": True})
            except Exception as error:
                raise self._said(error) from error
            for fault in done.get("Errors", ()):
                raise PublishError(
                    f"{self.name}: {fault['Key']} cannot be deleted ({fault.get('Message', '')}); run it again"
                )

    def end(self, found: Slip) -> None:
        """Notes that a build has arrived as a whole."""
        self._note(found)

    def close(self) -> None:
        """Nothing is held."""

    def _each_kind(self, paths: Sequence[str], act: Callable[[str], None]) -> None:
        """Many at once, but never a page with what it names, and the home page alone."""
        for kind in (lambda p: not is_page(p), lambda p: is_page(p) and p != "index.html", lambda p: p == "index.html"):
            self._all([path for path in paths if kind(path)], act)

    def _all(self, paths: Iterable[str], act: Callable[[str], None]) -> None:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                for _ in pool.map(act, paths):
                    pass
            except PublishError:
                raise
            except Exception as error:
                raise self._said(error) from error

    def _tag(self, path: str) -> str:
        """The digest of an object that is there; '' for none."""
        if self._tags is not None:
            return self._tags.get(path, "")
        try:
            return str(self._client.head_object(Bucket=self._bucket, Key=self._prefix + path)["ETag"])
        except self._client.exceptions.ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
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

    def _note(self, found: Slip) -> None:
        """Writes the slip, if it is still the one that was found."""
        expected = {"IfMatch": self._slip_tag} if self._slip_tag else {"IfNoneMatch": "*"}
        kinds = {"ContentType": "application/json", "CacheControl": "no-store"}
        key = self._prefix + slip.NAME
        try:
            done = self._client.put_object(Bucket=self._bucket, Key=key, Body=slip.written(found), **kinds, **expected)
        except Exception as error:
            raise self._said(error) from error
        self._slip_tag = done["ETag"]

    def _said(self, error: Exception) -> PublishError:
        """What went wrong, in words."""
        code = getattr(error, "response", {}).get("Error", {}).get("Code", "")
        if code in ("PreconditionFailed", "ConditionalRequestConflict"):
            return PublishError(
                f"somebody else publishes to {self.name} at the same time; run it again when that is done"
            )
        if code == "NoSuchBucket":
            return PublishError(f"there is no bucket {self._bucket}; make it, or mend the address")
        return PublishError(f"{self.name}: {error}; run it again when that is mended")


def _client() -> Any:
    try:
        import boto3
    except ImportError as error:
        raise PublishError("S3 needs boto3; install it: .venv/bin/pip install boto3") from error
    try:
        return boto3.client("s3")
    except Exception as error:
        raise PublishError(
            f"S3 cannot be asked ({error}); set AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        ) from error
