"""The desk: queues, segment lists, one segment with its suggestions, and the checks before a decision."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from l10n import catalogue as po
from l10n import inline, review_routing
from l10n.errors import InputError, L10nError, UsageError
from l10n.model import Entry, Finding, Kind, Match, Severity
from l10n.project import Release
from workflow import conflicts, states
from workflow.decision_rules import DecisionBatch, DecisionRequest
from workflow.desk import document_view, edit_conflict, hints, matched_codes, own_matches
from workflow.desk.cache import DeskCache
from workflow.desk.edit_conflict import EditConflict
from workflow.desk.filters import NO_FILTER, SegmentFilter, filter_rows_from, may_match
from workflow.desk.typed_text import check_typed_text, clean_typed_text
from workflow.desk.views import (
    NEAR,
    Queue,
    SegmentRow,
    SegmentView,
    Task,
    segment_row,
    waiting_among,
    waits_for,
    was_recut,
)
from workflow.desk_records import drop_draft_and_claim
from workflow.ledger import Ledger
from workflow.states import Action, Refused, Role
from workflow.store import CatalogueStatus, Claim, Decision, Person, segment_id

LEASE = dt.timedelta(minutes=10)
UNSILENCEABLE = frozenset({"codes"})
"""Checks that no reason can silence: without its codes a segment cannot be merged into its document."""

PERSON_ACTIONS = (Action.SAVE, Action.APPROVE, Action.SEND_BACK, Action.TAKE_BACK)
_LOG = logging.getLogger(__name__)
_PARTS = 3  # phrases of a source that are offered
_LESS_LIKE = 0.6  # how near a match has to be where nothing nearer is known


class Desk:
    """What a person sees of a ledger and does there, with a cache of what was read."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.cache = DeskCache(ledger)

    def queue(self, person: Person, filter_: SegmentFilter | None = None) -> Queue:
        """Every release and language a person may work on, the newest release first.

        Of what waits only what is ``prepare_batch`` for counts; its order says nothing here.
        """
        tasks: list[Task] = []
        problems: list[L10nError] = []
        statuses = self.ledger.store.catalogue_statuses()
        for release_id in self.cache.release_ids():
            try:
                release = self.cache.release(release_id)
                tasks += self._tasks(person, release, statuses, filter_ or NO_FILTER)
            except L10nError as error:
                problems.append(error)
        tasks.sort(key=lambda task: (-task.release.date.toordinal(), task.release.id))
        return Queue(tuple(tasks), tuple(problems))

    def _tasks(
        self,
        person: Person,
        release: Release,
        statuses: Mapping[tuple[str, str], CatalogueStatus],
        filter_: SegmentFilter,
    ) -> Iterator[Task]:
        for locale in release.locales:
            role = person.role(locale)
            summary = (
                self.cache.summary(release, locale, statuses.get((release.id, locale))) if role else None
            )
            if role and summary:
                groups = [
                    group for group in waiting_among(summary.unapproved, role) if may_match(group, filter_)
                ]
                waiting, risk = sum(group.number for group in groups), sum(group.points for group in groups)
                if waiting and (filter_.text or filter_.found):
                    waiting = len(self._waiting(role, release, locale, filter_))
                actors = frozenset(group.actor for group in summary.unapproved if group.actor)
                yield Task(release, self.title(release), locale, summary.counts, waiting, risk, actors)

    def _waiting(
        self, role: Role, release: Release, locale: str, filter_: SegmentFilter, *, after: str = ""
    ) -> tuple[SegmentRow, ...]:
        """What waits for a role among what is asked for, beginning behind a segment."""
        rows = [row for row in self.rows(release, locale) if row.id == after or waits_for(row.entry, role)]
        return filter_rows_from(rows, filter_, partial(self.findings_of_row, release, locale), after=after)

    def findings_of_row(self, release: Release, locale: str, row: SegmentRow) -> tuple[Finding, ...]:
        """The findings in the current target of a row."""
        return self.findings(release, locale, row.entry, row.entry.target)

    def rows(self, release: Release, locale: str) -> tuple[SegmentRow, ...]:
        """The segments of a release in a language, in the order of the document."""
        catalogue = self.cache.catalogue(release, locale)
        if catalogue is None:
            raise UsageError(f"{release.id} has no {locale} catalogue", remedy="Run l10n update.")
        codes = self.cache.source(release, locale).codes
        claims = self.ledger.store.claims(release.id, locale, now=self.ledger.clock())
        return tuple(segment_row(entry, codes.get(entry.key, ()), claims) for entry in catalogue.live)

    def document(self, release: Release, locale: str) -> tuple[document_view.Line, ...]:
        """The release as it will be read, with where every segment of it stands."""
        rows = {row.entry.key: row for row in self.rows(release, locale)}
        return document_view.document_lines(self.cache.source(release, locale).blocks, rows)

    def next(
        self,
        person: Person,
        release: Release,
        locale: str,
        *,
        after: str = "",
        filter_: SegmentFilter | None = None,
    ) -> str | None:
        """Lease the next segment that waits for a person and is asked for; its id, None without one.

        The search starts behind the segment ``after``, in the order that is asked for, and goes
        round once.
        """
        role = _role(person, locale)
        passed_by_person = self._passed_by(person, release, locale)
        for row in self._waiting(role, release, locale, filter_ or NO_FILTER, after=after):
            if row.id == after or row.id in passed_by_person or row.claimed_by not in {"", person.id}:
                continue
            if self._claim(release, locale, row.id, person).person != person.id:
                continue
            # Somebody may have decided it and let it go between the look and the lease.
            if self._still_waits(release, locale, row, role):
                return row.id
            self.ledger.store.unclaim(release.id, locale, row.id, person.id)
        return None

    def _passed_by(self, person: Person, release: Release, locale: str) -> frozenset[str]:
        """The segments that wait for a second pass, and whose first pass was this person's."""
        if locale not in release.two_passes:
            return frozenset()
        heads = self.ledger.store.current(release.id, locale)
        return frozenset(segment_id(key) for key, head in heads.items() if person.id in head.passed)

    def _still_waits(self, release: Release, locale: str, row: SegmentRow, role: Role) -> bool:
        catalogue = self.cache.catalogue(release, locale)
        current = (
            next((entry for entry in catalogue.live if entry.key == row.entry.key), None)
            if catalogue
            else None
        )
        return current is not None and waits_for(current, role)

    def view(self, person: Person, release: Release, locale: str, segment: str) -> SegmentView:
        """One segment, leased to the person unless somebody else has it.

        Raises UsageError when there is no such segment, Refused when the person has no role.
        """
        _role(person, locale)
        rows = self.rows(release, locale)
        index = next((place for place, row in enumerate(rows) if row.id == segment), None)
        if index is None:
            raise UsageError("there is no such segment", remedy="It may have left the source.")
        row = rows[index]
        claim = self._claim(release, locale, segment, person)
        source = self.cache.source(release, locale)
        history = self.ledger.store.history(release.id, locale, row.entry.key)
        findings = self.findings(release, locale, row.entry, row.entry.target)
        found = self.suggestions(release, locale, rows, index)
        suggestions, parts = found or ((), ())
        own_cut = row.entry.key not in self.cache.source(release).codes
        around = [near.entry.source for near in rows[max(0, index - NEAR) : index + NEAR + 1]]
        recut = was_recut(row.entry, around, own_cut=own_cut)
        route = review_routing.route(row.entry, findings, self.ledger.project.settings.trust)
        return SegmentView(
            release=release,
            locale=locale,
            row=row,
            kind=source.kinds.get(row.entry.key, Kind.PARAGRAPH),
            note_on=source.notes.get(row.entry.key, ""),
            base=base_of(row.entry, history),
            position=index + 1,
            total=len(rows),
            before=rows[max(0, index - NEAR) : index],
            after=rows[index + 1 : index + NEAR + 1],
            suggestions=suggestions,
            parts=parts,
            looked_up=found is not None,
            findings=findings,
            history=tuple(reversed(history)),
            actions=self.actions(person, release, locale),
            terms=self.terms(release, locale, row.entry.source),
            held_by="" if claim.person == person.id else self.name_of(claim.person) or "?",
            route=review_routing.of_recut(route) if recut else route,
            own_cut=own_cut,
            recut=recut,
            others=tuple(sorted(conflicts.conflicting_texts(row.entry.comment))),
        )

    def actions(self, person: Person, release: Release, locale: str) -> frozenset[Action]:
        """What a person may do to a segment of a release in a language."""
        role = person.role(locale)
        return frozenset(action for action in PERSON_ACTIONS if states.may(action, role, release.review))

    def row_of(self, release: Release, locale: str, segment: str) -> SegmentRow:
        """A segment by itself, whoever has it open.  Raises UsageError when there is no such one."""
        catalogue = self.cache.catalogue(release, locale)
        entry = self.ledger.entry(release, locale, catalogue, segment)
        return segment_row(entry, self.cache.source(release, locale).codes.get(entry.key, ()), {})

    def findings(self, release: Release, locale: str, entry: Entry, target: str) -> tuple[Finding, ...]:
        """What the checks see in a target that somebody may save, but for what was silenced there."""
        if not target:
            return ()
        kind = self.cache.source(release, locale).kinds.get(entry.key, Kind.PARAGRAPH)
        all_findings = self.cache.checked(release, locale, entry.source, target, kind)
        silenced = po.silenced(entry.comment)
        order = tuple(Severity)
        heard = (finding for finding in all_findings if finding.check not in silenced)
        return tuple(sorted(heard, key=lambda finding: (order.index(finding.severity), finding.start)))

    def terms(self, release: Release, locale: str, source: str) -> tuple[hints.GlossaryHit, ...]:
        """The words of a source that the glossary has decided on."""
        glossary = self.cache.terms(release)
        return hints.glossary_hits(glossary, source, release.locale, locale) if glossary else ()

    def typed_batch(
        self,
        person: Person,
        release: Release,
        locale: str,
        segment: str,
        action: Action,
        *,
        target: str,
        base: str,
        note: str,
    ) -> DecisionBatch:
        """What the ledger is asked for by a person who typed a target and a note for a segment.

        An approval over errors needs a note that says why.  The ledger raises StaleDecision when the segment
        changed since ``base``; raises Refused with what stands in the way otherwise.
        """
        row = self.row_of(release, locale, segment)
        request = DecisionRequest(
            row.entry.key, action, clean_typed_text(target), base, clean_typed_text(note)
        )
        return self.prepare_batch(person, release, locale, row, request)

    def take(
        self, person: Person, release: Release, locale: str, row: SegmentRow, request: DecisionRequest
    ) -> Decision:
        """Take a decision that may hold more than a typed target and note.

        Raises what ``typed_batch`` and the ledger raise.
        """
        return self.ledger.decide_batch(self.prepare_batch(person, release, locale, row, request))[0]

    def prepare_batch(
        self, person: Person, release: Release, locale: str, row: SegmentRow, request: DecisionRequest
    ) -> DecisionBatch:
        """What the ledger is asked for to take a decision; nothing is taken yet.

        Raises Refused when the text may not be decided so.
        """
        role, entry, action = _role(person, locale), row.entry, request.action
        check_typed_text(request.target, request.note, entry, action)
        findings = self.findings(release, locale, entry, request.target)
        errors = [
            finding for finding in findings if finding.severity is Severity.ERROR and action is Action.APPROVE
        ]
        if errors and not request.note:
            raise Refused(
                "; ".join(finding.message for finding in errors),
                remedy="Correct it, or say in the note why it is right.",
                seen=errors,
            )
        silenced = (
            *request.overriding,
            *(finding.check for finding in errors if finding.check not in UNSILENCEABLE),
        )
        outstanding = tuple(finding.check for finding in findings)
        checked = replace(request, overriding=silenced, outstanding=outstanding)
        also = partial(drop_draft_and_claim, place=(person.id, release.id, locale, row.id))
        return DecisionBatch(release, locale, (checked,), person.id, role, also)

    def errors(self, release: Release, locale: str, entry: Entry, target: str) -> list[Finding]:
        """What stands in the way of approving a target, but for what somebody gave a reason for."""
        findings = self.findings(release, locale, entry, target)
        return [finding for finding in findings if finding.severity is Severity.ERROR]

    def edit_conflict(
        self, release: Release, locale: str, segment: str, *, base: str, target: str
    ) -> EditConflict:
        """The conflict between a text typed from ``base`` and the current one, with a merge of both."""
        entry = self.row_of(release, locale, segment).entry
        history = self.ledger.store.history(release.id, locale, entry.key)
        was = next((decision.target for decision in history if base and decision.digest == base), "")
        mine = clean_typed_text(target)
        merged = edit_conflict.merge_edits(was, mine, entry.target, entry.source)
        return EditConflict(was, mine, entry.target, merged, history[-1] if history else None)

    def suggestions(
        self, release: Release, locale: str, rows: Sequence[SegmentRow], index: int
    ) -> tuple[tuple[Match, ...], tuple[Match, ...]] | None:
        """What the memory offers for a segment and for parts of it, None while it is still being opened."""
        entry = rows[index].entry
        before = rows[index - 1].entry.source if index else ""
        after = rows[index + 1].entry.source if index + 1 < len(rows) else ""
        try:
            opened = self.cache.memory(release.locale, self.releases())
            if opened is None:
                return None
            with opened as memory:
                lookup = partial(
                    memory.lookup, entry.source, target_locale=locale, before=before, after=after
                )
                matches = lookup() or lookup(threshold=_LESS_LIKE)
                parts = memory.phrases(entry.source, target_locale=locale, limit=_PARTS)
        except InputError as error:
            _LOG.warning("no suggestions: %s:%s cannot be read", error.path, error.line)
            return (), ()
        # The codes of another segment mean nothing in this one.
        plain_parts = (
            replace(part, source=inline.plain(part.source), target=inline.plain(part.target))
            for part in parts
        )
        penalty = self.ledger.project.settings.penalties.codes
        offered = matched_codes.offered(matches, entry.source, penalty=penalty)
        history = partial(self.ledger.store.history, release.id, locale, entry.key)
        others = own_matches.others(offered, release, rows, rows[index], history=history)
        return tuple(others), tuple(plain_parts)

    def releases(self) -> Iterator[Release]:
        """Every release that can be read."""
        for release_id in self.cache.release_ids():
            try:
                yield self.cache.release(release_id)
            except L10nError as error:
                _LOG.warning("a release is left out: %s:%s", error.path, error.line)

    def title(self, release: Release) -> str:
        """What a release is called: its own title or the first heading of its source."""
        return release.title or self.cache.source(release).title or release.id

    def name_of(self, actor: str) -> str:
        """What to call who decided something, "" for whom only another copy of the project knows."""
        person = self.ledger.store.person(actor) if actor else None
        return person.name if person else ""

    def renew(self, person: Person, release: Release, locale: str, segment: str) -> None:
        """Keep a person's lease, or take it when nobody has it."""
        self._claim(release, locale, segment, person)

    def _claim(self, release: Release, locale: str, segment: str, person: Person) -> Claim:
        now = self.ledger.clock()
        return self.ledger.store.claim(release.id, locale, segment, person.id, now=now, until=now + LEASE)


def base_of(entry: Entry, history: Sequence[Decision]) -> str:
    """The digest a decision on an entry has to name: that of the text the person sees.

    The history may be newer than the entry by then; a decision from what is shown is stale
    then, and refused.
    """
    current = po.digest(entry)
    if any(decision.digest == current for decision in history):
        return current
    return history[-1].digest if history and entry.target else ""


def _role(person: Person, locale: str) -> Role:
    role = person.role(locale)
    if role is None:
        raise Refused("you have no role in this language", remedy="Ask an administrator for one.")
    return role
