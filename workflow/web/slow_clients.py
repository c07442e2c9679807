"""Closes connections whose request head arrives too slowly or grows too large (slow-loris protection)."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADS = 15.0
"""Seconds that the head of a request may take."""

LONGEST = 64 * 1024
"""Bytes that are read of a head, or of what else is no body, until it has to be whole."""


class HeaderTimeoutProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol with a deadline and a size limit for the request head."""

    _given_up: asyncio.TimerHandle | None = None
    _seen: Any = None
    _unheard = 0
    _came_on = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Go on waiting until the head of a request is whole."""
        self._came_on = False
        super().data_received(data)
        self._unheard = 0 if self._came_on else self._unheard + len(data)
        if self._unheard > LONGEST:
            self._give_up()
        cycle = self.cycle
        if cycle is None:
            return
        if cycle is not self._seen:
            self._seen = cycle
            self._rest()
        elif self._given_up is None and cycle.response_complete:
            self._wait()

    def on_headers_complete(self) -> None:
        """Begin to answer."""
        self._came_on = True
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a part of what is sent; as much as is wanted, or the sender has to wait."""
        self._came_on = True
        super().on_body(body)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._rest()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._given_up = self.loop.call_later(HEADS, self._give_up)

    def _rest(self) -> None:
        if self._given_up is not None:
            self._given_up.cancel()
            self._given_up = None

    def _give_up(self) -> None:
        self._given_up = None
        if not self.transport.is_closing():
            self.transport.close()
