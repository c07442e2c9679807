"""How the adapter of deep-translator asks and what it makes of answers, on this machine only."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from l10n.engines import Draft, Engine, Outcome, make
from l10n.errors import ConfigError, EngineBusy, EngineFailed, EngineMissing
from tests.engines_support import KEY, SERVICES, Loopback, client, running, send


@pytest.fixture
def google() -> Iterator[Loopback]:
    with running(SERVICES["deep-google"]) as server:
        yield server


def one(engine: Engine, source: str) -> Outcome:
    (outcome,) = engine.translate([source], "fr", "es")
    return outcome


def test_codes_travel_as_marks_and_come_back(google: Loopback) -> None:
    google.translate = str.upper
    outcome = one(client(google), "Lisez <1>le <2>rapport</2></1>, <3/>, et <\\4>.")
    assert google.heard() == ["Lisez ⟦1⟧le ⟦2⟧rapport⟦/2⟧⟦/1⟧, ⟦3/⟧, et <4>."]
    assert outcome == Draft("LISEZ <1>LE <2>RAPPORT</2></1>, <3/>, ET <\\4>.")


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda text: text.replace("⟦", "[ ").replace("⟧", " ]"), Draft("Lisez <1>le rapport</1>.")),
        (lambda text: text.replace("⟦/1⟧", ""), Draft("Lisez le rapport.", codes_missing=True)),
        (lambda text: text.replace("1", "2"), Draft("Lisez le rapport.", codes_missing=True)),
    ],
)
def test_damaged_marks_are_repaired_or_left_out(
    google: Loopback, damage: Callable[[str], str], expected: Draft
) -> None:
    google.translate = damage
    assert one(client(google), "Lisez <1>le rapport</1>.") == expected


@pytest.mark.parametrize(
    ("service", "message"),
    [
        ("deep-google", "Error 500 (Server Error)!!1500.That’s an error."),
        ("deep-mymemory", "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY."),
        ("deep-mymemory", "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS"),
        ("deep-mymemory", "INVALID LANGUAGE PAIR SPECIFIED"),
        ("deep-libre", "<html><body>502</body></html>"),
    ],
)
def test_a_message_in_the_place_of_a_translation_is_known(service: str, message: str) -> None:
    with running(SERVICES[service]) as server:
        server.translate = lambda _: message
        outcome = one(client(server), "Bonjour")
    assert isinstance(outcome, EngineFailed)
    assert outcome.message == f"{service}: its answer is a message, not a translation"


def test_a_server_that_is_not_there_is_named(google: Loopback) -> None:
    outcome = one(client(google, base_url="http://127.0.0.1:9/"), "Bonjour")
    assert isinstance(outcome, EngineBusy)
    assert "reached" in outcome.message


def refusing(status: int, *refused: str) -> Callable[[BaseHTTPRequestHandler, bytes], None]:
    def refuse(handler: BaseHTTPRequestHandler, data: bytes) -> None:
        if not refused or any(text in handler.path for text in refused):
            send(handler, b"", status=status)
        else:
            send(handler, data)

    return refuse


def test_after_three_failures_in_a_row_the_rest_is_not_asked(google: Loopback) -> None:
    google.send = refusing(400)
    outcomes = client(google).translate(["un", "deux", "trois", "quatre", "cinq"], "fr", "es")
    assert all(isinstance(outcome, EngineFailed) for outcome in outcomes)
    assert google.heard() == ["un", "deux", "trois"]


@pytest.mark.parametrize("status", [429, 456, 503])
def test_a_busy_or_spent_provider_is_not_asked_for_the_rest(google: Loopback, status: int) -> None:
    google.send = refusing(status)
    outcomes = client(google).translate(["un", "deux", "trois"], "fr", "es")
    assert len({type(outcome) for outcome in outcomes}) == 1
    assert google.heard() == ["un"]


def test_one_failure_does_not_spoil_the_others(google: Loopback) -> None:
    google.translate, google.send = str.upper, refusing(400, "deux")
    un, deux, trois = client(google).translate(["un", "deux", "trois"], "fr", "es")
    assert (un, trois) == (Draft("UN"), Draft("TROIS"))
    assert isinstance(deux, EngineFailed)


def test_texts_without_letters_and_texts_too_long_are_not_asked(google: Loopback) -> None:
    outcomes = client(google).translate(["", "12 %", "<1/>", "mot " * 2000], "fr", "es")
    assert outcomes[:3] == [Draft(""), Draft("12 %"), Draft("<1/>")]
    assert isinstance(outcomes[3], EngineFailed)
    assert google.asked == []


def test_white_space_at_the_ends_stays(google: Loopback) -> None:
    assert one(client(google), " Bonjour\n") == Draft(" Hola\n")


@pytest.mark.parametrize(
    ("provider", "source", "target", "supported"),
    [
        ("google", "fr-CA", "pt-BR", True),
        ("google", "he", "zh-Hant", True),
        ("mymemory", "fr", "en", True),
        ("mymemory", "ar", "pt-BR", True),
        ("libre", "fr", "es", True),
        ("libre", "fr", "xx", False),
        ("google", "xx", "fr", False),
    ],
)
def test_locales_are_given_the_codes_of_the_provider(
    provider: str, source: str, target: str, *, supported: bool
) -> None:
    assert make("deep", {"provider": provider, "key": KEY}).supports(source, target) is supported


def test_it_never_runs_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="provider"):
        make("deep")
    monkeypatch.delenv("LIBRE_API_KEY", raising=False)
    with pytest.raises(EngineMissing, match="LIBRE_API_KEY"):
        make("deep", {"provider": "libre"}).translate(["Bonjour"], "fr", "es")
    with pytest.raises(ConfigError, match="base_url"):
        make("deep", {"provider": "google", "base_url": "file:///etc/passwd"})
