"""Law 2: an incremental build is byte-identical to a clean one, whatever was edited, in whatever order."""

from __future__ import annotations

import contextlib
import os
import posixpath
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bylines.engine.publish.delta import identity
from bylines.features.finder import nodes
from bylines.features.search import shards
from bylines.problems import OutputError
from tests.building import NOW, ROOT, SmallSite
from tests.delivering import Delivery, apply, contents
from tests.drawing import picture
from tests.filming import box, film, webm

HANDLES = ("ada", "grace", "bob", "crew", "zoe")
FILES = (
    "a.md", "b.md", "A.md", "a.de.md", "c/index.md", "c/index.fr.md", "sub/b.md", "2026-02-03-d.md", "e.md",
    "a.fi.md", "b.io.md", "b.pt-BR.md", "2025-03-04-a.md", "2025-02-04-a.md", "2025-02-04-a.de.md", "draft.md", "é.md", "e\u0301.md",
    "2026-02-04-d.md", "2025-02-04-d/index.md", "2026-02-04-d.de.md", "2026-02-04-a.fi.md",
)  # fmt: skip
TOPICS = ("tides", "Tides", "c", "C++", "machine learning", "ML", "Machine-Learning", "zinc", "Åland")
DATES = (
    "2026-01-01",
    "2026-01-01 10:00",
    "2025-12-31T23:59:59Z",
    "2026-09-25",
    "2024-03-01 08:00 +05:00",
    "1999-01-01",
    "2026-09-21 08:00",  # the day on which time begins
    "2026-09-20 23:30",
)
LINKS = (
    "[b](b.md)", "[c](c/index.md)", "[g](../grace/a.md)", "![x](pic.svg)", "![p](/images/pic.svg)", "[about](/about/)",
    "{static}/images/pic.svg", "[n]({filename}../bob/e.md)", "@grace", "@zoe", "`@ada`", "# Head", "[f](#head)", "$x^2$",
    "[old](/old/)", "text", "![j](pic.jpg)", "![j](c/pic.jpg)", "![i](/images/pic.png)", "![i]({static}/images/pic.png)",
    "# Head\n\n## Other part", "[p](b.md#head)", "[p](c/index.md#other-part)", "[p](/blogs/ada/a/#other-part)", "@Grace and @bob",
    "![h](pic.heic)", "![h](c/pic.heic)", "[h](/blogs/ada/pic.heic)", "![h](/images/pic.heic)", "![v](/blogs/ada/pic.mp4)",
    "![v](c/pic.mp4)", "[loose](../ada/plan.pdf)", "[loose](plan.pdf)", "[é](é.pdf)", "[d](/blogs/ada/2025-02-04-a/)",
    "[d](2025-02-04-a.md)",
    "[fi](a.fi.md)", "a[^1]\n\n[^1]: A note of @zoe.", "<b>x</b> <foo>",
    "[loose](/blogs/ada/plan.pdf)", "[beside](c/plan.pdf)", "[v](pic.mp4)", "https://youtu.be/dQw4w9WgXcQ", "![e](https://other.example/x.png)",
)  # fmt: skip
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP", ".heic": "HEIF"}
FILMS = (film(), film(tail=box(b"free", bytes(8))), webm(), film()[:300], b"no film")
TYPEFACE = (ROOT / "plugins/bylines/pictures/fonts/Literata-SemiBold.ttf").read_bytes()
JAMS = ("harbour", "quiet.days")
PICTURE = "<svg xmlns='http://www.w3.org/2000/svg'/>"


