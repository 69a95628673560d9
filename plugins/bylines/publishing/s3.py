"""A bucket of S3, or of what speaks its language. Where it is and who asks is told as AWS's own tools are told it:

AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE, AWS_REGION, and AWS_ENDPOINT_URL for those that are not AWS.
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
from bylines.publishing import slip
from bylines.publishing.kinds import cache_control, media_type
from bylines.publishing.order import is_page
from bylines.publishing.slip import Slip

_AT_ONCE = 16
_MOST = 1_000
"""Objects that one request deletes."""
_OVERTAKEN = ("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey")
"""What S3 says of a note that is another by now, or gone."""


class Bucket:
    """A bucket, or what begins with a prefix in it."""

    takes_copies = False

    def __init__(self, name: str, bucket: str, prefix: str) -> None:
        self.name = name
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._client: Any = None
        self._tags: dict[str, str] | None = None
        self._slip_tag = ""
        self._has_begun = False

    def open(self) -> Slip | None:
        """Asks for the slip. There is no lock: who notes a slip says which one it found."""
        self._client = _client()
        with self._said():
            return self._noted()

    def _noted(self) -> Slip | None:
        """The slip that is there; notes its digest."""
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=self._prefix + slip.NAME)
        except self._client.exceptions.NoSuchKey:
            self._slip_tag = ""
            return None
        self._slip_tag = found["ETag"]
        return slip.read(found["Body"].read())

    def others(self, kept: set[str]) -> list[str]:
        """The objects that lie there and are not in `kept`; notes the digests of all."""
        self._tags = {}
        with self._said():
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
                for each in page.get("Contents", ()):
                    self._tags[each["Key"].removeprefix(self._prefix)] = each["ETag"]
        return [path for path in self._tags if path not in kept and path != slip.NAME]

    def begin(self, found: Slip) -> None:
        """Notes that a build begins to arrive."""
        self._note(found)
        self._has_begun = True

    def put_new(self, folder: str, paths: Sequence[str]) -> None:
        """Puts those objects that are not there yet."""
        self._each_kind(paths, lambda path: None if self._tag(path) else self._put(folder, path))

    def put(self, folder: str, paths: Sequence[str]) -> None:
        """Puts objects whose bytes differ from those that are there."""
        self._must_be_alone()
        self._each_kind(paths, lambda path: self._put(folder, path, self._tag(path)))

    def delete(self, paths: Sequence[str]) -> None:
        """Deletes objects."""
        if paths:
            self._must_be_alone()
        for start in range(0, len(paths), _MOST):
            keys = [{"Key": self._prefix + path} for path in paths[start : start + _MOST]]
            with self._said():
                done = self._client.delete_objects(Bucket=self._bucket, Delete={"Objects": keys, "Quiet": True})
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
        with self._said(), ThreadPoolExecutor(_AT_ONCE) as pool:
            for _ in pool.map(act, paths):
                pass

    def _tag(self, path: str) -> str:
        """The digest of an object that is there; '' for none."""
        return self._asked_tag(path) if self._tags is None else self._tags.get(path, "")

    def _asked_tag(self, path: str) -> str:
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

    def _note(self, found: Slip) -> None:
        """Writes the slip, if it is still the one that was found."""
        expected = {"IfMatch": self._slip_tag} if self._slip_tag else {"IfNoneMatch": "*"}
        with self._said():
            try:
                self._write(found, **expected)
            except self._client.exceptions.ClientError as error:
                if _code(error) not in _OVERTAKEN:
                    raise
                # Where only the answer was lost, and boto3 has asked once more, it is ours that is there.
                there = self._noted()
                if there != found:
                    raise self._overtaken(there) from error

    def _write(self, found: Slip, **expected: str) -> None:
        kinds = {"ContentType": "application/json", "CacheControl": "no-store"}
        key = self._prefix + slip.NAME
        done = self._client.put_object(Bucket=self._bucket, Key=key, Body=slip.written(found), **kinds, **expected)
        self._slip_tag = done["ETag"]

    def _must_be_alone(self) -> None:
        """Nobody has noted another build since ours."""
        with self._said():
            if self._asked_tag(slip.NAME) != self._slip_tag:
                raise self._overtaken(self._noted())

    def _overtaken(self, there: Slip | None) -> PublishError:
        """What is said to whom another was quicker than. What they had put by then may lie among what the other put, so
        the slip says no more which build is there, and everything is compared next.
        """
        if there and self._has_begun:
            self._write(msgspec.structs.replace(there, served="", begun=""))
        return PublishError(f"somebody else publishes to {self.name} at the same time; run it again when that is done")

    @contextlib.contextmanager
    def _said(self) -> Iterator[None]:
        """Turns what boto3 raises into words."""
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
            region = _answer(error).get("Error", {}).get("Region") or "the bucket's"
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


def _answer(error: Exception) -> dict[str, Any]:
    """What the server said, as boto3 has it."""
    return getattr(error, "response", None) or {}


def _code(error: Exception) -> str:
    return str(_answer(error).get("Error", {}).get("Code", ""))


def _status(error: Exception) -> int:
    return int(_answer(error).get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _reason(error: Exception) -> str:
    return str(_answer(error).get("Error", {}).get("Message") or error).strip().rstrip(".")


def _client() -> Any:
    try:
        import boto3
        from botocore.config import Config
    except ImportError as error:
        raise PublishError("S3 needs boto3; install it: .venv/bin/pip install boto3") from error
    try:
        # Other tools of AWS's know AWS_REGION; boto3 by itself AWS_DEFAULT_REGION alone.
        region = os.environ.get("AWS_REGION") or None
        return boto3.client("s3", region_name=region, config=Config(max_pool_connections=_AT_ONCE))
    except Exception as error:
        raise PublishError(f"S3 cannot be asked ({error}); mend what AWS_… variables or ~/.aws/config say") from error
