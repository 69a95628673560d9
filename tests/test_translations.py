"""The interface in each language: whole catalogues, no word past them, and sites that speak none but their own."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from hypothesis import given, settings
from hypothesis import strategies as st

from bylines import translations
from bylines.commands import messages
from bylines.engine.render import templates
from bylines.locale_format import joints, list_in_words
from tests.building import ROOT, SmallSite

_TEMPLATES = ROOT / "theme/templates"
_CATALOGUES = sorted((_TEMPLATES / "translations").glob("*.po"))
_LANGUAGES = [file.stem for file in _CATALOGUES]


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    """Every word that templates and code say to readers."""
    return messages.extracted(str(_TEMPLATES), str(ROOT / "plugins/bylines"))


def test_there_are_the_languages_that_we_promise() -> None:
    assert {"bg", "de", "es", "ja", "ar"} <= set(_LANGUAGES)


@pytest.mark.parametrize("file", _CATALOGUES, ids=_LANGUAGES)
def test_a_catalogue_is_whole(file: Path, wanted: Catalog) -> None:
    assert list(messages.faults(messages.read(str(file)), wanted)) == []


@pytest.mark.parametrize(
    ("english", "said", "fault"),
    [
        ("Blogs", "", "is not translated"),
        ("%(num)s post", "%(number)s Beitrag", "other fields"),
        ("{total} found", "gefunden", "other fields"),
        ("See <code>x</code>", "Siehe x", "other tags"),
        ("Copy", 'Das "da"', "quotation marks"),
        ("Copy", "Kopieren ", "begins or ends with a space"),
    ],
)
def test_a_faulty_translation_is_told(english: str, said: str, fault: str) -> None:
    own, others = Catalog(locale="de", fuzzy=False), Catalog()
    own.add(english, said)
    others.add(english)
    (found,) = messages.faults(own, others)
    assert fault in found


def test_what_is_missing_fuzzy_or_asked_for_no_more_is_told() -> None:
    own, others = Catalog(locale="de", fuzzy=False), Catalog()
    own.add("Old", "Alt")
    own.add("Blogs", "Blogs", flags=["fuzzy"])
    others.add("Blogs")
    others.add("New")
    found = "\n".join(messages.faults(own, others))
    assert "'New' is missing" in found and "'Old' is asked for nowhere" in found and "'Blogs' is fuzzy" in found


def test_the_task_begins_a_language_and_keeps_what_is_translated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "home/index.html"
    page.parent.mkdir()
    page.write_text('{{ _("Blogs") }} {{ ngettext("%(num)s post", "%(num)s posts", 3) }}')
    assert messages.messages(str(tmp_path), "pt-BR") == 1
    file = tmp_path / "translations/pt-br.po"
    text = file.read_text()
    assert "Brazilian Portuguese" in text or "Portuguese (Brazil)" in text
    assert "is not translated" in capsys.readouterr().out
    filled = re.sub(r'(msgid "Blogs"\nmsgstr )""', r'\1"Os blogues"', text)
    file.write_text(filled.replace('msgstr ""\n"Lang', 'MSGSTR ""\n"Lang').replace("MSGSTR", "msgstr"))
    page.write_text('{{ _("Blogs") }} {{ _("Another") }}')
    assert messages.messages(str(tmp_path)) == 1
    assert 'msgstr "Os blogues"' in file.read_text() and "posts" not in file.read_text()
    assert "'Another' is not translated" in capsys.readouterr().out
    before = file.read_bytes()
    messages.messages(str(tmp_path))
    assert file.read_bytes() == before, "the task changes nothing where nothing changed"


def test_a_language_that_is_none_and_a_catalogue_that_cannot_be_read_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert messages.messages(str(tmp_path), "xq") == 1
    assert "'xq'" in capsys.readouterr().out
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations/de.po").write_text('msgid "a\nb')
    assert messages.messages(str(tmp_path)) == 1
    assert "mend it first" in capsys.readouterr().out


_LABELS = frozenset(("alt", "title", "aria-label", "placeholder", "label"))
_NAMES_OF_DESCRIPTIONS = frozenset(("description", "og:description"))
_OF_THE_MACHINE = frozenset(("code", "style", "pre"))
_LETTERS = re.compile(r"[A-Za-z]{2,}")
# What is called so in every language.
_NAMES = frozenset("RSS JSON CSV OPML Atom Markdown Bylines".split())


class Words(HTMLParser):
    """The texts of a page that somebody sees or hears, and those that its scripts say."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        described = (given.get("name") or given.get("property")) in _NAMES_OF_DESCRIPTIONS
        for name, value in attrs:
            said = name in _LABELS or (name == "content" and described) or self._is_said_by_a_script(tag, name)
            if value and said:
                self.found.append(value)
        if tag in _OF_THE_MACHINE or tag == "script":
            self._inside.append(tag)

    def _is_said_by_a_script(self, tag: str, name: str) -> bool:
        return name.startswith("data-") and tag in ("script", "search") and name != "data-finder"

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside and data.strip():
            self.found.append(data.strip())

    def latin(self) -> list[str]:
        """Those with a word in Latin letters, but for names that are the same everywhere."""
        return [text for text in self.found if set(_LETTERS.findall(_NO_WORD.sub("", text))) - _NAMES]