class Editor:
    """Random edits of one site, from a seeded source of choices."""

    def __init__(self, site: SmallSite, choose: random.Random) -> None:
        self.site = site
        self.choose = choose
        self.log: list[str] = []
        self.edits: tuple[Callable[[], str], ...] = (
            self.put_post, self.put_post, self.put_post, self.put_many, self.change_post, self.change_post, self.drop,
            self.drop, self.move, self.put_person, self.put_person, self.put_group, self.put_topics, self.put_page,
            self.put_asset, self.put_picture,
            self.put_picture, self.put_photo, self.retheme, self.reset, self.pass_time, self.hurt_store, self.hurt_output,
            self.nothing,
            self.put_style, self.put_typeface, self.put_jam, self.put_film, self.put_film, self.close_blog, self.put_twins,
        )  # fmt: skip

    def edit(self) -> None:
        """One edit."""
        self.log.append(self.choose.choice(self.edits)())

    def _pick(self, options: tuple[str, ...], most: int) -> list[str]:
        return self.choose.sample(options, self.choose.randint(0, most))

    def _sources(self) -> list[Path]:
        folders = (self.site.folder / "content", self.site.folder / "authors")
        return sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())

    def put_post(self) -> str:
        choose = self.choose
        path = f"{choose.choice(HANDLES)}/{choose.choice(FILES)}"
        body = "\n\n".join(self._pick(LINKS, 4)) + "\n"
        header: dict[str, object] = {"title": f"Title {choose.randint(1, 9)}", "date": choose.choice(DATES)}
        extras: dict[str, object] = {
            "topics": f"[{', '.join(self._pick(TOPICS, 3))}]",
            "authors": f"[{', '.join(self._pick((*HANDLES, 'nobody'), 2))}]",
            "status": choose.choice(("draft", "hidden", "published")),
            "lang": choose.choice(("de", "en", "ar", "fi", "pt-BR")),
            "translation_of": choose.choice(("a", "grace/a", "nothing", "bob/e")),
            "aliases": f"[{choose.choice(('/old/', '/OLD/', '/about/', '/blogs/ada/a/', '/x.html'))}]",
            "slug": choose.choice(("a", "b", "renamed", "A")),
            "modified": choose.choice(DATES),
            "expires": choose.choice(("2026-09-22", "2026-10-01", "2026-01-05")),
            "summary": f"Summary {choose.randint(1, 3)}",
            "image": choose.choice(("pic.svg", "pic.jpg", "pic.heic", "/images/pic.png", "/images/pic.heic")),
            "image_alt": "A picture",
            "id": "tag:own,2026:x",
            "jam": choose.choice(JAMS),
            "draft": choose.choice(("true", "false")),
            "publishDate": choose.choice(("2026-09-22", "2026-10-01", "2026-01-05")),
            "expiryDate": choose.choice(("2026-09-22", "2026-10-01", "soon")),
        }
        header.update({key: extras[key] for key in self._pick(tuple(extras), 4)})
        self.site.post(path, body, **header)
        return f"put {path} {header}"

    def put_jam(self) -> str:
        choose = self.choose
        jam = choose.choice(JAMS)
        opens = choose.choice(("2025-01-01", "2026-01-11", "2026-09-21 08:00", "2026-09-25"))
        closes = choose.choice(("2026-01-20", "2026-09-21", "2026-09-22 12:00", "2030-01-01"))
        header = f"title: Jam {choose.randint(1, 3)}\nopens: {opens}\ncloses: {closes}\n"
        more = f"hosts: [{choose.choice((*HANDLES, 'nobody'))}]\nstatus: {choose.choice(('draft', 'hidden', 'published'))}\n"
        text = f"---\n{header}{more if choose.randint(0, 1) else ''}---\n{choose.choice(LINKS)}\n"
        self.site.write(f"content/jams/{jam}/jam.md", text)
        return f"put jam {jam} {header} {more}"

    def put_many(self) -> str:
        """Several posts at once, so that numbered pages come, go and fill."""
        handle, count = self.choose.choice(HANDLES[:2]), self.choose.randint(1, 5)
        jam = self.choose.choice((None, None, *JAMS))
        for _ in range(count):
            day = f"2026-01-{self.choose.randint(10, 28)}"
            self.site.post(
                f"{handle}/n{self.choose.randint(0, 20)}.md", date=day, topics="[tides]", authors="[bob, ada]", jam=jam
            )
        return f"put {count} posts of {handle}"

    def change_post(self) -> str:
        """A small edit that leaves the size as it is."""
        posts = [file for file in self._sources() if file.suffix == ".md"]
        if not posts:
            return "no post"
        file = self.choose.choice(posts)
        data = file.read_bytes()
        at = self.choose.randrange(len(data))
        file.write_bytes(data[:at] + self.choose.choice((b"x", b"1", b" ", b"\n", b"@")) + data[at + 1 :])
        return f"change {file} at {at}"

    def drop(self) -> str:
        sources = self._sources()
        if not sources:
            return "nothing to drop"
        file = self.choose.choice(sources)
        file.unlink()
        return f"drop {file}"

    def move(self) -> str:
        posts = [file for file in self._sources() if file.suffix == ".md" and "blogs" in file.parts]
        if not posts:
            return "nothing to move"
        file = self.choose.choice(posts)
        target = self.site.folder / "content/blogs" / self.choose.choice(HANDLES) / self.choose.choice(FILES)
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)
        return f"move {file} {target}"

    def put_person(self) -> str:
        handle = self.choose.choice(HANDLES)
        keys = {
            "team": self.choose.choice(("Tools", "tools", "Yard")),
            "left": self.choose.choice(("2026-09-22", "2020-01-01")), "photo": "ada.png",
            "follows": f"[{', '.join(self._pick(HANDLES, 2))}]", "sort_name": "Zed, Zed",
            "role": self.choose.choice(("Diver", "Cook")), "location": self.choose.choice(("Porto", "porto", "Łódź", "C++")),
            "languages": self.choose.choice(("[pt, en]", "[fi]", "[en-GB, io]")),
            "joined": self.choose.choice(("2026-03-01", "2025-12-31", "2026-10-01")),
            "unlisted": self.choose.choice(("true", "false")),
            "bio": self.choose.choice(("'*Hello*'", "*Hello*")), "disclaimer": self.choose.choice(("Mine", "My *own*")),
        }  # fmt: skip
        chosen = {key: keys[key] for key in self._pick(tuple(keys), 5)}
        self.site.person(
            handle, self.choose.choice(("Ada", "Łukasz", "李文", "Борис", "Ζωή Α", "Ada de Li", "Wei Li")), **chosen
        )
        return f"person {handle} {chosen}"

    def put_group(self) -> str:
        handle = self.choose.choice(("crew", "crew", "ada", "new"))
        members = ", ".join(self._pick(HANDLES, 3))
        title = self.choose.choice(("Crew", "Öl"))
        own = self.choose.choice(
            ("", "disclaimer: Ours\n", "private: true\n", "description: '[b](/blogs/ada/b/) @bob'\n")
        )
        self.site.write(f"content/blogs/{handle}/blog.yaml", f"title: {title}\nmembers: [{members}]\n{own}")
        return f"group {handle} {title} {members}"

    def put_topics(self) -> str:
        entries = self._pick(
            ("- name: Tidal\n  synonyms: [tides]\n", "- name: Machine learning\n  synonyms: [ML]\n  parents: [c]\n",
             "- name: C\n  description: The *language*\n", "- name: C++\n  parents: [C]\n", "- name: Z\n  synonyms: [zinc, c]\n"),
            3,
        )  # fmt: skip
        self.site.write("content/topics.yaml", "".join(entries))
        return f"topics {entries}"

    def put_page(self) -> str:
        name = self.choose.choice(("about.md", "about.de.md", "old.md", "blogs.md", "rules/index.md"))
        status = self.choose.choice(("published", "draft", "hidden"))
        times = self.choose.choice(
            ("", "date: 2026-09-22\n", "expires: 2026-09-23\n", "expires: 2026-01-01\n", "date: 2029-01-01\n")
        )
        body = "\n\n".join(self._pick(LINKS, 3))
        self.site.write(
            f"content/pages/{name}",
            f"---\ntitle: Page {name}\nstatus: {status}\n{times}aliases: [/old/]\n---\n{body}\n",
        )
        return f"page {name} {status}"

    def put_asset(self) -> str:
        place = self.choose.choice(
            ("content/images/pic.svg", "content/blogs/ada/c/pic.svg", "content/blogs/ada/pic.svg", "content/pages/pic.svg",
             "content/blogs/ada/a/index.html", "content/images/index.html", "content/about/index.html",
             "content/blogs/ada/plan.pdf",
             "content/blogs/ada/c/plan.pdf", "content/jams/harbour/plan.pdf", "content/blogs/ada/_c/plan.pdf",
             "content/blogs/ada/Plan.pdf", "content/blogs/ada/é.pdf", "content/blogs/ada/e\u0301.pdf")
        )  # fmt: skip
        self.site.write(place, PICTURE + " " * self.choose.randint(0, 2))
        return f"asset {place}"

    def put_picture(self) -> str:
        place = self.choose.choice(
            ("images/pic.png", "blogs/ada/c/pic.jpg", "blogs/grace/c/pic.jpg", "blogs/ada/pic.jpg", "pages/pic.webp",
             "attic/pic.png", "blogs/ada/pic.heic", "blogs/ada/c/pic.heic", "images/pic.heic", "blogs/grace/pic.heic",
             "blogs/ada/pic.png")
        )  # fmt: skip
        self.site.write(f"content/{place}", self._picture(posixpath.splitext(place)[1]))
        return f"picture {place}"

    def _picture(self, ending: str) -> bytes:
        """One of few, so that some are alike, or one that is none."""
        form = FORMATS[ending] if self.choose.random() < 0.9 else "PNG"
        data = picture(self.choose.choice((40, 400, 500)), 30, form, seed=self.choose.randint(0, 1))
        return data if self.choose.random() < 0.8 else data[: self.choose.randint(0, 300)]

    def put_photo(self) -> str:
        name = self.choose.choice(("ada.png", "ada.jpg", "grace.webp"))
        self.site.write(f"authors/{name}", self._picture(posixpath.splitext(name)[1]))
        return f"photo {name}"

    def put_film(self) -> str:
        ending = self.choose.choice((".mp4", ".mp4", ".webm"))
        place = self.choose.choice(("blogs/ada/pic", "blogs/ada/c/pic", "blogs/grace/pic", "images/pic"))
        self.site.write(f"content/{place}{ending}", self.choose.choice(FILMS))
        return f"film {place}{ending}"

    def close_blog(self) -> str:
        """A profile or a group's file that says that it is not public, or says it no more."""
        files = [file for file in self._sources() if file.suffix == ".yaml" and file.name != "topics.yaml"]
        if not files:
            return "no blog to close"
        file = self.choose.choice(files)
        said = b"draft: true\n"
        data = file.read_bytes()
        file.write_bytes(data.removesuffix(said) if data.endswith(said) else data + said)
        return f"close or open {file}"

    def put_twins(self) -> str:
        """Texts that want one address: their names differ by a date, a language, capitals or the Unicode form alone."""
        choose = self.choose
        names = (
            "x.md",
            "2025-02-04-x.md",
            "2025-03-04-x.md",
            "2026-10-01-x.md",
            "x.de.md",
            "2025-02-04-x.de.md",
            "X.md",
            "x/index.md",
        )
        handle, chosen = choose.choice(HANDLES[:2]), choose.sample(names, choose.randint(1, 3))
        for name in chosen:
            status = choose.choice(("published", "published", "draft"))
            date = None if name[0].isdigit() else choose.choice(DATES)
            self.site.post(f"{handle}/{name}", f"{choose.choice(LINKS)}\n", title=name[:-3], date=date, status=status)
        return f"twins {handle} {chosen}"

    def put_style(self) -> str:
        self.site.write(
            "content/style.css", self.choose.choice(("p { color: red }\n", "/* x */\n", "a { color: blue }\n"))
        )
        return "style"

    def put_typeface(self) -> str:
        place = self.choose.choice(("content/covers/a.ttf", "content/covers/b.OTF"))
        self.site.write(place, self.choose.choice((TYPEFACE, TYPEFACE + b" ", TYPEFACE[:5000])))
        return f"typeface {place}"

    def retheme(self) -> str:
        name = self.choose.choice(
            (
                "parts/byline.html",
                "base.html",
                "posts/post.html",
                "parts/articles.html",
                "../static/css/site/look.css",
                "jams/idea.html",
                "topics/home.html",
                "directory/menu.html",
            )
        )
        theme = self.site.folder / "theme"
        if not theme.exists():  # until then it is the repository's, whose templates are compiled already
            shutil.copytree(ROOT / "theme", theme)
        file = theme / "templates" / name
        file.write_text(file.read_text() + self.choose.choice(("<!-- x -->\n", "\n", "/* y */")))
        return f"theme {name}"

    def reset(self) -> str:
        key, values = self.choose.choice(
            (("SITENAME", ("One", "Two")), ("SITEURL", ("", "https://x.example", "https://x.example/sub")),
             ("RELATIVE_URLS", (True, False)), ("BYLINES_PAGE_SIZE", (1, 2, 3)), ("BYLINES_LETTERS_FROM", (2, 4, 300)),
             ("BYLINES_DRAFTS", (True, False)), ("DEFAULT_LANG", ("en", "de")), ("BYLINES_MARKDOWN", ("bylines", "pelican")),
             ("BYLINES_DISCLAIMER", ("", "Not *ours*")), ("BYLINES_HOME_EACH", (1, 2)),
             ("BYLINES_FEED_SIZE", (1, 2, 3)), ("BYLINES_FEED_ARCHIVE_FORMATS", (("atom",), ("atom", "json"), ())),
             ("BYLINES_FEED_ARCHIVES", (("topics", "teams", "languages"), ("blogs",))),
             ("BYLINES_PARTICLES", ("written", "family", "given")), ("BYLINES_COVERS", (True, False)),
             ("BYLINES_ACCENT", ("#8a3324", "#0f62fe")),
             ("BYLINES_SOURCE_URL", ("", "https://git.example/{path}")), ("IGNORE_FILES", (["**/.*"], ["**/.*", "c"])))
        )  # fmt: skip
        self.site.settings[key] = self.choose.choice(values)
        return f"setting {key} {self.site.settings[key]}"

    def pass_time(self) -> str:
        self.site.now += self.choose.choice((3600, 86400, 3 * 86400, 14 * 86400, -86400))
        return f"now {self.site.now}"

    def hurt_store(self) -> str:
        stores = sorted((self.site.folder / "cache").glob("*.sqlite*"))
        if not stores:
            return "no store"
        file = self.choose.choice(stores)
        way = self.choose.choice(("delete", "truncate", "noise", "flip", "empty"))
        data = file.read_bytes()
        if way == "delete":
            file.unlink()
            return f"delete {file}"
        at = self.choose.randrange(max(1, len(data)))
        changed = {
            "truncate": data[:at], "noise": self.choose.randbytes(200), "empty": b"",
            "flip": data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :] if data else b"",
        }  # fmt: skip
        file.write_bytes(changed[way])
        return f"{way} {file}"

    def hurt_output(self) -> str:
        files = sorted(file for file in (self.site.folder / "output").rglob("*") if file.is_file())
        if not files:
            return "no output"
        file = self.choose.choice(files)
        way = self.choose.choice(("delete", "edit", "touch", "folder", "all", "foreign", "empty"))
        if way == "delete":
            file.unlink()
        elif way == "edit":
            file.write_bytes(b"x" + file.read_bytes()[1:])
        elif way == "touch":
            os.utime(file, (1, 1))
        elif way == "folder":
            shutil.rmtree(file.parent)
        elif way == "all":
            shutil.rmtree(self.site.folder / "output")
        elif way == "empty":
            file.unlink()
            file.mkdir()
        else:
            (file.parent / "foreign.txt").write_text("not ours")
        return f"output {way} {file}"

    def nothing(self) -> str:
        return "nothing"


