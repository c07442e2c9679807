"""Appends decisions: each follows the newest on its segment, and is chained to the last of its release."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from workflow.store import Decision, StaleDecision, catalogue_status, chain, rows, segment_id, statements

FEW = 20
"""Segments that are looked up one by one; all of their catalogue are for more."""

Place = tuple[str, str, str]
"""A segment: release, locale and the segment's id."""


def append(connection: Connection, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions with their numbers, once they are there.

    What they share is asked and told once: the newest decisions of a catalogue, the end of a chain.  Raises
    StaleDecision when one does not start from the newest decision on its segment.
    """
    heads = _heads(connection, [_place(decision) for decision in decisions])
    ends: dict[str, tuple[str, int]] = {}
    newest: dict[tuple[str, str], int] = {}
    appended: list[Decision] = []
    for decision in decisions:
        place = _place(decision)
        number, digest = heads.get(place, (0, ""))
        if digest != decision.base:
            current = statements.DECISION.run(connection, {"id": number}).fetchone()
            raise StaleDecision(rows.decided(current) if current else None)
        row = rows.of_decision(decision) | {"segment": place[2]} | _link(connection, decision, ends)
        (number,) = statements.NEW_DECISION.run(connection, row).fetchone()
        heads[place] = number, decision.digest
        newest[place[:2]] = number
        appended.append(replace(decision, id=number))
    _remember(connection, {place: heads[place] for place in map(_place, decisions)}, ends, newest)
    return tuple(appended)


def _place(decision: Decision) -> Place:
    return decision.release, decision.locale, segment_id(decision.key)


def _heads(connection: Connection, places: Sequence[Place]) -> dict[Place, tuple[int, str]]:
    """The (number, digest) of the newest decisions on some segments, where there are any."""
    heads: dict[Place, tuple[int, str]] = {}
    if len(places) > FEW:
        for release, locale in {place[:2] for place in places}:
            found = statements.HEADS.run(connection, {"release": release, "locale": locale})
            for segment, number, digest in found.fetchall():
                heads[release, locale, segment] = number, digest
        return heads
    for place in places:
        if row := statements.HEAD.run(connection, _named(place)).fetchone():
            heads[place] = row
    return heads


def _link(connection: Connection, decision: Decision, ends: dict[str, tuple[str, int]]) -> dict[str, object]:
    """The chain's columns for a decision; the end of its release's chain, in ``ends``, moves on."""
    if decision.release not in ends:
        last = statements.LAST_LINK.run(connection, {"release": decision.release}).fetchone()
        ends[decision.release] = last or (chain.FIRST, 0)
    before, length = ends[decision.release]
    salt = secrets.token_hex(8)
    link = chain.link(before, decision, salt, {})
    ends[decision.release] = link, length + 1
    return {"place": length + 1, "salt": salt, "link": link, "seals": "{}"}


def _remember(
    connection: Connection,
    heads: Mapping[Place, tuple[int, str]],
    ends: Mapping[str, tuple[str, int]],
    newest: Mapping[tuple[str, str], int],
) -> None:
    """Note what is newest now: on each segment, in each chain, in each catalogue."""
    new_heads = [
        _named(place) | {"decision": number, "digest": digest} for place, (number, digest) in heads.items()
    ]
    statements.NEW_HEAD.run_each(connection, new_heads)
    for release, (link, length) in ends.items():
        statements.NEXT_LINK.run(connection, {"release": release, "link": link, "length": length})
    for (release, locale), number in newest.items():
        catalogue_status.decided(connection, release, locale, number)


def _named(place: Place) -> dict[str, object]:
    return dict(zip(("release", "locale", "segment"), place, strict=True))
