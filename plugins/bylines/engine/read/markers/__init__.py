"""Markers for the annotations of a record. Each says which values a key may have.

A record declares its keys like this:

    class Recipe(Record, tag="recipe", frozen=True, kw_only=True):
        title: Annotated[str, Text("what it is called", required=MISSING)]
        cook: Annotated[tuple[str, ...], Handles("who cooks it", signs=True)] = ()

A marker reads the value (`read`), describes it for editors (`schema`), lists the people and files that it names (`targets`), and
rewrites it after a rename (`renamed`). `example` is a value as people write it, `wrong` one that causes a message.
Field types of records stay msgspec's own: it ignores what is in `Annotated` and not its own.
"""

from bylines.engine.read.markers.base import LONGEST_LINE, Marker, Renames, Target, Where
from bylines.engine.read.markers.lists import Addresses, Aliases, Emails, Handles, Languages, Listed, Words
from bylines.engine.read.markers.references import Named, PhotoBeside, Picture, Reference
from bylines.engine.read.markers.texts import Choice, FeedId, Markdown, Matching, Publicity, Slug, Text
from bylines.engine.read.markers.values import Day, Language, Links, Moment, Number

__all__ = [
    "LONGEST_LINE",
    "Addresses",
    "Aliases",
    "Choice",
    "Day",
    "Emails",
    "FeedId",
    "Handles",
    "Language",
    "Languages",
    "Links",
    "Listed",
    "Markdown",
    "Marker",
    "Matching",
    "Moment",
    "Named",
    "Number",
    "PhotoBeside",
    "Picture",
    "Publicity",
    "Reference",
    "Renames",
    "Slug",
    "Target",
    "Text",
    "Where",
    "Words",
]