class GitEditor(Editor):
    """The same in a git repository: commits, other commits checked out, what git is told to ignore or not to look at."""

    def __init__(self, site: SmallSite, choose: random.Random) -> None:
        super().__init__(site, choose)
        git(site.folder, "init", "-q", "-b", "main")
        self.edits = (
            *self.edits, self.commit, self.commit, self.commit, self.check_out, self.stash, self.stage, self.ignore,
            self.hide, self.convert, self.touch_all,
        )  # fmt: skip

    def commit(self) -> str:
        git(self.site.folder, "add", "-A", "authors", "content")
        git(self.site.folder, "commit", "-q", "--allow-empty", "-m", "an edit")
        return "commit"

    def check_out(self) -> str:
        commits = git(self.site.folder, "log", "--all", "--format=%H").split()
        if commits:
            git(self.site.folder, "checkout", "-q", "-f", self.choose.choice(commits))
        return "check out another commit"

    def stash(self) -> str:
        git(self.site.folder, "stash", "-q")
        return "stash"

    def stage(self) -> str:
        git(self.site.folder, "add", "-A", "content/blogs/ada")
        return "stage"

    def ignore(self) -> str:
        self.site.write(".gitignore", self.choose.choice(("*.svg\n", "content/blogs/grace/\n", "")))
        return "ignore"

    def hide(self) -> str:
        tracked = git(self.site.folder, "ls-files", "-z", "content").split("\0")[:-1]
        flag = self.choose.choice(
            ("--assume-unchanged", "--skip-worktree", "--no-assume-unchanged", "--no-skip-worktree")
        )
        if tracked:
            git(self.site.folder, "update-index", flag, self.choose.choice(tracked))
        return flag

    def convert(self) -> str:
        attributes = self.choose.choice(("* text=auto\n", "*.md ident\n", "# nothing\n"))
        self.site.write(self.choose.choice((".gitattributes", "content/blogs/.gitattributes")), attributes)
        return f"attributes {attributes}"

    def touch_all(self) -> str:
        for file in self._sources():
            file.touch()
        return "touch all"


