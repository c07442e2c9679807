"""How far everything is: releases by language, pace, who did what, what drafts cost."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, islice

from fastapi import APIRouter
from fastapi.responses import Response

from l10n.project import Release
from workflow.desk import Task
from workflow.desk.main import PERSON_ACTIONS
from workflow.desk_records import Assignment, desk_records_of
from workflow.states import Action
from workflow.throughput import DAYS, WEEK, Pace, PersonDecision, pace
from workflow.web.base_path import desk_path
from workflow.web.release_names import alike
from workflow.web.services import ServicesDep, SignedIn
from workflow.web.templating import page

router = APIRouter()
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A release in a language: how far, what is in the way, whose it is, when it may be done."""

    task: Task
    given: Assignment | None
    days: int | None

    @property
    def percent(self) -> int:
        """How much is approved."""
        return 100 * self.task.counts.approved // (self.task.counts.total or 1)

    @property
    def unreviewed(self) -> int:
        """What is translated and waits for a reviewer."""
        return self.task.counts.translated - self.task.counts.approved


@dataclass(frozen=True, slots=True)
class Lately:
    """What somebody did a number of times in a row, and when last."""

    actor: str
    action: Action
    release: str
    title: str
    locale: str
    at: dt.datetime
    number: int


@router.get("/progress")
def progress(services: ServicesDep, person: SignedIn) -> Response:
    """Releases by language, and the pace of the last days."""
    ledger = services.desk.ledger
    now = ledger.clock()
    notes = desk_records_of(ledger.store)
    own_locales = {locale for locale in ledger.project.settings.locales if person.role(locale)}
    decided = [
        decision
        for decision in services.recent_work.since(now - dt.timedelta(days=DAYS))
        if decision.locale in own_locales
    ]
    measured = pace(decided, now.date())
    assignments = notes.assignments()
    rows: dict[str, tuple[Release, str, dict[str, Cell]]] = {}
    for task in services.desk.queue(person).tasks:
        row = rows.setdefault(task.release.id, (task.release, task.title, {}))
        row[2][task.locale] = _cell(task, assignments.get((task.release.id, task.locale)), measured)
    edits = person.edits_somewhere
    return page(
        "progress.html",
        person=person,
        rows=list(rows.values()),
        alike=alike([(release, title) for release, title, _ in rows.values()]),
        locales=sorted({locale for _, _, cells in rows.values() for locale in cells}),
        pace=measured,
        lately=_lately(
            [decision for decision in decided if edits or decision.actor == person.id],
            {release.id: title for release, title, _ in rows.values()},
        ),
        people=sorted(
            (
                (services.name_of(actor), tally)
                for actor, tally in measured.people.items()
                if edits or actor == person.id
            ),
            key=lambda one: one[0].casefold(),
        ),
        left=_words_left(rows.values()),
        week=WEEK,
        days=DAYS,
        makes=person.edits(),
        today=now.date(),
        name_of=services.name_of,
        onward_here=desk_path("/progress"),
    )


def _words_left(rows: Iterable[tuple[Release, str, Mapping[str, Cell]]]) -> Mapping[str, int]:
    """How many words are not approved yet, by language."""
    left: Counter[str] = Counter()
    for _, _, cells in rows:
        for locale, cell in cells.items():
            left[locale] += cell.task.counts.words_left
    return left


def _lately(decided: Iterable[PersonDecision], titles: Mapping[str, str]) -> list[Lately]:
    """What people did at a desk, the newest first, with what one did in a row together."""
    listed = (
        decision for decision in decided if decision.release in titles and decision.action in PERSON_ACTIONS
    )
    groups = groupby(
        listed, lambda decision: (decision.actor, decision.action, decision.release, decision.locale)
    )
    return [
        Lately(actor, action, release, titles[release], locale, first.at, 1 + sum(1 for _ in group))
        for (actor, action, release, locale), group in islice(groups, _SHOWN)
        for first in [next(group)]
    ]


def _cell(task: Task, assignment: Assignment | None, measured: Pace) -> Cell:
    return Cell(task, assignment, measured.forecast(task.locale, task.counts.words_left))
