"""Lists at the desk: sifted by their address, many segments decided in one step and taken back."""

from __future__ import annotations

import re

import pytest

from l10n import project
from tests.desk_house import LIST, MERCI, PLAGES, RAPPORT, SEULE, House, sure, tree, words
from workflow.store import segment_id

TITRE = "Un bureau à Tanger"


@pytest.fixture
def worked(house: House) -> House:
    """Every kind of segment: approved, with an error, fuzzy, translated, missing."""
    house.decide("rita", MERCI, "approve", "Gracias.")
    house.clock.later(seconds=1)
    house.decide("tom", PLAGES, "save", "La ciudad tiene 27 playas.")
    house.clock.later(seconds=1)
    house.decide("rita", SEULE, "send-back", "Una sola frase.")
    house.clock.later(seconds=1)
    house.decide("tina", RAPPORT, "save", "Lea <1>el informe</1>.")
    house.clock.later(minutes=11)
    return house


def listed(house: House, query: str, login: str = "rita") -> list[str]:
    shown = tree(house.at(login).get(f"{LIST}?{query}").text)
    return [str(link.attributes["href"]).rpartition("/")[2] for link in shown.css("ol.segments a.source")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=PLAGES", [PLAGES]),
        ("text=informe", [RAPPORT]),
        ("text=notre+rapport", [RAPPORT]),
        ("text=nowhere", []),
        ("found=error", [PLAGES]),
        ("found=none&show=approved", [MERCI]),
        ("origin=mt", []),
        ("origin=human&show=fuzzy", [SEULE]),
        ("show=waiting&order=longest", [RAPPORT, PLAGES, TITRE, SEULE]),
        ("show=missing&origin=<script>&found=x&order=y", [TITRE]),
        ("start=999", [TITRE, PLAGES, RAPPORT, MERCI, SEULE]),
    ],
)
def test_the_address_says_what_is_listed(worked: House, query: str, found: list[str]) -> None:
    assert listed(worked, query) == [segment_id(("", source)) for source in found]


def test_a_list_of_what_one_person_decided(worked: House) -> None:
    tina = worked.person("tina").id
    assert listed(worked, f"by={tina}") == [segment_id(("", RAPPORT))]
    chosen = tree(worked.at("rita").get(f"{LIST}?by={tina}").text).css_first("select[name=by] [selected]")
    assert chosen is not None
    assert chosen.text() == "Tina"


def test_tabs_keep_the_filters(worked: House) -> None:
    shown = tree(worked.at("rita").get(f"{LIST}?text=a%26b&show=fuzzy").text)
    links = [str(link.attributes["href"]) for link in shown.css(".tabs a")]
    assert "?text=a%26b" in links
    assert "?show=approved&text=a%26b" in links


def test_a_long_list_is_shown_in_pages(house: House) -> None:
    source = house.ledger.project.root / "releases" / "tanger" / "source.md"
    source.write_text("\n\n".join(f"Phrase numéro {number}." for number in range(60)) + "\n", "utf-8")
    release = project.release(house.ledger.project, "tanger")
    from workflow import steps  # noqa: PLC0415

    list(steps.update(house.ledger, release))
    first = tree(house.at("tom").get(LIST).text)
    assert len(first.css("ol.segments > li")) == 50
    more = first.css_first("a[rel=next]")
    assert more is not None
    second = tree(house.at("tom").get(LIST + str(more.attributes["href"])).text)
    assert len(second.css("ol.segments > li")) == 10
    assert second.css_first("a[rel=next]") is None
    assert second.css_first("ol.segments").attributes["start"] == "51"  # type: ignore[union-attr]


# Many at once


def asked(house: House, login: str, **fields: object) -> tuple[int, str]:
    answer = house.at(login).post(f"{LIST}/bulk", data=fields)
    return answer.status_code, answer.text


def test_many_are_approved_after_a_look_and_in_one_step_taken_back(worked: House) -> None:
    before = {source: worked.standing(source) for source in (TITRE, PLAGES, RAPPORT, MERCI, SEULE)}
    status, shown = asked(worked, "rita", action="approve", every="1", asked="?show=waiting")
    assert status == 200
    assert {source: worked.standing(source) for source in before} == before
    able, hindered = tree(shown).css("ol.segments")
    assert len(able.css("li")) == 2
    assert "27" in words(hindered.html or "")
    assert "There is nothing to approve" in words(hindered.html or "")
    onward = sure(worked, "rita", shown)
    assert onward.startswith(f"{LIST}?show=waiting&done=")
    assert {worked.standing(source)[2] for source in (RAPPORT, SEULE, MERCI)} == {"reviewed"}
    assert worked.standing(PLAGES)[2] == "translated"
    after = worked.at("rita").get(onward).text
    assert "2 segments were decided" in words(after)
    moment = tree(after).css_first("input[name=moment]")
    assert moment is not None
    back = worked.at("rita").post(f"{LIST}/undo", data={"moment": str(moment.attributes["value"])})
    assert back.status_code == 303
    assert {source: worked.standing(source) for source in before} == before


