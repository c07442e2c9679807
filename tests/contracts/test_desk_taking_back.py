"""What was just decided is taken back on the page that one comes to, unless somebody decided since."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.desk_support import (
    LIST,
    MERCI,
    PLAGES,
    RAPPORT,
    SEULE,
    House,
    sure,
    take_back,
    tree,
    undo_fields,
    words,
)
from workflow.states import Action
from workflow.store import segment_id

OFFER, BACK = "[data-step] [formaction$=undo]", "Taken back. It stands as it did before."


def decided(house: House, login: str, source: str, action: str, target: str) -> str:
    """Decide at the desk; the page that one comes to."""
    house.clock.later(seconds=1)
    data = {"action": action, "target": target, "base": house.base_of(login, source)}
    answer = house.at(login).post(house.address(source), data=data, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def pressed(house: House, login: str, shown: str) -> str:
    """Press "Undo" a little later; the page that one comes to."""
    house.clock.later(seconds=1)
    answer = house.at(login).post(f"{LIST}/undo", data=undo_fields(shown), follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


BEFORE = [
    (),
    (("tom", "save", "Gracias."),),
    (("rita", "approve", "Gracias."),),
    (("tom", "save", "Gracias."), ("rita", "send-back", "Gracias.")),
]


@pytest.mark.parametrize("before", BEFORE, ids=["missing", "translated", "approved", "fuzzy"])
@pytest.mark.parametrize(
    ("login", "action", "target", "told"),
    [
        ("rita", "approve", "Mil gracias.", "Approved."),
        ("rita", "send-back", "Mil gracias.", "Sent back."),
        ("tom", "save", "Mil gracias.", "Saved."),
    ],
)
def test_a_decision_is_taken_back_where_one_comes_to(
    house: House, before: tuple[tuple[str, str, str], ...], login: str, action: str, target: str, told: str
) -> None:
    for who, what, text in before:
        decided(house, who, MERCI, what, text)
    standing = house.standing(MERCI)
    shown = decided(house, login, MERCI, action, target)
    notice = tree(shown).css_first("[data-step]")
    assert notice is not None
    assert told in notice.text()
    assert MERCI in notice.text()
    assert house.standing(MERCI) != standing
    decisions = len(house.ledger.store.history("tanger", "es", ("", MERCI)))
    back = pressed(house, login, shown)
    if login == "tom" and standing[2] == "reviewed":
        assert house.standing(MERCI) == ("Gracias.", False, "translated")
        assert "It was approved before, and has to be approved again." in words(back)
    else:
        assert house.standing(MERCI) == standing
        assert BACK in words(back)
    assert f'action="{house.address(MERCI)}"' in back
    assert not tree(back).css(OFFER)
    assert len(house.ledger.store.history("tanger", "es", ("", MERCI))) == decisions + 1


@pytest.mark.parametrize("before", [BEFORE[0], BEFORE[1], BEFORE[3]], ids=["missing", "translated", "fuzzy"])
def test_the_history_says_that_it_was_taken_back(
    house: House, before: tuple[tuple[str, str, str], ...]
) -> None:
    for who, what, text in before:
        decided(house, who, MERCI, what, text)
    pressed(house, "rita", decided(house, "rita", MERCI, "approve", "Gracias."))
    shown = tree(house.at("rita").get(house.address(MERCI)).text)
    deeds = [one.text() for one in shown.css(".history strong")]
    assert deeds[:2] == ["taken back", "approved"], deeds


def test_whoever_took_their_approval_back_did_not_approve(house: House) -> None:
    """With two approvals needed, the one that was taken back does not count as one of them."""
    decided(house, "tom", MERCI, "save", "Gracias.")
    shown = decided(house, "rita", MERCI, "approve", "Gracias.")
    pressed(house, "rita", shown)
    (*_, newest) = house.ledger.store.history("tanger", "es", ("", MERCI))
    assert (newest.action, newest.fuzzy, newest.passed) == (Action.TAKE_BACK, False, ())
    assert newest.author == house.person("tom").id


def test_what_somebody_decided_since_is_left_alone_and_said(house: House) -> None:
    shown = decided(house, "rita", MERCI, "approve", "Gracias.")
    decided(house, "tom", MERCI, "save", "Mil gracias.")
    history = house.ledger.store.history("tanger", "es", ("", MERCI))
    back = pressed(house, "rita", shown)
    assert "Tom decided this since, so nothing was taken back." in words(back)
    assert house.ledger.store.history("tanger", "es", ("", MERCI)) == history
    assert house.standing(MERCI) == ("Mil gracias.", False, "translated")


def test_the_same_text_decided_since_is_a_decision_too(house: House) -> None:
    decided(house, "tom", MERCI, "save", "Gracias.")
    shown = decided(house, "rita", MERCI, "approve", "Gracias.")
    decided(house, "ed", MERCI, "approve", "Gracias.")
    assert "Ed decided this since" in words(pressed(house, "rita", shown))
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")


def test_a_second_press_takes_nothing_more_back(house: House) -> None:
    decided(house, "tom", MERCI, "save", "Gracias.")
    shown = decided(house, "rita", MERCI, "approve", "Mil gracias.")
    pressed(house, "rita", shown)
    history = house.ledger.store.history("tanger", "es", ("", MERCI))
    assert BACK in words(pressed(house, "rita", shown))
    assert house.ledger.store.history("tanger", "es", ("", MERCI)) == history
    assert house.standing(MERCI) == ("Gracias.", False, "translated")


def test_the_last_decision_of_a_list_is_taken_back_on_the_list(house: House) -> None:
    page = ""
    for source, target in ((PLAGES, "26"), (RAPPORT, "Lea <1>el informe</1>."), (MERCI, "Gracias.")):
        page = decided(house, "tom", source, "save", target)
    decided(house, "tom", SEULE, "save", "Una sola frase.")
    page = decided(house, "tom", "Un bureau à Tanger", "save", "Una oficina en Tánger")
    assert "1 segment was decided." in words(page)
    assert "Nothing waits for you here" in words(page)
    back = pressed(house, "tom", page)
    assert "1 segment stands as it did before." in words(back)
    assert house.standing("Un bureau à Tanger")[0] == ""
    assert house.standing(SEULE)[0] == "Una sola frase."


@pytest.mark.parametrize("query", ["done=%s", "done=%s&undone=1"])
def test_nobody_is_told_or_offered_what_another_person_decided(house: House, query: str) -> None:
    shown = decided(house, "rita", MERCI, "approve", "Gracias.")
    number = undo_fields(shown)["decision"]
    for address in (house.address(SEULE), LIST):
        page = house.at("tom").get(f"{address}?{query % number}").text
        assert not tree(page).css("[data-step], form.notice")
    for login, place, status in (("tom", "es", 403), ("ed", "ar", 403), ("ines", "es", 403)):
        answer = house.at(login).post(f"/releases/tanger/{place}/undo", data={"decision": number})
        assert answer.status_code == status, (login, place)
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")


@pytest.mark.parametrize("done", ["0", "-1", "9" * 10, "9" * 5000, "1e3", "٣", "x", "2147483648", "%00"])
def test_an_address_that_names_no_decision_tells_of_none(house: House, done: str) -> None:
    for address in (house.address(SEULE), LIST, f"{LIST}/next"):
        answer = house.at("rita").get(f"{address}?done={done}&undone=1", follow_redirects=True)
        assert answer.status_code == 200
        assert not tree(answer.text).css("[data-step], form.notice")
    answer = house.at("rita").post(f"{LIST}/undo", data={"decision": done})
    assert answer.status_code in {400, 403}


def approved_at_once(house: House) -> str:
    """Rita approves two segments in one step; the list that she comes to."""
    for source, target in ((MERCI, "Gracias."), (SEULE, "Una sola frase.")):
        decided(house, "tom", source, "save", target)
    house.clock.later(minutes=11)
    ids = [segment_id(("", MERCI)), segment_id(("", SEULE))]
    looked = house.at("rita").post(f"{LIST}/bulk", data={"action": "approve", "ids": ids}).text
    return house.at("rita").get(sure(house, "rita", looked)).text


def test_of_a_step_what_somebody_decided_since_stays(house: House) -> None:
    shown = approved_at_once(house)
    decided(house, "tom", SEULE, "save", "Una frase sola.")
    back = words(pressed(house, "rita", shown))
    assert "1 segment stands as it did before." in back
    assert "1 was decided by somebody since, and stays." in back
    assert house.standing(MERCI) == ("Gracias.", False, "translated")
    assert house.standing(SEULE) == ("Una frase sola.", False, "translated")


def test_one_segment_of_a_step_is_taken_back_by_itself_in_its_history(house: House) -> None:
    approved_at_once(house)
    house.clock.later(seconds=1)
    assert take_back(house, "rita", house.at("rita").get(house.address(SEULE)).text) == 303
    assert house.standing(SEULE) == ("Una sola frase.", False, "translated")
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")


def test_whoever_may_approve_no_longer_takes_back_to_a_text_that_waits(house: House) -> None:
    decided(house, "ed", MERCI, "approve", "Gracias.")
    shown = decided(house, "rita", MERCI, "approve", "Mil gracias.")
    rita = house.person("rita")
    store = house.ledger.store
    store.save_person(type(rita)(rita.id, rita.login, rita.name, {"es": house.person("tom").roles["es"]}))
    back = pressed(house, "rita", shown)
    assert "It was approved before, and has to be approved again." in words(back)
    assert house.standing(MERCI) == ("Gracias.", False, "translated")


def test_a_script_is_told_what_became_of_it(house: House) -> None:
    accept = {"Accept": "application/json"}
    data = {"action": "approve", "target": "Gracias.", "base": house.base_of("rita", MERCI)}
    taken = house.at("rita").post(f"{house.address(MERCI)}/decision", data=data).json()
    asked = {"decision": taken["decision"]}
    house.clock.later(seconds=1)
    assert house.at("rita").post(f"{LIST}/undo", data=asked, headers=accept).json() == {
        "by": "",
        "reopened": False,
    }
    assert house.standing(MERCI)[0] == ""
    decided(house, "tom", MERCI, "save", "Mil gracias.")
    assert house.at("rita").post(f"{LIST}/undo", data=asked, headers=accept).json()["by"] == "Tom"


def offered(shown: str) -> list[str]:
    return [str(one.attributes["data-use"]) for one in tree(shown).css(".suggestions [data-use]")]


def test_the_memory_does_not_offer_what_was_just_taken_back(house: House) -> None:
    """The catalogue, of which the memory learns that, is written a moment later."""
    behind = replace(house.ledger, schedule_write=lambda _release, _locale: None)
    desk = House(behind, house.clock, house.settings)
    shown = decided(desk, "rita", MERCI, "approve", "Gracias.")
    behind.settle()
    assert offered(desk.at("rita").get(desk.address(MERCI)).text) == []
    assert offered(pressed(desk, "rita", shown)) == []
    behind.settle()
    assert offered(desk.at("rita").get(desk.address(MERCI)).text) == []


def test_the_memory_offers_what_is_approved_in_another_release_whatever_was_taken_back(house: House) -> None:
    memory = house.ledger.project.root / "memory"
    memory.mkdir(exist_ok=True)
    unit = f"<tuv xml:lang='fr'><seg>{MERCI}</seg></tuv><tuv xml:lang='es'><seg>Gracias.</seg></tuv>"
    header = "<header srclang='fr' datatype='plaintext' segtype='sentence' adminlang='en' o-tmf='x'/>"
    (memory / "old.tmx").write_text(
        f"<tmx version='1.4'>{header}<body><tu>{unit}</tu></body></tmx>", encoding="utf-8"
    )
    shown = decided(house, "rita", MERCI, "approve", "Gracias.")
    assert offered(pressed(house, "rita", shown)) == ["Gracias."]


def test_what_was_being_typed_elsewhere_is_kept_when_something_is_taken_back(house: House) -> None:
    decided(house, "tom", PLAGES, "save", "La ciudad tiene 26 playas.")
    shown = decided(house, "tom", RAPPORT, "save", "Lea <1>el informe</1>.")
    fields = undo_fields(shown)
    assert fields["typed_in"] == segment_id(("", MERCI))
    asked = house.at("tom").post(
        f"{LIST}/undo", data=fields | {"target": "Mil gra <b>"}, follow_redirects=True
    )
    assert BACK in words(asked.text)
    assert not tree(asked.text).css("[data-kept]")
    page = tree(house.at("tom").get(house.address(MERCI)).text)
    assert "Mil gra <b>" in page.css_first("[data-kept]").text()  # type: ignore[union-attr]
    assert page.css_first("#target").text() == ""  # type: ignore[union-attr]
    link = str(page.css_first("[data-kept] a").attributes["href"])  # type: ignore[union-attr]
    again = tree(house.at("tom").get(link).text)
    assert again.css_first("#target").text() == "Mil gra <b>"  # type: ignore[union-attr]
    assert not again.css("[data-kept]")


def test_an_untouched_field_leaves_no_draft_behind(house: House) -> None:
    decided(house, "tom", MERCI, "save", "Gracias.")
    shown = decided(house, "rita", PLAGES, "approve", "La ciudad tiene 26 playas.")
    assert 'id="target"' in pressed(house, "rita", shown)
    for source in (PLAGES, RAPPORT, MERCI, SEULE):
        assert not tree(house.at("rita").get(house.address(source)).text).css("[data-kept]")
