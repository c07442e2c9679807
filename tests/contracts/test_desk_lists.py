"""Lists at the desk: sifted by their address, many segments decided in one step and taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from pathlib import Path

import pytest

from l10n import project
from tests.desk_support import (
    LIST,
    MERCI,
    PLAGES,
    RAPPORT,
    SEULE,
    House,
    open_house,
    sure,
    take_back,
    tree,
    undo_fields,
    words,
)
from tests.once import made_once
from workflow import steps
from workflow.store import segment_id
from workflow.store.database import DatabaseStore
from workflow.web import WebSettings

TITRE = "Un bureau à Tanger"


@pytest.fixture(scope="module")
def worked_on(desk_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind of segment: approved, with an error, fuzzy, translated, missing."""

    def make(folder: Path) -> None:
        shutil.copytree(desk_project, folder)
        house = open_house(folder, WebSettings())
        for login, source, action, target in (
            ("rita", MERCI, "approve", "Gracias."),
            ("tom", PLAGES, "save", "La ciudad tiene 27 playas."),
            ("rita", SEULE, "send-back", "Una sola frase."),
            ("tina", RAPPORT, "save", "Lea <1>el informe</1>."),
        ):
            assert house.decide(login, source, action, target)[0] == HTTPStatus.SEE_OTHER
            house.clock.later(seconds=1)
        house.ledger.store.close()

    return made_once(tmp_path_factory, "worked-on", make)


@pytest.fixture
def worked(worked_on: Path, tmp_path: Path) -> Iterator[House]:
    """The desk over it, when nobody is still at a segment."""
    shutil.copytree(worked_on, tmp_path / "house")
    house = open_house(tmp_path / "house", WebSettings())
    house.clock.later(minutes=11, seconds=4)
    yield house
    house.ledger.store.close()


