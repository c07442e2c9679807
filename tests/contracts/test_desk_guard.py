"""What the desk does not let happen: at the door, by hand-made requests, through what is typed."""

from __future__ import annotations

import asyncio
import gzip
import logging
from collections.abc import Iterator
from dataclasses import replace
from http.cookies import SimpleCookie

import pytest
from httpx2 import Response

from l10n import catalogue as po
from tests.desk_support import MERCI, PASSWORD, PLAGES, SEULE, House, tree, words
from workflow import people
from workflow.web import guard
from workflow.web.assets import address as address_of
from workflow.web.assets import assets
from workflow.web.sessions import TRIES

HEADERS = {
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "",
}
LARGE = 256 * 1024 + 1


def is_page(answer: Response) -> bool:
    """Whether an answer is a page of ours with everything a page carries."""
    shown = tree(answer.text)
    return (
        answer.headers["content-type"].startswith("text/html")
        and shown.css_first("h1") is not None
        and all(answer.headers[name].startswith(start) for name, start in HEADERS.items())
    )


def with_password(house: House, login: str) -> None:
    house.ledger.store.save_person(replace(house.person(login), password=people.hashed(PASSWORD)))


# Signing in


def test_a_link_signs_in_once_and_looking_at_it_does_not_use_it_up(house: House) -> None:
    link = house.link("tom")
    assert house.stranger().get(link).status_code == 200
    assert house.stranger().post(link).status_code == 303
    second = house.stranger().post(link)
    assert second.status_code == 401
    assert "set-cookie" not in second.headers


def test_a_link_is_good_for_a_day(house: House) -> None:
    link = house.link("tom")
    house.clock.later(hours=25)
    assert house.stranger().post(link).status_code == 401


def test_a_session_ends_after_twelve_hours_or_by_signing_out(house: House) -> None:
    tom = house.at("tom")
    assert tom.get("/").status_code == 200
    kept = dict(tom.cookies)
    tom.post("/sign-out")
    again = house.stranger()
    again.cookies.update(kept)
    assert again.get("/").headers["location"] == "/sign-in?next=%2F"
    rita = house.at("rita")
    house.clock.later(hours=12, seconds=1)
    assert rita.get("/").status_code == 303


def test_signing_in_gives_a_new_session_and_ends_the_one_before(house: House) -> None:
    browser = house.stranger()
    browser.cookies.set("desk", "chosen-by-somebody-else", domain="127.0.0.1")
    browser.post(house.link("tom"))
    first = house.stranger()
    first.cookies.set("desk", str(browser.cookies.get("desk", domain="127.0.0.1", path="/")))
    fixed = house.stranger()
    fixed.cookies.set("desk", "chosen-by-somebody-else")
    assert fixed.get("/").status_code == 303
    assert first.get("/").status_code == 200
    first.post(house.link("rita"))
    old = house.stranger()
    old.cookies.set("desk", str(browser.cookies.get("desk", domain="127.0.0.1", path="/")))
    assert old.get("/").status_code == 303


def test_the_cookie_is_out_of_reach_and_over_https_bound_to_the_host(house: House, safe_house: House) -> None:
    plain = SimpleCookie(house.stranger().post(house.link("tom")).headers["set-cookie"])["desk"]
    assert (plain["httponly"], plain["samesite"], plain["path"]) == (True, "lax", "/")
    answer = safe_house.stranger().post(safe_house.link("tom"))
    safe = SimpleCookie(answer.headers["set-cookie"])["__Host-desk"]
    assert (safe["httponly"], safe["secure"], safe["path"], safe["domain"]) == (True, True, "/", "")
    assert "strict-transport-security" in answer.headers


def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(house: House) -> None:
    with_password(house, "tom")
    answers = [
        house.stranger().post("/sign-in", data={"login": login, "password": "not this one, no"})
        for login in ("tom", "tim", "rita")
    ]
    shown = {
        answer.text.replace(f'value="{login}"', "")
        for answer, login in zip(answers, ("tom", "tim", "rita"), strict=True)
    }
    assert len(shown) == 1
    assert {answer.status_code for answer in answers} == {401}


def test_guessing_is_slowed_down_for_a_login_and_for_an_address(house: House) -> None:
    with_password(house, "tom")

    def sign_in(login: str, password: str) -> int:
        data = {"login": login, "password": password}
        return house.stranger().post("/sign-in", data=data).status_code

    throttle = house.app.state.services.throttle
    for name in ("address testclient", "login tom"):
        assert all(throttle.admit(name) for _ in range(TRIES - 1))
        assert sign_in("tom", "wrong") == 401
        assert sign_in("tom", PASSWORD) == 429
        house.clock.later(minutes=16)
    assert all(throttle.admit("login tom") for _ in range(TRIES - 1))
    assert [sign_in("tom", PASSWORD) for _ in range(2)] == [303, 303]


