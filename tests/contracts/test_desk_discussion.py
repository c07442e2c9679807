"""People at the desk tell each other: comments, questions, assignments, what is new, who is here."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.desk_support import MERCI, PLAGES, SEULE, House, tree, words
from workflow.desk_records import desk_records_of
from workflow.states import Role
from workflow.store import segment_id

LIST = "/releases/tanger/es"


def say(house: House, login: str, source: str, text: str, **fields: str) -> int:
    return (
        house.at(login).post(house.address(source) + "/comments", data={"text": text, **fields}).status_code
    )


def news(house: House, login: str) -> list[str]:
    return [words(one.html or "") for one in tree(house.at(login).get("/news").text).css(".news li")]


def badge(house: House, login: str) -> str:
    found = tree(house.at(login).get("/").text).css_first(".who .badge")
    return found.text() if found else ""


# Comments


def test_a_comment_stands_at_its_segment_and_in_the_list_until_it_is_closed(house: House) -> None:
    assert say(house, "tom", MERCI, "¿Gracias o muchas gracias?") == 303
    shown = house.at("rita").get(house.address(MERCI)).text
    assert "¿Gracias o muchas gracias?" in words(shown)
    assert "1 comment" in words(house.at("rita").get(LIST).text)
    assert "muchas gracias" not in house.at("rita").get(house.address(SEULE)).text
    form = tree(shown).css_first(".said form")
    assert form is not None
    where = str(form.attributes["action"])
    assert house.at("rita").post(where).status_code == 303
    assert "closed by Rita" in words(house.at("tom").get(house.address(MERCI)).text)
    assert "1 comment" not in words(house.at("rita").get(LIST).text)
    house.at("tom").post(where, data={"again": "1"})
    assert "1 comment" in words(house.at("rita").get(LIST).text)


def test_a_comment_is_for_its_language_and_a_question_about_the_source_for_all(house: House) -> None:
    say(house, "tom", MERCI, "Solo en español")
    say(house, "tom", MERCI, "Qui remercie-t-on ?", asks="1")
    arabic = words(house.at("rita").get(house.address(MERCI, "ar")).text)
    assert "Solo en español" not in arabic
    assert "Qui remercie-t-on ?" in arabic
    assert "about the source" in arabic


@pytest.mark.parametrize("text", ["", "   ", "\x00", "x" * 2001])
def test_a_comment_that_says_nothing_or_too_much_is_refused(house: House, text: str) -> None:
    assert say(house, "tom", MERCI, text) == 403
    assert desk_records_of(house.ledger.store).newest_comments(since=None) == ()


def test_comments_elsewhere_are_out_of_reach(house: House) -> None:
    say(house, "rita", MERCI, "Hola")
    (found,) = desk_records_of(house.ledger.store).newest_comments(since=None)
    for address in (house.address(SEULE), house.address(MERCI, "ar"), house.address(MERCI)[:-1] + "0"):
        assert house.at("ed").post(f"{address}/comments/{found.id}").status_code == 404
    assert (
        house.at("tom").post(f"{house.address(MERCI, 'ar')}/comments", data={"text": "x"}).status_code == 403
    )
    assert house.at("tom").post("/releases/tanger/es/0000/comments", data={"text": "x"}).status_code == 404
    assert house.at("ines").post(f"{house.address(MERCI)}/comments/{found.id}").status_code == 403


def test_who_is_forgotten_has_said_nothing(house: House) -> None:
    say(house, "tom", MERCI, "Mi teléfono es 555")
    house.at("tom").post(house.address(MERCI) + "/draft", data={"target": "Borrador", "base": ""})
    house.ledger.forget(house.person("tom").id)
    assert "555" not in house.at("rita").get(house.address(MERCI)).text


def test_who_is_named_stands_out_and_who_could_be_is_listed(house: House) -> None:
    say(house, "tom", MERCI, "@rita. ¿Y <b>@tina</b>? x@ed.example")
    shown = tree(house.at("rita").get(house.address(MERCI)).text)
    assert [one.text() for one in shown.css(".said .mention")] == ["@rita", "@tina"]
    assert not shown.css(".said b")
    told = house.at("tom").get(f"{LIST}/people").json()
    assert [one["login"] for one in told] == ["ed", "rita", "tina"]
    assert house.at("tom").get("/releases/tanger/ar/people").status_code == 403
    assert '#comments"' in house.at("rita").get("/news").text


# News


def test_whoever_is_named_asked_or_answered_hears_of_it_once(house: House) -> None:
    say(house, "tom", MERCI, "@rita, ¿qué dices? Escribe a x@tina.example")
    house.clock.later(seconds=1)
    assert badge(house, "rita") == "1"
    assert badge(house, "tina") == badge(house, "tom") == ""
    assert "Tom named you" in news(house, "rita")[0]
    assert badge(house, "rita") == ""
    house.clock.later(seconds=1)
    say(house, "rita", MERCI, "Está bien.")
    assert "Rita commented where you did" in news(house, "tom")[0]
    say(house, "tom", SEULE, "Que veut dire « seule » ?", asks="1")
    assert any("Tom asks about the source" in one for one in news(house, "ed"))
    assert not any("asks about" in one for one in news(house, "rita"))


def test_a_question_about_the_source_is_looked_at_in_the_language_it_was_asked_in(house: House) -> None:
    say(house, "rita", MERCI, "Qui remercie-t-on ?", asks="1")
    house.clock.later(seconds=1)
    say(house, "ed", MERCI, "Les communes.")
    (asked,) = tree(house.at("ed").get("/news").text).css(".news a")
    assert asked.attributes["href"] == house.address(MERCI) + "#comments"
    rita = house.at("rita")
    assert rita.post(house.address(MERCI, "ar") + "/comments", data={"text": "Et ici ?", "asks": "1"})
    house.clock.later(seconds=1)
    hrefs = [one.attributes["href"] for one in tree(house.at("ed").get("/news").text).css(".news a")]
    assert hrefs == [f"{house.address(MERCI, locale)}#comments" for locale in ("ar", "es")]


def test_what_was_sent_back_is_told_to_whoever_worked_on_it(house: House) -> None:
    house.decide("tom", MERCI, "save", "Gracias.")
    house.clock.later(seconds=1)
    house.decide("rita", MERCI, "send-back", "Gracias.", note="más cordial")
    assert "Rita sent something back" in news(house, "tom")[0]
    assert "más cordial" in news(house, "tom")[0]
    assert news(house, "tina") == news(house, "rita") == []


# Assignments


def test_an_editor_assigns_a_release_with_a_day_and_the_queue_shows_it(house: House) -> None:
    tom = house.person("tom").id
    data = {"person": tom, "due": "2026-09-20"}
    assert house.at("rita").post(f"{LIST}/assign", data=data).status_code == 403
    assert house.at("ed").post(f"{LIST}/assign", data=data).status_code == 303
    queue = words(house.at("ed").get("/?into=es").text)
    assert "Tom due 20 Sep 2026" in queue
    assert "This is yours to do" in news(house, "tom")[0]
    assert "This is for Tom to do. Due 20 Sep 2026." in words(house.at("rita").get(LIST).text)
    mine = tree(house.at("tom").get("/?whose=me").text).css("td.into")
    assert len(mine) == 1
    assert tree(house.at("tina").get("/?whose=me").text).css("td.into") == []
    house.at("ed").post(f"{LIST}/assign", data={})
    assert "due" not in words(house.at("ed").get("/?into=es").text).lower().split()


def _stood(house: House, login: str) -> str:
    field = tree(house.at(login).get(LIST).text).css_first("form[action$='/assign'] [name=stood]")
    assert field is not None
    return str(field.attributes["value"] or "")


def test_of_two_who_assign_from_the_same_page_the_later_sees_both_and_goes_on(house: House) -> None:
    tom, tina = house.person("tom").id, house.person("tina").id
    stale = _stood(house, "ed")
    first = {"person": tom, "due": "2026-09-20", "stood": stale}
    assert house.at("ed").post(f"{LIST}/assign", data=first).status_code == 303
    assert house.at("ed").post(f"{LIST}/assign", data=first).status_code == 303, "sent twice"
    second = {"person": tina, "due": "2026-09-25", "stood": stale}
    late = house.at("ed").post(f"{LIST}/assign", data=second)
    assert late.status_code == 409
    assert "Somebody assigned this meanwhile." in words(late.text)
    assert "This is for Tom to do. Due 20 Sep 2026." in words(late.text)
    shown = tree(late.text)
    (chosen,) = shown.css("form[action$='/assign'] option[selected]")
    due = shown.css_first("form[action$='/assign'] [name=due]")
    assert due is not None
    assert (chosen.text(), due.attributes["value"]) == ("Tina", "2026-09-25")
    assert "This is for Tom to do." in words(house.at("rita").get(LIST).text)
    second["stood"] = _stood(house, "ed")
    assert house.at("ed").post(f"{LIST}/assign", data=second).status_code == 303
    assert "This is for Tina to do. Due 25 Sep 2026." in words(house.at("rita").get(LIST).text)


def test_what_is_for_somebody_to_do_who_has_no_role_in_it_any_more_is_anybodys(house: House) -> None:
    tom = house.person("tom")
    house.at("ed").post(f"{LIST}/assign", data={"person": tom.id, "due": "2026-09-20"})
    assert house.at("tina").get("/next?into=es").headers["location"] == "/"
    house.ledger.store.save_person(replace(tom, roles={"ar": Role.TRANSLATOR}))
    assert house.at("tina").get("/next?into=es").headers["location"].startswith(LIST)


def test_the_day_something_is_due_outlives_the_person_it_was_given_to(house: House) -> None:
    tom = house.person("tom").id
    house.at("ed").post(f"{LIST}/assign", data={"person": tom, "due": "2026-09-20"})
    house.ledger.forget(tom)
    (given,) = desk_records_of(house.ledger.store).assignments().values()
    assert (given.person, str(given.due)) == ("", "2026-09-20")
    assert "Due 20 Sep 2026." in words(house.at("rita").get(LIST).text)


def test_only_people_of_the_language_are_assigned_and_who_is_away_is_marked(house: House) -> None:
    ed = house.at("ed")
    ines = house.person("ines").id
    assert ed.post(f"{LIST}/assign", data={"person": ines}).status_code == 403
    assert ed.post(f"{LIST}/assign", data={"due": "tomorrow"}).status_code == 403
    house.at("tom").post("/me", data={"what": "profile", "name": "Tom", "away": "2026-09-14"})
    assert "Tom (away)" in words(ed.get(LIST).text)
    house.clock.later(days=1)
    house.browsers.clear()
    assert "Tom (away)" not in words(house.at("ed").get(LIST).text)


# Drafts at the desk


def test_what_one_types_is_there_on_another_machine_until_it_is_decided(house: House) -> None:
    where = house.address(MERCI)
    assert house.at("tom").post(where + "/draft", data={"target": "Graci", "base": ""}).status_code == 204
    other = house.stranger()
    other.post(house.link("tom"))
    form = tree(other.get(where).text).css_first("form.work")
    assert form is not None
    assert form.attributes["data-draft"] == "Graci"
    assert other.get(where + "/help").json()["draft"] == {"target": "Graci", "base": ""}
    assert house.at("tina").get(where + "/help").json()["draft"] is None
    assert "Graci" in words(house.at("tom").get("/news").text)
    house.decide("tom", MERCI, "save", "Gracias.")
    assert house.at("tom").get(where + "/help").json()["draft"] is None


def test_an_emptied_draft_is_forgotten(house: House) -> None:
    where = house.address(MERCI)
    house.at("tom").post(where + "/draft", data={"target": "Graci", "base": ""})
    house.at("tom").post(where + "/draft", data={"target": "", "base": ""})
    assert house.at("tom").get(where + "/help").json()["draft"] is None
    assert house.at("tom").post("/releases/tanger/es/0000/draft", data={"target": "x"}).status_code == 404


# Who is here


def test_two_on_one_segment_see_each_other(house: House) -> None:
    id_ = segment_id(("", MERCI))
    house.at("tom").get(house.address(MERCI) + "/help")
    assert house.at("tina").get(house.address(MERCI) + "/help").json()["held_by"] == "Tom"
    told = house.at("tom").get(f"{LIST}/changes?open={id_}").json()
    assert told["held"] == {id_: "Tina"}
    house.at("tina").post(house.address(MERCI) + "/release")
    assert house.at("tom").get(f"{LIST}/changes?open={id_}").json()["held"] == {}


def test_a_page_that_stays_open_keeps_its_lease_and_one_that_says_nothing_does_not(house: House) -> None:
    id_ = segment_id(("", MERCI))
    house.at("tom").get(house.address(MERCI))
    for _ in range(6):
        house.clock.later(minutes=3)
        house.at("tom").get(f"{LIST}/changes?open={id_}")
    assert house.at("tina").get(house.address(MERCI) + "/help").json()["held_by"] == "Tom"
    house.clock.later(minutes=11)
    assert house.at("rita").get(house.address(MERCI) + "/help").json()["held_by"] == ""
    assert house.at("tom").get(f"{LIST}/changes?open=0000").status_code == 404


def test_a_lease_that_was_taken_over_says_by_whom(house: House) -> None:
    id_ = segment_id(("", MERCI))
    shown = tree(house.at("tom").get(house.address(MERCI)).text)
    form, holder = shown.css_first("form.work"), shown.css_first("[data-lost]")
    assert form is not None
    assert holder is not None
    assert "data-leased" in form.attributes
    assert holder.attributes["data-lost"] == (
        "{name} has taken this segment over, since you were away. What you typed is kept here."
    )
    assert house.at("tom").get(f"{LIST}/changes?open={id_}").json()["leased"] == ""
    house.clock.later(minutes=11)
    assert house.at("tina").get(house.address(MERCI) + "/help").json()["held_by"] == ""
    assert house.at("tom").get(f"{LIST}/changes?open={id_}").json()["leased"] == "Tina"
    form = tree(house.at("tom").get(house.address(MERCI)).text).css_first("form.work")
    assert form is not None
    assert "data-leased" not in form.attributes


def test_nothing_said_becomes_markup(house: House) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)> @<b>rita</b>'
    say(house, "tom", PLAGES, evil)
    say(house, "tom", PLAGES, "@rita " + evil, asks="1")
    house.at("tom").post("/me", data={"what": "profile", "name": evil})
    house.at("tom").post(house.address(PLAGES) + "/draft", data={"target": evil, "base": '"><b>'})
    for login, path in (("rita", house.address(PLAGES)), ("rita", "/news"), ("tom", "/news"), ("ed", LIST)):
        shown = house.at(login).get(path).text
        assert not tree(shown).css("script:not([src^='/assets/']), [onerror], main b")
        assert re.search(r"&lt;script", shown)
