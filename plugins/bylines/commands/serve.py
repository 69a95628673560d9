"""`serve`: the site on this machine's own address, built again whenever a source changes, with drafts and what is to come.

What is served lies in `.serve/`, so that nothing of a preview is ever published. Each build is a process of its own: it
sees every change, also of the settings and of the code.
"""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

from bylines.problems import SettingsError

_RELOAD = "/.bylines/reload"
_SCRIPT = "/.bylines/reload.js"
_TAG = f'<script src="{_SCRIPT}"></script>'.encode()
_RELOADING = f'new EventSource("{_RELOAD}").onmessage = () => location.reload()\n'.encode()
# A feed is XML: as its own type browsers would show its source.
_TYPES = {
    ".atom": "application/xml",
    ".rss": "application/xml",
    ".opml": "text/x-opml",
    ".webmanifest": "application/manifest+json",
}
_WAIT = 15


class Signal:
    """Tells open pages that there is something new."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0

    def send(self) -> None:
        """Wakes all who wait."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Whether there was something new within a time."""
        with self._changed:
            before = self._count
            return self._changed.wait_for(lambda: self._count > before, seconds)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of a folder; pages with the line that reloads them; 404.html for what is not there."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, **_TYPES}  # noqa: RUF012
    protocol_version = "HTTP/1.0"

    def __init__(self, *arguments: Any, signal: Signal, **options: Any) -> None:
        self._signal = signal
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        """Answers a request."""
        if self.path == _RELOAD:
            self._stream()
            return
        if self.path == _SCRIPT:
            self._send(_RELOADING, 200, "text/javascript")
            return
        path = self.translate_path(self.path)
        page = os.path.join(path, "index.html") if self.path.partition("?")[0].endswith("/") else path
        if page.endswith(".html") and os.path.isfile(page):
            self._page(page, 200)
        elif os.path.exists(path):
            super().do_GET()
        else:
            self._page(os.path.join(str(self.directory), "404.html"), 404)

    def _page(self, file: str, status: int) -> None:
        try:
            with open(file, "rb") as opened:
                data = opened.read().replace(b"</body>", _TAG + b"</body>")
        except OSError:
            self.send_error(404)
            return
        self._send(data, status, "text/html")

    def _send(self, data: bytes, status: int, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"data: new\n\n" if self._signal.wait(_WAIT) else b": still here\n\n")
                self.wfile.flush()
        except OSError:
            return

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is the library's)
        """Says nothing of each request."""


def serve(settings: str = "pelicanconf.py", port: int = 8000) -> int:
    """Serves until it is interrupted; gives the exit code."""
    from bylines import frame

    try:
        site, _ = frame.load(settings)
    except SettingsError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    root = os.path.join(site.root, ".serve", "output")
    _build(settings)
    signal = Signal()
    server = _server(root, port, signal)
    if server is None:
        print(f"error: port {port} is in use; choose another: invoke serve --port {port + 1}", file=sys.stderr)
        return 1
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(
        f"http://127.0.0.1:{server.server_port}/ shows the site as it would be, drafts too; Ctrl-C ends it", flush=True
    )
    try:
        for _ in _changes([site.content, site.authors, site.theme, site.settings_file]):
            _build(settings)
            signal.send()
    except KeyboardInterrupt:
        pass
    server.shutdown()
    return 0


def _server(root: str, port: int, signal: Signal) -> http.server.ThreadingHTTPServer | None:
    handler = functools.partial(Handler, directory=root, signal=signal)
    http.server.ThreadingHTTPServer.daemon_threads = True
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        return None


def _changes(paths: list[str]) -> Iterator[object]:
    import watchfiles

    there = [path for path in paths if path and os.path.exists(path)]
    yield from watchfiles.watch(*there, raise_interrupt=True)


def _build(settings: str) -> None:
    subprocess.run([sys.executable, "-m", "bylines", "build", "--settings", settings, "--preview"], check=False)
