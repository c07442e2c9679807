"""A decision at the desk: what it makes of a segment, what holds it back, how an earlier one is put back."""

from __future__ import annotations

import pytest

from tests.desk_support import LIST, MERCI, PLAGES, RAPPORT, SEULE, House, tree, words
from workflow.cli import main
from workflow.store import segment_id


def test_a_save_is_translated_an_approval_reviewed_a_return_fuzzy(house: House) -> None:
    assert house.decide("tom", MERCI, "save", "Gracias.")[0] == 303
    assert house.standing(MERCI) == ("Gracias.", False, "translated")
    assert house.decide("rita", MERCI, "approve", "Gracias.")[0] == 303
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")
    assert house.decide("rita", MERCI, "send-back", "Gracias.", note="más cordial")[0] == 303
    assert house.standing(MERCI) == ("Gracias.", True, "translated")
    assert "Rita sent this back. más cordial" in words(house.at("tom").get(house.address(MERCI)).text)


def test_a_decision_leads_on_to_the_next_segment(house: House) -> None:
    data = {"action": "save", "target": "Gracias.", "base": ""}
    onward = house.at("tom").post(house.address(MERCI), data=data).headers["location"]
    assert house.at("tom").get(onward).headers["location"] == f"{house.address(SEULE)}?done=1"


def test_skipping_decides_nothing_and_leads_on(house: House) -> None:
    answer = house.at("tom").post(house.address(MERCI), data={"action": "skip", "target": "typed"})
    assert answer.status_code == 303
    assert house.standing(MERCI) == ("", False, "initial")


def test_saving_nothing_over_nothing_is_no_decision(house: House) -> None:
    status, shown = house.decide("tom", MERCI, "save", "  ")
    assert status == 422
    assert "nothing to save" in words(shown)


def test_an_error_holds_an_approval_back_until_a_note_says_why(house: House) -> None:
    status, shown = house.decide("rita", PLAGES, "approve", "La ciudad tiene 27 playas.")
    assert status == 422
    box = tree(shown).css_first("textarea#target")
    assert box is not None
    assert box.text() == "La ciudad tiene 27 playas."
    assert house.standing(PLAGES)[2] == "initial"
    assert house.decide("rita", PLAGES, "approve", "La ciudad tiene 27 playas.", note=" ")[0] == 422
    assert (
        house.decide("rita", PLAGES, "approve", "La ciudad tiene 27 playas.", note="27 desde ayer")[0] == 303
    )
    assert house.standing(PLAGES)[2] == "reviewed"


