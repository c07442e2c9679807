"""What somebody who means harm would try, at every address of the desk and in every field of it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote, urlsplit

import pytest
from fastapi.routing import APIRoute
from httpx2 import Response

from tests.desk_support import LIST, MERCI, PLAGES, SEULE, House, tree, undo_fields
from workflow import people
from workflow.desk_records import desk_records_of
from workflow.states import Role
from workflow.store import segment_id

SCRIPT = "\"'><script>pwned(1)</script><img src=x onerror=pwned(2)><svg onload=pwned(3)>{{7*7}}"
STRANGE = (
    "script:not([src^='/assets/']), img:not([src^='/assets/']), svg:not(.plot), "
    "iframe:not([sandbox='']), object, style, base, [onerror], [onload], [style]"
)
CLIMBING = [
    "..",
    "../..",
    "../../etc",
    "/etc/passwd",
    "..\\..",
    "%2e%2e",
    "tanger/../../..",
    "\x00",
    "~root",
    ".",
]


@pytest.fixture
def admin(house: House) -> House:
    people.create(house.ledger.store, login="ada", name="Ada", roles={"*": Role.ADMIN})
    return house


def routes(house: House, method: str) -> Iterator[str]:
    for found in house.app.routes:
        for route in found.original_router.routes if hasattr(found, "original_router") else [found]:
            if isinstance(route, APIRoute) and method in route.methods:
                yield route.path


def filled(path: str, /, **names: str) -> str:
    """The address of a route, with a segment that is there unless ``names`` say otherwise."""
    known = {"release_id": "tanger", "locale": "es", "segment": segment_id(("", MERCI)), **names}
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: quote(known.get(found[1], "x"), safe=""), path)


# Other sites


CROSS = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
]


@pytest.mark.parametrize("headers", CROSS)
def test_no_form_of_another_site_is_taken_at_any_address(admin: House, headers: dict[str, str]) -> None:
    paths = list(routes(admin, "POST"))
    assert len(paths) >= 25
    for path in paths:
        answer = admin.at("ada").post(
            filled(path), data={"what": "forget", "action": "save"}, headers=headers
        )
        assert answer.status_code == 403, path


def test_an_api_token_opens_no_page_and_a_session_no_api(admin: House) -> None:
    ledger, ada = admin.ledger, admin.person("ada")
    token = people.api_token(ledger.store, ada, now=admin.clock(), about="x", scopes=("read", "decide"))
    program = admin.stranger()
    for path in routes(admin, "GET"):
        if path.startswith(
            ("/sign-in", "/assets", "/healthz", "/api", "/openapi", "/shared", "/preview/assets")
        ):
            continue
        answer = program.get(filled(path), headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/sign-in"), path
    program.cookies.set("desk", token)
    assert program.get("/me").status_code == 303
    for path in (one for one in routes(admin, "GET") if one.startswith("/api/releases")):
        assert admin.at("ada").get(filled(path)).status_code == 401


def test_nobody_who_is_not_signed_in_is_answered(admin: House) -> None:
    stranger = admin.stranger()
    open_to_all = (
        "/sign-in",
        "/assets",
        "/healthz",
        "/openapi",
        "/language",
        "/theme",
        "/shared",
        "/preview/assets",
        "/sign-out",
    )
    for method in ("GET", "POST"):
        for path in routes(admin, method):
            if path.startswith(open_to_all):
                continue
            answer = stranger.request(method, filled(path), data={"text": "x"} if method == "POST" else None)
            assert answer.status_code in {303, 401}, (method, path)
            assert MERCI not in answer.text


# Names of releases and files


@pytest.mark.parametrize("name", CLIMBING)
def test_no_release_language_or_segment_leads_out_of_its_place(admin: House, name: str) -> None:
    before = {
        path: path.stat().st_mtime_ns
        for path in admin.ledger.project.root.parent.rglob("*")
        if path.is_file()
    }
    for method in ("GET", "POST"):
        for path in routes(admin, method):
            for hole in re.findall(r"\{(release_id|locale|segment|name|version|path)[:}]", path):
                address = filled(path, **{hole: name})
                answer = admin.at("ada").request(
                    method, address, data={"action": "save", "what": "link"} if method == "POST" else None
                )
                assert answer.status_code < 500, (method, address)
                assert "root:" not in answer.text
                assert "[project]" not in answer.text
    after = {path for path in admin.ledger.project.root.parent.rglob("*") if path.is_file()}
    made = {path for path in after - set(before) if ".l10n" not in path.parts and ".git" not in path.parts}
    assert made == set()


@pytest.mark.parametrize(
    "name",
    [
        f"{SCRIPT}.md",
        "../../../x.md",
        "/etc/x.md",
        "a\r\nSet-Cookie: x=1.md",
        "con.md",
        ".md",
        "x" * 300 + ".md",
    ],
)
def test_a_files_name_is_neither_markup_nor_a_place(admin: House, name: str) -> None:
    form = {"name": SCRIPT, "locale": "fr", "locales": ["es"], "date": "2026-10-01"}
    answer = admin.at("ed").post("/new", data=form, files={"file": (name, b"# Un\n\nUn texte.\n")})
    assert answer.status_code in {200, 422}
    assert clean(answer)
    catalogue = admin.at("ed").post(f"{LIST}/po", files={"file": (name, b"msgid x")})
    assert catalogue.status_code < 500
    assert clean(catalogue)


# Ways out


AWAY = [
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/a/..//evil.example",
    "?x=//evil",
]


@pytest.mark.parametrize("onward", AWAY)
def test_no_form_leads_out_of_the_desk(admin: House, onward: str) -> None:
    house, said = admin, {"onward": onward, "next": onward, "asked": onward}
    forms = {
        "/language": {"language": "fr"},
        "/theme": {"theme": "dark"},
        f"{LIST}/undo": undo_of_a_decision(house),
        f"{LIST}/bulk": {"action": "approve", "ids": [segment_id(("", SEULE))], "sure": "1"},
        "/sign-in": {"login": "ada", "password": "four plain small words"},
    }
    store = house.ledger.store
    store.save_person(replace(house.person("ada"), password=people.hashed("four plain small words")))
    for path, fields in forms.items():
        login = "rita" if path.startswith(LIST) else "ada"
        answer = house.at(login).post(path, data={**fields, **said})
        assert answer.status_code == 303, (path, answer.text)
        led = answer.headers["location"]
        assert led.startswith("/"), (path, led)
        assert not led.startswith("//"), (path, led)
        assert "\\" not in led
        assert urlsplit(led).netloc == ""


def undo_of_a_decision(house: House) -> dict[str, str]:
    house.decide("rita", SEULE, "save", "Una sola frase.")
    return undo_fields(house.at("rita").get(house.address(SEULE)).text)


# Questions to the database


SQL = [
    "' OR '1'='1",
    "'; DROP TABLE decisions; --",
    "%",
    "_",
    '" OR 1=1 --',
    "\\",
    "') UNION SELECT password FROM people --",
    "1; ATTACH 'x' AS y",
]


@pytest.mark.parametrize("text", SQL)
def test_a_filter_asks_for_words_and_nothing_else(admin: House, text: str) -> None:
    house = admin
    house.decide("rita", MERCI, "approve", "Gracias.")
    before = house.ledger.store.history("tanger", "es", ("", MERCI))
    for query in (f"text={quote(text)}", f"by={quote(text)}"):
        answer = house.at("rita").get(f"{LIST}?{query}")
        assert answer.status_code == 200
        assert answer.text.count('name="ids"') == 0, query
    for query in (
        f"origin={quote(text)}",
        f"found={quote(text)}",
        f"order={quote(text)}",
        f"show={quote(text)}",
        f"start={quote(text)}",
    ):
        answer = house.at("rita").get(f"{LIST}?{query}")
        assert answer.status_code in {200, 400}, query
    for path in (
        f"/?text={quote(text)}",
        f"/search?text={quote(text)}&into={quote(text)}",
        f"/progress?text={quote(text)}",
    ):
        assert house.at("rita").get(path).status_code == 200
    house.stranger().post("/sign-in", data={"login": text, "password": text})
    assert house.stranger().get(f"/sign-in/{quote(text, safe='')}").status_code == 200
    assert house.stranger().post(f"/sign-in/{quote(text, safe='')}").status_code == 401
    for action in ("comments", "draft", "cut"):
        data = {"text": text, "target": text, "base": text, "after": text, "way": "split"}
        assert house.at("tom").post(f"{house.address(PLAGES)}/{action}", data=data).status_code < 500
    assert house.ledger.store.history("tanger", "es", ("", MERCI)) == before
    assert {one.login for one in house.ledger.store.people()} >= {"ada", "rita", "tom"}


# Too much


def test_ten_megabytes_of_target_are_refused_wherever_one_is_taken(admin: House) -> None:
    large, address = "x" * 10 * 1024 * 1024, admin.address(MERCI)
    for path in ("", "/findings", "/decision", "/draft", "/comments", "/cut"):
        data = {"action": "save", "target": large, "text": large, "after": large, "base": ""}
        assert admin.at("rita").post(address + path, data=data).status_code == 413, path
    token = people.api_token(
        admin.ledger.store, admin.person("rita"), now=admin.clock(), about="x", scopes=("decide",)
    )
    wish = {"action": "save", "target": large, "base": ""}
    told = admin.stranger().post(
        f"/api{LIST}/segments/{segment_id(('', MERCI))}",
        json=wish,
        headers={"authorization": f"Bearer {token}"},
    )
    assert told.status_code == 413
    assert admin.standing(MERCI) == ("", False, "initial")


@pytest.mark.parametrize("size", [20_001, 200_000])
def test_a_target_longer_than_any_sentence_is_refused_in_words(admin: House, size: int) -> None:
    status, shown = admin.decide("rita", MERCI, "save", "x" * size)
    assert status == 422
    assert "at most 20000 characters" in shown
    assert admin.standing(MERCI) == ("", False, "initial")


# Script in every field


def clean(answer: Response) -> bool:
    """Whether a page holds nothing but what the desk's own templates put there."""
    parsed = tree(answer.text)
    strange = [one.html for one in parsed.css(STRANGE)]
    links = [one.attributes.get("href") or "" for one in parsed.css("a[href], link[href]")]
    assert strange == []
    assert not [one for one in links if one.strip().lower().startswith(("javascript:", "data:"))]
    return True


