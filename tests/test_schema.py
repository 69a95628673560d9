"""What is written from the kinds of files: what lies in the repository, what other programs take, and that its examples are true."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bylines.engine.kinds import kinds_of
from bylines.engine.read.document import Document
from bylines.engine.read.kind import Kind
from bylines.schema import example, front_matter, issue_forms, json_schema, keys_table, prompts, seeds, written
from bylines.settings import FEATURES
from tests.building import ROOT, SmallSite
from tests.projects import configure, run

KINDS = kinds_of(FEATURES).kinds
_EACH = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
_TAG = re.compile(r"<[^>]+>")


@pytest.mark.parametrize("path", [*written.files(KINDS), written.EDITOR])
def test_what_lies_in_the_repository_is_what_is_written(path: str) -> None:
    wanted = written.files(KINDS) | {written.EDITOR: json_schema.editor_settings(KINDS)}
    assert (ROOT / path).read_text() == wanted[path], "python -m bylines.schema"


def test_what_is_written_is_written_once_and_nobodys_settings_are_written_over(tmp_path: Path) -> None:
    (tmp_path / ".vscode").mkdir()
    (tmp_path / written.EDITOR).write_text("{}")
    assert written.write(str(tmp_path), KINDS) == list(written.files(KINDS))
    assert "README.md says how" in (tmp_path / ".github/ISSUE_TEMPLATE/post.yml").read_text(), "there is no other guide"
    assert written.write(str(tmp_path), KINDS) == []
    assert not written.begin_editor(str(tmp_path), KINDS)
    assert (tmp_path / written.EDITOR).read_text() == "{}"


@_EACH
def test_the_table_has_every_key_and_each_other_name_for_it(kind: Kind) -> None:
    section = keys_table.section(kind)
    for key, marker in example.keyset_of(kind).markers.items():
        (row,) = re.findall(rf"^\| `{key}` \|.*$", section, re.M)
        assert marker.about
        assert all(f"`{other}`" in row.rpartition(" | ")[2] for other in marker.also)


def test_no_other_page_has_a_table_of_keys() -> None:
    keys = {key for kind in KINDS for key in example.keyset_of(kind).names if len(key) > 4}
    for file in (ROOT / "docs").glob("*.md"):
        rows = {key for key in re.findall(r"^\| `(\w+)` \|", file.read_text(), re.M) if key in keys}
        assert file.name == "keys.md" or not rows, (file, rows)


@_EACH
def test_the_examples_are_read_without_a_message(kind: Kind) -> None:
    for text in (example.example_of(kind), example.example_of(kind, example.usual_keys(kind))):
        reading = example.read(kind, text)
        assert [str(problem) for problem in reading.problems] == []
        assert reading.record is not None


@_EACH
def test_a_page_shows_what_the_preview_says(kind: Kind, site: SmallSite) -> None:
    site.now = 1_796_000_000
    for handle in ("ada", "grace"):
        site.person(handle)
    site.post("grace/tides.md", topics="[Tides]")
    site.post("ada/engines.md", topics="[boats]")
    source = example.source_of(kind)
    if kind.name == "group":
        source = source.replace("/ada/", "/engine-room/")
    site.write(source, example.example_of(kind, example.usual_keys(kind)))
    assert [str(problem) for problem in site.build().problems] == []
    html = "".join(file.read_text() for file in (site.folder / "output").rglob("*.html"))
    pages = html + _TAG.sub("", html)  # a summary of what stands in no list is for search engines, in an attribute
    for line in example.preview_of(kind).splitlines():
        for word in line.lstrip("> ").replace("*", "").split(" · "):
            assert word in pages, word


def _shown(name: str) -> Any:
    import jsonschema

    schema = json.loads((ROOT / "schemas" / f"{name}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_a_repository_gets_the_forms_of_its_own_host(tmp_path: Path) -> None:
    (tmp_path / ".github").mkdir()
    changed = written.write(str(tmp_path), KINDS)
    assert any(path.startswith(".github/") for path in changed)
    assert not any(path.startswith(".gitlab/") for path in changed)


@pytest.mark.parametrize("kind", json_schema.in_yaml(KINDS), ids=lambda kind: kind.name)
def test_a_schema_takes_every_example_and_refuses_a_key_that_is_not_known(kind: Kind) -> None:
    validator = _shown(kind.name)
    for keys in (None, example.usual_keys(kind)):
        validator.validate(_plain(example.example_of(kind, keys)))
    text = next(key for key, marker in example.keyset_of(kind).markers.items() if marker.required)
    written_so = {text: 1984}
    validator.validate([written_so] if example.entries_of(kind) else written_so)
    wrong = example.example_of(kind).replace(f"{next(iter(example.keyset_of(kind).markers))}:", "nmae:", 1)
    assert not validator.is_valid(_plain(wrong))


def _plain(text: str) -> Any:
    """YAML as editors read it: a date is a text."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def test_check_jsonschema_takes_the_schemas_and_the_files_of_the_demo() -> None:
    for kind in json_schema.in_yaml(KINDS):
        schema = str(ROOT / json_schema.path_of(kind))
        files = sorted(map(str, ROOT.glob(re.sub(r"\{\w+\}", "*", kind.at.pattern))))
        assert files, kind
        for arguments in (["--check-metaschema", schema], ["--schemafile", schema, *files]):
            done = subprocess.run(
                [sys.executable, "-m", "check_jsonschema", *arguments], capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if issubclass(kind.record, Document)], ids=lambda kind: kind.name
)
def test_front_matter_knows_every_key_of_a_text(kind: Kind) -> None:
    settings = json.loads(front_matter.settings(KINDS))
    (found,) = [each for each in settings["frontMatter.taxonomy.contentTypes"] if each["name"] == kind.name]
    assert {field["name"] for field in found["fields"]} == set(kind.keyset.names)
    assert {field["type"] for field in found["fields"]} <= {
        "string", "number", "datetime", "boolean", "image", "choice", "tags", "list", "draft",
    }  # fmt: skip
    folders = {each["contentTypes"][0]: each["path"] for each in settings["frontMatter.content.pageFolders"]}
    assert (ROOT / folders[kind.name].removeprefix("[[workspace]]/")).is_dir()


