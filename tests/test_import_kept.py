# ruff: noqa: E501
"""What an old blog did not show to everybody stays in, its authors all come over, and what is lost is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bylines.imports import export as exports
from bylines.imports import formats
from bylines.imports.formats import front_matter
from bylines.imports.formats.publication_status import why_not_public
from bylines.imports.model import OldBlog
from tests.building import SmallSite
from tests.drawing import picture
from tests.importing import blog, ready, run


@pytest.fixture
def home(site: SmallSite) -> SmallSite:
    """A site with Ada in it, into which a blog can be imported."""
    return ready(site)


def _read(folder: Path, files: dict[str, str], kind: str) -> OldBlog:
    for name, text in files.items():
        file = folder / "old" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return formats.read(exports.open_export(str(folder / "old")), kind)


_HEAD = (
    '<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://x.example</link>'
)


def _wxr(*items: str) -> str:
    people = "".join(
        f"<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>{login}</wp:author_login>"
        f"<wp:author_display_name>{name}</wp:author_display_name></wp:author>"
        for number, (login, name) in enumerate(
            (("al", "Ada Lovelace"), ("gh", "Grace Hopper"), ("kj", "Katherine Johnson")), 1
        )
    )
    return f"{_HEAD}{people}{''.join(items)}</channel></rss>"


def _item(
    number: int, more: str = "", status: str = "publish", kind: str = "post", body: str = "Text.", title: str = ""
) -> str:
    return (
        f"<item><title>{title or f'T{number}'}</title><link>https://x.example/t{number}/</link><dc:creator>al</dc:creator>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date>2020-01-02 03:04:05</wp:post_date><wp:post_name>t{number}</wp:post_name><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type>{more}</item>"
    )


def _meta(**values: str) -> str:
    return "".join(
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
        for key, value in values.items()
    )


def _term(name: str, nicename: str, domain: str = "author") -> str:
    return f'<category domain="{domain}" nicename="{nicename}"><![CDATA[{name}]]></category>'


# Who wrote it


@pytest.mark.parametrize(
    ("more", "authors"),
    [
        (_term("al", "cap-al") + _term("gh", "cap-gh"), ("Ada Lovelace", "Grace Hopper")),
        (_term("gh", "cap-gh") + _term("al", "cap-al"), ("Grace Hopper", "Ada Lovelace")),
        (_term("kj", "cap-kj"), ("Katherine Johnson",)),
        (_term("mary-j", "cap-mary-j") + _term("gh", "gh"), ("Mary Jackson", "Grace Hopper")),
        (
            _term("Dorothy Vaughan", "dorothy-vaughan") + _term("Ada Lovelace", "al"),
            ("Dorothy Vaughan", "Ada Lovelace"),
        ),
        (_term("Grace Hopper", "gh", "byline") + _term("AL", "cap-AL", "byline"), ("Grace Hopper", "Ada Lovelace")),
        (_meta(_molongui_author="user-2") + _meta(_molongui_author="guest-91"), ("Grace Hopper", "Mary Jackson")),
        (_term("", "cap-gh"), ("Grace Hopper",)),
        ("", ("Ada Lovelace",)),
    ],
)
def test_all_authors_of_wordpress_come_in_their_order(tmp_path: Path, more: str, authors: tuple[str, ...]) -> None:
    guest = _item(
        91, _meta(**{"cap-display_name": "Mary Jackson", "cap-user_login": "mary-j"}), kind="guest-author", title="MJ"
    )
    found = _read(tmp_path, {"x.xml": _wxr(guest, _item(1, more))}, "wordpress")
    assert [entry.authors for entry in found.entries] == [authors]
    assert not any("guest-author" in loss for loss in found.losses)


def test_authors_by_login_or_name_get_their_handles(home: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    for handle in ("grace", "kat"):
        home.person(handle)
    source = home.write("x.xml", _wxr(_item(1, _term("gh", "cap-gh") + _term("al", "cap-al") + _term("kj", "cap-kj"))))
    assert run(home, source, "gh=grace", "Katherine Johnson=kat", kind="wordpress") == 0
    assert b"\nauthors: [grace, ada, kat]\n" in blog(home)["t1.md"]
    assert "1 post of Ada Lovelace is now ada's" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("header", "authors"),
    [
        ("author: Ada Lovelace", ("Ada Lovelace",)),
        ("author: [Ada, Grace]", ("Ada", "Grace")),
        ("authors:\n  - name: Ada\n    link: /a\n  - name: Grace", ("Ada", "Grace")),
        ("author:\n  name: Ada\n  email: a@x.example", ("Ada",)),
        ("authors:\n  ada:\n    name: Ada L\n  grace:\n    name: Grace H", ("Ada L", "Grace H")),
        ("author: Ada Lovelace and Grace Hopper", ("Ada Lovelace", "Grace Hopper")),
        ("author: Lovelace, Ada", ("Lovelace, Ada",)),
        ("authors: ada, grace", ("ada", "grace")),
        ("author: Ada Lovelace, Grace Hopper & Mary Jackson", ("Ada Lovelace", "Grace Hopper", "Mary Jackson")),
    ],
)
@pytest.mark.parametrize(("kind", "name"), [("hugo", "content/posts/x.md"), ("jekyll", "_posts/2020-01-02-x.md")])
def test_all_authors_of_front_matter(
    tmp_path: Path, kind: str, name: str, header: str, authors: tuple[str, ...]
) -> None:
    found = _read(tmp_path, {name: f"---\ntitle: T\ndate: 2020-01-02\n{header}\n---\nText.\n"}, kind)
    assert found.entries[0].authors == authors


@pytest.mark.parametrize(
    "post",
    [
        {"authors": [{"id": 1, "name": "Ada"}, {"id": 2, "name": "Grace"}]},
        {"authors": [{"id": 1}, {"id": 2}]},
        {},
    ],
)
def test_all_authors_of_ghost(tmp_path: Path, post: dict[str, object]) -> None:
    found = _ghost(tmp_path, post, joined=not post)
    assert found.entries[0].authors == ("Ada", "Grace")


# What stays in


def _ghost(
    folder: Path, post: dict[str, object], *, joined: bool = False, meta: dict[str, object] | None = None
) -> OldBlog:
    whole = {
        "id": 7,
        "uuid": "u",
        "title": "T",
        "slug": "t",
        "html": "<p>x</p>",
        "status": "published",
        "published_at": "2020-01-02T00:00:00Z",
        **post,
    }
    data: dict[str, object] = {
        "posts": [whole],
        "users": [{"id": 1, "name": "Ada", "slug": "ada"}, {"id": 2, "name": "Grace"}],
    }
    if joined:
        data["posts_authors"] = [
            {"post_id": 7, "author_id": 2, "sort_order": 1},
            {"post_id": 7, "author_id": 1, "sort_order": 0},
        ]
    data["posts_meta"] = [{"post_id": 7, **(meta or {})}]
    return _read(folder, {"x.json": json.dumps({"db": [{"meta": {"exported_on": 1}, "data": data}]})}, "ghost")


@pytest.mark.parametrize(
    ("post", "meta"),
    [
        ({"visibility": "members"}, {}),
        ({"visibility": "paid"}, {}),
        ({"visibility": "tiers"}, {}),
        ({"visibility": "status:-free"}, {}),
        ({"status": "draft"}, {}),
        ({"status": "sent"}, {}),
        ({"status": "archived"}, {}),
        ({}, {"email_only": 1}),
    ],
)
def test_what_ghost_showed_to_some_is_a_draft(tmp_path: Path, post: dict[str, object], meta: dict[str, object]) -> None:
    assert _ghost(tmp_path, post, meta=meta).entries[0].status == "draft"


def test_a_part_for_members_of_ghost_does_not_come_over(tmp_path: Path) -> None:
    gated = '<!--kg-gated-block:begin nonMember:{} memberSegment:"status:free" --><p>{}</p><!--kg-gated-block:end-->'
    body = f"<p>All.</p>{gated.format('false', 'Secret.')}{gated.format('true', 'Too.')}"
    entry = _ghost(tmp_path, {"html": body}).entries[0]
    assert entry.body == "<p>All.</p><p>Too.</p>"
    assert entry.losses == ("a part of it was for members alone: it is left out",)


@pytest.mark.parametrize(
    "item",
    [
        _item(1, status="draft"),
        _item(1, status="private"),
        _item(1, status="pending"),
        _item(1, status="inherit"),
        _item(1, status="in-review"),
        _item(1, "<wp:post_password>secret</wp:post_password>"),
        _item(1, _meta(_members_access_role="editor")),
        _item(1, _meta(_jetpack_newsletter_access="paid_subscribers")),
        _item(1, body="<!-- wp:premium-content/container --><p>x</p><!-- /wp:premium-content/container -->"),
        _item(1, body="[restrict level=2]x[/restrict]"),
    ],
)
def test_what_wordpress_did_not_show_to_everybody_is_a_draft(tmp_path: Path, item: str) -> None:
    assert _read(tmp_path, {"x.xml": _wxr(item)}, "wordpress").entries[0].status == "draft"


def test_what_lay_in_the_bin_does_not_come_and_is_counted(tmp_path: Path) -> None:
    found = _read(tmp_path, {"x.xml": _wxr(_item(1), _item(2, status="trash"), _item(3, kind="product"))}, "wordpress")
    assert [entry.title for entry in found.entries] == ["T1"]
    assert found.losses == ("1 × post in the bin not taken", "1 × product not taken")


_IN_HEADERS = (
    "draft: true", "draft: yes", "draft: maybe", "draft:", "published: false", "publish: no", "status: draft", "status: private",
    "status: wip", "stauts: draft", "drfat: true", "private: true", "hidden: true", "unlisted: true", "visibility: members", "password: x",
    "public: false", "visible: false", "wip: 1", "status: something",
)  # fmt: skip


@pytest.mark.parametrize("header", _IN_HEADERS)
@pytest.mark.parametrize(("kind", "name"), [("hugo", "content/posts/x.md"), ("jekyll", "_posts/2020-01-02-x.md")])
def test_what_front_matter_kept_back_is_a_draft(tmp_path: Path, kind: str, name: str, header: str) -> None:
    found = _read(tmp_path, {name: f"---\ntitle: T\ndate: 2020-01-02\n{header}\n---\nText.\n"}, kind)
    assert [entry.status for entry in found.entries] == ["draft"]


@pytest.mark.parametrize(
    "header",
    [
        "draft: false",
        "published: true",
        "published: 2020-01-02",
        "status: published",
        "title: Draft",
        "tags: [draft]",
        "comments: true",
        "toc: off",
    ],
)
def test_what_says_nothing_of_the_kind_is_published(header: str) -> None:
    assert why_not_public(front_matter.split(f"---\ntitle: T\n{header}\n---\nText.\n")) == ""


@pytest.mark.parametrize(
    ("files", "status"),
    [
        ({"posts/x.md": "build:\n  render: never"}, "draft"),
        ({"posts/x.md": "_build:\n  render: false"}, "draft"),
        ({"posts/x.md": "_build:\n  list: never"}, "hidden"),
        ({"posts/x.md": "headless: true"}, "draft"),
        ({"posts/x.md": "a: b", "posts/_index.md": "cascade:\n  draft: true"}, "draft"),
        (
            {
                "posts/x.md": "a: b",
                "_index.md": "cascade:\n  - _target:\n      path: /posts/**\n    build:\n      render: never",
            },
            "draft",
        ),
        ({"posts/x.md": "a: [b"}, "draft"),
    ],
)
def test_what_hugo_did_not_build_is_a_draft(tmp_path: Path, files: dict[str, str], status: str) -> None:
    headers = {
        f"content/{name}": f"---\ntitle: T\ndate: 2020-01-02\n{header}\n---\nText.\n" for name, header in files.items()
    }
    assert [entry.status for entry in _read(tmp_path, headers, "hugo").entries] == [status]


def test_a_day_of_expiry_comes_over(home: SmallSite) -> None:
    source = home.write(
        "old/content/posts/x.md", "---\ntitle: T\ndate: 2020-01-02\nexpiryDate: 2021-01-02\n---\nText.\n"
    )
    assert run(home, source.parent.parent.parent, kind="hugo") == 0
    assert b"\nexpires: 2021-01-02\n" in blog(home)["x.md"]


def test_a_day_of_publication_that_is_to_come_counts(tmp_path: Path) -> None:
    files = {"content/posts/x.md": "---\ntitle: T\ndate: 2020-01-02\npublishDate: 2990-01-02\n---\nText.\n"}
    assert _read(tmp_path, files, "hugo").entries[0].date == "2990-01-02"


def test_defaults_of_jekyll_count(tmp_path: Path) -> None:
    config = 'defaults:\n- scope: {path: "", type: posts}\n  values: {author: Ada, permalink: "/:year/:slug/"}\n- scope: {path: _posts/wip}\n  values: {published: false}\n'
    head = "---\ntitle: T\n---\nText.\n"
    files = {"_config.yml": config, "_posts/2020-01-02-x.y.md": head, "_posts/wip/2020-01-02-z.md": head}
    found = {entry.slug: (entry.status, entry.url, entry.authors) for entry in _read(tmp_path, files, "jekyll").entries}
    assert found == {"x.y": ("published", "/2020/x-y/", ("Ada",)), "z": ("draft", "/2020/z/", ("Ada",))}


# What Medium has beside posts


def _medium(title: str, body: str) -> str:
    return (
        f'<article class="h-entry"><header><h1 class="p-name">{title}</h1></header><section data-field="body" class="e-content">{body}</section>'
        '<footer><time class="dt-published" datetime="2020-01-02T03:04:05.000Z">d</time></footer></article>'
    )


def test_replies_of_medium_are_left_out_and_named(home: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    pages = {
        "2020-01-02_The-tide-aaaaaaaaaaaa.html": _medium("The tide", '<h3 class="graf graf--h3 graf--leading graf--title">The tide</h3><p class="graf">It came.</p>'),
        "2020-01-03_Thanks--Bob--bbbbbbbbbbbb.html": _medium("Thanks, Bob!", '<p class="graf graf--p graf--leading">Thanks, Bob! It helped.</p>'),
        "2020-01-04_I-agree---cccccccccccc.html": _medium("I agree…", '<blockquote class="graf">I agree</blockquote><p class="graf">So do I.</p>'),
    }  # fmt: skip
    for name, text in pages.items():
        home.write(f"old/posts/{name}", text)
    assert run(home, home.folder / "old", kind="medium") == 0
    assert list(blog(home)) == ["the-tide.md"]
    said = capsys.readouterr().out
    assert said.count("is a reply to somebody's post, as it has no title of its own: not taken") == 2


# What goes with a post


def test_the_words_of_the_picture_above_a_post_come_over(home: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    address = "<wp:attachment_url>https://x.example/wp-content/uploads/2020/01/winch.jpg</wp:attachment_url>"
    words = (
        _meta(_wp_attachment_image_alt="A red winch &amp; a rope", _media_credit="Bob")
        + "<excerpt:encoded>At noon</excerpt:encoded>"
    )
    picture_item = _item(9, address + words, "inherit", "attachment")
    home.write("old/x.xml", _wxr(_item(1, _meta(_thumbnail_id="9")), picture_item))
    file = home.folder / "old/uploads/2020/01/winch.jpg"
    file.parent.mkdir(parents=True)
    file.write_bytes(picture(64, 40, "JPEG"))
    assert run(home, home.folder / "old", kind="wordpress") == 0
    text = blog(home)["t1/index.md"].decode()
    assert '\nimage: winch.jpg\nimage_alt: "A red winch & a rope"\n' in text
    said = capsys.readouterr().out
    assert '"T1": the caption of the picture above it has no place there: At noon (Bob)' in said
    assert "nothing was lost" not in said


def test_galleries_become_pictures_with_their_words(home: SmallSite) -> None:
    def attached(number: int, alt: str, caption: str) -> str:
        address = f"<wp:attachment_url>https://x.example/wp-content/uploads/p{number}.jpg</wp:attachment_url><wp:post_parent>1</wp:post_parent>"
        return _item(
            number,
            f"{address}{_meta(_wp_attachment_image_alt=alt)}<excerpt:encoded>{caption}</excerpt:encoded>",
            "inherit",
            "attachment",
        )

    home.write(
        "old/x.xml", _wxr(_item(1, body="[gallery]"), attached(8, "Eight", ""), attached(9, "Nine", "The ninth"))
    )
    for number in (8, 9):
        file = home.folder / f"old/uploads/p{number}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture(64, 40, "JPEG"))
    assert run(home, home.folder / "old", kind="wordpress") == 0
    text = blog(home)["t1/index.md"].decode()
    assert "![Eight](p8.jpg)" in text and "Nine" in text and "The ninth" in text


@pytest.mark.parametrize(
    "more",
    [
        _meta(enclosure='https://x.example/a/ep1.mp3\n123\naudio/mpeg\na:1:{s:8:"duration";s:4:"1:00";}'),
        _meta(**{"podcast:enclosure": "https://x.example/a/ep1.mp3\n123\naudio/mpeg"}),
        _meta(audio_file="https://x.example/a/ep1.mp3"),
        _meta(_podPressMedia='a:1:{i:0;a:1:{s:3:"URI";s:27:"https://x.example/a/ep1.mp3";}}'),
    ],
)
def test_the_recording_of_a_podcast_is_a_link(home: SmallSite, more: str) -> None:
    assert run(home, home.write("x.xml", _wxr(_item(1, more))), kind="wordpress") == 0
    assert "\n[ep1.mp3](https://x.example/a/ep1.mp3)\n" in blog(home)["t1.md"].decode()


def test_what_has_no_place_here_is_counted_by_its_kind(
    tmp_path: Path, home: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    items = (
        _item(1, _meta(mood="glad", _edit_last="1") + _term("Tides", "tides", "series")),
        _item(2, _meta(mood="sad")),
    )
    found = _read(tmp_path, {"x.xml": _wxr(*items)}, "wordpress")
    assert found.losses == (
        "terms of other kinds that have no place here, not taken: series (1 ×)",
        "keys of meta that have no place here, not taken: mood (2 ×)",
    )
    home.write("old/content/posts/x.md", "---\ntitle: T\ndate: 2020-01-02\naudio: x.mp3\nmood: glad\n---\nText.\n")
    run(home, home.folder / "old", kind="hugo")
    said = capsys.readouterr().out
    assert "keys that have no place here, not taken: audio (1 ×), mood (1 ×)" in said and "nothing was lost" not in said


def test_an_old_slug_leads_on(tmp_path: Path) -> None:
    found = _read(tmp_path, {"x.xml": _wxr(_item(1, _meta(_wp_old_slug="before")))}, "wordpress")
    assert found.entries[0].others == ("https://x.example/before/",)


def _blogger(kind: str, status: str, number: int = 1, more: str = "") -> str:
    return (
        f"<entry><id>tag:blogger.com,1999:blog-7.post-{number}</id><blogger:type>{kind}</blogger:type><blogger:status>{status}</blogger:status>"
        f"<author><name>Ada</name></author><author><name>Grace</name></author><title>T{number}</title><content type='html'>x</content>"
        f"<published>2011-05-11T19:46:00Z</published>{more}</entry>"
    )


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        ("LIVE", "published"),
        ("", "published"),
        ("SCHEDULED", "published"),
        ("DRAFT", "draft"),
        ("IMPORTED", "draft"),
        ("PRIVATE", "draft"),
    ],
)
def test_a_status_of_blogger_that_is_not_known_is_a_draft(tmp_path: Path, status: str, wanted: str) -> None:
    hidden = _blogger("COMMENT", "SPAM", 2, "<blogger:parent>tag:blogger.com,1999:blog-7.post-1</blogger:parent>")
    sound = '<link rel="enclosure" href="https://x.example/ep.mp3"/>'
    atom = "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>"
    found = _read(tmp_path, {"feed.atom": f"{atom}{_blogger('POST', status, 1, sound)}{hidden}</feed>"}, "blogger")
    entry = found.entries[0]
    assert (entry.status, entry.authors, entry.comments) == (wanted, ("Ada", "Grace"), ())
    assert 'href="https://x.example/ep.mp3"' in entry.body
    assert found.losses == ("1 × comment that was not shown not kept",)


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Status: draft", "draft"),
        ("Status: hidden", "hidden"),
        ("Status: wip", "draft"),
        ("Private: yes", "draft"),
        ("Tags: draft", "published"),
    ],
)
def test_what_pelican_kept_back_is_a_draft(tmp_path: Path, header: str, status: str) -> None:
    text = f"Title: Ünïcode & C++\nDate: 2020-01-02\nAuthors: Ada; Grace\n{header}\n\nText.\n"
    entry = _read(
        tmp_path, {"content/x.md": text, "pelicanconf.py": "SITEURL = 'https://x.example'\n"}, "pelican"
    ).entries[0]
    assert (entry.status, entry.authors) == (status, ("Ada", "Grace"))
    assert entry.url == ("" if status == "draft" else "/unicode-c.html")


def test_permalinks_of_ghost(tmp_path: Path) -> None:
    routes = "collections:\n  /blog/:\n    permalink: /blog/{year}/{month}/{slug}/\n"
    _ghost(tmp_path, {})
    found = _read(tmp_path, {"routes.yaml": routes}, "ghost")
    assert [entry.url for entry in found.entries] == ["/blog/2020/01/t/"]
