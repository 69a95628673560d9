"""A company's own kind of file, in `tests/sites/with_recipes`: what follows from its declaration without an edit of Bylines."""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
import yaml

from bylines.commands.rename import Confirmation, rename_author, rename_post
from bylines.engine.feature import load
from bylines.engine.kinds import kinds_of
from bylines.schema import example, front_matter, issue_forms, json_schema, keys_table, prompts, seeds
from bylines.settings import FEATURES
from bylines.verifying.pages import check
from tests.building import ROOT, SmallSite
from tests.guarding import RULES, Repository
from tests.projects import configure, run
from tests.test_incremental import compare, git

if TYPE_CHECKING:
    from bylines.engine.read.kind import Kind

_FOLDER = ROOT / "tests/sites/with_recipes"
_SETTINGS = """
import sys

sys.path.insert(0, {folder!r})
from bylines.settings import FEATURES

BYLINES_FEATURES = [*FEATURES, "ours.recipes"]
BYLINES_COVERS = False
THEME_TEMPLATES_OVERRIDES = [{templates!r}]
"""


_EVERYWHERE = Confirmation(yes=True, everywhere=True)


@pytest.fixture
def kitchen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallSite]:
    """A site with recipes: one of Ada's, with a post about it."""
    forget_ours()
    monkeypatch.syspath_prepend(str(_FOLDER))
    site = SmallSite(
        tmp_path / "site",
        BYLINES_FEATURES=[*FEATURES, "ours.recipes"],
        BYLINES_COVERS=False,
        THEME_TEMPLATES_OVERRIDES=[str(_FOLDER / "mine")],
    )
    site.person("ada", "Ada Lovelace")
    site.person("grace", "Grace Hopper")
    site.post("ada/leeks.md", title="On leeks")
    recipe(site, "soup", cook="[ada]", serves=4, see="ada/leeks", aliases="[/canteen/soup/]")
    yield site
    forget_ours()


def forget_ours() -> None:
    """Forget the company's modules, which other tests have under the same name."""
    kinds_of.cache_clear()
    for name in [name for name in sys.modules if name.partition(".")[0] == "ours"]:
        del sys.modules[name]


def recipe(site: SmallSite, slug: str, body: str = "Boil it.\n", **keys: Any) -> None:
    """Write a recipe."""
    lines = "".join(f"{key}: {value}\n" for key, value in {"title": slug.title(), **keys}.items() if value is not None)
    site.write(f"content/recipes/{slug}.md", f"---\n{lines}---\n{body}")


def committed(site: SmallSite) -> None:
    """Give the site its settings file, and put it under git."""
    configure(site)
    conf = site.folder / "pelicanconf.py"
    added = _SETTINGS.format(folder=str(_FOLDER), templates=str(_FOLDER / "mine"))
    conf.write_text(conf.read_text() + added)
    site.write(".gitignore", "__pycache__/\ncache/\noutput/\n")
    git(site.folder, "init", "-q", "-b", "main")
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-q", "-m", "begin")


@pytest.fixture
def kind(kitchen: SmallSite) -> Kind:
    """The declaration of recipes."""
    found = kinds_of(tuple(kitchen.site().features)).named("recipe")
    assert found
    return found


def test_a_recipe_has_a_page_a_place_in_the_index_and_a_section_on_its_cooks_page(kitchen: SmallSite) -> None:
    assert kitchen.problems() == []
    page = kitchen.page("recipes/soup/index.html")
    assert "For 4" in page
    assert "Ada Lovelace" in page
    assert "https://test.example/blogs/ada/leeks/" in page
    assert "https://test.example/recipes/soup/" in kitchen.page("recipes/index.html")
    assert "https://test.example/recipes/soup/" in kitchen.page("blogs/ada/index.html")
    assert "recipes/soup" not in kitchen.page("blogs/grace/index.html")
    assert check(kitchen.folder / "output") == []


def test_messages_name_the_line(kitchen: SmallSite) -> None:
    recipe(kitchen, "bad", cook="[nobody]", serves=100, see="ada/none", srves=3)
    assert [problem for problem in kitchen.problems() if "bad.md" in problem] == [
        "content/recipes/bad.md: the cook nobody has no profile; mend the handle, or add the profile",
        "content/recipes/bad.md:4: serves is 100, where a number from 1 to 99 is due; write a number from 1 to 99",
        "content/recipes/bad.md:5: see: ada/none leads nowhere; mend the path, or add the file",
        "content/recipes/bad.md:6: srves is not a key that is known here; serves is; "
        "mend its spelling, or begin it with x_ if it is your own",
    ]


