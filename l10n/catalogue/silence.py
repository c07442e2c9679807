"""A finding that is no fault is silenced in the comment of its entry, with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# # l10n-ok: numbers -- the region counts in dozens
_LINE = re.compile(
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
        Silence(found["check"], (found["reason"] or "").strip()) for found in _LINE.finditer(comment)
    )


def without_silences(comment: str) -> str:
    """The comment of an entry whose source changed: what was silenced has to be looked at again."""
    if "l10n-ok:" not in comment:
        return comment
    return "\n".join(line for line in comment.split("\n") if not _LINE.match(line))


def with_silences(comment: str, checks: Iterable[str], reason: str) -> str:
    """The comment with a line for each of the checks that it does not silence yet."""
    there = {one.check for one in silences(comment) if one.reason}
    said = " ".join(reason.split())
    lines = [f"l10n-ok: {check} -- {said}" for check in dict.fromkeys(checks) if check not in there]
    return "\n".join([*filter(None, [comment]), *lines])
