"""Segments cut differently at the desk, for one language, with nothing lost."""

from __future__ import annotations

import pytest

from l10n import project
from tests.desk_support import MERCI, PLAGES, RAPPORT, SEULE, House, tree, words
from workflow import steps

TARGETS = {
    SEULE: "Una frase sola.",
    PLAGES: "La ciudad tiene 26 playas.",
    RAPPORT: "Lea <1>nuestro informe</1>.",
}
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


def told_of_before(house: House, source: str) -> str:
    """What the page of a segment says of its source as it was."""
    return words(house.at("tom").get(house.address(source)).text)


def test_later_visits_tell_a_cut_from_a_change_of_the_source(house: House) -> None:
    house.decide("rita", PLAGES, "approve", "La ciudad tiene 26 playas.")
    house.decide("tom", RAPPORT, "save", "Lea <1>el informe</1>.")
    cut(house, PLAGES, "join")
    told = told_of_before(house, WHOLE)
    assert "it was cut differently since it was approved" in told
    assert "source changed" not in told
    house.decide("rita", WHOLE, "approve", "La ciudad tiene 26 playas. Lea <1>el informe</1>.")
    cut(house, WHOLE, "undo")
    for source in (PLAGES, RAPPORT):
        assert "source changed" not in told_of_before(house, source)


def test_a_half_shows_what_it_was_cut_from(house: House) -> None:
    house.decide("rita", SEULE, "approve", "Una frase sola.")
    cut(house, SEULE, "split", after="Une phrase")
    told = told_of_before(house, "Une phrase")
    assert f"It was cut differently before: {SEULE}" in told
    assert "source changed" not in told
    house.decide("rita", "Une phrase", "approve", "Una frase")
    assert "It was cut differently" not in told_of_before(house, "Une phrase")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (SEULE, "Une phrase seule et nue."),
        (PLAGES, "La ville compte 27 plages."),
        (RAPPORT, "Lisez <1>notre rapport</1> ici."),
    ],
)
def test_a_source_that_its_author_changed_still_says_so(house: House, before: str, after: str) -> None:
    house.decide("rita", before, "approve", TARGETS[before])
    release = project.release(house.ledger.project, "tanger")
    text = release.source.read_text("utf-8").replace(
        "org/r).", "org/r) ici." if before == RAPPORT else "org/r)."
    )
    release.source.write_text(text.replace(before, after), "utf-8")
    steps.update_catalogue(house.ledger, release, "es", project.document(house.ledger.project, release, "es"))
    told = told_of_before(house, after)
    assert "The source changed:" in told
    assert "cut differently" not in told.replace("Cut or translate this one differently", "")


def test_a_link_that_claims_a_cut_offers_to_undo_none(house: House) -> None:
    assert cut(house, PLAGES, "join")[0] == 303
    for source, way, buttons in ((SEULE, "join", 0), (WHOLE, "join", 1), (WHOLE, "undo", 0)):
        shown = tree(house.at("tom").get(f"{house.address(source)}?cut={way}").text)
        assert len(shown.css("[data-recut] button")) == buttons
    assert not shown.css("[data-recut]")


@pytest.mark.parametrize("sent", [True, False], ids=["with-the-form", "kept-before"])
def test_what_was_typed_goes_along_with_a_segment_that_is_cut_differently(
    house: House, *, sent: bool
) -> None:
    typed = {"typed": "Lea, por favor, el informe"} if sent else {}
    if not sent:
        draft = {"target": "Lea, por favor, el informe", "base": ""}
        assert house.at("tom").post(house.address(PLAGES) + "/draft", data=draft).status_code == 204
    status, onward, _ = cut(house, PLAGES, "join", **typed)
    assert status == 303
    form = tree(house.at("tom").get(onward).text).css_first("form.work")
    assert form is not None
    base = form.css_first("[name=base]")
    assert base is not None
    assert form.attributes["data-draft"] == "Lea, por favor, el informe"
    assert form.attributes["data-draft-base"] == base.attributes["value"]
    link = tree(house.at("tom").get("/news").text).css_first("a[href*='/releases/tanger/es/']")
    assert link is not None
    assert house.at("tom").get(str(link.attributes["href"])).status_code == 200
    assert cut(house, WHOLE, "undo")[1] == f"{house.address(PLAGES)}?cut=undo"
    assert house.at("tom").get(house.address(PLAGES) + "/help").json()["draft"]["target"].startswith("Lea,")
