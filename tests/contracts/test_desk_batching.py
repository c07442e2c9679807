"""Decisions that come at the same moment are taken together, and each is answered as if it came alone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import httpx2
import pytest

from l10n import project
from tests.desk_support import LIST, MERCI, PLAGES, RAPPORT, SEULE, House, make_project, open_house
from workflow.states import Role
from workflow.store import Unavailable, segment_id
from workflow.web import WebSettings


@pytest.fixture
def house(tmp_path: Path) -> House:
    make_project(tmp_path)
    return open_house(tmp_path, WebSettings())


def at_once(house: House, *forms: tuple[str, Mapping[str, str]]) -> list[httpx2.Response]:
    """What the desk answers to forms of one browser that are sent together."""

    async def send() -> list[httpx2.Response]:
        transport = httpx2.ASGITransport(app=house.app)
        cookies = {cookie.name: cookie.value or "" for cookie in house.at("rita").cookies.jar}
        async with httpx2.AsyncClient(transport=transport, base_url=house.base, cookies=cookies) as browser:
            return await asyncio.gather(*(browser.post(address, data=data) for address, data in forms))

    return asyncio.run(send())


def approving(target: str, base: str = "", note: str = "") -> Mapping[str, str]:
    return {"action": "approve", "target": target, "base": base, "note": note}


def targets(house: House) -> Mapping[str, str]:
    return {source: one.target for (_, source), one in house.ledger.store.current("tanger", "es").items()}


def test_decisions_that_come_together_are_each_taken_or_refused(house: House) -> None:
    merci, plages, rapport, seule = map(house.address, (MERCI, PLAGES, RAPPORT, SEULE))
    answers = at_once(
        house,
        (f"{merci}/decision", approving("Gracias.")),
        (f"{plages}/decision", approving("La ciudad tiene 27 playas.")),
        (seule, approving("Una sola frase.")),
        (f"{rapport}/decision", approving("Lea <1>nuestro informe</1>.", base="what nobody decided")),
        (f"{merci}/decision", approving("Muchas gracias.")),
        (f"{LIST}/0123456789abcdef/decision", approving("Nada.")),
        (f"{rapport}/decision", {**approving("Lea."), "action": "burn"}),
        ("/releases/tanger/it/0123456789abcdef/decision", approving("Niente.")),
    )
    assert [answer.status_code for answer in answers] == [200, 422, 303, 409, 409, 404, 400, 404]
    assert targets(house) == {MERCI: "Gracias.", SEULE: "Una sola frase."}
    stands = answers[0].json()
    head = house.ledger.store.current("tanger", "es")["", MERCI]
    assert stands == {
        "id": segment_id(("", MERCI)),
        "target": "Gracias.",
        "standing": "approved",
        "decision": head.id,
        "base": head.digest,
        "silenced": {},
    }
    assert head.actor == house.person("rita").id
    assert answers[1].json()["remedy"].startswith("Correct it")
    taken = house.ledger.store.current("tanger", "es")["", SEULE].id
    assert answers[2].headers["location"] == f"{LIST}/next?after={segment_id(('', SEULE))}&done={taken}"
    assert answers[4].json()["theirs"] == "Gracias."


def test_a_decision_gives_the_lease_back_and_forgets_what_was_typed(house: House) -> None:
    house.at("rita").get(house.address(MERCI))
    house.at("rita").post(f"{house.address(MERCI)}/draft", data={"target": "Gra", "base": ""})
    store, now = house.ledger.store, house.clock()
    assert list(store.claims("tanger", "es", now=now)) == [segment_id(("", MERCI))]
    (answer,) = at_once(house, (f"{house.address(MERCI)}/decision", approving("Gracias.")))
    assert answer.status_code == 200
    assert store.claims("tanger", "es", now=now) == {}
    assert "Gra<" not in house.at("rita").get(house.address(MERCI)).text


def test_who_may_not_decide_or_is_not_signed_in_hears_so(house: House) -> None:
    address, data = f"{house.address(MERCI)}/decision", approving("Gracias.")
    assert house.stranger().post(address, data=data).status_code == 401
    assert house.at("tom").post(address, data=data).status_code == 422
    assert house.at("ines").post(address, data=data).status_code == 403
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert house.at("rita").post(address, data=data, headers=elsewhere).status_code == 403
    assert house.at("rita").post(address, data=data, headers={"Host": "evil.example"}).status_code == 400
    assert targets(house) == {}


def test_with_four_eyes_the_second_of_two_at_once_is_not_the_first_again(house: House) -> None:
    plan = house.ledger.project.root / "releases" / "tanger" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + '\nreview = "four-eyes"\n', "utf-8")
    assert project.release(house.ledger.project, "tanger").review == "four-eyes"
    saved = {**approving("Gracias."), "action": "save"}
    first, second = at_once(
        house, (f"{house.address(MERCI)}/decision", saved), (f"{house.address(MERCI)}/decision", saved)
    )
    # The second is answered with the decision of the first: nothing was decided by another pair of eyes.
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["decision"] == second.json()["decision"]
    assert len(house.ledger.store.history("tanger", "es", ("", MERCI))) == 1
    base = house.ledger.store.current("tanger", "es")["", MERCI].digest
    (alone,) = at_once(house, (f"{house.address(MERCI)}/decision", approving("Gracias.", base)))
    assert (alone.status_code, alone.json()["message"]) == (422, "You wrote this yourself.")
    assert house.person("rita").role("es") is Role.REVIEWER


def test_what_the_database_did_not_take_is_not_asked_for_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0

    def down(_additions: object) -> object:
        nonlocal asked
        asked += 1
        raise Unavailable("the ledger's database failed", remedy="Check that it runs.")

    monkeypatch.setattr(house.ledger.store, "append_each", down)
    answers = at_once(
        house,
        (house.address(MERCI), approving("Gracias a todos")),
        (house.address(SEULE), approving("Una sola frase")),
    )
    assert [answer.status_code for answer in answers] == [500, 500]
    assert asked == 1
    assert "Gracias a todos" in answers[0].text
    assert "Gracias a todos" not in answers[1].text
