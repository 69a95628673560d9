"""`check` on what changed: the build's own messages, few files read, in the formats of git hosts; and `--fix`."""

from __future__ import annotations

import io
import json
import random
import shutil
import string
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bylines import messages
from bylines.checking import changed, fixes
from bylines.checking.evaluate import judge
from bylines.checking.formats import FORMATS, Findings
from bylines.checking.secrets import find_secrets
from bylines.engine.read.dates import DateError, parse_moment, plainly
from bylines.features.posts.records import POST
from bylines.problems import ContentProblem
from bylines.settings.declared import TAG
from tests.building import ROOT, SmallSite
from tests.drawing import picture
from tests.projects import configure, run
from tests.test_incremental import git


@pytest.fixture
def repository(site: SmallSite) -> SmallSite:
    """A small site in a git repository, committed: Ada with three posts, Bob with one that links to one of them."""
    configure(site)
    site.person("bob")
    site.write("content/topics.yaml", "- name: Machine learning\n  synonyms: [ML]\n")
    for name in ("one", "two", "three"):
        site.post(f"ada/{name}.md", f"This is {name}.\n")
    site.post("bob/reader.md", "See [one](../ada/one.md).\n")
    git(site.folder, "init", "-q", "-b", "main")
    site.write(".gitignore", "__pycache__/\n")
    _commit(site)
    return site


def _commit(site: SmallSite) -> None:
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-q", "-m", "an edit")


def _said(site: SmallSite, *options: str) -> list[str]:
    done = run(site.folder, "check", *options)
    return [line for line in (done.stderr + done.stdout).splitlines() if line]


def test_nothing_changed_and_nothing_wrong(repository: SmallSite) -> None:
    done = run(repository.folder, "check")
    assert done.returncode == 0
    assert "nothing is wrong in 0 changed files" in done.stdout


