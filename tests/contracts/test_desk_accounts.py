"""Accounts at the desk: invitations, passwords, a second factor, sessions, tokens for programs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from argon2 import Type, extract_parameters
from httpx2 import Response
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.desk_support import MERCI, PASSWORD, PLAGES, House, tree, words
from workflow import people, totp
from workflow.desk_records import desk_records_of
from workflow.qr import picture
from workflow.states import Role
from workflow.store import segment_id
from workflow.web.browsers import browser_of

NEW = "another four plain words"
LIST = "/api/releases/tanger/es/segments"


@pytest.fixture
def admin(house: House) -> House:
    people.create(house.ledger.store, login="ada", name="Ada", roles={"*": Role.ADMIN})
    return house


def with_password(house: House, login: str) -> None:
    house.ledger.store.save_person(replace(house.person(login), password=people.hashed(PASSWORD)))


def me(house: House, login: str, what: str, **fields: object) -> Response:
    return house.at(login).post("/me", data={"what": what, **fields})


def said(answer: Response) -> str:
    alert = tree(answer.text).css_first("[role=alert]")
    return words(alert.html or "") if alert else ""


# Passwords


def test_a_password_is_hashed_at_the_cost_that_rfc_9106_recommends_where_memory_is_scarce() -> None:
    cost = extract_parameters(people.hashed(PASSWORD))
    assert (cost.type, cost.time_cost, cost.parallelism, cost.memory_cost) == (Type.ID, 3, 4, 64 * 1024)


# People


def test_an_administrator_invites_somebody_by_a_link_that_is_shown_once(admin: House) -> None:
    data = {"login": " Noor ", "name": "Noor", "role-es": "reviewer", "role-xx": "admin", "role-ar": "king"}
    shown = admin.at("ada").post("/people", data=data).text
    assert admin.person("noor").roles == {"es": Role.REVIEWER}
    link = tree(shown).css_first("code.secret")
    assert link is not None
    path = "/" + link.text().split("/", 3)[3]
    assert link.text() not in admin.at("ada").get("/people").text
    browser = admin.stranger()
    assert browser.post(path).status_code == 303
    assert browser.get("/releases/tanger/es").status_code == 200
    assert browser.get("/releases/tanger/ar").status_code == 403


def test_nobody_is_invited_to_do_nothing_and_what_was_typed_stays(admin: House) -> None:
    answer = admin.at("ada").post("/people", data={"login": "noor", "name": "Noor", "role-es": ""})
    assert answer.status_code == 422
    assert "role" in said(answer)
    assert 'value="Noor"' in answer.text
    assert all(person.login != "noor" for person in admin.ledger.store.people())


def test_roles_change_at_once_and_a_person_can_be_forgotten(admin: House) -> None:
    tom = admin.person("tom").id
    admin.at("tom").get("/")
    admin.at("ada").post(f"/people/{tom}", data={"what": "roles", "role-ar": "translator"})
    assert admin.at("tom").get("/releases/tanger/es").status_code == 403
    assert admin.at("tom").get("/releases/tanger/ar").status_code == 200
    admin.at("ada").post(f"/people/{tom}", data={"what": "forget", "sure": "1"})
    assert admin.at("tom").get("/").status_code == 303
    assert "Tom" not in admin.at("ada").get("/people").text


def test_nobody_is_forgotten_by_one_press(admin: House) -> None:
    tom = admin.person("tom").id
    given = {"person": tom, "due": ""}
    assert admin.at("ada").post("/releases/tanger/es/assign", data=given).status_code == 303
    asked = admin.at("ada").post(f"/people/{tom}", data={"what": "forget"})
    assert asked.status_code == 200
    assert "Forget Tom for good?" in said(asked)
    assert "1 release that is for them to do goes to whoever comes." in said(asked)
    assert admin.person("tom").name == "Tom"
    sure = tree(asked.text).css_first("[role=alert] form")
    assert sure is not None
    form = {str(one.attributes["name"]): str(one.attributes["value"]) for one in sure.css("input, button")}
    assert admin.at("ada").post(str(sure.attributes["action"]), data=form).status_code == 303
    assert admin.ledger.store.person_by_login("tom") is None


def test_a_profile_from_before_it_was_changed_overwrites_nothing_and_stays_typed(house: House) -> None:
    def shown(answer: Response) -> dict[str, str]:
        form = tree(answer.text).css_first("form:has([value=profile])")
        assert form is not None
        fields = {str(one.attributes["name"]): one.attributes["value"] or "" for one in form.css("input")}
        return fields | {"letters": str((form.css_first("[selected]") and "never") or "daily")}

    stale = shown(house.at("tom").get("/me"))
    first = stale | {"email": "tom@example.org", "letters": "never"}
    assert house.at("tom").post("/me", data=first).status_code == 303
    late = house.at("tom").post("/me", data=stale | {"name": "Tomás", "away": "2026-10-01"})
    assert late.status_code == 409
    assert "Your profile was changed meanwhile. Look at it, then save." in said(late)
    assert "What stands now" in said(late)
    assert "tom@example.org" in said(late)
    assert (shown(late)["name"], shown(late)["away"]) == ("Tomás", "2026-10-01")
    assert profile_of(house, "tom") == ("Tom", "tom@example.org")
    assert house.at("tom").post("/me", data=shown(late) | {"email": "tom@example.org"}).status_code == 303
    assert profile_of(house, "tom") == ("Tomás", "tom@example.org")


def profile_of(house: House, login: str) -> tuple[str, str]:
    """The name and the address a person gave."""
    person = house.person(login)
    return person.name, desk_records_of(house.ledger.store).account(person.id).email


def test_what_is_no_address_is_refused_and_the_rest_stays_typed(house: House) -> None:
    typed = {"what": "profile", "name": "Tomás", "email": "tom at home", "away": "2026-10-01"}
    answer = house.at("tom").post("/me", data=typed)
    assert answer.status_code == 422
    inputs = tree(answer.text).css("form input")
    fields = {one.attributes.get("name"): one.attributes.get("value") for one in inputs}
    assert fields.items() >= {name: text for name, text in typed.items() if name != "what"}.items()


def test_the_last_administrator_stays_one(admin: House) -> None:
    ada = admin.person("ada").id
    for data in ({"what": "roles", "role-es": "translator"}, {"what": "forget"}):
        answer = admin.at("ada").post(f"/people/{ada}", data=data)
        assert answer.status_code == 422
        assert "only administrator" in said(answer)
    assert admin.person("ada").roles == {"*": Role.ADMIN}


@pytest.mark.parametrize("login", ["tom", "rita", "ed", "ines"])
def test_nobody_else_sees_or_changes_people(admin: House, login: str) -> None:
    at = admin.at(login)
    assert at.get("/people").status_code == 403
    assert at.post("/people", data={"login": "x", "name": "x", "role-*": "admin"}).status_code == 403
    own = {"what": "roles", "role-*": "admin"}
    assert at.post(f"/people/{admin.person(login).id}", data=own).status_code == 403
    assert "Ada" not in at.get("/people").text


@pytest.mark.parametrize(
    ("login", "name"), [("tom", "Another Tom"), ("", "Nobody"), ("x" * 201, "Long"), ("blank", "  ")]
)
def test_an_invitation_that_cannot_be_says_why(admin: House, login: str, name: str) -> None:
    answer = admin.at("ada").post("/people", data={"login": login, "name": name})
    assert answer.status_code == 422
    assert said(answer)
    assert admin.at("ada").post("/people/nobody", data={"what": "link"}).status_code == 404


# Passwords and sessions


def test_a_password_is_set_changed_with_the_old_one_and_ends_other_sessions(house: House) -> None:
    assert me(house, "tom", "password", password=PASSWORD).status_code == 303
    other = house.stranger()
    assert other.post("/sign-in", data={"login": "tom", "password": PASSWORD}).status_code == 303
    assert "not your password" in said(me(house, "tom", "password", password=NEW, current="no such thing"))
    assert "12 characters" in said(me(house, "tom", "password", password="short", current=PASSWORD))
    assert other.get("/").status_code == 200
    assert me(house, "tom", "password", password=NEW, current=PASSWORD).status_code == 303
    assert other.get("/").status_code == 303
    assert house.at("tom").get("/").status_code == 200
    assert house.stranger().post("/sign-in", data={"login": "tom", "password": PASSWORD}).status_code == 401


def test_sessions_are_listed_and_ended_by_their_own_person_only(house: House) -> None:
    phone = house.stranger()
    phone.headers["user-agent"] = "Phone <b>1</b>"
    phone.post(house.link("tom"))
    shown = tree(house.at("tom").get("/me").text)
    listed = {li.text().split("\n")[0].strip(): li for li in shown.css("li:has([value=session-off])")}
    assert len(listed) == 2
    entry = next(li for name, li in listed.items() if "Phone <b>1</b>" in name)
    field = entry.css_first("[name=digest]")
    assert field is not None
    digest = str(field.attributes["value"])
    me(house, "rita", "session-off", digest=digest)
    assert phone.get("/").status_code == 200
    me(house, "tom", "session-off", digest=digest)
    assert phone.get("/").status_code == 303


def test_ones_name_address_and_absence_are_kept_or_refused(house: House) -> None:
    answer = me(house, "tom", "profile", name="Tomás", email="tom@example.org", away="2026-10-01")
    assert answer.status_code == 303
    assert house.person("tom").name == "Tomás"
    assert desk_records_of(house.ledger.store).account(house.person("tom").id).email == "tom@example.org"
    for fields in ({"name": ""}, {"name": "T", "email": "no"}, {"name": "T", "away": "soon"}):
        assert me(house, "tom", "profile", **fields).status_code == 422
    assert me(house, "tom", "nonsense").status_code == 400
    assert house.person("tom").name == "Tomás"


# The second factor


def turned_on(house: House, login: str) -> str:
    shown = tree(me(house, login, "factor").text).css_first("[name=secret]")
    assert shown is not None
    secret = str(shown.attributes["value"])
    now = totp.code(secret, int(house.clock().timestamp()) // totp.PERIOD)
    assert me(house, login, "factor-on", secret=secret, code="000000", current=PASSWORD).status_code == 422
    assert me(house, login, "factor-on", secret=secret, code=now, current=PASSWORD).status_code == 303
    return secret


def test_the_codes_are_those_of_the_standard() -> None:
    """Appendix B of RFC 6238, cut to six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105 - the one of the standard
    told = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
    assert {at: totp.code(secret, at // totp.PERIOD) for at in told} == told
    assert totp.matching(secret, " 287 082", 59 + 30) == 1
    assert totp.matching(secret, "287082", 59 + 90) is None
    assert totp.matching("not base 32!", "287082", 59) is None
    assert totp.matching(secret, "٢٨٧٠٨٢", 59) is None


def test_a_second_factor_is_asked_for_after_password_and_link_and_each_code_is_good_once(
    house: House,
) -> None:
    with_password(house, "tom")
    secret = turned_on(house, "tom")
    house.clock.later(minutes=1)

    def half(answer: Response) -> str:
        field = tree(answer.text).css_first("[name=half]")
        assert field is not None, answer.text
        return str(field.attributes["value"])

    browser = house.stranger()
    asked = browser.post("/sign-in", data={"login": "tom", "password": PASSWORD, "onward": "/me"})
    assert "set-cookie" not in asked.headers
    assert browser.get("/").status_code == 303
    code = totp.code(secret, int(house.clock().timestamp()) // totp.PERIOD)
    given = {"half": half(asked), "onward": "/me"}
    assert browser.post("/sign-in/code", data=given | {"code": "000000"}).status_code == 401
    entered = browser.post("/sign-in/code", data=given | {"code": code})
    assert (entered.status_code, entered.headers["location"]) == (303, "/me")
    assert browser.get("/me").status_code == 200
    assert browser.post("/sign-in/code", data=given | {"code": code}).status_code == 401
    second = house.stranger()
    by_link = second.post(house.link("tom"))
    again = {"half": half(by_link), "code": code}
    assert second.post("/sign-in/code", data=again).status_code == 401
    house.clock.later(seconds=30)
    again["code"] = totp.code(secret, int(house.clock().timestamp()) // totp.PERIOD)
    assert second.post("/sign-in/code", data=again).status_code == 303


def test_a_script_that_signs_in_is_told_in_a_word_what_is_missing(house: House) -> None:
    with_password(house, "tom")
    secret = turned_on(house, "tom")
    house.clock.later(minutes=1)
    browser = house.stranger()
    browser.headers["accept"] = "application/json"
    no = browser.post("/sign-in", data={"login": "tom", "password": NEW})
    assert (no.status_code, no.json()) == (401, {"failed": "wrong", "half": ""})
    asked = browser.post("/sign-in", data={"login": "tom", "password": PASSWORD}).json()
    assert asked["failed"] == ""
    late = browser.post("/sign-in/code", data={"half": asked["half"], "code": "000000"})
    assert (late.status_code, late.json()) == (401, {"failed": "code-wrong", "half": asked["half"]})
    code = totp.code(secret, int(house.clock().timestamp()) // totp.PERIOD)
    assert browser.post("/sign-in/code", data={"half": asked["half"], "code": code}).status_code == 303
    used = browser.post("/sign-in/code", data={"half": asked["half"], "code": code})
    assert used.json()["failed"] == "used"


def test_guessing_codes_is_slowed_down_and_half_a_sign_in_lapses(house: House) -> None:
    with_password(house, "tom")
    turned_on(house, "tom")
    browser = house.stranger()
    asked = browser.post("/sign-in", data={"login": "tom", "password": PASSWORD})
    field = tree(asked.text).css_first("[name=half]")
    assert field is not None
    given = {"half": str(field.attributes["value"]), "code": "000000"}
    tries = [browser.post("/sign-in/code", data=given).status_code for _ in range(11)]
    assert tries == [401] * 10 + [429]
    house.clock.later(minutes=16)
    answer = browser.post("/sign-in/code", data=given)
    assert answer.status_code == 401
    assert "time is over" in words(answer.text)


def hidden(shown: LexborHTMLParser, form: str) -> dict[str, str]:
    boxes = shown.css(f"{form} [type=hidden]")
    return {str(box.attributes["name"]): str(box.attributes["value"]) for box in boxes}


def test_what_was_typed_goes_through_the_second_factor_too(house: House) -> None:
    with_password(house, "tom")
    secret = turned_on(house, "tom")
    typed = {"action": "save", "target": "Gracias.", "base": house.base_of("tom", MERCI)}
    house.clock.later(hours=13)
    asked = tree(house.at("tom").post(house.address(MERCI), data=typed).text)
    known = {"login": "tom", "password": PASSWORD}
    answer = house.at("tom").post("/sign-in", data=hidden(asked, "form[action='/sign-in']") | known)
    fields = hidden(tree(answer.text), "form[action='/sign-in/code']")
    fields["code"] = totp.code(secret, int(house.clock().timestamp()) // totp.PERIOD)
    welcome = house.at("tom").post("/sign-in/code", data=fields)
    assert "Gracias." in welcome.text
    assert "Welcome back" in words(welcome.text)


def test_a_second_factor_is_turned_off_with_its_code_or_by_an_administrator(admin: House) -> None:
    secret = turned_on(admin, "tom")
    assert me(admin, "tom", "factor-off", code="123456").status_code == 422
    admin.clock.later(seconds=30)
    code = totp.code(secret, int(admin.clock().timestamp()) // totp.PERIOD)
    assert me(admin, "tom", "factor-off", code=code).status_code == 303
    turned_on(admin, "tom")
    admin.at("ada").post(f"/people/{admin.person('tom').id}", data={"what": "factor-off"})
    assert admin.stranger().post(admin.link("tom")).status_code == 303


def test_sign_ins_and_misses_are_noted_for_person_and_administrator(admin: House) -> None:
    with_password(admin, "tom")
    admin.stranger().post("/sign-in", data={"login": "tom", "password": "not this one"})
    admin.stranger().post("/sign-in", data={"login": "tom", "password": PASSWORD})
    for shown in (admin.at("tom").get("/me").text, admin.at("ada").get("/people").text):
        listed = tree(shown).css_first(".events")
        assert listed is not None
        assert "wrong password" in words(listed.html or "")
        assert "signed in" in words(listed.html or "")
    assert "wrong password" not in words(admin.at("rita").get("/me").text)


# Tokens for programs


def token(house: House, login: str, *scopes: str) -> dict[str, str]:
    shown = tree(me(house, login, "token", about="ci", scopes=list(scopes)).text).css_first("code.secret")
    assert shown is not None
    return {"authorization": f"Bearer {shown.text()}"}


def test_a_program_reads_and_decides_with_a_token_of_its_scope(house: House) -> None:
    program = house.stranger()
    reads, decides = token(house, "tom", "read"), token(house, "tom", "read", "decide")
    told = program.get("/api/releases", headers=reads).json()
    assert [(one["id"], one["languages"][0]["locale"], len(one["languages"])) for one in told] == [
        ("tanger", "es", 1)
    ]
    found = program.get(f"{LIST}?show=missing&text=merci", headers=reads).json()
    assert [one["source"] for one in found] == [MERCI]
    wish = {"action": "save", "target": "Gracias.", "base": found[0]["base"]}
    address = f"{LIST}/{found[0]['id']}"
    assert program.post(address, json=wish, headers=reads).status_code == 401
    assert program.post(address, json=wish, headers=decides).json()["standing"] == "translated"
    late = program.post(address, json=wish | {"target": "Mil gracias."}, headers=decides)
    assert (late.status_code, late.json()["target"]) == (409, "Gracias.")
    approval = {"action": "approve", "target": "Gracias.", "base": late.json()["base"]}
    assert program.post(address, json=approval, headers=decides).status_code == 422
    assert house.standing(MERCI)[0] == "Gracias."


def test_a_program_silences_a_finding_for_a_reason_and_counts_it_again(house: House) -> None:
    program = house.stranger()
    reads, decides = token(house, "tom", "read"), token(house, "tom", "decide")
    address = f"{LIST}/{segment_id(('', PLAGES))}/silences"
    wish = {"check": "numbers", "reason": "counted again", "target": "La ciudad tiene 27 playas.", "base": ""}
    assert program.post(address, json=wish, headers=reads).status_code == 401
    assert program.post(address, json=wish | {"reason": " "}, headers=decides).status_code == 422
    assert program.post(address, json=wish | {"check": "codes"}, headers=decides).status_code == 422
    kept = program.post(address, json=wish, headers=decides).json()
    assert (kept["silenced"], kept["standing"]) == ({"numbers": "counted again"}, "translated")
    assert "counted again" in words(house.at("rita").get(house.address(PLAGES)).text)
    late = program.post(address, json=wish, headers=decides)
    assert (late.status_code, late.json()["base"]) == (409, kept["base"])
    again = f"{address}/numbers?base={kept['base']}"
    assert program.delete(again, headers=reads).status_code == 401
    heard = program.delete(again, headers=decides).json()
    assert (heard["silenced"], heard["target"]) == ({}, kept["target"])
    assert program.delete(f"{address}/numbers?base={heard['base']}", headers=decides).status_code == 422


def test_programs_get_no_further_than_their_person_and_errors_are_json(house: House) -> None:
    program, reads = house.stranger(), token(house, "tom", "read", "decide")
    asked = {
        "/api/releases/tanger/ar/segments": 403,
        "/api/releases/nowhere/es/segments": 404,
        "/api/releases/..%2f..%2fetc/es/segments": 404,
        "/api/nowhere": 404,
    }
    for path, status in asked.items():
        answer = program.get(path, headers=reads)
        assert answer.status_code == status, path
        assert answer.json()["message"]
    post = program.post(f"{LIST}/{segment_id(('', PLAGES))}", content=b"{", headers=reads)
    assert post.status_code == 400
    assert post.json()["message"]
    gone = program.post(f"{LIST}/0000", json={"action": "save", "target": "x"}, headers=reads)
    assert gone.status_code == 404


def test_without_a_token_or_with_a_lapsed_or_withdrawn_one_nothing_is_told(house: House) -> None:
    program, reads = house.stranger(), token(house, "tom", "read")
    for headers in ({}, {"authorization": "Bearer nonsense"}, {"authorization": "Basic dG9tOng="}):
        assert program.get("/api/releases", headers=headers).status_code == 401
    assert house.at("tom").get("/api/releases").status_code == 401
    shown = house.at("tom").get("/me").text
    assert reads["authorization"].removeprefix("Bearer ") not in shown
    digest = re.search(r'value="token-off"><input type="hidden" name="digest" value="(\w+)"', shown)
    assert digest
    me(house, "rita", "token-off", digest=digest[1])
    assert program.get("/api/releases", headers=reads).status_code == 200
    me(house, "tom", "token-off", digest=digest[1])
    assert program.get("/api/releases", headers=reads).status_code == 401
    lapsed = token(house, "tom", "read")
    house.clock.later(days=366)
    assert program.get("/api/releases", headers=lapsed).status_code == 401


def test_a_token_needs_a_name_and_a_scope_there_is(house: House) -> None:
    assert me(house, "tom", "token", about="ci", scopes=["admin"]).status_code == 422
    assert me(house, "tom", "token", about=" ", scopes=["read"]).status_code == 422


def test_the_api_describes_itself_and_nothing_else(house: House) -> None:
    told = house.stranger().get("/api/openapi.json").json()
    assert all(path.startswith("/api/") for path in told["paths"])
    assert len(told["paths"]) == 5


CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604"
)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (CHROME, "Chrome, Linux"),
        (f"{CHROME} Edg/140.0", "Edge, Linux"),
        (SAFARI, "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_session_is_named_as_its_person_would_name_the_browser(agent: str, name: str) -> None:
    assert browser_of(agent) == name


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Passwort2026",
        "motdepasse2026",
        "123456789012",
        "azertyuiop12345",
        "aaaaaaaaaaaaaaaa",
        "tom-tom-tom-tom",
    ],
)
def test_a_password_that_everybody_tries_is_none(house: House, password: str) -> None:
    answer = me(house, "tom", "password", password=password)
    assert answer.status_code == 422
    assert "first that are tried" in said(answer)


@pytest.mark.parametrize("password", ["trois ports calmes", "my password is a whale", "12 tomates rouges"])
def test_a_few_words_are_a_password(house: House, password: str) -> None:
    assert me(house, "tom", "password", password=password).status_code == 303


def test_the_key_of_a_second_factor_is_a_picture_to_scan_too(house: House) -> None:
    shown = tree(house.at("tom").post("/me", data={"what": "factor"}).text)
    link, drawn = shown.css_first("a[href^='otpauth:']"), shown.css_first("svg.qr path")
    assert link is not None
    assert drawn is not None
    assert drawn.attributes["d"] == picture(str(link.attributes["href"]))[1] != ""


@pytest.mark.parametrize("roles", [{"es": Role.TRANSLATOR}, {}], ids=["with-a-role", "without"])
def test_roles_that_somebody_changed_meanwhile_are_not_overwritten_unseen(
    house: House, roles: dict[str, Role]
) -> None:
    boss = people.create(house.ledger.store, login="boss", name="Boss", roles={"*": Role.ADMIN})
    tom = replace(house.person("tom"), roles=roles)
    house.ledger.store.save_person(tom)
    address = f"/people/{tom.id}"

    def form(page: str) -> LexborNode:
        (found,) = tree(page).css(f'form[action="{address}"]')
        return found

    def sent(page: str, **roles: str) -> dict[str, str]:
        stood = form(page).css_first("[name=stood]")
        assert stood is not None
        told = {f"role-{locale}": role for locale, role in roles.items()}
        return {"stood": stood.attributes["value"] or "", "what": "roles"} | told

    shown = house.at(boss.login).get("/people").text
    assert house.at("boss").post(address, data=sent(shown, es="reviewer")).status_code == 303
    late = house.at("boss").post(address, data=sent(shown, es="translator", ar="translator"))
    assert late.status_code == 409
    assert "Somebody changed these roles meanwhile" in words(late.text)
    assert house.person("tom").roles == {"es": Role.REVIEWER}
    picked = [one.attributes["value"] for one in form(late.text).css("option[selected]")]
    assert picked == ["translator", "translator"]
    assert house.at("boss").post(address, data=sent(late.text, es="translator")).status_code == 303
    assert house.person("tom").roles == {"es": Role.TRANSLATOR}
