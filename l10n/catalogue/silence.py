"""A finding that is no fault is silenced in the comment of its entry, with a reason."""

from __future__ import annotations

import re
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