def test_only_what_changed_is_judged_and_little_is_read(repository: SmallSite) -> None:
    repository.post("ada/old.md", "[x](nowhere.md)\n")
    _commit(repository)
    repository.post("bob/new.md", "[y](nowhere.md) [z](../ada/two.md) [w](/blogs/ada/three/)\n", date="2026-13-45")
    repository.post("bob/other.md", "[y](nowhere.md) [z](../ada/two.md) [w](/blogs/ada/three/) @ada @nobody\n")
    done = run(repository.folder, "check", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert [(each["path"], each["line"], each["code"]) for each in found["problems"]] == [
        ("content/blogs/bob/new.md", 3, "bad-date"),
        ("content/blogs/bob/other.md", 5, "unknown-mention"),
        ("content/blogs/bob/other.md", 5, "broken-link"),
    ]
    assert found["changed"] == 2
    assert found["read"] <= 8


def test_a_check_of_everything_that_changed_says_what_a_build_says(repository: SmallSite) -> None:
    repository.post("ada/Three.md", "Twins.\n")
    repository.post("ada/2026-01-05-two.md", "Twins by date.\n")
    repository.post("ada/draft.md", "[gone](gone.md) ![p](pic.png)\n", status="published", translation_of="nothing")
    repository.post("ada/joint.md", authors="[ada, nobody]", aliases="[/blogs/ada/three/]")
    repository.write("content/blogs/ada/note.docx", b"x")
    repository.write("content/blogs/ada/empty.md", "")
    repository.write("content/blogs/crew/blog.yaml", "title: Crew\nmembers: [ada, nobody]\n")
    repository.person("cyd", follows="[nobody]", photo="none.png", aliases="[/blogs/ada/, /blogs/ada/one/]")
    repository.write("content/blogs/sea/blog.yaml", "title: Sea\nmembers: [bob]\naliases: [/blogs/bob/]\n")
    built = set(repository.problems())
    assert len(built) > 6
    site = repository.site()
    judged = judge(site, changed.changed(site), git=True)
    assert set(map(str, judged.problems)) == built


def test_an_idea_is_judged_by_its_jam_and_a_jam_by_its_ideas(repository: SmallSite) -> None:
    def agree() -> int:
        site = repository.site()
        said = {str(problem) for problem in judge(site, changed.changed(site), git=True).problems}
        assert said == set(repository.problems())
        return len(said)

    jam = "---\ntitle: Harbour\nopens: {}\ncloses: 2026-02-01\nhosts: [bob]\n---\nWhat?\n"
    repository.write("content/jams/harbour/jam.md", jam.format("2026-01-01"))
    _commit(repository)
    repository.post("ada/idea.md", "[jam](/jams/harbour/)\n", jam="harbour", date="2026-01-02")
    assert agree() == 0
    _commit(repository)
    repository.write("content/jams/harbour/jam.md", jam.format("2026-01-03"))
    assert agree() == 1
    repository.remove("content/jams/harbour/jam.md")
    assert agree() == 2


def test_an_old_address_that_somebody_has_is_no_address_for_another(repository: SmallSite) -> None:
    repository.person("cyd", aliases="[/blogs/bob/, /blogs/ada/one/]")
    repository.write("content/blogs/sea/blog.yaml", "title: Sea\nmembers: [bob]\naliases: [/blogs/ada/]\n")
    said = {line.rpartition(" (")[0] for line in _said(repository) if "is taken by" in line}
    assert said == set(repository.problems())
    assert len(said) == 3


def test_a_link_to_an_alias_or_another_slug_far_away_is_no_fault(repository: SmallSite) -> None:
    repository.post("ada/renamed.md", slug="called-so", aliases="[/very/old/]")
    _commit(repository)
    repository.post("bob/links.md", "[a](/very/old/) [b](/blogs/ada/called-so/) [c](/very/new/)\n")
    assert [line for line in _said(repository) if "leads nowhere" in line] == [
        "content/blogs/bob/links.md:5: /very/new/ leads nowhere; mend the path, or add the file "
        "(published; the link leads nowhere)"
    ]


def test_whoever_links_to_a_post_that_goes_is_named(repository: SmallSite) -> None:
    repository.remove("content/blogs/ada/one.md")
    assert _said(repository)[0] == (
        "content/blogs/bob/reader.md:5: ../ada/one.md leads nowhere; mend the path, or add the file "
        "(published; the link leads nowhere)"
    )


def test_a_branch_is_compared_with_where_it_began(repository: SmallSite) -> None:
    git(repository.folder, "checkout", "-q", "-b", "work")
    repository.post("ada/work.md", "[x](nowhere.md)\n")
    _commit(repository)
    git(repository.folder, "checkout", "-q", "main")
    repository.post("ada/elsewhere.md", "[y](nowhere.md)\n")
    _commit(repository)
    git(repository.folder, "checkout", "-q", "work")
    for options in (("--base", "main"), ()):
        lines = _said(repository, *options)
        assert lines[0].startswith("content/blogs/ada/work.md:5:")
        assert "1 changed file (compared with main)" in lines[-1]


def test_a_check_of_a_branch_says_who_may_not_write_what(repository: SmallSite) -> None:
    repository.person("ada", "Ada Lovelace", emails="[ada@test.example]")
    repository.write("writers.yaml", "keepers: [bob]\n")
    _commit(repository)
    git(repository.folder, "checkout", "-q", "-b", "work")
    repository.post("ada/mine.md", "Fine.\n")
    _commit(repository)
    assert "nothing is wrong" in _said(repository, "--base", "main")[-1]
    repository.post("bob/not-mine.md", "Fine, but for where it stands.\n")
    _commit(repository)
    lines = _said(repository, "--base", "main")
    assert lines[0].startswith("content/blogs/bob/not-mine.md: ")
    assert lines[-2] == "1 problem in 1 file"


def test_what_is_staged_is_checked_as_it_is_staged(repository: SmallSite) -> None:
    file = repository.post("ada/new.md", "[x](nowhere.md)\n")
    git(repository.folder, "add", str(file))
    repository.post("ada/new.md", "Fine.\n")
    repository.post("ada/unstaged.md", "[y](nowhere.md)\n")
    lines = _said(repository, "--staged")
    assert lines[0].startswith("content/blogs/ada/new.md:5: nowhere.md leads nowhere; ")
    assert "1 changed file" in lines[-1]
    repository.post("ada/new.md", "[x](nowhere.md)\n")
    git(repository.folder, "add", "-A")
    repository.remove("content/blogs/ada/new.md")
    assert "2 problems" in "\n".join(_said(repository, "--staged"))


def test_a_commit_that_is_not_there_is_said(repository: SmallSite) -> None:
    done = run(repository.folder, "check", "--base", "nowhere")
    assert done.returncode == 1
    assert done.stderr.startswith("error: there is no commit nowhere in ")


def test_outside_git_the_whole_site_is_checked(site: SmallSite) -> None:
    configure(site)
    site.post("ada/x.md", "[x](nowhere.md)\n")
    assert _said(site)[0].startswith("content/blogs/ada/x.md:5: nowhere.md leads nowhere")
    assert _said(site, "--format", "github")[0].startswith(
        "::warning file=content/blogs/ada/x.md,line=5,title=broken-link::"
    )


@pytest.mark.parametrize("path", ["a\nb.md", "link.md", "folder.md/x.csv", "x\\y.md"])
def test_files_that_cannot_be_sources_are_said_as_a_build_says_them(repository: SmallSite, path: str) -> None:
    place = repository.folder / "content/blogs/ada" / path
    if path == "link.md":
        place.symlink_to("one.md")
    else:
        place.parent.mkdir(exist_ok=True)
        place.write_text("x")
    site = repository.site()
    assert set(map(str, judge(site, changed.changed(site), git=True).problems)) == set(repository.problems())


_FINDINGS = Findings(
    [
        ContentProblem(
            "content/a, b:c.md", 3, "x%y leads nowhere", "mend the path,\nor add the file", "warning", "broken-link"
        )
    ],
    1,
    2,
    "main",
)


def test_git_hosts_get_what_they_read() -> None:
    assert FORMATS["github"](_FINDINGS) == (
        "::warning file=content/a%2C b%3Ac.md,line=3,title=broken-link::x%25y leads nowhere; mend the path,%0Aor add the file "
        "(published; the link leads nowhere)"
    )
    (issue,) = json.loads(FORMATS["gitlab"](_FINDINGS))
    assert issue["check_name"] == "broken-link"
    assert issue["location"] == {"path": "content/a, b:c.md", "lines": {"begin": 3}}
    assert len(issue["fingerprint"]) == 64
    log: dict[str, Any] = json.loads(FORMATS["sarif"](_FINDINGS))
    (result,) = log["runs"][0]["results"]
    assert result["ruleId"] in {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "content/a%2C%20b%3Ac.md"


def test_each_message_is_known_by_its_code() -> None:
    for message in messages.own().values():
        values = dict.fromkeys(_fields(message.text + message.mend), "word")
        assert messages.find(message.problem("x.md", 1, **values).code) is message


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


_GITHUB = "ghp_" + "a1B2c3D4e5F6" * 3


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"the token {_GITHUB} works", "GitHub Token"), ("AKIA" + "IOSFODNN7ABCDEFQ", "AWS Access Key"),
        ("-----BEGIN RSA PRIVATE KEY-----", "Private Key"), ("https://ada:lovelace1@host.test/", "Basic Auth Credentials"),
        ('password = "hunter2abcQ"', "Secret Keyword"), ("glpat-" + "abcdefghij1234567890", "GitLab Token"),
    ],
)  # fmt: skip
def test_a_secret_is_found_before_it_is_public(line: str, kind: str) -> None:
    (problem,) = find_secrets(f"text\n{line}\n", "x.md", {})
    assert (problem.line, problem.code) == (2, "secret")
    assert kind in problem.message
    assert find_secrets(f"{line} <!-- pragma: allowlist secret -->", "x.md", {}) == []


