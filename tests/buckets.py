"""An S3 server in this process that knows conditional writes (moto's), and goes wrong when it is told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from bylines.publishing.deploy_marker import NAME


class Fault(NamedTuple):
    """What the server answers in place of what it would; status 0: it does what is asked, and hangs up without a word."""

    status: int
    code: str = ""
    more: str = ""
    """Further XML."""


Asked = Callable[[str, str], Fault | None]
"""From method and path to what goes wrong; None for nothing."""


class Server:
    """Listens until it is closed. `wrong` may be set at any time."""

    def __init__(self) -> None:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import WSGIRequestHandler, make_server

        class Handler(WSGIRequestHandler):
            def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 (werkzeug's name)
                """Says nothing."""

        self.wrong: Asked = lambda method, path: None
        self._app = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, self, threaded=True, request_handler=Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self.environment = environment(self.address)

    def __call__(self, asked: dict[str, Any], begin: Callable[..., Any]) -> Iterable[bytes]:
        """WSGI."""
        fault = self.wrong(asked["REQUEST_METHOD"], asked["PATH_INFO"])
        if fault and fault.status:
            text = f"<Error><Code>{fault.code}</Code><Message>It is so.</Message>{fault.more}</Error>".encode()
            begin(f"{fault.status} X", [("Content-Type", "application/xml"), ("Content-Length", str(len(text)))])
            return [b"" if asked["REQUEST_METHOD"] == "HEAD" else text]
        answer: Iterable[bytes] = self._app(asked, begin)
        if fault:
            asked["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return answer

    def close(self) -> None:
        """Listens no more."""
        self._server.shutdown()
        self._server.server_close()


def environment(address: str) -> dict[str, str]:
    """What leads boto3 to a server on this machine, whatever the user has set."""
    return {
        "AWS_ENDPOINT_URL": address, "AWS_ACCESS_KEY_ID": "who", "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1", "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    }  # fmt: skip


class StrictPlace:
    """A bucket of that server."""

    def __init__(self, name: str) -> None:
        import boto3

        self.name = name
        self.address = f"s3://{name}/site"
        self._client = boto3.client("s3")
        self._client.create_bucket(Bucket=name)

    def served(self) -> dict[str, bytes]:
        """Each object below the prefix, but for the deploy marker."""
        found: dict[str, bytes] = {}
        for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix="site/"):
            for each in page.get("Contents", ()):
                path = each["Key"].removeprefix("site/")
                found[path] = self._client.get_object(Bucket=self.name, Key=each["Key"])["Body"].read()
        return {path: data for path, data in found.items() if path != NAME}

    def said_of(self, path: str) -> tuple[str, str]:
        """The media type of an object, and how long it may be kept."""
        head = self._client.head_object(Bucket=self.name, Key=f"site/{path}")
        return head["ContentType"], head["CacheControl"]

    def put(self, path: str, data: bytes) -> None:
        """Somebody puts an object there."""
        self._client.put_object(Bucket=self.name, Key=f"site/{path}", Body=data)

    def delete(self, path: str) -> None:
        """Somebody deletes one."""
        self._client.delete_object(Bucket=self.name, Key=f"site/{path}")
