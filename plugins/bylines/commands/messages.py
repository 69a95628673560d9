"""Keeps the catalogues of translations up to date. Babel extracts the words from templates and code."""

from __future__ import annotations

import glob
import io
import os
import re
import sys
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import PoFileError, read_po, write_po

from bylines import translations
from bylines.locale_format import language_name

_JINJA = {
    "newstyle_gettext": "true",
    "trimmed": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}
_Keywords: TypeAlias = Mapping[str, "tuple[int, ...] | None"]
_KEYWORDS: _Keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
_IN_CODE: _Keywords = {"word": None, "as_written": None}
_COMMENTS = ("translators:",)
_WIDTH = 120
_FIELD = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
_TAG = re.compile(r"</?[a-z][^>]*>")


def extracted(templates: str, package: str) -> Catalog:
    """Return the words of a folder of templates and of the package's code, without translations."""
    found = Catalog(fuzzy=False)
    for ending in (".html", ".css"):
        _add(found, templates, ending, "jinja2", _KEYWORDS, _JINJA)
    _add(found, package, ".py", "python", _IN_CODE, {})
    return found


def _add(found: Catalog, folder: str, ending: str, method: str, keywords: _Keywords, options: dict[str, str]) -> None:
    """Add the words of the files with an ending. Files without a keyword are not parsed, which would take long."""
    base = os.path.dirname(os.path.abspath(folder))
    for file in sorted(glob.glob(f"{os.path.abspath(folder)}/**/*{ending}", recursive=True)):
        with open(file, "rb") as data:
            text = data.read()
        if any(f"{keyword}(".encode() in text for keyword in keywords) or b"{% trans" in text:
            place = os.path.relpath(file, base).replace(os.sep, "/")
            for _, message, comments, context in extract(method, io.BytesIO(text), keywords, _COMMENTS, options, True):
                found.add(message, None, [(place, 0)], auto_comments=comments, context=context)


def read(file: str) -> Catalog:
    """Read a catalogue from its file. Raises OSError, PoFileError."""
    with open(file, encoding="utf-8") as text:
        return read_po(text, locale=_language(file), abort_invalid=True)


def _language(file: str) -> str:
    parts = os.path.basename(file).removesuffix(".po").split("-")
    return "_".join([parts[0], *(part.title() if len(part) == 4 else part.upper() for part in parts[1:])])


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as the text of its file. Places have no line numbers, so that the file changes only with its words."""
    file = io.BytesIO()
    write_po(file, catalogue, width=_WIDTH, ignore_obsolete=True, include_lineno=False, omit_header=False)
    return b"\n".join(line for line in file.getvalue().split(b"\n") if not line.startswith(_LEFT_OUT))


_LEFT_OUT = (
    b'"Project-Id-Version',
    b'"POT-Creation-Date',
    b'"PO-Revision-Date',
    b'"Report-Msgid',
    b'"Last-Translator',
    b'"Language-Team',
    b'"Generated-By',
)


def faults(catalogue: Catalog, wanted: Catalog) -> Iterator[str]:
    """Yield what is wrong with a catalogue: words that it lacks, that nothing uses, or that cannot replace the English ones."""
    for message in wanted:
        if message.id and message.id not in catalogue:
            yield f"{_english(message)!r} is missing"
    for message in [*catalogue, *catalogue.obsolete.values()]:
        if message.id and message.id not in wanted:
            yield f"{_english(message)!r} is asked for nowhere"
        elif message.id and message.fuzzy:
            yield f"{_english(message)!r} is fuzzy: look at it and take the mark away"
        elif message.id:
            yield from _faults_of(message, catalogue.num_plurals)


def _english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _faults_of(message: Message, plurals: int) -> Iterator[str]:
    english = message.id if isinstance(message.id, str) else message.id[-1]
    said = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    if not said or not all(said) or (message.pluralizable and len(said) != plurals):
        yield f"{_english(message)!r} is not translated"
        return
    for text in said:
        # In some languages the form for one or two says the number by itself.
        left_out = {"num"} if message.pluralizable else set()
        if _fields(text) != _fields(english) and _fields(english) - _fields(text) != left_out:
            yield f"{text!r} has other fields than {english!r}"
        elif sorted(_TAG.findall(text)) != sorted(_TAG.findall(english)):
            yield f"{text!r} has other tags than {english!r}"
        elif '"' in _TAG.sub("", text) or "<" in _TAG.sub("", text):
            yield f"{text!r} would end an attribute: take the language's own quotation marks"
        elif text != text.strip() and english == english.strip():
            yield f"{text!r} begins or ends with a space, unlike {english!r}"


def _fields(text: str) -> set[str]:
    return {"".join(found) for found in _FIELD.findall(text)}


def _begun(file: str) -> Catalog:
    catalogue = Catalog(locale=Locale.parse(_language(file)), fuzzy=False)
    name = language_name(_language(file).replace("_", "-"), "en")
    catalogue.header_comment = f"# The interface in {name}.\n#\n# Its words, to keep to:\n#"
    return catalogue


def messages(templates: str, lang: str = "") -> int:
    """Bring the catalogues below a folder of templates up to date, and begin one for `lang`. Return 1 if something is wrong."""
    wanted = extracted(templates, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    files = [os.path.join(templates, name) for name in sorted(translations.files_in(templates))]
    if lang:
        files.append(os.path.join(templates, translations.catalogue_names(lang)[0]))
    said = [line for file in dict.fromkeys(files) for line in _updated(file, wanted)]
    print("\n".join([*said, f"{len(wanted)} messages in {len(set(files))} catalogues"]))
    return 1 if said else 0


def _updated(file: str, wanted: Catalog) -> list[str]:
    try:
        catalogue = read(file) if os.path.exists(file) else _begun(file)
    except UnknownLocaleError as error:
        return [f"{file}: {error}"]
    except (PoFileError, ValueError) as error:
        return [f"{file}: {error}; mend it first"]
    catalogue.update(wanted, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "wb") as out:
        out.write(written(catalogue))
    return [f"{file}: {fault}" for fault in faults(catalogue, wanted)]


if __name__ == "__main__":
    sys.exit(messages(*sys.argv[1:]))
