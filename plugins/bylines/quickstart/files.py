"""Creates the files of a content repository from the answers. Reads only templates that come with the package."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import uuid
import zoneinfo
from collections.abc import Mapping
from typing import Any

from bylines.engine.kinds import kinds_of
from bylines.quickstart.answers import Answers
from bylines.schema import front_matter, issue_forms, json_schema, written
from bylines.settings import FEATURES

_HERE = os.path.dirname(os.path.abspath(__file__))
# Each file's path, and its source beside this module. Fields in it are filled in if its name ends in `.in`.
_EVERYWHERE = {
    "README.md": "files/README.md.in",
    "Makefile": "files/Makefile",
    ".gitignore": "files/gitignore",
    "requirements.txt": "files/requirements.txt.in",
    "pelicanconf.py": "files/pelicanconf.py.in",
    "publishconf.py": "files/publishconf.py.in",
    "writers.yaml": "files/writers.yaml.in",
    "authors/{keeper}.yaml": "files/profile.yaml.in",
    "content/blogs/{keeper}/this-is-where-we-write.md": "files/hello.md.in",
    "content/pages/about.md": "files/about.md.in",
    "content/pages/guidelines.md": "files/guidelines.md.in",
}
_GITHUB = {
    ".github/workflows/publish.yml": "ci/publish.github.yml",
    ".github/workflows/check.yml": "ci/check.github.yml",
    ".github/workflows/guard.yml": "github/workflows/guard.yml",
    ".github/ISSUE_TEMPLATE/config.yml": "github/ISSUE_TEMPLATE/config.yml",
    ".github/ISSUE_TEMPLATE/help.yml": "github/ISSUE_TEMPLATE/help.yml",
    ".github/pull_request_template.md": "github/pull_request_template.md",
}
_GITLAB = {
    ".gitlab-ci.yml": "ci/publish.gitlab-ci.yml",
    ".gitlab/issue_templates/Help.md": "gitlab/issue_templates/Help.md",
    ".gitlab/merge_request_templates/Default.md": "gitlab/merge_request_templates/Default.md",
}
_OF_HOST = {"github": _GITHUB, "gitlab": _GITLAB}
# Some files also serve Bylines' own repository. Replaces the docs they mention by those in a content repository.
_SAID_HERE = {"docs/employee.md": "README.md"}
_OF_BYLINES = re.compile(r"(?<![\w/])docs/(?:keeper|security)\.md")
_FILLED = ".in"


def files_for(answers: Answers, bylines: str, now: dt.datetime) -> dict[str, str]:
    """Returns each file's path and text. `bylines` is pip's requirement for it; `now` must have a time zone."""
    values = _values(answers, bylines, now)
    places = {**_EVERYWHERE, **_OF_HOST[answers.host]}
    made = {place.format(keeper=answers.keeper): _made(name, values) for place, name in places.items()}
    return made | _from_kinds(answers.host)


def _from_kinds(host: str) -> dict[str, str]:
    """Return what follows from the kinds of files: forms of the git host, and what editors know."""
    kinds = kinds_of(FEATURES).kinds
    forms = issue_forms.forms(kinds, guide="README.md")
    forms = {path: text for path, text in forms.items() if path.startswith(f".{host}/")}
    editors = {written.EDITOR: json_schema.editor_settings(kinds), front_matter.PATH: front_matter.settings(kinds)}
    return forms | editors | json_schema.schemas(kinds)


def _values(answers: Answers, bylines: str, now: dt.datetime) -> dict[str, Any]:
    local = now.astimezone(zoneinfo.ZoneInfo(answers.timezone))
    return {
        **answers._asdict(),
        "bylines": bylines,
        "now": local.strftime("%Y-%m-%d %H:%M"),
        "tag": answers.tag(local.date()),
        "source_url": answers.source_url(),
        "example_source_url": answers.source_url("https://git.example/blogs"),
        "english": answers.lang.split("-")[0] == "en",
        "id": uuid.uuid4().urn,
    }


def _made(name: str, values: Mapping[str, Any]) -> str:
    with open(os.path.join(_HERE, name), encoding="utf-8") as file:
        text = file.read()
    return _filled(text, values) if name.endswith(_FILLED) else _moved(text)


def _moved(text: str) -> str:
    for there, here in _SAID_HERE.items():
        text = text.replace(there, here)
    return _OF_BYLINES.sub(lambda found: f"Bylines' {found[0]}", text)


def _filled(text: str, values: Mapping[str, Any]) -> str:
    """Fills in the fields of a template. The filters `python`, `yaml` and `text` escape a value for Python, YAML and Markdown."""
    import jinja2

    environment = jinja2.Environment(  # these files are not HTML, so nothing is escaped automatically
        autoescape=False, undefined=jinja2.StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    environment.filters.update(python=_python, yaml=_yaml, text=_plain)
    return environment.from_string(text).render(values)


def _python(value: str) -> str:
    """Return a text as a Python string in double quotes."""
    return json.dumps(value, ensure_ascii=False)


def _yaml(value: str) -> str:
    """Return a text as a YAML string in double quotes, which is written as in JSON."""
    return json.dumps(value, ensure_ascii=False)


def _plain(value: str) -> str:
    """Escapes a text for Markdown."""
    return re.sub(r"([\\`*_\[\]<>#&~|@$])", r"\\\1", value)
