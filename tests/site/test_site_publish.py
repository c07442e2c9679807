"""Putting a site on line: one swap, hard links, a way back, and nothing half done."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from l10n import project
from l10n.errors import InputError, UsageError
from l10n.site import BuiltSite, manifest, publish, rollback, verify, versions
from l10n.site.changes import Change, Edit, changes, edits


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is in the middle of opening a file of an older version."""
    monkeypatch.setattr(versions, "GRACE", 0.0)


@pytest.fixture
def press(tmp_path: Path) -> project.Project:
    return project.create(tmp_path / "press", name="Press", source_locale="fr", locales=("en",))


def _site(**words: str) -> BuiltSite:
    files = {"index.html": "front", "fr/index.html": "liste", "fr/un/index.html": "un"}
    return BuiltSite({path: data.encode() for path, data in sorted({**files, **words}.items())})


def _number(found: project.Project) -> str:
    return found.public.resolve().name


def _versions(found: project.Project) -> list[str]:
    return sorted(path.name for path in (found.state / "site").iterdir() if path.is_dir())


def test_the_first_publication_makes_the_link(press: project.Project) -> None:
    done = publish(press, _site())
    assert (done.version, done.written) == (1, True)
    assert done.changed == ("fr/index.html", "fr/un/index.html", "index.html")
    assert (press.public / "fr" / "un" / "index.html").read_text() == "un"
    assert press.public.readlink() == Path(".l10n/site/1")


def test_nothing_changed_makes_no_new_version(press: project.Project) -> None:
    publish(press, _site())
    again = publish(press, _site())
    assert (again.version, again.written, again.changed, again.removed) == (1, False, (), ())
    assert _versions(press) == ["1"]


def test_what_did_not_change_is_the_same_file_on_disk(press: project.Project) -> None:
    publish(press, _site())
    before = (press.public / "fr" / "index.html").stat().st_ino
    done = publish(press, _site(**{"fr/un/index.html": "deux"}))
    assert done.changed == ("fr/un/index.html",)
    assert (press.public / "fr" / "index.html").stat().st_ino == before
    assert (press.public / "fr" / "un" / "index.html").read_text() == "deux"
    assert (press.state / "site" / "1" / "fr" / "un" / "index.html").read_text() == "un"


def test_what_is_gone_is_gone_from_the_new_version_only(press: project.Project) -> None:
    publish(press, _site(**{"old/index.html": "x"}))
    done = publish(press, _site())
    assert done.removed == ("old/index.html",)
    assert not (press.public / "old").exists()
    assert (press.state / "site" / "1" / "old" / "index.html").exists()


@pytest.mark.usefixtures("hurried")
def test_the_live_version_and_four_before_it_are_kept(press: project.Project) -> None:
    for number in range(8):
        publish(press, _site(**{"index.html": str(number)}))
    assert _versions(press) == ["4", "5", "6", "7", "8"]
    assert _number(press) == "8"


def test_a_version_that_was_on_line_a_moment_ago_is_left_for_those_who_are_on_their_way_into_it(
    press: project.Project,
) -> None:
    for number in range(8):
        publish(press, _site(**{"index.html": str(number)}))
    rollback(press)
    publish(press, _site(**{"index.html": "new"}))
    assert _versions(press) == [str(number) for number in range(1, 10)]
    store = press.state / "site"
    for path in (*store.glob("*.sha256"), *store.glob("*.bad")):
        os.utime(path, (1, 1))
    publish(press, _site(**{"index.html": "newer"}))
    assert _versions(press) == ["10", "5", "6", "7", "9"]
    assert verify(press) == ()


def test_rolling_back_shows_the_version_before_and_publishing_goes_on_from_there(
    press: project.Project,
) -> None:
    for text in ("one", "two", "bad"):
        publish(press, _site(**{"index.html": text}))
    assert rollback(press).version == 2
    assert (press.public / "index.html").read_text() == "two"
    publish(press, _site(**{"index.html": "good"}))
    assert (press.public / "index.html").read_text() == "good"
    rollback(press)
    assert (press.public / "index.html").read_text() == "two"


def test_a_rollback_that_was_decided_before_somebody_published_is_refused(press: project.Project) -> None:
    for text in ("one", "two", "three"):
        publish(press, _site(**{"index.html": text}))
    with pytest.raises(UsageError, match="another version is on line"):
        rollback(press, only=(2, 1))
    assert (press.public / "index.html").read_text() == "three"
    assert rollback(press, only=(3, 2)).version == 2


def test_there_is_no_way_back_from_the_first_version(press: project.Project) -> None:
    with pytest.raises(UsageError, match="no earlier version"):
        rollback(press)
    publish(press, _site())
    with pytest.raises(UsageError, match="no earlier version"):
        rollback(press)


