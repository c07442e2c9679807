"""HTTP requests to translation services, bounded in time and size; errors never quote the server."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader, LocationValueError, SSLError
from urllib3.exceptions import TimeoutError as TooSlow

from l10n.engines.protocol import count_mismatch
from l10n.errors import EngineBusy, EngineFailed, EngineSpent

_PIECE = 65536
_LARGEST = 4_000_000  # bytes of an answer
_LONGEST_WAIT = 3600.0
_OBJECTIONS = frozenset({400, 422})
_REFUSALS = {
    400: "it refused the request",
    401: "it did not accept the key",
    403: "it did not accept the key",
    404: "nothing answers at that address",
    413: "the text is too long for it",
    414: "the text is too long for it",
}


@dataclass(frozen=True, slots=True)
class Service:
    """A service at an address.

    What it says in an error is never repeated, since that may hold the key or the text; the key
    travels in a header or the body, never in an address.  Redirects are not followed: they would
    carry both to a server nobody named.  ``connect`` and ``read`` are seconds, the second for
    the whole of an answer.
    """

    name: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    secret: str = field(default="", repr=False)
    connect: float = 5.0
    read: float = 30.0
    _pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(maxsize=8), repr=False)
    _refused: set[str] = field(default_factory=set, repr=False)

    def post(self, path: str, body: Mapping[str, object], *, optional: Collection[str] = ()) -> Any:  # noqa: ANN401 - JSON holds anything
        """The JSON it answers.

        The ``optional`` fields of the body are left out from the moment it refuses a request because of them.
        Raises EngineBusy when it cannot be reached, is slow or overloaded, EngineSpent when its
        quota is used up, EngineFailed for any other answer.
        """
        fields = {name: value for name, value in body.items() if name not in self._refused}
        status, wait, data = self._answer(path, fields)
        if status in _OBJECTIONS and (
            names := {name for name in optional if name in fields and _names(data, name)}
        ):
            self._refused.update(names)
            fields = {name: value for name, value in fields.items() if name not in names}
            status, wait, data = self._answer(path, fields)
        if status != 200:
            raise refusal(self.name, status, wait)
        return self._read_json(data)

    def _answer(self, path: str, body: Mapping[str, object]) -> tuple[int, float, bytes]:
        payload = json.dumps(body, ensure_ascii=False).encode()
        try:
            return self._exchange(path, payload)
        except TooSlow:
            raise EngineBusy(f"{self.name}: it did not answer in time") from None
        except SSLError as error:
            raise insecure(self.name, error) from None
        except LocationValueError:
            raise EngineFailed(f"{self.name}: its address cannot be used") from None
        except (HTTPError, OSError):
            raise EngineBusy(f"{self.name}: it could not be reached, or hung up") from None

    def close(self) -> None:
        """Let go of connections."""
        self._pool.clear()

    def _exchange(self, path: str, payload: bytes) -> tuple[int, float, bytes]:
        response = self._pool.request(
            "POST",
            f"{self.url}{path}",
            body=payload,
            headers={"Content-Type": "application/json", "Accept": "application/json", **self.headers},
            timeout=urllib3.Timeout(connect=self.connect, read=self.read),
            retries=False,
            redirect=False,
            preload_content=False,
        )
        deadline = time.monotonic() + self.read
        data = bytearray()
        complete = False
        try:
            while piece := response.read1(_PIECE, decode_content=True):
                data += piece
                if len(data) > _LARGEST or time.monotonic() > deadline:
                    raise TooSlow
            complete = True
        finally:
            if complete:
                response.release_conn()
            else:
                response.close()
        return response.status, seconds_to_wait(response.headers.get("Retry-After")), bytes(data)

    def _read_json(self, data: bytes) -> Any:  # noqa: ANN401 - JSON holds anything
        if self.secret and self.secret.encode() in data:
            raise EngineFailed(f"{self.name}: its answer repeats the key")
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            raise EngineFailed(f"{self.name}: its answer is no JSON, or only half of it") from None


def insecure(name: str, error: Exception) -> EngineFailed:
    """The error for a connection that cannot be kept secret; one that broke off may be tried again."""
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return EngineFailed(
            f"{name}: its certificate is not valid here",
            remedy="Have it renewed, or name the file of the authority that signed it in SSL_CERT_FILE.",
        )
    return EngineBusy(f"{name}: no secure connection to it could be made")


def _names(data: bytes, field: str) -> bool:
    """Whether an answer speaks of a field, and not of a word in the text that it was sent."""
    name = re.escape(field).encode()
    return re.search(rb"""['"`]%b['"`]|\b%b=""" % (name, name), data) is not None


def refusal(name: str, status: int, wait: float) -> EngineFailed:
    """The error for a status other than 200 of the service called ``name``, in our own words."""
    if status == 456:
        return EngineSpent(f"{name}: its quota is used up", remedy="It is filled up at the service.")
    if status == 429:
        return EngineBusy(f"{name}: it was asked too often", wait=wait)
    if status >= 500 or status == 408:
        return EngineBusy(f"{name}: it has trouble of its own (status {status})", wait=wait)
    if 300 <= status < 400:
        return EngineFailed(f"{name}: it points to another address", remedy="Correct its address.")
    return EngineFailed(f"{name}: {_REFUSALS.get(status, f'it refused (status {status})')}")


def seconds_to_wait(header: str | None) -> float:
    """The seconds that Retry-After asks for, an hour at most."""
    if not header:
        return 0.0
    try:
        return min(max(0.0, urllib3.Retry().parse_retry_after(header)), _LONGEST_WAIT)
    except (InvalidHeader, ValueError, OverflowError):
        return 0.0


def texts(answers: object, count: int, name: str) -> list[str | EngineFailed]:
    """A list of answers, each a text or why not.  Raises EngineFailed when it is no such list."""
    if not isinstance(answers, list) or len(answers) != count:
        received = len(answers) if isinstance(answers, list) else "no"
        raise count_mismatch(name, received, count)
    return [
        answer if isinstance(answer, str) else EngineFailed(f"{name}: its answer is no text")
        for answer in answers
    ]


def is_local(url: str) -> bool:
    """Whether an address is this machine's own."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
