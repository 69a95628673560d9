"""Sites that hold attack vectors wherever somebody may write something, and what looks for a vector that got through."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from playwright import sync_api

from tests.building import SmallSite

_CSP = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_NOT_IN_NAMES = re.compile(r"[/\x00-\x1f\x7f-\x9f\ud800-\udfff]|^\.+")
HOLDS = """---
title: {title}
date: 2026-01-02
topics: [{topic}]
summary: {text}
image: {text}
image_alt: {text}
aliases: [{alias}]
x_own: {text}
in_reply_to: {text}
jam: {text}
id: {text}
lang: {text}
---
# {line}

[{line}](<{line}>) [a]({line}) ![{line}](pic.png "{line}") ![a]({line}) <{line}>

![caption](pic.png '{line}')

| {line} | b |
|---|---|
| a | {line} |

> [!NOTE] {line}
> {line}

- [ ] {line}

`{line}` and ${line}$ and note[^1] @{line}

[^1]: {line}

[ref]: {line} "{line}"

[ref]

{line}
: {line}

```{line}
{line}
```

~~~html
{raw}
~~~

$$
{line}
$$
"""


class Vector(NamedTuple):
    """A vector: where it is from, its number there, what it is."""

    source: str
    file: str
    text: str
    dangerous: bool


def vectors(folder: Path) -> list[Vector]:
    """All of them, as the manifest names them."""
    found = []
    for line in (folder / "xss/manifest.tsv").read_text().splitlines()[1:]:
        file, source, _, _, dangerous, *_ = line.split("\t")
        text = (folder / file).read_text(errors="replace")
        found.append(Vector(source, file, text, dangerous == "yes"))
    return found


def write(site: SmallSite, given: Sequence[Vector]) -> None:
    """A site of these vectors: each a body, and each in every place of posts, profiles, groups, jams, topics and files' names."""
    for number, vector in enumerate(given):
        site.post(f"ada/b{number}.md", vector.text, title=f"Body {number}", topics="[Vectors]")
        site.write(f"content/blogs/ada/f{number}/index.md", _everywhere(vector.text))
        site.write(f"content/blogs/ada/f{number}/{_file_name(vector.text)}", b"words")
        site.write(f"content/blogs/ada/f{number}/drawing.svg", vector.text)
        site.write(f"authors/v{number}.yaml", _profile(vector.text))
        if number % 10 == 0:
            site.write(f"content/blogs/g{number}/blog.yaml", _group(vector.text))
            site.post(f"g{number}/x.md", vector.text)
            site.write(f"content/jams/j{number}/jam.md", _jam(vector.text))
            site.post(f"g{number}/idea.md", vector.text, title=_quoted(line(vector.text) or "-"), jam=f"j{number}")
    site.write("content/topics.yaml", "".join(_topic(vector.text) for vector in given))


