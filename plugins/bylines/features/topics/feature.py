"""The declaration of the capability `topics`."""

from bylines.engine.feature import Feature, PageKind, SourceKind
from bylines.engine.read import read_topics
from bylines.features.topics import pages, relations
from bylines.views import ArchivePage, IndexPage, LetterPage, TopicPage

FEATURE = Feature(
    name="topics",
    needs=("people", "posts", "directory"),
    after=(),
    sources=(SourceKind("topics", relations.is_topics, read_topics),),
    schema=relations.SCHEMA,
    addresses=("topics/",),
    weave=relations.weave,
    pages=(
        PageKind("topic", pages.keys, pages.inputs, pages.affected, "topics/topic.html", TopicPage),
        PageKind(
            "topic-archive",
            pages.archive_keys,
            pages.archive_inputs,
            pages.archive_affected,
            "topics/archive.html",
            ArchivePage,
        ),
        PageKind("topics", pages.index_keys, pages.index_inputs, pages.index_affected, "topics/index.html", IndexPage),
        PageKind(
            "topics-letter",
            pages.letter_keys,
            pages.letter_inputs,
            pages.letter_affected,
            "topics/letter.html",
            LetterPage,
        ),
    ),
)
