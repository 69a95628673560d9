"""What readers find: blogs, lists, letters, topics, translations, neighbours, redirects, files."""

from __future__ import annotations

import re
import shutil

import pytest

from bylines.problems import BuildError
from tests.building import ROOT, SmallSite
from tests.drawing import picture


def _titles(page: str) -> list[str]:
    return re.findall(r'class="item-title p-name"[^>]*><a[^>]*>([^<]*)', page)


def test_a_blog_has_its_person_and_posts_newest_first(site: SmallSite) -> None:
    site.person("ada", "Ada Lovelace", role="Analyst", team="Engines", location="London", bio="'I *compute*.'")
    site.post("ada/one.md", title="One", date="2025-01-01")
    site.post("ada/two.md", title="Two", date="2026-01-01")
    site.build()
    page = site.page("blogs/ada/index.html")
    assert _titles(page) == ["Two", "One"]
    assert "Analyst, Engines" in page
    assert "<p>I <em>compute</em>.</p>" in page
    assert 'id="site-2026"' in page


def test_numbered_pages_count_from_the_oldest_and_the_newest_page_bears_no_number(site: SmallSite) -> None:
    site.settings["BYLINES_PAGE_SIZE"] = 3
    for day in range(1, 9):
        site.post(f"ada/p{day}.md", title=f"P{day}", date=f"2026-01-0{day}")
    site.build()
    assert _titles(site.page("blogs/ada/page/1/index.html")) == ["P3", "P2", "P1"]
    assert _titles(site.page("blogs/ada/index.html")) == ["P8", "P7", "P6", "P5", "P4"]
    assert not (site.folder / "output/blogs/ada/page/2").exists()


def test_a_post_says_who_when_what_and_leads_on_in_its_blog(site: SmallSite) -> None:
    site.person("grace", "Grace Hopper")
    site.post("ada/a.md", title="A", date="2026-01-01")
    site.post("ada/b.md", title="B", date="2026-01-02", authors="[ada, grace]", topics="[COBOL]", modified="2026-02-01")
    site.post("ada/c.md", title="C", date="2026-01-03")
    site.build()
    page = site.page("blogs/ada/b/index.html")
    for expected in ("Ada Lovelace", "Grace Hopper", "2 January 2026", "1 minute to read", "COBOL", "1 February 2026"):
        assert expected in page
    assert re.findall(r'rel="(prev|next)" href="[^"]*/(a|c)/"', page) == [("prev", "a"), ("next", "c")]
    assert "B" in _titles(site.page("blogs/grace/index.html")), "a co-author's blog lists it too"


def test_a_group_blog_has_its_members_and_no_blog_of_a_person_is_lost(site: SmallSite) -> None:
    site.write("content/blogs/crew/blog.yaml", "title: The crew\nmembers: [ada]\ndescription: We *sail*.\n")
    site.post("crew/x.md", authors="[ada]")
    site.build()
    page = site.page("blogs/crew/index.html")
    assert "The crew" in page
    assert "We <em>sail</em>" in page
    assert "Ada Lovelace" in page
    assert "The crew" in site.page("blogs/ada/index.html")


def test_translations_lead_to_each_other_and_lists_show_one(site: SmallSite) -> None:
    site.post("ada/x.md", title="Hello", lang="en")
    site.post("ada/x.de.md", title="Hallo")
    site.post("ada/salut.md", title="Salut", lang="fr", translation_of="x")
    site.build()
    page = site.page("blogs/ada/x/index.html")
    assert 'hreflang="de"' in page
    assert 'hreflang="fr"' in page
    assert 'lang="de" dir="ltr"' in site.page("blogs/ada/x/de/index.html")
    assert _titles(site.page("blogs/ada/index.html")) == ["Hello"]


