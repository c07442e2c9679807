"""What happened for a person: who named, asked or answered them, what was sent back, what is theirs to do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from l10n.project import Release
from workflow.desk_records import Comment, DeskRecords
from workflow.states import Action
from workflow.store import Person, segment_id

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
        (one.release, one.segment) for one in notes.newest_comments(since=None) if one.person == person.id
    }
    for one in notes.newest_comments(since=since):
        if one.person == person.id:
            continue
        locale = _where(find, person, one)
        if not locale:
            continue
        place = one.release, one.segment
        named = person.login in mentions(one.text)
        if named or place in spoken or (one.asks and edits):
            what = "named" if named else "asked" if one.asks else "answered"
            yield Notification(what, one.at, one.person, one.release, locale, one.segment, one.text)
    for given in notes.assignments().values():
        if given.person == person.id and (since is None or given.at > since):
            yield Notification("assigned", given.at, "", given.release, given.locale)


def sent_back_to(notes: DeskRecords, releases: Iterable[Release], person: Person) -> Iterator[Notification]:
    """What somebody sent back that the person had worked on, and that nobody decided since."""
    store = notes.store
    for release in releases:
        for locale in filter(person.role, release.locales):
            for key, head in store.current(release.id, locale).items():
                if head.action is not Action.SEND_BACK or head.actor == person.id:
                    continue
                if any(one.actor == person.id for one in store.history(release.id, locale, key)):
                    text = head.note or head.target
                    yield Notification(
                        "returned", head.at, head.actor, release.id, locale, segment_id(key), text
                    )


def _where(find: Find, person: Person, said: Comment) -> str:
    """The language in which a person looks at what was said, "" when it is not theirs to see."""
    if said.locale:
        return said.locale if person.role(said.locale) else ""
    release = find(said.release)
    return next((locale for locale in release.locales if person.role(locale)), "") if release else ""
