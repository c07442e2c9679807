"""The steps that bring an older database up to date; each goes forward by one version."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping

from sqlalchemy import Connection, func, insert, inspect, select, text, update

from l10n.errors import InputError
from workflow.store import catalogue_status, chain, rows, schema


def bring_up_to_date(connection: Connection) -> None:
    """Make the tables, or change those of an earlier version.

    Raises InputError when the database was made by a newer program.
    """
    if not inspect(connection).has_table(schema.versions.name):
        schema.metadata.create_all(connection)
        connection.execute(insert(schema.versions).values(version=schema.VERSION))
        return
    current = int(connection.execute(select(schema.versions.c.version)).scalar_one())
    if current > schema.VERSION:
        raise InputError(
            f"the ledger is of version {current}, this program knows {schema.VERSION}",
            remedy="Use a newer version of Passerelle.",
        )
    for version in range(current, schema.VERSION):
        _STEPS[version](connection)
        connection.execute(update(schema.versions).values(version=version + 1))


def _chain_decisions(connection: Connection) -> None:
    """1 → 2: every decision gets its place in the chain of its release."""
    for column in ("place INTEGER DEFAULT 0", "salt VARCHAR DEFAULT ''", "link VARCHAR DEFAULT ''"):
        connection.execute(text(f"ALTER TABLE decisions ADD COLUMN {column} NOT NULL"))
    connection.execute(text("ALTER TABLE decisions ADD COLUMN seals TEXT DEFAULT '{}' NOT NULL"))
    _add_outstanding(connection)  # rows are read as they are now
    _add_eyes(connection)
    schema.metadata.create_all(connection)
    table = schema.decisions
    heads: dict[str, tuple[str, int]] = {}
    for row in connection.execute(select(table).order_by(table.c.id)).all():
        decision = rows.decision(row)
        before, length = heads.get(decision.release, (chain.FIRST, 0))
        salt = secrets.token_hex(8)
        link = chain.link(before, decision, salt, {})
        heads[decision.release] = link, length + 1
        connection.execute(
            update(table)
            .where(table.c.id == decision.id)
            .values(place=length + 1, salt=salt, link=link, seals=json.dumps({}))
        )
    for release, (link, length) in heads.items():
        connection.execute(insert(schema.chains).values(release=release, link=link, length=length))


def _add_jobs(connection: Connection) -> None:
    """2 → 3: machines' work is kept beside people's."""
    schema.jobs.create(connection, checkfirst=True)


def _add_engine_records(connection: Connection) -> None:
    """3 → 4: what engines answered and cost is remembered."""
    for table in (schema.answers, schema.spending, schema.breakers):
        table.create(connection, checkfirst=True)


def _add_desk(connection: Connection) -> None:
    """4 → 5: what people keep beside decisions: accounts, comments, drafts, assignments."""
    for column in ("since", "about", "scope"):
        connection.execute(text(f"ALTER TABLE tokens ADD COLUMN {column} VARCHAR DEFAULT '' NOT NULL"))
    for table in (schema.accounts, schema.audit, schema.assignments, schema.comments, schema.drafts):
        table.create(connection, checkfirst=True)


def _add_letters(connection: Connection) -> None:
    """5 → 6: how often somebody wants a letter, and when the last one went out."""
    columns = {column["name"] for column in inspect(connection).get_columns("accounts")}
    for name, otherwise in (("letters", "daily"), ("told", "")):
        # The step before makes the table as it is now.
        if name not in columns:
            column = f"{name} VARCHAR DEFAULT '{otherwise}' NOT NULL"
            connection.execute(text(f"ALTER TABLE accounts ADD COLUMN {column}"))


def _remember_newest(connection: Connection) -> None:
    """6 → 7: the newest decision of each catalogue stands beside what was last written of it."""
    heads, table = schema.heads, schema.projections
    if "newest" not in {column["name"] for column in inspect(connection).get_columns(table.name)}:
        connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN newest INTEGER DEFAULT 0 NOT NULL"))
    newest = select(heads.c.release, heads.c.locale, func.max(heads.c.decision).label("newest")).group_by(
        heads.c.release, heads.c.locale
    )
    for row in connection.execute(newest).all():
        catalogue_status.decided(connection, row.release, row.locale, row.newest)


def _add_outstanding(connection: Connection) -> None:
    """7 → 8: a decision says which checks still found something when it was taken."""
    if "outstanding" not in {column["name"] for column in inspect(connection).get_columns("decisions")}:
        connection.execute(text("ALTER TABLE decisions ADD COLUMN outstanding TEXT DEFAULT '' NOT NULL"))


def _add_eyes(connection: Connection) -> None:
    """8 → 9: a decision says who wrote its target and who approved it so far."""
    columns = {column["name"] for column in inspect(connection).get_columns("decisions")}
    for name in ("author", "passed"):
        if name not in columns:
            connection.execute(text(f"ALTER TABLE decisions ADD COLUMN {name} VARCHAR DEFAULT '' NOT NULL"))


def _add_turns(connection: Connection) -> None:
    """9 → 10: engines' answers have an age, and rate limits hold for all processes together."""
    schema.turns.create(connection, checkfirst=True)
    if "at" not in {column["name"] for column in inspect(connection).get_columns("answers")}:
        connection.execute(text("ALTER TABLE answers ADD COLUMN at VARCHAR DEFAULT '' NOT NULL"))
        connection.execute(text("CREATE INDEX answers_by_age ON answers (at)"))
    newest = select(func.coalesce(func.max(schema.decisions.c.at), "")).scalar_subquery()
    connection.execute(schema.answers.update().where(schema.answers.c.at == "").values(at=newest))


def _add_language(connection: Connection) -> None:
    """10 → 11: letters are in the language that somebody reads the desk in."""
    if "language" not in {column["name"] for column in inspect(connection).get_columns("accounts")}:
        connection.execute(text("ALTER TABLE accounts ADD COLUMN language VARCHAR DEFAULT '' NOT NULL"))


_STEPS: Mapping[int, Callable[[Connection], None]] = {
    1: _chain_decisions,
    2: _add_jobs,
    3: _add_engine_records,
    4: _add_desk,
    5: _add_letters,
    6: _remember_newest,
    7: _add_outstanding,
    8: _add_eyes,
    9: _add_turns,
    10: _add_language,
}
