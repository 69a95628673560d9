"""Where old addresses of blogs and topics lead: the pages, and the lists for servers."""

from __future__ import annotations

from tests.building import SmallSite
from tests.test_incremental import compare


def test_an_old_address_of_a_blog_leads_to_it_with_all_below(site: SmallSite) -> None:
    site.person("ada", "Ada Lovelace", aliases="[/blogs/byron/, /people/ada.html]")
    site.post("ada/x.md")
    site.write("content/blogs/engines/blog.yaml", "title: Engines\nmembers: [ada]\naliases: [/blogs/machines/]\n")
    assert not site.problems()
    assert "Ada Lovelace" in site.page("blogs/byron/index.html")
    assert 'url=https://test.example/blogs/ada/"' in site.page("people/ada.html")
    assert 'url=https://test.example/blogs/engines/"' in site.page("blogs/machines/index.html")
    assert site.page("_redirects").splitlines() == [
        "/blogs/byron/ /blogs/ada/ 301",
        "/blogs/machines/ /blogs/engines/ 301",
        "/people/ada.html /blogs/ada/ 301",
        "/blogs/byron/* /blogs/ada/:splat 301",
        "/blogs/machines/* /blogs/engines/:splat 301",
    ]
    assert r'"~^/blogs/byron/(?<below>.+)$" "/blogs/ada/$below";' in site.page("redirects.nginx.map").splitlines()


def test_a_topics_other_spellings_lead_to_it(site: SmallSite) -> None:
    site.write("content/topics.yaml", "- name: Tides\n  synonyms: [tide, Marées]\n- name: Boats\n  synonyms: [ship]\n")
    site.post("ada/x.md", topics="[tide]")
    site.build()
    assert 'url=https://test.example/topics/tides/"' in site.page("topics/tide/index.html")
    assert "/topics/mar%C3%A9es/* /topics/tides/:splat 301" in site.page("_redirects")
    assert "ship" not in site.page("_redirects"), "nobody writes on boats"


def test_an_old_address_is_whose_blog_it_is_now(site: SmallSite) -> None:
    site.person("ada", "Ada Lovelace", aliases="[/blogs/grace/, /blogs/mary/]")
    site.person("grace")
    site.post("mary/x.md", title="A post of a folder without a profile")
    said = [problem.partition(";")[0] for problem in site.problems()]
    assert "authors/ada.yaml: the alias /blogs/grace/ is taken by authors/grace.yaml" in said
    assert "authors/ada.yaml: /blogs/mary/index.html is taken by a page of the site itself" in said
    assert "Grace" in site.page("blogs/grace/index.html")
    assert "mary" in site.page("blogs/mary/index.html")
    assert site.page("_redirects") == ""


def test_old_addresses_come_and_go_as_in_a_clean_build(site: SmallSite) -> None:
    steps = (
        lambda: site.person("ada", "Ada", aliases="[/blogs/byron/]"),
        lambda: site.person("ada", "Ada Lovelace", aliases="[/blogs/byron/]"),
        lambda: site.post("byron/y.md"),
        lambda: site.remove("content/blogs/byron"),
        lambda: site.person("byron"),
        lambda: site.remove("authors/byron.yaml"),
        lambda: site.write("content/topics.yaml", "- name: Tides\n  synonyms: [tide]\n"),
        lambda: site.post("ada/x.md", topics="[tide]"),
        lambda: site.write("content/topics.yaml", "- name: Water\n  synonyms: [tide]\n"),
        lambda: site.remove("content/topics.yaml"),
        lambda: site.person("ada", "Ada", aliases="[/blogs/king/]"),
        lambda: site.write("content/blogs/ada/blog.yaml", "title: Ada's\naliases: [/blogs/byron/]\n"),
        lambda: site.remove("authors/ada.yaml"),
        lambda: site.write("content/blogs/ada/blog.yaml", "title: Engines\naliases: [/blogs/byron/]\n"),
    )
    site.post("ada/x.md")
    site.build()
    for number, step in enumerate(steps):
        step()
        site.build()
        compare(site, [str(number)])
