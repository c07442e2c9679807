"""The ledger: what is decided about segments, by whom, one after another.

A decision is acknowledged once it is in the store; the PO file is its projection (`workflow.projection`).
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from l10n import catalogue as po
from l10n import project
from l10n.errors import L10nError, UsageError
from l10n.model import Catalogue, Entry, Key
from l10n.project import Project, Release
from workflow import cleanup, decision_rules, git, states
from workflow.decision_rules import DecisionBatch, DecisionRequest
from workflow.file_cache import EntryPositions
from workflow.git import Watch
from workflow.locks import Locks
from workflow.projection import CatalogueCaches, Projection
from workflow.states import Action, Role
from workflow.store import AppendRequest, CatalogueStatus, Decision, StaleDecision, Store, segment_id
from workflow.store.opening import open_postgresql, open_sqlite

T = TypeVar("T")
Clock = Callable[[], dt.datetime]


def _nothing(_point: str) -> None:
    """Take no notice of a point that was reached."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A project with its store and a clock.

    ``failpoint`` hears the name of each point at which a crash would leave something half done.
    ``watch`` tells what git does to the catalogues, None outside git.  ``on_append`` is told, in the
    transaction of a person's decisions, whose catalogue they are to reach: when this process dies
    before it has written that, somebody else does.  ``schedule_write`` is told of a catalogue that lacks
    decisions and has it written soon; where it is None a decision is in its catalogue when ``decide``
    returns.
    """

    project: Project
    store: Store
    clock: Clock
    failpoint: Callable[[str], None] = _nothing
    watch: Watch | None = None
    on_append: Callable[[Connection, Release, str], object] | None = None
    schedule_write: Callable[[Release, str], object] | None = None
    _kept: CatalogueCaches = field(default_factory=CatalogueCaches, repr=False, compare=False)
    _places: EntryPositions = field(default_factory=EntryPositions, repr=False, compare=False)

    def catalogue(
        self, release: Release, locale: str, known: CatalogueStatus | None = None
    ) -> Catalogue | None:
        """The catalogue of a release in a language as it stands now, edits made outside included.

        None when there is none yet.  ``known`` is what the store said of it, for those who look at many.
        """
        files = self._files
        if cached := files.cached(release, locale, known):
            return cached
        with self._lock(release, locale):
            return files.current(release, locale)

    def entry(self, release: Release, locale: str, catalogue: Catalogue | None, segment: str) -> Entry:
        """The entry of a segment in the catalogue as it stands.  Raises UsageError when there is none."""
        entry = self._places.entry((release.id, locale), catalogue, segment) if catalogue else None
        if entry is None:
            raise UsageError("there is no such segment", remedy="It may have left the source.")
        return entry

    def is_settled(self, release: Release, locale: str, digest: str) -> bool:
        """Whether the catalogue says all that was decided, and nothing more, in a file of a digest."""
        status = self.store.catalogue_status(release.id, locale)
        return status.digest == digest and self._files.is_settled(release, locale, status)

    def written(self, release: Release, locale: str) -> Catalogue | None:
        """As ``catalogue``, with every decision in the file."""
        with self._lock(release, locale):
            return self._files.settled(release, locale)

    def record(
        self,
        release: Release,
        locale: str,
        changed: Catalogue,
        action: Action,
        *,
        before: Catalogue | None = None,
    ) -> Catalogue:
        """Take over what a machine step made of the catalogue, and write it.

        Every target that differs becomes a decision.  ``before`` is what the step was given; a
        segment that somebody decided since then keeps that decision.
        """
        given_digests = {entry.key: po.digest(entry) for entry in before.entries} if before else {}
        files = self._files
        with self._lock(release, locale):
            standing = files.settle(release, locale)
            if standing and standing.catalogue == changed:
                return changed
            heads = self.store.current(release.id, locale)
            decisions = [
                files.decision(release, locale, entry, action, heads.get(entry.key))
                for entry in changed.entries
                if decision_rules.differs_from_head(entry, heads.get(entry.key))
                and decision_rules.may_record(entry, heads, given_digests, action)
            ]
            if decisions:
                self.store.append(decisions)
            return files.write(release, locale, changed)

    def decide(
        self,
        release: Release,
        locale: str,
        key: Key,
        action: Action,
        *,
        target: str,
        base: str,
        actor: str,
        role: Role | None,
        note: str = "",
        origin: str = "human",
        overriding: tuple[str, ...] = (),
        outstanding: tuple[str, ...] = (),
    ) -> Decision:
        """A person's decision on a segment; it is durable when this returns.

        ``base`` is the digest of what the person saw.  Raises StaleDecision when that has changed,
        Refused when the decision may not be taken, UsageError when there is no such segment.
        """
        request = DecisionRequest(key, action, target, base, note, origin, overriding, outstanding)
        return self.decide_all(release, locale, [request], actor=actor, role=role)[0]

    def decide_all(
        self,
        release: Release,
        locale: str,
        requests: Sequence[DecisionRequest],
        *,
        actor: str,
        role: Role | None,
    ) -> tuple[Decision, ...]:
        """A person's decisions on several segments, taken at one moment: all of them or none.

        Raises what ``decide`` raises for the first that may not be taken.
        """
        return self.decide_batch(DecisionBatch(release, locale, tuple(requests), actor, role))

    def decide_batch(self, batch: DecisionBatch) -> tuple[Decision, ...]:
        """As ``decide_all``, with what is to be done in the same transaction."""
        (outcome,) = self.decide_batches([batch])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def decide_batches(
        self, batches: Sequence[DecisionBatch]
    ) -> tuple[tuple[Decision, ...] | Exception, ...]:
        """What several people ask for at one moment, each taken or not by itself and committed together.

        In the order asked for: the decisions, or what ``decide_batch`` would have raised.
        """
        places = {(batch.release.id, batch.locale): batch.release for batch in batches}
        with self._locks.of(places):
            catalogues = {place: self._stand(release, place[1]) for place, release in places.items()}
            additions = [
                self._addition(batch, catalogues[batch.release.id, batch.locale]) for batch in batches
            ]
            self.failpoint("before the append")
            appended = iter(
                self.store.append_each(
                    [addition for addition in additions if isinstance(addition, AppendRequest)]
                )
            )
            outcomes = tuple(
                next(appended) if isinstance(addition, AppendRequest) else addition for addition in additions
            )
            self.failpoint("appended")
            for place, release in places.items():
                catalogue = catalogues[place]
                taken = {
                    decision.key: decision
                    for batch, outcome in zip(batches, outcomes, strict=True)
                    if (batch.release.id, batch.locale) == place and not isinstance(outcome, Exception)
                    for decision in outcome
                }
                if taken and isinstance(catalogue, Catalogue):
                    self._files.apply_decisions(release, place[1], catalogue, taken)
                    if self.schedule_write:
                        self.schedule_write(release, place[1])
            return outcomes

    def _stand(self, release: Release, locale: str) -> Catalogue | Exception | None:
        try:
            return self._files.current(release, locale)
        except (L10nError, OSError) as error:
            return error

    def _addition(
        self, batch: DecisionBatch, catalogue: Catalogue | Exception | None
    ) -> AppendRequest | Exception:
        """What is to be appended for what a person asks for, or why it may not be."""
        if isinstance(catalogue, Exception):
            return catalogue
        try:
            decisions = tuple(self._decided(batch, catalogue))
        except (L10nError, OSError) as error:
            return error
        return AppendRequest(decisions, partial(self._with_them, batch))

    def _decided(self, batch: DecisionBatch, catalogue: Catalogue | None) -> Iterator[Decision]:
        """The decisions that a person asks for.  Raises what ``decide`` does."""
        release, locale = batch.release, batch.locale
        heads = self.store.current(release.id, locale, {request.key for request in batch.requests})
        rule, now = project.review_rule(self.project, release, locale), self.clock()
        for request in batch.requests:
            entry = self.entry(release, locale, catalogue, segment_id(request.key))
            head = heads.get(request.key)
            if request.base != decision_rules.digest_of(head):
                raise StaleDecision(head)
            authorship = request.authorship or self._files.authorship(
                release, locale, request.key, head, request.target
            )
            outcome = states.decide_state(
                request.action,
                request.target,
                role=batch.role,
                actor=batch.actor,
                review=release.review,
                rule=rule,
                authorship=authorship,
                fuzzy=request.fuzzy,
            )
            entry_after = decision_rules.entry_after_request(entry, request, outcome, batch.actor)
            decision = decision_rules.decision(
                release.id, locale, entry_after, request.action, head, authorship, at=now
            )
            outstanding = " ".join(sorted(set(request.outstanding)))
            yield replace(decision, note=request.note, outstanding=outstanding)

    def _with_them(self, batch: DecisionBatch, connection: Connection) -> None:
        """What belongs into the transaction of decisions."""
        if batch.also:
            batch.also(connection)
        if self.on_append:
            self.on_append(connection, batch.release, batch.locale)

    def settle(self, *, accept: bool = False) -> None:
        """Take in every edit made outside, and write what is not written yet.

        A release whose plan cannot be read has to wait until it can.
        Raises HeadMoved after a change of branch that changes more than a handful of
        catalogues; with ``accept`` all of them are taken in as this branch says.
        """
        cleanup.remove_leftovers(self.project, self.clock())
        self.settle_releases(project.readable_releases(self.project).releases, accept=accept)

    def settle_releases(self, releases: Iterable[Release], *, accept: bool = False) -> None:
        """As ``settle``, of some releases."""
        files = self._files
        with self._standing_still():
            statuses = {} if accept else self.store.catalogue_statuses()
            for release in releases:
                for locale in release.locales:
                    if files.is_settled(release, locale, statuses.get((release.id, locale))):
                        continue
                    with self._lock(release, locale):
                        files.settle(release, locale, came=accept)

    def run_exclusively(self, change: Callable[[], T], *, prepare: Callable[[], None]) -> T:
        """Have git change catalogues while nobody else settles or decides, and take in what came.

        ``prepare`` is done once all is settled, before the change.
        """
        with self._locks.everything():
            self._settle_all(came=False)
            prepare()
            changed = change()
            self._settle_all(came=True)
            return changed

    def forget(self, person_id: str) -> None:
        """Erase a person from the ledger and from every catalogue; see ``Store.forget``."""
        with self._locks.everything():
            self._settle_all(came=False)
            for release in project.releases(self.project):
                for locale in release.locales:
                    if self._files.last(release, locale):
                        # written again whatever happens now: it may hold what the person said
                        self.store.projected(release.id, locale, "", 0)
            self.store.forget(person_id)
            self._settle_all(came=False)

    def _settle_all(self, *, came: bool) -> None:
        with self._standing_still():
            for release in project.releases(self.project):
                for locale in release.locales:
                    self._files.settle(release, locale, came=came)

    @contextmanager
    def _standing_still(self) -> Iterator[None]:
        """Remember, once everything is settled, where HEAD stood before."""
        head = self.watch.now() if self.watch else None
        yield
        if self.watch and head:
            self.watch.remember(head)

    @property
    def _files(self) -> Projection:
        deferred = self.schedule_write is not None
        return Projection(
            self.project,
            self.store,
            self.clock,
            self.failpoint,
            self.watch,
            deferred=deferred,
            caches=self._kept,
        )

    @property
    def _locks(self) -> Locks:
        return Locks(self.project.state / "locks")

    def _lock(self, release: Release, locale: str) -> AbstractContextManager[None]:
        return self._locks.of([(release.id, locale)])


def open_ledger(project: Project, clock: Clock) -> Ledger:
    """The ledger of a project, made when it is not there.

    It is where L10N_DATABASE_URL says, else where the project's settings say, else in a file.
    """
    url = _address(project)
    store = open_postgresql(url) if url else open_sqlite(path_of(project))
    watch = git.watch(project.root, project.state)
    if watch and watch.remembered() is None:
        watch.remember()
    return Ledger(project, store, clock, watch=watch)


def is_embedded(project: Project) -> bool:
    """Whether the ledger of a project is the embedded one."""
    return not _address(project)


def _address(project: Project) -> str:
    return os.environ.get("L10N_DATABASE_URL") or project.settings.database


def path_of(project: Project) -> Path:
    """Where the embedded ledger of a project lies."""
    return project.state / "ledger.sqlite"


def now() -> dt.datetime:
    """The clock on the wall, in UTC."""
    return dt.datetime.now(dt.UTC)
