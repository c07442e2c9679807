"""Translation services on this machine: each answers as documented, until a test says otherwise."""

from __future__ import annotations

import html
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from l10n.engines import Engine, make

KEY = "s3cret-key-0815:fx"

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the server heard it; ``fields`` are of its address and its body."""

    path: str
    headers: Mapping[str, str]
    fields: Fields


@dataclass(frozen=True, slots=True)
class Service:
    """A service by its documentation: what it is asked, how it answers, what it needs in the settings.

    ``one`` is true for what takes one text at a time.
    """

    engine: str
    hear: Callable[[Fields], list[str]]
    say: Callable[[Sequence[object]], str]
    settings: Mapping[str, object] = field(default_factory=dict)
    keyed: bool = True
    one: bool = False
    kind: str = "application/json"


def _page(texts: Sequence[object]) -> str:
    text = html.escape(str(texts[0]), quote=False) if texts and texts[0] is not None else ""
    return f'<html><body><div class="result-container">{text}</div></body></html>'


def _memory(texts: Sequence[object]) -> str:
    return json.dumps({"responseData": {"translatedText": texts[0] if texts else None}, "matches": []})


def _libre_one(texts: Sequence[object]) -> str:
    return json.dumps({"translatedText": texts[0] if len(texts) == 1 else list(texts)})


def _libre(texts: Sequence[object]) -> str:
    return json.dumps({"translatedText": list(texts)})


def _deepl(texts: Sequence[object]) -> str:
    return json.dumps({"translations": [{"detected_source_language": "FR", "text": text} for text in texts]})


def _chat(texts: Sequence[object]) -> str:
    said = {"translations": [{"id": number, "text": text} for number, text in enumerate(texts)]}
    message = {"role": "assistant", "content": json.dumps(said)}
    return json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]})


def _segments(fields: Fields) -> list[str]:
    return [each["text"] for each in json.loads(fields["messages"][1]["content"])["segments"]]


def _q(fields: Fields) -> list[str]:
    return list(fields["q"])


def _text(fields: Fields) -> list[str]:
    return list(fields["text"])


def _deep(
    provider: str,
    hear: Callable[[Fields], list[str]],
    say: Callable[[Sequence[object]], str],
    *,
    keyed: bool = True,
    kind: str = "application/json",
) -> Service:
    return Service("deep", hear, say, {"provider": provider}, keyed, one=True, kind=kind)


SERVICES: Mapping[str, Service] = {
    "deep-google": _deep("google", _q, _page, keyed=False, kind="text/html; charset=utf-8"),
    "deep-mymemory": _deep("mymemory", _q, _memory, keyed=False),
    "deep-libre": _deep("libre", _q, _libre_one),
    "deep-deepl": _deep("deepl", _text, _deepl),
    "deepl": Service("deepl", _text, _deepl),
    "libretranslate": Service("libretranslate", _q, _libre),
    "openai": Service("openai", _segments, _chat, {"model": "small"}),
}

Texts = Sequence[object]
Alter = Callable[[Texts], Texts]
Send = Callable[[BaseHTTPRequestHandler, bytes], None]


def unaltered(texts: Texts) -> Texts:
    """The translations themselves."""
    return texts


def hola(text: str) -> str:
    """A translation that is easy to foresee."""
    return text.replace("Bonjour", "Hola")


def send(
    handler: BaseHTTPRequestHandler,
    data: bytes,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> None:
    """An answer of a status."""
    server: Loopback = handler.server  # type: ignore[assignment]
    handler.send_response(status)
    sent = {"Content-Type": server.service.kind, "Content-Length": str(len(data))}
    for name, value in (sent | dict(headers or {})).items():
        handler.send_header(name, value)
    handler.end_headers()
    with suppress(OSError):
        handler.wfile.write(data)


class Loopback(ThreadingHTTPServer):
    """A service; ``translate`` makes its texts, ``alter`` damages them, ``send`` delivers the answer."""

    daemon_threads = True
    service: Service
    asked: list[Asked]
    translate: Callable[[str], str]
    alter: Alter
    send: Send
    over: threading.Event

    def heard(self) -> list[str]:
        """Every text that it was asked for."""
        return [text for each in list(self.asked) for text in self.service.hear(each.fields)]

    def behave(self) -> None:
        """As documented, again."""
        self.translate, self.alter, self.send = hola, unaltered, send


class _Handler(BaseHTTPRequestHandler):
    server: Loopback

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        fields: dict[str, Any] = dict(parse_qs(urlsplit(self.path).query, keep_blank_values=True))
        if body.startswith("{"):
            fields |= json.loads(body)
        else:
            fields |= parse_qs(body)
        server = self.server
        server.asked.append(Asked(self.path, dict(self.headers), fields))
        texts = server.alter([server.translate(text) for text in server.service.hear(fields)])
        server.send(self, server.service.say(texts).encode())

    do_POST = do_GET  # noqa: N815 - the name http.server looks for

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running(service: Service) -> Iterator[Loopback]:
    """The service on a free port of this machine; at the end it lets go of whoever waits for it."""
    server = Loopback(("127.0.0.1", 0), _Handler)
    server.service, server.asked, server.over = service, [], threading.Event()
    server.behave()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def client(server: Loopback, **settings: object) -> Engine:
    """The engine for a service on this machine."""
    service = server.service
    base = f"http://127.0.0.1:{server.server_port}{'/' if service.engine == 'deep' else ''}"
    key = {"key": KEY} if service.keyed else {}
    return make(service.engine, {"base_url": base, "read_timeout": 5, **key, **service.settings, **settings})
