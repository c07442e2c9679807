"""Signing in by an OpenID provider: the code flow with PKCE, and a close look at who it says somebody is.

The provider is named by ``L10N_OPENID_ISSUER``, the desk's name and password there by
``L10N_OPENID_CLIENT`` and ``L10N_OPENID_SECRET``; ``L10N_OPENID_NAME`` is what the button says.  Nobody
is let in whom the desk does not know, unless ``L10N_OPENID_NEWCOMERS`` names the roles of newcomers.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from importlib.util import find_spec
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, LocationValueError
from urllib3.exceptions import TimeoutError as TooSlow

from l10n.errors import ConfigError, InputError, L10nError
from l10n.project import locale_of
from workflow.states import Role

BACK = "/sign-in/openid/back"
STRANGE = "this sign-in was not begun in this browser"
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_HOUR, _MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
_LEEWAY = 60  # seconds that two clocks may differ
_LARGEST = 500_000  # bytes of an answer
_PIECE = 65536
_SECONDS = 10
_AT_ONCE = 4
_REMEDY = "Try again; if it stays, tell your administrator."


class NotConfirmed(L10nError):
    """The provider did not say who somebody is in a way that can be relied on."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider as it is configured; ``newcomers`` are the roles of who is not known yet."""

    issuer: str
    client: str
    secret: str = field(default="", repr=False)
    name: str = "OpenID"
    newcomers: Mapping[str, Role] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LoginAttempt:
    """The secrets of one sign-in, kept in the browser's cookie; ``onward`` is where to go afterwards."""

    state: str
    nonce: str
    verifier: str
    onward: str = ""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whom the provider knows: an e-mail address that it has verified, and a name."""

    email: str
    name: str


@dataclass(frozen=True, slots=True)
class OpenId:
    """A provider with what it said of itself, asked for again after an hour."""

    provider: Provider
    clock: Callable[[], dt.datetime]
    _pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager, repr=False)
    _kept: dict[str, tuple[dt.datetime, Any]] = field(default_factory=dict, repr=False)
    _turns: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(_AT_ONCE), repr=False)

    def authorization_url(self, attempt: LoginAttempt, back: str) -> str:
        """Where to send a browser, which comes back to ``back``.  Raises NotConfirmed without an answer."""
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # noqa: PLC0415 - an extra
        from authlib.oauth2.rfc7636 import create_s256_code_challenge  # noqa: PLC0415 - an extra

        url: str = prepare_grant_uri(
            self._endpoint("authorization_endpoint"),
            self.provider.client,
            "code",
            redirect_uri=back,
            scope="openid email profile",
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=create_s256_code_challenge(attempt.verifier),  # type: ignore[no-untyped-call]
            code_challenge_method="S256",
        )
        return url

    def visitor(self, attempt: LoginAttempt, back: str, answer: Mapping[str, str]) -> Visitor:
        """Who came back with what the provider added to the address.

        Raises NotConfirmed unless state, issuer, signature, times, audience, nonce and code verifier
        are all right and the e-mail address is verified.
        """
        if not compare_digest(answer.get("state", "").encode(), attempt.state.encode()):
            raise NotConfirmed(STRANGE, remedy=_REMEDY)
        metadata = self._about()
        issuer = answer.get("iss", "")
        if issuer != self.provider.issuer and (
            issuer or metadata.get("authorization_response_iss_parameter_supported")
        ):
            raise NotConfirmed("another provider answered", remedy=_REMEDY)
        if not answer.get("code"):
            raise NotConfirmed("the provider did not let you in", remedy=_REMEDY)
        tokens = self._exchanged(answer["code"], attempt, back)
        return self._visitor(tokens, self._claims(tokens, attempt))

    def _visitor(self, tokens: Mapping[str, Any], claims: Mapping[str, Any]) -> Visitor:
        profile = dict(claims)
        if "email" not in profile and "userinfo_endpoint" in self._about():
            headers = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
            userinfo = self._asked("GET", self._endpoint("userinfo_endpoint"), headers=headers)
            if userinfo.get("sub") != claims["sub"]:
                raise NotConfirmed("the provider told of somebody else", remedy=_REMEDY)
            profile = {**userinfo, **profile}
        email = profile.get("email")
        if not isinstance(email, str) or "@" not in email or profile.get("email_verified") is not True:
            raise NotConfirmed(
                "the provider has not verified your e-mail address", remedy="Have it verified there first."
            )
        name = profile.get("name")
        return Visitor(email.strip().lower(), name if isinstance(name, str) and name.strip() else email)

    def _exchanged(self, code: str, attempt: LoginAttempt, back: str) -> Mapping[str, Any]:
        provider = self.provider
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": attempt.verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        methods = self._about().get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if provider.secret and "client_secret_basic" in methods:
            pair = f"{quote(provider.client, safe='')}:{quote(provider.secret, safe='')}"
            headers |= urllib3.make_headers(basic_auth=pair)
        else:
            fields["client_id"] = provider.client
            fields |= {"client_secret": provider.secret} if provider.secret else {}
        body = urlencode(fields).encode()
        return self._asked("POST", self._endpoint("token_endpoint"), headers=headers, body=body)

    def _claims(self, tokens: Mapping[str, Any], attempt: LoginAttempt) -> Mapping[str, Any]:
        from authlib.oidc.core import CodeIDToken  # noqa: PLC0415 - an extra
        from joserfc import jwt  # noqa: PLC0415 - an extra
        from joserfc.errors import JoseError  # noqa: PLC0415 - an extra

        provider, text = self.provider, str(tokens.get("id_token", ""))
        try:
            token = jwt.decode(text, lambda guest: self._keys(guest.headers()), list(_ALGORITHMS))
            claims = CodeIDToken(
                token.claims,
                token.header,
                options={
                    "iss": {"essential": True, "value": provider.issuer},
                    "aud": {"essential": True, "value": provider.client},
                },
                params={
                    "nonce": attempt.nonce,
                    "client_id": provider.client,
                    "access_token": tokens.get("access_token"),
                },
            )
            claims.validate(now=int(self.clock().timestamp()), leeway=_LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise NotConfirmed("what the provider said does not hold", remedy=_REMEDY) from error
        return dict(claims)

    def _keys(self, header: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a key set of the extra
        """The provider's keys; asked for anew when it signs with one that is not among them."""
        from joserfc.jwk import KeySet  # noqa: PLC0415 - an extra

        address, kid = self._endpoint("jwks_uri"), header.get("kid")
        key_set = self._remembered(address, _HOUR)
        if kid and kid not in {key.get("kid") for key in key_set.get("keys", ()) if isinstance(key, dict)}:
            key_set = self._remembered(address, _MINUTE)
        return KeySet.import_key_set({"keys": list(key_set.get("keys", ()))})

    def _about(self) -> Mapping[str, Any]:
        issuer = self.provider.issuer
        metadata = self._remembered(f"{issuer.rstrip('/')}/.well-known/openid-configuration", _HOUR)
        if metadata.get("issuer") != issuer:
            raise NotConfirmed("the provider calls itself by another name", remedy=_REMEDY)
        return metadata

    def _endpoint(self, name: str) -> str:
        address = self._about().get(name)
        if not isinstance(address, str) or not _protected(address):
            raise NotConfirmed("the provider does not say where to go", remedy=_REMEDY)
        return address

    def _remembered(self, address: str, lifetime: dt.timedelta) -> Mapping[str, Any]:
        now = self.clock()
        cached = self._kept.get(address)
        if cached and cached[0] > now - lifetime:
            return dict(cached[1])
        answer = self._asked("GET", address)
        self._kept[address] = now, answer
        return answer

    def _asked(
        self, method: str, address: str, *, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Mapping[str, Any]:
        """The JSON object it answers.  Redirects are not followed: they would carry a secret elsewhere."""
        if not self._turns.acquire(blocking=False):
            raise NotConfirmed("too many people are signing in just now", remedy=_REMEDY)
        try:
            status, data = self._answer(method, address, headers or {}, body)
            answer = json.loads(data) if status == 200 else None
        except (HTTPError, LocationValueError, ValueError, RecursionError, OSError) as error:
            raise NotConfirmed("the provider does not answer", remedy=_REMEDY) from error
        finally:
            self._turns.release()
        if not isinstance(answer, dict):
            raise NotConfirmed("the provider did not answer as it should", remedy=_REMEDY)
        return answer

    def _answer(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, bytes]:
        deadline = time.monotonic() + _SECONDS
        answer = self._pool.request(
            method,
            address,
            headers={"Accept": "application/json", **headers},
            body=body or None,
            timeout=urllib3.Timeout(connect=5, read=_SECONDS),
            redirect=False,
            retries=False,
            preload_content=False,
        )
        data = bytearray()
        try:
            while piece := answer.read1(_PIECE, decode_content=True):
                data += piece
                if len(data) > _LARGEST or time.monotonic() > deadline:
                    raise TooSlow
        finally:
            answer.close()
        return answer.status, bytes(data)


def new_attempt(onward: str) -> LoginAttempt:
    """A new sign-in with fresh secrets."""
    return LoginAttempt(
        secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), onward
    )