def git(folder: Path, *arguments: str) -> str:
    """What git prints; an error is as good as an edit that does nothing."""
    own = {**os.environ, "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    for who in ("AUTHOR", "COMMITTER"):
        own |= {f"GIT_{who}_NAME": "Ada", f"GIT_{who}_EMAIL": "ada@test.example"}
    done = subprocess.run(["git", *arguments], cwd=folder, env=own, capture_output=True, text=True, check=False)
    return done.stdout


class Keeper(Editor):
    """The same where there is no output tree: deltas are uploaded, or half of them, or too late; and the manifest suffers."""

    def __init__(self, site: SmallSite, choose: random.Random) -> None:
        super().__init__(site, choose)
        self.delivery = Delivery(site)
        self.edits = (
            *(edit for edit in self.edits if edit != self.hurt_output), self.build, self.build_and_break_off,
            self.build_and_break_off, self.upload_late, self.hurt_manifest, self.keep_store, self.bring_store_back,
            self.build_an_output,
        )  # fmt: skip

    def build(self) -> str:
        self.delivery.build()
        if self.choose.random() < 0.5:
            shutil.rmtree(self.site.folder / "late", ignore_errors=True)
            shutil.copytree(self.delivery.folder, self.site.folder / "late")
        return "build a delta"

    def build_and_break_off(self) -> str:
        """An upload that ends somewhere."""
        self.build()
        count = self.choose.randint(0, 30)
        left = iter(range(count))
        apply(self.delivery.folder, self.delivery.served, lambda: next(left, None) is not None)
        return f"build a delta and upload {count} of it"

    def upload_late(self) -> str:
        """An older delta that is uploaded, and noticed."""
        late = self.site.folder / "late"
        if not late.exists() or contents(late).site != identity(self.site.site()):
            return "nothing of this address is late"
        apply(late, self.delivery.served)
        try:
            self.delivery.confirm(late)
        except OutputError as error:
            return f"upload late ({error})"
        return "upload late"

    def hurt_manifest(self) -> str:
        """No cut: that may give an older manifest, which only a store can tell."""
        file = self.delivery.manifest
        if not file.exists():
            return "no manifest"
        data = file.read_bytes()
        at = self.choose.randrange(max(1, len(data)))
        way = self.choose.choice(("delete", "flip", "empty"))
        if way == "delete":
            file.unlink()
        else:
            file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] if way == "flip" and data else b"")
        return f"manifest {way} {at}"

    def keep_store(self) -> str:
        for file in (self.site.folder / "cache").glob("*.sqlite*"):
            (self.site.folder / "kept").mkdir(exist_ok=True)
            shutil.copy2(file, self.site.folder / "kept")
        return "keep the store"

    def bring_store_back(self) -> str:
        for file in (self.site.folder / "kept").glob("*"):
            shutil.copy2(file, self.site.folder / "cache")
        return "an older store"

    def build_an_output(self) -> str:
        self.site.build()
        return "build an output"