# Fields; what stands in a block for attributes, or in a macro for machines; addresses and policies.
_NO_WORD = re.compile(r'\{\w+\}|[\w-]+="[^"]*"|"@?\w+":("\w+")?|(?:[\w-]*/)+|[a-z]+-src\b|\'[a-z]+-unsafe-eval\'')


def _without_jinja(source: str) -> str:
    """A template without its expressions, its blocks, and the words that are asked for."""
    kept: list[str] = []
    asked = False
    for _, kind, value in jinja2.Environment(extensions=["jinja2.ext.i18n"]).lex(source):
        if kind == "name" and value in ("trans", "endtrans"):
            asked = value == "trans"
        elif kind == "data" and not asked:
            kept.append(value)
    return "".join(kept)


def test_no_word_of_a_template_goes_past_the_catalogues() -> None:
    past = {
        f"{file.relative_to(_TEMPLATES)}: {text}"
        for file in sorted(_TEMPLATES.rglob("*.html"))
        for text in Words(_without_jinja(file.read_text())).latin()
    }
    assert past == set()


_SAYS = re.compile(
    r"""(?:(?:textContent|placeholder|title|\.said)\s*=|\bsay\(|aria-label["'],)\s*["'`][^"'`]*[A-Za-z]{2}"""
)


def test_no_script_has_words_of_its_own() -> None:
    for file in sorted((ROOT / "theme/static/js").glob("*.js")):
        assert _SAYS.findall(file.read_text()) == [], file.name


def _in_greek_letters(text: str) -> str:
    """A text that says nothing, with the fields and tags of another."""
    parts = re.split(r"(%\(\w+\)s|\{\w+\}|<code>.*?</code>)", text)
    parts[::2] = [re.sub(r"[A-Za-z]", "ω", part) for part in parts[::2]]
    return "".join(parts)


def _catalogue_in_greek_letters(wanted: Catalog) -> str:
    own = Catalog(locale="el", fuzzy=False)
    for message in wanted:
        if message.id:
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            said = [_in_greek_letters(text) for text in ids]
            own.add(message.id, said[0] if isinstance(message.id, str) else said)
    file = io.BytesIO()
    write_po(file, own)
    return file.getvalue().decode()