def test_drafts_and_hidden_posts_are_where_they_should_be(site: SmallSite) -> None:
    site.post("ada/d.md", title="Draft", status="draft")
    site.post("ada/h.md", title="Hidden", status="hidden", topics="[nothing]")
    site.build()
    assert not (site.folder / "output/blogs/ada/d").exists()
    assert "noindex" in site.page("blogs/ada/h/index.html")
    assert not any(b"Hidden" in data for path, data in site.built().items() if "blogs/ada/h/" not in path)
    assert "topics/nothing" not in site.page("blogs/ada/h/index.html")
    site.settings["BYLINES_DRAFTS"] = True
    site.build()
    assert "Draft" in _titles(site.page("blogs/ada/index.html"))


def test_topics_are_one_by_case_spacing_and_synonym_and_c_stays_three(site: SmallSite) -> None:
    site.write("content/topics.yaml", "- name: Machine learning\n  synonyms: [ML]\n")
    spellings = ("Machine Learning", "machine-learning", "ML", "C", "C++", '"C#"', ".NET")
    for number, spelling in enumerate(spellings):
        site.post(f"ada/p{number}.md", topics=f"[{spelling}]")
    site.build()
    topics = {path.parent.name for path in (site.folder / "output/topics").glob("*/index.html")}
    assert topics == {"machine-learning", "ml", "c", "c-plus-plus", "c-sharp", "dotnet"}
    assert "This page has moved" in site.page("topics/ml/index.html")
    assert len(_titles(site.page("topics/machine-learning/index.html"))) == 3


@pytest.mark.parametrize(
    ("lang", "names", "letters"),
    [
        (
            "en",
            ["Ángel Ñandú", "Zoë Lee", "Борис Акунин", "Αθηνά Ζωή", "李文静", "Øyvind Aasen"],
            ["A", "L", "N", "Ζ", "А", "漢"],
        ),
        ("de", ["Örn Ärger", "Otto Zander"], ["A", "Z"]),
        ("sv", ["Örn Ärger", "Otto Zander"], ["Z", "Ä"]),
        ("nb", ["Kari Ås", "Per Øye", "Ola Zahl"], ["Z", "Ø", "Å"]),
    ],
)
def test_names_stand_under_the_letters_of_the_sites_language(
    lang: str, names: list[str], letters: list[str], tmp_path: object
) -> None:
    site = SmallSite(tmp_path, DEFAULT_LANG=lang)  # type: ignore[arg-type]
    for number, name in enumerate(names):
        site.person(f"p{number}", name)
    site.build()
    assert re.findall(r'<h2 id="site-letter-[^"]*">([^<]*)</h2>', site.page("blogs/index.html")) == letters


def test_a_directory_that_grows_is_split_by_letter(site: SmallSite) -> None:
    site.settings["BYLINES_LETTERS_FROM"] = 3
    site.person("bob", "Bob Baker")
    site.person("cy", "Cy Čapek", sort_name="Capek, Cy")
    site.build()
    assert "Capek" not in site.page("blogs/index.html")
    assert "<b>Capek</b>, Cy" in site.page("directory/c/index.html")
    assert "Lovelace" in site.page("directory/l/index.html")


def test_links_lead_where_they_were_meant_to(site: SmallSite) -> None:
    site.person("grace", "Grace")
    site.write("content/images/pic.svg", "<svg/>")
    site.write("content/pages/about.md", "---\ntitle: About\n---\nWe.\n")
    site.post("grace/x.md", "Words.\n\n## End\n")
    site.post("ada/b/index.md")
    site.write("content/blogs/ada/b/data.csv", "1,2")
    links = {
        "../grace/x.md": "blogs/grace/x/",
        "{filename}../grace/x.md#end": "blogs/grace/x/#end",
        "{filename}/blogs/grace/x.md": "blogs/grace/x/",
        "{static}/images/pic.svg": "images/pic.svg",
        "b/index.md": "blogs/ada/b/",
        "b/data.csv": "blogs/ada/b/data.csv",
        "/about/": "about/",
    }
    site.post(
        "ada/a.md", "".join(f"[x]({target})\n\n" for target in links) + "[r]\n\n[r]: b/index.md\n\n@grace `@grace`\n"
    )
    assert site.problems() == []
    page = site.page("blogs/ada/a/index.html")
    for target in links.values():
        assert f'<a href="https://test.example/{target}">x</a>' in page
    assert '<a href="https://test.example/blogs/ada/b/">r</a>' in page
    assert page.count('class="mention" href="https://test.example/blogs/grace/"') == 1
    assert "<code>@grace</code>" in page