def test_script_typed_anywhere_is_text_everywhere(admin: House) -> None:
    house = admin
    root = house.ledger.project.root
    (root / "glossary").mkdir(exist_ok=True)
    quoted = SCRIPT.replace('"', '""')
    (root / "glossary" / "terms.csv").write_text(
        f'source_locale,target_locale,source,target,status,note\nfr,es,phrase,"{quoted}",required,"{quoted}"\n',
        "utf-8",
    )
    ada, rita, ed = (house.at(login) for login in ("ada", "rita", "ed"))
    agent = {"user-agent": SCRIPT}
    assert house.stranger().post(house.link("rita"), headers=agent).status_code == 303
    rita.post("/me", data={"what": "profile", "name": SCRIPT, "email": "a@b.example", "away": "2026-12-24"})
    house.ledger.store.save_person(replace(house.person("rita"), name=SCRIPT[:200]))
    rita.post("/me", data={"what": "token", "about": SCRIPT, "scopes": ["read"]})
    invited = ada.post("/people", data={"login": SCRIPT, "name": SCRIPT, "role-es": "translator"})
    assert clean(invited)
    for source in (SEULE, MERCI):
        assert house.decide("rita", source, "save", SCRIPT, note=SCRIPT)[0] == 303
    base = house.base_of("rita", SEULE)
    silenced = {"silence": "spacing", "checks": ["spacing"], "whys": [SCRIPT], "target": SCRIPT, "base": base}
    assert rita.post(house.address(SEULE), data=silenced).status_code == 303
    for asks in ("", "1"):
        rita.post(f"{house.address(SEULE)}/comments", data={"text": f"@ada {SCRIPT}", "asks": asks})
    rita.post(f"{house.address(SEULE)}/draft", data={"target": SCRIPT + "2", "base": base})
    left = {"action": "leave", "left": SCRIPT, "base": house.base_of("rita", PLAGES)}
    assert rita.post(house.address(PLAGES), data=left).status_code == 303
    form = {"name": SCRIPT, "locale": "fr", "locales": ["es"], "date": "2026-10-01"}
    text = "# &lt;script&gt;pwned(4)&lt;/script&gt;\n\n<script>pwned(5)</script>\n\nUne phrase.\n"
    kept = {"kept": base64.b64encode(text.encode()).decode(), "suffix": ".md", "sure": "1"}
    assert ed.post("/new", data={**form, **kept}).status_code == 303
    (made,) = [one for one in house.app.state.services.desk.cache.release_ids() if one != "tanger"]
    ed.post("/publishing/tanger", data={"what": "override", "locale": "es", "why": SCRIPT})
    house.stranger().post("/sign-in", data={"login": "rita", "password": SCRIPT})
    pages = [
        *(
            "/",
            "/search?text=phrase",
            "/news",
            "/progress",
            "/publishing",
            "/publishing/tanger",
            "/new",
            "/me",
        ),
        *(f"{LIST}{rest}" for rest in ("", "?text=" + quote(SCRIPT), "?found=any", "/document", "/page")),
        *(house.address(source) for source in (SEULE, MERCI, PLAGES)),
        *(f"/releases/{made}/es{rest}" for rest in ("", "/document", "/next")),
        f"/search?text={quote(SCRIPT)}",
        f"/?text={quote(SCRIPT)}",
        f"/sign-in?next={quote(SCRIPT)}",
    ]
    told = 0
    for login, more in (("rita", []), ("ed", []), ("ada", ["/people"])):
        for path in pages + more:
            answer = house.at(login).get(path, follow_redirects=True)
            if answer.status_code == 200:
                assert clean(answer), path
                told += "pwned" in answer.text
    assert told > 20, "what was typed is shown"
    bulk = {"action": "replace", "every": "1", "asked": f"?text={SCRIPT}", "old": "pwned", "new": SCRIPT}
    assert clean(rita.post(f"{LIST}/bulk", data=bulk))
    assert clean(
        rita.post(house.address(SEULE), data={"action": "save", "target": SCRIPT + "3", "base": "stale"})
    )
    rita.cookies.clear()
    assert clean(rita.post(house.address(SEULE), data={"action": SCRIPT, "target": SCRIPT, SCRIPT: SCRIPT}))


def test_what_is_remembered_of_the_door_is_text(admin: House) -> None:
    desk_records_of(admin.ledger.store).note(admin.clock(), admin.person("ada").id, SCRIPT, SCRIPT)
    assert clean(admin.at("ada").get("/people"))
    assert clean(admin.at("ada").get("/me"))