@pytest.mark.parametrize(
    "line", ["Our password policy is short.", 'password = "changeme"', "token: ${TOKEN}", "secret santa"]
)
def test_words_about_secrets_are_none(line: str) -> None:
    assert find_secrets(line, "x.md", {}) == []


def test_secrets_and_personal_data_are_said_by_the_command(repository: SmallSite) -> None:
    with (repository.folder / "pelicanconf.py").open("a") as conf:
        conf.write("BYLINES_PERSONAL = {'a phone number': r'\\+\\d[\\d ]{8,}'}\n")
    repository.post("ada/new.md", f"{_GITHUB}\n\nCall +351 912 345 678.\n")
    lines = _said(repository)
    assert lines[0].startswith("content/blogs/ada/new.md:5: this looks like a secret (GitHub Token); take it out")
    assert lines[1].startswith("content/blogs/ada/new.md:7: this looks like a phone number; take it out")


def test_real_posts_have_hardly_any(shared: Path) -> None:
    posts = sorted((shared / "corpora").rglob("*.md"))[::4]
    named = [post for post in posts if find_secrets(post.read_text(errors="replace"), post.name, {})]
    assert len(named) <= len(posts) // 100


# What is mended, and what is left alone.


def test_what_has_one_right_answer_is_mended(repository: SmallSite) -> None:
    git(repository.folder, "mv", "content/blogs/ada/one.md", "content/blogs/ada/first.md")
    _commit(repository)
    text = "\ufeff---\r\ntitle: 'A: title' # mine\r\ndate: 25/12/2025 9:05\r\ntopics: [ml, tides]\r\n---\r\n[a](../ada/one.md#top)\r\n"
    file = repository.write("content/blogs/bob/new.md", text)
    file.chmod(0o640)
    lines = _said(repository, "--fix")
    assert "nothing is wrong" in lines[-1]
    assert file.read_bytes().decode() == (
        "---\ntitle: 'A: title' # mine\ndate: 2025-12-25 09:05\ntopics: [Machine learning, tides]\n"
        "id: tag:test.example,2026:blogs/bob/new\n---\n[a](../ada/first.md#top)\n"
    ).replace("tag:test.example,2026", repository.site().of(TAG))
    assert file.stat().st_mode & 0o777 == 0o640
    before = file.read_bytes()
    _said(repository, "--fix")
    assert file.read_bytes() == before, "a second time there is nothing to mend"


