"""Whoever sends a letter now and then holds nobody else up, and is let go in the end; over real lines."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
import urllib3
import uvicorn

from tests.desk_support import House
from workflow.web import create_app, slow_clients
from workflow.web.slow_clients import HeaderTimeoutProtocol

SECONDS = 3.0
MANY = 40
BODY = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4000\r\n\r\n"
HEAD = b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: "
AGAIN = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
STALLED = {"a head": HEAD, "a body": BODY, "all of it": b"", "the next head": AGAIN}


@dataclass
class Slow:
    """A client that begins well and then sends a letter at a time; ``over`` is when it was let go."""

    port: int
    begins: bytes
    told: bytes = b""
    over: float = 0

    def run(self) -> None:
        began = time.monotonic()
        with socket.create_connection(("127.0.0.1", self.port)) as line:
            line.sendall(self.begins)
            line.settimeout(0.2)
            while time.monotonic() - began < SECONDS * 8:
                try:
                    line.sendall(b"a")
                    piece = line.recv(65536)
                    self.told += piece
                    if not piece:
                        break
                except TimeoutError:
                    continue
                except OSError:
                    break
        self.over = time.monotonic() - began


@pytest.fixture
def port(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(slow_clients, "HEADS", SECONDS)
    app = create_app(house.ledger, replace(house.settings, patience=(SECONDS, SECONDS)))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", http=HeaderTimeoutProtocol))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(20)


@pytest.mark.parametrize("what", STALLED)
def test_slow_clients_hold_nobody_up_and_are_let_go(port: int, what: str) -> None:
    begins = STALLED[what]
    clients = [Slow(port, begins) for _ in range(MANY)]
    threads = [threading.Thread(target=client.run, daemon=True) for client in clients]
    for thread in threads:
        thread.start()
    slowest = 0.0
    with urllib3.PoolManager(maxsize=4) as others:
        for _ in range(20):
            began = time.monotonic()
            assert others.request("GET", f"http://127.0.0.1:{port}/sign-in", timeout=5.0).status == 200
            slowest = max(slowest, time.monotonic() - began)
            time.sleep(0.05)
    assert slowest < SECONDS - 1, "they are answered while the slow ones still send"
    for thread in threads:
        thread.join(SECONDS * 10)
    assert all(0 < client.over < SECONDS * 4 for client in clients)
    if begins == BODY:
        assert all(client.told.startswith(b"HTTP/1.1 408") for client in clients)


def test_whoever_takes_their_time_between_requests_is_served_all_the_same(port: int) -> None:
    with urllib3.PoolManager(maxsize=1) as browser:
        for _ in range(3):
            assert browser.request("GET", f"http://127.0.0.1:{port}/healthz").status == 200
            time.sleep(SECONDS / 2 + 0.2)


@pytest.mark.parametrize(
    "begins",
    [
        b"GET /",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ",
        b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Long: ",
    ],
    ids=["address", "head", "trailer"],
)
def test_what_does_not_come_to_an_end_is_not_kept(port: int, begins: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS * 8) as line:
        line.sendall(begins)
        with pytest.raises(OSError, match=r"(?i)reset|broken pipe"):
            line.sendall(b"a" * 16_000_000)
