"""Whatever programs and browsers send: an answer in words, never a failure of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.desk_support import MERCI, House
from workflow import people
from workflow.states import Role
from workflow.store import segment_id

TEXT = st.text(max_size=60)
SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
JSON = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)
)
GENTLE = settings(max_examples=60)
ROUTES = (
    ("", ("action", "target", "base", "note", "fix", "silence", "heed", "checks", "whys", "left")),
    ("/findings", ("target",)),
    ("/decision", ("action", "target", "base", "note", "check")),
    ("/draft", ("target", "base")),
    ("/comments", ("text", "asks")),
    ("/comments/abc", ("again",)),
    ("/cut", ("way", "after")),
)
FORMS = (
    ("/releases/tanger/es/bulk", ("action", "ids", "every", "old", "new", "asked", "sure")),
    ("/releases/tanger/es/undo", ("decision", "whole", "onward")),
    ("/releases/tanger/es/assign", ("person", "due")),
    (
        "/me",
        (
            "what",
            "name",
            "email",
            "away",
            "current",
            "password",
            "secret",
            "code",
            "about",
            "scopes",
            "digest",
        ),
    ),
    ("/people", ("login", "name", "role-es")),
    ("/new", ("name", "locale", "locales", "date", "text", "kept", "suffix", "sure")),
    ("/sign-in", ("login", "onward", "again")),
    ("/sign-in/code", ("half", "code", "onward", "again")),
    ("/language", ("language", "onward")),
)
LISTS = (
    "show",
    "text",
    "origin",
    "by",
    "found",
    "order",
    "start",
    "done",
    "into",
    "mine",
    "since",
    "open",
    "use",
)


@pytest.fixture
def admin(house: House) -> House:
    people.create(house.ledger.store, login="ada", name="Ada", roles={"*": Role.ADMIN})
    return house


def described(house: House) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) of everything the description of the API holds."""
    told = house.stranger().get("/api/openapi.json").json()
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


@GENTLE
@given(data=st.data())
def test_the_api_answers_as_it_describes_itself(admin: House, data: st.DataObject) -> None:
    ada = admin.person("ada")
    token = people.api_token(
        admin.ledger.store, ada, now=admin.clock(), about="fuzz", scopes=("read", "decide")
    )
    method, path, operation = data.draw(st.sampled_from(list(described(admin))))
    known = {"release_id": "tanger", "locale": "es", "segment": segment_id(("", MERCI))}
    for name, good in known.items():
        told = data.draw(st.just(good) | TEXT.filter(lambda text: text not in {"", ".", ".."}))
        path = path.replace(f"{{{name}}}", quote(told, safe=""))
    query = {one["name"]: data.draw(TEXT) for one in operation.get("parameters", ()) if one["in"] == "query"}
    body = data.draw(
        JSON | st.fixed_dictionaries({"action": TEXT, "target": TEXT, "base": TEXT, "note": TEXT})
    )
    program = TestClient(admin.app, base_url=admin.base, raise_server_exceptions=False)
    answer = program.request(
        method, path, params=query, json=finite(body), headers={"authorization": f"Bearer {token}"}
    )
    assert answer.status_code < 500, (method, path, query, body)
    assert str(answer.status_code) in operation["responses"] or answer.status_code in {400, 404, 405}
    assert answer.headers["content-type"].startswith("application/json")


@GENTLE
@given(data=st.data())
def test_no_form_whatever_it_holds_makes_the_desk_fail(admin: House, data: st.DataObject) -> None:
    where = [(admin.address(MERCI) + rest, names) for rest, names in ROUTES] + list(FORMS)
    path, names = data.draw(st.sampled_from(where))
    fields = {name: data.draw(st.lists(TEXT, min_size=0, max_size=2)) for name in names}
    answer = admin.at("ada").post(path, data=fields)
    assert answer.status_code < 500, (path, fields)
    assert not answer.headers.get("location", "/").startswith(("//", "http", "\\"))


@GENTLE
@given(data=st.data())
def test_no_address_whatever_it_asks_makes_the_desk_fail(admin: House, data: st.DataObject) -> None:
    path = data.draw(
        st.sampled_from(
            ["/", "/search", "/news", "/progress", "/me", "/people", "/new", "/releases/tanger/es"]
            + [f"/releases/tanger/es/{name}" for name in ("document", "next", "changes", "page")]
            + [admin.address(MERCI), admin.address(MERCI) + "/help", "/preview/es/tanger/"]
        )
    )
    query = {name: data.draw(TEXT) for name in data.draw(st.sets(st.sampled_from(LISTS), max_size=4))}
    answer = admin.at("ada").get(path, params=query)
    assert answer.status_code < 500, (path, query)


def finite(value: Any) -> Any:  # noqa: ANN401 - JSON
    """JSON has no numbers that are none."""
    if isinstance(value, float) and value - value != 0:
        return None
    if isinstance(value, list):
        return [finite(one) for one in value]
    return {key: finite(one) for key, one in value.items()} if isinstance(value, dict) else value