@pytest.fixture(scope="module")
def greek(tmp_path_factory: pytest.TempPathFactory, wanted: Catalog) -> SmallSite:
    """A site in which nobody writes a Latin letter, with nearly everything that a page can show."""
    folder = tmp_path_factory.mktemp("greek")
    site = SmallSite(
        folder,
        DEFAULT_LANG="el",
        SITENAME="Ιστότοπος",
        SITESUBTITLE="Λόγια",
        THEME_TEMPLATES_OVERRIDES=[str(folder / "mine")],
        BYLINES_PAGE_SIZE=2,
        BYLINES_LETTERS_FROM=3,
        BYLINES_SOURCE_URL="https://git.example/{path}",
        BYLINES_REPLY_URL="mailto:a@test.example?subject={title}",
        BYLINES_DISCLAIMER="Γνώμες.",
    )
    site.write("mine/translations/el.po", _catalogue_in_greek_letters(wanted))
    for number, handle in enumerate(("ada", "bea", "cleo", "dora")):
        about = {"role": "Μηχανικός", "team": "Πλοία", "location": "Αθήνα", "pronouns": "αυτή", "bio": "Γράφω."}
        about |= {"joined": "2019-01-02", "left": "2025-01-01", "languages": "[el, bg]", "follows": "[bea]"}
        site.person(handle, "Άλφα Βήτα Γάμμα Δέλτα".split()[number], **about)
        for post in range(6):
            body = (
                "Λόγια[^1].\n\n## Πρώτο\n\n## Δεύτερο\n\n## Τρίτο\n\n|α|β|\n|-|-|\n|1|2|\n\n- [x] ναι\n- [ ] όχι\n\n"
                "> [!WARNING]\n> Προσοχή.\n\n[^1]: Εδώ.\n"
            )
            header = {"topics": "[Παλίρροια, Εργαλεία]", "title": "Τίτλος", "date": f"2026-0{post + 1}-02"}
            site.post(
                f"{handle}/p{post}.md", body, **header, modified="2026-08-02", aliases="[/old-" + f"{handle}{post}/]"
            )
    site.post("ada/p0.bg.md", "Текст.\n", title="Заглавие", lang="bg", translation_of="p0")
    site.write("content/blogs/team/blog.yaml", "title: Ομάδα\nmembers: [ada, bea]\ndescription: Μαζί.\n")
    site.post("team/x.md", "Λόγια.\n", title="Μαζί", authors="[ada, bea]")
    site.write("content/topics.yaml", "Παλίρροια:\n  synonyms: [Νερά]\n  parents: [Εργαλεία]\n")
    site.write("content/pages/about.md", "---\ntitle: Εμείς\nmodified: 2026-01-02\n---\nΛόγια.\n")
    result = site.build()
    assert [str(problem) for problem in result.problems] == []
    return site


def test_no_page_says_a_word_of_another_language(greek: SmallSite) -> None:
    pages = sorted((greek.folder / "output").rglob("*.html"))
    assert len(pages) > 40
    said = {str(page.relative_to(greek.folder / "output")): Words(page.read_text()).latin() for page in pages}
    assert {path: texts for path, texts in said.items() if texts} == {}


def test_numbers_dates_and_lists_of_a_page_are_those_of_its_language(greek: SmallSite) -> None:
    page = greek.page("blogs/ada/p1/index.html")
    assert "2 Φεβρουαρίου 2026" in page and "Παλίρροια</a> και <a" in page
    assert '<html lang="el" dir="ltr">' in page and 'lang="bg"' in greek.page("blogs/ada/p0/index.html")


def test_the_words_that_we_add_to_a_text_are_in_its_language(tmp_path: Path) -> None:
    site = SmallSite(tmp_path, DEFAULT_LANG="es")
    site.person("ada")
    body = "> [!WARNING]\n> Text.\n\n> [!NOTE] Own\n> Text.\n\n- [x] a\n- [ ] b\n\n|a|\n|-|\n|b|\n\n## Kopf\n\nx[^1]\n\n[^1]: y\n"
    for lang in ("de", "en", "es", "he"):
        site.post(f"ada/{lang}.md", body, lang=lang)
    site.build()
    said = {lang: site.page(f"blogs/ada/{lang}/index.html").split("e-content")[1] for lang in ("de", "en", "es", "he")}
    for word in (
        '<p class="alert-title">Warnung</p>', 'aria-label="Warnung"', '"Erledigt"', '"Offen"', '"Tabelle"', '"Zurück zum Text"',
        '"Link zu diesem Abschnitt"', ">Own<",
    ):  # fmt: skip
        assert word in said["de"], word
    assert '<p class="alert-title">Warning</p>' in said["en"] and '"Table"' in said["en"]
    assert "Advertencia" in said["es"] and "Advertencia" in said["he"], (
        "a language without a catalogue has the site's words"
    )
    feed = site.page("blogs/ada/feed.atom")
    assert "Warnung" in feed and "Advertencia" in feed and "\x01" not in feed


@pytest.mark.parametrize("lang", _LANGUAGES)
def test_a_site_in_a_language_has_no_english_left(tmp_path: Path, lang: str) -> None:
    site = SmallSite(tmp_path, DEFAULT_LANG=lang)
    site.person("ada", "Ada Lovelace", team="Software")
    site.person("bea", "Bea Arthur")
    for day in (1, 2, 3):
        site.post(f"ada/p{day}.md", date=f"2026-01-0{day}", topics="[tides]")
    site.build()
    own = messages.read(str(_TEMPLATES / f"translations/{lang}.po"))
    blogs = ("blogs/index.html", "blogs/ada/index.html", "blogs/bea/index.html", "blogs/ada/p2/index.html")
    topics = ("topics/index.html", "topics/tides/index.html")
    pages = [site.page(path) for path in (*blogs, *topics, "index.html", "404.html", "pulse/index.html")]
    for page in pages:
        seen = set(Words(page).found)
        assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in page
        left = [
            message.id
            for message in own
            if isinstance(message.id, str) and message.id in seen and message.string != message.id
        ]
        assert left == []
    blog = pages[1]
    three = {"ar": "3 تدوينات", "bg": "3 публикации", "de": "3 Beiträge", "es": "3 entradas", "ja": "記事3件"}
    assert three.get(lang, "") in blog


