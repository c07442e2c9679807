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
    told = f"{until} {secrets.token_hex(8)} {release}".encode()
    return f"{_packed(told)}.{_packed(_signed(_key(project), told))}"


def read_token(project: Project, text: str, *, now: dt.datetime) -> PreviewLink | None:
    """What a token opens, None when it is not ours or its time is over."""
    if len(text) > _TOKEN or not text.isascii():
        return None
    told, _, signature = text.partition(".")
    try:
        data, given = _unpacked(told), _unpacked(signature)
        key = disk.read(_place(project))
    except (ValueError, InputError):
        return None
    if len(key) != _SIZE or not hmac.compare_digest(_signed(key, data), given):
        return None
    until, _, release = data.decode().split(" ", 2)
    moment = dt.datetime.fromtimestamp(int(until), dt.UTC)
    return PreviewLink(release, moment) if now < moment else None


def revoke(project: Project) -> None:
    """Make every link void that was made until now."""
    _place(project).unlink(missing_ok=True)


def _place(project: Project) -> Path:
    return project.state / "preview.key"


def _key(project: Project) -> bytes:
    """The key; who comes first makes it, for its owner's eyes only."""
    place = _place(project)
    if not place.is_file():
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(_SIZE))
        with suppress(FileExistsError):
            place.hardlink_to(fresh)
        fresh.unlink()
    key = disk.read(place)
    if len(key) != _SIZE:
        raise InputError("this is no key", path=place, remedy="Remove it; links made with it are void.")
    return key


def _signed(key: bytes, told: bytes) -> bytes:
    return hmac.digest(key, b"passerelle preview\0" + told, hashlib.sha256)


def _packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unpacked(text: str) -> bytes:
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _packed(data) != text:
        raise ValueError("not as we write it")
    return data
