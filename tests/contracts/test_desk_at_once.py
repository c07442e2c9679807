"""Two at one segment, a save that is late, a session that is over: what was typed is kept."""

from __future__ import annotations

import threading

import pytest

from l10n import project
from tests.desk_support import MERCI, PASSWORD, PLAGES, House, tree, words
from workflow import people


def last(house: House, source: str) -> tuple[str, str]:
    """(action, target) of the newest decision."""
    found = house.ledger.store.history("tanger", "es", ("", source))[-1]
    return found.action.value, found.target


def test_a_stale_save_keeps_what_was_typed_and_shows_what_stands(house: House) -> None:
    seen = house.base_of("tom", MERCI)
    house.decide("tina", MERCI, "save", "Gracias.")
    status, shown = house.decide("tom", MERCI, "save", "Muchas gracias.", base=seen)
    assert status == 409
    box = tree(shown).css_first("textarea#target")
    assert box is not None
    assert box.text() == "Muchas gracias."
    stands = tree(shown).css(".three section")[1]
    assert stands.text().split()[:4] == ["What", "stands", "now", "Tina,"]
    assert stands.css_first("p.text ins").text() == "Gracias."  # type: ignore[union-attr]
    assert house.standing(MERCI)[0] == "Gracias."


def three_ways(house: House, mine: str, theirs: str) -> tuple[dict[str, str], str]:
    """(the form a late save is answered with, the page) where both started from one text."""
    house.decide("tom", PLAGES, "save", "La ciudad tiene 26 playas.")
    seen = house.base_of("tom", PLAGES)
    house.decide("tina", PLAGES, "save", theirs)
    status, shown = house.decide("tom", PLAGES, "save", mine, base=seen)
    assert status == 409
    form = tree(shown).css_first("form.work")
    assert form is not None
    fields = {str(box.attributes["name"]): str(box.attributes["value"]) for box in form.css("input")}
    box = form.css_first("textarea#target")
    assert box is not None
    return fields | {"target": box.text()}, shown


def test_a_late_save_that_fits_with_the_other_is_offered_with_it(house: House) -> None:
    form, shown = three_ways(house, "La ciudad tiene 26 playas limpias.", "Una ciudad tiene 26 playas.")
    assert form["target"] == "Una ciudad tiene 26 playas limpias."
    assert "Both changes fit together" in words(shown)
    answer = house.at("tom").post(house.address(PLAGES), data=form | {"action": "save"})
    assert answer.status_code == 303
    assert house.standing(PLAGES)[0] == "Una ciudad tiene 26 playas limpias."


@pytest.mark.parametrize(("chosen", "text"), [("use-mine", "La villa."), ("use-theirs", "El pueblo.")])
def test_of_two_texts_that_do_not_fit_either_is_taken_without_scripts(
    house: House, chosen: str, text: str
) -> None:
    form, shown = three_ways(house, "La villa.", "El pueblo.")
    assert form["target"] == "La villa."
    assert [one.attributes["value"] for one in tree(shown).css(".three button")] == ["use-mine", "use-theirs"]
    again = house.at("tom").post(house.address(PLAGES), data=form | {"fix": chosen}).text
    box = tree(again).css_first("textarea#target")
    assert box is not None
    assert box.text() == text
    assert len(tree(again).css(".three section")) == 2


def test_an_edit_of_the_file_makes_a_save_stale_too(house: House) -> None:
    house.decide("tom", MERCI, "save", "Gracias.")
    seen = house.base_of("tom", MERCI)
    path = house.catalogue()
    path.write_text(path.read_text("utf-8").replace("Gracias.", "Mil gracias."), "utf-8")
    assert house.decide("tom", MERCI, "save", "Muchas gracias.", base=seen)[0] == 409