def listed(house: House, query: str, login: str = "rita") -> list[str]:
    shown = tree(house.at(login).get(f"{LIST}?{query}").text)
    links = [str(link.attributes["href"]) for link in shown.css("ol.segments a.source")]
    return [link.rpartition("/")[2].partition("?")[0] for link in links]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=PLAGES", [PLAGES]),
        ("text=informe", [RAPPORT]),
        ("text=notre+rapport", [RAPPORT]),
        ("text=r%C3%A0pp%C3%B3rt", [RAPPORT]),
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
    list(steps.update_catalogues(house.ledger, release))
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
    assert take_back(worked, "rita", after) == 303
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
    fields = undo_fields(shown) | {"onward": "//evil.example"}
    assert not undo_fields(worked.at("tom").get(worked.address(RAPPORT)).text)
    assert worked.at("tom").post(f"{LIST}/undo", data=fields).status_code == 403
    answer = worked.at("tina").post(f"{LIST}/undo", data=fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert worked.standing(RAPPORT) == ("", False, "initial")
    assert worked.at("tina").post(f"{LIST}/undo", data={"decision": "yesterday"}).status_code == 400


def test_translators_approve_nothing_at_once_either(worked: House) -> None:
    _, shown = asked(worked, "tom", action="approve", every="1", asked="?")
    assert "nothing to change" in words(shown)
    base = worked.base_of("tom", RAPPORT)
    data = {"action": "approve", "ids": [f"{segment_id(('', RAPPORT))}:{base}"], "sure": "1"}
    assert worked.at("tom").post(f"{LIST}/bulk", data=data).status_code == 303
    assert worked.standing(RAPPORT)[2] == "translated"
    assert asked(worked, "rita", action="delete", every="1")[0] == 400


# Across releases


def test_a_search_reads_what_did_not_change_once_for_all_languages(
    worked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    for name in ("document", "read_catalogue"):
        real = getattr(project, name)

        def reading(*told: object, real: Callable[..., object] = real, name: str = name) -> object:
            read.append(name)
            return real(*told)

        monkeypatch.setattr(project, name, reading)
    asking = partial(worked.at("ed").get, "/search?text=nowhere")
    asking()
    assert read.count("document") == 1
    read.clear()
    with monkeypatch.context() as refusing:
        for asked_of_each in ("claims", "catalogue_status"):
            refusing.delattr(DatabaseStore, asked_of_each)
        assert "No text says this" in words(asking().text)
    assert read == []
    worked.decide("rita", MERCI, "approve", "Gracias de nowhere.")
    assert "Gracias de nowhere" in words(asking().text)


def test_a_search_finds_sources_and_targets_of_ones_own_languages(worked: House) -> None:
    shown = words(worked.at("tom").get("/search?text=informe").text)
    assert "Lisez 1› notre rapport" in shown
    assert "Un bureau à Tanger" in shown
    assert "No text says this" in words(worked.at("ines").get("/search?text=informe").text)
    assert "No text says this" in words(worked.at("tom").get("/search?text=%3Cscript%3E").text)
    assert "No text says this" in words(worked.at("tom").get("/search?text=i").text)
    assert "No text says this" in words(worked.at("tom").get("/search?text=%E6%B0%B4").text)
    hits = tree(worked.at("rita").get("/search?text=merci").text).css("ol.hits a.source")
    assert [str(one.attributes["href"]).split("/")[3] for one in hits] == ["es", "ar"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=a&release=tanger", []),
        ("text=sola&release=tanger&into=es", [SEULE]),
        ("text=sola&release=elsewhere", []),
        ("text=sola&into=ar", []),
        ("found=error", [PLAGES]),
        ("found=error&show=approved", []),
        ("by=TINA", [RAPPORT]),
        ("origin=human&show=fuzzy", [SEULE]),
        ("show=fuzzy", [SEULE]),
    ],
)
def test_a_search_finds_what_stands_as_it_is_asked_for(worked: House, query: str, found: list[str]) -> None:
    query = query.replace("TINA", worked.person("tina").id)
    hits = tree(worked.at("rita").get(f"/search?{query}").text).css("ol.hits a.source")
    assert [str(one.attributes["href"]).rpartition("/")[2] for one in hits] == [
        segment_id(("", source)) for source in found
    ]


def test_the_queue_is_sifted_and_sorted_by_its_address(house: House) -> None:
    def tasks(query: str) -> list[str]:
        shown = tree(house.at("ed").get(f"/?{query}").text)
        return [cell.text().strip() for cell in shown.css("td.into")]

    assert tasks("into=ar") == ["العربية"]
    assert tasks("release=TANGER&order=title") == ["العربية", "Español"]
    assert tasks("release=nothing+like+it") == []
    house.decide("rita", MERCI, "approve", "Gracias.")
    assert tasks("order=waiting") == ["العربية", "Español"]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("source.html", "<title>Le quai ouvre | Office</title><main><h1>Le <b>quai</b> ouvre</h1><p>Un mot."),
        ("source.html", "<title>Le quai ouvre</title><p>Un mot."),
        (
            "source.txt",
            (
                "From: a@b.example\nTo: c@b.example\nDate: Mon, 9 Mar 2026 08:00:00 +0100\n"
                "Subject: Le quai ouvre\n\nMadame,\n\nUn mot a suffi à ouvrir le quai de la ville.\n"
            ),
        ),
    ],
)
def test_a_release_is_called_what_its_readers_see_over_it(house: House, name: str, source: str) -> None:
    folder = house.ledger.project.root / "releases" / "quai"
    folder.mkdir()
    (folder / name).write_text(source, "utf-8")
    (folder / "release.toml").write_text('date = 2026-03-09\nlocale = "fr"\nlocales = ["es"]\n', "utf-8")
    list(steps.update_catalogues(house.ledger, project.release(house.ledger.project, "quai")))
    (link,) = tree(house.at("ed").get("/?into=es&release=quai").text).css("td.title a")
    assert link.text().strip() == "Le quai ouvre"


