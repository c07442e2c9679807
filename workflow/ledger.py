"""The ledger and the catalogues agree: decisions go out to PO files, edits made there come in.

A decision is acknowledged once it is in the store; the PO file is its projection.  Before a
catalogue is used or written it is *settled*: entries somebody edited outside become decisions
by "catalogue", starting from the decision their provenance line names.  An entry that fits its
own line but is unknown here was decided in another copy of the project and comes in as it is.
When both sides went on from the same decision, the text of the file is taken as fuzzy and the
other one stays in the history and in the decision's note.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import Connection

from l10n import catalogue as po
from l10n import disk, project
from l10n.errors import InputError, L10nError, UsageError
from l10n.model import Catalogue, Entry
from l10n.project import Project, Release
from workflow import deciding, eyes, git, merging, outside, states, sweeping
from workflow.deciding import Asked, Wish
from workflow.git import HeadMoved, Watch
from workflow.laying import laid
from workflow.outside import News
from workflow.readings import Digests, Places, Readings
from workflow.states import Action, Eyes, Role
from workflow.store import Addition, Decision, Key, Stale, Standing, Store, Unavailable, segment_id
from workflow.store.database import open_postgresql, open_sqlite

T = TypeVar("T")
Clock = Callable[[], dt.datetime]
HANDFUL = 5
"""How many catalogues may differ after a change of branch before somebody is asked about it."""

_READINGS = 200  # catalogues that are kept as they were read last
_LOG = logging.getLogger(__name__)


def _nothing(_point: str) -> None:
    """Take no notice of a point that was reached."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A project with its store and a clock.

    ``reach`` hears the name of each point at which a crash would leave something half done.
    ``watch`` tells what git does to the catalogues, None outside git.  ``hand_on`` is told, in the
    transaction of a person's decisions, whose catalogue they are to reach: when this process dies
    before it has written that, somebody else does.  ``later`` is told of a catalogue that lacks
    decisions and has it written soon; where it is None a decision is in its catalogue when ``decide``
    returns.
    """

    project: Project
    store: Store
    clock: Clock
    reach: Callable[[str], None] = _nothing
    watch: Watch | None = None
    hand_on: Callable[[Connection, Release, str], object] | None = None
    later: Callable[[Release, str], object] | None = None
    _read_last: Readings = field(default_factory=lambda: Readings(_READINGS), repr=False, compare=False)
    _laid: Readings = field(default_factory=lambda: Readings(_READINGS), repr=False, compare=False)
    _digests: Digests = field(default_factory=Digests, repr=False, compare=False)
    _places: Places = field(default_factory=Places, repr=False, compare=False)

    def catalogue(self, release: Release, locale: str) -> Catalogue | None:
        """The catalogue of a release in a language as it stands now, edits made outside included.

        None when there is none yet.
        """
        if found := self._at_hand(release, locale, self._undisturbed(release, locale)):
            return found
        with self._lock(release, locale):
            return self._standing_now(release, locale)

    def entry(self, release: Release, locale: str, catalogue: Catalogue | None, segment: str) -> Entry:
        """The entry of a segment in the catalogue as it stands.  Raises UsageError when there is none."""
        found = self._places.entry((release.id, locale), catalogue, segment) if catalogue else None
        if found is None:
            raise UsageError("there is no such segment", remedy="It may have left the source.")
        return found

    def written(self, release: Release, locale: str) -> Catalogue | None:
        """As ``catalogue``, with every decision in the file."""
        with self._lock(release, locale):
            return self._settled(release, locale)

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
        given = {entry.key: po.digest(entry) for entry in before.entries} if before else {}
        with self._lock(release, locale):
            self._settled(release, locale)
            heads = self.store.current(release.id, locale)
            made = [
                self._decision(release, locale, entry, action, heads.get(entry.key))
                for entry in changed.entries
                if deciding.is_news(entry, heads.get(entry.key))
                and deciding.may_record(entry, heads, given, action)
            ]
            if made:
                self.store.append(made)
            return self._write(release, locale, changed, self._last(release, locale))

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

        ``base`` is the digest of what the person saw.  Raises Stale when that has changed,
        Refused when the decision may not be taken, UsageError when there is no such segment.
        """
        wish = Wish(key, action, target, base, note, origin, overriding, outstanding)
        return self.decide_all(release, locale, [wish], actor=actor, role=role)[0]

    def decide_all(
        self, release: Release, locale: str, wishes: Sequence[Wish], *, actor: str, role: Role | None
    ) -> tuple[Decision, ...]:
        """A person's decisions on several segments, taken at one moment: all of them or none.

        Raises what ``decide`` raises for the first that may not be taken.
        """
        return self.take(Asked(release, locale, tuple(wishes), actor, role))

    def take(self, asked: Asked) -> tuple[Decision, ...]:
        """As ``decide_all``, with what is to be done in the same transaction."""
        (outcome,) = self.take_each([asked])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def take_each(self, asked: Sequence[Asked]) -> tuple[tuple[Decision, ...] | Exception, ...]:
        """What several people ask for at one moment, each taken or not by itself and committed together.

        In the order asked for: the decisions, or what ``take`` would have raised.
        """
        places = {(one.release.id, one.locale): one.release for one in asked}
        with self._locked(places):
            stand = {place: self._stand(release, place[1]) for place, release in places.items()}
            told = [self._addition(one, stand[one.release.id, one.locale]) for one in asked]
            self.reach("before the append")
            kept = iter(self.store.append_each([one for one in told if isinstance(one, Addition)]))
            outcomes = tuple(next(kept) if isinstance(one, Addition) else one for one in told)
            self.reach("appended")
            for place, release in places.items():
                catalogue = stand[place]
                news = {
                    decision.key: decision
                    for one, made in zip(asked, outcomes, strict=True)
                    if (one.release.id, one.locale) == place and not isinstance(made, Exception)
                    for decision in made
                }
                if news and isinstance(catalogue, Catalogue):
                    self._bring(release, place[1], catalogue, news)
            return outcomes

    def _stand(self, release: Release, locale: str) -> Catalogue | Exception | None:
        try:
            return self._standing_now(release, locale)
        except (L10nError, OSError) as error:
            return error

    def _addition(self, asked: Asked, catalogue: Catalogue | Exception | None) -> Addition | Exception:
        """What is to be appended for what a person asks for, or why it may not be."""
        if isinstance(catalogue, Exception):
            return catalogue
        try:
            made = tuple(self._decided(asked, catalogue))
        except (L10nError, OSError) as error:
            return error
        return Addition(made, partial(self._with_them, asked))

    def _decided(self, asked: Asked, catalogue: Catalogue | None) -> Iterator[Decision]:
        """The decisions that a person asks for.  Raises what ``decide`` does."""
        release, locale = asked.release, asked.locale
        heads = self.store.current(release.id, locale, {wish.key for wish in asked.wishes})
        rule, now = project.rule(self.project, release, locale), self.clock()
        for wish in asked.wishes:
            entry = self.entry(release, locale, catalogue, segment_id(wish.key))
            head = heads.get(wish.key)
            if wish.base != deciding.digest_of(head):
                raise Stale(head)
            had = wish.seen or self._eyes(release, locale, wish.key, head, wish.target)
            outcome = states.after(
                wish.action,
                wish.target,
                role=asked.role,
                actor=asked.actor,
                review=release.review,
                rule=rule,
                eyes=had,
            )
            decided = deciding.wished(entry, wish, outcome, asked.actor)
            plain = deciding.decision(release.id, locale, decided, wish.action, head, had, at=now)
            outstanding = " ".join(sorted(set(wish.outstanding)))
            yield replace(plain, note=wish.note, outstanding=outstanding)

    def _with_them(self, asked: Asked, connection: Connection) -> None:
        """What belongs into the transaction of decisions."""
        if asked.also:
            asked.also(connection)
        if self.hand_on:
            self.hand_on(connection, asked.release, asked.locale)

    def _bring(
        self, release: Release, locale: str, catalogue: Catalogue, news: Mapping[Key, Decision]
    ) -> None:
        """Bring decisions to a catalogue that says all others already, now or later."""
        if self.later:
            name = (release.id, locale)
            digest, _ = self._read_last.get(name)
            newest = max(one.id for one in news.values())
            self._laid.put(
                name, (digest, newest), laid(catalogue, news, project.rule(self.project, release, locale))
            )
            self.later(release, locale)
            return
        try:
            self._write(release, locale, catalogue, self._last(release, locale), news)
        except (InputError, Unavailable) as error:
            _LOG.warning("a decision is kept but not yet in its catalogue: %s", error)

    def _eyes(self, release: Release, locale: str, key: Key, head: Decision | None, target: str) -> Eyes:
        """Whose eyes a target had before it is decided again."""
        return eyes.had(head, target, partial(self.store.history, release.id, locale, key))

    def settle(self, *, accept: bool = False) -> None:
        """Take in every edit made outside, and write what is not written yet.

        Raises HeadMoved after a change of branch that changes more than a handful of
        catalogues; with ``accept`` all of them are taken in as this branch says.
        """
        sweeping.swept(self.project, self.clock())
        with self._standing_still():
            known = {} if accept else self.store.standings()
            for release in project.releases(self.project):
                for locale in release.locales:
                    if self._is_settled(release, locale, known.get((release.id, locale))):
                        continue
                    with self._lock(release, locale):
                        self._settled(release, locale, came=accept)

    def alone(self, change: Callable[[], T], *, prepare: Callable[[], None]) -> T:
        """Have git change catalogues while nobody else settles or decides, and take in what came.

        ``prepare`` is done once all is settled, before the change.
        """
        with disk.locked(self._locks / "gate"), disk.locked(self._locks / "everything"):
            self._settle_all(came=False)
            prepare()
            changed = change()
            self._settle_all(came=True)
            return changed

    def forget(self, person_id: str) -> None:
        """Erase a person from the ledger and from every catalogue; see ``Store.forget``."""
        with disk.locked(self._locks / "gate"), disk.locked(self._locks / "everything"):
            self._settle_all(came=False)
            for release in project.releases(self.project):
                for locale in release.locales:
                    if self._last(release, locale):
                        # written again whatever happens now: it may hold what the person said
                        self.store.projected(release.id, locale, "", 0)
            self.store.forget(person_id)
            self._settle_all(came=False)

    def _settle_all(self, *, came: bool) -> None:
        with self._standing_still():
            for release in project.releases(self.project):
                for locale in release.locales:
                    self._settled(release, locale, came=came)

    @contextmanager
    def _standing_still(self) -> Iterator[None]:
        """Remember, once everything is settled, where HEAD stood before."""
        head = self.watch.now() if self.watch else None
        yield
        if self.watch and head:
            self.watch.remember(head)

    def _standing_now(self, release: Release, locale: str) -> Catalogue | None:
        """The catalogue with what was decided; not written for that where somebody does it later."""
        if self.later is None:
            return self._settled(release, locale)
        known = self._undisturbed(release, locale)
        found = self._at_hand(release, locale, known) or self._laid_over(release, locale, known)
        return found or self._settled(release, locale)

    def _at_hand(self, release: Release, locale: str, known: Standing | None) -> Catalogue | None:
        """The catalogue as it stands, when ``_undisturbed`` knows how and all since is known here."""
        if known is None:
            return None
        told, found = self._read_last.get((release.id, locale))
        if known.newest == known.upto and told == known.digest:
            return cast("Catalogue", found)
        told, found = self._laid.get((release.id, locale))
        return cast("Catalogue", found) if self.later and told == (known.digest, known.newest) else None

    def _laid_over(self, release: Release, locale: str, known: Standing | None) -> Catalogue | None:
        """The catalogue with the decisions its file lacks, when ``_undisturbed`` knows how it stands."""
        if known is None or known.newest == known.upto:
            return None
        path = project.catalogue_path(self.project, release, locale)
        found = self._read(release, locale, path, known.digest)
        if found is None:
            return None
        heads = self.store.current(release.id, locale, since=known.upto)
        made = laid(found, heads, project.rule(self.project, release, locale))
        self._laid.put((release.id, locale), (known.digest, known.newest), made)
        return made

    def _undisturbed(self, release: Release, locale: str) -> Standing | None:
        """How a catalogue stands whose file is as it was last written, None when it is not."""
        known = self.store.standing(release.id, locale)
        return known if self._as_written(release, locale, known) else None

    def _as_written(self, release: Release, locale: str, known: Standing) -> bool:
        """Whether a catalogue's file is as it was written when it stood so."""
        name = project.catalogue_name(self.project, release, locale)
        same = known.digest and known.digest == self._digests.of(name)
        return bool(same) and not disk.is_swapped(name)

    def _is_settled(self, release: Release, locale: str, known: Standing | None) -> bool:
        """Whether there is nothing to take in or to write, told without reading the catalogue's entries."""
        return known is not None and known.upto == known.newest and self._as_written(release, locale, known)

    def _settled(self, release: Release, locale: str, *, came: bool = False) -> Catalogue | None:
        path = project.catalogue_path(self.project, release, locale)
        self._recover(release, locale, path)
        seen = _digest_of_file(path)
        known = self.store.standing(release.id, locale)
        found = self._read(release, locale, path, seen)
        if found is None and not known.newest:
            return None
        if found is not None and known.digest == seen and not came:
            if known.upto == known.newest:
                return found
            # Nobody touched it: it says nothing that is not known.
            heads = self.store.current(release.id, locale, since=known.upto)
            return self._write(release, locale, found, seen, heads)
        came = came or self._came(path, known.digest)
        if found is None:
            return self._rebuilt(release, locale)
        self._take_in(release, locale, found, came=came)
        return self._write(release, locale, found, seen)

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
        for release in project.releases(self.project):
            for locale in release.locales:
                path = project.catalogue_path(self.project, release, locale)
                written = self._last(release, locale)
                if written and written != _digest_of_file(path):
                    yield path

    def _take_in(self, release: Release, locale: str, found: Catalogue, *, came: bool = False) -> None:
        """Make decisions of what a file says and the ledger does not.

        What was decided elsewhere is as old as the file says.
        """
        heads = self.store.current(release.id, locale)
        known = bool(self._last(release, locale))
        now = self.clock()
        told = merging.date(dict(found.headers).get("PO-Revision-Date", ""))
        made: list[Decision] = []
        for news in self._news(release, locale, found, heads, came=came):
            head = heads.get(news.entry.key)
            entry = self._claimed(release, locale, news, head) if known else news.entry
            at = min(told, now) if told and news.action is Action.IMPORT else now
            made.append(
                replace(self._decision(release, locale, entry, news.action, head, at=at), note=news.note)
            )
        if made:
            self.store.append(made)
            self.reach("took in")

    def _claimed(self, release: Release, locale: str, news: News, head: Decision | None) -> Entry:
        """The entry of news, as far as the people it names could have decided it here."""
        had = self._eyes(release, locale, news.entry.key, head, news.entry.target)
        return outside.claimed(
            news,
            had,
            project.rule(self.project, release, locale),
            partial(self._may_approve, release, locale),
        )

    def _may_approve(self, release: Release, locale: str, person_id: str) -> bool:
        person = self.store.person(person_id)
        return person is None or states.may(Action.APPROVE, person.role(locale), release.review)

    def _news(
        self, release: Release, locale: str, found: Catalogue, heads: Mapping[Key, Decision], *, came: bool
    ) -> Iterator[News]:
        """What a file says and the ledger does not."""
        _, upto = self.store.projection(release.id, locale)
        strict = project.rule(self.project, release, locale).strict
        for entry in found.entries:
            history = partial(self.store.history, release.id, locale, entry.key)
            head = heads.get(entry.key)
            if news := outside.news(entry, head, history, upto=upto, came=came, strict=strict):
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
                found = po.read(aside, rule=project.rule(self.project, release, locale))
                self._take_in(release, locale, found)
            except InputError as error:
                kept = aside.with_name(f"{aside.name}.{_digest_of_file(aside)[:8]}.po")
                aside.replace(kept)
                _LOG.warning("%s was saved in the middle of a write and is kept as %s", error, kept)
                return False
        self.reach("looked at")
        aside.unlink(missing_ok=True)
        return foreign

    def _last(self, release: Release, locale: str) -> str:
        """The digest of a catalogue as it was last written."""
        return self.store.projection(release.id, locale)[0]

    def _read(self, release: Release, locale: str, path: Path, digest: str) -> Catalogue | None:
        """The catalogue in a file whose bytes have a digest, read once while they do."""
        name = (release.id, locale)
        told, known = self._read_last.get(name)
        if told == digest:
            return cast("Catalogue", known)
        found = project.read_catalogue(self.project, release, locale)
        if found is not None and _digest_of_file(path) == digest:
            self._read_last.put(name, digest, found)
        return found

    def _rebuilt(self, release: Release, locale: str) -> Catalogue:
        """A catalogue that was deleted, made again from its document and the ledger."""
        document = project.document(self.project, release, locale)
        fresh = po.template(document, locale=locale, name=self.project.settings.name)
        return self._write(release, locale, fresh, "")

    def _write(
        self,
        release: Release,
        locale: str,
        catalogue: Catalogue,
        seen: str,
        heads: Mapping[Key, Decision] | None = None,
    ) -> Catalogue:
        """Put the newest decisions into a catalogue and the catalogue on disk.

        ``seen`` is the digest of the file the catalogue was read from: when another one is
        swapped out, somebody saved it in between.  ``heads`` are the decisions that are not in
        the catalogue yet, where the caller knows them.
        """
        heads = self.store.current(release.id, locale) if heads is None else heads
        upto = max((head.id for head in heads.values()), default=0)
        written = laid(catalogue, heads, project.rule(self.project, release, locale))
        path = project.catalogue_path(self.project, release, locale)
        data = po.encoded(written, path)
        if (aside := self._put(path, data, seen)) and self._look_at(release, locale, aside, seen=seen):
            again = po.read(path, rule=project.rule(self.project, release, locale))
            return self._write(release, locale, again, _digest(data))
        self.store.projected(release.id, locale, _digest(data), upto)
        self.reach("projected")
        return self._read(release, locale, path, _digest(data)) or written

    def _put(self, path: Path, data: bytes, seen: str) -> Path | None:
        """Write a catalogue where it changed; where the file that stood there now lies."""
        if seen == _digest(data) == _digest_of_file(path):
            return None
        self.reach("before the swap")
        aside = disk.exchange(path, data)
        self.reach("swapped")
        return aside

    def _decision(
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
        had = self._eyes(release, locale, entry.key, head, entry.target)
        return deciding.decision(release.id, locale, entry, action, head, had, at=at or self.clock())

    @property
    def _locks(self) -> Path:
        return self.project.state / "locks"

    @contextmanager
    def _lock(self, release: Release, locale: str) -> Iterator[None]:
        with self._locked([(release.id, locale)]):
            yield

    @contextmanager
    def _locked(self, places: Iterable[tuple[str, str]]) -> Iterator[None]:
        """Hold catalogues alone, by release and locale; all take several in the same order."""
        locks = self._locks
        # Whoever wants to be alone holds the gate, so that those who share do not keep them waiting.
        with disk.locked(locks / "gate"):
            pass
        with ExitStack() as held:
            held.enter_context(disk.locked(locks / "everything", shared=True))
            for release_id, locale in sorted(places):
                held.enter_context(disk.locked(locks / f"{release_id}.{locale}"))
            yield


def open_ledger(project_: Project, clock: Clock) -> Ledger:
    """The ledger of a project, made when it is not there.

    It is where L10N_DATABASE_URL says, else where the project's settings say, else in a file.
    """
    url = _address(project_)
    store = open_postgresql(url) if url else open_sqlite(path_of(project_))
    watch = git.watch(project_.root, project_.state)
    if watch and watch.remembered() is None:
        watch.remember()
    return Ledger(project_, store, clock, watch=watch)


def in_file(project_: Project) -> bool:
    """Whether the ledger of a project is the embedded one."""
    return not _address(project_)


def _address(project_: Project) -> str:
    return os.environ.get("L10N_DATABASE_URL") or project_.settings.database


def path_of(project_: Project) -> Path:
    """Where the embedded ledger of a project lies."""
    return project_.state / "ledger.sqlite"


def now() -> dt.datetime:
    """The clock on the wall, in UTC."""
    return dt.datetime.now(dt.UTC)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_of_file(path: Path) -> str:
    return _digest(path.read_bytes()) if path.is_file() else ""
