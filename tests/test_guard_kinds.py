"""What the guard knows of kinds of files follows from their declarations, and answers as its written rules did (`tests/old_guard`)."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylines.engine.read import ReadOptions
from bylines.engine.read.markers import Handles
from bylines.guard import refusals
from bylines.guard.declared_kinds import own_kinds
from bylines.guard.identity_claims import claims_of as judged_claims
from bylines.guard.ownership import folder_of, group_of, place_of, profile_of
from bylines.guard.rules import Rules, rules_from
from bylines.markup import MarkupOptions
from bylines.problems import SettingsError
from fuzz import seeds
from tests.guarding import RULES, Repository
from tests.old_guard import ownership
from tests.old_guard.answers import claims_of

_PLAIN = ReadOptions(timezone="Europe/Lisbon")
_ENGINES = (_PLAIN, msgspec.structs.replace(_PLAIN, markup=MarkupOptions(engine="pelican")))

# Paths.

_PARTS = st.sampled_from(
    "content blogs authors wiki pages jams topics.yaml jam.md blog.yaml ada ada.yaml ada.yml ada.jpg ada.JPG Ada Ada.yaml "
    "ada.PNG .yaml .jpg ada..jpg a\nb.jpg ada.yaml.jpg engines winch.md winch.rst index.md replies notes files x src "
    "ada.yaml~ BLOG.YAML content.md ada\xad é.md".split(" ")
) | st.text(max_size=6)
_PATHS = st.lists(_PARTS, min_size=1, max_size=6).map("/".join)
_RULES = st.builds(
    Rules,
    declared=st.just(own_kinds()),
    content=st.sampled_from(("content", "", "src/content", "authors")),
    authors=st.sampled_from(("authors", "content/authors", "people", "content/blogs/ada")),
    shared=st.sampled_from((Rules().shared, (), (("content/blogs/ada", ("grace",)), ("content", ("everybody",))))),
)


@given(_PATHS, _RULES)
def test_whose_a_path_is_follows_from_declarations(path: str, rules: Rules) -> None:
    """Kinds give every path to whom the written rules gave it."""
    assert place_of(path, rules) == ownership.place_of(path, rules)


@given(_PARTS, _RULES)
def test_where_people_and_groups_are_defined_follows_from_declarations(handle: str, rules: Rules) -> None:
    """Kinds say where profiles, groups and folders lie, whatever a handle is."""
    for now, before in (
        (folder_of, ownership.folder_of),
        (profile_of, ownership.profile_of),
        (group_of, ownership.group_of),
    ):
        assert now(handle, rules) == before(handle, rules)


def test_shared_places_follow_from_declarations() -> None:
    """Bylines' own kinds share what rules shared by default. None opens a root."""
    assert sorted(Rules().shared) == sorted(ownership.SHARED)
    assert all("/" in place for place, _ in own_kinds().shared())
    assert isinstance(own_kinds().group.keyset.markers["members"], Handles)


# Claims.

_KEYS = st.sampled_from(
    "authors Authors AUTHORS author Author aliases Aliases id ID Id i_d title hosts members follows emails jam x_id date "
    "autors alias name topics in_reply_to status lang Image-Alt 'authors' \"id\"".split()
)
_VALUES = st.sampled_from(
    (
        "ada", "grace", "[ada, grace]", "Ada Lovelace", "@grace", "ada, grace", "ada; grace", "[[ada]]", "{a: b}", "", "~", "'ada'",
        "/blogs/grace/", "[/blogs/grace/, 'https://example.com/blogs/grace/x/']", "blogs/grace", "/blogs/%67race/",
        "tag:x.example,2026:a",
        "no id", "2026-05-04", "\n- ada\n- grace", "&a [grace]", "“grace”", "\u00a0grace", "grace # no", "|\n  grace",
    )
)  # fmt: skip
_LINES = st.lists(st.tuples(_KEYS, st.sampled_from((": ", ":", " : ", "： ", "\t: ")), _VALUES), max_size=6)
_FORMS = st.sampled_from(
    ("---\n{}\n---\nWords.\n", "{}\n\nWords.\n", "{}", "\ufeff---\n{}\n---\n", "+++\n{}\n+++\n", "---\n{}\n")
)
_NAMES = st.sampled_from(
    (
        "content/blogs/ada/winch.md", "content/blogs/ada/winch.rst", "content/blogs/engines/blog.yaml", "authors/ada.yaml",
        "content/jams/x/jam.md", "content/topics.yaml", "content/pages/about.md", "content/wiki/home.md", "x.txt",
    )
)  # fmt: skip


