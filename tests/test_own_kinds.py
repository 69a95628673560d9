"""Kinds of sources that a company's own capability declares, and keys that it adds to ours."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bylines.checking.dependencies import at_address, dependencies_of
from bylines.engine.kinds import kinds_of
from bylines.problems import SettingsError
from bylines.renaming.author import plan_author_rename
from bylines.settings import FEATURES
from tests.building import SmallSite
from tests.test_incremental import compare

_RECIPE = '''
from typing import Annotated

from bylines.engine.feature import Feature, PageInputs, PageKind
from bylines.engine.facts import Fact
from bylines.engine.read.added_keys import Keys
from bylines.engine.read.document import Document
from bylines.engine.read.kind import EVERYBODY, Kind
from bylines.engine.read.markers import Handles, Number, Text
from bylines.engine.views import View
from bylines.features.people.records import Profile

RECIPE_CHANGED = Fact[str]("recipe", "Slugs of recipes.")
SCHEMA = "CREATE TABLE recipe (slug TEXT PRIMARY KEY, source TEXT NOT NULL) WITHOUT ROWID;"


class Recipe(Document, tag=TAG, frozen=True, kw_only=True):
    """A dish."""

    cook: Annotated[tuple[str, ...], Handles("who cooks it", signs=True)] = ()
    serves: Annotated[int, Number("how many it feeds", 1, 99)] = 1


RECIPE = Kind(Recipe, at="content/recipes/{slug}.md", owner=EVERYBODY, url="recipes/{slug}/")


class Customer(Keys, of="profile", frozen=True):
    """What a profile says of customers."""

    customer: Annotated[str, Text("for whom they work")] = ""


class RecipePage(View, frozen=True, kw_only=True):
    title: str
    serves: int
    customers: tuple[str, ...]


def weave(build, changes, dirty):
    for change in changes.of(Recipe):
        for record in filter(None, (change.old, change.new)):
            build.store.run("DELETE FROM recipe WHERE slug = ?", (record.slug,))
            dirty.add(RECIPE_CHANGED, record.slug)
        if isinstance(change.new, Recipe):
            build.store.run("INSERT INTO recipe VALUES (?, ?)", (change.new.slug, change.name))
    for change in changes.of(Profile):
        dirty.add(RECIPE_CHANGED, *build.store.column("SELECT slug FROM recipe"))


def page(build, slug):
    row = build.store.row("SELECT source FROM recipe WHERE slug = ?", (slug,))
    if row is None:
        return None
    recipe = build.record(row[0])
    cooks = [build.record(f"authors/{handle}.yaml") for handle in recipe.cook]
    customers = tuple(Customer.of(cook).customer for cook in cooks if cook)
    view = RecipePage(title=recipe.title, serves=recipe.serves, customers=customers)
    return PageInputs(path=f"recipes/{slug}/index.html", view=view)


FEATURE = Feature(
    name="recipes",
    needs=("people",),
    kinds=(RECIPE,),
    keys=(Customer,),
    schema=SCHEMA,
    addresses=("recipes/",),
    weave=weave,
    pages=(
        PageKind(
            "recipe",
            lambda build: build.store.column("SELECT slug FROM recipe"),
            page,
            lambda build, dirty: dirty[RECIPE_CHANGED],
            template="recipes/recipe.html",
            view=RecipePage,
        ),
    ),
)
'''
_PAGE = "{{ title }} for {{ serves }}; {{ customers | join(', ') }}\n"


def _with_recipes(folder: Path, code: str = _RECIPE, tag: str = "recipe") -> SmallSite:
    site = SmallSite(
        folder,
        BYLINES_FEATURES=[*FEATURES, "ours_recipes"],
        BYLINES_COVERS=False,
        THEME_TEMPLATES_OVERRIDES=[str(folder / "mine")],
    )
    site.write("ours_recipes/__init__.py", "")
    site.write("ours_recipes/feature.py", code.replace("TAG", repr(tag)))
    site.write("mine/recipes/recipe.html", _PAGE)
    site.person("ada", "Ada Lovelace", customer="The Admiralty")
    site.write("content/recipes/soup.md", "---\ntitle: Soup\ncook: ada, grace\nserves: 4\n---\nBoil it.\n")
    return site


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder from which Python imports, with nothing known of what other tests had there."""
    monkeypatch.syspath_prepend(str(tmp_path))
    kinds_of.cache_clear()
    yield tmp_path
    kinds_of.cache_clear()
    for name in [name for name in sys.modules if name.partition(".")[0] == "ours_recipes"]:
        del sys.modules[name]


def test_a_companys_records_are_read_woven_and_shown(folder: Path) -> None:
    site = _with_recipes(folder)
    assert site.problems() == []
    assert site.page("recipes/soup/index.html") == "Soup for 4; The Admiralty"


def test_edits_of_a_companys_files_lead_to_what_a_clean_build_makes(folder: Path) -> None:
    site = _with_recipes(folder)
    site.build()
    site.write("content/recipes/soup.md", "---\ntitle: Broth\ncook: grace\nserves: 5\n---\nBoil it.\n")
    compare(site, ["another cook"])
    site.person("grace", "Grace Hopper", customer="The Navy")
    compare(site, ["the cook's customer"])
    assert site.page("recipes/soup/index.html") == "Broth for 5; The Navy"
    site.remove("content/recipes/soup.md")
    compare(site, ["none any more"])


