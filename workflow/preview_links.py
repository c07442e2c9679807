"""Links that show a release to somebody without an account before it is published, until they expire.

A link carries what it opens and until when, signed with a key that never leaves the project's private
folder; nothing else is kept.  Without the key every link that was ever made is void.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from l10n import disk
from l10n.errors import InputError, UsageError
from l10n.project import Project

DAYS, LONGEST = 7, 90
_SIZE = 32
_TOKEN = 400


@dataclass(frozen=True, slots=True)
class PreviewLink:
    """A release that a link opens, until a moment."""

    release: str
    until: dt.datetime


def token(project: Project, release: str, *, now: dt.datetime, days: int = DAYS) -> str:
    """What an address needs to show a release for some days, at most ``LONGEST``."""
    if not 1 <= days <= LONGEST:
        raise UsageError(f"a link is good for 1 to {LONGEST} days", remedy="Say how many with --days.")
    until = int((now + dt.timedelta(days=days)).timestamp())
    payload = f"{until} {secrets.token_hex(8)} {release}".encode()
    return f"{_encoded(payload)}.{_encoded(_signature(_key(project), payload))}"


def read_token(project: Project, text: str, *, now: dt.datetime) -> PreviewLink | None:
    """What a token opens, None when it is not ours or its time is over."""
    if len(text) > _TOKEN or not text.isascii():
        return None
    encoded_payload, _, encoded_signature = text.partition(".")
    try:
        payload, signature = _decoded(encoded_payload), _decoded(encoded_signature)
        key = disk.read(_key_path(project))
    except (ValueError, InputError):
        return None
    if len(key) != _SIZE or not hmac.compare_digest(_signature(key, payload), signature):
        return None
    until, _, release = payload.decode().split(" ", 2)
    moment = dt.datetime.fromtimestamp(int(until), dt.UTC)
    return PreviewLink(release, moment) if now < moment else None


def revoke(project: Project) -> None:
    """Make every link void that was made until now."""
    _key_path(project).unlink(missing_ok=True)


def _key_path(project: Project) -> Path:
    return project.state / "preview.key"


def _key(project: Project) -> bytes:
    """The key; who comes first makes it, for its owner's eyes only."""
    path = _key_path(project)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(_SIZE))
        with suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
    key = disk.read(path)
    if len(key) != _SIZE:
        raise InputError("this is no key", path=path, remedy="Remove it; links made with it are void.")
    return key


def _signature(key: bytes, payload: bytes) -> bytes:
    return hmac.digest(key, b"passerelle preview\0" + payload, hashlib.sha256)


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _encoded(data) != text:
        raise ValueError("not as we write it")
    return data