@given(_NAMES, _LINES, _FORMS)
def test_claims_follow_from_declarations(path: str, lines: list[tuple[str, str, str]], form: str) -> None:
    """Markers of keys find every claim that the names of keys found, and no more."""
    data = form.format("\n".join(map("".join, lines))).encode()
    assert judged_claims(path, data, Rules()) == claims_of(path, data)
    fields = form.format("\n".join(f":{key}: {value}" for key, _, value in lines)).encode()
    assert judged_claims(path, fields, Rules()) == claims_of(path, fields)


@pytest.mark.parametrize("path", ("content/blogs/ada/winch.md", "content/blogs/ada/winch.rst", "authors/ada.yaml"))
def test_claims_of_everyday_texts_follow_from_declarations(path: str) -> None:
    """The same of all texts with which the fuzzer begins."""
    for data in seeds.texts():
        assert judged_claims(path, data, Rules()) == claims_of(path, data), data


@given(_NAMES, _LINES, _FORMS)
def test_readers_see_no_claim_that_is_not_judged(path: str, lines: list[tuple[str, str, str]], form: str) -> None:
    """Whatever a build would read at a key that claims something is what is judged, repairs and all."""
    written = "\n".join(map("".join, [("title", ": ", "A winch"), ("date", ": ", "2026-05-04"), *lines]))
    data = form.format(written).encode()
    said = judged_claims(path, data, Rules())
    for options in _ENGINES:
        for kind in own_kinds().own:
            if not kind.at.matches(path) or (record := kind.read(path, data, options).record) is None:
                continue
            authors = getattr(record, "authors", ())
            assert not authors or ("authors", authors) in said.signed
            assert {*getattr(record, "aliases", ())} <= said.aliases
            id_ = getattr(record, "id", None)
            assert not id_ or id_.casefold() in {each.casefold() for each in said.ids}


# A company's own kinds.

_RECORDS = """
from typing import Annotated

import msgspec

from bylines.engine.read.added_keys import Keys
from bylines.engine.read.document import Document
from bylines.engine.read.entries import Entries
from bylines.engine.read.kind import EVERYBODY, FOLDER, Kind
from bylines.engine.read.markers import Aliases, FeedId, Handles, Text
from bylines.records import Record


class Recipe(Document, tag="recipe", frozen=True, kw_only=True):
    cooks: Annotated[tuple[str, ...], Handles("who cooks it", signs=True)] = ()


class Rating(msgspec.Struct, frozen=True, kw_only=True):
    what: Annotated[str, Text("what")]
    raters: Annotated[tuple[str, ...], Handles("who rates it", signs=True)] = ()
    old: Annotated[tuple[str, ...], Aliases("old addresses")] = ()
    number: Annotated[str | None, FeedId("for feeds")] = None


class Ratings(Record, tag="ratings", frozen=True, kw_only=True):
    entries: Annotated[tuple[Rating, ...], Entries("ratings", Rating, name="what")] = ()


class Terms(Record, tag="terms", frozen=True, kw_only=True):
    text: Annotated[str, Text("what holds")] = ""


class Edited(Keys, of="post", frozen=True):
    editors: Annotated[tuple[str, ...], Handles("who edited it", signs=True)] = ()


RECIPE = Kind(Recipe, at="content/recipes/{slug}.md", owner=EVERYBODY)
RATINGS = Kind(Ratings, at="content/blogs/{blog}/ratings.list", owner=FOLDER)
TERMS = Kind(Terms, at="content/blogs/{blog}/terms.yaml")
"""
_KINDS = f"{RULES}kinds: [ours.recipes.records]\n"
_SHARED = f"{_KINDS}shared: {{content/recipes: everybody}}\n"


