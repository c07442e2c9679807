"""The decisions that a person took together: one, or many in one step."""

from __future__ import annotations

from sqlalchemy import Connection, select

from workflow.store import Decision, rows
from workflow.store.schema import decisions


def decided_together(
    connection: Connection, release: str, locale: str, actor: str, first: int
) -> tuple[Decision, ...]:
    """What somebody decided in one step that began with the decision of a number, in order.

    Nothing when there is no decision of that number, or another person took it, or elsewhere.
    """
    begun = decisions.alias("begun")
    query = (
        select(decisions)
        .join(begun, (begun.c.id == first) & (decisions.c.id >= begun.c.id))
        .where(
            begun.c.release == release,
            begun.c.locale == locale,
            begun.c.actor == actor,
            decisions.c.at == begun.c.at,
            decisions.c.actor == begun.c.actor,
            decisions.c.release == begun.c.release,
            decisions.c.locale == begun.c.locale,
        )
        .order_by(decisions.c.id)
    )
    return tuple(map(rows.decision, connection.execute(query)))