@contextlib.contextmanager
def small_shards() -> Iterator[None]:
    """Shards of the finder and of search that split, and come together again, with a handful of people and posts."""
    before = nodes.MOST, shards.MOST
    nodes.MOST, shards.MOST = 90, 2
    try:
        yield
    finally:
        nodes.MOST, shards.MOST = before


def play(seed: int, steps: int, kind: type[Editor] = Editor, **executor: object) -> None:
    """Edits a site at random and compares the incremental build with a clean one after each edit.

    `executor` are settings of who builds the increments; the clean builds are always this process's own.
    """
    with tempfile.TemporaryDirectory() as name, small_shards():
        site = SmallSite(
            Path(name),
            BYLINES_PAGE_SIZE=2,
            BYLINES_FEED_SIZE=3,
            BYLINES_HOME_SIZE=3,
            BYLINES_LETTERS_FROM=4,
            **executor,
        )
        site.now = NOW
        editor = kind(site, random.Random(seed))
        for _ in range(6):
            editor.edit()
        for _ in range(steps):
            editor.edit()
            compare(site, editor.log, editor.delivery if isinstance(editor, Keeper) else None)


def compare(site: SmallSite, log: list[str], delivery: Delivery | None = None) -> None:
    """What a build gives, or the deltas of a site, is what a clean build gives."""
    incremental = delivery.publish() if delivery else site.build()
    shutil.rmtree(site.folder / "clean", ignore_errors=True)
    for leftover in site.folder.glob(".clean*"):
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    shutil.rmtree(site.folder / "clean-cache", ignore_errors=True)
    settings = dict(site.settings)
    site.settings["BYLINES_EXECUTOR"] = "serial"
    clean = site.build("clean", "clean-cache")
    site.settings = settings
    story = "\n".join(log)
    built = site.built("served" if delivery else "output")
    ours = {path: data for path, data in built.items() if not path.endswith("foreign.txt")}
    wanted = site.built("clean")
    assert ours.keys() == wanted.keys(), (sorted(ours.keys() ^ wanted.keys()), story)
    different = [path for path in wanted if ours[path] != wanted[path]]
    assert not different, (different, story)
    assert incremental.problems == clean.problems, (set(incremental.problems) ^ set(clean.problems), story)


