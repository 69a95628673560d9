"""The commands of those who write: they begin a file, rename what is there, and bring an old blog over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from bylines.commands.declare import Arg, Option, UsageError, command
from bylines.commands.import_blog import KINDS
from bylines.commands.options import SITE, Everywhere, Settings, Yes


@command("new-author", "Begin a profile in authors/")
def new_author(
    *,
    name: Annotated[str, Option("the person's name (asked)")] = "",
    handle: Annotated[str, Option("the handle (asked; it follows from the name)")] = "",
    email: Annotated[str, Option("by which git knows who commits (git's user.email)")] = "",
    settings: Settings = SITE,
) -> int:
    """Write the first lines of a profile."""
    from bylines.commands.scaffold import new_author as run

    return run(name, handle, settings, email)


@command("new-post", "Begin a post, as a draft with an id of its own")
def new_post(
    *,
    handle: Annotated[
        str, Option("whose blog: that of the folder you are in, or of git's user.email, unless you say another")
    ] = "",
    title: Annotated[str, Option("the post's title (asked)")] = "",
    settings: Settings = SITE,
) -> int:
    """Write the first lines of a post."""
    from bylines.commands.scaffold import new_post as run

    return run(handle, title, settings)


@command("new", "Begin a file of any kind, as what it may hold says")
def new(
    kind: Annotated[str, Arg("post, jam, or what a capability of your own calls its files")],
    *,
    put: Annotated[
        Sequence[str],
        Option("the value of a key (asked, where it must be there); may be given again", "KEY=VALUE", name="--set"),
    ] = (),
    settings: Settings = SITE,
) -> int:
    """Write the first lines of a file."""
    from bylines.commands.scaffold import new as run

    if wrong := next((each for each in put if "=" not in each), ""):
        raise UsageError(f"--set {wrong}: it is KEY=VALUE")
    return run(kind, dict(each.split("=", 1) for each in put), settings)


@command("rename-post", "Give a post another address; the old one leads on, and feeds know it again")
def rename_post(
    post: Annotated[str, Arg("the post that is there", "HANDLE/SLUG")],
    new: Annotated[str, Arg("its new slug")],
    *,
    yes: Yes = False,
    everywhere: Everywhere = False,
    settings: Settings = SITE,
) -> int:
    """Show the change, ask, and make it."""
    from bylines.commands.rename import Confirmation
    from bylines.commands.rename import rename_post as run

    return run(post, new, settings, Confirmation(yes, everywhere))


@command(
    "rename-author", "Give a person or group another handle; old addresses lead on, and feeds know each post again"
)
def rename_author(
    old: Annotated[str, Arg("the handle")],
    new: Annotated[str, Arg("the new one")],
    *,
    yes: Yes = False,
    everywhere: Everywhere = False,
    without_trace: Annotated[
        bool,
        Option("everywhere, and nothing leads on from the old handle: for whoever must not be found by it"),
    ] = False,
    name: Annotated[str, Option("with --without-trace: the person's name from now on")] = "",
    old_name: Annotated[
        Sequence[str],
        Option("with --without-trace: an old name that is to be found nowhere; may be given again", "NAME"),
    ] = (),
    settings: Settings = SITE,
) -> int:
    """Show the change, ask, and make it."""
    from bylines.commands.rename import Confirmation, Forget
    from bylines.commands.rename import rename_author as run

    forget = Forget(without_trace, name, tuple(old_name))
    return run(old, new, settings, Confirmation(yes, everywhere), forget)


@command("traces", "Say where a handle or a name still stands, in what people wrote and in what was built")
def traces(
    names: Annotated[Sequence[str], Arg("a handle or a name", "NAME", was=("--also",))],
    *,
    settings: Settings = SITE,
) -> int:
    """Exit with 1 where one of them stands anywhere."""
    from bylines.commands.rename import traces as run

    return run(names, settings)


@command("leave", "Note a person's last day: from then on they are listed as alumni")
def leave(
    handle: Annotated[str, Arg("who leaves", was=("--handle",))],
    *,
    on: Annotated[str, Option("the last day, as 2026-05-04 (today)", "DATE")] = "",
    yes: Yes = False,
    settings: Settings = SITE,
) -> int:
    """Show the change, ask, and make it."""
    from bylines.commands.rename import Confirmation
    from bylines.commands.rename import leave as run

    return run(handle, on, settings, Confirmation(yes))


@command("merge-topics", "Make topics one: all are called as the last, and the other names become synonyms")
def merge_topics(
    topics: Annotated[Sequence[str], Arg("a topic that goes; at the end the one that stays", "TOPIC")],
    *,
    yes: Yes = False,
    also: Annotated[Sequence[str], Option("another topic that goes", "TOPIC", hidden=True)] = (),
    settings: Settings = SITE,
) -> int:
    """Show the change, ask, and make it."""
    from bylines.commands.rename import Confirmation
    from bylines.commands.rename import merge_topics as run

    return run([*topics[:-1], *also, topics[-1]], settings, Confirmation(yes))


@command(
    "import",
    "Bring an old blog over from its export: posts, drafts, pictures, comments, old addresses",
    was=("import-blog",),
)
def import_blog(
    source: Annotated[str, Arg("the export: a folder, a zip or a file", was=("--source",))],
    *,
    handle: Annotated[str, Option("whose blog it becomes: a person's or a group's handle")],
    kind: Annotated[
        str, Option("what wrote it (guessed from the files)", choices=KINDS, name="--from", was=("--kind",))
    ] = "",
    author: Annotated[
        Sequence[str],
        Option("who somebody of the old blog is here, where it has several authors; may be given again", "NAME=HANDLE"),
    ] = (),
    dry_run: Annotated[bool, Option("say what would be done, and write nothing")] = False,
    quiet: Annotated[bool, Option("say only which files were left alone")] = False,
    settings: Settings = SITE,
) -> int:
    """Import a blog; nothing is fetched, and nothing is overwritten."""
    from bylines.commands.build import OutputOptions
    from bylines.commands.import_blog import Import
    from bylines.commands.import_blog import import_blog as run

    asked = Import(source, handle, kind, tuple(author), dry_run)
    return run(asked, settings, OutputOptions(quiet=quiet))
