"""An OpenID provider on this machine, with keys of its own, that behaves as it is told."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "desk & co", "four small/secret:words"


@dataclass
class Asked:
    """What a browser was sent with, until its code is taken."""

    nonce: str
    challenge: str
    back: str


@dataclass
class House:
    """Who is at the provider, how it misbehaves, and what it was asked."""

    now: int
    claims: dict[str, Any]
    over: dict[str, Any] = field(default_factory=dict)
    signed: str = "RS256"
    strange_key: bool = False
    about: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    returned: dict[str, str] = field(default_factory=dict)
    drip: float = 0
    address: str = ""
    codes: dict[str, Asked] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))

    def token(self, asked: Asked, access: str) -> str:
        half = hashlib.sha256(access.encode()).digest()[:16]
        claims = {
            "iss": self.address,
            "sub": "s-1",
            "aud": CLIENT,
            "iat": self.now,
            "exp": self.now + 300,
            "nonce": asked.nonce,
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
            **self.claims,
            **self.over,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.signed == "none":
            parts = [json.dumps(one).encode() for one in ({"alg": "none"}, claims)]
            return ".".join(base64.urlsafe_b64encode(one).rstrip(b"=").decode() for one in parts) + "."
        if self.signed == "HS256":
            return jwt.encode(
                {"alg": "HS256", "kid": "one"}, claims, OctKey.import_key(self.key.as_pem(private=False))
            )
        key = RSAKey.generate_key(2048, {"kid": "one"}) if self.strange_key else self.key
        return jwt.encode({"alg": self.signed, "kid": str(key.kid)}, claims, key)


class Answers(BaseHTTPRequestHandler):
    house: House

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, fields(urlsplit(self.path).query)
        self.house.asked.append((path, query))
        if path == "/.well-known/openid-configuration":
            self.told(about(self.house))
        elif path == "/keys":
            self.told({"keys": [self.house.key.as_dict(private=False)]})
        elif path == "/authorize":
            self.let_in(query)
        elif path == "/who" and self.headers["Authorization"] == "Bearer open-sesame":
            self.told(self.house.userinfo)
        else:
            self.told({"error": "invalid_request"}, 400)

    def do_POST(self) -> None:
        sent = fields(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.house.asked.append((self.path, sent))
        asked = self.house.codes.pop(sent.get("code", ""), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or asked.challenge != challenge
            or asked.back != sent.get("redirect_uri")
            or credentials(self.headers["Authorization"], sent) != (CLIENT, SECRET)
        ):
            self.told({"error": "invalid_grant"}, 400)
            return
        token = self.house.token(asked, "open-sesame")
        self.told({"access_token": "open-sesame", "token_type": "Bearer", "id_token": token})

    def let_in(self, query: Mapping[str, str]) -> None:
        code = f"code-{len(self.house.asked)}"
        self.house.codes[code] = Asked(query["nonce"], query["code_challenge"], query["redirect_uri"])
        back = {"code": code, "state": query["state"], "iss": self.house.address, **self.house.returned}
        told = urlencode({name: value for name, value in back.items() if value})
        self.send_response(302)
        self.send_header("Location", f"{query['redirect_uri']}?{told}")
        self.end_headers()

    def told(self, found: Mapping[str, Any], status: int = 200) -> None:
        data = json.dumps(found).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        for piece in [data[i : i + 1] for i in range(len(data))] if self.house.drip else [data]:
            time.sleep(self.house.drip)
            try:
                self.wfile.write(piece)
            except OSError:
                return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        pass


@contextmanager
def provider(house: House) -> Iterator[House]:
    """The provider, answering on a port of this machine."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), type("AnswersOfAHouse", (Answers,), {"house": house}))
    server.daemon_threads = True
    house.address = house.address or f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield house
    finally:
        server.shutdown()
        server.server_close()


def about(house: House) -> dict[str, Any]:
    found = {
        "issuer": house.address,
        "authorization_endpoint": f"{house.address}/authorize",
        "token_endpoint": f"{house.address}/token",
        "jwks_uri": f"{house.address}/keys",
        "authorization_response_iss_parameter_supported": True,
        **house.about,
    }
    return {name: value for name, value in found.items() if value is not None}


def credentials(header: str | None, sent: Mapping[str, str]) -> tuple[str, str]:
    if header is None:
        return sent.get("client_id", ""), sent.get("client_secret", "")
    client, _, secret = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
    return unquote(client), unquote(secret)


def fields(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text).items()}
