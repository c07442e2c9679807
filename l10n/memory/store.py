"""The memory: it can be deleted and made again from what was approved."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from l10n.errors import InputError, L10nError, UsageError
from l10n.memory import bulk, concordance, phrases, ranking, rows
from l10n.memory.bounds import LONGEST
from l10n.memory.concordance import Concordance
from l10n.memory.database import REMEDY, Database, Sqlite
from l10n.memory.finder import Finder
from l10n.memory.normalising import normalise
from l10n.memory.penalties import Penalties
from l10n.memory.postings_finder import PostingsFinder
from l10n.memory.scoring import CAP, FORM, nearest
from l10n.memory.unit import TranslationUnit
from l10n.memory.word_index import WordIndex
from l10n.model import Match

DEFAULT = Penalties()
_FORMAT = 6
_BATCH = 5_000  # units written at a time
_MANY = 1_000  # new pairs after which the database is told that many came
_TAIL = 5_000  # targets that wait before the index file takes them over
_OLD_TABLES = ("frequency", "posting", "context", "place", "target", "source", "origin", "about", "tail")
_OLD_NOTES = ("read_catalogue", "reading")
_TABLES = ("frequency", "posting", "tail", "place", "target", "source", "origin", "reading")


@dataclass(frozen=True, slots=True)
class Counts:
    """Distinct sources; pairs by target locale; places, of which a pair may have many, by origin."""

    sources: int
    pairs: Mapping[str, int]
    places: Mapping[str, int]


class Memory:
    """A translation memory for one source locale, open until it is closed.

    Used in one thread at a time.  ``len`` counts its distinct pairs of source and target.
    """

    def __init__(
        self,
        database: Database,
        source_locale: str,
        finder: Finder,
        words: WordIndex,
        penalties: Penalties,
        today: int,
    ) -> None:
        self._database = database
        self._finder = finder
        self._words = words
        self._penalties = penalties
        self._today = today
        self.source_locale = source_locale

    @classmethod
    def open(
        cls,
        path: str | Path,
        source_locale: str,
        *,
        penalties: Penalties = DEFAULT,
        today: int = 0,
        tail: int = _TAIL,
        indexed: bool = True,
        beside: Path | None = None,
    ) -> Self:
        """The memory in a file, made when there is none; ``":memory:"`` keeps it off the disk.

        An address that starts with ``postgresql://`` names a database instead; ``beside`` is the path
        beside which the index file of this machine lies then.

        ``today`` is the proleptic ordinal by which pairs have an age, 0 when they have none.
        Without ``indexed`` it does without an index file, as it does where numpy is missing.
        Raises InputError for a file that is no memory, UsageError for one of another locale.
        """
        again = partial(_database, path, source_locale)
        database = again()
        if isinstance(path, Path) and beside is None:
            beside = path
        finder = _finder(database, beside if indexed else None, tail, again)
        words = WordIndex(database, beside.with_suffix(".words") if beside else None, again)
        memory = cls(database, source_locale, finder, words, penalties, today)
        try:
            memory._prepare()
        except L10nError:
            memory.close()
            raise
        return memory

    def _prepare(self) -> None:
        version = self._database.version()
        if version > _FORMAT:
            raise InputError(
                f"the memory is in format {version}, this program reads format {_FORMAT}",
                path=self._database.place,
                remedy=REMEDY,
            )
        if version < _FORMAT:
            self._make(old=version > 0)
        stored_locale = rows.read_notes(self._database)["source_locale"]
        if stored_locale != self.source_locale:
            raise UsageError(
                f"the memory is for {stored_locale}, not for {self.source_locale}",
                path=self._database.place,
                remedy="Keep one memory for each source language.",
            )

    def _make(self, *, old: bool) -> None:
        """Make the tables; those of an older format are emptied, as all they hold is read again."""
        if old:
            for table in (*_OLD_TABLES, *_OLD_NOTES):
                self._database.fetch_all(f"DROP TABLE IF EXISTS {table}")
        self._database.create_tables(_FORMAT)
        first = {"source_locale": self.source_locale, "generation": secrets.token_hex(8), "posted": "0"}
        with self._database.transaction():
            for name, value in first.items():
                self._database.fetch_all(
                    "INSERT INTO about VALUES (?, ?) ON CONFLICT DO NOTHING", (name, value)
                )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        ((count,),) = self._database.fetch_all("SELECT count(*) FROM target")
        return int(count)

    def close(self) -> None:
        """Close the database and the index."""
        self._finder.close()
        self._words.close()
        self._database.close()

    def clear(self) -> None:
        """Delete everything."""
        with self._database.transaction():
            for table in _TABLES:
                self._database.fetch_all(f"DELETE FROM {table}")  # noqa: S608  names from the line above
            rows.set_note(self._database, "generation", secrets.token_hex(8))
            rows.set_note(self._database, "posted", "0")

    def forget(self, origin: str, *, own: bool = True) -> None:
        """Delete what comes from one origin only."""
        with self._database.transaction():
            rows.forget(self._database, origin, own=own)

    def read_files(self) -> Mapping[str, tuple[str, str]]:
        """(stamp, pairs) by name of the files that ``note_file`` recorded."""
        answers = self._database.fetch_all("SELECT name, stamp, pairs FROM reading")
        return {name: (stamp, pairs) for name, stamp, pairs in answers}

    def note_file(self, name: str, stamp: str, pairs: str) -> None:
        """Record that a file was read, with its stamp and what pairs it held."""
        with self._database.transaction():
            self._database.fetch_all(
                "INSERT INTO reading VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET stamp = excluded.stamp, pairs = excluded.pairs",
                (name, stamp, pairs),
            )

    def forget_file(self, name: str) -> None:
        """Delete the record that a file was read."""
        with self._database.transaction():
            self._database.fetch_all("DELETE FROM reading WHERE name = ?", (name,))

    def units(self, target_locale: str = "") -> Iterator[TranslationUnit]:
        """Every pair, or those of one target locale, those of a source together, without neighbours."""
        return rows.units(self._database, target_locale)

    def counts(self) -> Counts:
        """The numbers of sources, pairs and places."""
        return Counts(*rows.counts(self._database))

    def add(self, units: Iterable[TranslationUnit]) -> int:
        """Remember units and return how many said something new.

        One already known, with the same neighbours, only has its origin and state renewed; one
        without words on either side is left out.  All are found by the next lookup.
        """
        waiting = (unit for unit in units if _says_something(unit))
        new = 0
        try:
            while batch := list(islice(waiting, _BATCH)):
                with self._database.transaction():
                    new += self._add(batch)
            if new >= _MANY:
                self._database.update_statistics()
        finally:
            self._finder.settle()
        return new

    def _add(self, units: Iterable[TranslationUnit]) -> int:
        origins: dict[tuple[str, bool], int] = {}
        with_origins: list[tuple[TranslationUnit, int]] = []
        for unit in units:
            origin = (unit.origin, unit.own)
            if origin not in origins:
                origins[origin] = bulk.origin_of(self._database, unit.origin, own=unit.own)
            with_origins.append((unit, origins[origin]))
        added = bulk.add(self._database, with_origins)
        self._finder.add(
            [(stored.target, stored.source, stored.reading) for stored in added if stored.reading is not None]
        )
        return sum(stored.is_new for stored in added)

    def lookup(
        self,
        source: str,
        *,
        target_locale: str,
        limit: int = 3,
        threshold: float = 0.7,
        before: str | None = None,
        after: str | None = None,
    ) -> list[Match]:
        """The best matches for a source, best first; ``threshold`` 0.7 is a score of 70.

        ``before`` and ``after`` are the neighbouring sources, "" when there is none.  Scores:
        102 and 101 exact with both or one neighbour the same, 100 exact, 99 when only case,
        space or codes differ or several targets are known for the place, 98 when numbers and
        months alone differ and were replaced; below that the similarity.  What a target loses for where
        it comes from, such as a variant of the locale (``pt`` for ``pt-BR``), say the penalties.
        """
        query = self._query(source, target_locale, before, after)
        spoken = rows.language(target_locale)
        # Of a shape with numbers in it there may be many: they are looked at where the same is not enough.
        if query.reading.numbers or 100 * threshold > FORM:
            itself = rows.same_text(self._database, source, query.reading, spoken)
            exact = (
                match for _, text, stored in itself for match in ranking.exact_matches(query, text, stored)
            )
            best = ranking.best(exact, limit, threshold)
            if 100 * threshold > FORM or (len(best) >= limit and best[-1].score >= FORM):
                return best
        matches: list[Match] = []
        near = rows.same_shape(self._database, source, query.reading, spoken)
        for _, text, stored in near:
            matches += ranking.near_matches(query, text, stored)
        best = ranking.best(matches, limit, threshold)
        settled = 100 * threshold > CAP or (len(best) >= limit and best[-1].score > CAP)
        if settled or len(query.reading.shape) > LONGEST:
            return best
        similar = self._fuzzy(query, threshold, [id_ for id_, _, _ in near], limit)
        targets = rows.targets(self._database, [id_ for _, id_, _ in similar], spoken)
        for score, id_, text in similar:
            matches += ranking.fuzzy_matches(query, text, score, targets[id_])
        return ranking.best(matches, limit, threshold)

    def _query(
        self, source: str, target_locale: str, before: str | None, after: str | None
    ) -> ranking.LookupQuery:
        return ranking.LookupQuery(
            source,
            normalise(source),
            self.source_locale,
            target_locale,
            rows.neighbour(before),
            rows.neighbour(after),
            self._penalties,
            self._today,
        )

    def phrases(self, source: str, *, target_locale: str, limit: int = 5) -> list[Match]:
        """Matches for parts of a source, the longest first: sources of three words or more within it.

        Each has the source it was made for, and one target, the best; their kind is "part".
        """
        query = self._query(source, target_locale, None, None)
        contained = phrases.within(self._database, query.reading)
        spoken = rows.language(target_locale)
        stored = rows.targets(self._database, [row for row, _ in contained], spoken)
        parts = (
            replace(match, kind="part")
            for row, text in contained
            for match in ranking.best(ranking.exact_matches(query, text, stored[row]), 1, 0)
        )
        return list(islice(parts, limit))

    def concordance(
        self, text: str, *, target_locale: str, side: str = "", limit: int = 20, wait: bool = True
    ) -> Concordance:
        """The pairs into a language that hold some words: in the "source", in the "target" or in either.

        Those come first that have them one after the other.  The first look-up reads the words of all
        pairs; without ``wait`` it finds those that are read by then, while another thread reads on.
        """
        words = concordance.sought_words(text)
        complete = self._words.prepare(wait=wait)
        found: dict[int, TranslationUnit] = {}
        spoken = rows.language(target_locale)
        for expression in concordance.match_expressions(words, side, spoken) if words else ():
            # Some of them may have left the memory.
            targets = self._words.targets(expression, 2 * limit + len(found))
            stored = rows.units_of(self._database, targets, spoken)
            found |= {row: stored[row] for row in targets if row in stored and row not in found}
            if len(found) >= limit:
                break
        return Concordance(tuple(islice(found.values(), limit)), complete)

    def _fuzzy(
        self, query: ranking.LookupQuery, threshold: float, excluded: Iterable[int], limit: int
    ) -> list[tuple[int, int, str]]:
        """(score, row, text) of the nearest sources, best first, a few more than ``limit``."""
        reading = query.reading
        spoken = rows.language(query.target_locale)
        shapes = self._finder.nearest(reading, threshold=threshold, language=spoken)
        for id_ in excluded:
            shapes.pop(id_, None)
        slack = self._penalties.of_sources
        near = nearest(reading, shapes, threshold=threshold, limit=limit, slack=slack)
        alike = {id_: likeness for likeness, id_ in near}
        scored = []
        for id_, text in rows.texts(self._database, list(alike)[: 4 * limit + 8]).items():
            scored.append((ranking.alike(query, normalise(text), alike[id_]), id_, text))
        return sorted(scored, reverse=True)


def _says_something(unit: TranslationUnit) -> bool:
    """Whether there are words on both sides, and nothing that a database cannot hold."""
    return bool(unit.source.strip() and unit.target.strip()) and "\0" not in unit.source + unit.target


def _database(path: str | Path, source_locale: str) -> Database:
    if isinstance(path, str) and path.startswith("postgresql://"):
        try:
            from l10n.memory.postgresql import Postgresql  # noqa: PLC0415 - an extra
        except ImportError:
            raise UsageError(
                "the PostgreSQL driver is not installed", remedy="pip install 'passerelle[postgresql]'"
            ) from None
        return Postgresql.open(path, source_locale)
    return Sqlite.open(path)


def _finder(database: Database, beside: Path | None, tail: int, again: Callable[[], Database]) -> Finder:
    if beside is None or find_spec("numpy") is None:
        return PostingsFinder(database)
    from l10n.memory.index_finder import IndexFinder  # noqa: PLC0415 - numpy, which may be missing and is slow

    return IndexFinder(database, beside.with_suffix(".index"), tail, again)
