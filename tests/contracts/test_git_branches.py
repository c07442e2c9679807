"""Git merges catalogues by our driver, and a branch that changes under a ledger is noticed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from l10n import catalogue as po
from l10n.errors import CatalogueError, L10nError, UsageError
from tests.git_support import HERE, THERE, Clone, Copy, git, make_project
from workflow import conflicts, people
from workflow import git as gits
from workflow.cli import main
from workflow.git import GitFailed, HeadMoved
from workflow.store import segment_id
from workflow.web import create_app

pytestmark = pytest.mark.usefixtures("our_git")
MANY = tuple(f"release-{number}" for number in range(8))


# The merge driver


def test_init_git_says_what_it_did_and_does_it_once(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    copy = clone("a")
    copy.git("config", "--unset", "merge.l10n.driver")
    assert main(["-C", str(copy.root), "sync"]) == 0
    assert "l10n init --git" in capsys.readouterr().err
    before = (copy.root / ".gitattributes").read_bytes()
    for _ in range(2):
        assert main(["-C", str(copy.root), "init", "--git"]) == 0
        assert "every other clone needs l10n init --git" in capsys.readouterr().err
    assert (copy.root / ".gitattributes").read_bytes() == before == b"locales/**/*.po merge=l10n\n"
    assert main(["-C", str(copy.root), "sync"]) == 0
    assert "init --git" not in capsys.readouterr().err


def test_init_git_keeps_the_lines_that_are_there(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "p")
    (tmp_path / "p" / ".gitattributes").write_bytes(b"*.png binary")
    assert main(["-q", "-C", str(tmp_path / "p"), "init", "--git", "--to", "es"]) == 0
    assert (tmp_path / "p" / ".gitattributes").read_bytes() == b"*.png binary\nlocales/**/*.po merge=l10n\n"
    assert (tmp_path / "p" / "l10n.toml").is_file()


def test_init_git_outside_git_starts_nothing(tmp_path: Path) -> None:
    assert main(["-q", "-C", str(tmp_path), "init", "--git"]) == 2
    assert list(tmp_path.iterdir()) == []


def test_git_itself_merges_by_entry_once_the_driver_is_there(clone: Clone) -> None:
    a = clone("a")
    a.git("switch", "--quiet", "--create", "other")
    a.decide(HERE, "Una frase aquí.")
    a.sync()
    a.git("switch", "--quiet", "main")
    a.sync(accept=True)
    a.decide(HERE, "Una oración aquí.")
    a.decide(THERE, "Otra allí.")
    a.sync()
    a.git("merge", "--quiet", "--no-edit", "other")
    entries = {entry.source: entry for entry in po.read(a.path()).live}
    assert entries[THERE].approved
    assert entries[HERE].fuzzy
    assert len(conflicts.conflicting_texts(entries[HERE].comment)) == 1


def test_a_side_that_cannot_be_read_is_left_to_git_with_its_markers(
    tmp_path: Path, clone: Clone, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = clone("a")
    base = copy.path().read_text("utf-8")
    paths = [tmp_path / name for name in ("base", "ours", "theirs")]
    for path, text in zip(paths, (base, f"{base}\nours\n", f"{base}\ntheirs\n"), strict=True):
        path.write_text(text, "utf-8")
    assert main(["merge-catalogue", *map(str, paths), "locales/es/x.po"]) == 2
    assert capsys.readouterr().err.startswith("locales/es/x.po: not merged entry by entry")
    assert "<<<<<<< ours\nours\n" in paths[1].read_text("utf-8")
    with pytest.raises(CatalogueError):
        po.read(paths[1])


# Another branch under a ledger that is open


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Copy]:
    """Eight releases, translated on the branch other and not on main."""
    make_project(tmp_path / "many", MANY)
    git(tmp_path / "many", "init", "--quiet", "--initial-branch=main")
    copy = Copy(tmp_path / "many")
    copy.git("add", "--all")
    copy.git("commit", "--quiet", "--message=start")
    copy.git("switch", "--quiet", "--create", "other")
    for name in MANY:
        copy.decide(HERE, f"Una frase en {name}.", release=name)
    copy.sync()
    yield copy
    copy.ledger.store.close()


def test_another_branch_is_not_taken_in_without_asking(many: Copy) -> None:
    many.git("switch", "--quiet", "main")
    with pytest.raises(HeadMoved, match="from other to main") as raised:
        many.ledger.settle()
    assert "git switch other" in raised.value.remedy
    assert "--accept-branch" in raised.value.remedy
    assert many.git("status", "--porcelain") == ""
    assert main(["-q", "-C", str(many.root), "sync"]) == 2


def test_nobody_decides_on_another_branch_by_mistake(many: Copy) -> None:
    many.git("switch", "--quiet", "main")
    with pytest.raises(HeadMoved):
        many.decide(THERE, "Otra allí.", release=MANY[0])
    assert many.git("status", "--porcelain") == ""


def test_going_back_needs_no_answer(many: Copy) -> None:
    many.git("switch", "--quiet", "main")
    with pytest.raises(HeadMoved):
        many.ledger.settle()
    many.git("switch", "--quiet", "other")
    many.ledger.settle()
    assert many.targets(MANY[0]) == {HERE: f"Una frase en {MANY[0]}."}


def test_an_accepted_branch_counts_and_the_other_one_keeps_its_own(many: Copy) -> None:
    many.git("switch", "--quiet", "main")
    many.sync(accept=True)
    assert many.targets(MANY[0]) == {}
    many.git("switch", "--quiet", "other")
    many.sync(accept=True)
    assert many.targets(MANY[0]) == {HERE: f"Una frase en {MANY[0]}."}


def test_the_desk_says_so_on_a_page(many: Copy) -> None:
    many.git("switch", "--quiet", "main")
    browser = TestClient(create_app(many.ledger), base_url="http://127.0.0.1", follow_redirects=False)
    token = people.sign_in_token(many.ledger.store, many.person("ana"), now=many.clock())
    assert browser.post(f"/sign-in/{token}").status_code == 303
    answer = browser.post(
        f"/releases/{MANY[0]}/es/{segment_id(('', THERE))}",
        data={"action": "save", "target": "Lo que escribí", "base": "", "note": ""},
    )
    assert answer.status_code == 500
    assert "HEAD moved from other to main" in answer.text
    assert "l10n sync --accept-branch" in answer.text
    assert "Lo que escribí" in answer.text


def test_a_handful_of_differences_comes_in_as_edits(clone: Clone) -> None:
    copy = clone("a")
    copy.git("switch", "--quiet", "--create", "other")
    copy.decide(HERE, "Una frase aquí.")
    copy.sync()
    copy.git("switch", "--quiet", "main")
    copy.ledger.settle()
    assert copy.targets() == {HERE: "Una frase aquí."}, "an old copy put back undoes nothing"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("place", ["clone", "worktree", "folder"])
def test_head_is_read_as_git_reads_it(clone: Clone, tmp_path: Path, place: str, *, packed: bool) -> None:
    copy = clone("a")
    root = copy.root
    if place == "worktree":
        root = tmp_path / "tree"
        copy.git("worktree", "add", "--quiet", "-b", "deep/er", str(root))
    elif place == "folder":
        root = copy.root / "releases"
    if packed:
        copy.git("pack-refs", "--all")
    watch = gits.watch(root, tmp_path / "state")
    assert watch
    now = watch.now()
    assert now
    assert now.commit == git(root, "rev-parse", "HEAD")
    assert now.branch == git(root, "symbolic-ref", "--short", "HEAD")
    watch.remember()
    assert watch.remembered() == now
    git(copy.root, "checkout", "--quiet", "--detach")
    found = watch.now()
    assert found
    assert found.commit == now.commit


def test_a_checkout_under_way_is_waited_for(clone: Clone, tmp_path: Path) -> None:
    copy = clone("a")
    lock = copy.root / ".git" / "index.lock"
    found = gits.watch(copy.root, tmp_path / "state")
    assert found
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            lock.unlink()

    lock.touch()
    assert type(found)(found.root, found.folder, found.common, found.kept, wait).moved() is None
    assert len(waits) == 3


def test_outside_git_nothing_is_watched(tmp_path: Path) -> None:
    make_project(tmp_path / "p")
    copy = Copy(tmp_path / "p")
    assert copy.ledger.watch is None
    copy.decide(HERE, "Una frase aquí.")
    with pytest.raises(UsageError, match="not in a git repository"):
        copy.sync()
    copy.ledger.store.close()


def test_looking_at_head_costs_no_process(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = clone("a")
    copy.decide(HERE, "Una frase aquí.")
    monkeypatch.setenv("PATH", os.devnull)
    text = copy.path().read_text("utf-8").replace("Una frase aquí.", "Una oración aquí.")
    copy.path().write_text(text, "utf-8")
    start = time.process_time()
    assert copy.ledger.watch
    for _ in range(100):
        copy.ledger.watch.moved()
    assert time.process_time() - start < 1
    assert copy.targets() == {HERE: "Una oración aquí."}


def test_git_that_is_not_installed_is_said_so(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = clone("a")
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(L10nError, match="git is not installed"):
        copy.sync()


def test_what_opens_a_remote_is_not_repeated(clone: Clone) -> None:
    copy = clone("a")
    copy.git("remote", "set-url", "origin", "file://bob:secret@/nowhere/at/all")
    with pytest.raises(GitFailed) as raised:
        copy.sync(pull=True)
    assert "secret" not in str(raised.value)
