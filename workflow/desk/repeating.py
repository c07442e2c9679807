"""A decision that was asked for twice: by a double press, or again since its answer got lost."""

from __future__ import annotations

from l10n.project import Release
from workflow.desk.main import Desk
from workflow.desk.typed_text import clean_typed_text
from workflow.states import Action
from workflow.store import Decision, Person


def decision_taken_before(
    desk: Desk,
    person: Person,
    release: Release,
    locale: str,
    segment: str,
    action: Action,
    *,
    target: str,
    base: str,
    note: str,
) -> Decision | None:
    """The newest decision on a segment where it is the very one that is asked for, None otherwise.

    It is when the same person did the same with the same words, starting from what the person saw, whose
    digest is ``base``: then nobody came in between, and what was asked for stands.
    """
    row = desk.row_of(release, locale, segment)
    history = desk.ledger.store.history(release.id, locale, row.entry.key)
    asked = (person.id, action, clean_typed_text(target), clean_typed_text(note), base)
    newest = history[-1] if history else None
    if newest and (newest.actor, newest.action, newest.target, newest.note, newest.base) == asked:
        return newest
    return None