def test_relative_urls_need_no_server(site: SmallSite) -> None:
    site.settings["RELATIVE_URLS"] = True
    site.post("ada/a.md", "[b](b.md)\n")
    site.post("ada/b.md")
    site.build()
    page = site.page("blogs/ada/a/index.html")
    assert '<a href="../../../blogs/ada/b/">b</a>' in page
    assert 'href="../../../theme/css/site.css"' in page


def test_an_old_address_leads_on_as_a_page_and_in_lists_for_servers(site: SmallSite) -> None:
    site.post("ada/new.md", title="New", aliases="[/old/post/, /2009/x.html, /old.php]")
    site.build()
    page = site.page("old/post/index.html")
    assert '<meta http-equiv="refresh" content="0; url=https://test.example/blogs/ada/new/">' in page
    assert '<link rel="canonical" href="https://test.example/blogs/ada/new/">' in page
    assert (site.folder / "output/2009/x.html").exists()
    assert site.page("_redirects") == (
        "/2009/x.html /blogs/ada/new/ 301\n/old.php /blogs/ada/new/ 301\n/old/post/ /blogs/ada/new/ 301\n"
    )
    assert '"/old/post" "/blogs/ada/new/";\n' in site.page("redirects.nginx.map")


def test_an_alumna_is_still_listed_and_marked_from_her_last_day(site: SmallSite) -> None:
    site.person("ada", "Ada Lovelace", role="Analyst", left="2026-09-22")
    site.build()
    assert "<i>alumni</i>" not in site.page("blogs/index.html")
    site.now += 3 * 86400
    site.build()
    assert "<i>alumni</i>" in site.page("blogs/index.html")


def test_a_photo_is_published_with_its_owners_blog(site: SmallSite) -> None:
    site.write("authors/ada.png", picture(300, 300, "PNG"))
    site.build()
    assert (site.folder / "output/blogs/ada/photo.webp").exists()
    assert "blogs/ada/photo.webp" in site.page("blogs/index.html")


def test_a_template_that_includes_another_follows_it(site: SmallSite) -> None:
    shutil.copytree(ROOT / "theme", site.folder / "theme")
    site.post("ada/x.md")
    site.build()
    part = site.folder / "theme/templates/parts/frame.html"
    part.write_text(part.read_text().replace("Skip to the content", "Everything"))
    site.build()
    assert "Everything" in site.page("blogs/ada/x/index.html")


def test_markdown_has_what_the_git_host_shows_and_more(site: SmallSite) -> None:
    site.post(
        "ada/m.md",
        "# A head\n\n## B\n\n### B\n\n- [x] done\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n\nText[^1] ~~gone~~ https://example.com\n\n"
        "[^1]: Note\n\nTerm\n\n: Meaning\n\n> [!WARNING]\n> Wet\n\n$x^2$\n\n$$\\frac{1}{2}$$\n\n```python\ndef f(): pass\n```\n\n"
        '![alt](https://example.com/x.png "Caption")\n\n<script>alert(1)</script><b onclick="x()">bold</b>\n',
    )
    site.build()
    page = site.page("blogs/ada/m/index.html")
    for expected in (
        '<h2 id="a-head">', '<h3 id="b">', '<h4 id="b-1">', 'type="checkbox" disabled checked', '<td class="align-right">1</td>',
        'class="footnotes"', "<del>gone</del>", '<a href="https://example.com">', "<dt>Term</dt>", 'class="alert alert-warning"',
        "<msup>", '<math display="block">', '<span class="k">def</span>', "<figcaption>Caption</figcaption>", "<b>bold</b>",
        'aria-labelledby="site-contents"',
    ):  # fmt: skip
        assert expected in page, expected
    assert "alert(1)" not in page
    assert "onclick" not in page


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("#### A\n\n#### B\n\n## C", [2, 2, 2]), ("## A\n\n#### B\n\n### C\n\n## D", [2, 3, 3, 2]), ("# A\n\n## B", [2, 3]),
        ("###### A", [2]), ("# A\n\n## A\n\n### A\n\n#### A\n\n##### A\n\n###### A", [2, 3, 4, 5, 6, 6]),
    ],
)  # fmt: skip
def test_no_level_of_headings_is_skipped(site: SmallSite, written: str, shown: list[int]) -> None:
    site.post("ada/h.md", f"{written}\n")
    site.build()
    text = site.page("blogs/ada/h/index.html").partition('class="prose')[2].partition("<footer")[0]
    assert [int(level) for level in re.findall(r"<h(\d)", text)] == shown


