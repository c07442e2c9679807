"""The person's half: what waits for whom, one segment with all that helps to decide it, decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from l10n import checks, inline, project
from l10n.catalogue import Counts, count
from l10n.errors import UsageError
from l10n.glossary import Glossary
from l10n.glossary import read as read_glossary
from l10n.model import Code, Document, Entry, Finding, Kind, Match, Severity
from l10n.project import Release
from workflow.ledger import Ledger
from workflow.states import RULES, Action, Refused, Role
from workflow.store import Claim, Decision, Key, Person, segment_id

LEASE = dt.timedelta(minutes=10)
PERSONS = (Action.SAVE, Action.APPROVE, Action.SEND_BACK)


@dataclass(frozen=True, slots=True)
class Task:
    """A release in a language, with how far it is and what this person can do there."""

    release: Release
    title: str
    locale: str
    counts: Counts
    role: Role
    waiting: int


@dataclass(frozen=True, slots=True)
class Row:
    """A segment in a list."""

    id: str
    entry: Entry
    text: str
    claimed_by: str = ""

    @property
    def standing(self) -> str:
        """Where it stands, in a word: missing, fuzzy, translated or approved."""
        if not self.entry.target:
            return "missing"
        if self.entry.fuzzy:
            return "fuzzy"
        return "approved" if self.entry.approved else "translated"


@dataclass(frozen=True, slots=True)
class View:
    """A segment with everything that helps to decide it.

    ``base`` is the digest a decision has to name, ``position`` counts from 1.  ``before`` and
    ``after`` are its neighbours in the document.  ``held_by`` names another person who has it
    open.
    """

    release: Release
    locale: str
    row: Row
    kind: Kind
    codes: tuple[Code, ...]
    base: str
    position: int
    total: int
    before: tuple[Row, ...]
    after: tuple[Row, ...]
    suggestions: tuple[Match, ...]
    findings: tuple[Finding, ...]
    history: tuple[Decision, ...]
    actions: frozenset[Action]
    held_by: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """A ledger, with what the desk keeps at hand while it is open."""

    ledger: Ledger
    _documents: dict[tuple[str, int], Document] = field(default_factory=dict, repr=False)

    def tasks(self, person: Person) -> tuple[Task, ...]:
        """Every release and language a person may work on, what waits longest first."""
        found = []
        for release in project.releases(self.ledger.project):
            for locale in release.locales:
                role = person.role(locale)
                catalogue = self.ledger.catalogue(release, locale) if role else None
                if role is None or catalogue is None:
                    continue
                waiting = sum(waits_for(entry, role) for entry in catalogue.live)
                title = self.title(release)
                found.append(Task(release, title, locale, count(catalogue.live), role, waiting))
        return tuple(found)

    def rows(self, release: Release, locale: str) -> tuple[Row, ...]:
        """The segments of a release in a language, in the order of the document."""
        catalogue = self.ledger.catalogue(release, locale)
        if catalogue is None:
            raise UsageError(f"{release.id} has no {locale} catalogue", remedy="Run l10n update.")
        codes = self._codes(release)
        claims = self.ledger.store.claims(release.id, locale, now=self.ledger.clock())
        return tuple(_row(entry, codes.get(entry.key, ()), claims) for entry in catalogue.live)

    def next(self, person: Person, release: Release, locale: str, *, after: str = "") -> str | None:
        """Lease the next segment that waits for a person; its id, None when nothing waits.

        The search starts behind the segment ``after`` and goes round once.
        """
        role = _role(person, locale)
        rows = self.rows(release, locale)
        start = next((i + 1 for i, row in enumerate(rows) if row.id == after), 0)
        for row in (*rows[start:], *rows[:start]):
            if row.id == after or not waits_for(row.entry, role) or row.claimed_by not in {"", person.id}:
                continue
            if self._claim(release, locale, row.id, person).person == person.id:
                return row.id
        return None

    def view(self, person: Person, release: Release, locale: str, segment: str) -> View:
        """One segment, leased to the person unless somebody else has it.

        Raises UsageError when there is no such segment, Refused when the person has no role.
        """
        role = _role(person, locale)
        rows = self.rows(release, locale)
        index = next((i for i, row in enumerate(rows) if row.id == segment), None)
        if index is None:
            raise UsageError("there is no such segment", remedy="It may have left the source.")
        row = rows[index]
        claim = self._claim(release, locale, segment, person)
        history = self.ledger.store.history(release.id, locale, row.entry.key)
        return View(
            release=release,
            locale=locale,
            row=row,
            kind=self._kinds(release).get(row.entry.key, Kind.PARAGRAPH),
            codes=self._codes(release).get(row.entry.key, ()),
            base=history[-1].digest if history else "",
            position=index + 1,
            total=len(rows),
            before=rows[max(0, index - 2) : index],
            after=rows[index + 1 : index + 3],
            suggestions=self.suggestions(release, locale, rows, index),
            findings=self.findings(release, locale, row.entry.key, row.entry.target),
            history=tuple(reversed(history)),
            actions=frozenset(one for one in PERSONS if role.covers(RULES[one].role or Role.ADMIN)),
            held_by="" if claim.person == person.id else self.name_of(claim.person),
        )

    def findings(self, release: Release, locale: str, key: Key, target: str) -> tuple[Finding, ...]:
        """What the checks see in a target somebody may save."""
        if not target:
            return ()
        found = checks.check_pair(
            key[1],
            target,
            source_locale=release.locale,
            target_locale=locale,
            kind=self._kinds(release).get(key, Kind.PARAGRAPH),
            glossary=self._glossary(),
        )
        order = tuple(Severity)
        return tuple(sorted(found, key=lambda finding: (order.index(finding.severity), finding.start)))

    def decide(
        self,
        person: Person,
        release: Release,
        locale: str,
        segment: str,
        action: Action,
        *,
        target: str,
        base: str,
        note: str = "",
    ) -> Decision:
        """Take a decision; an approval over errors needs a note that says why.

        Raises Stale when the segment changed since ``base``, Refused with what stands in the way.
        """
        role = _role(person, locale)
        key = next((row.entry.key for row in self.rows(release, locale) if row.id == segment), None)
        if key is None:
            raise UsageError("there is no such segment", remedy="It may have left the source.")
        target = tidy(target)
        if wrong := inline.problems(target, inline.codes_of(key[1])) if target else []:
            raise Refused(
                "the codes do not fit: " + "; ".join(problem.message for problem in wrong),
                remedy="Every code of the source has to be there once.",
            )
        if action is Action.APPROVE and not note.strip():
            errors = [f for f in self.findings(release, locale, key, target) if f.severity is Severity.ERROR]
            if errors:
                raise Refused(
                    "; ".join(finding.message for finding in errors),
                    remedy="Correct it, or say in the note why it is right.",
                )
        kept = self.ledger.decide(
            release,
            locale,
            key,
            action,
            target=target,
            base=base,
            actor=person.id,
            role=role,
            note=note.strip(),
        )
        self.ledger.store.unclaim(release.id, locale, segment, person.id)
        return kept

    def suggestions(
        self, release: Release, locale: str, rows: Sequence[Row], index: int
    ) -> tuple[Match, ...]:
        """What the memory offers for a segment."""
        memory = project.open_memory(self.ledger.project, release.locale)
        entry = rows[index].entry
        with memory:
            found = memory.lookup(
                entry.source,
                target_locale=locale,
                before=rows[index - 1].entry.source if index else "",
                after=rows[index + 1].entry.source if index + 1 < len(rows) else "",
            )
        return tuple(match for match in found if match.target != entry.target)

    def title(self, release: Release) -> str:
        """What a release is called: its own title or the first heading of its source."""
        if release.title:
            return release.title
        document = self._document(release)
        titles = {Kind.TITLE, Kind.HEADING, Kind.METADATA}
        for unit, segment in document.segments():
            if unit.kind in titles:
                return inline.plain(segment.source, segment.codes)
        return release.id

    def name_of(self, actor: str) -> str:
        """What to call who decided something."""
        person = self.ledger.store.person(actor) if actor else None
        return person.name if person else actor

    def _claim(self, release: Release, locale: str, segment: str, person: Person) -> Claim:
        now = self.ledger.clock()
        return self.ledger.store.claim(release.id, locale, segment, person.id, now=now, until=now + LEASE)

    def _document(self, release: Release) -> Document:
        key = str(release.source), release.source.stat().st_mtime_ns
        if key not in self._documents:
            self._documents[key] = project.document(self.ledger.project, release)
        return self._documents[key]

    def _codes(self, release: Release) -> Mapping[Key, tuple[Code, ...]]:
        return {segment.key: segment.codes for _, segment in self._document(release).segments()}

    def _kinds(self, release: Release) -> Mapping[Key, Kind]:
        return {segment.key: unit.kind for unit, segment in self._document(release).segments()}

    def _glossary(self) -> Glossary | None:
        paths = project.glossary_paths(self.ledger.project)
        return read_glossary(paths) if paths else None


def waits_for(entry: Entry, role: Role) -> bool:
    """Whether a segment waits for somebody with a role.

    Translators are asked for what is missing or fuzzy, reviewers for all that is not approved.
    """
    if role.covers(Role.REVIEWER):
        return not entry.approved
    return not entry.target or entry.fuzzy


def tidy(target: str) -> str:
    """A target as typed into a form: one line, without the control characters a page cannot show."""
    return "".join(_visible(target.replace("\r\n", "\n"))).strip(" ")


def _visible(text: str) -> Iterator[str]:
    for letter in text:
        if letter in "\r\n\t":
            yield " "
        elif letter >= " " and letter != "\x7f" and not "\ud800" <= letter <= "\udfff":
            yield letter


def _row(entry: Entry, codes: Iterable[Code], claims: Mapping[str, Claim]) -> Row:
    id_ = segment_id(entry.key)
    claim = claims.get(id_)
    return Row(id_, entry, inline.plain(entry.source, codes), claim.person if claim else "")


def _role(person: Person, locale: str) -> Role:
    role = person.role(locale)
    if role is None:
        raise Refused(f"you have no role in {locale}", remedy="Ask an administrator for one.")
    return role