@pytest.mark.parametrize(
    ("lang", "count", "said"),
    [
        ("ar", 0, "لا تدوينات"), ("ar", 1, "تدوينة واحدة"), ("ar", 2, "تدوينتان"), ("ar", 10, "10 تدوينات"),
        ("ar", 11, "11 تدوينة"), ("ar", 100, "100 تدوينة"), ("ar", 103, "103 تدوينات"),
        ("ja", 1, "記事1件"), ("ja", 1234, "記事1,234件"), ("bg", 1, "1 публикация"), ("bg", 21, "21 публикации"),
        ("de", 1, "1 Beitrag"), ("de", 1234, "1.234 Beiträge"), ("es", 12345, "12.345 entradas"),
        ("en", 1, "1 post"), ("en", 1234, "1,234 posts"),
    ],
)  # fmt: skip
def test_a_number_has_the_form_that_its_language_gives_it(lang: str, count: int, said: str, tmp_path: Path) -> None:
    site = SmallSite(tmp_path, DEFAULT_LANG=lang).site()
    plural = translations.Plural(templates.words(site, lang), lang)
    assert unicodedata.normalize("NFKC", plural("%(num)s post", "%(num)s posts", count)) == said


@settings(deadline=None)
@given(st.lists(st.text(min_size=1), min_size=1, max_size=4), st.sampled_from(["en", "es", "ar", "ja", "he", "de"]))
def test_names_with_what_stands_between_them_are_the_list(names: list[str], lang: str) -> None:
    names = [name.replace("\x02", "-") for name in names]
    joined = "".join(name + joint for name, joint in zip(names, joints(tuple(names), lang), strict=True))
    assert joined == list_in_words(tuple(names), lang)


def test_a_field_that_the_words_name_by_mistake_is_told(tmp_path: Path) -> None:
    site = SmallSite(tmp_path, DEFAULT_LANG="fo", THEME_TEMPLATES_OVERRIDES=[str(tmp_path / "mine")])
    site.write(
        "mine/translations/fo.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Edited %(day)s"\nmsgstr "%(dag)s"\n',
    )
    environment = templates.environment(site.site(), "")
    with pytest.raises(jinja2.TemplateError, match="name 'dag', which is none of day"):
        environment.get_template("posts/post.html")


def _languages_of(site: SmallSite) -> Iterator[str]:
    yield from re.findall(r'<link rel="alternate" hreflang="([^"]+)"', site.page("blogs/ada/x/index.html"))


def test_each_translation_names_all_of_them_and_itself(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    site.post("ada/x.md")
    assert list(_languages_of(site)) == [] if site.build() else None
    site.post("ada/x.de.md", lang="de", translation_of="x")
    site.post("ada/x.bg.md", lang="bg", translation_of="x")
    site.build()
    assert sorted(_languages_of(site)) == ["bg", "de", "en"]


def test_a_page_and_titles_in_another_language_say_so(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    site.post("ada/x.md", date="2026-01-01")
    site.post("ada/y.md", title="عنوان", lang="ar", date="2026-01-02", body="## أ\n\n## ب\n\n## ج\n")
    site.write("content/pages/impressum.md", "---\ntitle: Impressum\nlang: de\n---\nText.\n")
    site.build()
    assert '<bdi lang="ar" dir="rtl">عنوان</bdi>' in site.page("blogs/ada/x/index.html")
    assert '<ol lang="ar" dir="rtl">' in site.page("blogs/ada/y/index.html"), "its contents"
    page = site.page("impressum/index.html")
    assert '<html lang="en"' in page and '<div class="prose" lang="de" dir="ltr">' in page


def test_read_po_is_what_the_catalogues_are_for(wanted: Catalog) -> None:
    assert read_po(io.StringIO(_catalogue_in_greek_letters(wanted)), locale="el")["Blogs"].string == "ωωωωω"
