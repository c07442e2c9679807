"""A finding that is no fault is silenced with a reason, and a segment left as it is in the source."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from l10n import catalogue as po
from l10n import project
from tests.desk_support import (
    LIST,
    MERCI,
    PLAGES,
    RAPPORT,
    SEULE,
    House,
    make_project,
    open_house,
    take_back,
    tree,
    words,
)
from workflow import steps
from workflow.states import Action
from workflow.web import WebSettings

WRONG = "La ciudad tiene 27 playas."
WHY = "counted again in May"


@pytest.fixture
def house(tmp_path: Path) -> House:
    make_project(tmp_path)
    return open_house(tmp_path, WebSettings())


def silence(house: House, login: str, source: str, target: str, check: str, why: str) -> int:
    data = {
        "silence": check,
        "checks": ["spacing", check],
        "whys": ["", why],
        "target": target,
        "base": house.base_of(login, source),
    }
    answer = house.at(login).post(house.address(source), data=data)
    if answer.status_code == 303:
        assert answer.headers["location"] == house.address(source)
    return answer.status_code


def comment(house: House, source: str) -> str:
    found = po.read(house.catalogue())
    return next(one.comment for one in found.live if one.source == source)


def checked(house: House) -> str:
    ask = [sys.executable, "-m", "workflow.cli", "-C", str(house.ledger.project.root), "check"]
    done = subprocess.run(ask, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_a_finding_is_silenced_with_a_reason_that_everybody_sees(house: House) -> None:
    house.decide("tom", PLAGES, "save", WRONG)
    before = house.at("rita").get(house.address(PLAGES)).text
    assert 'name="silence" value="numbers"' in before
    assert silence(house, "tom", PLAGES, WRONG, "numbers", f" {WHY}\n") == 303
    assert comment(house, PLAGES) == f"l10n-ok: numbers -- {WHY}"
    shown = house.at("rita").get(house.address(PLAGES)).text
    assert 'name="silence" value="numbers"' not in shown
    assert f"numbers : {WHY}" in words(shown)
    told = house.at("rita").post(f"{house.address(PLAGES)}/findings", data={"target": WRONG}).json()
    assert told["findings"] == []
    assert house.at("rita").get(f"{house.address(PLAGES)}/help").json()["silenced"] == {"numbers": WHY}
    assert house.at("rita").get(f"{LIST}?found=error").text.count('name="ids"') == 0
    assert f"(silenced: {WHY})" in checked(house)
    assert house.decide("rita", PLAGES, "approve", WRONG)[0] == 303


def test_a_warning_is_silenced_too_and_can_be_counted_again(house: House) -> None:
    twice = "Gracias gracias."
    house.decide("rita", MERCI, "approve", twice)
    found = (
        house.at("rita").post(f"{house.address(MERCI)}/findings", data={"target": twice}).json()["findings"]
    )
    assert [(one["check"], one["severity"]) for one in found] == [("doubled", "warning")]
    assert silence(house, "rita", MERCI, twice, "doubled", "she says it twice") == 303
    assert house.standing(MERCI) == (twice, False, "reviewed")
    data = {"heed": "doubled", "target": twice, "base": house.base_of("rita", MERCI)}
    assert house.at("rita").post(house.address(MERCI), data=data).status_code == 303
    assert comment(house, MERCI) == ""
    assert house.standing(MERCI) == (twice, False, "reviewed")
    assert house.at("rita").post(house.address(MERCI), data=data).status_code == 422


@pytest.mark.parametrize(
    ("check", "why", "status"),
    [
        ("numbers", "", 422),
        ("numbers", " \n ", 422),
        ("codes", "so", 422),
        ("nothing", "so", 422),
        ("numbers", "x" * 501, 422),
    ],
)
def test_nothing_is_silenced_without_a_reason_nor_what_has_to_be_right(
    house: House, check: str, why: str, status: int
) -> None:
    assert silence(house, "tom", PLAGES, WRONG, check, why) == status
    assert comment(house, PLAGES) == ""
    assert house.standing(PLAGES) == ("", False, "initial")


@pytest.mark.parametrize(
    "pressed",
    [
        {"silence": "doubled"},
        {"silence": "numbers", "base": "stale"},
        {"action": "leave"},
        {"action": "approve"},
        {"fix": "none"},
    ],
)
def test_what_was_typed_beside_the_translation_is_there_again_when_something_else_was_asked_or_refused(
    house: House, pressed: dict[str, str]
) -> None:
    house.decide("rita", PLAGES, "save", WRONG, base="")
    data = {"checks": "numbers", "whys": WHY, "left": "", "note": "a note", "target": WRONG}
    data |= {"base": house.base_of("tom", PLAGES), **pressed}
    shown = tree(house.at("tom").post(house.address(PLAGES), data=data).text)
    fault = shown.css_first(".no-fault:has([value=numbers])")
    assert fault is not None
    assert fault.css_first("textarea").text() == WHY  # type: ignore[union-attr]
    assert "open" in fault.attributes
    assert shown.css_first("#note").text() == "a note"  # type: ignore[union-attr]


def test_why_a_segment_stays_as_it_is_is_there_again_when_it_was_decided_in_between(house: House) -> None:
    house.decide("rita", MERCI, "save", "Gracias.", base="")
    data = {"action": "leave", "left": "a name", "target": "", "base": "stale"}
    answer = house.at("tom").post(house.address(MERCI), data=data)
    assert answer.status_code == 409
    left = tree(answer.text).css_first("details[open] #left")
    assert left is not None
    assert left.text() == "a name"


def test_a_translators_silence_asks_for_the_reviewers_eyes(house: House) -> None:
    house.decide("rita", PLAGES, "approve", WRONG, note="a first reason")
    assert comment(house, PLAGES) == "l10n-ok: numbers -- a first reason"
    house.decide("rita", MERCI, "approve", "Gracias gracias.")
    silence(house, "tom", MERCI, "Gracias gracias.", "doubled", "so it is")
    assert house.standing(MERCI) == ("Gracias gracias.", False, "translated")


def undo(house: House, login: str, source: str) -> int:
    return take_back(house, login, house.at(login).get(house.address(source)).text)


def test_taking_a_silence_back_brings_the_comment_back(house: House) -> None:
    house.decide("tom", PLAGES, "save", WRONG)
    house.clock.later(minutes=1)
    silence(house, "tom", PLAGES, WRONG, "numbers", WHY)
    house.clock.later(minutes=1)
    silence(house, "tom", PLAGES, WRONG, "ending", "no end")
    house.clock.later(minutes=1)
    assert undo(house, "tom", PLAGES) == 303
    assert comment(house, PLAGES) == f"l10n-ok: numbers -- {WHY}"
    assert house.standing(PLAGES) == (WRONG, False, "translated")


def test_taking_the_first_decision_back_leaves_neither_text_nor_silence(house: House) -> None:
    silence(house, "tom", PLAGES, WRONG, "numbers", WHY)
    assert undo(house, "tom", PLAGES) == 303
    assert house.standing(PLAGES) == ("", False, "initial")
    assert comment(house, PLAGES) == ""


def test_an_approval_in_spite_of_an_error_is_taken_back_with_its_silence(house: House) -> None:
    house.decide("tom", PLAGES, "save", WRONG)
    house.decide("rita", PLAGES, "approve", WRONG, note=WHY)
    assert undo(house, "rita", PLAGES) == 303
    assert (house.standing(PLAGES), comment(house, PLAGES)) == ((WRONG, False, "translated"), "")


def test_a_translator_takes_back_to_a_text_that_waits(house: House) -> None:
    house.decide("rita", SEULE, "send-back", "Una sola frase.")
    house.clock.later(minutes=1)
    house.decide("tom", SEULE, "save", "Otra frase.")
    assert undo(house, "tom", SEULE) == 303
    assert house.standing(SEULE) == ("Una sola frase.", True, "translated")
    assert "taken back" in words(house.at("rita").get(house.address(SEULE)).text)


def test_a_silence_ends_when_the_source_changes(house: House) -> None:
    silence(house, "tom", PLAGES, WRONG, "numbers", WHY)
    release = project.release(house.ledger.project, "tanger")
    file = next((house.ledger.project.root / "releases" / "tanger").glob("source.*"))
    changed = PLAGES.replace("compte", "compte presque")
    file.write_text(file.read_text("utf-8").replace(PLAGES, changed), "utf-8")
    list(steps.update_catalogues(house.ledger, release))
    now = next(one for one in po.read(house.catalogue()).live if one.source == changed)
    assert (now.target, now.comment) == (WRONG, "")


# Not to be translated


def leave(house: House, login: str, source: str, why: str) -> int:
    data = {"action": "leave", "left": why, "target": "typed", "base": house.base_of(login, source)}
    return house.at(login).post(house.address(source), data=data).status_code


def test_a_segment_is_left_as_it_is_in_the_source_with_a_reason(house: House) -> None:
    assert leave(house, "rita", RAPPORT, "") == 422
    assert leave(house, "rita", RAPPORT, "a quotation") == 303
    assert house.standing(RAPPORT) == (RAPPORT, False, "reviewed")
    assert "l10n-ok: untranslated -- a quotation" in comment(house, RAPPORT)
    last = house.ledger.store.history("tanger", "es", ("", RAPPORT))[-1]
    assert (last.origin, last.action, last.note) == ("copy", Action.APPROVE, "a quotation")
    assert "copied from the source" in words(house.at("rita").get(house.address(RAPPORT)).text)
    assert not re.search(r"error.*untranslated", checked(house))
    assert undo(house, "rita", RAPPORT) == 303
    assert (house.standing(RAPPORT), comment(house, RAPPORT)) == (("", False, "initial"), "")


def test_whoever_may_not_approve_saves_it(house: House) -> None:
    assert leave(house, "tom", RAPPORT, "a quotation") == 303
    assert house.standing(RAPPORT) == (RAPPORT, False, "translated")


# Where four eyes are asked for


def test_many_are_taken_back_to_what_another_person_wrote_under_four_eyes(tmp_path: Path) -> None:
    make_project(tmp_path)
    plan = tmp_path / "p" / "releases" / "tanger" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + 'review = "four-eyes"\n', "utf-8")
    house = open_house(tmp_path, WebSettings())
    house.decide("tom", MERCI, "save", "Gracias.")
    house.decide("rita", MERCI, "approve", "Gracias.")
    assert house.standing(MERCI)[2] == "reviewed"
    house.clock.later(minutes=1)
    house.decide("rita", MERCI, "save", "Gracias a todos.")
    assert undo(house, "rita", MERCI) == 303
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")
    assert house.ledger.store.history("tanger", "es", ("", MERCI))[-1].author == house.person("tom").id


def test_an_author_takes_back_to_what_another_person_approved(tmp_path: Path) -> None:
    make_project(tmp_path)
    plan = tmp_path / "p" / "releases" / "tanger" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + 'review = "four-eyes"\n', "utf-8")
    house = open_house(tmp_path, WebSettings())
    house.decide("rita", MERCI, "save", "Gracias.")
    assert house.decide("rita", MERCI, "approve", "Gracias.")[0] == 422
    house.decide("ed", MERCI, "approve", "Gracias.")
    house.clock.later(minutes=1)
    house.decide("rita", MERCI, "save", "Gracias a todos.")
    assert house.standing(MERCI)[2] == "translated"
    assert undo(house, "rita", MERCI) == 303
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")


def test_an_editor_in_place_silences_and_heeds(house: House) -> None:
    address = f"{house.address(PLAGES)}/decision"
    fields = {"action": "silence", "check": "numbers", "note": WHY, "target": WRONG, "base": ""}
    told = house.at("tom").post(address, data=fields).json()
    assert told["silenced"] == {"numbers": WHY}
    fields |= {"action": "heed", "base": told["base"], "note": ""}
    assert house.at("tom").post(address, data=fields).json()["silenced"] == {}
    fields |= {"action": "leave", "note": "a name", "base": told["base"]}
    left = house.at("tom").post(address, data=fields).json()
    assert (left["target"], left["standing"]) == (PLAGES, "translated")
