"""The interface in other languages: words from gettext catalogues that lie with the templates."""

from __future__ import annotations

from pathlib import Path

import pytest

from bylines.engine.render import templates
from bylines.problems import SettingsError
from tests.building import SmallSite

_PAGE = """{% extends "base.html" %}{% block main %}
<h1 title="{{ _("Latest posts") }}">{{ _("Latest posts") }}</h1>
<p>{{ ngettext("%(num)s post", "%(num)s posts", articles | length) }}</p>
<p>{% trans name=SITENAME %}
  Written
  by {{ name }}
{% endtrans %}</p>
<p>{{ _("50%% off") }}</p>{% endblock %}"""
_GERMAN = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Latest posts"
msgstr "Neueste Beiträge"

msgid "%(num)s post"
msgid_plural "%(num)s posts"
msgstr[0] "%(num)s Beitrag"
msgstr[1] "%(num)s Beiträge"

msgid "Written by %(name)s"
msgstr "Geschrieben von %(name)s"
"""


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    site = SmallSite(
        tmp_path, DEFAULT_LANG="de-AT", SITENAME="A & B", THEME_TEMPLATES_OVERRIDES=[str(tmp_path / "mine")]
    )
    site.write("mine/home/index.html", _PAGE)
    site.write("mine/translations/de.po", _GERMAN)
    site.person("ada")
    site.post("ada/a.md")
    return site


def test_words_numbers_and_names_are_said_in_the_language(site: SmallSite) -> None:
    site.build()
    page = site.page("index.html")
    assert '<h1 title="Neueste Beiträge">Neueste Beiträge</h1>' in page
    assert "<p>1 Beitrag</p>" in page
    assert "<p>Geschrieben von A &amp; B</p>" in page


def test_what_a_catalogue_lacks_is_said_in_english(site: SmallSite) -> None:
    site.build()
    assert "<p>50% off</p>" in site.page("index.html")
    site.settings["DEFAULT_LANG"] = "fo"
    site.build()
    assert '<h1 title="Latest posts">' in site.page("index.html")


def test_a_changed_catalogue_is_seen(site: SmallSite) -> None:
    site.post("ada/b.md")
    site.build()
    site.write("mine/translations/de.po", _GERMAN.replace("Neueste", "Die neuesten"))
    assert site.build().written == 1
    page = site.page("index.html")
    assert "Die neuesten Beiträge" in page and "<p>2 Beiträge</p>" in page


def test_a_more_special_catalogue_comes_first(site: SmallSite) -> None:
    site.write(
        "mine/translations/de-at.po", _GERMAN.split("msgid", 2)[0] + 'msgid "Latest posts"\nmsgstr "Neu heuer"\n'
    )
    site.build()
    page = site.page("index.html")
    assert '<h1 title="Neu heuer">' in page and "<p>1 Beitrag</p>" in page


def test_a_word_of_ones_own_stands_beside_those_of_the_theme_here_and_on_a_cluster(site: SmallSite) -> None:
    described = site.site()
    for words in (templates.words(described, "de-AT"), templates.words(described, "de-AT", templates.texts(described))):
        assert words.gettext("Latest posts") == "Neueste Beiträge" and words.gettext("Group blogs") == "Gruppenblogs"
    site.write("mine/translations/en.po", 'msgid ""\nmsgstr ""\n\nmsgid "Group blogs"\nmsgstr "Team blogs"\n')
    assert templates.words(site.site(), "en-GB").gettext("Group blogs") == "Team blogs"


def test_a_broken_catalogue_is_named(site: SmallSite) -> None:
    site.write("mine/translations/de.po", f"{_GERMAN}\nHello\n")
    with pytest.raises(SettingsError, match=r"catalogue translations/de\.po cannot"):
        site.build()