def test_a_group_takes_over_a_folder_that_stood_under_its_handle(site: SmallSite) -> None:
    site.post("crew/b.md", status="hidden", authors="[]")
    site.build()
    site.write("content/blogs/crew/blog.yaml", "title: Crew\nmembers: [ada]\n")
    compare(site, ["a hidden post in a folder of nobody's; then the folder is a group's"])
    site.remove("content/blogs/crew/blog.yaml")
    compare(site, ["and then it is not"])


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.integers(0, 2**32))
def test_an_incremental_build_equals_a_clean_one(seed: int) -> None:
    play(seed, 8)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.integers(0, 2**32))
def test_a_build_in_a_git_repository_equals_one_outside(seed: int) -> None:
    play(seed, 8, GitEditor)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.integers(0, 2**32))
def test_deltas_give_what_a_clean_build_gives(seed: int) -> None:
    play(seed, 8, Keeper)


@pytest.mark.long
@settings(max_examples=int(os.environ.get("SEQUENCES", "1000")), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_a_thousand_sequences_of_edits(seed: int) -> None:
    """Or as many as the environment's SEQUENCES says."""
    play(seed, 8)


@pytest.mark.long
@settings(max_examples=int(os.environ.get("SEQUENCES", "1000")), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_a_thousand_sequences_in_git_repositories(seed: int) -> None:
    play(seed, 8, GitEditor)


@pytest.mark.long
@settings(max_examples=int(os.environ.get("SEQUENCES", "1000")), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_a_thousand_sequences_of_deltas(seed: int) -> None:
    play(seed, 8, Keeper)
