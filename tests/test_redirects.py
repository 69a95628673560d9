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


def test_old_addresses_of_every_form_lead_on(site: SmallSite) -> None:
    old = [
        "/blog/whats-new-in-3.12", "/2015/%E4%BD%A0%E5%A5%BD", "/2016/%e3%81%82/", "/X/", "/old.php", "/node.js/", "/v1.", "/a%2Fb",
        "/my%20post/", "/café", "/old.html",
    ]  # fmt: skip
    site.post("ada/x.md", aliases="\n" + "".join(f"  - '{url}'\n" for url in old))
    assert site.problems() == []
    pages = (
        "blog/whats-new-in-3.12",
        "2015/你好",
        "2016/あ",
        "X",
        "old.php",
        "node.js",
        "v1.",
        "a/b",
        "my post",
        "café",
    )
    for page in pages:
        assert 'url=https://test.example/blogs/ada/x/"' in site.page(f"{page}/index.html"), page
    assert 'url=https://test.example/blogs/ada/x/"' in site.page("old.html")
    lines = site.page("_redirects").splitlines()
    assert "/2015/%E4%BD%A0%E5%A5%BD /blogs/ada/x/ 301" in lines
    assert "/my%20post/ /blogs/ada/x/ 301" in lines
    assert '"/2015/你好" "/blogs/ada/x/";' in site.page("redirects.nginx.map")


def test_old_addresses_from_which_no_page_can_lead_on_are_said(site: SmallSite) -> None:
    old = ("/feed.xml", "/logo.PNG", "/?p=12", "/a//b", "/a%3Fb", "/%FF", "/%2E%2E/x", "/a%0Ab", "/")
    site.post("ada/x.md", aliases="\n" + "".join(f"  - '{url}'\n" for url in old))
    said = site.problems()
    assert [problem for problem in said if "no page can lead on" in problem] == [
        f"content/blogs/ada/x.md: no page can lead on from the alias {url}; let the server lead on by the list _redirects or "
        "redirects.nginx.map (keeper.md), or remove the alias"
        for url in ("/feed.xml", "/logo.PNG")
    ]
    assert sum("is not an address of this site" in problem for problem in said) == 7
    assert site.page("_redirects") == "/feed.xml /blogs/ada/x/ 301\n/logo.PNG /blogs/ada/x/ 301\n"


def test_the_lists_name_paths_below_the_path_of_the_site(site: SmallSite) -> None:
    site.settings["SITEURL"] = "https://corp.github.io/blogs-site"
    site.post("ada/x.md", aliases="[/old/]")
    site.build()
    assert site.page("_redirects") == "/blogs-site/old/ /blogs-site/blogs/ada/x/ 301\n"
    assert '"/blogs-site/old/" "/blogs-site/blogs/ada/x/";' in site.page("redirects.nginx.map")
    assert 'url=https://corp.github.io/blogs-site/blogs/ada/x/"' in site.page("old/index.html")