def test_a_decision_between_the_look_and_the_page_makes_the_page_stale(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.decide("tom", MERCI, "save", "Gracias.")
    house.at("tina").get(house.address(MERCI))
    store, looked = house.ledger.store, house.ledger.store.history

    def slow(release: str, locale: str, key: tuple[str, str]) -> object:
        monkeypatch.setattr(store, "history", looked)
        house.decide("tom", MERCI, "save", "Mil gracias.")
        return looked(release, locale, key)

    monkeypatch.setattr(store, "history", slow)
    seen = house.base_of("tina", MERCI)
    assert house.decide("tina", MERCI, "save", "Gracias, pues.", base=seen)[0] == 409


def test_two_people_never_get_the_same_segment_from_next(house: House) -> None:
    people_ = [house.person(login) for login in ("tom", "tina", "rita", "ed")]
    release = project.release(house.ledger.project, "tanger")
    desk = house.app.state.services.desk
    together = threading.Barrier(len(people_))
    got: list[str | None] = []

    def ask(number: int) -> None:
        together.wait()
        got.append(desk.next(people_[number], release, "es"))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(people_))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == len(set(got)) == len(people_)
    assert None not in got


def test_opening_a_segment_somebody_has_names_them_until_the_lease_lapses(house: House) -> None:
    house.at("tina").get(house.address(MERCI))
    assert "Tina has this segment open" in words(house.at("tom").get(house.address(MERCI)).text)
    assert "open at Tina" in words(house.at("tom").get("/releases/tanger/es").text)
    house.clock.later(minutes=11)
    assert "has this segment open" not in words(house.at("tom").get(house.address(MERCI)).text)


def test_looking_changes_nothing_but_a_lease(house: House) -> None:
    house.decide("tom", MERCI, "save", "Gracias.")
    before = house.catalogue().read_bytes(), house.ledger.store.newest("tanger", "es")
    for path in ("/", "/releases/tanger/es", house.address(MERCI), "/releases/tanger/es/next"):
        house.at("rita").get(path)
    house.at("rita").get(house.address(MERCI) + "?use=source&action=approve&target=x")
    assert (house.catalogue().read_bytes(), house.ledger.store.newest("tanger", "es")) == before


def test_a_save_after_the_session_is_over_is_carried_through_the_sign_in(house: House) -> None:
    tom = house.person("tom")
    house.ledger.store.save_person(type(tom)(tom.id, tom.login, tom.name, tom.roles, people.hashed(PASSWORD)))
    typed = {"action": "save", "target": 'Gracias "a" <todos> & más.', "base": house.base_of("tom", MERCI)}
    house.clock.later(hours=13)
    asked = house.at("tom").post(house.address(MERCI), data=typed)
    assert asked.status_code == 401
    form = tree(asked.text).css_first('form[action="/sign-in"]')
    assert form is not None
    carried = {box.attributes["name"]: box.attributes["value"] for box in form.css("input[type=hidden]")}
    welcome = house.at("tom").post("/sign-in", data={**carried, "login": "tom", "password": PASSWORD})
    assert welcome.status_code == 200
    again = tree(welcome.text).css_first(f'form[action="{house.address(MERCI)}"]')
    assert again is not None
    fields = {box.attributes["name"]: box.attributes["value"] for box in again.css("input[type=hidden]")}
    box = again.css_first("textarea")
    assert box is not None
    fields["target"] = box.text()
    assert fields == {**typed}
    assert house.at("tom").post(house.address(MERCI), data=fields).status_code == 303
    assert house.standing(MERCI)[0] == typed["target"]


def test_whoever_signs_in_by_link_in_another_tab_goes_on_from_there(house: House) -> None:
    typed = {"action": "save", "target": "Gracias.", "base": house.base_of("tom", MERCI)}
    house.clock.later(hours=13)
    asked = tree(house.at("tom").post(house.address(MERCI), data=typed).text)
    again = asked.css_first(f'form[action="{house.address(MERCI)}"]')
    assert again is not None
    house.at("tom").post(house.link("tom"))
    assert house.at("tom").post(house.address(MERCI), data=typed).status_code == 303
    assert last(house, MERCI) == ("save", "Gracias.")


def test_an_unforeseen_failure_gives_the_text_back(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    base = house.base_of("tom", MERCI)

    def full(*_: object, **__: object) -> None:
        raise OSError("disk full while writing 'Gracias a todos'")

    monkeypatch.setattr(house.ledger.store, "append_each", full)
    status, shown = house.decide("tom", MERCI, "save", "Gracias a todos", base=base)
    assert status == 500
    box = tree(shown).css_first(f'form[action="{house.address(MERCI)}"] textarea')
    assert box is not None
    assert box.text() == "Gracias a todos"
    assert "disk full" not in shown
