"""What happened for a person: who named, asked or answered them, what was sent back, what is theirs to do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from l10n.project import Release
from workflow.desk_records import Comment, DeskRecords
from workflow.states import Action
from workflow.store import Person, rows, segment_id
from workflow.store.schema import decisions, heads

Find = Callable[[str], Release | None]
NAMED = re.compile(r"((?<![\w@])@\w(?:[\w.+-]*\w)?)")


@dataclass(frozen=True, slots=True)
class Notification:
    """Something that happened for a person: a comment, a return, an assignment."""

    what: str
    at: dt.datetime
    who: str
    release: str
    locale: str
    segment: str = ""
    text: str = ""


def mentions(text: str) -> frozenset[str]:
    """The logins that a comment names, as in "@ana"."""
    return frozenset(name[1:].lower() for name in NAMED.findall(text))


def notifications_for(
    notes: DeskRecords, find: Find, person: Person, since: dt.datetime | None
) -> Iterator[Notification]:
    """Comments that name a person or go on where they spoke, questions, assignments.

    ``find`` gives a release by its id, None for one that cannot be read.
    """
    edits = person.edits_somewhere
    spoken = {
        (comment.release, comment.segment)
        for comment in notes.newest_comments(since=None)
        if comment.person == person.id
    }
    for comment in notes.newest_comments(since=since):
        if comment.person == person.id:
            continue
        locale = _where(find, person, comment)
        if not locale:
            continue
        place = comment.release, comment.segment
        named = person.login in mentions(comment.text)
        if named or place in spoken or (comment.asks and edits):
            what = "named" if named else "asked" if comment.asks else "answered"
            yield Notification(
                what, comment.at, comment.person, comment.release, locale, comment.segment, comment.text
            )
    for assignment in notes.assignments().values():
        if assignment.person == person.id and (since is None or assignment.at > since):
            yield Notification("assigned", assignment.at, "", assignment.release, assignment.locale)


def sent_back_to(notes: DeskRecords, releases: Iterable[Release], person: Person) -> Iterator[Notification]:
    """What somebody sent back that the person had worked on, and that nobody decided since."""
    places = {(release.id, locale) for release in releases for locale in filter(person.role, release.locales)}
    own = decisions.alias()
    is_own = [own.c[name] == decisions.c[name] for name in ("release", "locale", "segment")]
    worked_on = select(own.c.id).where(*is_own, own.c.actor == person.id).exists()
    query = (
        select(decisions)
        .join(heads, heads.c.decision == decisions.c.id)
        .where(decisions.c.action == str(Action.SEND_BACK), decisions.c.actor != person.id, worked_on)
        .order_by(decisions.c.id)
    )
    with notes.store.reading() as connection:
        returned = [rows.decision(row) for row in connection.execute(query).all()]
    for head in returned:
        if (head.release, head.locale) in places:
            text = head.note or head.target
            yield Notification(
                "returned", head.at, head.actor, head.release, head.locale, segment_id(head.key), text
            )


def _where(find: Find, person: Person, comment: Comment) -> str:
    """The language in which a person looks at what was said, "" when it is not theirs to see.

    A question about the source is looked at where it was asked, by whoever has no role there in the first
    language that they have one in.
    """
    if comment.locale and person.role(comment.locale):
        return comment.locale
    if not comment.asks:
        return ""
    release = find(comment.release)
    return next((locale for locale in release.locales if person.role(locale)), "") if release else ""