@pytest.fixture
def installed(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A company's package, outside of every repository."""
    folder = tmp_path_factory.mktemp("installed")
    (folder / "ours/recipes").mkdir(parents=True)
    (folder / "ours/recipes/records.py").write_text(_RECORDS)
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    for name in [each for each in sys.modules if each.partition(".")[0] == "ours"]:
        del sys.modules[name]


@pytest.fixture
def repo(installed: Path, tmp_path: Path) -> Repository:
    """A repository whose rules name the company's kinds."""
    return Repository(tmp_path, _KINDS)


RATINGS = "content/blogs/ada/ratings.list"


@pytest.mark.parametrize(
    ("path", "text", "said"),
    (
        (RATINGS, "- {what: Pie, raters: [grace]}\n", "raters name grace"),
        (RATINGS, "- {what: Pie, Raters: grace}\n", "raters name grace"),
        (RATINGS, "Pie: {raters: '@Grace'}\n", "raters name grace"),
        (RATINGS, "- {what: Pie, old: [/blogs/grace/x/]}\n", "the alias /blogs/grace/x/"),
        (RATINGS, "- {what: Pie, number: 'tag:x.example,2026:blogs/grace/x'}\n", "tag:x.example,2026:blogs/grace/x"),
        ("content/blogs/ada/new.md", "---\neditors: [grace]\n---\nWords.\n", "editors name grace"),
        ("content/blogs/ada/new.md", "---\ncooks: [grace]\n---\nWords.\n", "cooks name grace"),
        ("content/blogs/engines/new.md", "---\neditors: [kim]\n---\nWords.\n", "add a member of engines to editors"),
    ),
)
def test_a_text_of_a_companys_kind_claims_nobody_elses_identity(
    repo: Repository, path: str, text: str, said: str
) -> None:
    """Keys that sign, old addresses and ids are judged wherever a company's kinds declare them."""
    repo.write(path, text)
    repo.commit("ada")
    (found,) = repo.said()
    assert said in found, found


@pytest.mark.parametrize(
    ("path", "text"),
    (
        (RATINGS, "- {what: Pie, raters: [ada, grace]}\n- Cake\n"),
        (RATINGS, "- {what: Pie, old: [/blogs/ada/x/], number: 'tag:x.example,2026:blogs/ada/x'}\n"),
        ("content/blogs/ada/new.md", "---\neditors: [grace, ada]\n---\nWords.\n"),
        ("content/blogs/engines/new.md", "---\neditors: [grace]\n---\nWords.\n"),
    ),
)
def test_a_text_of_a_companys_kind_may_name_its_writer(repo: Repository, path: str, text: str) -> None:
    """Others may be named beside whoever the folder belongs to."""
    repo.write(path, text)
    repo.commit("ada")
    assert not repo.said()


def test_a_claim_does_not_come_by_a_file_that_was_not_looked_at(repo: Repository) -> None:
    """A file that is moved to where it is of a company's kind claims what it says anew."""
    repo.git("switch", "-q", "main")
    repo.write("content/blogs/ada/mine.yaml", "- {what: Pie, raters: [grace]}\n")
    repo.commit("kim")
    repo.git("switch", "-q", "-C", "change")
    (repo.folder / "content/blogs/ada/mine.yaml").rename(repo.folder / RATINGS)
    repo.commit("ada")
    assert repo.refused() == [RATINGS]


def test_a_companys_kind_opens_no_place(repo: Repository) -> None:
    """Everybody's kind is the keepers' until `shared` names its place."""
    repo.write("content/recipes/pie.md", "---\ncooks: [ada]\n---\nWords.\n")
    repo.commit("ada")
    assert repo.refused() == ["content/recipes/pie.md"]


def test_a_keepers_kind_is_the_keepers_in_everybodys_folder(repo: Repository) -> None:
    """Its files are the keepers' wherever they lie, also those that come and go in another's folder."""
    for folder in ("ada", "grace"):
        repo.write(f"content/blogs/{folder}/terms.yaml", "text: none\n")
    repo.commit("ada")
    (repo.folder / "content/blogs/grace/terms.yaml").unlink()
    repo.commit("ada", "take it away")
    assert repo.refused() == ["content/blogs/ada/terms.yaml", "content/blogs/grace/terms.yaml"]
    assert not repo.refused("kim-at-work")


def test_a_shared_place_beats_a_kind_that_reaches_as_far(installed: Path) -> None:
    """What keepers say of a place holds where it says more than the kind's own path."""
    from bylines.guard.declared_kinds import with_company_kinds

    declared = with_company_kinds(["ours.recipes.records"], ["/nowhere"])
    terms, shared = "content/blogs/ada/terms.yaml", (("content/blogs/ada", ("grace",)),)
    assert place_of(terms, Rules(declared=declared, shared=shared)).who == ("grace",)
    assert place_of(terms, Rules(declared=declared, shared=(("content", ("everybody",)),))).who == ("keepers",)
    assert place_of("blogs/ada/terms.yaml", Rules(declared=declared, content="")).who == ("keepers",)


@pytest.mark.parametrize(("cooks", "refused"), (("[grace]", True), ("[ada, grace]", False), ("[engines]", False)))
def test_a_text_in_a_shared_place_names_its_writer(installed: Path, tmp_path: Path, cooks: str, refused: bool) -> None:
    """A text of a company's kind that says who signs it is signed by its writer, or by a group of theirs."""
    repo = Repository(tmp_path, _SHARED)
    repo.write("content/recipes/pie.md", f"---\ncooks: {cooks}\n---\nWords.\n")
    repo.commit("ada")
    assert bool(repo.said()) is refused
    assert not refused or "cooks names grace, and ada@corp.example is not among them" in repo.said()[0]


# Where a company's modules come from.


def test_kinds_never_come_from_the_repository(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Python would look into the repository, nothing is imported and nothing is judged."""
    repo.write("content/blogs/ada/new.md")
    repo.commit("ada")
    monkeypatch.syspath_prepend(str(repo.folder / "plugins"))
    with pytest.raises(SettingsError, match="which lies in it"):
        refusals(str(repo.folder), "main", "change")
    monkeypatch.undo()
    monkeypatch.chdir(repo.folder)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    with pytest.raises(SettingsError, match="the current folder, which lies in it"):
        refusals(".", "main", "change")


def test_kinds_never_come_from_another_checkout_of_the_repository(
    repo: Repository, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A branch may be checked out in more places than one."""
    other = tmp_path_factory.mktemp("other") / "tree"
    repo.git("worktree", "add", "-q", str(other), "main")
    monkeypatch.syspath_prepend(str(other))
    with pytest.raises(SettingsError, match="which lies in it"):
        refusals(str(repo.folder), "main", "change")


def test_kinds_that_a_link_leads_to_in_the_repository_are_refused(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link out of the installation into the repository is followed before anything is imported."""
    repo = Repository(tmp_path, f"{RULES}kinds: [linked.records]\n")
    (repo.folder / "linked").mkdir()
    (repo.folder / "linked/records.py").write_text("raise AssertionError('this was imported')\n")
    (installed / "linked").symlink_to(repo.folder / "linked")
    importlib.invalidate_caches()
    with pytest.raises(SettingsError, match="lies in the repository itself"):
        refusals(str(repo.folder), "main", "change")


@pytest.mark.parametrize(
    ("module", "text", "said"),
    (
        ("nowhere.records", None, "is not installed"),
        ("ours.nowhere", None, "is not installed"),
        ("ours.empty", "", "declares no kind"),
        ("ours.broken", "1 / 0\n", "cannot be imported: division by zero"),
    ),
)
def test_a_module_that_gives_no_kinds_stops_everything(
    installed: Path, tmp_path: Path, module: str, text: str | None, said: str
) -> None:
    """A kind that is not known would not be guarded."""
    if text is not None:
        (installed / f"{module.replace('.', '/')}.py").write_text(text)
        importlib.invalidate_caches()
    repo = Repository(tmp_path, f"{RULES}kinds: [{module}]\n")
    with pytest.raises(SettingsError, match=said):
        refusals(str(repo.folder), "main", "change")


@pytest.mark.parametrize("name", ("../ours", "ours/recipes", "ours.", "ours recipes", "ours;x", "é"))
def test_kinds_are_names_of_modules(name: str) -> None:
    """Nothing else is looked for."""
    with pytest.raises(SettingsError, match="is not the name of a module"):
        rules_from(f"kinds: ['{name}']\n")


def test_nothing_that_a_branch_names_is_imported(installed: Path, tmp_path: Path) -> None:
    """Rules of the change are read and not followed; those that would stop every later change are refused."""
    (installed / "ours/trap.py").write_text("raise AssertionError('this was imported')\n")
    importlib.invalidate_caches()
    repo = Repository(tmp_path)
    repo.write("writers.yaml", f"{RULES}kinds: [ours.trap]\n")
    repo.commit("kim")
    assert not repo.said()
    repo.write("writers.yaml", f"{RULES}kinds: [ours.trap, ours.nowhere]\n")
    repo.commit("kim")
    (found,) = repo.said()
    assert "ours.nowhere, which is not installed" in found
    assert "ours.trap" not in sys.modules


def test_the_guards_kinds_cost_little() -> None:
    """The records of capabilities bring nothing heavy with them: no Pelican, no site, no lists of names."""
    code = "import sys, bylines.guard; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {*done.stdout.split()}
    assert not loaded & {
        "pelican",
        "PIL",
        "jinja2",
        "tomllib",
        "bylines.personal_names",
        "bylines.settings.file",
    }
    assert "bylines.engine.feature" not in loaded