def test_mistakes_in_a_companys_files_are_told_with_their_lines(folder: Path) -> None:
    site = _with_recipes(folder)
    site.write("content/recipes/bad.md", "---\ncook: Ada Lovelace\nserves: 100\nsrves: 3\n---\nBoil it.\n")
    assert [problem for problem in site.problems() if "bad.md" in problem] == [
        "content/recipes/bad.md:2: Ada Lovelace is not a handle; "
        "use lower-case letters, digits and single hyphens, such as ada-lovelace",
        "content/recipes/bad.md:2: title is missing; add a line 'title: …'",
        "content/recipes/bad.md:3: serves is 100, where a number from 1 to 99 is due; write a number from 1 to 99",
        "content/recipes/bad.md:4: srves is not a key that is known here; serves is; "
        "mend its spelling, or begin it with x_ if it is your own",
    ]


def test_a_companys_files_have_the_addresses_that_their_kind_says(folder: Path) -> None:
    site = _with_recipes(folder)
    site.write("content/recipes/broth.md", "---\ntitle: Broth\naliases: [/recipes/soup/]\n---\nBoil it.\n")
    site.post("ada/x.md", aliases="[/recipes/soup/]")
    assert site.problems() == [
        f"{path}: the alias /recipes/soup/ is taken by content/recipes/soup.md; remove the alias from one of the two"
        for path in ("content/blogs/ada/x.md", "content/recipes/broth.md")
    ]


def test_a_key_is_known_while_the_capability_that_adds_it_is_on(folder: Path) -> None:
    site = _with_recipes(folder)
    site.settings["BYLINES_FEATURES"] = FEATURES
    assert any("customer" in problem for problem in site.problems())


def test_a_key_of_a_capability_that_is_off_is_named_with_it(folder: Path) -> None:
    site = SmallSite(folder, BYLINES_FEATURES=[name for name in FEATURES if name != "bylines.features.jams"])
    site.post("ada/idea.md", jam="harbour")
    site.person("ada", "Ada Lovelace", jam="harbour")
    assert site.problems() == [
        "authors/ada.yaml:2: jam is not a key that is known here; mend its spelling, or begin it with x_ if it is your own",
        "content/blogs/ada/idea.md:4: jam is a key of jams, which this site does not have; "
        "take it out, or ask your keepers to switch jams on in BYLINES_FEATURES",
    ]


def test_a_draft_of_a_companys_keeps_no_words_in_the_store(folder: Path) -> None:
    site = _with_recipes(folder)
    site.write("content/recipes/soup.md", "---\ntitle: Secret soup\nstatus: draft\n---\nBoil it.\n")
    site.build()
    stored = b"".join(file.read_bytes() for file in (folder / "cache").rglob("*") if file.is_file())
    assert b"Secret soup" not in stored


def test_two_kinds_with_one_name_are_refused(folder: Path) -> None:
    site = _with_recipes(folder, tag="post")
    with pytest.raises(SettingsError, match="two kinds of records that are called 'post'"):
        site.build()


def test_old_addresses_of_what_has_no_address_are_refused(folder: Path) -> None:
    """They led on after an edit, and nowhere in a clean build."""
    site = _with_recipes(folder, _RECIPE.replace(', url="recipes/{slug}/")', ")"))
    with pytest.raises(
        SettingsError, match=r"declares recipe with old addresses .aliases., but without an address; give"
    ):
        site.build()


def test_a_key_that_a_kind_has_cannot_be_added(folder: Path) -> None:
    site = _with_recipes(folder, _RECIPE.replace('customer: Annotated[str, Text("', 'role: Annotated[str, Text("'))
    with pytest.raises(SettingsError, match="adds the key role to profile"):
        site.build()


def test_keys_for_a_kind_that_is_not_there_are_refused(folder: Path) -> None:
    site = _with_recipes(folder, _RECIPE.replace('of="profile"', 'of="profil"'))
    with pytest.raises(SettingsError, match="adds keys to profil, which no capability declares"):
        site.build()


def test_a_companys_files_get_the_new_handle_of_whom_they_name(folder: Path) -> None:
    site = _with_recipes(folder)
    site.write("content/recipes/cake.md", "---\ntitle: ada\ncook:\n  - grace\n  - '@ada'\n---\nAsk @ada.\n")
    plan = plan_author_rename(site.site(), "ada", "king", everywhere=True)
    texts = {edit.name: edit.after for edit in plan.edits}
    assert texts["content/recipes/soup.md"] == "---\ntitle: Soup\ncook: king, grace\nserves: 4\n---\nBoil it.\n"
    assert texts["content/recipes/cake.md"] == "---\ntitle: ada\ncook:\n  - grace\n  - '@king'\n---\nAsk @king.\n"


def test_a_check_looks_at_whom_a_companys_files_name_and_finds_them_by_their_addresses(folder: Path) -> None:
    site = _with_recipes(folder).site()
    name = "content/recipes/soup.md"
    record = kinds_of(site.features).read(name, Path(folder, name).read_bytes(), site.read)
    found = set(dependencies_of(site, name, record))
    assert {"authors/ada.yaml", "authors/grace.yaml", "content/blogs/grace/blog.yaml"} <= found
    assert "authors/linus.yaml" not in found
    assert name in set(at_address(site, "/recipes/soup/"))
    assert name not in set(at_address(site, "/dishes/soup/"))