def test_another_programs_name_for_a_key_is_mended(kitchen: SmallSite) -> None:
    committed(kitchen)
    recipe(kitchen, "tea", servings=2)
    assert run(kitchen.folder, "check", "--fix").returncode == 0
    assert "\nserves: 2\n" in (kitchen.folder / "content/recipes/tea.md").read_text()


def test_check_reads_the_cooks_profile_and_the_post(kitchen: SmallSite) -> None:
    committed(kitchen)
    recipe(kitchen, "tea", cook="[grace]", see="ada/leeks")
    done = run(kitchen.folder, "check")
    assert done.returncode == 0
    assert "tea.md" not in done.stderr + done.stdout
    recipe(kitchen, "tea", cook="[nobody]", see="ada/none")
    done = run(kitchen.folder, "check")
    said = done.stderr + done.stdout
    assert "the cook nobody has no profile" in said
    assert "ada/none leads nowhere" in said


def test_a_cook_is_renamed(kitchen: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(kitchen)
    monkeypatch.chdir(kitchen.folder)
    assert rename_author("ada", "countess", "pelicanconf.py", _EVERYWHERE) == 0
    text = (kitchen.folder / "content/recipes/soup.md").read_text()
    assert "cook: [countess]\n" in text
    assert "see: countess/leeks\n" in text
    assert kitchen.problems() == []


def test_a_post_is_renamed_where_a_recipe_names_it(kitchen: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(kitchen)
    monkeypatch.chdir(kitchen.folder)
    assert rename_post("ada/leeks", "onions", "pelicanconf.py", _EVERYWHERE) == 0
    assert "see: ada/onions\n" in (kitchen.folder / "content/recipes/soup.md").read_text()
    assert kitchen.problems() == []


_GUARDED = "kinds: [ours.recipes.records]\nshared: {content/recipes: everybody}\n"


def test_the_guard_takes_a_recipe_of_ones_own_and_refuses_one_in_anothers_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(_FOLDER))
    repository = Repository(tmp_path / "guarded", RULES + _GUARDED)
    repository.write("content/recipes/soup.md", "---\ntitle: Soup\ncook: [grace]\n---\nBoil it.\n")
    repository.commit("grace")
    assert repository.refused() == []
    repository.write("content/recipes/tea.md", "---\ntitle: Tea\ncook: [ada]\n---\nBoil it.\n")
    repository.commit("grace")
    assert repository.refused() == ["content/recipes/tea.md"]


def test_old_addresses_lead_on(kitchen: SmallSite) -> None:
    kitchen.build()
    assert "recipes/soup/" in kitchen.page("canteen/soup/index.html")
    assert "/canteen/soup/" in kitchen.page("_redirects")


def test_old_addresses_are_as_in_a_clean_build_after_each_edit(kitchen: SmallSite) -> None:
    old, new = "[/canteen/soup/]", "[/canteen/broth/]"
    kitchen.build()
    recipe(kitchen, "soup", title="Grand soup", aliases=old)
    kitchen.build()
    assert "Grand soup" in kitchen.page("canteen/soup/index.html")
    compare(kitchen, ["title"])
    recipe(kitchen, "soup", aliases=new)
    kitchen.build()
    assert "canteen/soup/index.html" not in kitchen.built()
    assert "recipes/soup/" in kitchen.page("canteen/broth/index.html")
    compare(kitchen, ["alias"])
    recipe(kitchen, "soup", aliases=new, status="draft")
    kitchen.build()
    assert "canteen/broth/index.html" not in kitchen.built()
    compare(kitchen, ["draft"])


def test_capabilities_whose_kinds_have_old_addresses_weave_before_redirects(kitchen: SmallSite) -> None:
    names = [each.name for each in load([*FEATURES, "ours.recipes"])]
    assert names.index("recipes") < names.index("redirects")
    assert names.index("redirects") < names.index("pulse")


def test_search_engines_and_feed_readers_learn_of_recipes(kitchen: SmallSite) -> None:
    kitchen.build()
    maps = "".join(text.decode() for path, text in kitchen.built().items() if "sitemap" in path)
    assert "<loc>https://test.example/recipes/</loc>" in maps
    assert "<loc>https://test.example/recipes/soup/</loc>" in maps
    feed = feedparser.parse(kitchen.page("recipes/feed.atom"))
    assert [entry.title for entry in feed.entries] == ["On leeks"]


def test_the_table_of_keys_has_its_rows(kind: Kind) -> None:
    section = keys_table.section(kind)
    assert section.startswith("## recipe\n`content/recipes/<slug>.md`\n")
    assert "| `cook` | the handles of those who cook it | `[ada]` |  |\n" in section
    assert "| `serves` | how many it feeds | `4` | `servings` |\n" in section
    assert example.read(kind, example.example_of(kind)).problems == ()


def test_editors_know_its_keys(kind: Kind) -> None:
    fields = {field["name"]: field for field in front_matter.content_type(kind)["fields"]}
    assert fields["serves"]["numberOptions"] == {"min": 1, "max": 99}
    assert fields["title"]["required"]
    schema = json.loads(json_schema.written(json_schema.schema_of(kind)))
    assert schema["properties"]["serves"] == {
        "description": "how many it feeds",
        "type": "integer",
        "minimum": 1,
        "maximum": 99,
    }
    validator = _validator(schema)
    assert validator.is_valid({"title": "Soup", "cook": ["ada"], "serves": 4, "see": "ada/leeks"})
    assert not validator.is_valid({"title": "Soup", "serves": 100})
    assert not validator.is_valid({"title": "Soup", "cook": ["Ada Lovelace"]})


def _validator(schema: Any) -> Any:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_a_form_asks_for_it(kind: Kind) -> None:
    made = issue_forms.forms([kind])
    assert set(made) == {".github/ISSUE_TEMPLATE/recipe.yml", ".gitlab/issue_templates/Recipe.md"}
    form = yaml.safe_load(made[".github/ISSUE_TEMPLATE/recipe.yml"])
    assert [field.get("id") for field in form["body"]] == [None, "title", "cook", "serves", "text", "mine"]


def test_a_command_begins_one(kitchen: SmallSite, kind: Kind) -> None:
    assert [key for key, _ in prompts.asked(kind)] == ["title"]
    committed(kitchen)
    done = run(kitchen.folder, "new", "recipe", "--set", "cook=[grace]", "--set", "title=Leek pie")
    assert done.returncode == 0, done.stderr
    text = (kitchen.folder / "content/recipes/leek-pie.md").read_text()
    assert text.startswith("---\ntitle: Leek pie\ncook: [grace]\nstatus: draft\n---\n")
    assert kitchen.problems() == []


def test_fuzzing_starts_from_it(kind: Kind) -> None:
    found = list(seeds.seeds_of(kind))
    assert any(b"\nserves: 100\n" in seed for seed in found)
    assert any(b"\nservings: 4\n" in seed for seed in found)
    assert all(kind.read("content/recipes/x.md", seed, SmallSite(ROOT).site().read) for seed in found)


@pytest.mark.parametrize("seed", range(4))
def test_random_edits_lead_to_what_a_clean_build_makes(kitchen: SmallSite, seed: int) -> None:
    choose = random.Random(seed)
    log: list[str] = []
    kitchen.build()
    for _ in range(6):
        log += [_edit(kitchen, choose) for _ in range(choose.randint(1, 3))]
        compare(kitchen, log)
    shutil.rmtree(kitchen.folder / "clean")


def _edit(site: SmallSite, choose: random.Random) -> str:
    """Make an edit. Return what it was."""
    what = choose.choice(
        ("recipe", "recipe", "recipe", "recipe gone", "post", "post gone", "person", "person gone", "later")
    )
    slug, handle = choose.choice(("soup", "tea", "pie")), choose.choice(("ada", "grace", "joan"))
    if what == "recipe":
        keys = {
            "cook": choose.choice((None, "[ada]", "[grace, joan]", "[nobody]")),
            "serves": choose.choice((1, 4, 100)),
            "see": choose.choice((None, "ada/leeks", "grace/leeks", "grace/none")),
            "status": choose.choice((None, None, "hidden", "draft")),
            "aliases": choose.choice((None, "[/canteen/soup/]", "[/canteen/tea/, /recipes/pie/]")),
            "expires": choose.choice((None, None, "2026-09-22")),
        }
        recipe(site, slug, choose.choice(("Boil it.\n", "As [here](/blogs/ada/leeks/), @joan.\n")), **keys)
    elif what == "recipe gone":
        (site.folder / f"content/recipes/{slug}.md").unlink(missing_ok=True)
    elif what == "post":
        site.post(
            f"{handle}/leeks.md", title=f"Leeks {choose.random():.3}", status=choose.choice((None, "hidden", "draft"))
        )
    elif what == "post gone":
        (site.folder / f"content/blogs/{handle}/leeks.md").unlink(missing_ok=True)
    elif what == "person":
        site.person(handle, choose.choice(("Ada King", "Grace Hopper", "Joan Clarke")))
    elif what == "person gone":
        (site.folder / f"authors/{handle}.yaml").unlink(missing_ok=True)
    else:
        site.now += 100_000
    return f"{what} {slug} {handle}"
