"""The store in a database that SQLAlchemy speaks to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from operator import attrgetter
from typing import TypeVar

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError, PendingRollbackError

from l10n.model import Key
from workflow.states import Refused
from workflow.store import (
    LONGEST_LEASE,
    AppendRequest,
    CatalogueStatus,
    ChainBreak,
    Claim,
    Decision,
    Person,
    Token,
    TokenKind,
    Unavailable,
    appending,
    catalogue_status,
    chain,
    migrations,
    rows,
    schema,
    segment_id,
    statements,
)
from workflow.store.connections import Connections
from workflow.store.writer import Writer

T = TypeVar("T")
_FRESH = 0.9
"""What part of a lease is still to run when it is not written again."""

_FORGOTTEN = "forgotten"
_OF_A_PERSON = (
    schema.tokens,
    schema.claims,
    schema.accounts,
    schema.audit,
    schema.assignments,
    schema.comments,
    schema.drafts,
)


class DatabaseStore:
    """A Store on SQLAlchemy Core, with one thread that writes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with engine.connect() as connection:
            writing = connection.execution_options(writing=True)
            with writing.begin():
                migrations.bring_up_to_date(writing)
        # What is only read needs no transaction there: each statement sees one moment anyway.
        alone = {"isolation_level": "AUTOCOMMIT"} if engine.dialect.name == "postgresql" else {}
        self._readers = Connections(engine, **alone)
        self._writer = Writer(Connections(engine, writing=True))

    def append(
        self, decisions: Sequence[Decision], *, also: Callable[[Connection], object] | None = None
    ) -> tuple[Decision, ...]:
        """See Store."""
        return self.writing(partial(_add, AppendRequest(tuple(decisions), also)))

    def append_each(self, additions: Sequence[AppendRequest]) -> tuple[tuple[Decision, ...] | Exception, ...]:
        """See Store."""
        answers = [self._writer.asked(partial(_add, addition)) for addition in additions]
        return tuple(map(_outcome, answers))

    def current(
        self, release: str, locale: str, keys: Collection[Key] | None = None, *, since: int = 0
    ) -> Mapping[Key, Decision]:
        """See Store."""
        if keys is not None and len(keys) <= appending.FEW:
            return self._some(release, locale, keys, since)
        heads, table = schema.heads, schema.decisions
        query = (
            select(table)
            .join(heads, heads.c.decision == table.c.id)
            .where(heads.c.release == release, heads.c.locale == locale, heads.c.decision > since)
            .order_by(table.c.id)
        )
        wanted_keys = None if keys is None else frozenset(keys)
        with self.reading() as connection:
            newest = map(rows.decision, connection.execute(query))
            return {
                decision.key: decision
                for decision in newest
                if wanted_keys is None or decision.key in wanted_keys
            }

    def _some(self, release: str, locale: str, keys: Collection[Key], since: int) -> Mapping[Key, Decision]:
        """The newest decisions on a few segments, looked up one by one."""
        parameters = {"release": release, "locale": locale}
        decisions: list[Decision] = []
        with self.reading() as connection:
            for key in keys:
                values = statements.HEAD_DECISION.run(
                    connection, parameters | {"segment": segment_id(key)}
                ).fetchone()
                if values:
                    decisions.append(rows.decided(values))
        return {
            decision.key: decision
            for decision in sorted(decisions, key=attrgetter("id"))
            if decision.id > since
        }

    def history(self, release: str, locale: str, key: Key) -> tuple[Decision, ...]:
        """See Store."""
        parameters = {"release": release, "locale": locale, "segment": segment_id(key)}
        with self.reading() as connection:
            return tuple(map(rows.decided, statements.HISTORY.run(connection, parameters).fetchall()))

    def newest(self, release: str, locale: str) -> int:
        """See Store."""
        return self.catalogue_status(release, locale).newest

    def projection(self, release: str, locale: str) -> tuple[str, int]:
        """See Store."""
        status = self.catalogue_status(release, locale)
        return status.digest, status.upto

    def catalogue_status(self, release: str, locale: str) -> CatalogueStatus:
        """See Store."""
        with self.reading() as connection:
            return catalogue_status.of(connection, release, locale)

    def catalogue_statuses(self) -> Mapping[tuple[str, str], CatalogueStatus]:
        """See Store."""
        with self.reading() as connection:
            return catalogue_status.every(connection)

    def faults(self, release: str, locale: str) -> Mapping[str, tuple[str, ...]]:
        """See Store."""
        with self.reading() as connection:
            return catalogue_status.faults(connection, release, locale)

    def projected(self, release: str, locale: str, digest: str, upto: int) -> None:
        """See Store."""
        self.writing(lambda connection: catalogue_status.written(connection, release, locale, digest, upto))

    def breaks(self) -> tuple[ChainBreak, ...]:
        """See Store."""
        table, chains = schema.decisions, schema.chains
        broken: list[ChainBreak] = []
        with self.reading() as connection:
            heads = {row.release: (row.link, row.length) for row in connection.execute(select(chains))}
            releases = set(connection.execute(select(table.c.release).distinct()).scalars()) | set(heads)
            for release in sorted(releases):
                query = select(table).where(table.c.release == release).order_by(table.c.place, table.c.id)
                links = map(rows.linked, connection.execute(query))
                broken.extend(chain.breaks(release, links, heads.get(release, (chain.FIRST, 0))))
        return tuple(broken)

    def claim(
        self, release: str, locale: str, segment: str, person: str, *, now: dt.datetime, until: dt.datetime
    ) -> Claim:
        """See Store."""
        own_claim = Claim(release, locale, segment, person, until)
        fresh = now + _FRESH * (until - now)

        def held(connection: Connection) -> Claim | None:
            """The lease that holds and is another's, or is the person's and new."""
            row = statements.CLAIM.run(
                connection, {"release": release, "locale": locale, "segment": segment}
            ).fetchone()
            standing = rows.claim(row) if row else None
            if standing is None or not now < standing.expires <= now + LONGEST_LEASE:
                return None
            return standing if standing.person != person or fresh <= standing.expires <= until else None

        def take(connection: Connection) -> Claim:
            if standing := held(connection):
                return standing
            statements.NEW_CLAIM.run(connection, asdict(own_claim) | {"expires": rows.stamp(until)})
            return own_claim

        with self.reading() as connection:
            standing = held(connection)
        return standing or self.writing(take)

    def unclaim(self, release: str, locale: str, segment: str, person: str) -> None:
        """See Store."""
        parameters = {"release": release, "locale": locale, "segment": segment, "person": person}
        self.writing(lambda connection: statements.NO_CLAIM.run(connection, parameters).rowcount)

    def claims(self, release: str, locale: str, *, now: dt.datetime) -> Mapping[str, Claim]:
        """See Store."""
        moments = {"now": rows.stamp(now), "latest": rows.stamp(now + LONGEST_LEASE)}
        with self.reading() as connection:
            cursor = statements.CLAIMS.run(connection, {"release": release, "locale": locale, **moments})
            return {claim.segment: claim for claim in map(rows.claim, cursor.fetchall())}

    def save_person(self, person: Person) -> None:
        """See Store."""
        table = schema.people
        values = {
            "login": person.login,
            "name": person.name,
            "roles": json.dumps(dict(person.roles), sort_keys=True),
            "password": person.password,
        }

        def save(connection: Connection) -> None:
            updated = connection.execute(update(table).where(table.c.id == person.id).values(values))
            if not updated.rowcount:
                connection.execute(insert(table).values(id=person.id, **values))

        try:
            self.writing(save)
        except IntegrityError:
            raise Refused(f"the login {person.login!r} is taken", remedy="Choose another.") from None

    def person(self, person_id: str) -> Person | None:
        """See Store."""
        with self.reading() as connection:
            row = statements.PERSON.run(connection, {"id": person_id}).fetchone()
        return rows.person(row) if row else None

    def person_by_login(self, login: str) -> Person | None:
        """See Store."""
        with self.reading() as connection:
            row = connection.execute(select(schema.people).where(schema.people.c.login == login)).first()
        return rows.person(row) if row else None

    def people(self) -> tuple[Person, ...]:
        """See Store."""
        table = schema.people
        query = select(table).where(table.c.name != _FORGOTTEN).order_by(table.c.name, table.c.id)
        with self.reading() as connection:
            return tuple(map(rows.person, connection.execute(query)))

    def forget(self, person_id: str) -> None:
        """See Store."""
        theirs = schema.assignments.c.person == person_id

        def erase(connection: Connection) -> None:
            # The day something is due stays when it is nobody's any more.
            due = update(schema.assignments).where(theirs, schema.assignments.c.due != "")
            connection.execute(due.values(person=""))
            for table in _OF_A_PERSON:
                connection.execute(delete(table).where(table.c.person == person_id))
            blank = {"login": f"{_FORGOTTEN}-{person_id}", "name": _FORGOTTEN, "roles": "{}", "password": ""}
            connection.execute(update(schema.people).where(schema.people.c.id == person_id).values(blank))
            _erase_notes(connection, person_id)

        self.writing(erase)

    def empty(self) -> None:
        """See Store."""

        def erase(connection: Connection) -> None:
            for table in (schema.heads, schema.chains, schema.projections, schema.claims, schema.decisions):
                connection.execute(delete(table))

        self.writing(erase)

    def save_token(self, token: Token) -> None:
        """See Store."""
        row = asdict(token) | {
            "expires": rows.stamp(token.expires),
            "since": rows.stamp(token.since) if token.since else "",
        }
        self.writing(lambda connection: connection.execute(insert(schema.tokens).values(row)).rowcount)

    def tokens(self, person: str, kind: TokenKind, *, now: dt.datetime) -> tuple[Token, ...]:
        """See Store."""
        table = schema.tokens
        query = (
            select(table)
            .where(table.c.person == person, table.c.kind == kind, table.c.expires > rows.stamp(now))
            .order_by(table.c.since.desc(), table.c.digest)
        )
        with self.reading() as connection:
            return tuple(map(rows.token, connection.execute(query)))

    def token(self, kind: TokenKind, digest: str, *, now: dt.datetime) -> Token | None:
        """See Store."""
        table = schema.tokens
        query = select(table).where(
            table.c.kind == kind, table.c.digest == digest, table.c.expires > rows.stamp(now)
        )
        with self.reading() as connection:
            row = connection.execute(query).first()
        return rows.token(row) if row else None

    def holder(self, kind: TokenKind, digest: str, *, now: dt.datetime) -> Person | None:
        """See Store."""
        parameters = {"kind": str(kind), "digest": digest, "now": rows.stamp(now)}
        with self.reading() as connection:
            row = statements.HOLDER.run(connection, parameters).fetchone()
        return rows.person(row) if row else None

    def take_token(self, kind: TokenKind, digest: str, *, now: dt.datetime) -> str | None:
        """See Store."""
        table = schema.tokens
        statement = (
            delete(table)
            .where(table.c.kind == kind, table.c.digest == digest, table.c.expires > rows.stamp(now))
            .returning(table.c.person)
        )
        return self.writing(lambda connection: connection.execute(statement).scalar())

    def drop_token(self, kind: TokenKind, digest: str) -> None:
        """See Store."""
        table = schema.tokens
        statement = delete(table).where(table.c.kind == kind, table.c.digest == digest)
        self.writing(lambda connection: connection.execute(statement).rowcount)

    def rest(self) -> None:
        """Let the thread that writes end until there is more to write, as before the process is forked."""
        self._writer.rest()

    def close(self) -> None:
        """See Store."""
        self._writer.close()
        self._readers.close()
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database."""
        with _answering(), self._readers.one() as connection:
            yield connection

    def writing(self, work: Callable[[Connection], T]) -> T:
        """What ``work`` returns, once what it did is durable."""
        with _answering():
            return self._writer.run(work)


@contextmanager
def _answering() -> Iterator[None]:
    """Say it in the store's words when the database fails; its own may hold an address."""
    try:
        yield
    except (OperationalError, PendingRollbackError) as error:
        # The second is what is left of a connection that was lost between two statements.
        failure = type(getattr(error, "orig", None) or error).__name__
        raise Unavailable(
            f"the ledger's database failed ({failure})",
            remedy="Check that it runs and that its disk has room, then do it again.",
        ) from error


