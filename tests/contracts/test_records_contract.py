"""What is remembered about engines, in a process and in a database, and the care taken with it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from l10n.engines import NO_CONTEXTS, Capabilities, Context, Contexts, Draft, Outcome, TermHint, TraceStep
from l10n.engines.limits import Limits, Usage
from l10n.engines.managed import ManagedEngine
from l10n.engines.records import InMemoryRecords, Records
from l10n.errors import EngineBusy, EngineFailed, EngineSpent
from workflow.engine_records import StoredRecords
from workflow.store.opening import open_postgresql, open_sqlite

NOW = dt.datetime(2026, 9, 14, 9, tzinfo=dt.UTC)
DAY = NOW.date()


@pytest.fixture(params=["notebook", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Records]:
    if request.param == "notebook":
        yield InMemoryRecords()
        return
    sqlite = request.param == "sqlite"
    store = (
        open_sqlite(tmp_path / "l.sqlite")
        if sqlite
        else open_postgresql(request.getfixturevalue("postgresql_url"))
    )
    yield StoredRecords(store)
    store.close()


def test_drafts_are_kept_whole(records: Records) -> None:
    draft = Draft("Hola", unknown=2, way="marks")
    records.remember({"a": draft, "b": Draft("x", codes_missing=True)}, NOW)
    records.remember({"b": Draft("y")}, NOW)
    assert records.answers(["a", "b", "c", "a"]) == {"a": draft, "b": Draft("y")}
    assert records.answers(["a"])["a"].way == "marks"


def test_what_was_kept_before_a_moment_is_forgotten_and_no_more(records: Records) -> None:
    records.remember({"a": Draft("A"), "b": Draft("B")}, NOW)
    records.remember({"b": Draft("B"), "c": Draft("C")}, NOW + dt.timedelta(days=2))
    assert records.forget(NOW) == 0
    assert records.forget(NOW + dt.timedelta(days=1)) == 1
    assert records.answers(["a", "b", "c"]) == {"b": Draft("B"), "c": Draft("C")}


def test_turns_beyond_the_limit_of_a_minute_come_after_it(records: Records) -> None:
    at = [records.turn("e", 2, NOW + dt.timedelta(seconds=second)) for second in (0, 10, 20, 65, 200)]
    assert [(moment - NOW).total_seconds() for moment in at] == [0, 10, 60, 70, 200]
    assert records.turn("other", 2, NOW) == NOW


def test_threads_that_take_turns_at_once_keep_to_the_limit(records: Records) -> None:
    at: list[dt.datetime] = []
    threads = [threading.Thread(target=lambda: at.append(records.turn("e", 4, NOW))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((moment - NOW).total_seconds() for moment in at) == [0] * 4 + [60] * 4 + [120] * 4


def test_budgets_are_of_a_day_and_a_month_and_all_or_nothing(records: Records) -> None:
    limits = Limits(per_day=100, per_month=150)
    assert records.reserve("deepl", 90, limits, DAY)
    assert not records.reserve("deepl", 11, limits, DAY)
    assert records.reserve("deepl", 10, limits, DAY)
    assert records.reserve("other", 100, limits, DAY)
    tomorrow = DAY + dt.timedelta(days=1)
    assert not records.reserve("deepl", 51, limits, tomorrow)
    assert records.reserve("deepl", 50, limits, tomorrow)
    assert records.usage("deepl", tomorrow) == Usage(day=50, month=150)
    assert records.reserve("deepl", 100, limits, DAY + dt.timedelta(days=31))
    assert records.usage("deepl", DAY) == Usage(day=100, month=150)
    assert records.usage("nobody", DAY) == Usage()


def test_two_who_reserve_at_once_stay_within_the_budget(records: Records) -> None:
    got: list[bool] = []
    threads = [
        threading.Thread(target=lambda: got.append(records.reserve("e", 10, Limits(per_day=50), DAY)))
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False] * 7 + [True] * 5


def test_the_third_failure_in_a_row_opens_the_breaker_and_success_closes_it(records: Records) -> None:
    for _ in range(2):
        records.failed("e", "fr-es", NOW)
    assert records.closed_until("e", "fr-es") is None
    records.failed("e", "fr-es", NOW)
    assert records.closed_until("e", "fr-es") == NOW + dt.timedelta(minutes=1)
    records.failed("e", "fr-es", NOW)
    assert records.closed_until("e", "fr-es") == NOW + dt.timedelta(minutes=2)
    assert records.closed_until("e", "fr-en") is None
    records.worked("e", "fr-es")
    assert records.closed_until("e", "fr-es") is None


class Scripted:
    """An engine that says what it is told to, and counts."""

    name = "scripted"
    capabilities = Capabilities("xml", max_batch=2)

    def __init__(self, *script: Outcome | list[Outcome]) -> None:
        self.script = list(script)
        self.asked: list[list[str]] = []
        self.gate = threading.Event()
        self.gate.set()

    def supports(self, _source: str, _target: str) -> bool:
        return True

    def translate(
        self, batch: Sequence[str], _source: str, _target: str, _contexts: Contexts = NO_CONTEXTS
    ) -> list[Outcome]:
        self.gate.wait(10)
        self.asked.append(list(batch))
        said = self.script.pop(0) if self.script else None
        if isinstance(said, list):
            return said
        return [said or Draft(source.upper()) for source in batch]

    def close(self) -> None:
        pass


def careful(
    engine: Scripted, records: Records, limits: Limits | None = None
) -> tuple[ManagedEngine, list[float]]:
    slept: list[float] = []
    made = ManagedEngine(engine, "e", records, lambda: NOW, limits or Limits(), sleep=slept.append)
    return made, slept


def test_what_was_answered_is_not_asked_again_and_batches_are_kept_one_by_one(records: Records) -> None:
    engine = Scripted()
    made, _ = careful(engine, records)
    made.translate(["a", "b", "a", "c"], "fr", "es")
    assert engine.asked == [["a", "b"], ["c"]]
    again, _ = careful(engine, records)
    kept = again.translate(["c", "a"], "fr", "es")
    assert kept == [Draft("C"), Draft("A")]
    assert all(isinstance(one, Draft) and one.trace == (TraceStep("remembered"),) for one in kept)
    assert len(engine.asked) == 2
    again.translate(["a"], "fr", "pt")
    assert len(engine.asked) == 3


def test_a_busy_engine_is_tried_again_after_the_time_it_asks_for(records: Records) -> None:
    engine = Scripted(EngineBusy("busy", wait=7))
    made, slept = careful(engine, records)
    assert made.translate(["a"], "fr", "es") == [Draft("A")]
    assert len(slept) == 1
    assert 7 <= slept[0] <= 7 * 1.3


def test_only_what_it_was_too_busy_for_is_asked_again(records: Records) -> None:
    engine = Scripted([Draft("A"), EngineBusy("busy", wait=3)])
    made, slept = careful(engine, records)
    assert made.translate(["a", "b"], "fr", "es") == [Draft("A"), Draft("B")]
    assert engine.asked == [["a", "b"], ["b"]]
    assert len(slept) == 1


def test_the_pace_is_kept_and_waited_for(records: Records) -> None:
    engine = Scripted()
    made, slept = careful(engine, records, Limits(requests_per_minute=1))
    made.translate(["a", "b", "c", "d", "e"], "fr", "es")
    assert slept == [60, 120]


def test_an_engine_that_keeps_failing_is_left_alone(records: Records) -> None:
    engine = Scripted(*[EngineBusy("busy")] * 9)
    made, _ = careful(engine, records)
    made.translate(["a"], "fr", "es")
    (outcome,) = made.translate(["b"], "fr", "es")
    assert isinstance(outcome, EngineBusy)
    assert "left alone until 09:01" in outcome.message
    assert engine.asked == [["a"]] * 3


def test_beyond_its_budget_it_is_not_asked(records: Records) -> None:
    engine = Scripted()
    made, _ = careful(engine, records, Limits(per_day=5))
    outcomes = made.translate(["aa", "bb", "cc"], "fr", "es")
    assert engine.asked == [["aa", "bb"]]
    assert isinstance(outcomes[2], EngineSpent)


def test_the_budget_counts_what_is_told_beside_a_text_where_that_is_paid(records: Records) -> None:
    told = {"aa": Context("b", "c", (TermHint("d", ("e",)),))}
    engine = Scripted()
    made, _ = careful(engine, records, Limits(per_day=5))
    engine.capabilities = Capabilities("xml", context=True, context_counts=True)
    assert isinstance(made.translate(["aa"], "fr", "es", told)[0], EngineSpent)
    engine.capabilities = Capabilities("xml", context=True)
    assert made.translate(["aa"], "fr", "es", told) == [Draft("AA")]


@pytest.mark.parametrize(
    "bad", [Draft(""), Draft("<1>x"), Draft("x" * 999), Draft("<1/>", codes_missing=True)]
)
def test_what_cannot_stand_is_a_failure_and_not_remembered(records: Records, bad: Draft) -> None:
    engine = Scripted(bad)
    made, _ = careful(engine, records)
    (outcome,) = made.translate(["<1>a</1>"], "fr", "es")
    assert isinstance(outcome, EngineFailed)
    assert made.translate(["<1>a</1>"], "fr", "es") == [Draft("<1>A</1>")]


def test_what_is_being_asked_is_asked_once(records: Records) -> None:
    engine = Scripted()
    made, _ = careful(engine, records)
    engine.gate.clear()
    got: list[list[Outcome]] = []
    threads = [
        threading.Thread(target=lambda: got.append(made.translate(["a"], "fr", "es"))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    engine.gate.set()
    for thread in threads:
        thread.join(10)
    assert got == [[Draft("A")]] * 4
    assert engine.asked == [["a"]]
