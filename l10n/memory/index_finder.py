"""Finds similar sources through the index file, and newer ones through the tail in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Thread

from l10n.errors import InputError
from l10n.memory import index_writer, rows
from l10n.memory.alone import alone
from l10n.memory.bounds import LONGEST
from l10n.memory.database import Database
from l10n.memory.finder import Findable
from l10n.memory.index_file import Index
from l10n.memory.normalising import NormalisedSource, max_missing_tokens, traits_of
from l10n.memory.prefilter import pack_traits
from l10n.memory.recent import Tail

WAY = "index"
_AT_ONCE = 125_000  # targets that are read for the index file at a time
_LONG = 200_000  # sources in the file from which on a new one is made aside
_BULK = 4  # times the tail from which on whoever adds waits for the file


class IndexFinder:
    """All targets up to ``about.posted`` in an index file, and those after it in the tail.

    A file that goes less far than that is made longer before it is asked.  ``most`` is how many
    targets the tail takes before the file takes them over; where that takes seconds it is done aside,
    by a thread with what ``again`` opens.
    """

    def __init__(self, database: Database, path: Path, most: int, again: Callable[[], Database]) -> None:
        self._database = database
        self._again = again
        self._aside: Thread | None = None
        self._path = path
        self._most = most
        self._index: Index | None = None
        self._tail = Tail(0)
        self._generation = ""

    def add(self, findable: Sequence[Findable]) -> None:
        """Make sources findable, within a transaction that writes."""
        notes = self._take_over()
        last = rows.last_target(self._database)
        if len(findable) > self._most or last - int(notes["posted"]) > _BULK * self._most:
            # So many at once go to the index file without having been here.
            rows.set_note(self._database, "posted", str(last))
            self._database.fetch_all("DELETE FROM tail")
            return
        self._database.execute_many(
            "INSERT INTO tail VALUES (?, ?, ?, ?)",
            [
                (target, source, reading.shape, pack_traits(traits_of(reading.shape)))
                for target, source, reading in findable
                if 0 < len(reading.shape) <= LONGEST
            ],
        )

    def settle(self) -> None:
        """Extend the index file when the tail has become too long."""
        notes = self._reload()
        last = rows.last_target(self._database)
        waiting = last - min(int(notes["posted"]), self._upto())
        if waiting <= self._most:
            return
        if self._index is None or len(self._index) < _LONG or waiting > _BULK * self._most:
            self.extend()
        elif self._aside is None or not self._aside.is_alive():
            self._aside = Thread(target=_extend, args=(self._again, self._path, self._most))
            self._aside.start()

    def close(self) -> None:
        """Close the file."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def nearest(self, normalised: NormalisedSource, *, threshold: float, language: str) -> dict[int, str]:
        """The shapes that share the most telling tokens with a source, by their rows."""
        self._refresh()
        traits, length = traits_of(normalised.shape), len(normalised.shape)
        shapes: dict[int, str] = {}
        if self._index is not None:
            lost = max_missing_tokens(normalised.shape, traits.words, threshold)
            shapes = self._index.nearest(traits, length, threshold=threshold, lost=lost, language=language)
        if len(self._tail):
            shapes |= self._tail.nearest(traits, length, threshold=threshold)
        return shapes

    def _refresh(self) -> None:
        """Bring the open file and the tail to a consistent state of the database."""
        if not self._generation:
            self._reload()
        while True:
            way, generation, posted = self._tail.refresh(self._database)
            unchanged = way == WAY and generation == self._generation
            if unchanged and self._upto() >= posted and self._tail.after >= posted:
                return
            posted = int(self._reload()["posted"])
            if self._upto() < posted:
                self.extend()
                self._reload()

    def _upto(self) -> int:
        """The last target in the index file."""
        return self._index.upto if self._index else 0

    def _reload(self) -> dict[str, str]:
        """The notes of the memory, after the file and the tail were brought up to date with them."""
        notes = rows.read_notes(self._database)
        if notes.get("way") != WAY:
            with self._database.transaction():
                notes = self._take_over()
        generation, posted = notes["generation"], int(notes["posted"])
        if self._generation != generation or ((self._index or posted) and self._upto() < posted):
            self.close()
            index = Index.open(self._path)
            if index and index.generation != generation:
                index.close()
                index = None
            self._index = index
        if self._generation != generation or self._tail.after < posted:
            self._tail = Tail(posted)
        self._generation = generation
        return notes

    def _take_over(self) -> dict[str, str]:
        """The notes of the memory, after taking over from another kind of index."""
        notes = rows.read_notes(self._database)
        if notes.get("way") == WAY:
            return notes
        for table in ("posting", "frequency", "tail"):
            self._database.fetch_all(f"DELETE FROM {table}")  # noqa: S608  names from the line above
        rows.set_note(self._database, "way", WAY)
        rows.set_note(self._database, "posted", str(rows.last_target(self._database)))
        return rows.read_notes(self._database)

    def extend(self, *, wait: bool = True) -> None:
        """Extend the index file to the newest target; if another process does, ``wait`` for it or return."""
        with alone(self._path.with_suffix(".index-lock"), wait=wait) as held:
            if not held:
                return
            generation = rows.read_notes(self._database)["generation"]
            last = rows.last_target(self._database)
            self._write(generation, last)
            with self._database.transaction():
                notes = rows.read_notes(self._database)
                if notes["generation"] == generation and int(notes["posted"]) < last:
                    rows.set_note(self._database, "posted", str(last))
                    self._database.fetch_all("DELETE FROM tail WHERE target <= ?", (last,))

    def _write(self, generation: str, last: int) -> None:
        """Make the file longer, from where it ends or from nothing."""
        bits = index_writer.bits_for(rows.last_source(self._database))
        while self._write_batch(generation, last, bits) < last:
            pass

    def _write_batch(self, generation: str, last: int, bits: int) -> int:
        """Make the file longer by as many as are held in memory at a time; the last target it then has.

        What was read of a file stays in memory for as long as it is open, so that none is for longer.
        """
        with ExitStack() as stack:
            old = Index.open(self._path)
            if old is not None:
                stack.callback(old.close)
                if old.generation != generation or old.bits != bits:
                    old = None
            after = old.upto if old else 0
            upto = min(after + _AT_ONCE, last)
            if after < last:
                new = rows.since(self._database, after, upto)
                index_writer.extend(self._path, old, new, generation, upto, bits)
            return upto


def _extend(again: Callable[[], Database], path: Path, most: int) -> None:
    """Extend the index file; after a failure the next process that adds a target tries again."""
    with suppress(InputError):
        database = again()
        try:
            IndexFinder(database, path, most, again).extend(wait=False)
        finally:
            database.close()
