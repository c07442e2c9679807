"""How far everything is: by release and language, at what pace, and what drafts cost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.desk_support import MERCI, PLAGES, RAPPORT, SEULE, House, take_back, tree, words
from workflow.states import Action, Role
from workflow.store.database import DatabaseStore
from workflow.throughput import PersonDecision, Tally, pace, recent_decisions

NOON = dt.datetime(2026, 9, 14, 12, tzinfo=dt.UTC)


def one(action: Action = Action.APPROVE, *, days: int = 0, **other: object) -> PersonDecision:
    told: dict[str, object] = {
        "actor": "a",
        "release": "r",
        "locale": "es",
        "words": 10,
        "target": "uno",
        "was": "",
        "origin": "",
    }
    return PersonDecision(at=NOON - dt.timedelta(days=days), action=action, **(told | other))  # type: ignore[arg-type]


def test_the_forecast_is_what_is_left_at_the_pace_of_days_with_work() -> None:
    told = pace([one(days=0), one(days=0), one(days=7, words=20)], NOON.date())
    assert told.words == {"es": 20}
    assert told.forecast("es", 41) == 3
    assert told.forecast("es", 0) is None
    assert told.forecast("ar", 41) is None
    assert len(told.days) == 30
    assert (told.days[-1], told.days[-8], told.most) == (
        (NOON.date(), 2),
        ((NOON - dt.timedelta(7)).date(), 1),
        2,
    )


def test_the_memory_is_one_origin_whatever_a_match_scored() -> None:
    done = [one(was="a", target="a", origin=f"tm:tanger:{score}") for score in (90, 100, 102)]
    assert [(effort.origin, effort.number) for effort in pace(done, NOON.date()).efforts] == [("tm", 3)]


@pytest.mark.parametrize(
    ("was", "target", "untouched", "kept"),
    [("abcd", "abcd", 1, 1.0), ("abcd", "abxy", 0, 0.5), ("abcd", "wxyz", 0, 0.0)],
)
def test_a_draft_costs_what_was_changed_of_it(was: str, target: str, untouched: int, kept: float) -> None:
    told = pace([one(was=was, target=target, origin="mt:apertium")], NOON.date())
    (effort,) = told.efforts
    assert (effort.origin, effort.number, effort.untouched, effort.kept) == (
        "mt:apertium",
        1,
        untouched,
        kept,
    )
    assert pace([one(was=was, target=target, origin="human")], NOON.date()).efforts == ()
    assert pace([one(Action.SEND_BACK, was=was, origin="mt:x")], NOON.date()).efforts == ()


def test_what_people_did_is_read_from_the_ledger_with_what_they_started_from(house: House) -> None:
    house.decide("tom", MERCI, "save", "Gracias.")
    house.clock.later(days=1)
    house.decide("rita", MERCI, "approve", "Muchas gracias.")
    store = house.ledger.store
    assert isinstance(store, DatabaseStore)
    newest, oldest = recent_decisions(store, house.clock() - dt.timedelta(days=2))
    assert (newest.action, newest.was, newest.target) == (Action.APPROVE, "Gracias.", "Muchas gracias.")
    assert (oldest.action, oldest.was, oldest.words) == (Action.SAVE, "", 1)
    assert len(recent_decisions(store, house.clock() - dt.timedelta(hours=1))) == 1


def test_the_page_says_how_far_each_language_is_and_what_is_in_the_way(house: House) -> None:
    house.decide("rita", MERCI, "approve", "Gracias.")
    shown = tree(house.at("ed").get("/progress").text)
    cells = [words(cell.html or "") for cell in shown.css(".matrix td")]
    assert re.match(r"20 % 4 missing · \d+ words left", cells[1]), cells[1]
    assert cells[0].startswith("0 % 5 missing")
    for source, target in (
        (PLAGES, "La ciudad tiene 26 playas."),
        (RAPPORT, "Lea <1>x</1>."),
        (SEULE, "Sola."),
    ):
        house.decide("tom", source, "save", target)
    house.decide("tom", "Un bureau à Tanger", "save", "Una oficina")
    shown = tree(house.at("ed").get("/progress").text)
    assert "4 to review" in words(shown.css(".matrix td")[1].html or "")
    # 5 + 3 + 3 + 4 words in French, and one of them that Rita wrote and approved
    assert table(shown, "Who did how much") == ["Rita 1 1 1 1", "Tom 15 15 0 0"]
    assert table(shown, "By language") == ["العربية 0 0 16", "Español 1 1 15"]


def table(shown: LexborHTMLParser, heading: str) -> list[str]:
    """The rows of the table below a heading."""
    (card,) = [one for one in shown.css(".card") if one.css_first("h2").text() == heading]  # type: ignore[union-attr]
    return [" ".join(cell.text(strip=True) for cell in row.css("th, td")) for row in card.css("tbody tr")]


# What somebody did to one segment of ten words, the newest first: the action, what it made of the target
# ("=" is nothing), and how many days ago; then the words written and approved, in a month and in a week.
TALLIES = """
save Gracias. 0                       | 10 0 10 0
approve Gracias. 0                    | 10 10 10 10
save Gracias. 8                       | 10 0 0 0
save Mil. 0, save Gracias. 6          | 10 0 10 0
approve Mil. 0, save Gracias. 8       | 10 10 10 10
approve = 0, save Gracias. 8          | 10 10 0 10
approve = 0                           | 0 10 0 10
approve = 7                           | 0 10 0 0
approve = 6                           | 0 10 0 10
approve = 0, approve = 20             | 0 10 0 10
send-back = 0                         | 0 0 0 0
send-back = 0, approve = 1            | 0 0 0 0
take-back Gracias. 0, approve = 0     | 0 0 0 0
save = 0, approve = 0                 | 0 0 0 0
save  0                               | 0 0 0 0
"""


@pytest.mark.parametrize("case", TALLIES.strip().splitlines())
def test_words_are_tallied_once_a_segment_in_a_week_and_in_a_month(case: str) -> None:
    deeds, _, told = case.partition("|")
    decided = []
    for deed in deeds.split(","):
        action, target, days = deed.strip().split(" ")[0], *deed.strip().split(" ")[-2:]
        was = "Was." if target == "=" else ""
        decided.append(one(Action(action), days=int(days), was=was, target=was or target))
    tally = pace(decided, NOON.date()).people.get("a", Tally())
    written, approved, written_lately, approved_lately = map(int, told.split())
    assert tally == Tally(written, approved, written_lately, approved_lately)


def test_people_are_in_the_order_of_their_names_whatever_they_did(house: House) -> None:
    house.decide("tom", PLAGES, "save", "La ciudad tiene 26 playas.")
    house.decide("tina", MERCI, "save", "Gracias.")
    house.decide("rita", SEULE, "approve", "Una sola frase.")
    rows = table(tree(house.at("ed").get("/progress").text), "Who did how much")
    assert [row.split()[0] for row in rows] == ["Rita", "Tina", "Tom"]
    assert table(tree(house.at("tom").get("/progress").text), "Who did how much") == ["Tom 5 5 0 0"]


def test_everybody_sees_their_own_languages_and_only_editors_what_others_did(house: House) -> None:
    house.decide("tom", MERCI, "save", "Gracias.")
    house.decide("rita", SEULE, "approve", "Sola.")
    told = words(house.at("tom").get("/progress").text)
    assert "العربية" not in tree(house.at("tom").get("/progress").text).css_first(".matrix").text()  # type: ignore[union-attr]
    assert "Rita" not in told
    assert "Rita" in words(house.at("ed").get("/progress").text)
    assert house.person("ed").roles == {"*": Role.EDITOR}


def test_a_day_that_passed_is_marked(house: House) -> None:
    tom = house.person("tom").id
    house.at("ed").post("/releases/tanger/es/assign", data={"person": tom, "due": "2026-09-01"})
    late = tree(house.at("ed").get("/progress").text).css_first(".late")
    assert late is not None
    assert "1 Sep 2026" in late.text()


def test_a_text_that_stood_twice_is_counted_once(house: House) -> None:
    for target in ("Gracias.", "Mil gracias.", "Gracias.", "Muchas gracias."):
        house.decide("tom", MERCI, "save", target)
        house.clock.later(minutes=1)
    store = house.ledger.store
    assert isinstance(store, DatabaseStore)
    found = recent_decisions(store, house.clock() - dt.timedelta(days=1))
    assert [(one.target, one.was) for one in found] == [
        ("Muchas gracias.", "Gracias."),
        ("Gracias.", "Mil gracias."),
        ("Mil gracias.", "Gracias."),
        ("Gracias.", ""),
    ]


def test_what_happened_lately_is_told_with_what_one_did_in_a_row_together(house: House) -> None:
    for source, target in ((MERCI, "Gracias."), (SEULE, "Una sola frase.")):
        house.decide("tom", source, "save", target)
        house.clock.later(minutes=1)
    house.decide("rita", MERCI, "approve", "Gracias.")

    def lately(login: str) -> list[list[str]]:
        cards = tree(house.at(login).get("/progress").text).css(".card")
        (card,) = [one for one in cards if "Lately" in one.text()]
        told = [" ".join(one.text(separator=" ").split()) for one in card.css("li")]
        return [one.split(" · ")[:2] for one in told]

    assert lately("ed") == [["Rita : approved", "1 segment"], ["Tom : saved", "2 segments"]]
    assert lately("tom") == [["Tom : saved", "2 segments"]]
    assert lately("ines") == []


def test_everybody_sees_what_they_did_today_and_in_a_week(house: House) -> None:
    def told(login: str) -> list[str]:
        card = tree(house.at(login).get("/me").text).css_first("#work")
        assert card is not None
        return [" ".join(one.text().split()) for one in card.css("dd")]

    def pass_days(days: int) -> None:
        house.clock.later(days=days)
        house.browsers.clear()  # a session does not last so long

    assert told("tom") == ["0 segments · 0 words"] * 2
    house.decide("tom", SEULE, "save", "Una sola frase.")
    pass_days(7)
    assert told("tom") == ["0 segments · 0 words"] * 2
    house.decide("tom", PLAGES, "save", "La ciudad tiene 26 playas.")
    pass_days(2)
    for target in ("Gracias.", "Muchas gracias."):
        house.decide("tom", MERCI, "save", target)
    house.decide("rita", PLAGES, "send-back", "La ciudad tiene 26 playas.", note="¿Seguro?")
    assert told("tom") == ["1 segment · 1 word", "2 segments · 6 words"]
    assert told("rita") == ["1 segment · 5 words"] * 2
    shown = house.at("tom").get(house.address(MERCI)).text
    take_back(house, "tom", shown)
    assert told("tom") == ["0 segments · 0 words", "1 segment · 5 words"]
