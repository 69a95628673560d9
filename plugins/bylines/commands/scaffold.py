"""`new-author`, `new-post` and `new` write the first lines of a file, so that nobody begins with an empty one.

They ask the person at the terminal for what no option gives. Enter takes what git knows.
"""

from __future__ import annotations

import datetime as dt
import os
import shlex
import uuid
import zoneinfo
from typing import TYPE_CHECKING

from bylines.collation import plain
from bylines.commands.asking import answer, command, is_asked
from bylines.commands.build import OutputOptions, answered
from bylines.engine.read.names import is_handle, is_slug
from bylines.problems import BuildError
from bylines.schema.prompts import asked, begun
from bylines.settings import Site, shown_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bylines.commands.whoami import Person
    from bylines.engine.read.kind import Kind


def new_author(name: str = "", handle: str = "", settings: str = "pelicanconf.py", email: str = "") -> int:
    """Write a profile, and ask for what is missing. The handle follows from the name. Return the exit code."""
    return answered(OutputOptions(), lambda: _new_author(name, handle, settings, email))


def _new_author(name: str, handle: str, settings: str, email: str) -> int:
    from bylines.commands.whoami import whoami

    site = _site(settings)
    person = whoami(site)
    name = name or _asked("Your name", "--name", person.name)
    handle = handle or _handle(name)
    if not is_handle(handle):
        raise BuildError(
            f"{handle!r} is not a handle; give one with --handle, of lower-case letters, digits and hyphens"
        )
    _check_free(site, handle)
    email = email or _email(person)
    path = os.path.join(site.authors, f"{handle}.yaml")
    _write(path, begun(_kind(site, "profile"), {"name": name, "emails": email}, _now(site)))
    _say(site, path, f"{command()} new-post --handle {handle}", "to begin your first post")
    return 0


def _handle(name: str) -> str:
    """Return the handle that follows from a name. On a terminal, ask for it."""
    made = plain(name)
    return answer("Your handle, as in /blogs/…/", made) if is_asked() else made


def _email(person: Person) -> str:
    """Return the address by which git knows a person; none if a profile has it, since they make a profile for another then."""
    known = "" if person.handle else person.email
    return answer("Your e-mail in git (it is not published)", known) if is_asked() and known else known


def _check_free(site: Site, handle: str) -> None:
    from bylines.engine.paths import shown
    from bylines.renaming.search import holder_of_handle

    holder = holder_of_handle(site, handle)
    if holder:
        raise BuildError(
            f"{handle} is or was the handle of {shown(site, holder)}; choose another with --handle; nothing was changed"
        )


def new_post(handle: str = "", title: str = "", settings: str = "pelicanconf.py") -> int:
    """Write the beginning of a post, with an id that it keeps for ever in feeds. Return the exit code."""
    return answered(OutputOptions(), lambda: _new_post(handle, title, settings))


def _new_post(handle: str, title: str, settings: str) -> int:
    site = _site(settings)
    handle = handle or _own_handle(site)
    folder = os.path.join(site.content, "blogs", handle)
    _check_known(site, handle, folder)
    title = title or _asked("The title", "--title")
    slug = _slug(title, "post")
    _check_slug(site, handle, slug)
    path = os.path.join(folder, f"{slug}.md")
    _write(path, begun(_kind(site, "post"), {"title": title}, _now(site)))
    _say(site, path, f"{command()} serve", "to see it in a browser while you write")
    return 0


def new(name: str, given: Mapping[str, str], settings: str = "pelicanconf.py") -> int:
    """Write the beginning of a file of the kind with this name, be it a company's own. Return the exit code."""
    return answered(OutputOptions(), lambda: _new(name, given, settings))


def _new(name: str, given: Mapping[str, str], settings: str) -> int:
    from bylines.engine.paths import file_of

    site = _site(settings)
    kind = _kind(site, name)
    if unknown := next((key for key in given if key not in kind.keyset and key not in kind.at.names), ""):
        raise BuildError(f"{kind.name} has no key {unknown}; it has {', '.join(kind.keyset.names)}")
    needed = {key: given.get(key) or _asked(f"{key}: {marker.about}", f"--set {key}=…") for key, marker in asked(kind)}
    answers = {**given, **needed}
    names = [answers.get(each) or _name_in_path(site, kind, each, answers) for each in kind.at.names]
    path = file_of(site, kind.source_of(*names))
    _write(path, begun(kind, answers, _now(site)))
    _say(site, path, f"{command()} serve", "to see it in a browser while you write")
    return 0