PLANS = """
embargoed  | date = 2020-01-01 | embargo = 2026-09-20T09:00:00Z
scheduled  | date = 2020-01-01 | schedule = {es = 2026-09-21T09:00:00Z}
given      | date = 2020-01-01 |
urgent     | date = 2020-01-01 | priority = "high"
risky      | date = 2020-01-01 |
newer      | date = 2020-01-03 |
older      | date = 2020-01-02 |
unhurried  | date = 2026-09-14 | priority = "low"
"""

# tanger has five segments to translate, risky two, all others one.
ORDER = ["embargoed", "scheduled", "given", "urgent", "tanger", "risky", "newer", "older", "unhurried"]


@pytest.fixture
def full(house: House) -> House:
    """A desk with many releases: one to do by a day, one with more in it that may go wrong."""
    root = house.ledger.project.root / "releases"
    for line in PLANS.strip().splitlines():
        name, *plan = (part.strip() for part in line.split("|"))
        folder = root / name
        folder.mkdir()
        text = "Un mot.\n\nUn autre mot.\n" if name == "risky" else "Un mot.\n"
        (folder / "source.md").write_text(text, "utf-8")
        (folder / "release.toml").write_text("\n".join(['locale = "fr"', 'locales = ["es"]', *plan]), "utf-8")
        list(steps.update_catalogues(house.ledger, project.release(house.ledger.project, name)))
    day = {"person": house.person("tom").id, "due": "2026-09-21"}
    assert house.at("ed").post("/releases/given/es/assign", data=day).status_code == 303
    return house


def releases(house: House, login: str, query: str = "") -> list[str]:
    links = tree(house.at(login).get(f"/?into=es{query}").text).css("td.title a")
    return [str(link.attributes["href"]).split("/")[2] for link in links]


def test_what_is_due_is_first_then_what_has_priority_then_what_may_go_wrong(full: House) -> None:
    assert releases(full, "tom") == ORDER
    assert "high priority" in words(full.at("tom").get("/").text)
    assert "embargo until" in words(full.at("tom").get("/").text)


def test_next_goes_through_the_queue_in_its_order_and_past_what_is_somebody_elses(full: House) -> None:
    def next_of(login: str, query: str = "") -> str:
        return full.at(login).get(f"/next{query}").headers["location"]

    tina = full.at("tina")
    gone = []
    while (found := next_of("tina", "?into=es")) != "/":
        gone.append(found.split("/")[2])
        while found.count("/") == 4:
            form = tree(tina.get(found).text).css_first("form.work")
            assert form is not None
            text = {"action": "save", "target": form.attributes["data-source"] or "", "base": ""}
            found = tina.get(tina.post(found, data=text).headers["location"]).headers["location"]
    assert gone == [name for name in ORDER if name != "given"]
    assert next_of("tom").startswith("/releases/given/es/")
    assert next_of("rita", "?release=older&show=translated").startswith("/releases/older/es/")
    assert next_of("rita", "?release=older&show=missing&into=es") == "/"


def test_a_draft_in_which_something_was_found_is_asked_about_before_one_without(full: House) -> None:
    one, other = (f"/releases/{name}/es/{segment_id(('', 'Un mot.'))}" for name in ("older", "newer"))
    full.at("tina").post(one, data={"action": "save", "target": "Una palabra palabra.", "base": ""})
    full.at("tina").post(other, data={"action": "save", "target": "Una palabra.", "base": ""})
    assert releases(full, "rita", "&show=translated") == ["older", "newer"]
    assert releases(full, "rita", "&found=doubled") == ["older"]