def test_the_reason_given_at_the_desk_is_one_for_the_gate_too(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = "La ciudad tiene 27 playas."
    assert house.decide("rita", PLAGES, "approve", wrong, note="27 desde\nayer")[0] == 303
    path = house.catalogue()
    assert "# l10n-ok: numbers -- 27 desde ayer\n" in path.read_text("utf-8")
    main(["-C", str(house.ledger.project.root), "check", "--checks", "numbers"])
    assert "(silenced: 27 desde ayer) [numbers]" in capsys.readouterr().out
    assert house.decide("rita", PLAGES, "send-back", wrong)[0] == 303
    assert house.decide("rita", PLAGES, "approve", wrong)[0] == 303
    assert path.read_text("utf-8").count("l10n-ok") == 1


def test_a_segment_says_how_closely_it_is_to_be_looked_at(house: House) -> None:
    assert house.decide("tom", PLAGES, "save", "La ciudad tiene 27 playas.")[0] == 303
    shown = tree(house.at("rita").get(house.address(PLAGES)).text)
    told = shown.css_first("[data-route]")
    assert told is not None
    assert " ".join(told.text().split()) == "For a full review: a number differs."
    assert house.decide("rita", PLAGES, "approve", "La ciudad tiene 26 playas.")[0] == 303
    assert tree(house.at("rita").get(house.address(PLAGES)).text).css_first("[data-route]") is None


def test_codes_that_do_not_fit_are_never_taken(house: House) -> None:
    for action, note in (("save", ""), ("approve", "I insist")):
        status, shown = house.decide("rita", RAPPORT, action, "Lea <1>el informe.", note=note)
        assert status == 422
        assert "codes do not fit" in words(shown)


def test_more_than_a_segment_can_hold_is_refused_with_the_text_kept(house: House) -> None:
    status, shown = house.decide("tom", MERCI, "save", "g" * 20_001)
    assert status == 422
    assert "g" * 20_001 in shown


def test_control_characters_and_line_breaks_are_smoothed(house: House) -> None:
    house.decide("tom", MERCI, "save", "Muchas\r\ngracias\u2028a\x00 todos\x85.\x1b")
    assert house.standing(MERCI)[0] == "Muchas gracias a todos ."


def test_a_decision_says_what_was_still_found_when_it_was_taken(house: House) -> None:
    status, _ = house.decide("rita", PLAGES, "approve", "La ciudad tiene 27 playas.")
    assert status == 422
    assert house.ledger.store.history("tanger", "es", ("", PLAGES)) == ()
    house.decide("rita", PLAGES, "approve", "La ciudad tiene 27 playas.", note="one was found since")
    house.decide("tom", MERCI, "save", "Gracias.")
    history = house.ledger.store.history("tanger", "es", ("", PLAGES))
    assert [(one.outstanding, one.note) for one in history] == [("numbers", "one was found since")]
    assert house.ledger.store.history("tanger", "es", ("", MERCI))[-1].outstanding == ""
    assert house.ledger.store.breaks() == ()
    assert "Still found then: numbers" in words(house.at("rita").get(house.address(PLAGES)).text)


def put_back(house: House, login: str, text: str) -> int:
    """The status of one click on "Put this back" beside the oldest such text in the history of MERCI."""
    shown = tree(house.at(login).get(house.address(MERCI)).text)
    rows = [row for row in shown.css(".history li") if row.css_first("form[action$=put-back]")]
    boxes = next(row for row in reversed(rows) if text in row.text()).css("form[action$=put-back] input")
    fields = {str(box.attributes["name"]): box.attributes["value"] or "" for box in boxes}
    return house.at(login).post(f"{house.address(MERCI)}/put-back", data=fields).status_code


def test_an_earlier_text_is_put_back_in_one_step_that_can_be_taken_back(house: House) -> None:
    house.decide("rita", MERCI, "approve", "Gracias.")
    house.decide("tina", MERCI, "save", "Mil perdones.")
    house.clock.later(seconds=1)
    assert put_back(house, "tom", "Gracias.") == 303
    assert house.standing(MERCI) == ("Gracias.", False, "translated")
    assert put_back(house, "rita", "perdones") == 303
    house.clock.later(seconds=1)
    assert put_back(house, "rita", "Gracias.") == 303
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")
    undo = tree(house.at("rita").get(house.address(MERCI)).text).css_first(".history form[action$=undo]")
    assert undo is not None
    fields = {str(box.attributes["name"]): box.attributes["value"] or "" for box in undo.css("input")}
    assert house.at("rita").post(f"{LIST}/undo", data=fields).status_code == 303
    assert house.standing(MERCI) == ("Mil perdones.", False, "translated")
    where = f"{house.address(MERCI)}/put-back"
    assert house.at("tom").post(where, data={"decision": "999", "base": ""}).status_code == 403
    assert house.at("tom").post(where, data={"decision": "1", "base": "stale"}).status_code == 409
    assert house.at("ines").post(where, data={"decision": "1", "base": ""}).status_code == 403


def test_what_was_sent_back_is_put_back_as_such(house: House) -> None:
    house.decide("rita", MERCI, "send-back", "Gracias.")
    house.decide("tom", MERCI, "save", "Mil perdones.")
    assert put_back(house, "tom", "Gracias.") == 303
    assert house.standing(MERCI) == ("Gracias.", True, "translated")


def test_what_is_put_back_needs_other_eyes_again(house: House) -> None:
    plan = house.ledger.project.root / "releases" / "tanger" / "release.toml"
    plan.write_text('review = "four-eyes"\n' + plan.read_text("utf-8"), "utf-8")
    house.decide("rita", MERCI, "save", "Gracias.")
    house.decide("ed", MERCI, "approve", "Gracias.")
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")
    house.decide("tom", MERCI, "save", "Mil perdones.")
    assert put_back(house, "rita", "Gracias.") == 303
    assert house.standing(MERCI) == ("Gracias.", False, "translated")
    assert house.decide("rita", MERCI, "approve", "Gracias.")[0] == 422
    assert house.decide("ed", MERCI, "approve", "Gracias.")[0] == 303


def test_without_review_a_translator_is_offered_to_approve(house: House) -> None:
    button = 'button[name="action"][value="approve"]'
    assert not tree(house.at("tom").get(house.address(MERCI)).text).css(button)
    ruled(house, 'review = "none"')
    assert tree(house.at("tom").get(house.address(MERCI)).text).css(button)
    assert house.decide("tom", MERCI, "approve", "Gracias.")[0] == 303
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")


def test_the_second_pass_is_somebody_elses_and_next_goes_on(house: House) -> None:
    ruled(house, 'two_passes = ["es"]')
    house.decide("rita", MERCI, "approve", "Gracias.")
    assert house.standing(MERCI) == ("Gracias.", False, "translated")
    status, shown = house.decide("rita", MERCI, "approve", "Gracias.")
    assert status == 422
    assert "A second person has to approve it, too." in words(shown)
    waiting = set()
    for _ in range(6):
        where = house.at("rita").get(f"{LIST}/next?after={segment_id(('', MERCI))}").headers["location"]
        waiting.add(where)
    assert house.address(MERCI) not in waiting
    house.decide("ed", MERCI, "approve", "Gracias.")
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")


def ruled(house: House, line: str) -> None:
    plan = house.ledger.project.root / "releases" / "tanger" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + line + "\n", "utf-8")