def test_what_html_forbids_is_made_valid(site: SmallSite) -> None:
    site.post(
        "ada/v.md",
        "[a](https://x.test/{{a}}|b^`c#d#e) [b](https://x.test/fine?a=b&c#d) ![c](<{{ base }}/pic.png>)\n\n"
        "<figcaption>Alone</figcaption>\n\n<figure><img src='/images/x.png'><figcaption>In it</figcaption></figure>\n\n"
        "<h3><p>A block</p> in a heading</h3>\n",
    )
    site.build()
    page = site.page("blogs/ada/v/index.html")
    for expected in (
        'href="https://x.test/%7B%7Ba%7D%7D%7Cb%5E%60c#d%23e"', 'href="https://x.test/fine?a=b&amp;c#d"', "<div>Alone</div>",
        "<figcaption>In it</figcaption>", ">A block in a heading<",
    ):  # fmt: skip
        assert expected in page, expected
    assert "{" not in page.partition('class="prose')[2].partition("<footer")[0]


def test_pelicans_own_readers_are_one_setting(site: SmallSite) -> None:
    site.settings |= {
        "BYLINES_MARKDOWN": "pelican",
        "MARKDOWN": {"extension_configs": {"markdown.extensions.extra": {}}},
    }
    site.write("content/blogs/ada/old.md", "Title: Old ways\nDate: 2026-01-01\nTags: a, b\nCategory: c\n\nText *{x}*\n")
    site.write(
        "content/blogs/ada/rest.rst",
        "A title\n#######\n\n:date: 2026-01-02\n:tags: a\n\nSome **text**.\n\nPart\n====\n\nMore `link <old.md>`_.\n",
    )
    assert site.problems() == []
    assert "<em>{x}</em>" in site.page("blogs/ada/old/index.html")
    page = site.page("blogs/ada/rest/index.html")
    assert "A title" in page
    assert "<strong>text</strong>" in page
    assert 'href="https://test.example/blogs/ada/old/"' in page
    assert {path.parent.name for path in (site.folder / "output/topics").glob("*/index.html")} == {"a", "b", "c"}


def test_days_and_years_are_the_sites_own(site: SmallSite) -> None:
    site.settings |= {"TIMEZONE": "Pacific/Auckland", "BYLINES_PAGE_SIZE": 1}
    site.post("ada/a.md", title="A", date="2026-01-01")
    site.post("ada/b.md", title="B", date="2025-12-31 23:00 America/New_York")
    site.post("ada/c.md", title="C", date="2025-06-01")
    site.build()
    assert "1 January 2026" in site.page("blogs/index.html")
    links = re.findall(
        r'<li><a href="https://test.example/(blogs/ada/[^"]*)#(site-\d+)"', site.page("blogs/ada/index.html")
    )
    assert [name for _, name in links] == ["site-2026", "site-2025"]
    for address, name in links:
        assert f'id="{name}"' in site.page(f"{address}index.html")