def test_an_editor_says_what_has_priority(full: House) -> None:
    ed = full.at("ed")
    assert ed.post("/publishing/older", data={"what": "priority", "priority": "high"}).status_code == 303
    assert releases(full, "tom")[3:5] == ["older", "urgent"]
    assert ed.post("/publishing/older", data={"what": "priority", "priority": "normal"}).status_code == 303
    assert "priority" not in (full.ledger.project.root / "releases/older/release.toml").read_text("utf-8")
    assert ed.post("/publishing/older", data={"what": "priority", "priority": "<b>"}).status_code == 422
    assert full.at("rita").post("/publishing/older", data={"what": "priority"}).status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("&release=OLD", ["older"]),
        ("&text=otro", []),
        ("&text=AUTRE", ["risky"]),
        ("&whose=nobody&release=given", []),
        ("&whose=TOM", ["given"]),
        ("&origin=human", ["newer"]),
        ("&show=fuzzy", []),
        ("&by=TINA", ["newer"]),
        ("&found=none&origin=human", ["newer"]),
    ],
)
def test_the_queue_shows_what_has_segments_that_are_asked_for(
    full: House, query: str, found: list[str]
) -> None:
    where = f"/releases/newer/es/{segment_id(('', 'Un mot.'))}"
    full.at("tina").post(where, data={"action": "save", "target": "Una palabra.", "base": ""})
    for login in ("tom", "tina"):
        query = query.replace(login.upper(), full.person(login).id)
    assert releases(full, "rita", query) == found


def test_whoever_chose_nothing_is_told_so_and_comes_back_to_the_same_list(worked: House) -> None:
    shown = worked.at("rita").post(f"{LIST}/bulk", data={"action": "approve", "asked": "?show=missing"}).text
    assert "No segment is chosen" in words(shown)
    assert f'href="{LIST}?show=missing"' in shown


def test_whoever_goes_through_a_filtered_list_stays_in_it(worked: House) -> None:
    rita = worked.at("rita")
    first = rita.get(f"{LIST}/next?show=missing&order=longest").headers["location"]
    assert first.endswith("?show=missing&order=longest")
    form = tree(rita.get(first).text).css_first("form.work input[name=asked]")
    assert form is not None
    data = {"action": "skip", "asked": form.attributes["value"] or ""}
    onward = rita.post(first.partition("?")[0], data=data).headers["location"]
    strange = rita.post(first.partition("?")[0], data={**data, "asked": "?" + 99 * "show=fuzzy&"})
    assert (
        strange.headers["location"].partition("?")[2] == f"after={first.rpartition('/')[2].partition('?')[0]}"
    )
    assert onward.endswith("&show=missing&order=longest")
    back = rita.get(onward).headers["location"]
    assert back == f"{LIST}?show=missing&order=longest&ended=1"
    assert "You have gone through this list" in words(rita.get(back).text)


def test_by_attention_the_worst_is_next_and_what_was_skipped_is_not_next_again(worked: House) -> None:
    rita = worked.at("rita")
    after, seen = "", []
    for _ in range(4):
        found = rita.get(f"{LIST}/next?order=attention&after={after}").headers["location"]
        after = found.rpartition("/")[2].partition("?")[0]
        seen.append(after)
    assert len(set(seen)) == 4
    assert seen[:2] == [segment_id(("", TITRE)), segment_id(("", PLAGES))]


def test_a_list_shows_what_one_check_finds(worked: House) -> None:
    def sources(query: str) -> list[str]:
        return [
            one.text()
            for one in tree(worked.at("rita").get(f"{LIST}?{query}").text).css(".segments a.source")
        ]

    assert sources("found=numbers") == [PLAGES]
    assert sources("found=doubled") == []
    assert len(sources("found=nothing")) == len(sources("")) == 5


def test_what_was_looked_for_is_marked_where_it_stands(worked: House) -> None:
    rita = worked.at("rita")
    for address in (f"{LIST}?text=PLAGES", "/search?text=PLAGES"):
        found = [one.text() for one in tree(rita.get(address).text).css(".source mark.sought")]
        assert set(found) == {"plages"}, address
    assert not tree(rita.get(f"{LIST}?text=<i>").text).css(".segments i")
