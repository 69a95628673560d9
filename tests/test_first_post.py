"""What docs/employee.md says works when it is followed word for word; the git hosts' forms are such as these take."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.building import ROOT
from tools.first_post import GUIDE, follow, published, steps

_FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
# https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
_KINDS = {
    "markdown": {"value"},
    "input": {"label"},
    "textarea": {"label"},
    "checkboxes": {"label", "options"},
    "dropdown": {"label", "options"},
}
_LABELS = re.compile(r"^/label ~(\S+)$", re.M)


def test_the_guide_is_short() -> None:
    commands = steps(GUIDE.read_text())
    assert len(commands) <= 12
    assert commands[0].startswith("git clone ")
    assert commands[-1] == "git push"


@pytest.mark.long
def test_the_guide_leads_to_a_post_on_the_site(tmp_path: Path) -> None:
    done = follow(tmp_path, Path(sys.prefix))
    assert published(tmp_path)
    assert sum(took.seconds for took in done) < 120, "without installing"


@pytest.mark.parametrize("file", _FORMS, ids=lambda file: file.stem)
def test_a_form_is_one_that_github_takes(file: Path) -> None:
    form: dict[str, Any] = yaml.safe_load(file.read_text())
    if file.stem == "config":
        assert form.keys() <= {"blank_issues_enabled", "contact_links"}
        return
    assert (
        {"name", "description", "body"}
        <= form.keys()
        <= {"name", "description", "title", "labels", "body", "assignees"}
    )
    ids = [field["id"] for field in form["body"] if "id" in field]
    assert len(ids) == len(set(ids))
    labels = [field["attributes"]["label"] for field in form["body"] if field["type"] != "markdown"]
    assert len(labels) == len(set(labels)) > 0, "GitHub refuses two fields with one label"
    for field in form["body"]:
        assert field.keys() <= {"type", "id", "attributes", "validations"}
        assert _KINDS[field["type"]] <= field["attributes"].keys()
        assert all(isinstance(value, str | list) for value in field["attributes"].values())


def test_both_hosts_ask_for_the_same() -> None:
    forms = {file.stem.title(): yaml.safe_load(file.read_text()) for file in _FORMS if file.stem != "config"}
    for name, form in forms.items():
        text = (ROOT / f".gitlab/issue_templates/{name}.md").read_text()
        assert _LABELS.findall(text) == form["labels"]
        asked = [field["attributes"]["label"] for field in form["body"] if field["type"] in ("input", "textarea")]
        assert [label for label in asked if f"**{label}" not in text] == []
    request = (ROOT / ".github/pull_request_template.md").read_text()
    assert (ROOT / ".gitlab/merge_request_templates/Default.md").read_text() == request


def test_the_post_to_paste_into_the_browser_is_published(tmp_path: Path) -> None:
    from tests.building import SmallSite

    section = GUIDE.read_text().partition("\n## In the browser")[2].partition("\n## ")[0]
    pasted = re.search(r"```markdown\n(.*?)```", section, re.S)
    profile = re.search(r"`(name: [^`]+)`", section)
    assert pasted
    assert profile
    site = SmallSite(tmp_path)
    site.now += 10_000_000
    site.write("authors/ada.yaml", profile[1])
    site.write("content/blogs/ada/my-first-post.md", pasted[1])
    assert site.problems() == []
    assert "The winch has a voice." in site.page("blogs/ada/my-first-post/index.html")
