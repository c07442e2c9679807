"""Signing in by an OpenID provider: a real one on this machine, which also misbehaves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3
from httpx2 import Response
from starlette.testclient import TestClient

from l10n.errors import ConfigError
from tests import openid_support
from tests.desk_support import House, make_project, open_house, tree, words
from tests.openid_support import CLIENT, SECRET
from workflow import openid, people
from workflow.desk_records import desk_records_of
from workflow.openid import Provider, provider_from_env
from workflow.states import Role
from workflow.web import WebSettings

NOON = 1789387200  # as the clock of the house has it
RITA = {"email": "Rita@Example.org", "email_verified": True, "name": "Rita Real"}


@dataclass
class Door:
    """The desk, the provider, and the browser of somebody who signs in."""

    house: House
    there: openid_support.House
    browser: TestClient

    def left(self, onward: str = "/releases/tanger/es") -> str:
        answer = self.browser.get(f"/sign-in/openid/leave?next={onward}")
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def returned(self, address: str) -> str:
        """Where the provider sends a browser that comes to an address."""
        found = urllib3.request("GET", address, redirect=False, retries=False)
        assert found.status == 302
        return found.headers["Location"]

    def back(self) -> Response:
        return self.browser.get(self.returned(self.left()))

    def who(self) -> str:
        return words(self.browser.get("/me").text)


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    make_project(tmp_path)
    with openid_support.provider(openid_support.House(NOON, dict(RITA))) as there:
        house = open_house(
            tmp_path, WebSettings(provider=Provider(there.address, CLIENT, SECRET, "Login & Co"))
        )
        account = desk_records_of(house.ledger.store).account(house.person("rita").id)
        desk_records_of(house.ledger.store).save_account(replace(account, email="rita@example.org"))
        yield Door(house, there, house.stranger())


def alert(answer: Response) -> str:
    found = tree(answer.text).css_first("[role=alert]")
    return words(found.html or "") if found else ""


def test_the_clock_of_the_house_is_the_providers(door: Door) -> None:
    assert int(door.house.clock().timestamp()) == NOON


def test_somebody_known_by_a_verified_address_is_let_in_and_led_on(door: Door) -> None:
    shown = tree(door.browser.get("/sign-in?next=/releases/tanger/es").text)
    link = shown.css_first("a[href*=openid]")
    assert link
    assert link.text() == "Sign in with Login & Co"
    assert link.attributes["href"] == "/sign-in/openid/leave?next=/releases/tanger/es"
    answer = door.back()
    assert (answer.status_code, answer.headers["location"]) == (303, "/releases/tanger/es")
    assert "Rita" in door.who()
    events = desk_records_of(door.house.ledger.store).events(door.house.person("rita").id)
    assert events[0].what == "sign-in"


def test_the_browser_goes_with_a_challenge_and_secrets_of_its_own_each_time(door: Door) -> None:
    one, two = (parse_qs(urlsplit(door.left()).query) for _ in range(2))
    assert one["code_challenge_method"] == ["S256"]
    assert one["scope"] == ["openid email profile"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(one[name][0]) >= 32
        assert one[name] != two[name]
    cookie = door.browser.get("/sign-in/openid/leave").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_who_has_a_second_factor_is_asked_for_its_code(door: Door) -> None:
    notes = desk_records_of(door.house.ledger.store)
    notes.save_account(replace(notes.account(door.house.person("rita").id), totp="JBSWY3DPEHPK3PXP"))
    answer = door.back()
    assert answer.status_code == 200
    assert 'name="code"' in answer.text
    assert door.browser.get("/me").status_code == 303


def test_somebody_invited_under_their_address_comes_first(door: Door) -> None:
    people.create(
        door.house.ledger.store, login="rita@example.org", name="Invited", roles={"ar": Role.REVIEWER}
    )
    door.back()
    assert "Invited" in door.who()


def test_an_address_that_two_people_gave_is_nobodys(door: Door) -> None:
    notes = desk_records_of(door.house.ledger.store)
    notes.save_account(replace(notes.account(door.house.person("tom").id), email="RITA@example.org"))
    answer = door.back()
    assert answer.status_code == 403
    assert "Ask an administrator for an invitation" in alert(answer)


@pytest.mark.parametrize(
    "claims", [{"email": "noor@example.org"}, {"email": "noor@example.org", "name": " "}]
)
def test_nobody_unknown_is_let_in_unless_newcomers_are_welcome(
    door: Door, tmp_path: Path, claims: dict[str, str]
) -> None:
    door.there.claims |= claims
    assert door.back().status_code == 403
    assert door.house.ledger.store.person_by_login("noor@example.org") is None
    welcome = Provider(door.there.address, CLIENT, SECRET, "X", {"es": Role.TRANSLATOR})
    open_to_all = open_house(tmp_path, WebSettings(provider=welcome))
    visitor = Door(open_to_all, door.there, open_to_all.stranger())
    assert visitor.back().status_code == 303
    made = open_to_all.person("noor@example.org")
    assert made.roles == {"es": Role.TRANSLATOR}
    assert made.name in {"Rita Real", "noor@example.org"}
    assert visitor.browser.get("/releases/tanger/es").status_code == 200
    assert visitor.browser.get("/releases/tanger/ar").status_code == 403
    again = Door(open_to_all, door.there, open_to_all.stranger())
    assert again.back().status_code == 303
    assert len([one for one in open_to_all.ledger.store.people() if one.login == made.login]) == 1


def test_an_address_that_is_told_only_when_asked_is_asked_for(door: Door) -> None:
    door.there.about["userinfo_endpoint"] = f"{door.there.address}/who"
    door.there.over = {"email": None, "email_verified": None}
    door.there.userinfo = {"sub": "s-1", "email": "rita@example.org", "email_verified": True}
    assert door.back().status_code == 303
    door.there.userinfo["sub"] = "s-2"
    again = replace(door, browser=door.house.stranger())
    assert again.back().status_code == 401


def test_a_provider_that_takes_the_password_in_the_form_is_given_it_there(door: Door) -> None:
    door.there.about["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    assert door.back().status_code == 303
    assert (
        door.there.asked[-2][1].get("client_secret", door.there.asked[-1][1].get("client_secret")) == SECRET
    )


LIES = {
    "another nonce": {"over": {"nonce": "another"}},
    "no nonce": {"over": {"nonce": None}},
    "another issuer": {"over": {"iss": "https://evil.example"}},
    "no issuer": {"over": {"iss": None}},
    "for somebody else": {"over": {"aud": "another client"}},
    "for two, by another": {"over": {"aud": [CLIENT, "other"], "azp": "other"}},
    "for nobody": {"over": {"aud": None}},
    "expired": {"over": {"exp": NOON - 120}},
    "never expires": {"over": {"exp": None}},
    "made tomorrow": {"over": {"iat": NOON + 86400, "exp": NOON + 90000}},
    "not valid yet": {"over": {"nbf": NOON + 3600}},
    "of another access token": {"over": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}},
    "not signed": {"signed": "none"},
    "signed with what everybody knows": {"signed": "HS256"},
    "signed by somebody else": {"strange_key": True},
    "an address nobody verified": {"over": {"email_verified": False}},
    "an address verified in words": {"over": {"email_verified": "true"}},
    "no word on whether it is verified": {"over": {"email_verified": None}},
    "no address": {"over": {"email": None}},
    "an address that is none": {"over": {"email": ["rita@example.org"]}},
    "another provider's answer": {"returned": {"iss": "https://evil.example"}},
    "an answer that hides whose it is": {"returned": {"iss": ""}},
    "no code": {"returned": {"code": ""}},
    "a code nobody gave": {"returned": {"code": "guessed"}},
    "another state": {"returned": {"state": "guessed"}},
    "no state": {"returned": {"state": ""}},
    "an error": {"returned": {"code": "", "error": "access_denied<script>"}},
}


@pytest.mark.parametrize("lie", LIES)
def test_nobody_is_let_in_on_a_lie(door: Door, lie: str) -> None:
    for name, value in LIES[lie].items():
        setattr(door.there, name, value)
    answer = door.back()
    assert answer.status_code == 401
    assert "did not confirm who you are" in alert(answer)
    assert "<script>" not in answer.text
    assert door.browser.get("/me").status_code == 303


ELSEWHERE = {
    "calls itself otherwise": {"issuer": "https://evil.example"},
    "says nothing of where to go": {"authorization_endpoint": None},
    "sends people over an open wire": {"authorization_endpoint": "http://192.0.2.1/authorize"},
    "is a script": {"authorization_endpoint": "javascript:alert(1)"},
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_nobody_is_sent_to_a_provider_that(door: Door, what: str) -> None:
    door.there.about = ELSEWHERE[what]
    answer = door.browser.get("/sign-in/openid/leave")
    assert answer.status_code == 502
    assert "did not confirm who you are" in alert(answer)


def test_what_one_browser_began_no_other_ends_and_no_browser_ends_twice(door: Door) -> None:
    address = door.returned(door.left())
    assert door.house.stranger().get(address).status_code == 401
    assert door.browser.get(address).status_code == 303
    assert door.browser.get(address).status_code == 401


def test_a_session_that_somebody_planted_is_over(door: Door) -> None:
    assert door.browser.post(door.house.link("tom")).status_code == 303
    planted = door.browser.cookies["desk"]
    assert door.back().status_code == 303
    assert door.browser.cookies["desk"] != planted
    other = door.house.stranger()
    other.cookies.set("desk", planted)
    assert other.get("/me").status_code == 303


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_nobody_is_led_out_of_the_desk(door: Door, onward: str) -> None:
    answer = door.browser.get(door.returned(door.left(onward)))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_new_key_of_the_provider_is_fetched(door: Door) -> None:
    assert door.back().status_code == 303
    door.house.clock.later(minutes=2)
    door.there.now += 120
    door.there.key = openid_support.RSAKey.generate_key(2048, {"kid": "two"})
    assert replace(door, browser=door.house.stranger()).back().status_code == 303


def test_who_tries_and_tries_is_slowed_down(door: Door) -> None:
    for _ in range(10):
        assert door.browser.get("/sign-in/openid/back?state=x&code=y").status_code == 401
    assert door.browser.get("/sign-in/openid/back?state=x&code=y").status_code == 429


def test_a_provider_that_answers_letter_by_letter_is_given_up(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openid, "_SECONDS", 1)
    door.there.drip = 0.2
    began = time.monotonic()
    assert door.browser.get("/sign-in/openid/leave").status_code == 502
    assert time.monotonic() - began < 5


def test_a_desk_without_a_provider_has_no_such_door(tmp_path: Path) -> None:
    make_project(tmp_path)
    house = open_house(tmp_path, WebSettings())
    for path in ("leave", "back"):
        assert house.stranger().get(f"/sign-in/openid/{path}").status_code == 404
    assert "openid" not in house.stranger().get("/sign-in").text


def test_over_https_its_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    make_project(tmp_path)
    with openid_support.provider(openid_support.House(NOON, dict(RITA))) as there:
        settings = WebSettings(secure=True, provider=Provider(there.address, CLIENT, SECRET))
        house = open_house(tmp_path, settings)
        answer = house.stranger().get("/sign-in/openid/leave")
        assert answer.headers["set-cookie"].startswith("__Host-desk-openid=")
        assert "Secure" in answer.headers["set-cookie"]
        back = parse_qs(urlsplit(answer.headers["location"]).query)["redirect_uri"]
        assert back == ["https://127.0.0.1/sign-in/openid/back"]


# Settings

GOOD = {"L10N_OPENID_ISSUER": "https://login.example.org/x", "L10N_OPENID_CLIENT": "desk"}


def test_the_provider_is_named_by_the_environment() -> None:
    assert provider_from_env({}) is None
    found = provider_from_env(
        {**GOOD, "L10N_OPENID_SECRET": "s", "L10N_OPENID_NEWCOMERS": "translator=ES, reviewer=fr"}
    )
    assert found == Provider(
        "https://login.example.org/x",
        "desk",
        "s",
        "login.example.org",
        {"es": Role.TRANSLATOR, "fr": Role.REVIEWER},
    )
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    "wrong",
    [
        {"L10N_OPENID_ISSUER": "http://login.example.org"},
        {"L10N_OPENID_ISSUER": "login.example.org"},
        {"L10N_OPENID_ISSUER": "https://[x"},
        {"L10N_OPENID_CLIENT": ""},
        {"L10N_OPENID_NEWCOMERS": "admin"},
        {"L10N_OPENID_NEWCOMERS": "editor=es"},
        {"L10N_OPENID_NEWCOMERS": "translator=e s"},
        {"L10N_OPENID_NEWCOMERS": "translator=../x"},
    ],
)
def test_settings_that_cannot_be_right_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ConfigError):
        provider_from_env({**GOOD, **wrong})
