"""Silenced findings: lines in the comment of an entry that name a check and give a reason."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from l10n.patterns import lazy_pattern

# # l10n-ok: numbers -- the region counts in dozens
_LINE = lazy_pattern(
    r"^[ \t]*l10n-ok:[ \t]*(?P<check>(?:\w[\w-]*)?)[ \t]*(?:(?:--|[—–:-])[ \t]*(?P<reason>.*))?$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Silence:
    """``check`` is an id, ``reason`` what the person wrote; either is "" when it is missing."""

    check: str
    reason: str


def silences(comment: str) -> tuple[Silence, ...]:
    """What the comment of an entry silences, in order; lines that lack a part are given too."""
    if "l10n-ok:" not in comment:
        return ()
    return tuple(
        Silence(found["check"], (found["reason"] or "").strip()) for found in _LINE().finditer(comment)
    )


def silenced(comment: str) -> dict[str, str]:
    """The reason for each check that the comment of an entry silences."""
    return {one.check: one.reason for one in reversed(silences(comment)) if one.check and one.reason}


def without_silences(comment: str, checks: Collection[str] = ()) -> str:
    """The comment without what it silences, or without what it silences of some checks."""
    if "l10n-ok:" not in comment:
        return comment
    kept = (line for line in comment.split("\n") if not _told(line, checks))
    return "\n".join(kept)


def _told(line: str, checks: Collection[str]) -> bool:
    found = _LINE().match(line)
    return found is not None and (not checks or found["check"] in checks)


def with_silences(comment: str, checks: Iterable[str], reason: str) -> str:
    """The comment with a line for each of the checks that it does not silence yet."""
    there = {one.check for one in silences(comment) if one.reason}
    said = " ".join(reason.split())
    lines = [f"l10n-ok: {check} -- {said}" for check in dict.fromkeys(checks) if check not in there]
    return "\n".join([*filter(None, [comment]), *lines])
