"""Catalogue files as the projection of the ledger: decisions go out to them, edits made there come in.

Before a catalogue is used or written it is *settled*: entries somebody edited outside become decisions
by "catalogue", starting from the decision their provenance line names.  An entry that fits its
own line but is unknown here was decided in another copy of the project and comes in as it is.
When both sides went on from the same decision, the text of the file is taken as fuzzy and the
other one stays in the history and in the decision's note.

Whoever calls here holds the lock of the catalogue, but for what says that it does not write.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import cast

from l10n import catalogue as po
from l10n import disk, project
from l10n.errors import InputError
from l10n.model import Catalogue, Entry, Key
from l10n.project import Project, Release
from workflow import authorship, decision_rules, external_edits, merging, states
from workflow.external_edits import ExternalEdit
from workflow.file_cache import DigestCache, StampedCache
from workflow.git import HeadMoved, Watch
from workflow.overlay import with_decisions
from workflow.states import Action, Authorship
from workflow.store import CatalogueStatus, Decision, Store, Unavailable

HANDFUL = 5
"""How many catalogues may differ after a change of branch before somebody is asked about it."""

_READINGS = 30_000  # entries of catalogues that are kept as they were read last
_LOG = logging.getLogger(__name__)


def _readings() -> StampedCache:
    return StampedCache(_READINGS)


@dataclass(frozen=True, slots=True)
class CatalogueCaches:
    """What a ledger has read of its catalogues, kept between calls.

    ``read`` has catalogues as they are in their files, ``overlaid`` the same with the decisions that
    their files lack; ``digests`` are those of the files.
    """

    read: StampedCache = field(default_factory=_readings)
    overlaid: StampedCache = field(default_factory=_readings)
    digests: DigestCache = field(default_factory=DigestCache)


@dataclass(frozen=True, slots=True)
class Standing:
    """A catalogue that was settled, and the digest of its file."""

    digest: str
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class Projection:
    """The catalogues of a project and what the store says about them.

    ``failpoint``, ``watch`` and ``clock`` are the ledger's.  Where it is ``deferred``, decisions are
    written into their files a moment later, and until then a catalogue is read with them laid over it.
    """

    project: Project
    store: Store
    clock: Callable[[], dt.datetime]
    failpoint: Callable[[str], None]
    watch: Watch | None
    deferred: bool
    caches: CatalogueCaches

    def cached(self, release: Release, locale: str, known: CatalogueStatus | None = None) -> Catalogue | None:
        """The catalogue as it stands, None when that takes more than a look at its file; writes nothing.

        ``known`` is what the store said of it, for those who look at many.
        """
        status = known or self.store.catalogue_status(release.id, locale)
        undisturbed = self._as_written(release, locale, status)
        return self._at_hand(release, locale, status if undisturbed else None)

    def current(self, release: Release, locale: str) -> Catalogue | None:
        """The catalogue with what was decided; not written for that where somebody does it later."""
        if not self.deferred:
            return self.settled(release, locale)
        status = self._undisturbed(release, locale)
        catalogue = self._at_hand(release, locale, status) or self._laid_over(release, locale, status)
        return catalogue or self.settled(release, locale)

    def _at_hand(self, release: Release, locale: str, status: CatalogueStatus | None) -> Catalogue | None:
        """The catalogue as it stands, when ``_undisturbed`` knows how and all since is known here."""
        if status is None:
            return None
        stamp, catalogue = self.caches.read.get((release.id, locale))
        if status.newest == status.upto and stamp == status.digest:
            return cast("Catalogue", catalogue)
        stamp, catalogue = self.caches.overlaid.get((release.id, locale))
        return (
            cast("Catalogue", catalogue)
            if self.deferred and stamp == (status.digest, status.newest)
            else None
        )

    def _laid_over(self, release: Release, locale: str, status: CatalogueStatus | None) -> Catalogue | None:
        """The catalogue with the decisions its file lacks, when ``_undisturbed`` knows how it stands."""
        if status is None or status.newest == status.upto:
            return None
        path = project.catalogue_path(self.project, release, locale)
        catalogue = self._read(release, locale, path, status.digest)
        if catalogue is None:
            return None
        heads = self.store.current(release.id, locale, since=status.upto)
        overlaid = with_decisions(catalogue, heads, project.review_rule(self.project, release, locale))
        self._keep_overlaid(release, locale, (status.digest, status.newest), overlaid)
        return overlaid

    def _keep_overlaid(self, release: Release, locale: str, stamp: object, catalogue: Catalogue) -> None:
        name = (release.id, locale)
        self.caches.overlaid.put(name, stamp, catalogue, weight=len(catalogue.entries) + 1)

    def _undisturbed(self, release: Release, locale: str) -> CatalogueStatus | None:
        """How a catalogue stands whose file is as it was last written, None when it is not."""
        status = self.store.catalogue_status(release.id, locale)
        return status if self._as_written(release, locale, status) else None

    def is_settled(self, release: Release, locale: str, status: CatalogueStatus | None) -> bool:
        """Whether there is nothing to take in or to write, told without reading the catalogue's entries."""
        return (
            status is not None and status.upto == status.newest and self._as_written(release, locale, status)
        )

    def _as_written(self, release: Release, locale: str, status: CatalogueStatus) -> bool:
        """Whether a catalogue's file is as it was written when it stood so."""
        name = project.catalogue_name(self.project, release, locale)
        unchanged = status.digest and status.digest == self.caches.digests.of(name)
        return bool(unchanged) and not disk.is_swapped(name)

    def settled(self, release: Release, locale: str, *, came: bool = False) -> Catalogue | None:
        """The catalogue with every decision in its file, and every edit made there in the store.

        What it says newly ``came`` with git when the caller knows so.  Raises HeadMoved after a change of
        branch that changes more than a handful of catalogues.
        """
        found = self.settle(release, locale, came=came)
        return self._reread(release, locale, found) if found else None

    def settle(self, release: Release, locale: str, *, came: bool = False) -> Standing | None:
        """As ``settled``, without reading again what was written."""
        path = project.catalogue_path(self.project, release, locale)
        self._recover(release, locale, path)
        seen = _digest_of_file(path)
        status = self.store.catalogue_status(release.id, locale)
        catalogue = self._read(release, locale, path, seen)
        if catalogue is None and not status.newest:
            return None
        if catalogue is not None and status.digest == seen and not came:
            if status.upto == status.newest:
                return Standing(seen, catalogue)
            # Nobody touched it: it says nothing that is not known.
            heads = self.store.current(release.id, locale, since=status.upto)
            return self._put_down(release, locale, catalogue, seen, heads)
        came = came or self._came(path, status.digest)
        if catalogue is None:
            return self._rebuilt(release, locale)
        heads = self._take_in(release, locale, catalogue, came=came)
        return self._put_down(release, locale, catalogue, seen, heads)

    def _came(self, path: Path, digest: str) -> bool:
        """Whether git brought what a catalogue says now, as something newer than what we wrote."""
        if self.watch is None:
            return False
        moved = self.watch.moved()
        if moved and len(list(islice(self._differing(), HANDFUL + 1))) > HANDFUL:
            raise HeadMoved(*moved)
        return self.watch.came(path, digest)

    def _differing(self) -> Iterator[Path]:
        """The catalogues that are not as we wrote them."""
        for release in project.readable_releases(self.project).releases:
            for locale in release.locales:
                path = project.catalogue_path(self.project, release, locale)
                written = self.last(release, locale)
                if written and written != _digest_of_file(path):
                    yield path

    def _take_in(
        self, release: Release, locale: str, catalogue: Catalogue, *, came: bool = False
    ) -> Mapping[Key, Decision]:
        """Make decisions of what a file says and the ledger does not; the newest on every segment then.

        What was decided elsewhere is as old as the file says.
        """
        status = self.store.catalogue_status(release.id, locale)
        heads = self.store.current(release.id, locale) if status.newest else {}
        now = self.clock()
        revised = merging.header_date(dict(catalogue.headers).get("PO-Revision-Date", ""))
        decisions: list[Decision] = []
        for news in self._news(release, locale, catalogue, heads, upto=status.upto, came=came):
            head = heads.get(news.entry.key)
            entry = self._claimed(release, locale, news, head) if status.digest else news.entry
            at = min(revised, now) if revised and news.action is Action.IMPORT else now
            decisions.append(
                replace(self.decision(release, locale, entry, news.action, head, at=at), note=news.note)
            )
        if not decisions:
            return heads
        appended = self.store.append(decisions)
        self.failpoint("took in")
        return {**heads, **{decision.key: decision for decision in appended}}

    def _claimed(self, release: Release, locale: str, news: ExternalEdit, head: Decision | None) -> Entry:
        """The entry of news, as far as the people it names could have decided it here."""
        before = self.authorship(release, locale, news.entry.key, head, news.entry.target)
        return external_edits.apply_review_rule(
            news,
            before,
            project.review_rule(self.project, release, locale),
            partial(self._may_approve, release, locale),
        )

    def _may_approve(self, release: Release, locale: str, person_id: str) -> bool:
        person = self.store.person(person_id)
        return person is None or states.may(Action.APPROVE, person.role(locale), release.review)

    def _news(
        self,
        release: Release,
        locale: str,
        catalogue: Catalogue,
        heads: Mapping[Key, Decision],
        *,
        upto: int,
        came: bool,
    ) -> Iterator[ExternalEdit]:
        """What a file says and the ledger does not."""
        strict = project.review_rule(self.project, release, locale).strict
        for entry in catalogue.entries:
            history = partial(self.store.history, release.id, locale, entry.key)
            head = heads.get(entry.key)
            if news := external_edits.classify_edit(
                entry, head, history, upto=upto, came=came, strict=strict
            ):
                yield news

    def _recover(self, release: Release, locale: str, path: Path) -> None:
        """Look at what a crash left swapped out, as the writer would have done."""
        aside = disk.swapped(path)
        if aside.exists():
            self._look_at(release, locale, aside, seen="")

    def _look_at(self, release: Release, locale: str, aside: Path, *, seen: str) -> bool:
        """Take in what was saved into a file in the moment it was swapped out, then delete it."""
        foreign = _digest_of_file(aside) != seen
        if foreign:
            try:
                catalogue = po.read(aside, rule=project.review_rule(self.project, release, locale))
                self._take_in(release, locale, catalogue)
            except InputError as error:
                backup = aside.with_name(f"{aside.name}.{_digest_of_file(aside)[:8]}.po")
                aside.replace(backup)
                _LOG.warning("%s was saved in the middle of a write and is kept as %s", error, backup)
                return False
        self.failpoint("looked at")
        aside.unlink(missing_ok=True)
        return foreign

    def apply_decisions(
        self, release: Release, locale: str, catalogue: Catalogue, news: Mapping[Key, Decision]
    ) -> None:
        """Bring decisions to a catalogue that says all others already."""
        if self.deferred:
            name = (release.id, locale)
            digest, _ = self.caches.read.get(name)
            newest = max(decision.id for decision in news.values())
            overlaid = with_decisions(catalogue, news, project.review_rule(self.project, release, locale))
            self._keep_overlaid(release, locale, (digest, newest), overlaid)
            return
        try:
            self._put_down(release, locale, catalogue, self.last(release, locale), news)
        except (InputError, Unavailable) as error:
            _LOG.warning("a decision is kept but not yet in its catalogue: %s", error)

    def write(self, release: Release, locale: str, changed: Catalogue) -> Catalogue:
        """Put a catalogue on disk in place of the one that was written last, with the newest decisions."""
        standing = self._put_down(release, locale, changed, self.last(release, locale))
        return self._reread(release, locale, standing)

    def last(self, release: Release, locale: str) -> str:
        """The digest of a catalogue as it was last written."""
        return self.store.projection(release.id, locale)[0]

    def _read(self, release: Release, locale: str, path: Path, digest: str) -> Catalogue | None:
        """The catalogue in a file whose bytes have a digest, read once while they do."""
        name = (release.id, locale)
        stamp, cached = self.caches.read.get(name)
        if stamp == digest:
            return cast("Catalogue", cached)
        catalogue = project.read_catalogue(self.project, release, locale)
        if catalogue is not None and _digest_of_file(path) == digest:
            self.caches.read.put(name, digest, catalogue, weight=len(catalogue.entries) + 1)
        return catalogue

    def _reread(self, release: Release, locale: str, standing: Standing) -> Catalogue:
        """A catalogue as its file says it, whose texts may differ from what was to be written."""
        path = project.catalogue_path(self.project, release, locale)
        return self._read(release, locale, path, standing.digest) or standing.catalogue

    def _rebuilt(self, release: Release, locale: str) -> Standing:
        """A catalogue that was deleted, made again from its document and the ledger."""
        document = project.document(self.project, release, locale)
        fresh = po.template(document, locale=locale, name=self.project.settings.name)
        return self._put_down(release, locale, fresh, "")

    def _put_down(
        self,
        release: Release,
        locale: str,
        catalogue: Catalogue,
        seen: str,
        heads: Mapping[Key, Decision] | None = None,
    ) -> Standing:
        """Put the newest decisions into a catalogue and the catalogue on disk.

        ``seen`` is the digest of the file the catalogue was read from: when another one is
        swapped out, somebody saved it in between.  ``heads`` are the decisions that are not in
        the catalogue yet, where the caller knows them.
        """
        heads = self.store.current(release.id, locale) if heads is None else heads
        upto = max((head.id for head in heads.values()), default=0)
        written = with_decisions(catalogue, heads, project.review_rule(self.project, release, locale))
        path = project.catalogue_path(self.project, release, locale)
        data = po.encoded(written, path)
        if (aside := self._put(path, data, seen)) and self._look_at(release, locale, aside, seen=seen):
            again = po.read(path, rule=project.review_rule(self.project, release, locale))
            return self._put_down(release, locale, again, _digest(data))
        self.store.projected(release.id, locale, _digest(data), upto)
        self.failpoint("projected")
        return Standing(_digest(data), written)

    def _put(self, path: Path, data: bytes, seen: str) -> Path | None:
        """Write a catalogue where it changed; where the file that stood there now lies."""
        if seen == _digest(data) == _digest_of_file(path):
            return None
        self.failpoint("before the swap")
        aside = disk.exchange(path, data)
        self.failpoint("swapped")
        return aside

    def decision(
        self,
        release: Release,
        locale: str,
        entry: Entry,
        action: Action,
        head: Decision | None,
        *,
        at: dt.datetime | None = None,
    ) -> Decision:
        """The decision that makes an entry what it is."""
        before = self.authorship(release, locale, entry.key, head, entry.target)
        return decision_rules.decision(release.id, locale, entry, action, head, before, at=at or self.clock())

    def authorship(
        self, release: Release, locale: str, key: Key, head: Decision | None, target: str
    ) -> Authorship:
        """Whose eyes a target had before it is decided again."""
        return authorship.authorship_before(
            head, target, partial(self.store.history, release.id, locale, key)
        )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_of_file(path: Path) -> str:
    return _digest(path.read_bytes()) if path.is_file() else ""
