"""The adapter of deep-translator against a server that behaves badly, on this machine only."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from l10n.engines import Draft, Engine, make
from l10n.engines.deep import Deep
from l10n.errors import ConfigError, EngineFailed, EngineMissing

KEY = "s3cret-key-0815"
Answer = tuple[int, str, str]


class Server(ThreadingHTTPServer):
    """Answers what its ``behave`` says and keeps what it was asked."""

    daemon_threads = True
    behave: Callable[[str], Answer]
    asked: list[str]
    send: Callable[[BaseHTTPRequestHandler, bytes], None]


class Handler(BaseHTTPRequestHandler):
    """One request: the text is in ``q`` or ``text``, in the address or the body."""

    server: Server

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        fields = parse_qs(urlsplit(self.path).query) | parse_qs(body)
        text = (fields.get("q") or fields.get("text") or [""])[0]
        self.server.asked.append(text)
        status, kind, answer = self.server.behave(text)
        data = answer.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if 300 <= status < 400:
            self.send_header("Location", answer)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.server.send(self, data)

    do_POST = do_GET  # noqa: N815 - the name http.server looks for

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = Server(("127.0.0.1", 0), Handler)
    server.asked = []
    server.behave = upper
    server.send = lambda handler, data: handler.wfile.write(data) and None
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def page(text: str) -> Answer:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return 200, "text/html; charset=utf-8", f'<html><div class="result-container">{escaped}</div></html>'


def upper(text: str) -> Answer:
    return page(text.upper())


def memory(text: str) -> Answer:
    return 200, "application/json", json.dumps({"responseData": {"translatedText": text}, "matches": []})


def libre(text: str) -> Answer:
    return 200, "application/json", json.dumps({"translatedText": text})


def deepl(text: str) -> Answer:
    return 200, "application/json", json.dumps({"translations": [{"text": text}]})


def engine(server: Server, provider: str = "google", **settings: object) -> Deep:
    base = f"http://127.0.0.1:{server.server_port}/"
    made = make("deep", {"provider": provider, "base_url": base, "read_timeout": 0.4, **settings})
    assert isinstance(made, Deep)
    return made


def one(engine: Engine, source: str = "Bonjour à tous") -> Draft | EngineFailed:
    (outcome,) = engine.translate([source], "fr", "es")
    return outcome


@pytest.mark.parametrize(
    ("provider", "answers"), [("google", page), ("mymemory", memory), ("libre", libre), ("deepl", deepl)]
)
def test_every_provider_brings_its_translation(
    server: Server, provider: str, answers: Callable[[str], Answer]
) -> None:
    server.behave = lambda text: answers(text.replace("Bonjour", "Hola"))
    assert one(engine(server, provider, key=KEY), "Bonjour <1>Marie</1>") == Draft("Hola <1>Marie</1>")


def test_codes_travel_as_marks_and_come_back(server: Server) -> None:
    outcome = one(engine(server), "Lisez <1>le <2>rapport</2></1>, <3/>, et <\\4>.")
    assert server.asked == ["Lisez ⟦1⟧le ⟦2⟧rapport⟦/2⟧⟦/1⟧, ⟦3/⟧, et <4>."]
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
    server: Server, damage: Callable[[str], str], expected: Draft
) -> None:
    server.behave = lambda text: page(damage(text))
    assert one(engine(server), "Lisez <1>le rapport</1>.") == expected


@pytest.mark.parametrize(
    ("provider", "answer"),
    [
        ("google", (429, "text/plain", "slow down")),
        ("google", (500, "text/html", "<h1>Server error</h1>")),
        ("google", (503, "text/plain", "")),
        ("google", (200, "text/html", "<html><body>Sorry, unusual traffic</body></html>")),
        ("google", (200, "text/html", "")),
        ("google", page("")),
        ("google", page("Error 500 (Server Error)!!1500.That’s an error.")),
        ("google", page("…")),
        ("google", (302, "text/plain", "http://127.0.0.1:9/elsewhere")),
        ("mymemory", memory("MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY.")),
        ("mymemory", memory("QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS")),
        ("mymemory", memory("")),
        ("mymemory", (200, "text/html", "<html>gateway</html>")),
        ("mymemory", (200, "application/json", "{}")),
        ("libre", libre("")),
        ("libre", (200, "application/json", '{"translatedText": null}')),
        ("libre", (200, "application/json", '{"translatedText": ["a", "b"]}')),
        ("libre", (200, "application/json", '{"error": "quota"}')),
        ("libre", (403, "application/json", f'{{"error": "bad key {KEY}"}}')),
        ("libre", libre(f"key {KEY} is over its quota")),
        ("libre", libre("<html><body>502</body></html>")),
        ("deepl", (403, "text/plain", KEY)),
        ("deepl", (456, "application/json", '{"message": "Quota exceeded"}')),
        ("deepl", (200, "application/json", '{"translations": []}')),
        ("deepl", deepl(f"invalid {KEY}")),
    ],
)
def test_a_bad_answer_is_a_failure_that_says_so_and_keeps_the_key(
    server: Server, provider: str, answer: Answer
) -> None:
    server.behave = lambda _: answer
    bad = engine(server, provider, **({"key": KEY} if provider in {"libre", "deepl"} else {}))
    outcome = one(bad)
    assert isinstance(outcome, EngineFailed)
    assert outcome.message.startswith(f"deep-{provider}: it")
    assert KEY not in f"{outcome!r}{outcome}{outcome.__cause__!r}{outcome.__context__!r}{bad!r}"


def test_a_slow_server_is_not_waited_for(server: Server) -> None:
    def sleep(text: str) -> Answer:
        time.sleep(1.5)
        return page(text)

    server.behave = sleep
    started = time.monotonic()
    outcome = one(engine(server))
    assert isinstance(outcome, EngineFailed)
    assert "in time" in outcome.message
    assert time.monotonic() - started < 1.4


def test_an_answer_that_drips_is_not_waited_for(server: Server) -> None:
    def drip(handler: BaseHTTPRequestHandler, data: bytes) -> None:
        with suppress(OSError):
            for byte in data[:40]:
                handler.wfile.write(bytes([byte]))
                time.sleep(0.1)

    server.send = drip
    started = time.monotonic()
    outcome = one(engine(server))
    assert isinstance(outcome, EngineFailed)
    assert "in time" in outcome.message
    assert time.monotonic() - started < 2


def test_an_answer_without_end_is_cut_off(server: Server) -> None:
    server.behave = lambda _: page("x" * 5_000_000)
    assert isinstance(one(engine(server, read_timeout=5)), EngineFailed)


def test_a_server_that_is_not_there_is_named(server: Server) -> None:
    gone = engine(server, base_url="http://127.0.0.1:9/")
    outcome = one(gone)
    assert isinstance(outcome, EngineFailed)
    assert "reached" in outcome.message


def test_after_three_failures_in_a_row_the_rest_is_not_asked(server: Server) -> None:
    server.behave = lambda _: (500, "text/plain", "")
    outcomes = engine(server).translate(["un", "deux", "trois", "quatre", "cinq"], "fr", "es")
    assert all(isinstance(outcome, EngineFailed) for outcome in outcomes)
    assert server.asked == ["un", "deux", "trois"]


def test_one_failure_does_not_spoil_the_others(server: Server) -> None:
    server.behave = lambda text: (500, "text/plain", "") if text == "deux" else upper(text)
    un, deux, trois = engine(server).translate(["un", "deux", "trois"], "fr", "es")
    assert (un, trois) == (Draft("UN"), Draft("TROIS"))
    assert isinstance(deux, EngineFailed)


def test_threads_get_their_own_texts(server: Server) -> None:
    def upper_slowly(text: str) -> Answer:
        time.sleep(0.002)
        return upper(text)

    server.behave = upper_slowly
    shared = engine(server, read_timeout=5)
    got: dict[int, list[Draft | EngineFailed]] = {}

    def ask(thread: int) -> None:
        got[thread] = shared.translate([f"texte {thread} {number}" for number in range(25)], "fr", "es")

    threads = [threading.Thread(target=ask, args=(thread,)) for thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert got == {t: [Draft(f"TEXTE {t} {number}") for number in range(25)] for t in range(4)}


def test_texts_without_letters_and_texts_too_long_are_not_asked(server: Server) -> None:
    outcomes = engine(server).translate(["", "12 %", "<1/>", "mot " * 2000], "fr", "es")
    assert outcomes[:3] == [Draft(""), Draft("12 %"), Draft("<1/>")]
    assert isinstance(outcomes[3], EngineFailed)
    assert server.asked == []


def test_white_space_at_the_ends_stays(server: Server) -> None:
    assert one(engine(server), " bonjour\n") == Draft(" BONJOUR\n")


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
    server: Server, provider: str, source: str, target: str, *, supported: bool
) -> None:
    assert engine(server, provider, key=KEY).supports(source, target) is supported


def test_it_never_runs_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="provider"):
        make("deep")
    monkeypatch.delenv("LIBRE_API_KEY", raising=False)
    with pytest.raises(EngineMissing, match="LIBRE_API_KEY"):
        make("deep", {"provider": "libre"}).translate(["Bonjour"], "fr", "es")
    with pytest.raises(ConfigError, match="base_url"):
        make("deep", {"provider": "google", "base_url": "file:///etc/passwd"})


def test_it_says_that_text_leaves_the_machine(server: Server) -> None:
    deep = engine(server)
    assert deep.capabilities.leaves_machine
    assert deep.capabilities.tags == "marks"
    deep.close()
    deep.close()
