"""Segments cut differently at the desk, for one language, with nothing lost."""

from __future__ import annotations

import pytest

from tests.desk_support import MERCI, PLAGES, RAPPORT, SEULE, House, tree, words

WHOLE = f"{PLAGES} {RAPPORT}"


def cut(house: House, source: str, way: str, login: str = "tom", **fields: str) -> tuple[int, str, str]:
    answer = house.at(login).post(house.address(source) + "/cut", data={"way": way, **fields})
    return answer.status_code, answer.headers.get("location", ""), answer.text


def sources(house: House, locale: str = "es") -> list[str]:
    desk = house.app.state.services.desk
    return [row.entry.source for row in desk.rows(desk.cache.release("tanger"), locale)]


def test_two_sentences_become_one_segment_and_are_two_again(house: House) -> None:
    house.decide("rita", PLAGES, "approve", "La ciudad tiene 26 playas.")
    house.decide("rita", RAPPORT, "approve", "Lea <1>el informe</1>.")
    status, onward, _ = cut(house, PLAGES, "join")
    assert (status, onward) == (303, f"{house.address(WHOLE)}?cut=join")
    assert WHOLE in sources(house)
    assert PLAGES not in sources(house)
    assert PLAGES in sources(house, "ar")
    box = tree(house.at("tom").get(onward).text).css_first("textarea#target")
    assert box is not None
    assert "26 playas" in box.text()
    assert cut(house, WHOLE, "undo")[1] == f"{house.address(PLAGES)}?cut=undo"
    assert house.standing(PLAGES)[0] == "La ciudad tiene 26 playas."
    assert WHOLE not in sources(house)


def test_a_segment_is_split_behind_some_of_its_words(house: House) -> None:
    assert cut(house, SEULE, "split", after="Une phrase")[0] == 303
    assert sources(house)[-2:] == ["Une phrase", "seule."]


def test_a_segment_translated_by_itself_is_joined_once_that_is_undone(house: House) -> None:
    assert cut(house, RAPPORT, "apart")[0] == 303
    status, _, shown = cut(house, PLAGES, "join")
    assert status == 422
    assert "Undo that first, then join them." in words(shown)


@pytest.mark.parametrize(
    ("source", "way", "fields"),
    [
        (SEULE, "join", {}),
        (SEULE, "split", {"after": "nowhere"}),
        (SEULE, "split", {"after": ""}),
        (SEULE, "split", {"after": SEULE}),
        (SEULE, "undo", {}),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(
    house: House, source: str, way: str, fields: dict[str, str]
) -> None:
    before = sources(house)
    status, _, shown = cut(house, source, way, **fields)
    assert status == 422
    alert = tree(shown).css_first("[role=alert]")
    assert alert is not None
    assert words(alert.html or "")
    assert sources(house) == before


def test_only_people_of_the_language_cut_and_nobody_under_anothers_hands(house: House) -> None:
    assert cut(house, MERCI, "delete")[0] == 400
    address = house.address(SEULE, "ar") + "/cut"
    assert house.at("tom").post(address, data={"way": "split", "after": "Une"}).status_code == 403
    house.at("tina").get(house.address(SEULE))
    assert cut(house, SEULE, "split", after="Une phrase")[0] == 409
    assert sources(house)[-1] == SEULE