def test_words_are_replaced_outside_codes_with_what_was_approved_left_so(worked: House) -> None:
    status, shown = asked(worked, "rita", action="replace", every="1", asked="?", old="a", new="A")
    assert status == 200
    onward = sure(worked, "rita", shown)
    assert "done=" in onward
    assert worked.standing(MERCI) == ("GrAciAs.", False, "reviewed")
    assert worked.standing(RAPPORT) == ("LeA <1>el informe</1>.", False, "translated")
    plages = worked.ledger.store.history("tanger", "es", ("", PLAGES))[-1]
    assert "numbers" in plages.outstanding.split()
    _, shown = asked(worked, "tom", action="replace", every="1", asked="?", old="GrAciAs", new="Gracias")
    sure(worked, "tom", shown)
    assert worked.standing(MERCI) == ("Gracias.", False, "translated")
    _, shown = asked(worked, "tom", action="replace", every="1", asked="?", old="1", new="2")
    assert "nothing to change" in words(shown)


def test_what_somebody_changed_since_the_look_is_left_alone(worked: House) -> None:
    ids = [segment_id(("", RAPPORT)), segment_id(("", SEULE))]
    _, shown = asked(worked, "rita", action="approve", ids=ids)
    worked.decide("tom", RAPPORT, "save", "Lea <1>otro informe</1>.")
    sure(worked, "rita", shown)
    assert worked.standing(RAPPORT) == ("Lea <1>otro informe</1>.", False, "translated")
    assert worked.standing(SEULE)[2] == "reviewed"


def test_a_decision_is_taken_back_only_by_its_person_and_while_it_is_the_last(worked: House) -> None:
    shown = worked.at("tina").get(worked.address(RAPPORT)).text
    moment = re.search(r'name="moment" value="([^"]+)"', shown)
    assert moment
    assert 'name="moment"' not in worked.at("tom").get(worked.address(RAPPORT)).text
    fields = {"moment": moment[1], "onward": "//evil.example"}
    assert worked.at("tom").post(f"{LIST}/undo", data=fields).status_code == 403
    answer = worked.at("tina").post(f"{LIST}/undo", data=fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert worked.standing(RAPPORT) == ("", False, "initial")
    assert worked.at("tina").post(f"{LIST}/undo", data=fields).status_code == 403
    assert worked.at("tina").post(f"{LIST}/undo", data={"moment": "yesterday"}).status_code == 400


def test_translators_approve_nothing_at_once_either(worked: House) -> None:
    _, shown = asked(worked, "tom", action="approve", every="1", asked="?")
    assert "nothing to change" in words(shown)
    base = worked.base_of("tom", RAPPORT)
    data = {"action": "approve", "ids": [f"{segment_id(('', RAPPORT))}:{base}"], "sure": "1"}
    assert worked.at("tom").post(f"{LIST}/bulk", data=data).status_code == 303
    assert worked.standing(RAPPORT)[2] == "translated"
    assert asked(worked, "rita", action="delete", every="1")[0] == 400


# Across releases


def test_a_search_finds_sources_and_targets_of_ones_own_languages(worked: House) -> None:
    shown = words(worked.at("tom").get("/search?text=informe").text)
    assert "Lisez 1› notre rapport" in shown
    assert "Un bureau à Tanger" in shown
    assert "No text says this" in words(worked.at("ines").get("/search?text=informe").text)
    assert "No text says this" in words(worked.at("tom").get("/search?text=%3Cscript%3E").text)
    hits = tree(worked.at("rita").get("/search?text=merci").text).css("ol.hits a.source")
    assert [str(one.attributes["href"]).split("/")[3] for one in hits] == ["es", "ar"]


def test_the_queue_is_sifted_and_sorted_by_its_address(house: House) -> None:
    def tasks(query: str) -> list[str]:
        shown = tree(house.at("ed").get(f"/?{query}").text)
        return [cell.text().strip() for cell in shown.css("td.into")]

    assert tasks("into=ar") == ["العربية"]
    assert tasks("text=TANGER&order=title") == ["العربية", "Español"]
    assert tasks("text=nothing+like+it") == []
    house.decide("rita", MERCI, "approve", "Gracias.")
    assert tasks("order=waiting") == ["العربية", "Español"]


def test_a_release_under_embargo_comes_first(house: House) -> None:
    other = house.ledger.project.root / "releases" / "later"
    other.mkdir()
    (other / "source.md").write_text("# Plus tard\n", "utf-8")
    plan = 'date = 2020-01-01\nlocale = "fr"\nlocales = ["es"]\nembargo = 2026-09-20T09:00:00Z\n'
    (other / "release.toml").write_text(plan, "utf-8")
    from workflow import steps  # noqa: PLC0415

    list(steps.update(house.ledger, project.release(house.ledger.project, "later")))
    shown = tree(house.at("tom").get("/").text)
    titles = [cell.text().strip() for cell in shown.css("td.title a")]
    assert titles == ["Plus tard", TITRE]
    assert "embargo until Sep" in words(shown.html or "") or "embargo until 20 Sep" in words(shown.html or "")


def test_a_list_shows_what_one_check_finds(worked: House) -> None:
    def sources(query: str) -> list[str]:
        return [
            one.text()
            for one in tree(worked.at("rita").get(f"{LIST}?{query}").text).css(".segments a.source")
        ]

    assert sources("found=numbers") == [PLAGES]
    assert sources("found=doubled") == []
    assert len(sources("found=nothing")) == len(sources("")) == 5
