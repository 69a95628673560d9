"""`check --fix` where the whole site is checked: asked for by `--all`, or since there is no git."""

from __future__ import annotations

from pathlib import Path

import pytest

from bylines.commands.check import CheckOptions, check
from tests.building import SmallSite
from tests.projects import configure


@pytest.mark.parametrize("everything", [True, False])
def test_the_whole_site_is_mended_where_the_whole_site_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], everything: bool
) -> None:
    site = SmallSite(tmp_path)
    configure(site)
    site.person("ada", role="Head of #1 team")
    file = site.write("content/blogs/ada/x.md", "---\nTitle: Foo: bar\ndate: 2026-01-02\n---\n[w](www.example.com)\n")
    plain = site.post("ada/plain.md").read_bytes()
    assert check(str(tmp_path / "pelicanconf.py"), options=CheckOptions(fix=True, all=everything)) == 0
    said = capsys.readouterr()
    assert "content/blogs/ada/x.md: Title is called title" in said.out
    assert "which is read as it was meant" not in said.out + said.err
    assert file.read_text() == '---\ntitle: "Foo: bar"\ndate: 2026-01-02\n---\n[w](https://www.example.com)\n'
    assert (tmp_path / "authors/ada.yaml").read_text() == 'name: Ada\nrole: "Head of #1 team"\n'
    assert (tmp_path / "content/blogs/ada/plain.md").read_bytes() == plain
