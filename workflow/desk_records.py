"""What people keep at the desk beside decisions: accounts, comments, drafts, assignments, an audit."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from workflow.store import Store, rows, statements
from workflow.store.database import DatabaseStore
from workflow.store.schema import accounts, assignments, audit, comments, drafts
from workflow.store.statements import Statement

DAILY, NEVER = "daily", "never"
_KEPT_DRAFTS = 200

_COMMENT = "SELECT id, release, locale, segment, person, at, text, asks, resolved FROM comments"
_SAID = Statement(
    f"{_COMMENT} WHERE release = :release AND segment = :segment AND (asks OR locale = :locale) ORDER BY at"
)
_NEWEST = Statement(f"{_COMMENT} WHERE at > :since ORDER BY at DESC LIMIT :most")
_ASSIGNED = Statement("SELECT release, locale, person, due, at FROM assignments")
_ACCOUNT = Statement(
    "SELECT person, email, totp, step, away, seen, letters, told, language FROM accounts"
    " WHERE person = :person"
)
_DRAFT = Statement(
    "SELECT person, release, locale, segment, target, base, at FROM drafts"
    " WHERE person = :person AND release = :release AND locale = :locale AND segment = :segment"
)
_TYPED = Statement(
    "DELETE FROM drafts"
    " WHERE person = :person AND release = :release AND locale = :locale AND segment = :segment"
)


@dataclass(frozen=True, slots=True)
class Account:
    """What a person set for themselves.

    ``totp`` is the secret of a second factor, "" without one, and ``step`` the time of the last
    code that was used.  ``away`` is the last day somebody is away; ``seen`` when they last looked
    at what is new.  ``letters`` is how often they want one of those; ``told`` when the last went out.
    ``language`` is the one they read the desk in, "" while that is not known.
    """

    person: str
    email: str = ""
    totp: str = ""
    step: int = 0
    away: dt.date | None = None
    seen: dt.datetime | None = None
    letters: str = DAILY
    told: dt.datetime | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about a segment in a language.

    ``asks`` says that it is for whoever wrote the source, and seen in every language; the ledgers of earlier
    versions do not know in which one it was asked.  ``resolved`` is the person who closed it, "" while it is
    open.
    """

    id: str
    release: str
    locale: str
    segment: str
    person: str
    at: dt.datetime
    text: str
    asks: bool = False
    resolved: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person typed and has not decided; ``base`` is the digest it started from."""

    person: str
    release: str
    locale: str
    segment: str
    target: str
    base: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Assignment:
    """A release in a language that is somebody's to do, until a day or without one."""

    release: str
    locale: str
    person: str
    due: dt.date | None
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """An entry of the audit log (sign-ins, invitations, publications): ``what`` happened to ``about``."""

    id: str
    at: dt.datetime
    person: str
    what: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class DeskRecords:
    """Reads and writes accounts, comments, drafts, assignments and the audit log in the ledger's database."""

    store: DatabaseStore

    def account(self, person: str) -> Account:
        """What a person set, the plain account when nothing."""
        with self.store.reading() as connection:
            row = _ACCOUNT.run(connection, {"person": person}).fetchone()
        if row is None:
            return Account(person)
        _, email, totp, step, away, seen, letters, told, language = row
        return Account(
            person,
            email,
            totp,
            step,
            dt.date.fromisoformat(away) if away else None,
            rows.moment(seen) if seen else None,
            letters,
            rows.moment(told) if told else None,
            language,
        )

    def save_account(self, account: Account) -> None:
        """Keep what a person set."""
        row = asdict(account) | {
            "away": account.away.isoformat() if account.away else "",
            "seen": rows.stamp(account.seen) if account.seen else "",
            "told": rows.stamp(account.told) if account.told else "",
        }

        def save(connection: Any) -> None:  # noqa: ANN401 - a connection
            connection.execute(delete(accounts).where(accounts.c.person == account.person))
            connection.execute(insert(accounts).values(row))

        self.store.writing(save)

    def with_email(self, email: str) -> tuple[str, ...]:
        """The people who gave an e-mail address, whatever the case of its letters."""
        query = select(accounts.c.person).where(func.lower(accounts.c.email) == email.lower())
        with self.store.reading() as connection:
            return tuple(row.person for row in connection.execute(query))

    def use_step(self, person: str, step: int) -> bool:
        """Use up the code of a time; False when it, or a later one, was used before."""
        later = accounts.c.step < step
        statement = update(accounts).where(accounts.c.person == person, later).values(step=step)
        return bool(self.store.writing(lambda connection: connection.execute(statement).rowcount))

    def tell(self, person: str, at: dt.datetime) -> None:
        """Remember when the last letter of news went out."""
        statement = update(accounts).where(accounts.c.person == person).values(told=rows.stamp(at))
        self.store.writing(lambda connection: connection.execute(statement).rowcount)

    def speak(self, person: str, language: str) -> None:
        """Remember the language that somebody reads the desk in."""

        def keep(connection: Any) -> None:  # noqa: ANN401 - a connection
            statement = update(accounts).where(accounts.c.person == person).values(language=language)
            if not connection.execute(statement).rowcount:
                values = {"person": person, "email": "", "totp": "", "step": 0, "away": "", "seen": ""}
                connection.execute(insert(accounts).values({**values, "language": language}))

        self.store.writing(keep)

    def note(self, at: dt.datetime, person: str, what: str, about: str = "") -> None:
        """Add an event to the audit log."""
        row = {"id": secrets.token_hex(8), "at": rows.stamp(at), "person": person, "what": what}
        statement = insert(audit).values(row | {"about": about[:200]})
        self.store.writing(lambda connection: connection.execute(statement).rowcount)

    def events(self, person: str | None = None, *, what: str = "", most: int = 20) -> tuple[AuditEvent, ...]:
        """What happened lately to a person's account, or to all, or of one kind, the newest first."""
        query = select(audit).order_by(audit.c.at.desc(), audit.c.id).limit(most)
        if what:
            query = query.where(audit.c.what == what)
        if person is not None:
            query = query.where(audit.c.person == person)
        with self.store.reading() as connection:
            event_rows = connection.execute(query).all()
        return tuple(map(_event, event_rows))

    def about(self, what: Collection[str], release: str) -> tuple[AuditEvent, ...]:
        """What people did to a release as a whole, the oldest first: its id is a word of the ``about``."""
        query = select(audit).where(audit.c.what.in_(what)).order_by(audit.c.at, audit.c.id)
        with self.store.reading() as connection:
            candidates = connection.execute(
                query.where(audit.c.about.contains(release, autoescape=True))
            ).all()
        return tuple(_event(row) for row in candidates if release in row.about.split())

    def say(self, comment: Comment) -> None:
        """Keep a comment."""
        statement = insert(comments).values(asdict(comment) | {"at": rows.stamp(comment.at)})
        self.store.writing(lambda connection: connection.execute(statement).rowcount)

    def resolve(self, comment_id: str, person: str) -> None:
        """Close a comment, or with "" open it again."""
        statement = update(comments).where(comments.c.id == comment_id).values(resolved=person)
        self.store.writing(lambda connection: connection.execute(statement).rowcount)

    def comments(self, release: str, segment: str, locale: str) -> tuple[Comment, ...]:
        """What was said about a segment in a language, and about its source, the oldest first."""
        parameters = {"release": release, "segment": segment, "locale": locale}
        with self.store.reading() as connection:
            return tuple(map(_comment, _SAID.run(connection, parameters).fetchall()))

    def comment(self, comment_id: str) -> Comment | None:
        """The comment with an id."""
        with self.store.reading() as connection:
            row = connection.execute(select(comments).where(comments.c.id == comment_id)).first()
        return _comment(row) if row else None

    def open_comments(self, release: str, locale: str) -> Mapping[str, int]:
        """How many comments of each segment nobody has closed."""
        conditions = (
            comments.c.release == release,
            or_(comments.c.asks, comments.c.locale == locale),
            comments.c.resolved == "",
        )
        query = select(comments.c.segment, func.count()).where(*conditions).group_by(comments.c.segment)
        with self.store.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def newest_comments(self, *, since: dt.datetime | None, most: int = 200) -> tuple[Comment, ...]:
        """What was said since a moment, anywhere, the newest first."""
        parameters = {"since": rows.stamp(since) if since else "", "most": most}
        with self.store.reading() as connection:
            return tuple(map(_comment, _NEWEST.run(connection, parameters).fetchall()))

    def keep_draft(self, draft: Draft) -> None:
        """Keep what somebody is typing; an empty base and target forgets it."""
        conditions = _of(draft.person, draft.release, draft.locale, draft.segment)
        row = asdict(draft) | {"at": rows.stamp(draft.at)}

        def keep(connection: Any) -> None:  # noqa: ANN401 - a connection
            connection.execute(delete(drafts).where(*conditions))
            count_drafts = select(func.count()).select_from(drafts).where(drafts.c.person == draft.person)
            if connection.execute(count_drafts).scalar_one() < _KEPT_DRAFTS:
                connection.execute(insert(drafts).values(row))

        self.store.writing(keep)

    def drop_draft(self, person: str, release: str, locale: str, segment: str) -> None:
        """Forget what somebody was typing."""
        statement = delete(drafts).where(*_of(person, release, locale, segment))
        self.store.writing(lambda connection: connection.execute(statement).rowcount)

    def draft(self, person: str, release: str, locale: str, segment: str) -> Draft | None:
        """What somebody was typing."""
        parameters = {"person": person, "release": release, "locale": locale, "segment": segment}
        with self.store.reading() as connection:
            row = _DRAFT.run(connection, parameters).fetchone()
        return _draft(row) if row else None

    def drafts(self, person: str) -> tuple[Draft, ...]:
        """Everything a person typed and has not decided, the newest first."""
        query = select(drafts).where(drafts.c.person == person).order_by(drafts.c.at.desc())
        with self.store.reading() as connection:
            return tuple(map(_draft, connection.execute(query)))

    def assign(self, assignment: Assignment) -> None:
        """Make a release in a language somebody's; an empty person leaves it to whoever comes."""
        conditions = assignments.c.release == assignment.release, assignments.c.locale == assignment.locale
        row = asdict(assignment) | {
            "due": assignment.due.isoformat() if assignment.due else "",
            "at": rows.stamp(assignment.at),
        }

        def keep(connection: Any) -> None:  # noqa: ANN401 - a connection
            connection.execute(delete(assignments).where(*conditions))
            if assignment.person or assignment.due:
                connection.execute(insert(assignments).values(row))

        self.store.writing(keep)

    def assignments(self) -> Mapping[tuple[str, str], Assignment]:
        """Every assignment, by release and locale."""
        with self.store.reading() as connection:
            listed = map(_assignment, _ASSIGNED.run(connection, {}).fetchall())
            return {(assignment.release, assignment.locale): assignment for assignment in listed}

    def away(self, today: dt.date) -> Sequence[str]:
        """Who is away on a day."""
        query = select(accounts.c.person).where(accounts.c.away >= today.isoformat())
        with self.store.reading() as connection:
            return [row.person for row in connection.execute(query)]