def test_fields_and_ids_of_a_contributors_own_cannot_pose_as_the_pages(site: SmallSite) -> None:
    site.post("ada/x.md", '<input type="text" disabled><input> <b id="cookie">x</b> <b id="mine">y</b>\n\n- [ ] task\n')
    site.build()
    page = site.page("blogs/ada/x/index.html").partition("<main")[2]
    assert page.count("<input") == 1
    assert '<b id="at-cookie">x</b>' in page
    assert '<b id="mine">y</b>' in page


def test_a_drawing_in_restructuredtext_is_shown(site: SmallSite) -> None:
    site.write("content/images/x.svg", "<svg/>")
    site.write(
        "content/blogs/ada/x.rst",
        "T\n##\n\n:date: 2026-01-01\n\nText.\n\n.. image:: {static}/images/x.svg\n   :alt: A drawing\n",
    )
    assert site.problems() == []
    assert '<img src="https://test.example/images/x.svg" alt="A drawing"' in site.page("blogs/ada/x/index.html")


def test_what_stands_at_a_rooted_address_is_no_broken_link(site: SmallSite) -> None:
    site.write("content/images/x.svg", "<svg/>")
    site.post("ada/x.md", "[a](/images/x.svg) [b](/blogs/ada/feed.atom) [c](?q=1)\n")
    assert site.problems() == []
    site.remove("content/images/x.svg")
    assert site.problems() == ["content/blogs/ada/x.md:5: /images/x.svg leads nowhere; mend the path, or add the file"]


def test_a_copied_id_is_not_in_a_feed_twice(site: SmallSite) -> None:
    site.post("ada/a.md", id="urn:uuid:1")
    site.post("ada/b.md", id="urn:uuid:1")
    site.build()
    assert site.page("feed.atom").count("<id>urn:uuid:1</id>") == 1
    site.remove("content/blogs/ada/a.md")
    assert site.problems() == []
    assert site.page("feed.atom").count("<id>urn:uuid:1</id>") == 1


def test_a_photo_whose_ending_is_in_capitals_is_one(site: SmallSite) -> None:
    site.write("authors/ada.JPG", picture())
    assert site.problems() == []
    assert (site.folder / "output/blogs/ada/photo.webp").exists()


def test_a_page_and_its_translation_lead_to_each_other(site: SmallSite) -> None:
    site.write("content/pages/about.md", "---\ntitle: About\n---\nWe.\n")
    site.write("content/pages/ueber.md", "---\ntitle: Über uns\nlang: de\ntranslation_of: about\n---\nWir.\n")
    assert site.problems() == []
    assert 'hreflang="de"' in site.page("about/index.html")
    assert 'hreflang="en"' in site.page("ueber/index.html")
    site.remove("content/pages/about.md")
    assert site.problems() == [
        "content/pages/ueber.md: there is no post about that this could translate; "
        "mend translation_of: a post's slug, or handle/slug"
    ]


def test_a_long_letter_is_split_and_somebody_new_changes_the_pages_of_one_letter(site: SmallSite) -> None:
    site.settings["BYLINES_LETTERS_FROM"] = 5
    for number in range(40):
        site.person(f"p{number}", f"Ada S{'abcdefgh'[number % 8]}{number:02}")
    site.person("zed", "Zoë Zed")
    site.build()
    assert '<a href="https://test.example/directory/s/sa/">Sa</a>' in site.page("directory/s/index.html")
    assert "p8" in site.page("directory/s/sa/index.html")
    site.person("new", "Ada Saxx")
    changed = set(site.build().changed)
    pages = {path for path in changed if path.startswith(("directory/", "blogs/index"))}
    assert "directory/z/index.html" not in pages
    assert {"blogs/index.html", "directory/s/index.html", "directory/s/sa/index.html"} <= pages
    site.post("p8/x.md")
    changed = set(site.build().changed)
    split_again = {path for path in changed if path.startswith(("directory/", "blogs/index"))}
    assert len(split_again) == 1, "a new post changes the one page on which its author stands"


