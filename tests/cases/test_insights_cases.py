"""What people made of drafts, and what thresholds that would justify."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from l10n.model import State
from l10n.review_routing import TrustSettings
from tests.ledger_support import decide, entries, made
from workflow.cli import main
from workflow.insights import insights, plot, proposals, wilson
from workflow.states import Action
from workflow.store import Decision
from workflow.throughput import PersonDecision

WHEN = dt.datetime(2026, 9, 14, 12, tzinfo=dt.UTC)


def done(
    number: int, origin: str, *, same: bool, locale: str = "es", action: Action = Action.APPROVE
) -> PersonDecision:
    was = f"borrador {number}"
    target = was if same else f"otra cosa {number}"
    return PersonDecision(
        WHEN + dt.timedelta(minutes=number), "ana", action, "marseille", locale, 2, target, was, origin
    )


def many(origin: str, untouched: int, changed: int) -> list[PersonDecision]:
    return [done(n, origin, same=n < untouched) for n in range(untouched + changed)]


def test_what_an_engine_did_not_know_does_not_make_it_another() -> None:
    (found,) = insights([*many("mt:apertium", 2, 1), *many("mt:apertium:2", 0, 3)])
    assert (found.origin, found.number, found.untouched) == ("mt:apertium", 6, 2)


def test_drafts_are_counted_by_origin_band_and_language() -> None:
    found = insights(
        [
            *many("mt:apertium", 1, 3),
            *many("tm:marseille:97", 2, 0),
            done(1, "tm:x:88", same=False),
            done(1, "human", same=True),
            done(2, "mt:apertium", same=True, locale="ar"),
            done(9, "mt:apertium", same=True, action=Action.SEND_BACK),
        ]
    )
    assert [(one.origin, one.locale, one.untouched, one.number) for one in found] == [
        ("mt:apertium", "ar", 1, 1),
        ("mt:apertium", "es", 1, 4),
        ("tm 85–89", "es", 0, 1),
        ("tm 95–99", "es", 2, 2),
    ]
    assert all(sum(one.spread) == one.number for one in found)


def test_the_time_of_a_decision_is_that_since_the_person_s_one_before() -> None:
    seconds = [0, 20, 20.2, 60, 5000, 5030]
    at = [WHEN + dt.timedelta(seconds=second) for second in seconds]
    mine = [replace(done(n, "mt:apertium", same=True), at=moment) for n, moment in enumerate(at)]
    others = [replace(one, actor="bea", at=one.at + dt.timedelta(seconds=1)) for one in mine[:1]]
    elsewhere = [replace(one, release="nice", at=one.at + dt.timedelta(seconds=2)) for one in mine[:1]]
    (found,) = insights([*mine, *others, *elsewhere])
    # 20 s, together with it, 39.8 s, away, 30 s; the first of a sitting is not known.
    assert (found.timed, found.seconds) == (3, 30)


def test_only_the_first_decision_on_a_draft_counts() -> None:
    first = done(1, "mt:apertium", same=False)
    again = PersonDecision(
        WHEN + dt.timedelta(days=1),
        "eva",
        Action.APPROVE,
        "marseille",
        "es",
        2,
        first.was,
        first.was,
        first.origin,
    )
    assert insights([again, first])[0].untouched == 0


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.278),
        (5, 10, 0.237, 0.763),
        (81, 263, 0.255, 0.366),
        (10, 10, 0.722, 1.0),
    ],
)
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=0.0006)


@pytest.mark.parametrize(
    ("origin", "untouched", "changed", "rules", "proposed"),
    [
        ("mt:deepl", 98, 2, TrustSettings(), ['trusted: add "deepl"']),
        ("mt:deepl", 29, 0, TrustSettings(), []),
        ("mt:deepl", 98, 2, TrustSettings(trusted=("deepl",)), []),
        ("mt:deepl", 50, 50, TrustSettings(trusted=("deepl",)), ['trusted: remove "deepl"']),
        ("mt:deepl", 85, 15, TrustSettings(), []),
        ("tm:x:97", 60, 0, TrustSettings(light_from=100), ["light_from = 95"]),
        ("tm:x:97", 60, 0, TrustSettings(), []),
        ("tm:x:92", 60, 0, TrustSettings(), []),
    ],
)
def test_a_threshold_is_proposed_only_on_evidence(
    origin: str, untouched: int, changed: int, rules: TrustSettings, proposed: list[str]
) -> None:
    found = proposals(insights(many(origin, untouched, changed)), rules)
    assert [one.setting for one in found] == proposed
    assert all(f"{untouched} of {untouched + changed} stayed as they were" in one.why for one in found)


def test_the_plot_has_a_bar_for_each_tenth() -> None:
    bars = plot((0, 0, 1, 0, 0, 0, 0, 0, 0, 8))
    assert len(bars) == 10
    assert bars[-1] == "█"
    assert bars[2] == "▁"
    assert bars.count("·") == 8


def test_the_command_reads_the_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "p"
    opened = made(root)
    for number, entry in enumerate(entries(opened)[:4]):
        draft = Decision(
            release="bureau",
            locale="es",
            context=entry.context,
            source=entry.source,
            target=f"borrador {number}",
            state=State.TRANSLATED,
            fuzzy=True,
            action=Action.PRETRANSLATE,
            actor="",
            at=opened.clock(),
            digest=f"d{number}",
            base="",
            origin="mt:apertium",
        )
        opened.store.append([draft])
    for number, entry in enumerate(entries(opened)[:4]):
        assert decide(opened, entry, f"borrador {number}" if number else "otra cosa")
    opened.store.close()
    assert main(["-C", str(root), "insights"]) == 0
    assert "mt:apertium es: 3 of 4 untouched (30 to 95 %)" in capsys.readouterr().out
    assert main(["-C", str(root), "insights", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["insights"][0]["number"] == 4
    assert main(["-C", str(root), "insights", "--days", "0"]) == 2
