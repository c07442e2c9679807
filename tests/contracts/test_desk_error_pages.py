"""Pages for what went wrong: whoever is signed in keeps the menu, a way back, and what they typed."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from tests.desk_support import LIST, MERCI, House, tree, words
from workflow.store import Unavailable
from workflow.web import WebSettings

QUEUE = "/"
TYPED = "What you wrote"
LARGE = 256 * 1024


def menu_of(shown: LexborHTMLParser) -> list[str]:
    return [str(link.attributes["href"]) for link in shown.css("#who a")]


def links(shown: LexborHTMLParser) -> list[str]:
    return [str(link.attributes["href"]) for link in shown.css("main a")]


@pytest.mark.parametrize(
    ("status", "method", "path", "data"),
    [
        (404, "GET", "/nowhere", {}),
        (404, "GET", "/releases/nowhere/es", {}),
        (403, "GET", "/publishing", {}),
        (400, "GET", f"{LIST}?start=x", {}),
        (405, "GET", "/theme", {}),
        (400, "POST", f"{LIST}/bulk", {"action": "eat"}),
        (413, "POST", f"{LIST}/undo", {"decision": "1" * LARGE}),
        (422, "POST", f"{LIST}/po", {"kept": ""}),
    ],
)
def test_whoever_is_signed_in_keeps_the_menu_and_a_stranger_gets_none(
    house: House, status: int, method: str, path: str, data: dict[str, str]
) -> None:
    answer = house.at("tom").request(method, path, data=data)
    assert answer.status_code == status
    shown = tree(answer.text)
    assert menu_of(shown) == ["/glossary", "/progress", "/news", "/me"]
    assert links(shown)[-1] in {QUEUE, LIST}
    assert menu_of(tree(house.stranger().request(method, path, data=data).text)) == []


def test_what_nobody_foresaw_has_the_menu_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    tom = house.at("tom")
    monkeypatch.setattr("workflow.web.queue.unread", lambda *_: 1 / 0)
    answer = tom.get("/")
    assert answer.status_code == 500
    assert menu_of(tree(answer.text))


def test_what_nobody_foresaw_is_told_in_the_persons_language_and_leads_to_pages_that_are_there(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = House(house.ledger, house.clock, WebSettings(root="/desk"))
    tom = below.stranger()
    assert tom.post(f"/desk{below.link('tom')}").status_code == 303
    monkeypatch.setattr("workflow.web.queue.unread", lambda *_: 1 / 0)
    answer = tom.get("/desk/", headers={"accept-language": "fr"})
    assert answer.status_code == 500
    shown = tree(answer.text)
    assert (shown.root.attributes["lang"], shown.css_first("h1").text()) == (  # type: ignore[union-attr]
        "fr",
        "Une erreur s’est produite ici.",
    )
    assert {address.split("/")[1] for address in menu_of(shown)} == {"desk"}
    assert links(shown) == ["/desk/"]


def test_a_ledger_that_does_not_answer_still_gives_a_page(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    tom = house.at("tom")

    def gone(*_: object, **__: object) -> None:
        raise Unavailable("the ledger does not answer")

    monkeypatch.setattr("workflow.people.by_session", gone)
    answer = tom.get("/")
    assert answer.status_code == 500
    shown = tree(answer.text)
    assert shown.css_first("h1") is not None
    assert menu_of(shown) == []


@pytest.mark.parametrize("headers", [{"host": "evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_a_request_that_is_not_ours_is_told_nothing_about_the_person(
    house: House, headers: dict[str, str]
) -> None:
    answer = house.at("tom").post(house.address(MERCI), data={"action": "save"}, headers=headers)
    assert menu_of(tree(answer.text)) == []
    assert "Tom" not in answer.text


def test_pages_that_are_open_to_others_name_nobody(house: House) -> None:
    for path in ("/shared/nothing/es/", "/sign-in/a/b"):
        assert "Tom" not in house.at("tom").get(path).text


# The way back


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        (f"http://127.0.0.1{LIST}?show=missing", f"{LIST}?show=missing"),
        (f"http://127.0.0.1{LIST}", LIST),
        ("http://127.0.0.1/", ""),
        ("http://127.0.0.1/nowhere", ""),
        ("http://127.0.0.1/sign-in/a-token", ""),
        ("http://127.0.0.1/shared/a-token/es/", ""),
        ("http://127.0.0.1//evil.example/", ""),
        ("http://127.0.0.1/../evil", ""),
        ("https://evil.example/releases", ""),
        ("javascript:alert(1)", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_a_page_that_is_not_there_leads_back_to_the_one_it_was_asked_from(
    house: House, referer: str, back: str
) -> None:
    shown = tree(house.at("tom").get("/nowhere", headers={"referer": referer}).text)
    assert links(shown) == [*filter(None, [back]), QUEUE]


@pytest.mark.parametrize(
    ("data", "back"),
    [({"person": "nobody"}, [LIST]), ({"text": "typed"}, []), ({"text": "x" * LARGE}, [])],
)
def test_nobody_is_led_away_from_what_they_typed(house: House, data: dict[str, str], back: list[str]) -> None:
    headers = {"referer": f"http://127.0.0.1{LIST}"}
    shown = tree(house.at("tom").post(f"{LIST}/assign", data=data, headers=headers).text)
    assert links(shown) == [*back, QUEUE]


def test_choosing_another_language_stays_where_one_is(house: House) -> None:
    shown = tree(house.at("tom").get("/nowhere?a=b").text)
    fields = shown.css("footer [name=onward]")
    assert [one.attributes["value"] for one in fields] == ["/nowhere?a=b"] * 2


# What was typed


def commented(at: TestClient, text: str) -> LexborHTMLParser:
    return tree(at.post(f"{LIST}/0000000000000000/comments", data={"text": text, "asks": "1"}).text)


def test_what_was_typed_can_be_copied_where_it_cannot_be_kept(house: House) -> None:
    shown = commented(house.at("tom"), "Is this <b>the</b> right town?")
    assert [one.text() for one in shown.css("main textarea")] == ["Is this <b>the</b> right town?"]
    assert TYPED in words(shown.html or "")


def test_a_form_in_which_nothing_was_typed_is_not_repeated(house: House) -> None:
    assert commented(house.at("tom"), " \n").css("main textarea") == []
