"""What docs/keeper.md says of setting up works when it is followed word for word, and names nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bylines.quickstart.answers import QUESTIONS
from bylines.quickstart.files import files_for
from tests.building import ROOT
from tests.test_quickstart import ANSWERS, BYLINES, NOW
from tools.keeper import GUIDE, follow, lacks, steps

SETUP = GUIDE.read_text().partition("\n## Set up\n")[2].partition("\n## ")[0]


def test_the_setup_is_short() -> None:
    commands = steps(GUIDE.read_text())
    assert len([command for command in commands if not command.startswith("cd ")]) <= 14
    assert commands[0].startswith("git clone ")
    assert commands[-1].startswith("git push ")


def test_every_answer_can_be_given_as_the_setup_says() -> None:
    assert [question.option for question in QUESTIONS if question.option not in SETUP] == []


def test_the_table_names_what_a_repository_holds() -> None:
    rows = SETUP.partition("| what lies in it")[2]
    named = {
        name.strip("/") for row in re.findall(r"^\| (`.*?) \|", rows, re.M) for name in re.findall(r"`(.+?)`", row)
    }
    held = {
        path.split("/")[0]
        for host in ("github", "gitlab")
        for path in files_for(ANSWERS._replace(host=host), BYLINES, NOW)
    }
    assert held - named == {".gitignore"}
    assert named - held == set()


def test_the_files_that_the_docs_link_to_are_there() -> None:
    linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", GUIDE.read_text())
    assert [link for link in linked if not (ROOT / "docs" / link).exists()] == []


@pytest.mark.long
def test_the_setup_leads_to_a_published_site(tmp_path: Path) -> None:
    done = follow(tmp_path)
    assert lacks(tmp_path) == []
    assert sum(took.seconds for took in done) < 900
