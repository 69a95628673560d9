"""Two people of one name: wherever both are listed, it is told which is which."""

from __future__ import annotations

from tests.building import SmallSite
from tests.test_incremental import compare


def _two(site: SmallSite) -> None:
    site.person("anna", "Anna Schmidt", team="Tools", location="Porto")
    site.person("anna-s", "anna  schmidt", team="Yard")
    site.person("bob", "Bob")


def test_people_of_one_name_are_told_apart_wherever_they_are_listed(site: SmallSite) -> None:
    _two(site)
    site.write("content/blogs/crew/blog.yaml", "title: Crew\nmembers: [anna, anna-s, bob]\n")
    site.post("crew/x.md", authors="[anna, anna-s]", topics="[tides]")
    site.post("anna/y.md", topics="[tides]", date="2026-02-01")
    site.post("bob/z.md", topics="[tides]", date="2026-03-01")
    site.settings |= {"BYLINES_FEED_FORMATS": ["atom", "rss", "json"]}
    assert site.problems() == [
        "authors/anna-s.yaml: the name anna schmidt is also that of authors/anna.yaml; nothing has to be done: pages tell the two "
        "apart, here by Yard; 'team' and 'location' in the profiles help"
    ]
    told = '<span class="quiet">(Tools)</span>'
    for page in ("blogs/crew/index.html", "index.html", "topics/tides/index.html"):
        assert told in site.page(page), page
    for page in ("feed.atom", "feed.rss", "feed.json", "blogs.opml", "blogs/anna/feed.atom"):
        assert "Anna Schmidt (Tools)" in site.page(page), page
    assert "Yard" in site.page("blogs/index.html") and "Tools" in site.page("blogs/index.html")
    assert "Anna Schmidt (Tools)" in site.page("blogs/bob/z/index.html"), "a related post"
    assert "(" not in site.page("blogs/bob/z/index.html").partition('class="post-by"')[2].partition("</a>")[0]


def test_what_tells_them_apart_is_the_team_then_the_place_then_the_handle(site: SmallSite) -> None:
    site.person("a1", "Wei Li", sort_name="Li, Wei", team="Tools", location="Porto")
    site.person("a2", "Wei Li", sort_name="Li, Wei", team="tools", location="Sofia")
    site.person("a3", "Wei Li", sort_name="Li, Wei", team="tools", location="Sofia")
    site.person("a4", "Wei Li", sort_name="Li, Wei", team="Yard", location="Sofia")
    for handle in ("a1", "a2", "a3", "a4"):
        site.post(f"{handle}/x.md", topics="[tides]")
    site.build()
    feed = site.page("feed.atom")
    for words in ("Porto", "a2", "a3", "Yard"):
        assert f"Wei Li ({words})" in feed
    index = site.page("blogs/index.html")
    for words in ("Porto", "a2", "a3"):
        assert f'<span class="quiet">({words})</span>' in index
    assert "a2" in "".join(data.decode() for path, data in site.built().items() if path.startswith("find/"))


def test_a_namesake_who_comes_changes_the_pages_that_list_them_alone(site: SmallSite) -> None:
    site.settings["BYLINES_COVERS"] = False
    _two(site)
    for handle in ("anna", "bob"):
        for number in range(3):
            site.post(f"{handle}/p{number}.md")
    site.remove("authors/anna-s.yaml")
    site.build()
    before = site.built()
    site.person("anna-s", "Anna Schmidt", team="Yard")
    site.build()
    after = site.built()
    changed = {path for path in after if path.endswith(".html") and before.get(path) != after[path]}
    assert not any(path.startswith("blogs/bob/p") for path in changed)
    assert any(path.startswith("blogs/anna/p0") for path in changed)
    steps = (
        lambda: site.person("anna-s", "Anna Schmidt", team="Tools", location="Sofia"),
        lambda: site.person("bob", "ANNA SCHMIDT"),
        lambda: site.person("anna", "Anna Schmitt"),
        lambda: site.remove("authors/bob.yaml"),
        lambda: site.remove("authors/anna-s.yaml"),
        lambda: site.person("anna-s", "Anna Schmitt"),
    )
    for number, step in enumerate(steps):
        step()
        site.build()
        compare(site, [str(number)])
