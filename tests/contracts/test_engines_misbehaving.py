"""Every engine that speaks to a service × everything a service may do wrong."""

from __future__ import annotations

import html
import re
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler

import pytest
from urllib3.exceptions import SSLError

from l10n.engines import Draft, Engine, Outcome, http
from l10n.errors import EngineBusy, EngineFailed, EngineSpent
from tests.engines_support import KEY, SERVICES, Alter, Loopback, Send, client, running, send, unaltered

READ = 0.4  # seconds
SOURCE = "Bonjour <1>Marie</1>"

# busy: asking again may help, also by asking for 7 seconds; spent: not before its quota is filled up;
# failed: this answer is worth nothing; bare: a draft that says its codes are missing; right: it is
# repaired, or asked for in another way; -: it cannot happen.
TABLE = """
                      google  mymemory libre   deep-deepl deepl   libretranslate openai
slow                  busy    busy     busy    busy       busy    busy           busy
hanging               busy    busy     busy    busy       busy    busy           busy
dripping              busy    busy     busy    busy       busy    busy           busy
without end           busy    busy     busy    busy       busy    busy           busy
hangs up              busy    busy     busy    busy       busy    busy           busy
cut off               busy    busy     busy    busy       busy    busy           busy
half an answer        busy    failed   failed  failed     failed  failed         failed
429, wait 7           busy 7  busy 7   busy 7  busy 7     busy 7  busy 7         busy 7
429, no time          busy    busy     busy    busy       busy    busy           busy
429, a silly time     busy    busy     busy    busy       busy    busy           busy
456                   spent   spent    spent   spent      spent   spent          spent
500                   busy    busy     busy    busy       busy    busy           busy
503, wait 7           busy 7  busy 7   busy 7  busy 7     busy 7  busy 7         busy 7
403 with the key      failed  failed   failed  failed     failed  failed         failed
400 with the text     failed  failed   failed  failed     failed  failed         failed
302                   failed  failed   failed  failed     failed  failed         failed
HTML error page       failed  failed   failed  failed     failed  failed         failed
no bytes              failed  failed   failed  failed     failed  failed         failed
null                  failed  failed   failed  failed     failed  failed         failed
nested too deep       failed  failed   failed  failed     failed  failed         failed
nested within         -       -        -       -          -       -              failed
a long number         failed  failed   failed  failed     failed  failed         failed
{}                    failed  failed   failed  failed     failed  failed         failed
a number for texts    failed  failed   failed  failed     failed  failed         failed
no bytes of UTF-8     failed  failed   failed  failed     failed  failed         failed
too few texts         failed  failed   failed  failed     failed  failed         failed
too many texts        -       -        failed  -          failed  failed         failed
None for a text       failed  failed   failed  failed     failed  failed         failed
a number for a text   -       failed   failed  failed     failed  failed         failed
an empty text         failed  failed   failed  failed     failed  failed         failed
marks alone           failed  failed   failed  failed     failed  failed         failed
the key as a text     -       -        failed  failed     failed  failed         failed
a message as a text   failed  failed   failed  failed     -       -              -
codes lost            bare    bare     bare    bare       right   right          right
codes doubled         bare    bare     bare    bare       right   right          right
codes renumbered      bare    bare     bare    bare       right   right          right
codes spaced out      right   right    right   right      right   right          right
codes invented        bare    bare     bare    bare       bare    bare           bare
escaped twice         right   right    right   right      right   right          right
reset                 busy    busy     busy    busy       busy    busy           busy
"""


def drip(handler: BaseHTTPRequestHandler, data: bytes) -> None:
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n")
        for byte in data[:40]:
            handler.wfile.write(bytes([byte]))
            time.sleep(0.1)


def endless(handler: BaseHTTPRequestHandler, data: bytes) -> None:
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(2000):
            handler.wfile.write(data * 200)


def reset(handler: BaseHTTPRequestHandler, data: bytes) -> None:
    handler.wfile.write(
        b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999\r\n\r\n" + data[:20]
    )
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def wait(handler: BaseHTTPRequestHandler, data: bytes, *, seconds: float) -> None:
    server: Loopback = handler.server  # type: ignore[assignment]
    server.over.wait(seconds)
    send(handler, data)


def answer(status: int, body: str = "", **headers: str) -> Send:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, _: send(handler, body.encode(), status=status, headers=named)


SENT: dict[str, Send] = {
    "slow": lambda handler, data: wait(handler, data, seconds=READ * 4),
    "hanging": lambda handler, data: wait(handler, data, seconds=60),
    "dripping": drip,
    "without end": endless,
    "hangs up": lambda _handler, _data: None,
    "reset": reset,
    "cut off": lambda handler, data: send(handler, data, headers={"Content-Length": str(len(data) + 9)}),
    "half an answer": lambda handler, data: send(handler, data[: data.index(b"Hola") + 3]),
    "429, wait 7": answer(429, "slow down", Retry_After="7"),
    "429, no time": answer(429, "slow down"),
    "429, a silly time": answer(429, "slow down", Retry_After="-5;\u00e9"),
    "456": answer(456, f'{{"message": "Quota of {KEY} exceeded"}}'),
    "500": answer(500, f"<html>trouble with {SOURCE}</html>"),
    "503, wait 7": answer(503, "", Retry_After="7"),
    "403 with the key": answer(403, f'{{"message": "bad key {KEY}"}}'),
    "400 with the text": answer(400, f'{{"message": "cannot translate Bonjour for {KEY}"}}'),
    "302": answer(302, "", Location="http://127.0.0.1:9/elsewhere"),
    "HTML error page": answer(200, "<html><body><h1>502 Bad gateway</h1></body></html>"),
    "no bytes": answer(200),
    "null": answer(200, "null"),
    "nested too deep": answer(200, "[" * 100_000 + "]" * 100_000),
    "nested within": answer(200, f'{{"choices": [{{"message": {{"content": "{"[" * 100_000}"}}}}]}}'),
    "a long number": answer(200, "9" * 10_000),
    "{}": answer(200, "{}"),
    "a number for texts": answer(
        200, '{"translations": 5, "translatedText": 5, "responseData": 5, "choices": 5}'
    ),
    "no bytes of UTF-8": lambda handler, _: send(handler, b'{"translatedText": "\xff\xfe\xff'),
}


