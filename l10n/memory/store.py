"""The memory on disk: a SQLite file that can be deleted and made again from what was approved."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from heapq import nlargest
from importlib.resources import files
from itertools import islice
from math import ceil, log2
from pathlib import Path
from types import TracebackType
from typing import Self

from l10n.errors import InputError, L10nError, UsageError
from l10n.memory import ranking
from l10n.memory.ranking import Stored
from l10n.memory.reading import Reading, read, shape_key, tokens
from l10n.memory.scoring import CAP, fuzzy, likeness
from l10n.memory.unit import TranslationUnit
from l10n.model import Match

_FORMAT = 1
_PATIENCE = 30.0  # seconds to wait for another writer
_REMEDY = "Delete the file; it is made again from the approved catalogues."
_BATCH = 5_000  # units written at a time
_POSTINGS = 4_000  # rows of the inverted index read for one source
_SPARE = 2  # tokens looked up beyond those that a near source may lack
_CANDIDATES = 300  # sources compared for one source
_LONGEST = 4_000  # characters beyond which only the same is found, as comparing takes their square
_SAME_SHAPE = 50  # sources that differ in numbers alone, of which no more are looked at


@contextmanager
def _told(path: str | Path) -> Iterator[None]:
    """SQLite's errors in words that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise InputError(
            f"the translation memory cannot be used: {error}", path=path, remedy=_REMEDY
        ) from None


