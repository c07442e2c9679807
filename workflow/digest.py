"""One letter a day to whoever wants it, when something happened for them; it says what kind, never what.

It is in the language that they read the desk in.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from l10n import project
from l10n.messages import messages
from workflow.desk_records import DAILY, desk_records_of
from workflow.ledger import Ledger
from workflow.mail import Email
from workflow.notifications import Notification, notifications_for, sent_back_to
from workflow.store import Person

HOUR = 6  # UTC
_SAID: Mapping[str, tuple[str, str]] = {
    "named": ("somebody named you once", "somebody named you %(num)s times"),
    "asked": ("%(num)s question about a source", "%(num)s questions about a source"),
    "answered": ("%(num)s comment where you spoke", "%(num)s comments where you spoke"),
    "returned": ("%(num)s sentence was sent back", "%(num)s sentences were sent back"),
    "assigned": ("%(num)s release is yours to do", "%(num)s releases are yours to do"),
}


def next_hour(now: dt.datetime) -> dt.datetime:
    """The next moment at which the letters of a day go out."""
    today = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return today if now < today else today + dt.timedelta(days=1)


def readers(ledger: Ledger, day: dt.date) -> Iterator[Person]:
    """Whoever wants a letter and has had none that day."""
    notes = desk_records_of(ledger.store)
    for person in ledger.store.people():
        account = notes.account(person.id)
        if account.email and account.letters == DAILY and (account.told is None or account.told.date() < day):
            yield person


def letter(ledger: Ledger, person: Person, day: dt.date, desk: str) -> Email | None:
    """The letter of a day, None when there is nothing the person has not been told or seen.

    ``desk`` is its address, "" when nobody said.  The letter's own name is the same however often it is
    sent, so that a mail program shows it once.
    """
    notes = desk_records_of(ledger.store)
    account = notes.account(person.id)
    since = max((at for at in (account.told, account.seen) if at), default=None)
    releases = {release.id: release for release in project.readable_releases(ledger.project).releases}
    notifications = chain(
        notifications_for(notes, releases.get, person, since), sent_back_to(notes, releases.values(), person)
    )
    kinds = Counter(notification.what for notification in notifications if _is_new(notification, since))
    if not kinds:
        return None
    translations = messages(account.language or "en")
    name = {"name": " ".join(ledger.project.settings.name.split())}
    lines = [
        translations.ngettext(*_SAID[kind], number) % {"num": number}
        for kind, number in sorted(kinds.items())
    ]
    end = [translations.gettext("See the desk.")]
    if desk:
        end = [
            translations.gettext("See %(where)s") % {"where": f"{desk}/news"},
            translations.gettext("Change how often this comes: %(where)s") % {"where": f"{desk}/me"},
        ]
    text = "\n".join((translations.gettext("New for you at %(name)s:") % name, "", *lines, "", *end, ""))
    values = {"num": kinds.total(), **name}
    subject = translations.ngettext(
        "%(num)s new for you (%(name)s)", "%(num)s new for you (%(name)s)", kinds.total()
    )
    return Email(account.email, subject % values, text, f"{day}.{person.id}")


def _is_new(notification: Notification, since: dt.datetime | None) -> bool:
    return since is None or notification.at > since