def test_a_form_asks_in_fields_of_text_so_that_an_address_can_fill_them_in() -> None:
    for kind in KINDS:
        if kind.door:
            form = yaml.safe_load(issue_forms.for_github(kind))
            asked = [field for field in form["body"] if field["type"] not in ("markdown", "checkboxes")]
            assert {field["type"] for field in asked} <= {"input", "textarea"}
            assert {field["id"] for field in asked} >= set(kind.door.ask)


@_EACH
def test_what_a_command_begins_is_read_without_a_message(kind: Kind) -> None:
    answers = {key: marker.example for key, marker in prompts.asked(kind)}
    text = prompts.begun(kind, answers, "2026-11-12 07:40")
    reading = example.read(kind, text)
    assert reading.record is not None
    assert [str(problem) for problem in reading.problems] == []


def test_new_begins_a_file_of_any_kind(site: SmallSite) -> None:
    configure(site)
    site.person("ada")
    site.post("ada/x.md")
    given = ("--set", "title=The next boat?", "--set", "opens=2026-11-16", "--set", "closes=2026-12-01")
    done = run(site.folder, "new", "jam", *given)
    assert done.returncode == 0, done.stderr
    text = (site.folder / "content/jams/the-next-boat/jam.md").read_text()
    assert re.search('^title: "?The next boat[?]"?\nopens: "?2026-11-16"?\n', text, re.M)
    assert "\nstatus: draft\n" in text
    refused = run(site.folder, "new", "jam", *given)
    assert "is there already; nothing was changed" in refused.stderr
    assert "closes is missing" not in refused.stderr
    assert "--set closes=… is missing" in run(site.folder, "new", "jam", *given[:4]).stderr
    assert "jam has no key colour" in run(site.folder, "new", "jam", "--set", "colour=red").stderr
    assert "nothing here is called 'jma'" in run(site.folder, "new", "jma").stderr
    assert site.problems() == []


@_EACH
def test_the_seeds_hold_every_key_and_each_wrong_value_gets_a_message(kind: Kind) -> None:
    found = list(seeds.seeds_of(kind))
    assert example.read(kind, found[0].decode()).problems == ()
    usual = example.usual_keys(kind)
    for key, marker in example.keyset_of(kind).markers.items():
        wrong = example.example_of(kind, dict.fromkeys((*usual, key)), {key: marker.wrong})
        assert wrong.encode() in found
        assert example.read(kind, wrong).problems, (key, marker.wrong)
