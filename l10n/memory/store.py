"""The memory: it can be deleted and made again from what was approved."""

from __future__ import annotations

import fcntl
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from l10n.errors import InputError, L10nError, UsageError
from l10n.memory import postings, ranking, rows
from l10n.memory.database import REMEDY, Database, Sqlite
from l10n.memory.reading import Reading, read, tokens
from l10n.memory.scoring import CAP, fuzzy, nearest
from l10n.memory.unit import TranslationUnit
from l10n.memory.window import LONGEST
from l10n.model import Match

if TYPE_CHECKING:
    from l10n.memory.index import Index

_FORMAT = 2
_BATCH = 5_000  # units written at a time
_TAIL = 10_000  # targets that are found through the database before they go to the index file
_AT_ONCE = 250_000  # targets that go to the index file at a time
_OLD_TABLES = ("frequency", "posting", "context", "target", "source", "about", "read_catalogue")
_TABLES = ("frequency", "posting", "place", "target", "source", "origin", "reading")


class Memory:
    """A translation memory for one source locale, open until it is closed.

    Used in one thread at a time.  ``len`` counts its distinct pairs of source and target.

    The rows of the database are the memory.  Similar sources are found through the postings in the
    database and, where numpy is installed, through an index file beside it, which takes over the older
    targets once there are more than ``tail``: all those up to ``about.posted``.
    """

    def __init__(self, database: Database, source_locale: str, index_path: Path | None, tail: int) -> None:
        self._database = database
        self._index_path = index_path
        self._index: Index | None = None
        self._tail = tail
        self.source_locale = source_locale

    @classmethod
    def open(cls, path: str | Path, source_locale: str, *, tail: int = _TAIL, indexed: bool = True) -> Self:
        """The memory in a file, made when there is none; ``":memory:"`` keeps it off the disk.

        Without ``indexed`` it does without an index file, as it does where numpy is missing.
        Raises InputError for a file that is no memory, UsageError for one of another locale.
        """
        beside = None
        if indexed and str(path) != ":memory:" and find_spec("numpy"):
            beside = Path(path).with_suffix(".index")
        memory = cls(Sqlite.open(path), source_locale, beside, tail)
        try:
            memory._prepare()
        except L10nError:
            memory.close()
            raise
        return memory

    def _prepare(self) -> None:
        ((format_,),) = self._database.all("PRAGMA user_version")
        if format_ > _FORMAT:
            raise InputError(
                f"the memory is in format {format_}, this program reads format {_FORMAT}",
                path=self._database.place,
                remedy=REMEDY,
            )
        if format_ < _FORMAT:
            self._make(old=format_ > 0)
        known = self._about("source_locale")
        if known != self.source_locale:
            raise UsageError(
                f"the memory is for {known}, not for {self.source_locale}",
                path=self._database.place,
                remedy="Keep one memory for each source language.",
            )
        if self._index_path is None and self._posted():
            with self._database.writing():
                postings.fill(self._database)
                self._say("posted", "0")

    def _make(self, *, old: bool) -> None:
        if old:
            for table in _OLD_TABLES:
                self._database.all(f"DROP TABLE IF EXISTS {table}")
        self._database.make()
        with self._database.writing():
            for name, value in (
                ("source_locale", self.source_locale),
                ("generation", secrets.token_hex(8)),
                ("posted", "0"),
            ):
                self._database.all("INSERT INTO about VALUES (?, ?) ON CONFLICT DO NOTHING", (name, value))
        self._database.all(f"PRAGMA user_version = {_FORMAT}")

    def _about(self, name: str) -> str:
        ((value,),) = self._database.all("SELECT value FROM about WHERE name = ?", (name,))
        return str(value)

    def _say(self, name: str, value: str) -> None:
        self._database.all("UPDATE about SET value = ? WHERE name = ?", (value, name))

    def _posted(self) -> int:
        """The last target that is not found through the database."""
        return int(self._about("posted"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        ((count,),) = self._database.all("SELECT count(*) FROM target")
        return int(count)

    def close(self) -> None:
        """Let go of the files."""
        self._index = None
        self._database.close()

    def clear(self) -> None:
        """Forget everything."""
        with self._database.writing():
            for table in _TABLES:
                self._database.all(f"DELETE FROM {table}")  # noqa: S608  names from the line above
            self._say("generation", secrets.token_hex(8))
            self._say("posted", "0")

    def forget(self, origin: str, *, own: bool = True) -> None:
        """Forget what one origin alone has told."""
        with self._database.writing():
            rows.forget(self._database, origin, own=own)

    def read_files(self) -> Mapping[str, tuple[str, str]]:
        """What ``note_file`` was told: (stamp, pairs) by name."""
        found = self._database.all("SELECT name, stamp, pairs FROM reading")
        return {name: (stamp, pairs) for name, stamp, pairs in found}

    def note_file(self, name: str, stamp: str, pairs: str) -> None:
        """Note that a file was read, to be known by its stamp, and what pairs it held."""
        with self._database.writing():
            self._database.all(
                "INSERT INTO reading VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET stamp = excluded.stamp, pairs = excluded.pairs",
                (name, stamp, pairs),
            )

    def forget_file(self, name: str) -> None:
        """Take back that a file was read."""
        with self._database.writing():
            self._database.all("DELETE FROM reading WHERE name = ?", (name,))

    def add(self, units: Iterable[TranslationUnit]) -> int:
        """Remember units and return how many said something new.

        One already known, with the same neighbours, only has its origin and state renewed; one
        without words on either side is left out.  All are found by the next lookup.
        """
        waiting = (unit for unit in units if unit.source.strip() and unit.target.strip())
        new = 0
        try:
            while batch := list(islice(waiting, _BATCH)):
                with self._database.writing():
                    new += self._add(batch)
        finally:
            if self._index_path is not None and self._waiting() > self._tail:
                self.bring_up_to_date()
        return new

    def _add(self, units: Iterable[TranslationUnit]) -> int:
        new = 0
        origins: dict[tuple[str, bool], int] = {}
        findable: dict[int, Reading] = {}
        for unit in units:
            named = (unit.origin, unit.own)
            if named not in origins:
                origins[named] = rows.origin_of(self._database, unit.origin, own=unit.own)
            taken = rows.add(self._database, unit, origins[named])
            new += taken.is_new
            if taken.reading is not None:
                findable[taken.source] = taken.reading
        if self._index_path is None or self._waiting() <= self._tail:
            postings.add(self._database, findable.items())
        else:
            # So many at once go to the index file without having been here.
            upto = rows.last_target(self._database)
            self._say("posted", str(upto))
            postings.drop(self._database, upto)
        return new

    def _waiting(self) -> int:
        """How many targets are found through the database, or not yet."""
        return rows.last_target(self._database) - min(self._posted(), self._upto())

    def _upto(self) -> int:
        """The last target in the index file."""
        index = self._current()
        return index.upto if index else 0

    def _current(self) -> Index | None:
        """The index file as it is now, if it is of this memory."""
        if self._index_path is None:
            return None
        from l10n.memory.index import Index  # noqa: PLC0415 - numpy, which may be missing

        generation = self._about("generation")
        if self._index is None or self._index.generation != generation or self._index.upto < self._posted():
            found = Index.open(self._index_path)
            self._index = found if found and found.generation == generation else None
        return self._index

    def bring_up_to_date(self) -> None:
        """Put what came since into the index file; done once, whoever else tries to at the same time."""
        if self._index_path is None:
            return
        from l10n.memory import indexing  # noqa: PLC0415 - numpy, which may be missing

        with _alone(self._index_path) as alone:
            if not alone:
                return
            generation = self._about("generation")
            self._index = None
            old = self._current()
            last = rows.last_target(self._database)
            ((count,),) = self._database.all("SELECT max(id) FROM source")
            bits = indexing.bits_for(count or 0)
            if old is not None and old.bits != bits:
                old = None
            done = old.upto if old else 0
            while done < last:
                upto = min(done + _AT_ONCE, last)
                indexing.extend(
                    self._index_path, old, rows.since(self._database, done, upto), generation, upto, bits
                )
                self._index = None
                old, done = self._current(), upto
            with self._database.writing():
                if self._about("generation") == generation and self._posted() < last:
                    self._say("posted", str(last))
                    postings.drop(self._database, last)

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
        wanted = ranking.Wanted(
            source,
            read(source),
            self.source_locale,
            target_locale,
            rows.neighbour(before),
            rows.neighbour(after),
        )
        found: list[Match] = []
        near = rows.same_shape(self._database, source, wanted.reading)
        for id_, text in near.items():
            found += ranking.near_matches(wanted, text, rows.targets(self._database, id_))
        best = ranking.best(found, limit, threshold)
        if len(wanted.reading.shape) > LONGEST or (len(best) >= limit and best[-1].score > CAP):
            return best
        for score, id_, text in self._fuzzy(wanted, threshold, near, limit):
            found += ranking.fuzzy_matches(wanted, text, score, rows.targets(self._database, id_))
        return ranking.best(found, limit, threshold)

    def _fuzzy(
        self, wanted: ranking.Wanted, threshold: float, known: Iterable[int], limit: int
    ) -> Iterator[tuple[int, int, str]]:
        """(score, row, text) of the nearest sources, best first, a few more than ``limit``."""
        reading = wanted.reading
        shapes = self._candidates(reading, threshold, rows.language(wanted.target_locale))
        for id_ in known:
            shapes.pop(id_, None)
        near = nearest(reading, shapes, threshold=threshold, limit=limit)
        alike = {id_: likely for likely, id_ in near}
        found = []
        for id_, text in rows.texts(self._database, list(alike)[: 4 * limit + 8]).items():
            score = fuzzy(reading, read(text), alike=alike[id_], locale=self.source_locale)
            found.append((score, id_, text))
        yield from sorted(found, reverse=True)

    def _candidates(self, reading: Reading, threshold: float, language: str) -> dict[int, str]:
        """The shapes of sources that may be near, by their rows."""
        index = self._current()
        if self._index_path is not None and (index.upto if index else 0) < self._posted():
            self.bring_up_to_date()
            index = self._current()
        found: dict[int, str] = {}
        if index is not None:
            found = index.nearest(
                tokens(reading.shape, reading.words),
                len(reading.shape),
                threshold=threshold,
                language=language,
            )
        return found | postings.nearest(self._database, reading, threshold)


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Whether nobody else makes the index at the moment; nobody will until this ends."""
    with path.with_suffix(".index-lock").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
