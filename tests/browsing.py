"""A real browser, and folders served to it."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tools.browser import installed


@contextlib.contextmanager
def opened_browser() -> Iterator[Any]:
    """The Chromium of this machine, or the one that `make test` puts beside the tests, by Playwright."""
    sync = pytest.importorskip("playwright.sync_api")
    path = installed()
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    with contextlib.ExitStack() as stack:
        try:
            started = stack.enter_context(sync.sync_playwright())
        except Exception as error:  # its Node.js does not start, which it says on the terminal alone
            pytest.skip(
                f"Playwright does not run on this machine ({error}); it may lack libatomic1 (apt install libatomic1)"
            )
        opened = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextlib.contextmanager
def watched_page(browser: Any, address: str) -> Iterator[Any]:
    """A page of a site at an address, in which nothing may go wrong, and which asks for nothing from elsewhere."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith(address) else None)
    yield page
    page.close()
    # Leaving while the next page is not drawn yet ends a transition between the two, which Chromium reports.
    wrong = [text for text in said if "favicon" not in text and "Transition" not in text]
    assert wrong == [], wrong


class _Quiet(http.server.SimpleHTTPRequestHandler):
    # As `serve` gives them to a browser.
    extensions_map = {  # noqa: RUF012
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".atom": "application/xml",
        ".rss": "application/xml",
    }

    def log_message(self, *_: object) -> None:
        return


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
