"""The site goes back to the version before, from the desk, for who may publish and has seen what changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from l10n.site import versions
from tests.desk_support import SEULE, House, tree, words

PAGE = "/versions"


@pytest.fixture
def published(house: House) -> House:
    """A house whose site has two versions: the second says "Una sola frase."."""
    for target in ("Una frase sola.", "Una sola frase."):
        house.decide("rita", SEULE, "approve", target)
        house.clock.later(minutes=1)
        assert house.at("ed").post("/publishing/tanger", data={"what": "publish"}).status_code == 303
        house.work()
    return house


def on_line(house: House) -> str:
    return words((house.ledger.project.public / "es" / "tanger" / "index.html").read_text("utf-8"))


def asked(house: House) -> dict[str, str]:
    """What the button of the page sends."""
    shown = tree(house.at("ed").get(PAGE).text)
    return {str(one.attributes["name"]): str(one.attributes["value"]) for one in shown.css("main form input")}


def test_what_readers_would_see_change_stands_beside_the_button(published: House) -> None:
    told = words(published.at("ed").get(PAGE).text)
    assert re.search(r"Version 2 on line .* Version 1 ", told)
    assert "Put version 1 back on line" in told
    assert "es/tanger/index.html changed · in 2 places" in told


def test_the_version_before_comes_back_and_who_did_it_is_said(published: House) -> None:
    answer = published.at("ed").post(PAGE, data=asked(published))
    assert answer.headers["location"] == PAGE
    assert "Una frase sola." in on_line(published)
    told = words(published.at("ed").get(PAGE).text)
    assert "Version 2 · taken off line · Ed" in told
    assert "There is no earlier version to go back to." in told
    assert asked(published) == {}
    assert "put the version before back on line 2 → 1" in words(published.at("ed").get("/me").text)


def test_what_is_due_afterwards_does_not_bring_back_what_was_taken_off_line(published: House) -> None:
    published.at("ed").post(PAGE, data=asked(published))
    published.clock.later(minutes=1)
    later = {"what": "schedule", "locale": "ar", "at": "2026-09-15T12:00", "zone": "UTC"}
    assert published.at("ed").post("/publishing/tanger", data=later).status_code in {303, 422}
    published.clock.later(days=2)
    published.work()
    assert "Una frase sola." in on_line(published)


def test_a_page_that_was_loaded_before_somebody_published_moves_nothing(published: House) -> None:
    stale = asked(published)
    published.decide("rita", SEULE, "approve", "Solo una frase.")
    published.at("ed").post("/publishing")
    published.work()
    answer = published.at("ed").post(PAGE, data=stale)
    assert answer.status_code == 409
    assert "Another version is on line by now." in words(answer.text)
    assert "Version 3 on line" in words(answer.text)
    assert "Solo una frase." in on_line(published)


def test_nothing_moves_while_a_publication_is_under_way(published: House) -> None:
    stale = asked(published)
    published.at("ed").post("/publishing")
    answer = published.at("ed").post(PAGE, data=stale)
    assert answer.status_code == 409
    assert "Una sola frase." in on_line(published)
    assert asked(published) == {}


def test_before_the_first_publication_there_is_nothing_to_go_back_to(house: House) -> None:
    assert "Nothing has been published yet." in words(house.at("ed").get(PAGE).text)
    assert house.at("ed").post(PAGE, data={"live": "1", "before": "1"}).status_code == 409
    assert PAGE not in house.at("ed").get("/publishing").text


def test_only_who_may_publish_goes_back(published: House) -> None:
    data = asked(published)
    assert published.at("rita").get(PAGE).status_code == 403
    assert published.at("rita").post(PAGE, data=data).status_code == 403
    assert "Una frase" not in on_line(published)


@pytest.mark.parametrize("data", [{}, {"live": "x", "before": "1"}, {"live": "2", "before": "-1"}])
def test_a_form_that_is_none_moves_nothing(published: House, data: dict[str, str]) -> None:
    assert published.at("ed").post(PAGE, data=data).status_code == 400
    assert "Una frase" not in on_line(published)


def test_a_version_that_is_pruned_while_they_are_listed_is_left_out(
    published: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = versions.numbers

    def pruned_next(store: Path) -> list[int]:
        found = numbers(store)
        if 1 in found:
            versions.drop(store, [1])
        return found

    monkeypatch.setattr(versions, "numbers", pruned_next)
    answer = published.at("ed").get(PAGE)
    assert answer.status_code == 200
    assert "Version 2 on line" in words(answer.text)
    assert "Version 1 " not in words(answer.text)
