"""Codes that change every half minute (RFC 6238, as authenticator programs make them)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
from urllib.parse import quote, urlencode

PERIOD = 30
DIGITS = 6
_DRIFT = 1  # a clock may be half a minute off, either way (section 5.2 there)


def new_secret() -> str:
    """A secret of 160 bits, in letters that a person can type."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code(secret: str, step: int) -> str:
    """The code of a secret at a time, counted in periods since 1970."""
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    offset = mac[-1] & 0x0F
    number = struct.unpack(">I", mac[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching(secret: str, typed: str, moment: float) -> int | None:
    """The time whose code was typed, None when it is no code of about now."""
    typed = "".join(typed.split())
    now = int(moment) // PERIOD
    if len(typed) != DIGITS or not typed.isascii():
        return None
    try:
        for step in range(now - _DRIFT, now + _DRIFT + 1):
            if hmac.compare_digest(code(secret, step), typed):
                return step
    except ValueError:  # no secret of ours
        return None
    return None


def address(secret: str, login: str, issuer: str) -> str:
    """What an authenticator program reads: an otpauth address."""
    label = f"{quote(issuer, safe='')}:{quote(login, safe='')}"
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer})}"
