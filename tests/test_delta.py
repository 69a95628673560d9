"""`build --delta`: what is to be uploaded and deleted; applied to what is served it gives the clean build."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bylines.__main__ import main
from bylines.engine.publish import manifest
from bylines.engine.publish.delta import check
from bylines.problems import BuildError, OutputError
from tests.building import NOW, ROOT, SmallSite, clock, files_below
from tests.delivering import Delivery, apply, contents, deletes, uploads
from tests.projects import configure, run, started


@pytest.fixture
def delivery(site: SmallSite) -> Delivery:
    """A site of a few posts, all of it published."""
    site.settings |= {"BYLINES_PAGE_SIZE": 2, "STATIC_PATHS": ["images"]}
    for number in range(5):
        site.post(f"ada/x{number}.md", date=f"2026-01-0{number + 1}", topics="[tides]")
    site.person("grace", "Grace Hopper")
    site.post("grace/y.md")
    found = Delivery(site)
    found.publish()
    return found


def clean(site: SmallSite) -> dict[str, bytes]:
    for name in ("clean", "clean-cache"):
        shutil.rmtree(site.folder / name, ignore_errors=True)
    site.build("clean", "clean-cache")
    return site.built("clean")


def is_served(delivery: Delivery) -> bool:
    return files_below(delivery.served) == clean(delivery.site)


def test_the_first_delta_is_complete_and_says_so(site: SmallSite) -> None:
    site.post("ada/x.md")
    delivery = Delivery(site)
    result = delivery.build()
    assert files_below(delivery.folder / "files") == clean(site)
    assert contents(delivery.folder).complete
    assert any("is not there: this delta has every file" in note for note in result.notes)
    assert not (site.folder / "output").exists()


def test_a_delta_with_nothing_changed_is_empty(delivery: Delivery) -> None:
    before = delivery.manifest.read_bytes()
    result = delivery.build()
    found = contents(delivery.folder)
    assert (found.files, found.deleted, found.complete, found.base) == (0, 0, False, found.to)
    assert (uploads(delivery.folder), deletes(delivery.folder), result.notes) == ([], [], ())
    delivery.confirm()
    assert delivery.manifest.read_bytes() == before


def test_a_word_in_a_post_is_one_page_and_a_few_feeds(delivery: Delivery) -> None:
    delivery.site.post("ada/x1.md", "Other words.\n", date="2026-01-02", topics="[tides]")
    result = delivery.publish()
    assert is_served(delivery)
    assert "blogs/ada/x1/index.html" in uploads(delivery.folder)
    assert len(uploads(delivery.folder)) < 14
    assert result.delta is not None
    assert result.delta.files == len(uploads(delivery.folder)) == result.written
    assert result.delta.bytes == sum(map(len, files_below(delivery.folder / "files").values()))
    listed = [line.split(" ", 1)[1] for line in (delivery.folder / "manifest.txt").read_text().split("\n")[:-1]]
    assert listed == uploads(delivery.folder)


def _rename(site: SmallSite) -> None:
    (site.folder / "content/blogs/ada/x1.md").rename(site.folder / "content/blogs/ada/z.md")


def _retheme(site: SmallSite) -> None:
    shutil.copytree(ROOT / "theme", site.folder / "theme", dirs_exist_ok=True)
    file = site.folder / "theme/templates/base.html"
    file.write_text(file.read_text() + "<!-- another -->\n")


def _pass_time(site: SmallSite) -> None:
    site.now += 30 * 86400


EDITS = {
    "a new post": lambda site: site.post("ada/new.md", topics="[new]"),
    "a post that goes": lambda site: site.remove("content/blogs/ada/x2.md"),
    "a post with another name": _rename,
    "a blog that goes": lambda site: site.remove("content/blogs/grace"),
    "a person with another name": lambda site: site.person("ada", "Ada King"),
    "a template": _retheme,
    "a setting": lambda site: site.settings.update(SITENAME="Another"),
    "another address": lambda site: site.settings.update(SITEURL="https://other.example"),
    "a post of the future": _pass_time,
}


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("lost", ["nothing", "store", "manifest", "both"])
def test_a_delta_applied_to_what_is_served_is_the_clean_build(delivery: Delivery, name: str, lost: str) -> None:
    site = delivery.site
    site.post("ada/later.md", date="2026-10-01")
    delivery.publish()
    EDITS[name](site)
    if lost in ("store", "both"):
        for file in (site.folder / "cache").glob("*.sqlite*"):
            file.unlink()
    if lost in ("manifest", "both"):
        delivery.manifest.unlink()
    result = delivery.publish()
    assert is_served(delivery)
    assert result.delta is not None
    assert result.delta.complete == (lost in ("manifest", "both") or name == "another address")
    notes = [note for note in result.notes if "later.md will be published by" not in note]
    assert bool(notes) == result.delta.complete
    assert delivery.build().changed == ()


def test_where_the_store_is_lost_only_what_differs_is_uploaded(delivery: Delivery) -> None:
    shutil.copytree(delivery.site.folder / "cache", delivery.site.folder / "kept")
    delivery.site.post("ada/x1.md", "Other words.\n", date="2026-01-02", topics="[tides]")
    delivery.build()
    with_store = uploads(delivery.folder)
    shutil.rmtree(delivery.site.folder / "cache")
    (delivery.site.folder / "kept").rename(delivery.site.folder / "cache")
    for file in (delivery.site.folder / "cache").glob("*.sqlite*"):
        file.unlink()
    result = delivery.build()
    assert uploads(delivery.folder) == with_store
    assert result.rendered == result.pages


def test_the_manifest_is_not_read_where_the_store_knows_what_is_served(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr(manifest, "read", never)
    for number in range(3):
        delivery.site.post("ada/x1.md", f"Words {number}.\n", date="2026-01-02", topics="[tides]")
        delivery.publish()
    assert is_served(delivery)


def test_a_delta_that_was_not_uploaded_is_in_the_next_one(delivery: Delivery) -> None:
    delivery.site.post("ada/x1.md", "Other words.\n", date="2026-01-02", topics="[tides]")
    delivery.build()
    delivery.site.post("grace/z.md")
    delivery.publish()
    assert is_served(delivery)


def test_an_upload_that_broke_off_is_put_right_although_the_edit_was_taken_back(delivery: Delivery) -> None:
    site = delivery.site
    file = site.folder / "content/blogs/ada/x1.md"
    before = file.read_bytes()
    site.post("ada/x1.md", "Half published.\n", date="2026-01-02", topics="[tides]")
    site.post("ada/new.md")
    delivery.build()
    left = iter(range(100))
    apply(delivery.folder, delivery.served, lambda: next(left) < 4)
    file.write_bytes(before)
    site.remove("content/blogs/ada/new.md")
    delivery.publish()
    assert is_served(delivery)
    assert delivery.build().changed == ()


def test_only_the_delta_that_was_built_last_is_confirmed(delivery: Delivery) -> None:
    site = delivery.site
    site.post("ada/x1.md", "First.\n", date="2026-01-02", topics="[tides]")
    delivery.build()
    late = site.folder / "late"
    shutil.copytree(delivery.folder, late)
    site.post("ada/x1.md", "Second.\n", date="2026-01-02", topics="[tides]")
    delivery.publish()
    with pytest.raises(OutputError, match="is not the delta that was built last"):
        check(site.site(), str(late), str(delivery.manifest))
    assert check(site.site(), str(delivery.folder), str(delivery.manifest)) == contents(delivery.folder)
    apply(late, delivery.served)
    with pytest.raises(OutputError, match="build again"):
        delivery.confirm(late)
    with pytest.raises(OutputError, match="build again"):
        delivery.confirm(late)
    assert not is_served(delivery)
    delivery.publish()
    assert is_served(delivery)


def test_a_complete_delta_that_comes_late_is_noticed(delivery: Delivery) -> None:
    site = delivery.site
    delivery.manifest.unlink()
    delivery.build()
    late = site.folder / "late"
    shutil.copytree(delivery.folder, late)
    site.post("ada/new.md")
    delivery.publish()
    apply(late, delivery.served)
    with pytest.raises(OutputError, match="build again"):
        delivery.confirm(late)
    result = delivery.publish()
    assert is_served(delivery)
    assert result.delta is not None
    assert result.delta.complete


def test_to_confirm_twice_does_no_harm(delivery: Delivery) -> None:
    delivery.site.post("ada/new.md")
    delivery.publish()
    before = delivery.manifest.read_bytes()
    delivery.confirm()
    assert delivery.manifest.read_bytes() == before


@pytest.mark.parametrize("comes", ["a file", "a folder"])
def test_what_is_in_the_way_is_deleted_first(delivery: Delivery, comes: str) -> None:
    site = delivery.site
    names = {"a file": "content/images/pic", "a folder": "content/images/pic/deep/a.svg"}
    other = names["a folder" if comes == "a file" else "a file"]
    site.write(other, "<svg/>")
    delivery.publish()
    assert not contents(delivery.folder).delete_first
    site.remove("content/images/pic")
    site.write(names[comes], "<svg />")
    delivery.publish()
    assert contents(delivery.folder).delete_first
    assert is_served(delivery)


def test_builds_with_and_without_an_output_share_a_store(delivery: Delivery) -> None:
    site = delivery.site
    for number in range(3):
        site.post("ada/x1.md", f"Words {number}.\n", date="2026-01-02", topics="[tides]")
        site.build()
        assert site.built() == clean(site)
        site.post("grace/y.md", f"Words {number}.\n")
        delivery.publish()
        assert is_served(delivery)
    site.build()
    assert site.built() == clean(site)
    assert site.build().changed == ()


def test_verify_compares_with_all_that_is_served(delivery: Delivery) -> None:
    assert delivery.build(verify=True).changed == ()
    delivery.confirm()
    assert delivery.build().changed == ()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_a_damaged_manifest_is_noticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    file = str(tmp_path_factory.mktemp("manifest") / "m")
    manifest.begin(file, [f"+{'a' * 40} a/{n}.html" for n in range(3)], _mark("delta-1"))
    _add(file, ["?a/1.html", "?b"], _mark("delta-1", "delta-2"))
    _add(file, [f"+{'b' * 40} a/1.html", "-b"], _mark("delta-2"))
    whole = manifest.read(file, "site", "delta-2")
    assert whole.digests == {"a/0.html": "a" * 40, "a/1.html": "b" * 40, "a/2.html": "a" * 40}
    assert not whole.uncertain
    good = Path(file).read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    way = data.draw(st.sampled_from(("cut", "flip", "insert", "lose", "noise")))
    hurt = {
        "cut": good[:at],
        "flip": good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :],
        "insert": good[:at] + b"x" + good[at:],
        "lose": good[:at] + good[at + 1 :],
        "noise": good + b"noise",
    }[way]
    Path(file).write_bytes(hurt)
    for built in ("", "delta-2"):
        try:
            found = manifest.read(file, "site", built)
        except manifest.UnfitError:
            continue
        # What is believed has all of the last delta for uncertain; or it is a cut between two blocks, and no store to tell.
        assert found.uncertain == {"a/1.html", "b"} or found == whole or (not built and way in ("cut", "lose"))


def _mark(served: str, planned: str = "") -> manifest.Mark:
    return manifest.Mark(site="site", served=served, planned=planned, certain=not planned)


def _add(file: str, lines: list[str], mark: manifest.Mark) -> None:
    tail = manifest.tail(file)
    assert tail is not None
    manifest.add(file, tail.end, lines, mark)


@pytest.mark.parametrize("way", ["empty", "begin", "middle", "end", "another's", "no text", "a folder"])
@pytest.mark.parametrize("store", ["kept", "lost"])
def test_where_the_manifest_does_not_fit_everything_is_right_all_the_same(
    delivery: Delivery, way: str, store: str
) -> None:
    file = delivery.manifest
    good = file.read_bytes()
    half = len(good) // 2
    if way == "a folder":
        file.unlink()
        file.mkdir()
    else:
        hurt = {
            "empty": b"",
            "begin": b"x" + good[1:],
            "middle": good[:half] + b"\0" + good[half + 1 :],
            "end": good[:-9],
            "another's": good.replace(b'"site":"', b'"site":"0'),
            "no text": os.urandom(3000),
        }
        file.write_bytes(hurt[way])
    delivery.site.post("ada/new.md")
    if store == "lost":
        for found in (delivery.site.folder / "cache").glob("*.sqlite*"):
            found.unlink()
    if way == "a folder":
        with pytest.raises(OutputError, match="cannot be read"):
            delivery.build()
        file.rmdir()
    result = delivery.publish()
    assert result.delta is not None
    # A store that comes from what is served does not need the lines before the last.
    assert result.delta.complete == (store == "lost" or way not in ("begin", "middle"))
    assert bool(result.notes) == result.delta.complete
    assert is_served(delivery)
    assert delivery.build().changed == ()


def test_a_file_that_is_no_manifest_is_put_aside(delivery: Delivery) -> None:
    other = delivery.site.write("notes.txt", "Mine.\n")
    delivery.build(manifest=str(other))
    assert (other.parent / "notes.txt.unfit").read_text() == "Mine.\n"


def test_an_old_store_with_a_new_manifest_and_the_other_way_round(delivery: Delivery) -> None:
    site = delivery.site
    cache = site.folder / "cache"
    shutil.copytree(cache, site.folder / "old")
    site.post("ada/new.md")
    site.remove("content/blogs/ada/x3.md")
    delivery.publish()
    for file in (site.folder / "old").glob("*.sqlite*"):
        shutil.copy2(file, cache)
    site.remove("content/blogs/ada/new.md")
    delivery.publish()
    assert is_served(delivery)
    shutil.copy(site.folder / "old" / delivery.manifest.name, delivery.manifest)
    result = delivery.publish()
    assert result.delta is not None
    assert result.delta.complete
    assert is_served(delivery)


def test_a_manifest_is_written_anew_when_it_has_grown(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "_SLACK", 0)
    sizes = []
    for number in range(16):
        delivery.site.post("ada/x1.md", f"Words {number}.\n", date="2026-01-02", topics="[tides]")
        delivery.publish()
        sizes.append(delivery.manifest.stat().st_size)
    assert sizes != sorted(sizes)
    shutil.rmtree(delivery.site.folder / "clean", ignore_errors=True)
    for file in (delivery.site.folder / "cache").glob("*.sqlite*"):
        file.unlink()
    assert delivery.publish().changed == ()
    assert is_served(delivery)


@pytest.mark.parametrize(
    "place", ["content", "content/x", "authors", "output", "output/delta", "cache", ".", "..", ".git/x"]
)
def test_a_delta_does_not_stand_where_something_else_does(delivery: Delivery, place: str) -> None:
    delivery.folder = delivery.site.folder / place
    before = files_below(delivery.site.folder)
    with pytest.raises(OutputError, match="is no place for a delta"):
        delivery.build()
    assert files_below(delivery.site.folder) == before | {
        ".output.lock": (delivery.site.folder / ".output.lock").read_bytes()
    }


def test_a_theme_is_no_place_either(delivery: Delivery) -> None:
    delivery.folder = ROOT / "theme" / "delta"
    with pytest.raises(OutputError, match="is no place for a delta"):
        delivery.build()


def test_a_folder_of_other_files_is_left_alone(delivery: Delivery) -> None:
    delivery.folder = delivery.site.folder / "mine"
    delivery.site.write("mine/delta.json", "{}")
    delivery.site.write("mine/thesis.md", "Mine.")
    with pytest.raises(OutputError, match="has other files"):
        delivery.build()
    assert files_below(delivery.folder) == {"delta.json": b"{}", "thesis.md": b"Mine."}


def test_a_build_that_fails_leaves_the_delta_before_it(delivery: Delivery) -> None:
    delivery.site.post("ada/new.md")
    delivery.build()
    before = files_below(delivery.folder)
    shutil.copytree(ROOT / "theme", delivery.site.folder / "theme")
    template = delivery.site.folder / "theme/templates/base.html"
    good = template.read_text()
    template.write_text(good + "{{ nothing.at.all }}")
    with pytest.raises(BuildError, match="is undefined"):
        delivery.build()
    assert files_below(delivery.folder) == before
    template.write_text(good)
    delivery.publish()
    assert is_served(delivery)


@pytest.fixture
def project(site: SmallSite) -> SmallSite:
    """A site with a settings file, for the commands."""
    configure(site)
    site.post("ada/x.md")
    return site


def test_the_commands_say_what_there_is_to_do(project: SmallSite) -> None:
    folder = project.folder
    first = run(folder, "build", "--delta", "delta")
    assert first.returncode == 0, first.stderr
    assert first.stderr.startswith("note: the manifest of what is served (")
    assert "all there is: replace what is served by it" in first.stdout
    assert run(folder, "published", "delta", "--ask").returncode == 0
    assert run(folder, "published", "delta").returncode == 0
    project.remove("content/blogs/ada/x.md")
    project.post("ada/y.md")
    second = run(folder, "build", "--delta", "delta")
    count = len(uploads(folder / "delta"))
    assert f"s, in delta/: {count} files to upload (" in second.stdout
    assert second.stdout.endswith(f" kB), {len(deletes(folder / 'delta'))} to delete\n")
    assert second.stderr == ""
    third = json.loads(run(folder, "build", "--delta", "delta", "--json").stdout)
    assert third["delta"] == json.loads((folder / "delta/delta.json").read_text())
    assert third["delta"]["files"] == count
    confirmed = json.loads(run(folder, "published", "delta", "--json").stdout)
    assert confirmed["delta"] == third["delta"]


def test_the_commands_say_what_is_wrong_in_one_line(
    project: SmallSite, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project.folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    assert main(["build", "--delta", "delta"]) == 0
    (project.folder / "otherconf.py").write_text((project.folder / "pelicanconf.py").read_text())
    shutil.copytree(project.folder / "delta", project.folder / "damaged")
    project.write("damaged/delete.txt", "index.html\n")
    capfd.readouterr()
    for command, words in (
        (("build", "--delta", "content"), "is no place for a delta"),
        (("published", "nowhere"), "is no delta"),
        (("published", "delta", "--manifest", "nothing"), "is not the manifest"),
        (("published", "delta", "--settings", "otherconf.py"), "was built with other settings"),
        (("published", "damaged"), "are damaged; build the delta again"),
    ):
        assert main(list(command)) == 1
        said = capfd.readouterr().err
        assert words in said
        assert said.startswith("error: ")
        assert len(said.splitlines()) == 1
    with pytest.raises(SystemExit):
        main(["build", "--manifest", "x"])


def test_a_plugin_whose_files_a_delta_does_not_know_is_refused(project: SmallSite) -> None:
    conf = project.folder / "pelicanconf.py"
    project.write(
        "other.py",
        "from pelican import signals\nclass Own:\n    pass\ndef get(_):\n    return Own\n"
        "def register():\n    signals.get_generators.connect(get)\n",
    )
    conf.write_text(conf.read_text() + 'PLUGIN_PATHS = ["."]\nPLUGINS = ["bylines", "other"]\n')
    done = run(project.folder, "build", "--delta", "delta")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "build without --delta" in done.stderr


def _plays_killed(project: SmallSite, rounds: int, seed: int) -> None:
    """Builds that are killed at some moment, after which what lies there may be uploaded, or a part of it."""
    delivery = Delivery(project)
    folder = project.folder
    choose = random.Random(seed)
    delivery.publish()
    longest = 1.2
    delivery.site.settings |= {"TIMEZONE": "UTC", "STATIC_PATHS": []}
    for number in range(rounds):
        project.post("ada/x.md", f"Words {number}.\n")
        project.post(f"ada/new-{number % 2}.md") if number % 3 else (folder / "content/blogs/ada/new-1.md").unlink(True)
        process = started(folder, "build", "--delta", "delta")
        time.sleep(choose.uniform(longest / 3, longest))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if number % 2 and delivery.folder.exists():
            left = iter(range(choose.randint(0, 20)))
            apply(delivery.folder, delivery.served, lambda left=left: next(left, None) is not None)
        with clock(NOW):
            delivery.publish()
        assert is_served(delivery), (seed, number)


def test_after_a_delta_that_was_killed_the_next_one_is_right(project: SmallSite) -> None:
    _plays_killed(project, 3, 3)


@pytest.mark.long
def test_after_a_hundred_deltas_that_were_killed_the_next_ones_are_right(project: SmallSite) -> None:
    _plays_killed(project, 100, random.randrange(1 << 30))


def test_a_delta_that_is_killed_at_any_file_is_put_right_by_the_next(project: SmallSite) -> None:
    """Killed at the Nth thing that publishing does; whatever lies there is uploaded."""
    delivery = Delivery(project)
    project.settings |= {"TIMEZONE": "UTC", "STATIC_PATHS": []}
    project.now = NOW
    delivery.publish()
    for moment in range(10):
        project.post("ada/x.md", f"Words {moment}.\n")
        project.post("ada/new.md") if moment % 2 else (project.folder / "content/blogs/ada/new.md").unlink(True)
        pid = os.fork()
        if pid == 0:
            _build_and_die(delivery, moment)
        os.waitpid(pid, 0)
        if delivery.folder.exists() and moment % 3:
            apply(delivery.folder, delivery.served, lambda: random.random() < 0.9)
        delivery.publish()
        assert is_served(delivery), moment


def _build_and_die(delivery: Delivery, moment: int) -> None:
    import sys

    from bylines.engine.publish.delta import Delta

    left = [moment]

    def hook(event: str, _: object) -> None:
        if event in ("os.rename", "os.remove", "open", "os.truncate") and hook.on:  # type: ignore[attr-defined]
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    hook.on = False  # type: ignore[attr-defined]
    publishing = Delta.publish

    def counted(self: Delta, *arguments: object) -> str:
        hook.on = True  # type: ignore[attr-defined]
        return publishing(self, *arguments)  # type: ignore[arg-type]

    Delta.publish = counted  # type: ignore[assignment, method-assign]
    sys.addaudithook(hook)
    delivery.build()
    os._exit(0)
