"""What waits for a person at the desk, and who may publish."""

from __future__ import annotations

import pytest

from l10n import project
from tests.desk_support import MERCI, PLAGES, RAPPORT, SEULE, House, tree, words
from workflow import ledger as ledgers
from workflow.states import Action, Role


def test_the_queue_shows_a_person_their_languages_only(house: House) -> None:
    def asked(login: str) -> list[str]:
        return [cell.text().strip() for cell in tree(house.at(login).get("/").text).css("td.into")]

    assert asked("tom") == ["Español"]
    assert sorted(asked("ed")) == ["Español", "العربية"]


def test_what_somebody_is_at_goes_before_what_is_as_urgent_and_more_at_risk(house: House) -> None:
    def first() -> str:
        return house.at("rita").get("/next").headers["location"].split("/")[3]

    house.decide("tom", MERCI, "save", "Gracias.")
    begun = {"es": "ar", "ar": "es"}[first()]
    house.at("rita").get(house.address(PLAGES, begun))
    assert first() == begun
    cells = [one.text().strip() for one in tree(house.at("rita").get("/").text).css("td.into")]
    assert cells[0] == {"es": "Español", "ar": "العربية"}[begun]
    other = {"es": "ar", "ar": "es"}[begun]
    house.at("ed").post(f"/releases/tanger/{other}/assign", data={"person": "", "due": "2026-09-20"})
    assert first() == other, "a deadline goes before"


def test_whoever_has_no_password_is_told_that_a_link_is_good_once(house: House) -> None:
    assert "A link lets you in once." in words(house.at("tom").get("/").text)
    house.at("tom").post("/me", data={"what": "password", "password": "trois ports calmes"})
    assert "A link lets you in once." not in words(house.at("tom").get("/").text)


def test_a_person_without_a_language_here_is_told_so(house: House) -> None:
    assert "nothing here for you" in words(house.at("ines").get("/").text)


def asked_of(house: House, login: str) -> set[str]:
    """Where "next" leads a person, going on from each segment."""
    found: list[str] = []
    after = ""
    while True:
        onward = house.at(login).get(f"/releases/tanger/es/next?after={after}").headers["location"]
        if onward in found or "?" in onward:
            return set(found)
        found.append(onward)
        after = onward.rpartition("/")[2]


def test_translators_are_asked_for_what_is_missing_or_fuzzy_and_reviewers_for_more(house: House) -> None:
    house.decide("tom", PLAGES, "save", "La ciudad tiene 26 playas.")
    house.decide("rita", MERCI, "approve", "Gracias.")
    house.decide("rita", SEULE, "send-back", "Una sola frase.")
    by_translator = {house.address(RAPPORT), house.address(SEULE), house.address("Un bureau à Tanger")}
    assert asked_of(house, "tom") == by_translator
    house.clock.later(minutes=11)
    assert asked_of(house, "rita") == {*by_translator, house.address(PLAGES)}


def test_a_broken_release_is_named_and_the_others_go_on(house: House) -> None:
    broken = house.ledger.project.root / "releases" / "broken"
    broken.mkdir()
    (broken / "release.toml").write_text("date = 2026-01-01\n", "utf-8")
    shown = tree(house.at("tom").get("/").text)
    assert "Un bureau à Tanger" in words(shown.html or "")
    assert shown.css_first('[role="alert"]') is not None


@pytest.mark.parametrize(
    ("show", "count"), [("all", 5), ("waiting", 4), ("missing", 3), ("translated", 1), ("approved", 1)]
)
def test_the_list_shows_what_is_asked_for(house: House, show: str, count: int) -> None:
    house.decide("rita", MERCI, "approve", "Gracias.")
    house.decide("tom", SEULE, "save", "Una sola frase.")
    shown = tree(house.at("tom").get(f"/releases/tanger/es?show={show}").text)
    assert len(shown.css("ol.segments > li")) == count
    tab = shown.css_first(".tabs [aria-current=page]")
    assert tab is not None
    assert tab.text().split()[-1] == str(count)


def test_an_editor_publishes_and_nobody_below(house: House) -> None:
    house.decide("rita", SEULE, "approve", "Una sola frase.")
    assert house.at("rita").post("/publishing").status_code == 403
    assert not house.ledger.project.public.exists()
    told = house.at("ed").post("/publishing").headers["location"]
    assert "Publishing begins in a moment." in words(house.at("ed").get(told).text)
    assert house.at("ed").get(told).headers["refresh"] == "2"
    house.work()
    assert "Readers have everything that is approved." in words(house.at("ed").get(told).text)
    assert "refresh" not in house.at("ed").get(told).headers
    page = house.ledger.project.public / "es" / "tanger" / "index.html"
    assert "Una sola frase." in page.read_text("utf-8")


def test_edits_of_plan_source_and_glossary_are_seen_by_the_next_page(house: House) -> None:
    root = house.ledger.project.root
    house.decide("tom", PLAGES, "save", "La ciudad tiene 26 playas.")
    tom = house.at("tom")
    assert "Un bureau à Tanger" in words(tom.get("/").text)
    plan = root / "releases" / "tanger" / "release.toml"
    plan.write_text('title = "Autre titre"\n' + plan.read_text("utf-8"), "utf-8")
    assert "Autre titre" in words(tom.get("/").text)
    assert "The checks found nothing" in words(tom.get(house.address(PLAGES)).text)
    (root / "glossary").mkdir()
    (root / "glossary" / "terms.csv").write_text(
        "source_locale,target_locale,source,target,status,note\nfr,es,plage,arenal,required,\n", "utf-8"
    )
    assert "arenal" in words(tom.get(house.address(PLAGES)).text)
    source = root / "releases" / "tanger" / "source.md"
    source.write_text(
        source.read_text("utf-8").replace("https://example.org/r", "mailto:a@b.example"), "utf-8"
    )
    assert tom.get(house.address(RAPPORT)).status_code == 200


def test_a_decision_by_another_process_is_seen_by_the_next_page(house: House) -> None:
    tom = house.at("tom")
    tom.get(house.address(MERCI))
    elsewhere = ledgers.open_ledger(project.load(house.ledger.project.root), house.clock)
    elsewhere.decide(
        project.release(elsewhere.project, "tanger"),
        "es",
        ("", MERCI),
        Action.SAVE,
        target="Gracias.",
        base="",
        actor=house.person("tina").id,
        role=Role.TRANSLATOR,
    )
    elsewhere.store.close()
    box = tree(tom.get(house.address(MERCI)).text).css_first("textarea#target")
    assert box is not None
    assert box.text() == "Gracias."
    assert "Translated 1" in words(tom.get("/releases/tanger/es").text)
