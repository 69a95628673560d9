"""The options of a build and its result."""

from __future__ import annotations

from typing import NamedTuple

from bylines.engine.explain import Explanation
from bylines.engine.progress import ProgressListener, Silent, Step
from bylines.engine.publish.contents import Contents
from bylines.problems import ContentProblem


class BuildOptions(NamedTuple):
    """The options of one build. None of them changes a page."""

    steps: ProgressListener = Silent()
    """The listener to which the build reports its progress."""
    wait: float = 0.0
    """Seconds that it waits for another build in the same place."""
    explain: str = ""
    """The path of a page or a source that the result is to explain."""
    by_kind: bool = False
    """Whether the result counts all pages by kind, which takes a look at each row of them."""
    delta: str = ""
    """The folder that gets what is to be uploaded and deleted, in place of the output; '' for an output."""
    manifest: str = ""
    """The file that says what is served; by default it lies beside the store."""


class Kind(NamedTuple):
    """The pages of one kind: how many there are, were rendered, and differed from what was in the output."""

    name: str
    pages: int
    rendered: int
    written: int


class Result(NamedTuple):
    """What a build did."""

    posts: int
    blogs: int
    pages: int
    written: int
    removed: int
    problems: tuple[ContentProblem, ...]
    seconds: float
    output: str
    changed: tuple[str, ...]
    """The paths that were written or removed."""
    rendered: int = 0
    steps: tuple[Step, ...] = ()
    kinds: tuple[Kind, ...] = ()
    """By name, where the build was asked for them."""
    explained: Explanation | None = None
    known: frozenset[ContentProblem] = frozenset()
    """The problems of the build before this one."""
    notes: tuple[str, ...] = ()
    """What the keeper is to know of how it went, a sentence each."""
    delta: Contents | None = None
    """What the delta has, where the build was asked for one."""

    def line(self) -> str:
        """Return what was built, how long it took and where it lies, in one line."""
        built = f"{self.posts:,} posts of {self.blogs:,} blogs on {self.pages:,} pages"
        if self.delta is not None:
            return f"{built} in {self.seconds:.2f} s, in {self.output}: {self.delta.line()}"
        did = "nothing to write" if not self.changed else f"{self.written} written"
        if self.removed:
            did += f", {self.removed} removed"
        return f"{built} ({did}) in {self.seconds:.2f} s: {self.output}"


class Published(NamedTuple):
    """What a publication did, or would do."""

    to: str
    files: tuple[str, ...]
    """The files that were uploaded, or had to be compared."""
    gone: tuple[str, ...]
    whole: bool
    """Whether nothing was known of what was served, so that all was compared."""
    built: Result

    def line(self, *, dry_run: bool) -> str:
        """Return what was done, in words."""
        what = f"{len(self.files):,} file{'s' * (len(self.files) != 1)}"
        did = f"{what} {'compared, and sent where they differ' if self.whole else 'sent'}, {len(self.gone):,} deleted"
        if dry_run:
            return f"nothing was done; to be done at {self.to}: {did}"
        return f"published at {self.to}: {did}" if self.files or self.gone else f"{self.to} has it all"
