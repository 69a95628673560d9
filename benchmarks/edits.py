"""Edits a corpus in a git repository as people do. The corpus alone determines which files are edited."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from benchmarks.corpus import Corpus, Post, path_of
from bylines.engine.digest import digest_of

# The number of posts that the renamed topic should have, and the most that it may have.
_TOPIC = 100
_MOST = 3 * _TOPIC
# The number of posts from the middle of the corpus that can be removed one after the other.
_SPARE = 20
NOTHING, WORD, TITLE, NEW, REMOVED, AUTHOR, RENAMED = (
    "nothing changed", "one word", "a title", "a new post", "a removed post", "a new author", "a renamed topic"
)  # fmt: skip
SETTINGS = """SITENAME = "Corpus"
SITEURL = "https://example.org"
PATH = "content"
THEME = {theme!r}
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
STATIC_PATHS = []
PLUGINS = ["bylines"]
PELICAN_CLASS = "bylines.Frame"
BYLINES_SETTINGS_FILE = __file__
BYLINES_COVERS = {covers}
BYLINES_SEARCH = {search}
"""


class Plan(NamedTuple):
    """The files to edit: posts from the middle of the corpus, and those of a topic with about a hundred posts."""

    blogs: int
    """The number of blogs in the corpus."""
    post: str
    blog: str
    topics: list[str]
    spare: list[str]
    topic: str
    of_topic: list[str]

    def save(self, file: Path) -> None:
        """Saves the plan beside a corpus that is kept."""
        file.write_text(json.dumps(self._asdict()))


def load(file: Path) -> Plan:
    """Loads the plan of a kept corpus."""
    return Plan(**json.loads(file.read_text()))


class Planner:
    """A layout that writes nothing, and plans the edits from the posts that it sees."""

    def __init__(self) -> None:
        self._middle: list[Post] = []
        self._of_topics: dict[str, list[str]] = {}
        self._blogs = self._half = self._seen = 0

    def begin(self, corpus: Corpus) -> None:
        self._blogs, self._half = len(corpus.owners), corpus.count // 2

    def put(self, post: Post) -> None:
        self._seen += 1
        if self._seen > self._half + 1 and not post.asset and len(self._middle) <= _SPARE:
            self._middle.append(post)
        for topic in post.topics:
            files = self._of_topics.setdefault(topic, [])
            if len(files) <= _MOST:  # a larger topic is not chosen; saves memory for a million posts
                files.append(path_of(post))

    def plan(self) -> Plan:
        post, *spare = self._middle
        fit = {topic: files for topic, files in self._of_topics.items() if len(files) <= _MOST}
        topic = min(fit, key=lambda name: (abs(len(fit[name]) - _TOPIC), name))
        files = [path_of(other) for other in spare]
        return Plan(self._blogs, path_of(post), post.blog, post.topics, files, topic, fit[topic])


class Repository:
    """A corpus in our layout in a git repository, where each edit is a commit."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder = folder
        self.plan = plan

    def begin(self, theme: Path, *, covers: bool = False, search: bool = False) -> None:
        """Writes the settings and commits everything. Tags the commit, so that it can be restored.

        Covers and search are off by default, because the other programs have none.
        """
        (self.folder / "pelicanconf.py").write_text(SETTINGS.format(theme=str(theme), covers=covers, search=search))
        (self.folder / ".gitignore").write_text("/output/\n/cache/\n/delta/\n/.output*\n__pycache__/\n")
        self.git("init", "-q", "-b", "main")
        self._import()
        self.git("tag", "corpus")

    def _import(self) -> None:
        """Commits everything, in one pack as in a clone.

        The time of `git add` into a pack, and of fast-import with paths, grows with the square of the number of files. So
        only the blobs go through fast-import, and `update-index` gets their paths.
        """
        listed = []
        with self._fed("fast-import", "--quiet") as blobs:
            for folder, folders, files in os.walk(self.folder):
                folders[:] = sorted(name for name in folders if name != ".git")
                for file in files:
                    data = Path(folder, file).read_bytes()
                    blobs.write(b"blob\ndata %d\n%s\n" % (len(data), data))
                    name = os.path.relpath(os.path.join(folder, file), self.folder).replace(os.sep, "/")
                    listed.append(f"100644 {digest_of(data)}\t{name}\n")
        with self._fed("update-index", "--add", "--index-info") as index:
            index.write("".join(sorted(listed, key=lambda line: line.partition("\t")[2])).encode())
        self.git("commit", "-q", "-m", "Everything")
        self.git("repack", "-q", "-d")  # the trees
        self.git("update-index", "-q", "--refresh")

    @contextmanager
    def _fed(self, *arguments: str) -> Iterator[IO[bytes]]:
        """Runs a git command and yields its standard input."""
        with subprocess.Popen(["git", *arguments], cwd=self.folder, stdin=subprocess.PIPE) as process:
            assert process.stdin is not None
            yield process.stdin
        if process.returncode:
            raise SystemExit(f"git {arguments[0]} failed in {self.folder}")

    def git(self, *arguments: str) -> None:
        """Runs git without automatic garbage collection, which would disturb measurements."""
        settings = ["-c", "user.name=Corpus", "-c", "user.email=corpus@example.org", "-c", "gc.auto=0"]
        subprocess.run(["git", *settings, *arguments], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def commit(self, message: str) -> None:
        """Commits the whole work tree."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def edits(self) -> Iterator[tuple[str, Callable[[int], object]]]:
        """Yields the name of each kind of edit, and a function that makes it; its argument counts the earlier ones."""
        yield NOTHING, lambda number: None
        yield WORD, self._word
        yield TITLE, self._title
        yield NEW, self.new_post
        yield REMOVED, lambda number: (self.folder / self.plan.spare[number]).unlink()
        yield AUTHOR, lambda number: self._write(f"authors/zz-{number}.yaml", "name: Zz Top\n")
        yield RENAMED, self._rename

    def new_post(self, number: int) -> None:
        """Writes a post dated now, the newest of all, in the blog and with the topics of the planned post."""
        now = dt.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or time.time()), dt.UTC)
        text = f"---\ntitle: New\ndate: {now:%Y-%m-%d %H:%M}\ntopics: [{', '.join(self.plan.topics)}]\n---\nText\n"
        self._write(f"content/blogs/{self.plan.blog}/new-{number}.md", text)

    def _word(self, number: int) -> None:
        before, mark, after = self._read(self.plan.post).rpartition("* ")  # in its last section
        self._write(self.plan.post, f"{before}{mark}word{number} {after}")

    def _title(self, number: int) -> None:
        self._write(self.plan.post, self._read(self.plan.post).replace("\ndate:", f" {number}\ndate:", 1))

    def _rename(self, number: int) -> None:
        before = f"Renamed {number - 1}" if number else self.plan.topic
        for path in self.plan.of_topic:
            if (self.folder / path).exists():  # an earlier edit may have removed it
                self._write(path, _with_topic(self._read(path), before, f"Renamed {number}"))

    def _read(self, path: str) -> str:
        return (self.folder / path).read_text()

    def _write(self, path: str, text: str) -> None:
        (self.folder / path).write_text(text)


def _with_topic(text: str, before: str, after: str) -> str:
    head, mark, rest = text.partition("\ntopics: [")
    listed, end, body = rest.partition("]")
    topics = [after if topic == before else topic for topic in listed.split(", ")]
    return f"{head}{mark}{', '.join(topics)}{end}{body}"
