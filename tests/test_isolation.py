"""What people write reads nothing outside of its folders, and what is private leaves no trace in any file that a build makes."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from tests.building import SmallSite, files_below
from tests.delivering import Delivery
from tests.projects import configure, run

_MAIL = "ada.private@lovelace.example"
_DRAFT = "Xylophonic-draft-marker"
_SECRET = "SECRET-OF-THE-MACHINE"


def _all_bytes(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, opened where it is packed."""
    found = files_below(folder)
    return {name: gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for name, data in found.items()}


def _private(site: SmallSite) -> None:
    site.person("ada", "Ada Lovelace", emails=f"[{_MAIL}]", bio="Engines.")
    site.post("ada/x.md", "Words.\n", topics="[a]")
    site.post(
        "ada/draft.md", f"{_DRAFT} is not for anybody yet.\n", title=f"{_DRAFT} title", status="draft", summary=_DRAFT
    )
    site.post("ada/later.md", f"{_DRAFT} comes in another year.\n", title=f"{_DRAFT} later", date="2099-01-01")
    site.write("content/blogs/ada/with-files/index.md", f"---\ntitle: {_DRAFT}\ndate: 2026-01-02\nstatus: draft\n---\n")
    site.write("content/blogs/ada/with-files/notes.txt", _DRAFT)


def test_neither_addresses_nor_drafts_are_in_outputs_deltas_or_what_is_said(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    configure(site)
    site.write("pelicanconf.py", (tmp_path / "pelicanconf.py").read_text() + "BYLINES_SEARCH = True\n")
    _private(site)
    for command in (["build"], ["build", "--json"], ["build", "--delta", "delta"], ["build", "--verify"]):
        done = run(tmp_path, *command)
        assert done.returncode == 0, done.stderr
        for text in (done.stdout, done.stderr):
            assert _MAIL not in text
            assert _DRAFT not in text
    for folder in ("output", "delta"):
        found = _all_bytes(tmp_path / folder)
        assert len(found) > 3
        for name, data in found.items():
            for marker in (_MAIL, _DRAFT):
                assert marker.encode() not in data and marker.lower().encode() not in data.lower(), (name, marker)
                assert marker.encode("utf-16-le") not in data, name


def test_the_store_holds_no_address_and_no_word_of_a_inputs(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    _private(site)
    site.remove("content/blogs/ada/later.md")  # a post that comes later is one
    site.write("content/pages/soon.md", f"---\ntitle: {_DRAFT}\nstatus: draft\nx_note: {_DRAFT}\n---\n{_DRAFT}\n")
    site.build()
    found = _all_bytes(tmp_path / "cache")
    assert any(b"Ada Lovelace" in data for data in found.values())  # so that a marker would be seen
    for name, data in found.items():
        assert _MAIL.encode() not in data, name
        assert _DRAFT.encode() not in data, name
    site.settings["BYLINES_DRAFTS"] = True
    site.build()
    assert f"{_DRAFT} title" in site.page("blogs/ada/draft/index.html"), "where drafts are shown they are whole"


@pytest.mark.parametrize("engine", ["bylines", "pelican"])
def test_nothing_outside_is_read_or_shown(tmp_path: Path, engine: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(_SECRET)
    site = SmallSite(tmp_path / "site", BYLINES_MARKDOWN=engine)
    site.person("ada", "Ada", photo="../../secret.txt")
    ways = [
        str(secret),
        "../../../../secret.txt",
        f"file://{secret}",
        "{static}/../../secret.txt",
        "|static|/../../secret.txt",
    ]
    ways += [
        "{include}" + str(secret),
        "%2e%2e/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "..\\..\\..\\..\\secret.txt",
        f"{secret}\0.png",
    ]
    body = "\n\n".join(
        f"[a]({way}) ![b]({way}) <img src='{way}'> {{% include '{way}' %}} {{{{ {way} }}}} [[{way}]]" for way in ways
    )
    site.post("ada/x/index.md", body + f"\n\n--8<-- '{secret}'\n\n!include {secret}\n\n:::include {secret}\n")
    for number, way in enumerate(ways[:-1]):
        site.post(
            f"ada/y{number}.md",
            "x\n",
            image=f"'{way}'",
            aliases=f"['{way}']",
            slug=f"'{way}'",
            translation_of=f"'{way}'",
        )
    site.write("content/blogs/ada/z.rst", _RST.format(path=secret))
    os.symlink(secret, tmp_path / "site/content/blogs/ada/x/link.txt")
    os.symlink(tmp_path, tmp_path / "site/content/blogs/ada/folder")
    os.symlink(secret, tmp_path / "site/authors/bea.yaml")
    before = {path for path in tmp_path.rglob("*") if "site" not in path.parts}
    result = site.build()
    assert result.problems
    for folder in ("output", "cache"):
        for name, data in _all_bytes(tmp_path / "site" / folder).items():
            assert _SECRET.encode() not in data, name
    assert not any(_SECRET in str(problem) for problem in result.problems)
    assert {path for path in tmp_path.rglob("*") if "site" not in path.parts} == before


_RST = """A title
=======

:date: 2026-01-02

.. include:: {path}

.. raw:: html
   :file: {path}

.. raw:: html

   <script>alert(1)</script>

.. csv-table:: x
   :file: {path}

.. literalinclude:: {path}

.. code:: python
   :include: {path}

.. figure:: {path}

words
"""


@pytest.mark.parametrize(
    "name", ["con", "nul.txt", "a\\b", "..", "../x", "/etc", "x/../../y", ".hidden", "a\x00b", "a" * 300]
)
def test_no_slug_or_alias_leads_out_of_the_output(site: SmallSite, name: str) -> None:
    quoted = name.replace("\\", "\\\\").replace("\x00", "\\0")
    site.post("ada/x.md", slug=f'"{quoted}"')
    site.post("ada/y.md", aliases=f'["/{quoted}/", "{quoted}"]')
    site.build()
    outside = {path.name for path in site.folder.iterdir()}
    assert outside <= {"output", "cache", "content", "authors", ".output.lock", ".output.written", ".output.stage"}
    assert not [path for path in site.built() if ".." in path.split("/") or "\\" in path or "\x00" in path]


def test_a_delta_names_nothing_outside(site: SmallSite) -> None:
    site.post("ada/x.md", aliases="['/../../x/', '/a/../../b/']")
    delivery = Delivery(site)
    delivery.build()
    assert not [path for path in files_below(delivery.folder) if ".." in path.split("/")]
