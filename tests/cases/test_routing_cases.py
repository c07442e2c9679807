"""Which segments are for a light review, which for a full one, and what is said of them."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from l10n.checks import check_pair
from l10n.errors import ConfigError
from l10n.model import Entry, State
from l10n.project import settings
from l10n.review_routing import Review, TrustSettings, route
from tests import interface_texts
from tests.conftest import ROOT
from workflow.cli import main

SOURCE = "The agency will not invest 14 million euros in Chile by June."
GOOD = "L’agence n’investira pas 14 millions d’euros au Chili d’ici à juin."
TRUST = TrustSettings(trusted=("deepl",), audit=0)


def routed(origin: str, target: str = GOOD, rules: TrustSettings = TRUST, **more: str) -> tuple[str, str]:
    entry = replace(Entry(SOURCE, target, fuzzy=True, state=State.TRANSLATED, origin=origin), **more)  # type: ignore[arg-type]
    found = check_pair(SOURCE, target, source_locale="en", target_locale="fr")
    way = route(entry, found, rules)
    return way.review.value, "; ".join(map(str, way.reasons))


@pytest.mark.parametrize(
    ("origin", "review", "why"),
    [
        ("tm:marseille:100", "light", "a match of 100 % in the memory"),
        ("tm:marseille:95", "light", "a match of 95 % in the memory"),
        ("tm:marseille:94", "full", "a similar text in the memory (94 %)"),
        ("tb", "light", "the glossary has it"),
        ("copy", "light", "it is its own translation"),
        ("mt:deepl", "light", "deepl is trusted here"),
        ("mt:apertium", "full", "a draft by apertium"),
        ("mt:apertium:1", "full", "a draft by apertium; one word that the machine did not know"),
        ("mt:deepl:2", "full", "a draft by deepl; words that the machine did not know: 2"),
        (
            "mt:via-es+apertium:3",
            "full",
            "a draft by apertium, by way of es; words that the machine did not know: 3",
        ),
        ("human", "full", "a person wrote it, and nobody has approved it"),
        ("", "full", "a person wrote it, and nobody has approved it"),
    ],
)
def test_where_it_comes_from_decides_when_nothing_is_wrong(origin: str, review: str, why: str) -> None:
    assert routed(origin) == (review, why)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("14", "41", "a number differs"),
        ("juin", "mai", "a date differs"),
        ("d’euros", "de dollars", "a currency or a unit differs"),
        ("n’investira pas", "investira", "a match of 100 % in the memory; a negation may be lost"),
    ],
)
def test_a_hard_flag_asks_for_a_full_review_whatever_it_comes_from(old: str, new: str, why: str) -> None:
    review, said = routed("tm:marseille:100", GOOD.replace(old, new))
    assert said == why
    assert review == ("light" if "negation" in why else "full")


def test_what_is_empty_comes_first_and_what_is_approved_is_for_nobody() -> None:
    empty = route(Entry(SOURCE), (), TRUST)
    assert (empty.review, str(empty.reasons[0])) == (Review.FULL, "there is no translation yet")
    done = route(Entry(SOURCE, GOOD, state=State.REVIEWED), (), TRUST)
    assert (done.review, done.points) == (Review.NONE, 0)
    assert empty.points > route(Entry(SOURCE, GOOD, origin="mt:apertium"), (), TRUST).points


def test_a_changed_source_is_looked_at_in_full() -> None:
    assert routed("tm:marseille:100", previous="Another.") == (
        "full",
        "its source changed since it was approved",
    )


@pytest.mark.parametrize(
    ("origin", "actor", "way"),
    [
        ("tm:marseille:98", "", ("light", "a match of 98 % in the memory")),
        ("tm:marseille:83", "", ("full", "a similar text in the memory (83 %)")),
        ("tm:marseille:98", "ana", ("full", "its source changed since it was approved")),
        ("tm:marseille", "", ("full", "its source changed since it was approved")),
    ],
)
def test_what_the_memory_has_for_another_source_is_no_changed_source(
    origin: str, actor: str, way: tuple[str, str]
) -> None:
    assert routed(origin, previous="Another.", actor=actor) == way


def test_some_of_the_light_ones_are_audited_always_the_same() -> None:
    entries = [Entry(f"Sentence {number}", f"Phrase {number}", origin="tb") for number in range(2000)]
    audited = [entry for entry in entries if route(entry, (), TrustSettings(audit=5)).review is Review.FULL]
    assert 60 < len(audited) < 140
    assert audited == [
        entry for entry in entries if route(entry, (), TrustSettings(audit=5)).review is Review.FULL
    ]
    assert "one of 5 in a hundred" in str(route(audited[0], (), TrustSettings(audit=5)).reasons[0])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("releases", "locales", "glossary"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "l10n.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_the_command_lists_what_needs_a_person_most_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["update"]) == 0
    capsys.readouterr()
    assert main(["route", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows
    assert {row["review"] for row in rows} <= {"light", "full"}
    for one, other in pairwise(rows):
        if (one["release"], one["locale"]) == (other["release"], other["locale"]):
            assert one["points"] >= other["points"]
    assert main(["route", "--review", "full"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    count = sum(row["review"] == "full" for row in rows)
    assert last == f"{count} segments: {count} for a full review, 0 for a light one"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("light_from = 101", "is 101"),
        ("audit = -1", "is -1"),
        ("trust = 1", "trust"),
        ('trusted = "deepl"', "trusted"),
    ],
)
def test_settings_that_make_no_sense_are_told(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "l10n.toml"
    path.write_text(f'[project]\nsource_locales = ["fr"]\nlocales = ["es"]\n[review]\n{line}\n', "utf-8")
    with pytest.raises(ConfigError) as told:
        settings.read(path)
    assert said in str(told.value)


@pytest.mark.parametrize("locale", ["fr", "es", "ar"])
def test_every_reason_can_be_said_in_the_languages_of_the_interface(locale: str) -> None:
    wanted = interface_texts.of_reasons()
    assert len(wanted) > 30
    assert interface_texts.untranslated(locale, wanted) == []