@pytest.mark.parametrize(
    ("onward", "leads"),
    [
        ("/releases/tanger/es?show=all", "/releases/tanger/es?show=all"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/\t/evil.example", "/"),
        ("", "/"),
    ],
)
def test_signing_in_never_leads_out_of_the_desk(house: House, onward: str, leads: str) -> None:
    with_password(house, "tom")
    shown = tree(house.stranger().get("/sign-in", params={"next": onward}).text)
    hidden = shown.css_first("input[name=onward]")
    assert hidden is not None
    assert hidden.attributes["value"] == leads
    data = {"login": "tom", "password": PASSWORD, "onward": onward}
    assert house.stranger().post("/sign-in", data=data).headers["location"] == leads


def test_what_was_asked_for_is_shown_after_signing_in(house: House) -> None:
    asked = house.stranger().get("/releases/tanger/es?show=fuzzy").headers["location"]
    assert asked == "/sign-in?next=%2Freleases%2Ftanger%2Fes%3Fshow%3Dfuzzy"


# Roles


def test_a_translator_cannot_approve_nor_send_back_by_hand_either(house: House) -> None:
    shown = tree(house.at("tom").get(house.address(MERCI)).text)
    assert [button.attributes["value"] for button in shown.css("button[name=action]")] == [
        "save",
        "skip",
        "leave",
    ]
    for action in ("approve", "send-back"):
        assert house.decide("tom", MERCI, action, "Gracias.")[0] == 403
    assert house.standing(MERCI) == ("", False, "initial")


def test_without_a_role_in_the_language_nothing_is_shown_or_taken(house: House) -> None:
    for login, locale in (("tom", "ar"), ("ines", "es")):
        at = house.at(login)
        address = house.address(MERCI, locale)
        for path in (f"/releases/tanger/{locale}", f"/releases/tanger/{locale}/next", address):
            answer = at.get(path)
            assert answer.status_code == 403
            assert "Merci" not in answer.text
        data = {"action": "save", "target": "x", "base": ""}
        assert at.post(address, data=data).status_code == 403


@pytest.mark.parametrize("action", ["delete", "pretranslate", "import", "", "APPROVE"])
def test_an_unknown_action_is_refused(house: House, action: str) -> None:
    answer = house.at("ed").post(house.address(MERCI), data={"action": action, "target": "x"})
    assert answer.status_code == 400
    assert is_page(answer)


# Hand-made requests


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"origin": "http://["},
    ],
)
def test_another_site_cannot_act_for_a_person(house: House, headers: dict[str, str]) -> None:
    data = {"action": "save", "target": "Gracias.", "base": ""}
    answer = house.at("tom").post(house.address(MERCI), data=data, headers=headers)
    assert answer.status_code == 403
    assert is_page(answer)
    assert house.standing(MERCI)[0] == ""


def test_our_own_pages_may(house: House) -> None:
    for number, headers in enumerate(({"sec-fetch-site": "same-origin"}, {"origin": "http://127.0.0.1"})):
        data = {"action": "save", "target": f"Gracias {number}", "base": house.base_of("tom", MERCI)}
        assert house.at("tom").post(house.address(MERCI), data=data, headers=headers).status_code == 303