def test_a_person_is_found_however_a_name_is_spaced_and_put_together(repository: SmallSite) -> None:
    repository.person("zoe", "Zoe\u0308  Quay", sort_name="Quay, Zo\u00eb")
    _commit(repository)
    file = repository.post("bob/new.md", author="ZO\u00cb Quay")
    _said(repository, "--fix")
    assert "\nauthors: zoe\n" in file.read_text()


def test_a_renamed_post_keeps_the_id_that_feeds_know(repository: SmallSite) -> None:
    repository.build()
    git(repository.folder, "mv", "content/blogs/ada/two.md", "content/blogs/ada/second.md")
    _said(repository, "--fix")
    assert "blogs/ada/two\n" in (repository.folder / "content/blogs/ada/second.md").read_text()
    before = repository.page("blogs/ada/feed.atom")
    repository.build()
    ids = [part.partition("</id>")[0] for part in before.split("<id>")[1:]]
    assert all(found in repository.page("blogs/ada/feed.atom") for found in ids)


def test_a_picture_that_is_too_large_is_made_smaller(repository: SmallSite) -> None:
    with (repository.folder / "pelicanconf.py").open("a") as conf:
        conf.write("BYLINES_MAX_PICTURE = 800_000\n")
    noise = Image.effect_noise((3000, 900), 90).convert("RGB")
    packed = io.BytesIO()
    noise.save(packed, "JPEG", quality=30)
    large = repository.write("content/blogs/ada/three/pic.jpg", packed.getvalue())
    assert large.stat().st_size > 800_000
    small = repository.write("content/blogs/ada/three/small.png", picture(40, 30, "PNG"))
    before = small.read_bytes()
    lines = _said(repository, "--fix")
    assert small.read_bytes() == before
    assert large.stat().st_size <= 800_000
    with Image.open(large) as made:
        assert made.width == 2400
    assert any("the picture is 2400 × 720 pixels" in line for line in lines)


def test_code_and_ambiguous_dates_are_left_alone() -> None:
    facts = fixes.Facts({"ml": "Machine learning"}, "", lambda path: "there.md", kind=POST)
    text = "---\ndate: 04/05/2026\nmodified: 2026-05-04T09:30:00+02:00\n---\n```\n[a](gone.md)\n```\n[b](gone.md) [c](https://x.test/)\n"
    made = fixes.mend_text("content/blogs/ada/x.md", text.encode(), facts)
    assert made.data.decode() == text.replace("[b](gone.md)", "[b](there.md)")
    assert made.done == ("gone.md is there.md",)


@given(st.text())
def test_a_mend_is_made_once(text: str) -> None:
    facts = fixes.Facts({"ml": "Machine learning"}, "tag:x,2026:a", lambda path: "", kind=POST)
    once = fixes.mend_text("content/blogs/ada/x.md", text.encode("utf-8", "replace"), facts).data
    assert fixes.mend_text("content/blogs/ada/x.md", once, facts).data == once


@given(st.dates(), st.sampled_from(["%Y/%m/%d", "%Y.%m.%d", "%d %B %Y", "%b %d, %Y", "%Y%m%d"]))
def test_a_date_in_plain_form_is_the_same_day(day: Any, form: str) -> None:
    if 1000 <= day.year <= 2999:
        written = day.strftime(form)
        assert parse_moment(plainly(written), "UTC") == parse_moment(written, "UTC")


