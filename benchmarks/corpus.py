"""A corpus for measuring, the same for every run of a seed: blogs with a long tail; and its files in our layout.

One blog in a hundred has a fifth of all posts (the largest have thousands), the others about ten each; topics have a long
tail too. Some posts have two authors, some blogs are groups', some posts have a file beside them. Texts are of about 450
words with headings, lists, links, code or a table. Posts are made one at a time, so that a million fit.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

_SYLLABLES = (
    "ba ce di fo gu ka le mi no pu ra se ti vo wu za che dra fli gro ska ple tri sto nu mel dor han vis".split()
)
_TABLE = "| site | range m | kW |\n|---|---:|---:|\n| north | {} | {} |\n| south | {} | {} |"
_SHARE_OF_THE_LARGE = 0.2


class Post(NamedTuple):
    """One post of the corpus."""

    blog: str
    slug: str
    title: str
    date: str
    topics: list[str]
    authors: list[str]
    body: str
    asset: bool


class Corpus:
    """`count` posts of `blogs` blogs; every fiftieth blog is a group's."""

    def __init__(self, count: int, blogs: int, seed: int = 1) -> None:
        choose = random.Random(seed)
        self.count = count
        self._seed = seed
        self._vocabulary = ["".join(choose.choices(_SYLLABLES, k=choose.randint(1, 4))) for _ in range(4000)]
        names = (choose.choice(self._vocabulary) for _ in itertools.count())
        self.owners = [f"{next(names)}-{next(names)}-{n}" for n in range(blogs)]
        self.groups = set(self.owners[::50])
        self._people = [owner for owner in self.owners if owner not in self.groups]
        self._large = choose.sample(self.owners, max(1, blogs // 100))
        self._topics = [f"{next(names)} {n}" if n % 3 else f"{next(names)}{n}" for n in range(max(20, blogs // 5))]

    def posts(self) -> Iterator[Post]:
        """The posts, the oldest first."""
        choose = random.Random(self._seed + 1)
        of_topics = list(itertools.accumulate(1 / (rank + 1) ** 1.1 for rank in range(len(self._topics))))
        of_large = list(itertools.accumulate(1 / (rank + 1) ** 0.8 for rank in range(len(self._large))))
        for number in range(self.count):
            if number < len(self.owners):
                blog = self.owners[number]
            elif choose.random() < _SHARE_OF_THE_LARGE:
                blog = choose.choices(self._large, cum_weights=of_large)[0]
            else:
                blog = choose.choice(self.owners)
            topics = list(dict.fromkeys(choose.choices(self._topics, cum_weights=of_topics, k=choose.randint(1, 3))))
            yield self._post(choose, number, blog, topics)

    def members(self, group: str) -> list[str]:
        """The members of a group's blog, at most five."""
        choose = random.Random(f"{self._seed} {group}")
        return choose.sample(self._people, min(5, len(self._people)))

    def words(self, choose: random.Random, count: int) -> str:
        """`count` random words."""
        return " ".join(choose.choices(self._vocabulary, k=count))

    def _post(self, choose: random.Random, number: int, blog: str, topics: list[str]) -> Post:
        minutes = number * (16 * 365 * 24 * 60) // self.count
        day, minute = divmod(minutes, 24 * 60)
        date = f"{2010 + day // 365}-{1 + day % 365 // 31:02}-{1 + day % 365 % 28:02}T{minute // 60:02}:{minute % 60:02}:00Z"
        authors = [blog, choose.choice(self._people)] if number % 12 == 0 and blog not in self.groups else [blog]
        if blog in self.groups:
            authors = [choose.choice(self.members(blog))]
        body = "\n\n".join(self._blocks(choose, number))
        title = self.words(choose, 5).capitalize()
        return Post(blog, f"post-{number}", title, date, topics, list(dict.fromkeys(authors)), body, number % 50 == 0)

    def _blocks(self, choose: random.Random, number: int) -> Iterator[str]:
        for part in range(4):
            yield f"## {self.words(choose, 4).capitalize()}"
            yield f"{self.words(choose, 45)} *{self.words(choose, 3)}* {self.words(choose, 50)}."
            link = f"[{self.words(choose, 2)}](https://example.com/{number}/{part})"
            yield "\n".join(f"- {self.words(choose, 5)} {link if n == 1 else ''}" for n in range(3))
        if number % 4 == 0:
            name, other = choose.sample(self._vocabulary, 2)
            yield f"```python\ndef {name}(hours):\n    return {choose.random():.3f} * math.cos(hours * {other})\n```"
        elif number % 4 == 1:
            yield _TABLE.format(*(choose.randint(1, 900) for _ in range(4)))
        else:
            yield self.words(choose, 30)


class Tree:
    """Writes files below a folder with few system calls: creates each folder only once."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._made: set[str] = set()

    def write(self, path: str, text: str) -> None:
        """Writes a file, by its path below the folder."""
        parent = path.rpartition("/")[0]
        if parent not in self._made:
            os.makedirs(f"{self._folder}/{parent}", exist_ok=True)
            self._made.add(parent)
        data = text.encode()
        file = os.open(f"{self._folder}/{path}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        try:
            if os.write(file, data) != len(data):
                raise OSError(f"{path}: the disk is full")
        finally:
            os.close(file)


class Layout(Protocol):
    """Writes a corpus in the layout of one program."""

    def begin(self, corpus: Corpus) -> None:
        """Writes everything except the posts."""

    def put(self, post: Post) -> None:
        """Writes a post."""


def write(corpus: Corpus, layouts: Sequence[Layout]) -> None:
    """Writes a corpus in several layouts at once, because generating the posts takes as long as writing them."""
    for layout in layouts:
        layout.begin(corpus)
    for post in corpus.posts():
        for layout in layouts:
            layout.put(post)


def write_ours(folder: Path, corpus: Corpus) -> None:
    """Writes a corpus in our layout."""
    write(corpus, [Ours(folder)])


def path_of(post: Post) -> str:
    """The path of a post in our layout."""
    return f"content/blogs/{post.blog}/{post.slug}{'/index' if post.asset else ''}.md"


class Ours:
    """Our layout."""

    def __init__(self, folder: Path) -> None:
        self._tree = Tree(folder)

    def begin(self, corpus: Corpus) -> None:
        """Writes the profiles, and the files of groups."""
        for handle in corpus.owners:
            name = " ".join(handle.split("-")[:2]).title()
            if handle in corpus.groups:
                text = f"title: {name}\nmembers: [{', '.join(corpus.members(handle))}]\n"
                self._tree.write(f"content/blogs/{handle}/blog.yaml", text)
            else:
                text = f"name: {name}\nrole: Engineer\nteam: Team {len(handle) % 7}\n"
                self._tree.write(f"authors/{handle}.yaml", text)

    def put(self, post: Post) -> None:
        """Writes a post, and the file beside it if it has one."""
        header = f"title: {post.title}\ndate: {post.date}\ntopics: [{', '.join(post.topics)}]\n"
        header += f"authors: [{', '.join(post.authors)}]\n" if post.authors != [post.blog] else ""
        self._tree.write(path_of(post), f"---\n{header}---\n{post.body}\n")
        if post.asset:
            self._tree.write(f"content/blogs/{post.blog}/{post.slug}/data.csv", DATA)


DATA = "hour,height\n0,2.1\n"