def test_over_https_a_page_without_it_may_not(safe_house: House) -> None:
    answer = safe_house.at("tom").post(
        safe_house.address(MERCI), data={"action": "skip"}, headers={"origin": "http://127.0.0.1"}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("size", [LARGE, 10 * 1024 * 1024])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large_is_refused(house: House, size: int, *, chunked: bool) -> None:
    body = b"action=save&target=" + b"x" * (size - 19)

    def pieces() -> Iterator[bytes]:
        for at in range(0, len(body), 65536):
            yield body[at : at + 65536]

    answer = house.at("tom").post(
        house.address(MERCI),
        content=pieces() if chunked else body,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413
    assert is_page(answer)


def test_half_a_form_is_no_form(house: House) -> None:
    """A browser that goes away in the middle of sending has decided nothing."""
    cookie = "; ".join(f"{name}={value}" for name, value in house.at("tom").cookies.items())
    body = b"action=save&base=&target=Gra"
    sent: list[object] = []
    told = iter([{"type": "http.request", "body": body, "more_body": True}, {"type": "http.disconnect"}])

    async def receive() -> dict[str, object]:
        return next(told)

    async def send(message: object) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": house.address(MERCI),
        "raw_path": house.address(MERCI).encode(),
        "query_string": b"",
        "headers": [
            (b"host", b"127.0.0.1"),
            (b"cookie", cookie.encode()),
            (b"content-type", b"application/x-www-form-urlencoded"),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    asyncio.run(house.app(scope, receive, send))
    assert sent == []
    assert house.standing(MERCI)[0] == ""


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8750", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:8750", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("[::2]", 400),
        ("", 400),
    ],
)
def test_only_the_names_of_the_desk_are_answered(house: House, host: str, status: int) -> None:
    answer = house.stranger().get("/sign-in", headers={"host": host})
    assert answer.status_code == status
    assert is_page(answer)


@pytest.mark.parametrize(
    "path",
    [
        "/releases/nowhere/es",
        "/releases/%2e%2e/es",
        "/releases/..%2f..%2fetc/es",
        "/releases/tanger/it",
        "/releases/tanger/..%2f..%2fes",
        "/releases/tanger/es/0000000000000000",
        "/releases/tanger/es/..%2f..%2fl10n.toml",
        "/releases/TANGER/es",
        "/releases/tanger%00/es",
        "/assets/desk.css",
        "/assets/..%2fdesk.css",
        "/assets/..%2f..%2f..%2fl10n.toml",
        "/openapi.json",
        "/docs",
        "/nowhere",
    ],
)
def test_there_is_no_such_page(house: House, path: str) -> None:
    answer = house.at("ed").get(path)
    assert answer.status_code == 404
    assert is_page(answer)


@pytest.mark.parametrize(("method", "status"), [("PUT", 405), ("DELETE", 405), ("TRACE", 405), ("HEAD", 405)])
def test_other_methods_do_nothing(house: House, method: str, status: int) -> None:
    assert house.at("ed").request(method, "/").status_code == status


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"target=x", "application/x-www-form-urlencoded"),
        (b'{"action": "save"}', "application/json"),
        (b"\xff\xfe=%zz&&&=", "application/x-www-form-urlencoded"),
        (b"--b\r\nbroken", "multipart/form-data; boundary=b"),
        (
            b'--b\r\nContent-Disposition: form-data; name="action"; filename="a"\r\n\r\nsave\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
        ),
    ],
)
def test_a_form_that_is_none_gets_a_page(house: House, content: bytes, kind: str) -> None:
    answer = house.at("tom").post(house.address(MERCI), content=content, headers={"content-type": kind})
    assert answer.status_code == 400
    assert is_page(answer)


@pytest.mark.parametrize(
    "again", ["[]", "{", '{"a": 1}', '[1, ["a"], ["b", 2]]', "[" * 50_000, '[["target", "\\ud800"]]']
)
def test_a_carried_form_made_by_hand_does_no_harm(house: House, again: str) -> None:
    with_password(house, "tom")
    data = {"login": "tom", "password": PASSWORD, "onward": "//evil", "again": again}
    answer = house.stranger().post("/sign-in", data=data)
    assert answer.status_code in {200, 303}
    assert "evil" not in answer.text + answer.headers.get("location", "")


# Pages


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}</textarea><b>&lt;'


def test_nothing_typed_or_read_becomes_markup(house: House) -> None:
    root = house.ledger.project.root
    (root / "glossary").mkdir()
    (root / "glossary" / "terms.csv").write_text(
        "source_locale,target_locale,source,target,status,note\n"
        'fr,es,phrase,"<script>g</script>",required,"<script>n</script>"\n',
        "utf-8",
    )
    source = root / "releases" / "tanger" / "source.md"
    told = (
        "# T &lt;script&gt;t&lt;/script&gt;\n\nUne phrase &lt;script&gt;s&lt;/script&gt;.\n\n" + SEULE + "\n"
    )
    source.write_text(told, "utf-8")
    person = house.person("rita")
    house.ledger.store.save_person(replace(person, name=HOSTILE))
    path = house.catalogue()
    path.write_text(path.read_text("utf-8"), "utf-8")
    assert house.decide("rita", SEULE, "save", HOSTILE, note=HOSTILE)[0] == 303
    assert house.decide("rita", SEULE, "approve", HOSTILE, note=HOSTILE)[0] == 303
    shown = [
        house.at("rita").get(path).text
        for path in ("/", "/releases/tanger/es", house.address(SEULE), f"/sign-in?next={HOSTILE}")
    ]
    shown.append(house.decide("rita", SEULE, "approve", HOSTILE + "5", base="stale", note="")[1])
    shown.append(house.stranger().post("/sign-in", data={"login": HOSTILE, "password": HOSTILE}).text)
    house.clock.later(hours=13)
    data = {"action": HOSTILE, "target": HOSTILE, HOSTILE: HOSTILE}
    shown.append(house.at("rita").post(house.address(SEULE), data=data).text)
    for page in shown:
        parsed = tree(page)
        assert not parsed.css(
            "script:not([src^='/assets/']), b, iframe, [onerror], img:not(.brand img), style, [style]"
        )
        assert "49</textarea" not in page
    assert HOSTILE in tree(shown[2]).css_first("textarea#target").text()  # type: ignore[union-attr]