@pytest.mark.parametrize("text", ["04/05/2026", "yesterday", "13/13/2026", "31/02/2026", ""])
def test_a_date_that_may_be_two_is_not_guessed(text: str) -> None:
    with pytest.raises(DateError):
        plainly(text)


def test_the_hook_of_pre_commit_runs_here(repository: SmallSite) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    repository.post("ada/new.md", "[x](nowhere.md)\n")
    git(repository.folder, "add", "-A")
    command = [sys.executable, "-m", *hook["entry"].split()]
    done = subprocess.run(command, cwd=repository.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, "a link that leads nowhere keeps no text in"
    assert hook["verbose"], "or nobody would see what is said where nothing fails"
    assert "nowhere.md leads nowhere" in done.stderr
    repository.post("ada/new.md", title=None)
    git(repository.folder, "add", "-A")
    assert subprocess.run(command, cwd=repository.folder, capture_output=True, check=False).returncode == 1


def test_a_reader_who_has_had_enough_gets_no_traceback(repository: SmallSite) -> None:
    if shutil.which("bash") is None:
        pytest.skip("there is no bash on this machine, which alone tells how each part of a pipe ended")
    repository.post("ada/new.md", "[x](nowhere.md)\n")
    for command in (f"{sys.executable} -m bylines check --json", f"{sys.executable} -m invoke -r {ROOT} --list"):
        shell = ["bash", "-c", f"set -o pipefail; {command} | true"]
        done = subprocess.run(shell, cwd=repository.folder, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize("name", ["18f", "servicemesher"])
def test_each_post_of_a_corpus_is_judged_as_the_whole_build_judges_it(shared: Path, tmp_path: Path, name: str) -> None:
    for folder in ("content", "authors"):
        shutil.copytree(shared / "corpora" / name / folder, tmp_path / folder)
    site = SmallSite(tmp_path, BYLINES_DRAFTS=True, BYLINES_COVERS=False)
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "nothing yet")
    built = site.build().problems
    described = site.site()
    found = changed.changed(described)
    assert judge(described, found, {}, git=True).problems == built
    _commit(site)
    for source in random.Random(3).sample(found.there, 30):
        judged = judge(described, changed.Changed((source,), (), "nothing"), {}, git=True)
        said = tuple(problem for problem in judged.problems if problem.path == source)
        assert said == tuple(problem for problem in built if problem.path == source)
        assert judged.read < 12


def test_a_heading_that_goes_leaves_the_links_to_it_astray(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    site.post("ada/target.md", "## Brine\n\nText.\n")
    site.post("ada/links.md", "[a](target.md#brine) [b](/blogs/ada/target/#brine)\n")
    assert site.problems() == []
    site.post("ada/target.md", "## Salt\n\nText.\n")
    said = site.problems()
    assert [line.partition(" leads")[0] for line in said] == [
        "content/blogs/ada/links.md:5: /blogs/ada/target/#brine",
        "content/blogs/ada/links.md:5: target.md#brine",
    ]
    site.post("ada/target.md", "## Brine\n\nText.\n")
    assert site.problems() == []


def test_somebody_new_is_no_longer_a_mention_of_nobody(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    site.post("ada/x.md", "Thanks to @bob.\n")
    assert [problem.code for problem in site.build().problems] == ["unknown-mention"]
    site.person("bob")
    assert site.problems() == []
    site.remove("authors/bob.yaml")
    assert [problem.code for problem in site.build().problems] == ["unknown-mention"]


def test_a_name_is_judged_by_those_beside_it(repository: SmallSite) -> None:
    """By the texts of one name, the original of a translation, and people of the name."""
    repository.post("ada/2026-01-01-news.md", date=None)
    _commit(repository)
    repository.post(
        "ada/2026-02-01-news.md", "See [it](/blogs/ada/2026-02-01-news/) and [this](/blogs/ada/one.fi/).\n", date=None
    )
    repository.post("ada/one.fi.md")
    repository.person("bobby", "bob")
    said = [line.partition(";")[0] for line in _said(repository) if ": " in line]
    built = [problem.partition(";")[0] for problem in repository.problems()]
    assert sorted(said)[: len(built)] == sorted(built)
    assert len(built) == 3
