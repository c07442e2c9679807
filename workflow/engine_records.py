"""What is remembered about engines, in the ledger's database, for every process that asks them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from l10n.engines import Draft
from l10n.engines.limits import Limits, Usage
from l10n.engines.records import MINUTE, affordable, next_turn, pause_after, total
from workflow.store import rows
from workflow.store.database import DatabaseStore
from workflow.store.schema import answers, breakers, spending, turns

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class StoredRecords:
    """Records in a database; every writer waits for the one before, so that budgets hold."""

    store: DatabaseStore

    def answers(self, keys: Iterable[str]) -> Mapping[str, Draft]:
        """See Records."""
        distinct, drafts = list(dict.fromkeys(keys)), {}
        with self.store.reading() as connection:
            for start in range(0, len(distinct), _AT_ONCE):
                query = select(answers).where(answers.c.key.in_(distinct[start : start + _AT_ONCE]))
                for row in connection.execute(query):
                    drafts[row.key] = Draft(row.text, row.codes_missing, row.unknown, row.way)
        return drafts

    def remember(self, drafts: Mapping[str, Draft], now: dt.datetime) -> None:
        """See Records."""
        records = [
            {
                "key": key,
                "text": draft.text,
                "codes_missing": draft.codes_missing,
                "unknown": draft.unknown,
                "way": draft.way,
                "at": rows.stamp(now),
            }
            for key, draft in drafts.items()
        ]

        def keep(connection: Connection) -> None:
            for start in range(0, len(records), _AT_ONCE):
                part = records[start : start + _AT_ONCE]
                connection.execute(
                    delete(answers).where(answers.c.key.in_([record["key"] for record in part]))
                )
                connection.execute(insert(answers), part)

        self.store.writing(keep)

    def forget(self, before: dt.datetime) -> int:
        """See Records."""
        old = delete(answers).where(answers.c.at < rows.stamp(before))
        return self.store.writing(lambda connection: connection.execute(old).rowcount)

    def reserve(self, engine: str, characters: int, limits: Limits, day: dt.date) -> bool:
        """See Records."""

        def take(connection: Connection) -> bool:
            spent = _spent(connection, engine)
            if not affordable(spent, characters, limits, day):
                return False
            conditions = (spending.c.engine == engine, spending.c.day == day.isoformat())
            values = {"characters": spent.get(day, 0) + characters}
            if not connection.execute(update(spending).where(*conditions).values(values)).rowcount:
                connection.execute(insert(spending).values(engine=engine, day=day.isoformat(), **values))
            return True

        return self.store.writing(take)

    def usage(self, engine: str, day: dt.date) -> Usage:
        """See Records."""
        with self.store.reading() as connection:
            return total(_spent(connection, engine), day)

    def turn(self, engine: str, per_minute: int, now: dt.datetime) -> dt.datetime:
        """See Records."""
        query = (
            select(turns.c.at).where(turns.c.engine == engine).order_by(turns.c.at.desc()).limit(per_minute)
        )
        expired = delete(turns).where(turns.c.engine == engine, turns.c.at < rows.stamp(now - MINUTE))

        def take(connection: Connection) -> dt.datetime:
            taken = [rows.moment(at) for at in connection.execute(query).scalars()]
            turn_at = next_turn(taken, per_minute, now)
            connection.execute(expired)
            connection.execute(insert(turns).values(engine=engine, at=rows.stamp(turn_at)))
            return turn_at

        return self.store.writing(take)

    def closed_until(self, engine: str, pair: str) -> dt.datetime | None:
        """See Records."""
        query = select(breakers.c.until).where(breakers.c.engine == engine, breakers.c.pair == pair)
        with self.store.reading() as connection:
            until = connection.execute(query).scalar()
        return rows.moment(until) if until else None

    def failed(self, engine: str, pair: str, now: dt.datetime) -> None:
        """See Records."""
        conditions = (breakers.c.engine == engine, breakers.c.pair == pair)

        def count(connection: Connection) -> None:
            failures = (connection.execute(select(breakers.c.failures).where(*conditions)).scalar() or 0) + 1
            pause = pause_after(failures)
            until = rows.stamp(now + pause) if pause else ""
            connection.execute(delete(breakers).where(*conditions))
            connection.execute(
                insert(breakers).values(engine=engine, pair=pair, failures=failures, until=until)
            )

        self.store.writing(count)

    def worked(self, engine: str, pair: str) -> None:
        """See Records."""
        conditions = (breakers.c.engine == engine, breakers.c.pair == pair)
        with self.store.reading() as connection:
            failures = connection.execute(select(breakers.c.failures).where(*conditions)).scalar()
        if failures:
            self.store.writing(
                lambda connection: connection.execute(delete(breakers).where(*conditions)).rowcount
            )


def _spent(connection: Connection, engine: str) -> dict[dt.date, int]:
    """The characters an engine was asked, by day."""
    query = select(spending).where(spending.c.engine == engine)
    return {dt.date.fromisoformat(row.day): row.characters for row in connection.execute(query)}