def test_every_answer_carries_the_headers(house: House) -> None:
    ed, stranger = house.at("ed"), house.stranger()
    sheet = tree(ed.get("/").text).css_first("link[rel=stylesheet]")
    assert sheet is not None
    answers = [
        ed.get("/"),
        ed.get(house.address(MERCI)),
        ed.get("/nowhere"),
        ed.get(str(sheet.attributes["href"])),
        ed.get("/healthz"),
        stranger.get("/"),
        stranger.post("/sign-in"),
        stranger.post("/sign-in", headers={"origin": "null"}),
        stranger.get("/", headers={"host": "evil.example"}),
        stranger.post("/sign-in", content=b"x" * LARGE),
    ]
    for answer in answers:
        for name, start in HEADERS.items():
            assert answer.headers[name].startswith(start), (answer.url, name)


def test_pages_need_nothing_but_themselves_and_their_sheet(house: House) -> None:
    policy = house.at("ed").get("/").headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy
    assert "unsafe" not in policy
    shown = tree(house.at("ed").get(house.address(PLAGES)).text)
    loaded = [node.attributes.get("href") or node.attributes.get("src") for node in shown.css("link, img")]
    assert all(address and address.startswith("/assets/") for address in loaded)
    scripts = [address_of(name) for name in ("early.js", "segment.js")]
    assert [node.attributes["src"] for node in shown.css("script")] == scripts
    assert not shown.css("style, [style], [onclick]")


def test_an_unforeseen_failure_says_nothing_and_logs_no_texts(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    link = house.link("tom")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret: " + "Gracias a todos")

    monkeypatch.setattr(house.ledger.store, "take_token", broken)
    with caplog.at_level(logging.DEBUG):
        answer = house.stranger().post(link)
    assert answer.status_code == 500
    assert is_page(answer)
    assert "secret" not in answer.text
    ours = [record for record in caplog.records if not record.name.startswith("http")]
    told = "\n".join(record.getMessage() + str(record.exc_info or "") for record in ours)
    assert "RuntimeError" in told
    assert "/sign-in/{token}" in told
    assert "secret" not in told
    assert link.rpartition("/")[2] not in told


def test_a_broken_catalogue_is_a_page_that_says_what_to_do(house: House) -> None:
    house.catalogue().write_text('msgid "broken\n', "utf-8")
    answer = house.at("tom").get(house.address(MERCI))
    assert answer.status_code == 500
    assert is_page(answer)
    assert str(house.ledger.project.root) not in answer.text


def test_hosts_are_compared_as_browsers_write_them() -> None:
    assert guard.bracketed("::1") == guard.bracketed("[::1]") == "[::1]"
    assert guard.bracketed("Desk.Example") == "desk.example"


def test_what_stands_in_a_page_is_what_stands_in_the_catalogue(house: House) -> None:
    house.decide("tom", MERCI, "save", HOSTILE)
    found = po.read(house.catalogue())
    assert next(one.target for one in found.live if one.source == MERCI) == HOSTILE
    assert HOSTILE in words(house.at("tom").get("/releases/tanger/es").text)


@pytest.mark.parametrize(("accepted", "packed"), [("gzip, br", True), ("gzip;q=0", False), ("", False)])
def test_pages_are_sent_compressed_to_who_takes_it(house: House, accepted: str, *, packed: bool) -> None:
    answer = house.at("rita").get(house.address(MERCI), headers={"Accept-Encoding": accepted})
    assert (answer.headers.get("content-encoding") == "gzip") == packed
    assert (int(answer.headers["content-length"]) < len(answer.content)) == packed


@pytest.mark.parametrize(
    ("accepted", "packed"), [("gzip, br", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("", False)]
)
def test_sheets_and_scripts_are_sent_compressed_to_who_takes_it(
    house: House, accepted: str, *, packed: bool
) -> None:
    plain = house.stranger().get(address_of("desk.css"), headers={"Accept-Encoding": ""})
    answer = house.stranger().get(address_of("desk.css"), headers={"Accept-Encoding": accepted})
    assert ("content-encoding" in answer.headers) == packed
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.content == plain.content
    assert (int(answer.headers["content-length"]) < len(plain.content)) == packed


def test_a_page_with_all_its_assets_is_small(house: House) -> None:
    page = len(gzip.compress(house.at("rita").get(house.address(MERCI)).content))
    assert page + sum(map(len, assets().packed.values())) < 60_000