def desk_records_of(store: Store) -> DeskRecords:
    """The desk's records in a ledger's database."""
    if not isinstance(store, DatabaseStore):
        raise TypeError(store)
    return DeskRecords(store)


def drop_draft_and_claim(connection: Connection, place: tuple[str, str, str, str]) -> None:
    """Forget what a person was typing and give their lease back; ``place`` is as ``draft`` takes it."""
    parameters = dict(zip(("person", "release", "locale", "segment"), place, strict=True))
    statements.NO_CLAIM.run(connection, parameters)
    _TYPED.run(connection, parameters)


def _of(person: str, release: str, locale: str, segment: str) -> tuple[Any, ...]:
    return (
        drafts.c.person == person,
        drafts.c.release == release,
        drafts.c.locale == locale,
        drafts.c.segment == segment,
    )


def _event(row: Any) -> AuditEvent:  # noqa: ANN401 - a row
    return AuditEvent(row.id, rows.moment(row.at), row.person, row.what, row.about)


def _comment(values: Sequence[Any]) -> Comment:
    id_, release, locale, segment, person, at, text, asks, resolved = values
    return Comment(id_, release, locale, segment, person, rows.moment(at), text, bool(asks), resolved)


def _draft(values: Sequence[Any]) -> Draft:
    person, release, locale, segment, target, base, at = values
    return Draft(person, release, locale, segment, target, base, rows.moment(at))


def _assignment(values: Sequence[Any]) -> Assignment:
    release, locale, person, due, at = values
    return Assignment(release, locale, person, dt.date.fromisoformat(due) if due else None, rows.moment(at))
