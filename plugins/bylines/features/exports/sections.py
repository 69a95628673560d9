"""Links from other pages to the files for other programs. Lists of feeds are linked only if the site has feeds."""

from __future__ import annotations

from bylines.collation import letter_id
from bylines.engine.context import BuildContext
from bylines.engine.contributions import Section
from bylines.engine.views import View
from bylines.features.exports.opml_pages import has_feeds
from bylines.features.exports.views import DirectoryFiles, OpmlLink


def _topic(build: BuildContext, topic: str) -> OpmlLink | None:
    return OpmlLink(url=f"topics/{topic}/blogs.opml") if has_feeds(build) else None


def _group(build: BuildContext, handle: str) -> OpmlLink | None:
    return OpmlLink(url=f"blogs/{handle}/members.opml") if has_feeds(build) else None


def _letter(build: BuildContext, key: str) -> OpmlLink | None:
    """Return the link to a letter's list, also for the pages of its parts ('S/sa')."""
    letter = key.partition("/")[0]
    return OpmlLink(url=f"directory/{letter_id(letter)}/blogs.opml", name=letter) if has_feeds(build) else None


def _files(build: BuildContext, key: str) -> DirectoryFiles:
    return DirectoryFiles(opml=has_feeds(build))


SECTIONS = (
    Section(host="topic", place="writers", name="opml", template="exports/topic.html", view=OpmlLink, inputs=_topic),
    Section(host="blog", place="members", name="opml", template="exports/group.html", view=OpmlLink, inputs=_group),
    Section(
        host="directory",
        place="ways",
        name="files",
        template="exports/directory.html",
        view=DirectoryFiles,
        inputs=_files,
    ),
    Section(
        host="directory-letter",
        place="ways",
        name="opml",
        template="exports/letter.html",
        view=OpmlLink,
        inputs=_letter,
    ),
    Section(
        host="subscribe",
        place="ways",
        name="opml",
        template="exports/subscribe.html",
        view=View,
        inputs=lambda build, key: View(),
    ),
)