def each(alter: Callable[[str], object]) -> Alter:
    return lambda texts: [alter(str(text)) for text in texts]


def renumbered(text: str) -> str:
    return re.sub(r'id="1"', 'id="7"', re.sub(r"⟦(/?)1⟧", r"⟦\g<1>7⟧", text))


def invented(text: str) -> str:
    return text.replace("Hola", "⟦4⟧Hola⟦/4⟧" if "⟦" in text else '<g id="4">Hola</g>')


def doubled(text: str) -> str:
    return re.sub(r'<g id="1">|⟦1⟧', r"\g<0>\g<0>", text)


SAID: dict[str, Alter] = {
    "too few texts": lambda texts: texts[:-1],
    "too many texts": lambda texts: [*texts, "Hola"],
    "None for a text": each(lambda _: None),
    "a number for a text": each(lambda _: 5),
    "an empty text": each(lambda _: ""),
    "marks alone": each(lambda _: "… !"),
    "the key as a text": each(lambda text: f"{text} {KEY}"),
    "a message as a text": each(lambda _: "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS"),
    "codes lost": each(lambda text: re.sub(r"</?g[^>]*>|⟦.*?⟧", "", text)),
    "codes doubled": each(doubled),
    "codes renumbered": each(renumbered),
    "codes invented": each(invented),
    "escaped twice": each(lambda text: html.escape(text).replace("&#x27;", "&#39;")),
    "codes spaced out": each(lambda text: re.sub(r"⟦(.*?)⟧", r"⟦ \1 ⟧", text)),
}


def cells() -> Iterator[tuple[str, str, str]]:
    """Service, misbehaviour and outcome of every cell of the table."""
    head, *rows = TABLE.strip("\n").splitlines()
    starts = [match.start() for match in re.finditer(r"\S+", head)]
    names = ["deep-" + name if name in {"google", "mymemory", "libre"} else name for name in head.split()]
    for row in rows:
        for name, start, end in zip(names, starts, [*starts[1:], None], strict=True):
            yield name, row[: starts[0]].strip(), row[start:end].strip()


def kind(outcome: Outcome) -> str:
    """An outcome in the words of the table."""
    if isinstance(outcome, EngineBusy):
        return f"busy {outcome.wait:g}" if outcome.wait else "busy"
    if isinstance(outcome, EngineSpent):
        return "spent"
    if isinstance(outcome, EngineFailed):
        return "failed"
    return "bare" if outcome.codes_missing else "right"


def one(engine: Engine) -> Outcome:
    (outcome,) = engine.translate([SOURCE], "fr", "es")
    return outcome


def test_the_table_names_every_service_and_every_misbehaviour() -> None:
    assert {name for name, _, _ in cells()} == set(SERVICES)
    assert {wrong for _, wrong, _ in cells()} == SENT.keys() | SAID.keys()


@pytest.mark.parametrize(
    ("name", "wrong", "expected"), [cell for cell in cells() if cell[2] != "-"], ids=lambda part: part
)
def test_what_goes_wrong_is_said_in_time_without_key_or_text_and_is_over_when_it_is_over(
    name: str, wrong: str, expected: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with running(SERVICES[name]) as server, caplog.at_level(0):
        engine = client(server, read_timeout=READ)
        server.send, server.alter = SENT.get(wrong, send), SAID.get(wrong, unaltered)
        started = time.monotonic()
        outcome = one(engine)
        assert time.monotonic() - started < 4 * READ
        assert kind(outcome) == expected, outcome
        said = f"{outcome!r}{outcome}{engine!r}{caplog.text}{''.join(capfd.readouterr())}"
        assert KEY not in said
        if isinstance(outcome, EngineFailed):
            assert outcome.message.startswith(f"{name}: it")
            assert KEY not in f"{outcome.__cause__!r}{outcome.__context__!r}"
            assert "Bonjour" not in said
        if expected == "right":
            assert outcome == Draft("Hola <1>Marie</1>")
        server.behave()
        assert one(engine) == Draft("Hola <1>Marie</1>")
        engine.close()


@pytest.mark.parametrize("name", ["libretranslate", "deep-mymemory"])
def test_a_service_without_a_secure_connection_is_told_from_one_that_is_gone(name: str) -> None:
    with running(SERVICES[name]) as loopback:
        address = f"https://127.0.0.1:{loopback.server_port}/"
        with closing(client(loopback, base_url=address)) as engine:
            outcome = one(engine)
    assert isinstance(outcome, EngineBusy)
    assert "no secure connection to it could be made" in outcome.message


def test_a_certificate_that_is_not_valid_is_told_once() -> None:
    error = SSLError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired")
    failed = http.insecure("far", error)
    assert failed.message == "far: its certificate is not valid here"
    assert not isinstance(failed, EngineBusy)
