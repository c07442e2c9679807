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
        Silence(match["check"], (match["reason"] or "").strip()) for match in _LINE().finditer(comment)
    )


def silenced(comment: str) -> dict[str, str]:
    """The reason for each check that the comment of an entry silences."""
    return {
        silence.check: silence.reason
        for silence in reversed(silences(comment))
        if silence.check and silence.reason
    }


def without_silences(comment: str, checks: Collection[str] = ()) -> str:
    """The comment without what it silences, or without what it silences of some checks."""
    if "l10n-ok:" not in comment:
        return comment
    lines = (line for line in comment.split("\n") if not _is_silence(line, checks))
    return "\n".join(lines)


def _is_silence(line: str, checks: Collection[str]) -> bool:
    match = _LINE().match(line)
    return match is not None and (not checks or match["check"] in checks)


def with_silences(comment: str, checks: Iterable[str], reason: str) -> str:
    """The comment with a line for each of the checks that it does not silence yet."""
    present = {silence.check for silence in silences(comment) if silence.reason}
    reason_text = " ".join(reason.split())
    lines = [f"l10n-ok: {check} -- {reason_text}" for check in dict.fromkeys(checks) if check not in present]
    return "\n".join([*filter(None, [comment]), *lines])
