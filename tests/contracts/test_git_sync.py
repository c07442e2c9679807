"""Decisions travel through git: committed with their people, merged entry by entry, never lost."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from l10n.errors import InputError, UsageError
from l10n.model import State
from tests.git_support import HERE, LAST, THERE, TITLE, Clone, Copy, git, make_project
from workflow import conflicts, people
from workflow import git as gits
from workflow.cli import main
from workflow.git import GitFailed
from workflow.states import Action
from workflow.store import segment_id
from workflow.web import create_app

pytestmark = pytest.mark.usefixtures("our_git")


def status(root: Path, capsys: pytest.CaptureFixture[str]) -> object:
    capsys.readouterr()
    assert main(["-C", str(root), "status", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


# What a commit says


def test_the_person_who_decided_most_is_the_author_and_the_others_are_named(clone: Clone) -> None:
    copy = clone("a")
    copy.decide(HERE, "Una frase aquí.", by="ana@example.org")
    copy.decide(TITLE, "Un título", Action.SAVE, by="ana@example.org")
    copy.decide(TITLE, "Un título", by="ben")
    assert copy.sync()
    ben = copy.person("ben").id
    assert copy.git("log", "-1", "--format=%an <%ae>|%cn") == "Ana <ana@example.org>|The server"
    said = copy.git("log", "-1", "--format=%B")
    assert "bureau es: 2 segments" in said
    assert copy.git("log", "-1", "--format=%(trailers:key=Co-authored-by,valueonly)").strip() == (
        f"Ben <{ben}@users.noreply.invalid>"
    )


def test_a_message_of_ones_own_is_the_first_line(clone: Clone) -> None:
    copy = clone("a")
    copy.decide(HERE, "Una frase aquí.")
    copy.sync(message="For the summit")
    assert copy.git("log", "-1", "--format=%s") == "For the summit"


def test_a_second_sync_names_only_who_decided_since(clone: Clone) -> None:
    copy = clone("a")
    copy.decide(HERE, "Una frase aquí.", by="ana")
    copy.sync()
    copy.decide(HERE, "Una oración aquí.", by="ben")
    copy.sync()
    assert copy.git("log", "-1", "--format=%an") == "Ben"
    assert "Co-authored-by" not in copy.git("log", "-1", "--format=%B")


def test_a_name_that_tries_to_be_a_trailer_stays_a_name(clone: Clone) -> None:
    copy = clone("a")
    person = copy.person("eve")
    copy.ledger.store.save_person(
        type(person)(person.id, "eve", "Eve <root@x.org>\nSigned-off-by: Boss", person.roles)
    )
    copy.decide(HERE, "Una frase aquí.", by="eve")
    copy.sync()
    assert copy.git("log", "-1", "--format=%an|%ae") == (
        f"Eve root@x.org Signed-off-by: Boss|{person.id}@users.noreply.invalid"
    )


def test_only_what_the_project_owns_is_committed(clone: Clone) -> None:
    copy = clone("a")
    (copy.root / "notes.txt").write_text("mine", "utf-8")
    (copy.root / "locales" / "es" / "other.po").write_text("", "utf-8")
    (copy.root / "l10n.toml").write_text((copy.root / "l10n.toml").read_text("utf-8") + "\n", "utf-8")
    choices = copy.root / "releases" / "bureau" / "segmentation.es.toml"
    choices.write_text("# nothing chosen\n", "utf-8")
    copy.decide(HERE, "Una frase aquí.")
    copy.sync()
    assert copy.git("show", "--format=", "--name-only").split() == [
        "locales/es/LC_MESSAGES/bureau.po",
        "releases/bureau/segmentation.es.toml",
    ]
    copy.sync()
    assert copy.said == ["nothing to commit"]


def test_the_glossary_is_committed_with_what_was_decided_and_alone(clone: Clone) -> None:
    copy = clone("a")
    path = copy.root / "glossary" / "terms.csv"
    path.parent.mkdir(exist_ok=True)
    header = "source_locale,target_locale,source,target,status\n"
    path.write_text(header, "utf-8")
    copy.sync()
    assert copy.git("log", "-1", "--format=%s") == "The glossary"
    path.write_text(header + "fr,es,port,puerto,required\n", "utf-8")
    copy.decide(HERE, "Una frase aquí.")
    copy.sync()
    assert copy.git("log", "-1", "--format=%s").startswith("Translations: ")
    shown = copy.git("show", "--format=", "--name-only").split()
    assert shown == ["glossary/terms.csv", "locales/es/LC_MESSAGES/bureau.po"]
    copy.sync()
    assert copy.said == ["nothing to commit"]


def test_a_project_in_a_folder_of_a_larger_repository(tmp_path: Path) -> None:
    make_project(tmp_path / "all" / "press releases")
    git(tmp_path / "all", "init", "--quiet", "--initial-branch=main")
    (tmp_path / "all" / "beside.txt").write_text("beside", "utf-8")
    gits.install(tmp_path / "all" / "press releases")
    copy = Copy(tmp_path / "all" / "press releases")
    copy.decide(HERE, "Una frase aquí.")
    copy.sync()
    assert copy.git("ls-files") == "locales/es/LC_MESSAGES/bureau.po"
    git(tmp_path / "all", "add", "beside.txt")
    with pytest.raises(UsageError, match="beside"):
        copy.sync()


# Two machines


def test_what_was_decided_on_two_machines_is_on_both_in_the_end(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    a.decide(HERE, "Una frase aquí.", by="ana")
    b.decide(THERE, "Otra allí.", by="ben")
    assert a.sync(pull=True, push=True)
    assert b.sync(pull=True, push=True)
    assert a.sync(pull=True, push=True)
    assert a.targets() == b.targets() == {HERE: "Una frase aquí.", THERE: "Otra allí."}
    assert a.path().read_bytes() == b.path().read_bytes()
    assert b.entry(HERE).state is State.REVIEWED


def test_syncing_comes_to_rest(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    a.decide(HERE, "Una frase aquí.")
    b.decide(THERE, "Otra allí.")
    for copy in (a, b, a, b):
        copy.sync(pull=True, push=True)
    commits = a.git("rev-list", "--count", "HEAD")
    for copy in (a, b, a, b):
        copy.sync(pull=True, push=True)
    assert a.git("rev-list", "--count", "HEAD") == b.git("rev-list", "--count", "HEAD") == commits


def test_the_same_segment_decided_twice_is_a_question_with_both_texts(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    a.decide(HERE, "Una frase aquí.", by="ana")
    b.decide(HERE, "Una oración aquí.", by="ben")
    a.sync(pull=True, push=True)
    assert b.sync(pull=True, push=True)
    assert any("kept for the desk" in line for line in b.said)
    a.sync(pull=True, push=True)
    for copy in (a, b):
        entry = copy.entry(HERE)
        assert entry.fuzzy
        assert not entry.approved
        other = {one.target for one in conflicts.conflicting_texts(entry.comment)}
        assert {entry.target, *other} == {"Una frase aquí.", "Una oración aquí."}
        note = copy.ledger.store.history("bureau", "es", ("", HERE))[-1].note
        assert other.pop() in note


def test_the_desk_shows_both_texts_of_a_question(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    a.decide(HERE, "Una frase <aquí>.")
    b.decide(HERE, "Una oración <aquí>.")
    a.sync(push=True)
    b.sync(pull=True)
    browser = TestClient(create_app(b.ledger), base_url="http://127.0.0.1", follow_redirects=False)
    token = people.sign_in_token(b.ledger.store, b.person("ana"), now=b.clock())
    browser.post(f"/sign-in/{token}")
    shown = browser.get(f"/releases/bureau/es/{segment_id(('', HERE))}").text
    for text in ("Una frase &lt;aquí&gt;.", "Una oración &lt;aquí&gt;."):
        assert text in shown.partition('class="history"')[2].partition("</li>")[0]


def test_the_desk_asks_a_question_and_puts_the_chosen_text_into_the_field(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    a.decide(HERE, "Una frase aquí.")
    b.decide(HERE, "Una oración aquí.")
    a.sync(push=True)
    b.sync(pull=True)
    (other,) = conflicts.conflicting_texts(b.entry(HERE).comment)
    browser = TestClient(create_app(b.ledger), base_url="http://127.0.0.1", follow_redirects=False)
    token = people.sign_in_token(b.ledger.store, b.person("ana"), now=b.clock())
    browser.post(f"/sign-in/{token}")
    address = f"/releases/bureau/es/{segment_id(('', HERE))}"
    asked = LexborHTMLParser(browser.get(address).text)
    choices = asked.css('.notice [role="group"] a')
    assert [one.attributes["data-use"] for one in choices] == [b.entry(HERE).target, other.target]
    chosen = browser.get(f"{address}?use=o1")
    field = LexborHTMLParser(chosen.text).css_first('textarea[name="target"]')
    assert field is not None
    assert field.text() == other.target
    b.decide(HERE, other.target)
    assert "decided twice" not in browser.get(address).text


def test_an_answer_at_the_desk_ends_the_question_everywhere(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    a.decide(HERE, "Una frase aquí.")
    b.decide(HERE, "Una oración aquí.")
    a.sync(pull=True, push=True)
    b.sync(pull=True, push=True)
    b.decide(HERE, "Una frase por aquí.")
    b.sync(pull=True, push=True)
    a.sync(pull=True)
    for copy in (a, b):
        entry = copy.entry(HERE)
        assert (entry.target, entry.state, entry.fuzzy, entry.comment) == (
            "Una frase por aquí.",
            State.REVIEWED,
            False,
            "",
        )


def test_a_question_survives_a_text_that_stood_there_before(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    for copy in (a, b):
        for target in ("Una oración aquí.", "Una frase aquí."):
            copy.decide(HERE, target, Action.SEND_BACK, by="ana")
    a.decide(HERE, "Una frase aquí.")
    b.decide(HERE, "Una oración aquí.")
    a.sync(pull=True, push=True)
    b.sync(pull=True, push=True)
    a.sync(pull=True, push=True)
    for copy in (a, b):
        assert conflicts.conflicting_texts(copy.entry(HERE).comment)
        assert copy.entry(HERE).fuzzy


def test_a_question_is_taken_in_before_its_merge_is_committed(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    b.decide(HERE, "Una frase aquí.", Action.SEND_BACK)
    b.decide(HERE, "Una frase aquí.")
    a.decide(HERE, "Esa frase.")
    a.sync(push=True)
    b.sync()
    b.git("fetch", "--quiet")
    b.git("merge", "--quiet", "--no-commit", "origin/main")
    assert b.entry(HERE).fuzzy
    assert {one.target for one in conflicts.conflicting_texts(b.entry(HERE).comment)} == {"Esa frase."}


def test_a_person_elsewhere_may_go_back_to_an_earlier_text(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    for target in ("Una frase aquí.", "Una oración aquí."):
        a.decide(HERE, target)
        a.sync(push=True)
        b.sync(pull=True)
    b.decide(HERE, "Una frase aquí.")
    b.sync(push=True)
    a.sync(pull=True, push=True)
    b.sync(pull=True)
    assert a.targets() == b.targets() == {HERE: "Una frase aquí."}


def test_an_approval_elsewhere_of_the_same_text_comes_in(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    a.decide(HERE, "Una frase aquí.", Action.SAVE)
    a.sync(push=True)
    b.sync(pull=True)
    b.decide(HERE, "Una frase aquí.", by="ben")
    b.sync(push=True)
    a.sync(pull=True)
    assert a.entry(HERE).state is State.REVIEWED


def test_a_plain_git_pull_under_a_ledger_is_taken_in_as_what_it_is(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    for target in ("Una frase aquí.", "Una oración aquí.", "Una frase aquí."):
        a.decide(HERE, target)
        a.sync(push=True)
        b.git("pull", "--quiet")
        assert b.targets() == {HERE: target}
        b.ledger.settle()


def test_a_deletion_elsewhere_comes_in_but_an_empty_copy_put_back_deletes_nothing(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    empty = b.path().read_bytes()
    a.decide(HERE, "Una frase aquí.")
    a.sync(push=True)
    b.sync(pull=True)
    b.path().write_bytes(empty)
    assert b.targets() == {HERE: "Una frase aquí."}
    a.decide(HERE, "", Action.SAVE)
    a.sync(push=True)
    b.sync(pull=True)
    assert b.targets() == {}


def test_comments_of_translators_travel_too(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    a.decide(HERE, "Una frase aquí.")
    a.sync(push=True)
    b.sync(pull=True)
    text = a.path().read_text("utf-8").replace("# l10n: reviewed", "# ask the office\n# l10n: reviewed")
    a.ledger.store.close()
    shutil.rmtree(a.root / ".l10n")
    a.path().write_text(text, "utf-8")
    a.ledger = a.open()
    a.sync(push=True)
    b.sync(pull=True)
    assert b.entry(HERE).comment == "ask the office"


def test_ci_on_a_bare_checkout_sees_the_same_states(
    clone: Clone, remote: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a = clone("a")
    a.decide(HERE, "Una frase aquí.")
    a.decide(THERE, "Otra allí.", Action.SAVE)
    a.decide(LAST, "Una palabra.", Action.SEND_BACK)
    a.sync(push=True)
    git(tmp_path, "clone", "--quiet", str(remote), "ci")
    assert status(tmp_path / "ci", capsys) == status(a.root, capsys)
    assert git(tmp_path / "ci", "status", "--porcelain") == ""
    fresh = Copy(tmp_path / "ci", minute=9000)
    fresh.ledger.settle()
    assert git(tmp_path / "ci", "status", "--porcelain") == "", "a new ledger changes no catalogue"


def test_what_is_decided_while_it_syncs_is_not_lost(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    done: list[str] = []
    over = threading.Event()

    def work() -> None:
        while not over.is_set():
            target = f"Otra, número {len(done)}."
            a.decide(THERE, target, Action.SAVE)
            done.append(target)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for number in range(2):
            b.decide(HERE, f"Una frase, número {number}.")
            b.sync(pull=True, push=True)
            a.sync(pull=True, push=True)
    finally:
        over.set()
        worker.join()
    assert [text for text in a.history(THERE) if text not in done] == []
    assert [text for text in done if text not in a.history(THERE)] == []
    assert len(done) > 3
    assert a.targets() == {HERE: "Una frase, número 1.", THERE: done[-1]}


# What goes wrong, and what is left then


def test_a_remote_that_moved_refuses_and_a_pull_makes_it_good(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    a.decide(HERE, "Una frase aquí.")
    b.decide(THERE, "Otra allí.")
    a.sync(push=True)
    assert not b.sync(push=True)
    assert any("--pull --push" in line for line in b.said)
    assert b.targets() == {THERE: "Otra allí."}
    assert b.sync(pull=True, push=True)


def test_a_remote_that_is_gone_leaves_the_commit(clone: Clone, remote: Path) -> None:
    a = clone("a")
    a.decide(HERE, "Una frase aquí.")
    remote.rename(remote.with_name("away"))
    with pytest.raises(GitFailed, match="git fetch"):
        a.sync(pull=True)
    assert main(["-q", "-C", str(a.root), "sync", "--push"]) == 1
    assert a.git("log", "-1", "--format=%s") == "Translations: bureau"
    assert a.targets() == {HERE: "Una frase aquí."}


def test_a_conflict_in_another_file_leaves_all_as_it_was(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    for copy, text in ((a, "ours"), (b, "theirs")):
        (copy.root / "README").write_text(text, "utf-8")
        copy.git("add", "README")
        copy.git("commit", "--quiet", "--message=read me")
        copy.decide(HERE if copy is a else THERE, text)
    a.sync(push=True)
    with pytest.raises(GitFailed, match="README"):
        b.sync(pull=True, push=True)
    assert b.git("status", "--porcelain") == ""
    assert (b.root / "README").read_text("utf-8") == "theirs"
    assert b.targets() == {THERE: "theirs"}
    assert b.git("log", "-1", "--format=%s") == "Translations: bureau"


def test_a_file_in_the_way_of_a_merge_is_not_touched(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    (a.root / "notes.txt").write_text("theirs", "utf-8")
    a.git("add", "notes.txt")
    a.git("commit", "--quiet", "--message=notes")
    a.git("push", "--quiet")
    (b.root / "notes.txt").write_text("mine", "utf-8")
    b.decide(HERE, "Una frase aquí.")
    with pytest.raises(GitFailed, match=r"notes\.txt"):
        b.sync(pull=True)
    assert (b.root / "notes.txt").read_text("utf-8") == "mine"
    assert b.targets() == {HERE: "Una frase aquí."}


def test_a_catalogue_that_cannot_be_read_stops_a_merge_and_loses_nothing(clone: Clone) -> None:
    a, b = clone("a"), clone("b")
    a.path().write_text(a.path().read_text("utf-8") + "\nnonsense\n", "utf-8")
    a.git("commit", "--quiet", "--all", "--message=broken")
    a.git("push", "--quiet")
    b.decide(HERE, "Una frase aquí.")
    before = b.path().read_bytes()
    with pytest.raises(GitFailed, match=r"bureau\.po"):
        b.sync(pull=True)
    assert b.path().read_bytes() == before


def refusals(copy: Copy, name: str) -> None:
    if name == "not a repository":
        shutil.rmtree(copy.root / ".git")
    elif name == "detached":
        copy.git("checkout", "--quiet", "--detach")
    elif name == "staged":
        (copy.root / "other.txt").write_text("x", "utf-8")
        copy.git("add", "other.txt")
    elif name == "markers":
        text = copy.path().read_text("utf-8")
        copy.path().write_text(f"{text}\n<<<<<<< HEAD\n", "utf-8")
    elif name == "merge":
        (copy.root / ".git" / "MERGE_HEAD").write_text(copy.git("rev-parse", "HEAD"), "utf-8")
    else:
        (copy.root / ".git" / "rebase-merge").mkdir()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("not a repository", "not in a git repository"),
        ("detached", "detached"),
        ("staged", r"staged: other\.txt"),
        ("markers", "conflict markers"),
        ("merge", "a merge is not finished"),
        ("rebase", "a rebase is not finished"),
    ],
)
def test_what_a_person_has_to_put_in_order_first_is_refused(clone: Clone, name: str, words: str) -> None:
    copy = clone("a")
    copy.decide(HERE, "Una frase aquí.")
    before = None if name == "not a repository" else copy.git("rev-parse", "HEAD")
    refusals(copy, name)
    with pytest.raises((UsageError, InputError), match=words) as raised:
        copy.sync(pull=True, push=True)
    assert raised.value.remedy
    assert main(["-q", "-C", str(copy.root), "sync"]) == 2
    if before:
        assert copy.git("rev-parse", "HEAD") == before
    assert copy.ledger.store.current("bureau", "es")["", HERE].target == "Una frase aquí."


def test_a_hook_that_refuses_leaves_the_decision_and_says_why(clone: Clone) -> None:
    copy = clone("a")
    hook = copy.root / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    copy.decide(HERE, "Una frase aquí.")
    with pytest.raises(GitFailed, match="not today"):
        copy.sync()
    hook.unlink()
    assert copy.sync()
    assert copy.git("status", "--porcelain") == ""