def _add(addition: AppendRequest, connection: Connection) -> tuple[Decision, ...]:
    appended = appending.append(connection, addition.decisions)
    if addition.also:
        addition.also(connection)
    return appended


def _outcome(answer: Future[T]) -> T | Exception:
    """What was answered, or the error it was answered with."""
    try:
        with _answering():
            return answer.result()
    except Exception as error:  # noqa: BLE001 - it is the asker's to raise
        return error


def _erase_notes(connection: Connection, person_id: str) -> None:
    """Blank what a person wrote beside targets; the digests that the chain needs are kept."""
    table = schema.decisions
    segment_columns = (table.c.release, table.c.locale, table.c.segment)
    segments = select(*segment_columns).where(table.c.actor == person_id).distinct()
    for release, locale, segment in connection.execute(segments).all():
        conditions = (table.c.release == release, table.c.locale == locale, table.c.segment == segment)
        author = comment = ""
        for row in connection.execute(select(table).where(*conditions).order_by(table.c.id)).all():
            if row.comment != comment:
                author, comment = row.actor, row.comment
            owned = [
                name for name, writer in (("note", row.actor), ("comment", author)) if writer == person_id
            ]
            if blank := [name for name in owned if getattr(row, name)]:
                _blank(connection, rows.linked(row), row.id, blank)


def _blank(connection: Connection, linked: chain.Linked, number: int, names: Sequence[str]) -> None:
    seals = dict(linked.seals)
    for name in names:
        seals.setdefault(name, chain.seal(linked.salt, name, getattr(linked.decision, name)))
    values = dict.fromkeys(names, "") | {"seals": json.dumps(seals, sort_keys=True)}
    table = schema.decisions
    connection.execute(update(table).where(table.c.id == number).values(values))