class Memory:
    """A translation memory for one source locale, open until it is closed.

    Used in one thread at a time.  ``len`` counts its distinct pairs of source and target.
    """

    def __init__(self, database: sqlite3.Connection, source_locale: str, path: str | Path) -> None:
        self._database = database
        self._path = path
        self.source_locale = source_locale

    @classmethod
    def open(cls, path: str | Path, source_locale: str) -> Self:
        """The memory in a file, made when there is none; ``":memory:"`` keeps it off the disk.

        Raises InputError for a file that is no memory, UsageError for one of another locale.
        """
        with _told(path):
            database = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
        memory = cls(database, source_locale, path)
        try:
            with _told(path):
                memory._prepare()
        except L10nError:
            database.close()
            raise
        return memory

    def _prepare(self) -> None:
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute("PRAGMA cache_size = -65536")
        (format_,) = self._database.execute("PRAGMA user_version").fetchone()
        if format_ == 0:
            self._make()
        elif format_ != _FORMAT:
            raise InputError(
                f"the memory is in format {format_}, this program reads format {_FORMAT}",
                path=self._path,
                remedy=_REMEDY,
            )
        (known,) = self._database.execute("SELECT value FROM about WHERE key = 'source_locale'").fetchone()
        if known != self.source_locale:
            raise UsageError(
                f"the memory is for {known}, not for {self.source_locale}",
                path=self._path,
                remedy="Keep one memory for each source language.",
            )

    def _make(self) -> None:
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.executescript(files(__package__).joinpath("schema.sql").read_text("utf-8"))
        self._database.execute(
            "INSERT OR IGNORE INTO about VALUES ('source_locale', ?)", (self.source_locale,)
        )
        self._database.execute(f"PRAGMA user_version = {_FORMAT}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM target").fetchone()[0])

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def clear(self) -> None:
        """Forget everything."""
        with _told(self._path), self._database:
            self._database.execute("BEGIN IMMEDIATE")
            for table in ("frequency", "posting", "context", "target", "source"):
                self._database.execute(f"DELETE FROM {table}")  # noqa: S608  names from the line above

    def add(self, units: Iterable[TranslationUnit]) -> int:
        """Remember units and return how many said something new.

        One already known, with the same neighbours, only has its origin and state renewed; one
        without words on either side is left out.  All are found by the next lookup.
        """
        waiting = iter(units)
        new = 0
        while batch := list(islice(waiting, _BATCH)):
            with _told(self._path), self._database:
                self._database.execute("BEGIN IMMEDIATE")
                new += self._add(unit for unit in batch if unit.source.strip() and unit.target.strip())
        return new

    def _add(self, units: Iterable[TranslationUnit]) -> int:
        postings: list[tuple[int, int, int]] = []
        new = 0
        for unit in units:
            source = self._source(unit.source, postings)
            target, is_new = self._target(source, unit)
            placed = self._database.execute(
                "INSERT OR IGNORE INTO context VALUES (?, ?, ?)", (target, unit.before, unit.after)
            )
            new += is_new or placed.rowcount > 0
        postings.sort()
        self._database.executemany("INSERT OR IGNORE INTO posting VALUES (?, ?, ?)", postings)
        self._database.executemany(
            "INSERT INTO frequency VALUES (?, ?)"
            " ON CONFLICT (token) DO UPDATE SET sources = sources + excluded.sources",
            sorted(Counter(token for token, _, _ in postings).items()),
        )
        return new

    def _source(self, text: str, postings: list[tuple[int, int, int]]) -> int:
        """The row of a source; what it is to be found by is added to ``postings`` when it is new."""
        row = self._database.execute("SELECT id FROM source WHERE text = ?", (text,)).fetchone()
        if row is not None:
            return int(row[0])
        reading = read(text)
        added = self._database.execute(
            "INSERT INTO source (text, shape, shape_key) VALUES (?, ?, ?)",
            (text, reading.shape, shape_key(reading)),
        )
        source = int(added.lastrowid or 0)
        postings.extend((token, len(reading.words), source) for token in tokens(reading))
        return source

    def _target(self, source: int, unit: TranslationUnit) -> tuple[int, bool]:
        key = (source, unit.target_locale, unit.target)
        row = self._database.execute(
            "SELECT id, origin, state FROM target WHERE source = ? AND locale = ? AND text = ?", key
        ).fetchone()
        if row is None:
            added = self._database.execute(
                "INSERT INTO target (source, locale, text, origin, state) VALUES (?, ?, ?, ?, ?)",
                (*key, unit.origin, unit.state),
            )
            return int(added.lastrowid or 0), True
        if row[1:] != (unit.origin, unit.state):
            self._database.execute(
                "UPDATE target SET origin = ?, state = ? WHERE id = ?", (unit.origin, unit.state, row[0])
            )
        return int(row[0]), False

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
        space or codes differ or several targets are known for the place, 98 when numbers alone
        differ and were replaced; below that the similarity.  A variant of the locale (``pt``
        for ``pt-BR``) and an unapproved target count one less.
        """
        reading = read(source)
        wanted = ranking.Wanted(source, reading, self.source_locale, target_locale, before, after)
        with _told(self._path):
            return self._matches(wanted, limit, threshold)

    def _matches(self, wanted: ranking.Wanted, limit: int, threshold: float) -> list[Match]:
        reading = wanted.reading
        found: list[Match] = []
        near = self._same_shape(wanted.source, reading)
        for id_, text in near.items():
            found += ranking.near_matches(wanted, text, self._targets(id_))
        best = ranking.best(found, limit, threshold)
        if len(reading.shape) > _LONGEST or (len(best) >= limit and best[-1].score > CAP):
            return best
        for score, id_, text in self._fuzzy(reading, threshold, near.keys(), limit):
            found += ranking.fuzzy_matches(wanted, text, score, self._targets(id_))
        return ranking.best(found, limit, threshold)

    def _same_shape(self, source: str, reading: Reading) -> dict[int, str]:
        """Sources that differ from one in case, space, codes and numbers at most; itself first."""
        rows = self._database.execute("SELECT id, text FROM source WHERE text = ?", (source,)).fetchall()
        rows += self._database.execute(
            "SELECT id, text FROM source WHERE shape_key = ? ORDER BY id DESC LIMIT ?",
            (shape_key(reading), _SAME_SHAPE),
        ).fetchall()
        return dict(rows)

    def _targets(self, source: int) -> list[Stored]:
        """The targets of a source with their places, the newest first."""
        rows = self._database.execute(
            "SELECT target.id, locale, text, origin, state, before, after"
            " FROM target LEFT JOIN context ON context.target = target.id"
            " WHERE target.source = ? ORDER BY target.id DESC",
            (source,),
        )
        return ranking.gathered(rows)

    def _fuzzy(
        self, reading: Reading, threshold: float, known: Iterable[int], limit: int
    ) -> Iterator[tuple[int, int, str]]:
        """(score, row, text) of the nearest sources, best first, a few more than ``limit``."""
        known = set(known)
        near = [id_ for id_ in self._candidates(reading, threshold) if id_ not in known]
        marks = ",".join("?" * len(near))
        rows = self._database.execute(f"SELECT id, shape FROM source WHERE id IN ({marks})", near)  # noqa: S608  marks only
        alike = ((likeness(reading, shape, threshold=threshold), id_) for id_, shape in rows)
        found = []
        for likely, id_ in nlargest(4 * limit + 8, (pair for pair in alike if pair[0])):
            (text,) = self._database.execute("SELECT text FROM source WHERE id = ?", (id_,)).fetchone()
            score = fuzzy(reading, read(text), alike=likely, locale=self.source_locale)
            found.append((score, id_, text))
        yield from sorted(found, reverse=True)

    def _candidates(self, reading: Reading, threshold: float) -> list[int]:
        """The sources that share the most telling tokens with one, from the rarest on."""
        size = len(reading.words)
        lowest, highest = ceil(size * threshold), int(size / threshold) if threshold else 2**31
        weights: dict[int, float] = {}
        left = _POSTINGS
        total = self._database.execute("SELECT max(id) FROM source").fetchone()[0] or 1
        for sources, token in self._telling(reading, threshold):
            rows = self._database.execute(
                "SELECT source FROM posting WHERE token = ? AND size BETWEEN ? AND ? LIMIT ?",
                (token, lowest, highest, left),
            ).fetchall()
            weight = log2(2 * total / sources)
            for (source,) in rows:
                weights[source] = weights.get(source, 0.0) + weight
            left -= len(rows)
            if left <= 0:
                break
        return sorted(weights, key=weights.__getitem__, reverse=True)[:_CANDIDATES]

    def _telling(self, reading: Reading, threshold: float) -> list[tuple[int, int]]:
        """(number of sources, token) for the rarest tokens of a source, as many as are needed.

        A source as near as the threshold lacks few of the tokens, so that it holds one at
        least of any few more (prefix filtering; Chaudhuri, Ganti and Kaushik, ICDE 2006).
        """
        wanted = list(tokens(reading))[:900]
        marks = ",".join("?" * len(wanted))
        rows = self._database.execute(
            f"SELECT sources, token FROM frequency WHERE token IN ({marks})",  # noqa: S608  marks only
            wanted,
        ).fetchall()
        size = len(reading.words)
        lost = int((1 - threshold) * size) * (1 if len(wanted) <= size else 3)
        needed = lost + _SPARE - (len(wanted) - len(rows))
        return sorted(rows)[: max(needed, _SPARE)]