def test_a_project_can_be_moved(press: project.Project) -> None:
    publish(press, _site())
    moved = press.root.with_name("moved")
    press.root.rename(moved)
    assert (moved / "public" / "index.html").read_text() == "front"
    assert publish(project.load(moved), _site()).written is False


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_not_ours_is_never_replaced(press: project.Project, kind: str, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if kind == "folder":
        press.public.mkdir()
    elif kind == "file":
        press.public.write_text("mine")
    else:
        press.public.symlink_to(elsewhere)
    with pytest.raises(UsageError) as caught:
        publish(press, _site())
    assert caught.value.remedy
    assert caught.value.path == str(press.public)
    assert _versions(press) == []


def test_a_link_to_a_version_that_is_gone_is_replaced(press: project.Project) -> None:
    publish(press, _site())
    shutil.rmtree(press.state)
    assert publish(press, _site()).written
    assert (press.public / "index.html").read_text() == "front"


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "", "a//b", "."])
def test_a_path_outside_the_site_is_refused(press: project.Project, path: str) -> None:
    with pytest.raises(UsageError, match="no path inside a site"):
        publish(press, BuiltSite({path: b"x"}))
    assert not press.public.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_disk_that_refuses_is_said_so(press: project.Project) -> None:
    press.root.chmod(0o500)
    try:
        with pytest.raises(InputError, match="cannot be written"):
            publish(press, _site())
    finally:
        press.root.chmod(0o700)


def test_a_file_where_the_versions_go_is_said_so(press: project.Project) -> None:
    press.state.mkdir(exist_ok=True)
    (press.state / "site").write_text("in the way")
    with pytest.raises(InputError, match="cannot be written"):
        publish(press, _site())


@pytest.mark.usefixtures("hurried")
def test_a_new_version_in_the_place_of_the_oldest_holds_what_was_built_and_nothing_else(
    press: project.Project,
) -> None:
    for number in range(12):
        words = {f"n{number}/{index}/index.html": f"{number}" for index in range(number % 4)}
        built = _site(**{"index.html": str(number // 2), "fr/un/index.html": str(number % 3), **words})
        publish(press, built)
        seen = {
            path.relative_to(press.public).as_posix(): path.read_bytes()
            for path in press.public.rglob("*")
            if path.is_file()
        }
        assert seen == built.files
        assert all(any(path.iterdir()) for path in press.public.rglob("*") if path.is_dir())
        for kept in (press.state / "site").iterdir():
            if kept.is_dir():
                assert manifest.damages(kept, manifest.read(kept.parent, int(kept.name))) == ()


@pytest.mark.usefixtures("hurried")
def test_a_file_missing_in_the_oldest_version_is_there_in_the_new_one(press: project.Project) -> None:
    for number in range(5):
        publish(press, _site(**{"index.html": str(number)}))
    oldest = press.state / "site" / "1" / "fr" / "un"
    shutil.rmtree(oldest)
    publish(press, _site(**{"index.html": "new"}))
    assert verify(press) == ()


def test_the_manifest_is_read_by_sha256sum_and_says_what_was_damaged(press: project.Project) -> None:
    publish(press, _site())
    asked = ["sha256sum", "--check", "--quiet", str(press.state / "site" / "1.sha256")]
    assert subprocess.run(asked, cwd=press.public, check=False).returncode == 0
    assert verify(press) == ()
    page = press.public / "fr" / "index.html"
    page.chmod(0o644)
    page.write_text("defaced")
    (press.public / "index.html").unlink()
    (press.public / "shell.php").write_text("x")
    assert [(item.path, item.what) for item in verify(press)] == [
        ("fr/index.html", "changed"),
        ("index.html", "missing"),
        ("shell.php", "foreign"),
    ]
    assert publish(press, _site()).written is False
    assert publish(press, _site(), full=True).written
    assert verify(press) == ()


def test_only_a_site_that_is_on_line_can_be_verified(press: project.Project) -> None:
    with pytest.raises(UsageError, match="nothing is on line"):
        verify(press)


def test_what_will_change_is_told_in_pages_and_words(press: project.Project) -> None:
    front = "<!doctype html><title>Eau</title><script>let a;</script><p>L’eau est <b>bonne</b> ici.</p>"
    publish(press, _site(**{"index.html": front, "old.html": "x", "a.css": "p{}"}))
    built = _site(
        **{"index.html": front.replace("bonne", "très bonne"), "a.css": "b{}", "zh.html": "<p>水很好</p>"}
    )
    assert changes(press, built) == (
        Change("a.css", "changed"),
        Change("index.html", "changed", (Edit("", "très"),)),
        Change("old.html", "removed"),
        Change("zh.html", "added", (Edit("", "水很好"),)),
    )
    publish(press, built)
    assert changes(press, built) == ()


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("<p>Il paie 3,5 euros.</p>", "<p>Il paie 4,5 euros.</p>", "3,5", "4,5"),
        ("<p>水很好</p>", "<p>水不好</p>", "很", "不"),
        ("<p>a &amp; b</p>", "<p>a &lt; b</p>", "&", "<"),
        ("<p>one two</p>", "<p>one</p>", "two", ""),
        ("<p>صُحّح أمس</p>", "<p>أُلغي أمس</p>", "صُحّح", "أُلغي"),
        ("", "<p>2026年11月</p><h2>据<a href=x>报告</a>，有8个。</h2>", "", "2026年11月 据报告，有8个。"),
        ("", "<p>물이 <b>좋</b>다</p>", "", "물이 좋다"),
        ("<p>Oui</p>", "<p>Oui « <i>non</i> » !</p>", "", "« non » !"),
        ("<p>हिंदी में।</p>", "<p>हिन्दी में।</p>", "हिंदी", "हिन्दी"),
    ],
)
def test_an_edit_is_as_small_as_the_words_that_changed(old: str, new: str, gone: str, come: str) -> None:
    assert list(edits(old.encode(), new.encode())) == [Edit(gone, come)]