def test_a_letter_has_its_count_and_a_way_to_every_other(site: SmallSite) -> None:
    site.settings["BYLINES_LETTERS_FROM"] = 3
    for handle, name in (("bo", "Bo Boyle"), ("cy", "Cy Boyd"), ("di", "Di Moss"), ("su", "Su Mann")):
        site.person(handle, name)
    site.build()
    assert re.findall(r"<small>(\d+)</small>", site.page("blogs/index.html")) == ["2", "1", "2"]
    page = site.page("directory/b/index.html")
    ways = re.findall(r'href="https://test.example/(directory/./)"', page[page.index('class="letters"') :])
    assert ways[:3] == ["directory/b/", "directory/l/", "directory/m/"]
    site.person("ed", "Ed Moss")
    changed = set(site.build().changed)
    assert "directory/b/index.html" not in changed, "a name under another letter"
    site.person("zo", "Zo Zed")
    changed = set(site.build().changed)
    assert "directory/b/index.html" in changed, "a new letter"


def test_a_blog_leads_to_those_beside_it_in_the_directory(site: SmallSite) -> None:
    for handle, name in (("ed", "Ed Kay"), ("di", "Di Moss"), ("su", "Su Noble")):
        site.person(handle, name)
    site.build()
    page = site.page("blogs/ada/index.html")
    assert re.findall(r"</span> ([^<]+)</a>", page[page.index("beside") :]) == ["Ed Kay", "Di Moss"]
    site.person("new", "Al Lum")
    changed = {path for path in site.build().changed if path.startswith("blogs/") and path.endswith("/index.html")}
    assert changed == {"blogs/index.html", "blogs/new/index.html", "blogs/ada/index.html", "blogs/di/index.html"}
    site.person("new", "Al Zed")
    site.build()
    assert "Al Zed" in site.page("blogs/su/index.html")
    assert "Al Lum" not in site.page("blogs/di/index.html")
    site.remove("authors/new.yaml")
    site.build()
    assert "Al Zed" not in site.page("blogs/su/index.html")


def test_no_page_of_an_index_holds_more_than_it_may(site: SmallSite) -> None:
    site.settings["BYLINES_LETTERS_FROM"] = 10
    for number in range(300):
        site.person(f"p{number}", f"Ada {'SBM'[number % 3]}{chr(97 + number % 7)}{chr(97 + number % 11)}{number}")
    site.build()
    pages = [path for path in site.built() if path.startswith("directory/")]
    found = [
        handle
        for path in pages
        for handle in re.findall(r'class="entry">\s*<a href="[^"]*/blogs/(p\d+)/', site.page(path))
    ]
    assert sorted(found) == sorted(f"p{number}" for number in range(300)), "everybody stands on one page"
    assert max(site.page(path).count('class="entry"') for path in pages) <= 10


def test_the_sitemap_of_many_blogs_is_in_parts_that_stay_put(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    from bylines.features.sitemap import pages as sitemap

    monkeypatch.setattr(sitemap, "_FEW", 5)
    monkeypatch.setattr(sitemap, "_BUCKETS", 8)
    for number in range(9):
        site.person(f"p{number}", f"Person {number}")
    site.build()
    parts = {path: data for path, data in site.built().items() if path.startswith("sitemaps/blogs-")}
    assert len(parts) == 8
    listed = b"".join(parts.values())
    assert all(listed.count(f"/blogs/p{number}/".encode()) == 1 for number in range(9))
    site.person("p9", "Person 9")
    changed = [path for path in site.build().changed if path.startswith("sitemaps/blogs-")]
    assert len(changed) == 1


def test_a_template_that_asks_for_a_field_that_is_not_there_is_named(site: SmallSite) -> None:
    shutil.copytree(ROOT / "theme", site.folder / "theme")
    site.post("ada/x.md")
    template = site.folder / "theme/templates/posts/post.html"
    template.write_text(
        template.read_text().replace("{% block main %}", "{% block main %}{{ article['nope'].nothing }}")
    )
    assert "['nope']" in template.read_text()
    with pytest.raises(BuildError, match=r"theme/templates/posts/post\.html: .*nope"):
        site.build()
