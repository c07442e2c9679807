"""What was acknowledged is never lost: the ledger and the catalogues can each be made from the other."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import catalogue as po
from l10n import disk, project
from l10n.errors import UsageError
from l10n.model import Catalogue, Entry, State
from workflow import ledger as ledgers
from workflow.cli import main
from workflow.decision_rules import DecisionBatch, DecisionRequest
from workflow.ledger import Ledger
from workflow.states import Action, Refused, Role
from workflow.store import Decision, StaleDecision

SOURCE = "# Un titre\n\nUne phrase ici. Une autre là.\n\nUn dernier mot.\n"
NOON = dt.datetime(2026, 9, 14, 12, tzinfo=dt.UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = project.create(tmp_path / "p", name="Laws", source_locale="fr", locales=("es",))
    file = tmp_path / "source.md"
    file.write_text(SOURCE, "utf-8")
    release = project.add(
        made, file, release_id="bureau", locale="fr", locales=("es",), date=dt.date(2026, 9, 14)
    )
    opened = ledgers.open_ledger(made, lambda: NOON)
    fresh = po.template(project.document(made, release), locale="es", name="Laws")
    opened.record(release, "es", fresh, Action.UPDATE)
    return opened


def again(ledger: Ledger) -> Ledger:
    return ledgers.open_ledger(project.load(ledger.project.root), lambda: NOON)


def path_of(ledger: Ledger) -> Path:
    return project.catalogue_path(ledger.project, release_of(ledger), "es")


def release_of(ledger: Ledger) -> project.Release:
    return project.release(ledger.project, "bureau")


def now(ledger: Ledger) -> Catalogue:
    found = ledger.catalogue(release_of(ledger), "es")
    assert found is not None
    return found


def told(found: Catalogue) -> list[tuple[object, ...]]:
    return [
        (e.key, e.target, e.fuzzy, e.state, e.origin, e.actor, e.comment, e.obsolete) for e in found.entries
    ]


def head(ledger: Ledger, source: str) -> Decision | None:
    return ledger.store.current("bureau", "es").get(("", source))


def decide(
    ledger: Ledger,
    source: str,
    target: str,
    action: Action = Action.APPROVE,
    *,
    base: str | None = None,
    actor: str = "ana",
    role: Role = Role.REVIEWER,
) -> Decision:
    found = head(ledger, source)
    return ledger.decide(
        release_of(ledger),
        "es",
        ("", source),
        action,
        target=target,
        base=base if base is not None else found.digest if found else "",
        actor=actor,
        role=role,
    )


def edit(ledger: Ledger, before: str, after: str) -> None:
    path = path_of(ledger)
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def test_a_decision_is_in_the_catalogue_with_its_state(ledger: Ledger) -> None:
    decide(ledger, "Une phrase ici.", "Una frase aquí.")
    (entry,) = [e for e in po.read(path_of(ledger)).entries if e.target]
    assert (entry.source, entry.target) == ("Une phrase ici.", "Una frase aquí.")
    assert (entry.state, entry.origin, entry.actor) == (State.REVIEWED, "human", "ana")


def test_without_its_database_it_is_rebuilt_from_the_catalogues(ledger: Ledger) -> None:
    decide(ledger, "Une phrase ici.", "Una frase aquí.")
    decide(ledger, "Un titre", "Un título", Action.SAVE)
    before, text = told(now(ledger)), path_of(ledger).read_bytes()
    ledger.store.close()
    shutil.rmtree(ledger.project.state)
    rebuilt = again(ledger)
    assert told(now(rebuilt)) == before
    assert path_of(ledger).read_bytes() == text


def test_without_its_catalogues_they_are_rebuilt_byte_for_byte(ledger: Ledger) -> None:
    decide(ledger, "Une phrase ici.", "Una frase aquí.")
    decide(ledger, "Un titre", "Un título", Action.SEND_BACK)
    text = path_of(ledger).read_bytes()
    shutil.rmtree(ledger.project.root / "locales")
    now(again(ledger))
    assert path_of(ledger).read_bytes() == text


def test_a_decision_not_yet_written_when_the_process_died_is_written_by_the_next(ledger: Ledger) -> None:
    decide(ledger, "Un titre", "Un título")
    text = path_of(ledger).read_bytes()
    kept = decide(ledger, "Une phrase ici.", "Una frase aquí.")
    path_of(ledger).write_bytes(text)
    ledger.store.projected("bureau", "es", "as it was before", kept.id - 1)
    assert {e.target for e in now(again(ledger)).entries} >= {"Un título", "Una frase aquí."}


def test_a_catalogue_emptied_outside_does_not_empty_the_ledger(ledger: Ledger) -> None:
    fresh = path_of(ledger).read_bytes()
    decide(ledger, "Une phrase ici.", "Una frase aquí.")
    path_of(ledger).write_bytes(fresh)
    assert [e.target for e in now(ledger).entries if e.target] == ["Una frase aquí."]


def test_a_target_deleted_outside_is_deleted(ledger: Ledger) -> None:
    decide(ledger, "Une phrase ici.", "Una frase aquí.")
    edit(ledger, 'msgstr "Una frase aquí."', 'msgstr ""')
    assert [e.target for e in now(ledger).entries if e.target] == []
    found = head(ledger, "Une phrase ici.")
    assert found is not None
    assert (found.target, found.state) == ("", State.INITIAL)


def test_an_edit_outside_becomes_a_decision_and_needs_a_review(ledger: Ledger) -> None:
    decide(ledger, "Une phrase ici.", "Una frase aquí.")
    edit(ledger, "Una frase aquí.", "Una oración aquí.")
    (entry,) = [e for e in now(ledger).entries if e.target]
    assert (entry.target, entry.state, entry.origin) == ("Una oración aquí.", State.TRANSLATED, "catalogue")
    history = ledger.store.history("bureau", "es", ("", "Une phrase ici."))
    assert [(d.target, str(d.action)) for d in history] == [
        ("Una frase aquí.", "approve"),
        ("Una oración aquí.", "outside"),
    ]


def test_a_target_typed_into_an_empty_entry_outside_comes_in(ledger: Ledger) -> None:
    edit(
        ledger, 'msgid "Un dernier mot."\nmsgstr ""', 'msgid "Un dernier mot."\nmsgstr "Una última palabra."'
    )
    assert [e.target for e in now(ledger).entries if e.target] == ["Una última palabra."]
    found = head(ledger, "Un dernier mot.")
    assert found is not None
    assert (found.target, found.state) == ("Una última palabra.", State.TRANSLATED)


@pytest.mark.gettext
def test_a_catalogue_rewritten_by_msgcat_loses_nothing(ledger: Ledger) -> None:
    decide(ledger, "Une phrase ici.", "Una frase aquí.")
    decide(ledger, "Un titre", "Un título", Action.SEND_BACK)
    before = sorted(map(str, told(now(ledger))))
    path = path_of(ledger)
    rewritten = subprocess.run(["msgcat", "-s", "-w", "40", path], check=True, capture_output=True).stdout
    path.write_bytes(rewritten)
    assert sorted(map(str, told(now(ledger)))) == before


def test_an_edit_of_a_stale_copy_keeps_both_texts(ledger: Ledger) -> None:
    decide(ledger, "Une phrase ici.", "Una frase aquí.")
    stale = path_of(ledger).read_text("utf-8")
    decide(ledger, "Une phrase ici.", "Aquí hay una frase.")
    path_of(ledger).write_text(stale.replace("Una frase aquí.", "Una oración aquí."), "utf-8")
    (entry,) = [e for e in now(ledger).entries if e.target]
    assert (entry.target, entry.fuzzy) == ("Una oración aquí.", True)
    found = head(ledger, "Une phrase ici.")
    assert found is not None
    assert "Aquí hay una frase." in found.note
    assert "Aquí hay una frase." in [d.target for d in ledger.store.history("bureau", "es", found.key)]


def test_an_old_copy_put_back_does_not_undo_what_was_decided_since(ledger: Ledger) -> None:
    decide(ledger, "Une phrase ici.", "Una frase aquí.")
    stale = path_of(ledger).read_bytes()
    decide(ledger, "Une phrase ici.", "Aquí hay una frase.")
    path_of(ledger).write_bytes(stale)
    assert [e.target for e in now(ledger).entries if e.target] == ["Aquí hay una frase."]


def test_a_decision_made_in_another_copy_of_the_project_comes_in_as_it_is(ledger: Ledger) -> None:
    entries = [
        replace(e, target="Un título", state=State.REVIEWED, origin="human", actor="ben")
        if e.source == "Un titre"
        else e
        for e in now(ledger).entries
    ]
    po.write(replace(now(ledger), entries=tuple(entries)), path_of(ledger))
    (entry,) = [e for e in now(ledger).entries if e.target]
    assert (entry.state, entry.actor) == (State.REVIEWED, "ben")


def test_a_stale_save_is_refused_and_the_first_one_stands(ledger: Ledger) -> None:
    decide(ledger, "Une phrase ici.", "Una frase aquí.")
    with pytest.raises(StaleDecision) as raised:
        decide(ledger, "Une phrase ici.", "Otra.", base="")
    assert raised.value.current is not None
    assert raised.value.current.target == "Una frase aquí."
    assert [e.target for e in now(ledger).entries if e.target] == ["Una frase aquí."]


def test_of_several_who_decide_at_once_each_is_taken_or_refused_by_itself(ledger: Ledger) -> None:
    release = release_of(ledger)

    def asks(source: str, target: str, base: str = "", role: Role = Role.REVIEWER) -> DecisionBatch:
        return DecisionBatch(
            release, "es", (DecisionRequest(("", source), Action.APPROVE, target, base),), "ana", role
        )

    outcomes = ledger.decide_batches(
        [
            asks("Un titre", "Un título"),
            asks("Une phrase ici.", "Una frase aquí.", role=Role.TRANSLATOR),
            asks("Un titre", "Otro título"),
            asks("Une autre là.", "Otra allí.", base="what nobody decided"),
            asks("Nulle part.", "En ningún sitio."),
            replace(asks("Un titre", "Un título"), locale="it"),
            asks("Un dernier mot.", "Una última palabra."),
        ]
    )
    first, *refused, last = outcomes
    assert [type(one) for one in refused] == [Refused, StaleDecision, StaleDecision, UsageError, UsageError]
    assert (first, last) == ((head(ledger, "Un titre"),), (head(ledger, "Un dernier mot."),))
    assert {one.source: one.target for one in po.read(path_of(ledger)).entries if one.target} == {
        "Un titre": "Un título",
        "Un dernier mot.": "Una última palabra.",
    }
    assert ledger.store.breaks() == ()


@pytest.mark.parametrize(
    ("role", "action", "target"),
    [
        (None, Action.SAVE, "x"),
        (Role.TRANSLATOR, Action.APPROVE, "x"),
        (Role.TRANSLATOR, Action.SEND_BACK, "x"),
        (Role.REVIEWER, Action.APPROVE, " "),
        (Role.ADMIN, Action.PRETRANSLATE, "x"),
        (Role.ADMIN, Action.OUTSIDE, "x"),
    ],
)
def test_what_the_table_does_not_allow_is_refused(
    ledger: Ledger, role: Role | None, action: Action, target: str
) -> None:
    with pytest.raises(Refused):
        ledger.decide(
            release_of(ledger),
            "es",
            ("", "Un titre"),
            action,
            target=target,
            base="",
            actor="ana",
            role=role,
        )
    assert head(ledger, "Un titre") is None


def test_pretranslation_never_touches_what_a_person_wrote(ledger: Ledger) -> None:
    seen = now(ledger)
    decide(ledger, "Un titre", "Un título", Action.SAVE)
    entries = tuple(
        replace(e, target="máquina", fuzzy=True, state=State.TRANSLATED, origin="mt:copy")
        for e in seen.entries
    )
    ledger.record(release_of(ledger), "es", replace(seen, entries=entries), Action.PRETRANSLATE)
    targets = {e.source: e.target for e in now(ledger).entries}
    assert targets["Un titre"] == "Un título"
    assert targets["Un dernier mot."] == "máquina"


def test_an_update_never_takes_back_what_a_person_decided_meanwhile(ledger: Ledger) -> None:
    decide(ledger, "Un titre", "Un título", Action.SAVE)
    seen = now(ledger)
    decide(ledger, "Un titre", "El título")
    ledger.record(release_of(ledger), "es", seen, Action.UPDATE, before=seen)
    assert {e.source: e.target for e in now(ledger).entries}["Un titre"] == "El título"


def test_a_file_saved_in_the_moment_it_is_replaced_is_taken_in(ledger: Ledger) -> None:
    decide(ledger, "Un titre", "Un título")

    def meddle(point: str) -> None:
        if point == "before the swap":
            text = path_of(ledger).read_text("utf-8")
            path_of(ledger).write_text(text.replace('"Un título"', '"Un título de fuera"'), "utf-8")

    decide(replace(ledger, failpoint=meddle), "Une phrase ici.", "Una frase aquí.")
    targets = {e.source: e.target for e in now(ledger).entries}
    assert targets["Une phrase ici."] == "Una frase aquí."
    assert targets["Un titre"] == "Un título de fuera"
    assert not list(path_of(ledger).parent.glob(".*"))


def test_an_unreadable_file_saved_in_that_moment_is_kept_aside(ledger: Ledger) -> None:
    decide(ledger, "Un titre", "Un título")

    def meddle(point: str) -> None:
        if point == "before the swap":
            path_of(ledger).write_text("half a file", "utf-8")

    decide(replace(ledger, failpoint=meddle), "Une phrase ici.", "Una frase aquí.")
    assert {e.target for e in now(ledger).entries} >= {"Una frase aquí.", "Un título"}
    (kept,) = path_of(ledger).parent.glob(".*")
    assert kept.read_text("utf-8") == "half a file"


def test_without_an_exchange_of_names_the_file_is_looked_at_all_the_same(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "_exchange_names", lambda *_: False)
    test_a_file_saved_in_the_moment_it_is_replaced_is_taken_in(ledger)


def test_a_translators_comment_survives(ledger: Ledger) -> None:
    edit(ledger, 'msgid "Un titre"', '# ask the office about this\nmsgid "Un titre"')
    decide(ledger, "Un titre", "Un título")
    decide(ledger, "Une phrase ici.", "Una frase aquí.")
    comments: dict[str, Entry] = {e.source: e for e in now(ledger).entries}
    assert comments["Un titre"].comment == "ask the office about this"


def ruled(ledger: Ledger, line: str) -> Ledger:
    plan = ledger.project.root / "releases" / "bureau" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + line + "\n", "utf-8")
    return ledger


def test_without_review_whoever_translates_may_approve(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="needs the role reviewer"):
        decide(ledger, "Un titre", "Un título", role=Role.TRANSLATOR)
    ruled(ledger, 'review = "none"')
    assert decide(ledger, "Un titre", "Un título", role=Role.TRANSLATOR).state is State.REVIEWED
    with pytest.raises(Refused, match="needs the role reviewer"):
        decide(ledger, "Un titre", "Un título", Action.SEND_BACK, role=Role.TRANSLATOR)


def test_where_two_passes_are_asked_for_two_people_approve_the_same_text(ledger: Ledger) -> None:
    ruled(ledger, 'two_passes = ["es"]')
    first = decide(ledger, "Un titre", "Un título")
    assert (first.state, first.fuzzy) == (State.TRANSLATED, False)
    with pytest.raises(Refused, match="approved this already"):
        decide(ledger, "Un titre", "Un título")
    assert decide(ledger, "Un titre", "Un título", actor="ben").state is State.REVIEWED


def test_a_pass_that_was_taken_back_does_not_count(ledger: Ledger) -> None:
    ruled(ledger, 'two_passes = ["es"]')
    decide(ledger, "Un titre", "Un título")
    decide(ledger, "Un titre", "Un título", actor="ben")
    decide(ledger, "Un titre", "Un título", Action.SAVE, actor="ben")
    with pytest.raises(Refused, match="approved this already"):
        decide(ledger, "Un titre", "Un título")
    assert decide(ledger, "Un titre", "Un título", actor="eva").state is State.REVIEWED


@pytest.mark.parametrize("between", ["another text", "sent back"])
def test_a_first_pass_holds_for_the_text_it_saw(ledger: Ledger, between: str) -> None:
    ruled(ledger, 'two_passes = ["es"]')
    decide(ledger, "Un titre", "Un título")
    if between == "sent back":
        decide(ledger, "Un titre", "Un título", Action.SEND_BACK, actor="eva")
    else:
        decide(ledger, "Un titre", "El título", Action.SAVE, actor="eva")
        decide(ledger, "Un titre", "Un título", Action.SAVE, actor="eva")
    assert decide(ledger, "Un titre", "Un título", actor="ben").state is State.TRANSLATED
    assert decide(ledger, "Un titre", "Un título", actor="eva").state is State.REVIEWED


def test_two_passes_are_asked_for_in_the_languages_named(ledger: Ledger) -> None:
    ruled(ledger, 'two_passes = ["ar"]')
    assert decide(ledger, "Un titre", "Un título").state is State.REVIEWED


@pytest.fixture
def four_eyes(ledger: Ledger) -> Ledger:
    plan = ledger.project.root / "releases" / "bureau" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + 'review = "four-eyes"\n', "utf-8")
    return ledger


def test_with_four_eyes_nobody_approves_what_they_wrote(four_eyes: Ledger) -> None:
    with pytest.raises(Refused, match="wrote this yourself"):
        decide(four_eyes, "Un titre", "Un título")
    decide(four_eyes, "Un titre", "Un título", Action.SAVE)
    with pytest.raises(Refused, match="wrote this yourself"):
        decide(four_eyes, "Un titre", "Un título")
    decide(four_eyes, "Un titre", "Un título", Action.SAVE, actor="ben")
    with pytest.raises(Refused, match="wrote this yourself"):
        decide(four_eyes, "Un titre", "Un título")
    assert decide(four_eyes, "Un titre", "Un título", actor="ben").state is State.REVIEWED


def test_with_four_eyes_whoever_changes_a_word_is_its_author(four_eyes: Ledger) -> None:
    decide(four_eyes, "Un titre", "Un título", Action.SAVE)
    with pytest.raises(Refused, match="wrote this yourself"):
        decide(four_eyes, "Un titre", "El título", actor="ben")
    decide(four_eyes, "Un titre", "El título", Action.SAVE, actor="ben")
    assert decide(four_eyes, "Un titre", "El título").state is State.REVIEWED


def test_with_four_eyes_one_person_may_approve_what_a_machine_wrote(four_eyes: Ledger) -> None:
    entries = tuple(
        replace(e, target="máquina", fuzzy=True, state=State.TRANSLATED, origin="mt:copy")
        for e in now(four_eyes).entries
    )
    four_eyes.record(
        release_of(four_eyes), "es", replace(now(four_eyes), entries=entries), Action.PRETRANSLATE
    )
    assert decide(four_eyes, "Un titre", "máquina").state is State.REVIEWED


def test_a_crash_right_after_the_exchange_loses_no_edit_made_right_before_it(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(ledger, "Un titre", "Un título")
    exchange = disk._exchange_names  # noqa: SLF001 - the crash has to happen just behind it

    def crash(one: Path, other: Path) -> bool:
        text = path_of(ledger).read_text("utf-8")
        path_of(ledger).write_text(text.replace('"Un título"', '"Un título de fuera"'), "utf-8")
        assert exchange(one, other)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(disk, "_exchange_names", crash)
        with pytest.raises(KeyboardInterrupt):
            decide(ledger, "Une phrase ici.", "Una frase aquí.")
    targets = {e.source: e.target for e in now(again(ledger)).entries}
    assert targets["Une phrase ici."] == "Una frase aquí."
    assert targets["Un titre"] == "Un título de fuera"
    assert not list(path_of(ledger).parent.glob(".*"))


def test_a_crash_right_before_the_exchange_is_no_news(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_one: Path, _other: Path) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(disk, "_exchange_names", crash)
        with pytest.raises(KeyboardInterrupt):
            decide(ledger, "Une phrase ici.", "Una frase aquí.")
    assert {e.target for e in now(again(ledger)).entries} >= {"Una frase aquí."}
    assert len(ledger.store.history("bureau", "es", ("", "Une phrase ici."))) == 1
    assert not list(path_of(ledger).parent.glob(".*"))


def test_who_is_forgotten_is_gone_from_the_catalogue_too(ledger: Ledger) -> None:
    release = release_of(ledger)
    entry = now(ledger).live[0]
    said = replace(entry, target="Un título", state=State.TRANSLATED, comment="Ana said so", actor="abc")
    ledger.store.append(
        [
            Decision(
                release=release.id,
                locale="es",
                context=said.context,
                source=said.source,
                target=said.target,
                state=said.state,
                fuzzy=False,
                action=Action.SAVE,
                actor=said.actor,
                at=NOON,
                digest=po.digest(said),
                base="",
                comment=said.comment,
            )
        ]
    )
    ledger.settle()
    assert "Ana said so" in path_of(ledger).read_text("utf-8")
    ledger.forget("abc")
    assert "Ana said so" not in path_of(ledger).read_text("utf-8")
    assert now(ledger).live[0].target == "Un título"
    assert ledger.store.breaks() == ()


def test_what_a_killed_write_left_is_swept_but_not_a_write_that_goes_on(ledger: Ledger) -> None:
    path = path_of(ledger)
    old, new = path.with_name(f".{path.name}.abcd1234"), path.with_name(f".{path.name}.abcd1235")
    for file, age in ((old, 7200), (new, 60)):
        file.write_text("x", "utf-8")
        at = ledger.clock().timestamp() - age
        os.utime(file, (at, at))
    ledger.settle()
    assert (old.exists(), new.exists(), path.exists()) == (False, True, True)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_a_ledger_is_made_from_the_catalogues_again(
    kind: str, ledger: Ledger, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = ledger.project.root
    decide(ledger, "Une phrase ici.", "Una frase aquí.")
    decide(ledger, "Un titre", "Un título", Action.SAVE)
    before, saw = path_of(ledger).read_bytes(), told(now(ledger))
    ledger.store.close()
    if kind == "postgresql":
        monkeypatch.setenv("L10N_DATABASE_URL", request.getfixturevalue("postgresql_url"))
        again(ledger).settle()
    assert main(["-q", "-C", str(root), "ledger", "rebuild"]) == 2
    assert main(["-q", "-C", str(root), "ledger", "rebuild", "--force"]) == 0
    made = again(ledger)
    assert told(now(made)) == saw
    assert path_of(made).read_bytes() == before
    assert len(made.store.current("bureau", "es")) == len([one for one in saw if one[1]])
    assert made.store.breaks() == ()
    kept = [path.name for path in made.project.state.glob("ledger.before-rebuild*")]
    assert kept == ["ledger.before-rebuild.sqlite" if kind == "sqlite" else "ledger.before-rebuild.gz"]
    made.store.close()


def test_catalogues_that_were_deleted_are_exported_as_they_were(ledger: Ledger) -> None:
    decide(ledger, "Un titre", "Un título")
    decide(ledger, "Une phrase ici.", "Una frase aquí.", Action.SEND_BACK)
    before = now(ledger)
    shutil.rmtree(ledger.project.root / "locales")
    assert main(["-q", "-C", str(ledger.project.root), "export"]) == 0
    assert [replace(e, line=0) for e in now(ledger).live] == [replace(e, line=0) for e in before.live]
    assert path_of(ledger).is_file()
