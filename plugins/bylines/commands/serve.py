"""`serve` shows the site on an address of this machine, with drafts and future posts, and builds it at every change.

What is served lies in `.serve/`, so that nothing of a preview is ever published. Builds are a warm process's (`warm`), which is
begun anew when code changes. What is wrong is shown in the page, too.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

from bylines.commands.asking import command
from bylines.problems import SettingsError

_RELOAD = "/.bylines/reload"
_SCRIPT = "/.bylines/reload.js"
_TAG = f'<script type="module" src="{_SCRIPT}"></script>'.encode()
_PROBLEMS = "/.bylines/problems"
# A feed is XML: as its own type browsers would show its source.
_TYPES = {
    ".atom": "application/xml",
    ".rss": "application/xml",
    ".opml": "text/x-opml",
    ".webmanifest": "application/manifest+json",
}
_WAIT = 15
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Signal:
    """Tells open pages that there is a new build, and what is wrong."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0
        self.problems: list[str] = []

    def send(self, problems: list[str]) -> None:
        """Wake all who wait."""
        with self._changed:
            self.problems = problems
            self._count += 1
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait for a new build; return whether one came in time."""
        with self._changed:
            before = self._count
            return self._changed.wait_for(lambda: self._count > before, seconds)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the files of a folder. Pages get a script that reloads them; a missing file gives 404.html."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, **_TYPES}  # noqa: RUF012
    protocol_version = "HTTP/1.0"

    def __init__(self, *arguments: Any, signal: Signal, **options: Any) -> None:
        self._signal = signal
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        """Answer a request."""
        if self.path == _RELOAD:
            self._stream()
            return
        if self.path == _SCRIPT:
            self._script()
            return
        if self.path == _PROBLEMS:
            self._send(json.dumps(self._signal.problems).encode(), 200, "application/json")
            return
        path = self.translate_path(self.path)
        page = os.path.join(path, "index.html") if self.path.partition("?")[0].endswith("/") else path
        if page.endswith(".html") and os.path.isfile(page):
            self._page(page, 200)
        elif os.path.exists(path):
            super().do_GET()
        else:
            self._page(os.path.join(str(self.directory), "404.html"), 404)

    def _script(self) -> None:
        with open(os.path.join(os.path.dirname(__file__), "preview.js"), "rb") as file:
            self._send(file.read(), 200, "text/javascript")

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
        """Log nothing about requests."""


def serve(settings: str = "pelicanconf.py", port: int = 8000) -> int:
    """Serve until interrupted. Return the exit code."""
    from bylines import frame

    try:
        site, _ = frame.load(settings)
    except SettingsError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    root = os.path.join(site.root, ".serve", "output")
    builder = _Builder(settings)
    signal = Signal()
    signal.send(builder.build())
    server = _server(root, port, signal)
    if server is None:
        print(f"error: port {port} is in use; choose another: {command()} serve --port {port + 1}", file=sys.stderr)
        return 1
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(
        f"http://127.0.0.1:{server.server_port}/ shows the site as it would be, drafts too; Ctrl-C ends it", flush=True
    )
    try:
        for paths in _changes([site.content, site.authors, site.theme, site.settings_file, _PACKAGE]):
            if any(path.startswith(_PACKAGE) for path in paths):
                builder.end()
            signal.send(builder.build())
    except KeyboardInterrupt:
        pass
    builder.end()
    server.shutdown()
    return 0


class _Builder:
    """The process that builds; it starts when it is needed."""

    def __init__(self, settings: str) -> None:
        self._settings = settings
        self._process: subprocess.Popen[str] | None = None

    def build(self) -> list[str]:
        """Build; return what is wrong."""
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "bylines.commands.warm", self._settings]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write("build\n")
            self._process.stdin.flush()
            said = self._process.stdout.readline()
        except OSError:
            said = ""
        answer = json.loads(said) if said else {"error": "the build ended before its work was done", "problems": []}
        return [f"error: {answer['error']}"] if answer["error"] else list(answer["problems"])

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None


def _server(root: str, port: int, signal: Signal) -> http.server.ThreadingHTTPServer | None:
    handler = functools.partial(Handler, directory=root, signal=signal)
    http.server.ThreadingHTTPServer.daemon_threads = True
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        return None


def _changes(paths: list[str]) -> Iterator[set[str]]:
    """Yield the paths that changed, whenever some did."""
    import watchfiles

    there = [path for path in paths if path and os.path.exists(path)]
    for changes in watchfiles.watch(*there, raise_interrupt=True, debounce=400, step=30):
        yield {path for _, path in changes}