def serialise_attempt(attempt: LoginAttempt) -> str:
    """A sign-in as the cookie holds it."""
    return json.dumps([attempt.state, attempt.nonce, attempt.verifier, attempt.onward], separators=(",", ":"))


def parse_attempt(text: str) -> LoginAttempt | None:
    """The sign-in in a cookie, None when it is not valid."""
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if (
        not isinstance(fields, list)
        or len(fields) != 4
        or not all(isinstance(value, str) for value in fields)
    ):
        return None
    return LoginAttempt(*fields) if all(fields[:3]) else None


def provider_from_env(environment: Mapping[str, str] = os.environ) -> Provider | None:
    """The provider that people may sign in by, None when none is named.

    Raises ConfigError for settings that cannot be right, and where Authlib is not installed.
    """
    issuer = environment.get("L10N_OPENID_ISSUER", "")
    if not issuer:
        return None
    client = environment.get("L10N_OPENID_CLIENT", "")
    if not _protected(issuer) or not client:
        raise ConfigError(
            "L10N_OPENID_ISSUER or L10N_OPENID_CLIENT is not what it should be",
            remedy="As in https://login.example.org and the name the desk is registered by there.",
        )
    if find_spec("authlib") is None:
        raise ConfigError("signing in by OpenID needs Authlib", remedy="pip install 'passerelle[openid]'")
    return Provider(
        issuer,
        client,
        environment.get("L10N_OPENID_SECRET", ""),
        environment.get("L10N_OPENID_NAME", "") or (urlsplit(issuer).hostname or "OpenID"),
        _roles(environment.get("L10N_OPENID_NEWCOMERS", "")),
    )


def _roles(text: str) -> Mapping[str, Role]:
    """Roles by locale, as in "translator=es reviewer=fr"; without a locale it is for all of them."""
    return dict(map(_role, text.replace(",", " ").split()))


def _role(text: str) -> tuple[str, Role]:
    role, _, locale = text.partition("=")
    try:
        if role not in {Role.TRANSLATOR, Role.REVIEWER}:
            raise InputError(f"{role} is no role of newcomers")
        return (locale_of(locale) if locale else "*"), Role(role)
    except L10nError as error:
        raise ConfigError(
            f"L10N_OPENID_NEWCOMERS: {error.message}", remedy="As in translator=es reviewer=fr."
        ) from error


def _protected(address: str) -> bool:
    """Whether nobody on the way reads along: over HTTPS, or on this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    )