def _name_in_path(site: Site, kind: Kind, name: str, answers: Mapping[str, str]) -> str:
    """Return what stands in the file's name: the writer's handle, or a slug of the first answer in the order of the keys."""
    if name in ("blog", "handle"):
        return _own_handle(site)
    first = next((answers[key] for key in kind.keyset.names if answers.get(key)), "")
    return _slug(first, kind.name)


def _own_handle(site: Site) -> str:
    from bylines.commands.whoami import blog_here, whoami

    known = blog_here(site) or whoami(site).handle
    return _asked("Whose blog (a handle)", "--handle", known) if is_asked() or not known else known


def _slug(title: str, kind: str) -> str:
    slug = plain(title)[:80].strip("-") or f"{kind}-{uuid.uuid4().hex[:8]}"
    if not is_slug(slug):
        raise BuildError(f"the title {title!r} gives no file name; write the file yourself")
    return slug


def _kind(site: Site, name: str) -> Kind:
    """Return the kind with this name. Raises BuildError where no capability that is on declares it."""
    from bylines.engine.kinds import kinds_of

    kinds = kinds_of(tuple(site.features))
    found = kinds.named(name)
    if found is None:
        raise BuildError(f"nothing here is called {name!r}; there are {', '.join(kind.name for kind in kinds.kinds)}")
    return found


def _now(site: Site) -> str:
    return dt.datetime.now(zoneinfo.ZoneInfo(site.read.timezone)).strftime("%Y-%m-%d %H:%M")


def _check_known(site: Site, handle: str, folder: str) -> None:
    places = (os.path.join(site.authors, f"{handle}.yaml"), os.path.join(folder, "blog.yaml"))
    if not is_handle(handle) or not any(map(os.path.exists, places)):
        raise BuildError(f"nobody is called {handle!r}; `{command()} new-author` makes a profile")


def _check_slug(site: Site, handle: str, slug: str) -> None:
    from bylines.engine.paths import shown
    from bylines.renaming.search import holder_of_slug

    holder = holder_of_slug(site, handle, slug)
    if holder:
        raise BuildError(
            f"{shown(site, holder)} has or had the address /blogs/{handle}/{slug}/; "
            "give another --title, you can change it later; nothing was changed"
        )


def _asked(question: str, option: str, default: str = "") -> str:
    """Ask the person at the terminal. Raises BuildError if there is no terminal."""
    if is_asked():
        return answer(question, default)
    raise BuildError(f"{option} is missing; give it, or run this on a terminal")


def _site(settings: str) -> Site:
    from bylines import frame

    return frame.load(settings)[0]


def _write(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise BuildError(f"{path} is there already; nothing was changed") from None
    except OSError as error:
        raise BuildError(f"{path} cannot be written ({error.strerror})") from error


def _say(site: Site, path: str, next_command: str, why: str) -> None:
    """Print which file was written, and what to do next."""
    shown = shown_path(path, site.root)
    print(f"{shown}\n\nNext:")
    print(f"  write in {shown}")
    print(f"  {next_command}   {why}")
    if top := _repository(path):
        here = os.path.realpath(os.getcwd())
        git = "git" if here == top else f"git -C {shlex.quote(os.path.relpath(top, here))}"
        file = shlex.quote(os.path.relpath(os.path.realpath(path), top))
        message = shlex.quote(f"Begin {os.path.basename(path)}")
        print(f"  {git} add {file} && {git} commit -m {message} && {git} push", flush=True)


def _repository(path: str) -> str:
    """Return the top of the repository in which a file lies, or '' if git does not keep it."""
    from bylines.git import Git, GitError

    git = Git(os.path.dirname(path))
    try:
        top = os.fsdecode(git.run("rev-parse", "--show-toplevel")).rstrip("\n")
        return "" if git.try_run("check-ignore", "-q", "--", path).returncode == 0 else os.path.realpath(top)
    except GitError:
        return ""
