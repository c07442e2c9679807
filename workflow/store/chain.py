"""Decisions are chained: each link is a digest over the one before and the decision's own fields.

What may have to be forgotten (a note, a comment) enters the link through a salted digest of its
own.  When it is erased the digest is kept, so the chain still verifies and the text is gone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workflow.store import ChainBreak, Decision

FIRST = "0" * 64
ERASABLE = ("note", "comment")
_KEPT = (
    *("release", "locale", "context", "source", "target", "state", "fuzzy", "action"),
    *("actor", "at", "digest", "base", "origin", "previous"),
)


@dataclass(frozen=True, slots=True)
class Linked:
    """A decision with its place in the chain of its release.

    ``place`` counts from 1.  ``seals`` has the digests of erased fields.
    """

    decision: Decision
    place: int
    salt: str
    link: str
    seals: Mapping[str, str]


def link(before: str, decision: Decision, salt: str, seals: Mapping[str, str]) -> str:
    """The digest that follows ``before``, in 64 hexadecimal digits."""
    fields = [before, salt, *(_written(getattr(decision, name)) for name in _KEPT)]
    # Those made before these were kept have none, and keep their links.
    if decision.outstanding:
        fields.append(f"outstanding {decision.outstanding}")
    if decision.author:
        fields.append(f"eyes {decision.author} {' '.join(decision.passed)}")
    fields += [seals.get(name) or seal(salt, name, getattr(decision, name)) for name in ERASABLE]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=True).encode()).hexdigest()


def seal(salt: str, name: str, value: str) -> str:
    """The salted digest of an erasable field."""
    return hashlib.sha256(json.dumps([salt, name, value], ensure_ascii=True).encode()).hexdigest()


def breaks(release: str, chain: Iterable[Linked], head: tuple[str, int]) -> Iterator[ChainBreak]:
    """Where the chain of a release is broken; the first one matters, the others may follow from it.

    ``head`` is the (link, length) that was remembered apart.
    """
    before, place = FIRST, 0
    for linked in chain:
        place += 1
        if linked.place != place:
            yield ChainBreak(release, place, f"decision {place} is missing")
            return
        if linked.link != link(before, linked.decision, linked.salt, linked.seals):
            yield ChainBreak(release, place, "the decision is not the one that was recorded")
            return
        before = linked.link
    if (before, place) != head:
        yield ChainBreak(release, place + 1, f"the chain ends after {place} of {head[1]} decisions")


def _written(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return str(value)