def line(text: str, most: int = 290) -> str:
    """A vector as a text of one line, as long as a title may be."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())[:most]


def _quoted(text: str) -> str:
    return json.dumps(text)


def _everywhere(text: str) -> str:
    short = line(text)
    said = {"title": _quoted(short or "-"), "text": _quoted(short), "topic": _quoted(short or "-")}
    return HOLDS.format(**said, alias=_quoted(f"/{short}"), line=short, raw=text)


def _profile(text: str) -> str:
    short = _quoted(line(text) or "-")
    keys = "name sort_name reading role team location pronouns photo".split()
    lists = "".join(f"{key}: [{short}]\n" for key in "languages feeds follows aliases".split())
    lists += f"links:\n  {short}: {short}\n"
    linked = f'  "Home of {short[1:-1]}": "https://x.example/?{line(text, 100).encode().hex()}"\n'
    blocks = f"bio: {_quoted(text[:19_000])}\ndisclaimer: {_quoted(text[:19_000])}\n"
    return "".join(f"{key}: {short}\n" for key in keys) + lists + linked + blocks


def _group(text: str) -> str:
    return f"title: {_quoted(line(text) or '-')}\nmembers: [ada]\ndescription: {_quoted(text[:19_000])}\n"


def _jam(text: str) -> str:
    short = _quoted(line(text) or "-")
    time = "opens: 2025-01-01\ncloses: 2027-01-01\n"
    keys = "".join(f"{key}: {short}\n" for key in "title summary image image_alt lang".split())
    return f"---\n{keys}{time}hosts: [ada, {short}]\naliases: [{short}]\n---\n{text}"


def _topic(text: str) -> str:
    return f"- name: {_quoted(line(text) or '-')}\n  description: {_quoted(text[:19_000])}\n"


def _file_name(text: str) -> str:
    name = _NOT_IN_NAMES.sub("_", line(text)).strip()
    while len(name.encode()) > 190:
        name = name[:-1]
    return f"{name}.txt"


_WATCH = """
window.__ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => { window.__ran.push(name) };
document.addEventListener('securitypolicyviolation', (event) => {
  window.__ran.push('refused ' + event.violatedDirective + ' ' + event.blockedURI);
});
"""
# Asked of the browser, after all scripts of the page: what could still run, load or send, as the browser has understood it.
_LEFT = r"""(own) => {
  const found = [...(window.__ran ?? [])];
  const schemes = ['http:', 'https:', 'mailto:', 'tel:'];
  const active = ['iframe', 'frame', 'object', 'embed', 'applet', 'base', 'style', 'marquee', 'portal', 'foreignObject'];
  const ours = '.masthead, .follow, .ways-on, .subscribe, main > .pulse, .chart, .share';
  const isOwn = (address) => new URL(address, document.baseURI).href.startsWith(own);
  const say = (...words) => found.push(words.join(' ').slice(0, 120));
  const look = (element, name, inTemplate) => {
    if (active.includes(name)) say(`<${name}>`);
    if (name === 'svg' && !inTemplate && !element.closest(ours)) say('<svg>');
    if (name === 'script' && !element.src.startsWith(own) && element.type !== 'application/ld+json') say('<script>');
    if (name === 'link' && !element.href.startsWith(own)) say('<link>', element.href);
    if (name === 'meta' && /refresh|set-cookie/i.test(element.httpEquiv)) say('<meta>', element.httpEquiv);
    if (name === 'form' && !inTemplate && !element.closest('.search')) say('<form>');
    if ('protocol' in element && element.hasAttribute('href') && !schemes.includes(element.protocol)) say(name, element.href);
    for (const {name: key, value} of element.attributes) {
      if (/^on/i.test(key) || ['srcdoc', 'formaction', 'style'].includes(key)) say(name, key, value);
      if (['src', 'poster'].includes(key) && value && !isOwn(value)) say(name, 'loads', value);
      if (key === 'name' && value in Document.prototype) say(name, value, "hides the document's own");
    }
  };
  const visit = (root, inTemplate = false) => {
    for (const element of root.querySelectorAll('*')) {
      if (!/xhtml|svg/.test(element.namespaceURI ?? '')) continue;
      look(element, element.localName, inTemplate);
      if (element.localName === 'template') visit(element.content, true);
    }
  };
  visit(document);
  return found;
}"""


class Watched:
    """A page of a browser in which whatever runs, asks, leaves or breaks is noted."""

    def __init__(self, browser: Any, address: str) -> None:
        self.address = address
        self._context = browser.new_context()
        self._context.add_init_script(_WATCH)
        self._context.route(lambda url: not url.startswith(address), self._foreign)
        self.page = self._context.new_page()
        self.noted: list[str] = []
        self.page.on("dialog", self._dialog)
        self.page.on("popup", lambda popup: self.noted.append(f"a window: {popup.url}"))
        self.page.on("pageerror", lambda error: self.noted.append(f"an error: {error}"))
        self.page.on("console", self._console)
        self.page.on("download", lambda found: self.noted.append(f"a download: {found.url}"))
        self.page.on("worker", lambda found: None if found.url.startswith(address) else self.noted.append(found.url))

    def close(self) -> None:
        """Ends it."""
        self._context.close()

    def faults(self, path: str) -> list[str]:
        """What happens at an address of the site, and what is left there that could."""
        self.noted.clear()
        wanted = f"{self.address}/{path}"
        try:
            self.page.goto(wanted, wait_until="load")
        except Exception as error:  # of playwright's: the page was left before it was there
            if "interrupted by another navigation" not in str(error):
                raise
            self.noted.append("it went elsewhere at once")
            self.page.wait_for_load_state()
        return self.left(wanted)

    def left(self, wanted: str = "") -> list[str]:
        """What is left on the page as it is now."""
        found = self._still_there()
        if wanted and self.page.url.partition("#")[0] != wanted:
            self.noted.append(f"it went to {self.page.url}")
        if len(self.page.frames) > 1:
            self.noted.append("a frame")
        return [*self.noted, *found]

    def _still_there(self) -> list[str]:
        try:
            return list(self.page.evaluate(_LEFT, f"{self.address}/"))
        except sync_api.Error as error:  # the page is no more: somebody leads away from it
            return [str(error)]

    def _foreign(self, route: Any) -> None:
        self.noted.append(f"asks for {route.request.url[:100]}")
        route.abort()

    def _dialog(self, dialog: Any) -> None:
        self.noted.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: Any) -> None:
        text = message.text
        is_missing = "404" in text and "Failed to load resource" in text  # a picture of a vector that is not there
        if message.type in ("error", "warning") and not is_missing and "ViewTransition" not in text:
            self.noted.append(f"the console: {text[:200]}")


class _WithoutPolicy(http.server.SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".atom": "application/xml",
        ".rss": "application/xml",
    }

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix != ".html" or not path.is_file():
            super().do_GET()
            return
        data, number = _CSP.subn(b"", path.read_bytes())
        assert number == 1, path
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        return

    def copyfile(self, source: Any, outputfile: Any) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the browser has gone on to the next page
            super().copyfile(source, outputfile)


@contextlib.contextmanager
def served_without_policy(folder: Path) -> Iterator[str]:
    """The address at which a folder is served, its pages without the policy that forbids scripts."""
    handler = functools.partial(_WithoutPolicy, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def pages_of(output: Path) -> Iterable[str]:
    """The addresses of all pages that no redirect is."""
    for file in sorted(output.rglob("*.html")):
        text = file.read_text()
        if 'http-equiv="refresh"' not in text.partition("</head>")[0]:
            yield str(file.relative_to(output)).removesuffix("index.html")
