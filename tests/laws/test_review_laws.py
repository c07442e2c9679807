"""There is no door around the review rules: a catalogue says no more than its people's word is worth."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l10n import catalogue as po
from l10n import project
from l10n.model import Entry, State
from workflow import ledger as ledgers
from workflow import merging
from workflow.cli import main
from workflow.ledger import Ledger
from workflow.states import Action, Refused, Role
from workflow.store import Person, StaleDecision

SOURCE = "# Un titre\n\nUn mot.\n"
NOON = dt.datetime(2026, 9, 14, 12, tzinfo=dt.UTC)
KEY = ("", "Un mot.")
RULES = {
    "one": 'review = "one"',
    "none": 'review = "none"',
    "four eyes": 'review = "four-eyes"',
    "two passes": 'two_passes = ["es"]',
    "both": 'review = "four-eyes"\ntwo_passes = ["es"]',
}


@dataclass(frozen=True, slots=True)
class Copy:
    """A project in a folder, with its own ledger, and an hour that goes on with each decision."""

    root: Path
    hours: list[int] = field(default_factory=lambda: [0])

    def ledger(self) -> Ledger:
        def clock() -> dt.datetime:
            self.hours[0] += 1
            return NOON + dt.timedelta(hours=self.hours[0])

        return ledgers.open_ledger(project.load(self.root), clock)

    @property
    def path(self) -> Path:
        return self.root / "locales" / "es" / "LC_MESSAGES" / "mot.po"

    def entry(self) -> Entry:
        ledger = self.ledger()
        found = ledger.catalogue(project.release(ledger.project, "mot"), "es")
        ledger.store.close()
        assert found is not None
        return next(one for one in found.live if one.key == KEY)

    def decide(self, actor: str, action: Action, target: str, *, role: Role = Role.REVIEWER) -> State:
        ledger = self.ledger()
        release = project.release(ledger.project, "mot")
        ledger.catalogue(release, "es")
        head = ledger.store.current("mot", "es").get(KEY)
        try:
            kept = ledger.decide(
                release, "es", KEY, action,
                target=target, base=head.digest if head else "", actor=actor, role=role,
            )  # fmt: skip
        finally:
            ledger.store.close()
        return kept.state

    def knows(self, *people: tuple[str, Role]) -> None:
        ledger = self.ledger()
        for who, role in people:
            ledger.store.save_person(Person(who, who, who.title(), {"es": role}))
        ledger.store.close()

    def edit(self, before: str, after: str) -> None:
        text = self.path.read_text("utf-8")
        assert before in text
        self.path.write_text(text.replace(before, after), "utf-8")

    def counted(self, goal: str) -> bool:
        """Whether a bare checkout of it has its approvals, as CI finds."""
        bare = self.root.with_name(f"{self.root.name}.bare")
        shutil.copytree(self.root, bare, ignore=shutil.ignore_patterns(".l10n"))
        try:
            return main(["-C", str(bare), "check", goal, "--checks", "none", "--no-cache", "-q"]) == 0
        finally:
            shutil.rmtree(bare)


Made = Callable[..., Copy]


def fresh(root: Path, rule: str, *, trust: str = "passerelle") -> Copy:
    made = project.create(root, name="Laws", source_locale="fr", locales=("es",))
    settings_file = root / "l10n.toml"
    told = settings_file.read_text("utf-8")
    settings_file.write_text(told.replace("[project]\n", f'[project]\ntrust = "{trust}"\n', 1), "utf-8")
    source = root.with_name(f"{root.name}.md")
    source.write_text(SOURCE, "utf-8")
    release = project.add(
        made, source, release_id="mot", locale="fr", locales=("es",), date=dt.date(2026, 9, 14)
    )
    plan = root / "releases" / "mot" / "release.toml"
    plan.write_text(f"{RULES[rule]}\n{plan.read_text('utf-8')}", "utf-8")
    copy = Copy(root)
    ledger = copy.ledger()
    template = po.template(project.document(made, release), locale="es", name="Laws")
    ledger.record(project.release(ledger.project, "mot"), "es", template, Action.UPDATE)
    ledger.store.close()
    return copy


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return lambda rule, **more: fresh(tmp_path / "one", rule, **more)


def other(copy: Copy, name: str = "other") -> Copy:
    """What a clone of its repository is."""
    root = copy.root.with_name(name)
    shutil.copytree(copy.root, root, ignore=shutil.ignore_patterns(".l10n"))
    return Copy(root, copy.hours)


def sent(one: Copy, two: Copy) -> None:
    """The catalogue of a copy as it stands goes to another copy."""
    shutil.copyfile(one.path, two.path)


@pytest.mark.parametrize(
    ("rule", "trust", "expected"),
    [
        ("one", "passerelle", State.TRANSLATED),
        ("one", "gettext", State.REVIEWED),
        ("none", "gettext", State.REVIEWED),
        ("four eyes", "passerelle", State.TRANSLATED),
        ("four eyes", "gettext", State.TRANSLATED),
        ("two passes", "gettext", State.TRANSLATED),
        ("both", "gettext", State.TRANSLATED),
    ],
)
@pytest.mark.parametrize("before", ["nothing", "a translation", "an approval"])
def test_a_word_typed_into_a_file_is_approved_only_where_one_pair_of_eyes_is_enough(
    made: Made, before: str, rule: str, trust: str, expected: State
) -> None:
    copy = made(rule, trust=trust)
    if before == "nothing":
        copy.edit('msgid "Un mot."\nmsgstr ""', 'msgid "Un mot."\nmsgstr "Palabra."')
    else:
        copy.decide("ana", Action.SAVE, "Vocablo.")
        if before == "an approval":
            copy.decide("ben", Action.APPROVE, "Vocablo.")
            copy.decide("eva", Action.APPROVE, "Vocablo.")
        copy.edit('"Vocablo."', '"Palabra."')
    approved = copy.counted("--min-approved=es=50")
    entry = copy.entry()
    assert (entry.target, entry.state) == ("Palabra.", expected)
    assert approved == (expected is State.REVIEWED) == copy.counted("--min-approved=es=50")


@pytest.mark.parametrize(
    ("rule", "role", "expected"),
    [
        ("one", Role.TRANSLATOR, State.TRANSLATED),
        ("one", Role.REVIEWER, State.REVIEWED),
        ("none", Role.TRANSLATOR, State.REVIEWED),
        ("four eyes", Role.REVIEWER, State.TRANSLATED),
        ("two passes", Role.REVIEWER, State.TRANSLATED),
        ("both", Role.REVIEWER, State.TRANSLATED),
    ],
)
def test_a_state_written_into_a_line_is_worth_what_its_person_could_have_decided(
    made: Made, rule: str, role: Role, expected: State
) -> None:
    copy = made(rule)
    copy.knows(("ana", role))
    copy.decide("ana", Action.SAVE, "Palabra.", role=role)
    copy.edit("l10n: translated human ana", "l10n: reviewed human ana")
    assert copy.entry().state is expected
    assert copy.counted("--min-approved=es=50") == (expected is State.REVIEWED)


@pytest.mark.parametrize("rule", ["four eyes", "two passes", "both"])
def test_ci_reads_a_state_that_its_own_evidence_contradicts_as_no_approval(made: Made, rule: str) -> None:
    copy = made(rule)
    copy.decide("ana", Action.SAVE, "Palabra.")
    copy.edit("l10n: translated human ana", "l10n: reviewed human ana")
    assert not copy.counted("--min-approved=es=50")


def test_a_pass_given_in_another_copy_counts(made: Made) -> None:
    one = made("two passes")
    two = other(one)
    assert one.decide("ana", Action.APPROVE, "Palabra.") is State.TRANSLATED
    sent(one, two)
    with pytest.raises(Refused, match="approved this already"):
        two.decide("ana", Action.APPROVE, "Palabra.")
    assert two.decide("ben", Action.APPROVE, "Palabra.") is State.REVIEWED
    sent(two, one)
    assert (one.entry().state, one.entry().approvers) == (State.REVIEWED, ("ana", "ben"))


def test_two_passes_given_on_two_branches_are_two(made: Made, tmp_path: Path) -> None:
    one = made("two passes")
    one.decide("eva", Action.SAVE, "Palabra.")
    two = other(one)
    base = tmp_path / "base.po"
    shutil.copyfile(one.path, base)
    one.decide("ana", Action.APPROVE, "Palabra.")
    two.decide("ben", Action.APPROVE, "Palabra.")
    assert merging.merge_files(base, one.path, two.path).questions == ()
    assert one.entry().state is State.REVIEWED
    assert one.counted("--min-approved=es=50")


def test_a_pass_of_somebody_who_may_not_approve_here_is_none(made: Made) -> None:
    one = made("two passes")
    two = other(one)
    two.entry()
    two.knows(("ana", Role.TRANSLATOR))
    one.decide("ana", Action.APPROVE, "Palabra.")
    one.decide("ben", Action.APPROVE, "Palabra.")
    sent(one, two)
    assert (two.entry().state, two.entry().approvers) == (State.TRANSLATED, ("ben",))


@pytest.mark.parametrize("rule", ["four eyes", "both"])
def test_who_wrote_it_is_known_in_another_copy_and_after_a_rebuild(made: Made, rule: str) -> None:
    one = made(rule)
    one.decide("ana", Action.SAVE, "Palabra.")
    one.decide("ben", Action.SEND_BACK, "Palabra.")
    one.ledger().store.close()
    shutil.rmtree(one.root / ".l10n")
    for copy in (one, other(one)):
        with pytest.raises(Refused, match="wrote this yourself"):
            copy.decide("ana", Action.APPROVE, "Palabra.")
        copy.decide("ben", Action.APPROVE, "Palabra.")


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rebuilt_ledger_says_what_the_one_before_said(made: Made, rule: str) -> None:
    copy = made(rule)
    copy.decide("ana", Action.SAVE, "Palabra.")
    for who in ("ben", "eva"):
        copy.decide(who, Action.APPROVE, "Palabra.")
    before, text = copy.entry(), copy.path.read_bytes()
    shutil.rmtree(copy.root / ".l10n", ignore_errors=True)
    assert (copy.entry(), copy.path.read_bytes()) == (before, text)
    assert copy.counted("--min-approved=es=50")


def test_what_was_approved_before_a_rule_became_stricter_stays_approved(made: Made) -> None:
    copy = made("one")
    copy.decide("ana", Action.APPROVE, "Palabra.")
    plan = copy.root / "releases" / "mot" / "release.toml"
    plan.write_text(plan.read_text("utf-8").replace(RULES["one"], RULES["four eyes"]), "utf-8")
    assert copy.entry().state is State.REVIEWED
    assert copy.counted("--min-approved=es=50")
    shutil.rmtree(copy.root / ".l10n", ignore_errors=True)
    assert copy.entry().state is State.REVIEWED


Step = tuple[str, int, str, str]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["save", "approve", "approve", "send-back", "send", "lose"]),
        st.integers(0, 1),
        st.sampled_from(["ana", "ben", "eva"]),
        st.sampled_from(["Palabra.", "Vocablo."]),
    ),
    min_size=2,
    max_size=10,
)


@pytest.mark.parametrize("rule", ["four eyes", "two passes", "both"])
@given(steps=STEPS)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_whatever_two_copies_do_nothing_is_approved_that_too_few_looked_at(
    rule: str, steps: Sequence[Step], tmp_path_factory: pytest.TempPathFactory
) -> None:
    one = fresh(tmp_path_factory.mktemp("two") / "one", rule)
    copies = one, other(one)
    wrote: dict[str, set[str]] = {}
    approved: dict[str, set[str]] = {}
    for what, at, who, target in steps:
        copy = copies[at]
        if what == "send":
            sent(copy, copies[1 - at])
        elif what == "lose":
            shutil.rmtree(copy.root / ".l10n", ignore_errors=True)
        else:
            before = copy.entry().target
            try:
                copy.decide(who, Action(what), target)
            except (Refused, StaleDecision):
                continue
            if what == "approve":
                approved.setdefault(target, set()).add(who)
            if before != target:
                wrote.setdefault(target, set()).add(who)
    for copy in copies:
        entry = copy.entry()
        if entry.state.approved:
            names = approved.get(entry.target, set())
            assert len(names) >= (1 if rule == "four eyes" else 2)
            if rule != "two passes":
                assert len(names | wrote.get(entry.target, set())) >= 2


def test_what_enough_people_approved_may_be_put_back_by_whoever_wrote_it(made: Made) -> None:
    copy = made("four eyes")
    copy.decide("ana", Action.SAVE, "Palabra.")
    copy.decide("ben", Action.APPROVE, "Palabra.")
    assert copy.decide("ana", Action.APPROVE, "Palabra.") is State.REVIEWED
    copy.decide("ana", Action.SAVE, "Vocablo.")
    with pytest.raises(Refused, match="wrote this yourself"):
        copy.decide("ana", Action.APPROVE, "Palabra.")
